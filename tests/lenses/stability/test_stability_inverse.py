"""Exact inverse counts against going through all rankings, and the published ones."""

from __future__ import annotations

from itertools import combinations
from math import comb, factorial

import numpy as np
import pytest
import stability_models as models
import stability_oracle as oracle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foedus.lenses.stability.after import rankings as counting
from foedus.lenses.stability.after.inverse import clauses, condition, inverse
from foedus.lenses.stability.after.rankings import Clause, rankings
from foedus.lenses.stability.concepts.solving import CONCEPTS
from foedus.lenses.stability.conflict import Conflict, ConflictError, graph, option_form


@pytest.mark.parametrize(
    ("concept", "count"), [("nash", 240), ("seq", 384), ("gmr", 384), ("smr", 300)]
)
def test_published_counts(concept: str, count: int) -> None:
    """Kinsara's guide, Fig. 24; the 420 it prints for SEQ and GMR is wrong (brute force: 384)."""
    found = inverse(models.syria_iraq(), 0, 1, concept)
    assert (found.stable, found.of) == (count, 720)
    assert found.share == count / 720


@settings(max_examples=60, deadline=None)
@given(models.conflicts(dms=(1, 3), most=5), st.data())
def test_counts_are_those_of_all_rankings(conflict: Conflict, data: st.DataObject) -> None:
    model = models.plain(conflict)
    i = data.draw(st.integers(0, len(conflict.dms) - 1))
    s = data.draw(st.integers(0, conflict.states - 1))
    for concept in CONCEPTS:
        if concept == "sim" and conflict.codes is None:
            continue
        wanted = oracle.rankings_that_hold(model, i, s, concept)
        assert inverse(conflict, i, s, concept).stable == wanted, concept


@settings(max_examples=6, deadline=None)
@given(models.option_conflicts(dms=(2, 3), most=6, deleted=None), st.data())
def test_counts_for_six_states(conflict: Conflict, data: st.DataObject) -> None:
    model = models.plain(conflict)
    i = data.draw(st.integers(0, len(conflict.dms) - 1))
    s = data.draw(st.integers(0, conflict.states - 1))
    for concept in CONCEPTS:
        wanted = oracle.rankings_that_hold(model, i, s, concept)
        assert inverse(conflict, i, s, concept).stable == wanted, concept


def by_subsets(found: list[Clause], states: int) -> int:
    """Straight from Σ h_d d! (S-1-d)!, over the sets of states 0 to S-2 below the last."""
    return sum(
        factorial(d) * factorial(states - 1 - d)
        for d in range(states)
        for below in map(frozenset, combinations(range(states - 1), d))
        if all(any(together <= below for together in clause) for clause in found)
    )


STATES = st.integers(0, 7)
ALTERNATIVES = st.one_of(
    st.frozensets(STATES, min_size=1, max_size=1), st.frozensets(STATES, min_size=1, max_size=4)
)
CLAUSES = st.lists(st.frozensets(ALTERNATIVES, min_size=1, max_size=5), max_size=7)
PLAIN = st.lists(
    st.frozensets(st.frozensets(STATES, min_size=1, max_size=1), min_size=1, max_size=6), max_size=4
)


def one_of(*states: int) -> Clause:
    return frozenset(frozenset([state]) for state in states)


@given(st.one_of(CLAUSES, PLAIN))
def test_any_condition_is_counted(found: list[Clause]) -> None:
    assert rankings(found, 9) == by_subsets(found, 9)
    assert rankings(found, 11) == by_subsets(found, 11)


@example([one_of(1, 0), one_of(3, 2, 0), one_of(3, 2, 1)])
@given(PLAIN)
def test_words_of_bits_do_not_matter(found: list[Clause]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "WORD", 2)
        assert rankings(found, 9) == by_subsets(found, 9)


def test_large_models_are_counted_where_states_play_the_same_part() -> None:
    """512 states: each of 7 moves may be answered by 64 states, for each move others."""
    rng = np.random.default_rng(5)
    conflict = option_form([i for i in range(3) for _ in range(3)], rng.random((3, 512)))
    # how likely it is when each other state is below with the same chance, averaged over the chance
    chance = (np.arange(200_000) + 0.5) / 200_000
    one_of_each = (1 - (1 - chance) ** 64) ** 7
    assert inverse(conflict, 0, 0, "gmr").share == pytest.approx(one_of_each.mean(), rel=1e-6)
    some_fibre = 1 - (1 - chance**8) ** 63
    held = some_fibre + (1 - some_fibre) * chance**7
    assert inverse(conflict, 0, 0, "smr").share == pytest.approx(held.mean(), rel=1e-6)
    assert inverse(conflict, 0, 0, "nash").share == pytest.approx(1 / 8)


def test_conditions_too_large_say_how_large() -> None:
    pairs = [frozenset({frozenset([a]), frozenset([b])}) for a, b in combinations(range(24), 2)]
    with pytest.raises(
        ConflictError, match=r"276 clauses about 24 groups .* 2\^24 cases; at most 2"
    ):
        rankings(pairs, 25)
    many = [frozenset({frozenset([a])}) for a in range(5000)]
    with pytest.raises(ConflictError, match="5,000 states; at most 4,096"):
        rankings(many, 5001)


def test_many_clauses_that_share_little() -> None:
    """A chain of pairs: of 20 states no two neighbours above, by Fibonacci's polynomials."""
    chain = [frozenset({frozenset([k]), frozenset([k + 1])}) for k in range(19)]
    by_size = [comb(20 - above + 1, above) for above in range(21)]
    wanted = sum(
        many * factorial(20 - above) * factorial(above) for above, many in enumerate(by_size)
    )
    assert rankings(chain, 21) == wanted


@pytest.mark.parametrize(
    ("dm", "state", "concept", "words"),
    [
        (0, 2, "nash", "2 above 1 and 3"),
        (0, 2, "gmr", "2 above at least one of 1 and 4; and 2 above at least one of 3 and 6"),
        (0, 2, "seq", "2 above at least one of 1 and 4; and 2 above at least one of 3 and 6"),
        (0, 2, "smr", "2 above 1, or above all of 4, 5 and 6; and "
         "2 above 3, or above all of 4, 5 and 6"),
        (1, 2, "sim", "2 above at least one of 4, 5 and 6"),
    ],
)  # fmt: skip
def test_conditions_in_words(dm: int, state: int, concept: str, words: str) -> None:
    assert condition(models.syria_iraq(), dm, state - 1, concept) == words


def test_nothing_to_fear_and_unknown_concepts() -> None:
    bare = graph([{0: [1]}, {1: [0]}], [[0, 1], [0, 1]])
    assert condition(bare, 0, 1, "nash") == "always, whatever the ranking"
    assert condition(bare, 0, 0, "gmr") == "always, whatever the ranking"
    assert inverse(bare, 0, 0, "gmr").share == 1
    assert condition(bare, 0, 0, "nash", lambda s: f"state {s}") == "state 0 above state 1"
    with pytest.raises(ConflictError, match="in a bare graph"):
        clauses(bare, 0, 0, "sim")
    with pytest.raises(ConflictError, match="in a bare graph"):
        clauses(graph([{}, {}], [[0, 1], [0, 1]]), 0, 0, "sim")
    with pytest.raises(ConflictError, match="there is no concept"):
        clauses(bare, 0, 0, "cnash")
