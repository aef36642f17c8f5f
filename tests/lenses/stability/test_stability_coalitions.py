"""Stability of coalitions against published cases, sound models and the definitions written out."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stability_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from stability_models import conflicts, graph_conflicts, plain, truth
from stability_random import random_conflict

from foedus.lenses.stability.concepts.coalitions import (
    COALITION_CONCEPTS,
    MOST_TOGETHER,
    Jump,
    jumps,
    stable,
    structure,
    universal,
)
from foedus.lenses.stability.conflict import Conflict, ConflictError, graph, option_form
from foedus.lenses.stability.interchange import read
from foedus.lenses.stability.interchange.published import conflict_of
from foedus.lenses.stability.kernel.sets import (
    TooManyBitsError,
    better_rows,
    follow,
    move_rows,
    packed,
    transitive,
    unpacked,
)

PUBLISHED = Path(__file__).parents[2] / "published" / "stability"
CASES = (
    "chicken",
    "cuban_missile_12",
    "elmira_12",
    "elmira_9",
    "korea_2017_base",
    "prisoners_dilemma",
    "syria_iraq_1975",
)
SINGLE = {"nash": "cnash", "gmr": "cgmr", "smr": "csmr", "seq": "cseq"}

few = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def published(name: str) -> tuple[Conflict, dict[str, Any]]:
    """A published case, and what is said of it."""
    path = PUBLISHED / f"{name}.json"
    return read(path), json.loads(path.read_text("utf-8"))


def named(conflict: Conflict, states: np.ndarray) -> list[Any]:
    return [conflict.ids[s] for s in np.flatnonzero(states)]


# Published ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_universal_stability_of_published_cases(name: str) -> None:
    conflict, told = published(name)
    found = universal(conflict)
    for concept, states in told["computed"]["universal_coalition"].items():
        assert named(conflict, found.equilibria[concept]) == states, concept
    assert len(found.stable["cseq"]) == 2 ** len(conflict.dms) - 1


@pytest.mark.parametrize("name", CASES)
def test_a_structure_of_single_decision_makers_is_no_coalition(name: str) -> None:
    conflict, told = published(name)
    found = structure(conflict, [])
    for concept in SINGLE:
        for i, dm in enumerate(told["dms"]):
            states = told["computed"][concept]["per_dm"][dm["name"]]
            assert named(conflict, found.stable[concept][i,]) == states, concept
        assert named(conflict, found.equilibria[concept]) == told["computed"][concept]["equilibria"]


def test_elmira_with_ministry_and_uniroyal_as_one() -> None:
    conflict, told = published("elmira_12")
    said = told["published"]["coalition_structure_[MoE,Uniroyal],LocalGov"]
    found = structure(conflict, [{1, 0}], ["nash", "gmr"])
    assert list(found.stable["gmr"]) == [(0, 1), (2,)]
    assert named(conflict, found.equilibria["nash"]) == said["nash"]
    assert named(conflict, found.equilibria["gmr"]) == said["gmr"]


def test_the_jump_of_ministry_and_uniroyal() -> None:
    conflict, _ = published("elmira_9")
    five, eight, nine = (conflict.index(state) for state in (5, 8, 9))
    expected = [Jump(five, eight, (0, 1), True)]
    assert jumps(conflict, [five, eight, nine]) == expected
    equilibria = np.isin(np.arange(conflict.states), [five, eight, nine])
    assert jumps(conflict, equilibria) == expected
    assert jumps(conflict, []) == []


def test_universal_stability_of_sound_models() -> None:
    rows = (PUBLISHED / "conformance.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, rows):
        conflict = conflict_of(row)
        found, alone = universal(conflict), structure(conflict, [])
        for concept, states in row["universal_coalition"].items():
            assert np.flatnonzero(found.equilibria[concept]).tolist() == states, row["id"]
        for concept in SINGLE:
            for i, states in enumerate(row["stable"][concept]):
                assert np.flatnonzero(alone.stable[concept][i,]).tolist() == states, row["id"]


# Definitions --------------------------------------------------------------------------------------


@few
@given(conflicts(most=16))
def test_every_coalition_as_defined(conflict: Conflict) -> None:
    check_coalitions(conflict)


@pytest.mark.parametrize("seed", range(24))
def test_every_coalition_of_larger_models_as_defined(seed: int) -> None:
    check_coalitions(random_conflict(seed))


def check_coalitions(conflict: Conflict) -> None:
    model, found = plain(conflict), universal(conflict)
    for concept in COALITION_CONCEPTS:
        for members, states in found.stable[concept].items():
            expected = oracle.coalition_stable(model, members, concept)
            assert set(np.flatnonzero(states)) == expected, (concept, members)
            assert np.array_equal(stable(conflict, members, concept), states)
        every = np.logical_and.reduce(list(found.stable[concept].values()))
        assert np.array_equal(found.equilibria[concept], every)


@few
@given(conflicts(most=16))
def test_a_coalition_of_one_is_a_decision_maker(conflict: Conflict) -> None:
    found, alone = universal(conflict).stable, structure(conflict, []).stable
    for i in range(len(conflict.dms)):
        for concept in ("nash", "gmr", "smr"):
            assert np.array_equal(found[SINGLE[concept]][i,], alone[concept][i,])
        assert (found["cseq"][i,] >= alone["seq"][i,]).all()  # coalitions can answer as well
        if len(conflict.dms) <= 2:
            assert np.array_equal(found["cseq"][i,], alone["seq"][i,])


@few
@given(conflicts(most=16))
def test_what_is_stable_under_more_is_stable_under_less(conflict: Conflict) -> None:
    found = universal(conflict).stable
    for members, nash in found["cnash"].items():
        gmr, smr, seq = (found[concept][members] for concept in ("cgmr", "csmr", "cseq"))
        assert (nash <= smr).all()
        assert (nash <= seq).all()
        assert (smr <= gmr).all()
        assert (seq <= gmr).all()
    whole = tuple(range(len(conflict.dms)))
    for concept in COALITION_CONCEPTS:
        assert np.array_equal(found[concept][whole], found["cnash"][whole])


@pytest.mark.parametrize("seed", range(48))
def test_blocks_act_as_one(seed: int) -> None:
    conflict = random_conflict(seed)
    n = len(conflict.dms)
    place = np.random.default_rng(seed).integers(0, n - 1 if n > 2 else 2, n)
    blocks = [tuple(np.flatnonzero(place == b).tolist()) for b in np.unique(place)]
    found = structure(conflict, blocks).stable
    model = plain(conflict)

    def wants(b: int, s: int, t: int) -> bool:
        return all(model.better(k, s, t) for k in blocks[b])

    merged = oracle.Model(
        moves=[
            [frozenset(oracle.reach(model, block, s)) for s in model.states] for block in blocks
        ],
        utility=[model.utility[block[0]] for block in blocks],
    )
    for concept in SINGLE:
        sets = [
            oracle.stable_by(merged, b, concept, wants, lambda b, s, t: not wants(b, s, t), wants)
            for b in range(len(blocks))
        ]
        states = np.array([found[concept][block] for block in blocks])
        assert np.array_equal(states, truth(sets, conflict.states)), concept


@few
@given(conflicts(most=10), st.data())
def test_jumps_as_defined(conflict: Conflict, data: st.DataObject) -> None:
    check_jumps(conflict, sorted(data.draw(st.sets(st.sampled_from(range(conflict.states))))))


@pytest.mark.parametrize("seed", range(12))
def test_jumps_of_larger_models_as_defined(seed: int) -> None:
    conflict = random_conflict(seed)
    check_jumps(conflict, list(range(0, conflict.states, 2)))


def check_jumps(conflict: Conflict, chosen: list[int]) -> None:
    model = plain(conflict)
    found = jumps(conflict, chosen)
    assert [len(jump.coalition) for jump in found] == sorted(len(j.coalition) for j in found)
    able = {
        (s, t, h)
        for h in oracle.coalitions(model.dms)
        for s in chosen
        for t in oracle.joint_improvements(model, h, s) & set(chosen)
    }
    assert {(j.source, j.target, j.coalition) for j in found} == able
    assert len(found) == len(able)
    for jump in found:
        parts = (
            part
            for size in range(1, len(jump.coalition))
            for part in combinations(jump.coalition, size)
        )
        assert jump.minimal != any((jump.source, jump.target, part) in able for part in parts)


@few
@given(conflicts(most=20), st.data())
def test_legal_sequences_remember_the_last_mover(conflict: Conflict, data: st.DataObject) -> None:
    everyone = range(len(conflict.dms))
    group = sorted(data.draw(st.sets(st.sampled_from(everyone), min_size=1)))
    model = plain(conflict)
    rows = move_rows(conflict.arcs.first, conflict.arcs.to)
    ends = [oracle.reach(model, group, s) for s in range(conflict.states)]
    expected = truth(ends, conflict.states)
    for promised in {False, all(transitive(rows[j]) for j in group)}:
        reached = follow(rows, np.array(group), promised)
        assert np.array_equal(unpacked(reached, conflict.states), expected)


@pytest.mark.parametrize("seed", range(4))
def test_legal_sequences_in_graphs_of_many_words(seed: int) -> None:
    rng = np.random.default_rng(seed)
    states = int(rng.integers(120, 200))
    tables = [
        {s: np.setdiff1d(rng.integers(0, states, 2), s).tolist() for s in range(states)}
        for _ in range(3)
    ]
    conflict = graph(tables, rng.integers(0, 9, (3, states)))
    model = plain(conflict)
    rows = move_rows(conflict.arcs.first, conflict.arcs.to)
    assert not any(transitive(relation) for relation in rows)
    promised = False
    for group in ((0,), (0, 2), (0, 1, 2)):
        reached = unpacked(follow(rows, np.array(group), promised), states)
        expected = [oracle.reach(model, group, s) for s in range(states)]
        assert np.array_equal(reached, truth(expected, states))
    promised = True
    assert transitive(follow(rows, np.arange(3), promised))
    members = (0, 1)
    for concept in COALITION_CONCEPTS:
        found = set(np.flatnonzero(stable(conflict, members, concept)))
        assert found == oracle.coalition_stable(model, members, concept), concept


@few
@given(graph_conflicts())
def test_transitive_relations_are_recognised(conflict: Conflict) -> None:
    states = range(conflict.states)
    rows = move_rows(conflict.arcs.first, conflict.arcs.to)
    for i in range(len(conflict.dms)):
        ways = [set(conflict.arcs.row(i, s).tolist()) for s in states]
        expected = all(ways[t] - {s} <= ways[s] for s in states for t in ways[s])
        assert transitive(rows[i]) == expected


@given(st.integers(1, 200), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None, derandomize=True, database=None)
def test_bits_say_what_truth_values_say(states: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    truths = rng.random((states, states)) < 0.5
    assert np.array_equal(unpacked(packed(truths), states), truths)
    worth = rng.integers(0, 5, states)
    above = unpacked(better_rows(worth), states)
    assert np.array_equal(above, worth[None, :] > worth[:, None])


# Refusals -----------------------------------------------------------------------------------------


def test_too_large_a_work_is_refused_before_it_starts() -> None:
    conflict = option_form([o // 4 for o in range(20)], np.zeros((5, 1 << 20), np.int64))
    for ask in (
        lambda: universal(conflict),
        lambda: stable(conflict, [0], "cgmr"),
        lambda: structure(conflict, [[0, 1]]),
        lambda: jumps(conflict, [0]),
    ):
        with pytest.raises(TooManyBitsError, match=r"1,048,576 states take [\d,]+ bits") as told:
            ask()
        assert told.value.bad_input


def test_the_limit_is_a_parameter() -> None:
    conflict, _ = published("chicken")
    with pytest.raises(TooManyBitsError, match="limit is 100;"):
        universal(conflict, limit=100)
    assert universal(conflict, limit=3 * 4 * 64).equilibria["cnash"].any()


def test_too_many_coalitions_are_refused() -> None:
    n = MOST_TOGETHER + 1
    conflict = graph([{} for _ in range(n)], np.zeros((n, 2)))
    for ask in (
        lambda: universal(conflict, ["cnash"]),
        lambda: jumps(conflict, [0, 1]),
    ):
        with pytest.raises(ConflictError, match="8,191 coalitions"):
            ask()
    assert stable(conflict, [0], "cgmr").all()


def test_coalitions_that_are_none_are_refused() -> None:
    conflict, _ = published("chicken")
    with pytest.raises(ConflictError, match="needs a member"):
        stable(conflict, [], "cnash")
    with pytest.raises(ConflictError, match="2 decision makers"):
        stable(conflict, [0, 2], "cnash")
    with pytest.raises(ConflictError, match="two blocks"):
        structure(conflict, [[0, 1], [1]])
    with pytest.raises(ConflictError, match="no concept 'sim' here"):
        structure(conflict, [[0]], ["sim"])
    with pytest.raises(ConflictError, match="4 states, from 0"):
        jumps(conflict, [4])
    with pytest.raises(ConflictError, match="4 states, but 3 truth values"):
        jumps(conflict, np.ones(3, np.bool_))
