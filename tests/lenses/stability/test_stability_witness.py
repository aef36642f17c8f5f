"""Every witness is checked against the definitions, and every verdict against the oracle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stability_models as models
import stability_oracle as oracle
from hypothesis import given, settings

from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.after.witness import Verdict, narrate, witness
from foedus.lenses.stability.concepts.solving import CONCEPTS
from foedus.lenses.stability.conflict import Conflict, ConflictError, graph, option_form
from foedus.lenses.stability.interchange.published import conflict_of

PUBLISHED = Path(__file__).parents[2] / "published" / "stability"


def check(model: oracle.Model, verdict: Verdict) -> None:
    """Nothing is believed: moves, movers, preferences, and that a free improvement is free."""
    i, s, concept = verdict.dm, verdict.state, verdict.concept
    better = {t for t in model.moves[i][s] if model.better(i, s, t)}
    assert (verdict.why == "no move") == (not model.moves[i][s])
    assert (verdict.why == "no improvement") == (bool(model.moves[i][s]) and not better)
    if verdict.why == "free":
        s1 = verdict.improvement
        assert s1 in better
        assert not verdict.answers
        assert not any(deters(model, i, s, s2, concept) for s2 in replies(model, i, s, s1, concept))
        return
    assert verdict.improvement is None
    assert {answer.improvement for answer in verdict.answers} == better
    assert len(verdict.answers) == len(better)
    for answer in verdict.answers:
        assert deters(model, i, s, answer.end, concept)
        if concept == "sim":
            assert answer.end == combined(model, i, s, answer.improvement, answer.chain)
            continue
        here, last = answer.improvement, i
        for mover, there in answer.chain:
            assert mover not in (i, last)
            assert there in model.moves[mover][here]
            assert concept != "seq" or model.better(mover, here, there)
            here, last = there, mover
        assert here == answer.end


def deters(model: oracle.Model, i: int, s: int, s2: int, concept: str) -> bool:
    held = concept != "smr" or all(model.not_better(i, s, s3) for s3 in model.moves[i][s2])
    return model.not_better(i, s, s2) and held


def replies(model: oracle.Model, i: int, s: int, s1: int, concept: str) -> set[int]:
    others = model.others([i])
    if concept == "nash":
        return set()
    if concept == "sim":
        return oracle.together(model, i, s, s1, model.better)
    return oracle.reach(model, others, s1, model.better if concept == "seq" else oracle.any_move)


def combined(model: oracle.Model, i: int, s: int, s1: int, chain: Any) -> int:
    """The state in which all these moves from s are made at once."""
    assert model.codes is not None
    assert chain
    assert len({mover for mover, _ in chain} | {i}) == len(chain) + 1
    code = model.codes[s1]
    for mover, there in chain:
        assert there in model.moves[mover][s]
        assert model.better(mover, s, there)
        code ^= model.codes[there] ^ model.codes[s]
    return list(model.codes).index(code)


def agree(conflict: Conflict) -> None:
    model = models.plain(conflict)
    steps = Steps(conflict)
    for concept in CONCEPTS:
        if concept == "sim" and conflict.codes is None:
            continue
        for i in range(len(conflict.dms)):
            stable = oracle.stable(model, i, concept)
            for s in range(conflict.states):
                verdict = witness(conflict, i, s, concept, steps)
                assert verdict.stable == (s in stable), (concept, i, s)
                check(model, verdict)
                assert narrate(conflict, verdict)


@settings(max_examples=60)
@given(models.conflicts(most=12))
def test_every_witness_holds(conflict: Conflict) -> None:
    agree(conflict)


@settings(max_examples=30)
@given(models.option_conflicts(dms=(2, 3), most=12))
def test_every_witness_holds_where_options_may_be_one_way(conflict: Conflict) -> None:
    agree(conflict)


def test_conformance_models_have_a_witness_for_every_published_verdict() -> None:
    lines = (PUBLISHED / "conformance.jsonl").read_text("utf-8").splitlines()
    for line in lines[::3]:
        told = json.loads(line)
        conflict = conflict_of(told)
        steps = Steps(conflict)
        model = models.plain(conflict)
        for concept, sets in told["stable"].items():
            if sets is None or concept not in CONCEPTS:
                continue
            for i, stable in enumerate(sets):
                for s in range(conflict.states):
                    verdict = witness(conflict, i, s, concept, steps)
                    assert verdict.stable == (s in stable), (told["id"], concept, i, s)
                    check(model, verdict)


@pytest.mark.parametrize(
    ("dm", "state", "concept", "sentence"),
    [
        (0, 1, "nash", "Syria stays in 1: no state it could move to is better for it."),
        (1, 6, "smr", "Iraq stays in 6: no state it could move to is better for it."),
        (1, 3, "seq", "Iraq leaves 3: it can move to 6, and nothing the others can answer by "
         "improvements of their own takes that away."),
        (0, 2, "nash", "Syria leaves 2: it can move to 1, which it prefers."),
        (1, 1, "gmr", "Iraq stays in 1: it could move to 4, but Syria would answer with 5, "
         "no better for Iraq."),
        (0, 3, "smr", "Syria stays in 3: it could move to 1, but Iraq would answer with 4, "
         "no better for Syria, with no way out to anything better."),
        (1, 5, "sim", "Iraq stays in 5: it could move to 2, but with Syria moving too it would end "
         "in 3, no better for Iraq."),
    ],
)  # fmt: skip
def test_sentences(dm: int, state: int, concept: str, sentence: str) -> None:
    conflict = models.syria_iraq()
    assert narrate(conflict, witness(conflict, dm, state - 1, concept)) == sentence


def test_sentences_in_other_words_and_with_several_improvements() -> None:
    conflict = option_form([0, 0, 1], [[1, 2, 3, 4, 0, 0, 0, 0], [0] * 8], dms=["A", "B"])
    verdict = witness(conflict, 0, 0, "gmr")
    assert [answer.improvement for answer in verdict.answers] == [3, 2, 1]
    told = narrate(conflict, verdict, lambda s: f"state {s}", ["Ann", "Ben"], others=1)
    assert told == (
        "Ann stays in state 0: it could move to state 3, but Ben would answer with state 7, no "
        "better for Ann; to state 2, but Ben would answer with state 6, no better for Ann; "
        "so it is with one other improvement."
    )
    fixed = option_form([0], [[0, 1]], directions=["backward"], dms=["A"])
    assert narrate(fixed, witness(fixed, 0, 0, "seq")) == "A stays in 0: it has no move."


def test_what_cannot_be_asked() -> None:
    bare = graph([{0: [1]}, {1: [0]}], [[0, 1], [0, 1]])
    with pytest.raises(ConflictError, match="in a bare graph"):
        witness(bare, 0, 0, "sim")
    for nothing_to_answer in (
        graph([{}, {}], [[0, 1], [0, 1]]),
        graph([{1: [0]}, {}], [[0, 1]] * 2),
    ):
        with pytest.raises(ConflictError, match="in a bare graph"):
            witness(nothing_to_answer, 0, 1, "sim")
    with pytest.raises(ConflictError, match="there is no concept 'nsh'"):
        witness(bare, 0, 0, "nsh")
    same = option_form([0, 1], [[0, 1], [0, 1]], codes=[1, 1], moves=bare.moves)
    with pytest.raises(ConflictError, match="differ in their options"):
        witness(same, 0, 0, "sim")


def test_joint_moves_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.lenses.stability.after.joint.MOST_JOINT", 3)
    conflict = option_form([0, 1, 2], np.tile(np.arange(8), (3, 1)))
    with pytest.raises(ConflictError, match="4 joint moves answer one move; at most 3"):
        witness(conflict, 0, 0, "sim")


def test_a_million_states_are_no_hindrance() -> None:
    """F(5, 4) in size; the moves of the whole model are never written out."""
    rng = np.random.default_rng(3)
    conflict = option_form(
        [i for i in range(5) for _ in range(4)], rng.integers(0, 100, (5, 1 << 20))
    )
    steps = Steps(conflict)
    for concept in CONCEPTS:
        for s in (0, 99, 1 << 19):
            verdict = witness(conflict, 2, s, concept, steps)
            for answer in verdict.answers:
                assert conflict.utility[2, answer.end] <= conflict.utility[2, s]
    assert "arcs" not in vars(conflict)
