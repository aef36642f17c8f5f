"""Unknown and strong preferences and attitudes, against the definitions written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import stability_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from stability_models import conflicts, plain, strong_conflicts, truth, unsure_conflicts
from stability_random import blurred, random_conflict

from foedus.lenses.stability.concepts.relations import (
    READINGS,
    Reading,
    attitudes,
    selfish,
    strong,
    uncertain,
    weak,
)
from foedus.lenses.stability.concepts.solving import CRISP
from foedus.lenses.stability.conflict import Conflict, ConflictError, graph, option_form
from foedus.lenses.stability.kernel.sets import TooManyBitsError

few = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def crisp(conflict: Conflict) -> dict[str, np.ndarray]:
    """The plain answers by the oracle, nothing unknown."""
    model = plain(replace(conflict, unknown=None, much=None))
    return {
        concept: truth([oracle.stable(model, i, concept) for i in model.dms], conflict.states)
        for concept in CRISP
    }


def same(found: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> bool:
    return all(np.array_equal(found[concept], expected[concept]) for concept in CRISP)


def within(fewer: dict[str, np.ndarray], more: dict[str, np.ndarray]) -> bool:
    return all((fewer[concept] <= more[concept]).all() for concept in CRISP)


def threatened(unknown: bool = False, much: bool = False) -> Conflict:
    """A can improve from 0 to 1, whereupon B gains by taking it to 2, which A likes less."""
    pairs = np.zeros((2, 3, 3), np.bool_)
    unsure, far = pairs.copy(), pairs.copy()
    if unknown:
        unsure[0, 0, 2] = unsure[0, 2, 0] = True
    if much:
        far[0, 2, 0] = True
    return graph([{0: [1]}, {1: [2]}], [[1, 2, 0], [0, 0, 1]], unknown=unsure, much=far)


# Unknown preferences ------------------------------------------------------------------------------


@pytest.mark.parametrize(("reading", "deters"), [("a", 0), ("b", 0), ("c", 1), ("d", 1)])
def test_an_unknown_preference_deters_in_two_readings(reading: Reading, deters: int) -> None:
    found = uncertain(threatened(unknown=True), reading)
    assert [bool(found[c][0, 0]) for c in CRISP] == [False, *[bool(deters)] * 3]


@pytest.mark.parametrize(("reading", "tempts"), [("a", 1), ("b", 0), ("c", 1), ("d", 0)])
def test_an_unknown_preference_tempts_in_two_readings(reading: Reading, tempts: int) -> None:
    unknown = ~np.eye(2, dtype=np.bool_)[None]
    conflict = graph([{0: [1]}], [[1, 0]], unknown=unknown)
    assert uncertain(conflict, reading)["nash"].tolist() == [[not tempts, True]]


@few
@given(unsure_conflicts(), st.sampled_from(READINGS))
def test_unknown_preferences_as_defined(conflict: Conflict, reading: Reading) -> None:
    check_unknown(conflict, reading)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("reading", READINGS)
def test_unknown_preferences_of_larger_models(seed: int, reading: Reading) -> None:
    check_unknown(blurred(random_conflict(seed), seed), reading)


def check_unknown(conflict: Conflict, reading: Reading) -> None:
    model, found = plain(conflict), uncertain(conflict, reading)
    for concept in CRISP:
        sets = [oracle.reading_stable(model, i, concept, reading) for i in model.dms]
        assert np.array_equal(found[concept], truth(sets, conflict.states)), concept


@few
@given(unsure_conflicts())
def test_more_deterrence_and_less_temptation_is_more_stability(conflict: Conflict) -> None:
    check_readings(conflict)


@pytest.mark.parametrize("seed", range(24))
def test_readings_of_larger_models(seed: int) -> None:
    check_readings(blurred(random_conflict(seed), seed))


def check_readings(conflict: Conflict) -> None:
    by = {reading: uncertain(conflict, reading) for reading in READINGS}
    for fewer, more in ("ab", "bd", "ac", "cd"):
        assert within(by[fewer], by[more])
    assert np.array_equal(by["a"]["nash"], by["c"]["nash"])
    assert np.array_equal(by["b"]["nash"], by["d"]["nash"])
    for found in by.values():
        assert (found["nash"] <= found["smr"]).all()
        assert (found["smr"] <= found["gmr"]).all()
        assert (found["nash"] <= found["seq"]).all()
        assert (found["seq"] <= found["gmr"]).all()


@few
@given(conflicts(most=16))
def test_known_preferences_are_read_in_one_way(conflict: Conflict) -> None:
    expected = crisp(conflict)
    for reading in READINGS:
        assert same(uncertain(conflict, reading), expected)


# Strength -----------------------------------------------------------------------------------------


def test_a_strong_sanction_is_much_worse() -> None:
    mild, harsh = threatened(), threatened(much=True)
    for concept in ("gmr", "smr", "seq"):
        assert weak(mild)[concept][0, 0]
        assert not strong(mild)[concept][0, 0]
        assert strong(harsh)[concept][0, 0]
        assert not weak(harsh)[concept][0, 0]


@few
@given(unsure_conflicts(much=True), st.sampled_from(READINGS))
def test_strength_as_defined(conflict: Conflict, reading: Reading) -> None:
    check_strength(conflict, reading)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("reading", READINGS)
def test_strength_in_larger_models(seed: int, reading: Reading) -> None:
    check_strength(blurred(random_conflict(seed), seed, much=0.7), reading)


def check_strength(conflict: Conflict, reading: Reading) -> None:
    model, firm = plain(conflict), strong(conflict, reading)
    for concept in CRISP:
        sets = [oracle.reading_stable(model, i, concept, reading, strongly=True) for i in model.dms]
        assert np.array_equal(firm[concept], truth(sets, conflict.states)), concept
    general, faint = uncertain(conflict, reading), weak(conflict, reading)
    assert within(firm, general)
    for concept in CRISP:
        assert np.array_equal(firm[concept] ^ faint[concept], general[concept])
    assert not faint["nash"].any()


@few
@given(strong_conflicts())
def test_strength_without_unknowns_needs_no_reading(conflict: Conflict) -> None:
    model = plain(conflict)
    for reading in READINGS:
        found = strong(conflict, reading)
        for concept in CRISP:
            sets = [oracle.strongly_stable(model, i, concept) for i in model.dms]
            assert np.array_equal(found[concept], truth(sets, conflict.states))


@few
@given(conflicts(most=16))
def test_without_strength_only_nash_is_strong(conflict: Conflict) -> None:
    firm = strong(conflict)
    for concept in CRISP:
        assert np.array_equal(firm[concept], crisp(conflict)["nash"])


# Attitudes ----------------------------------------------------------------------------------------


def related(conflict: Conflict, stance: Sequence[Sequence[int]]) -> dict[str, np.ndarray]:
    """Relational stability by the oracle."""
    model = plain(conflict)

    def likes(i: int, s: int, t: int) -> bool:
        for j, attitude in enumerate(stance[i]):
            if attitude > 0 and not model.better(j, s, t):
                return False
            if attitude < 0 and not model.better(j, t, s):
                return False
        return s != t

    return {
        concept: truth(
            [
                oracle.stable_by(
                    model, i, concept, likes, lambda i, s, t: not likes(i, s, t), likes
                )
                for i in model.dms
            ],
            conflict.states,
        )
        for concept in CRISP
    }


@few
@given(conflicts(most=16))
def test_the_selfish_give_the_plain_answers(conflict: Conflict) -> None:
    assert same(attitudes(conflict, selfish(len(conflict.dms))), crisp(conflict))


@pytest.mark.parametrize("seed", range(24))
def test_attitudes_in_larger_models(seed: int) -> None:
    conflict = random_conflict(seed)
    n = len(conflict.dms)
    stance = np.random.default_rng(seed).choice([-1, 0, 0, 1], (n, n))
    assert same(attitudes(conflict, stance), related(conflict, stance.tolist()))
    assert same(attitudes(conflict, selfish(n)), crisp(conflict))
    wide = blurred(conflict, seed)
    assert same(attitudes(wide, stance), related(wide, stance.tolist()))


@few
@given(st.one_of(conflicts(most=12), unsure_conflicts()), st.data())
def test_attitudes_as_defined(conflict: Conflict, data: st.DataObject) -> None:
    n = len(conflict.dms)
    row = st.lists(st.sampled_from((-1, 0, 1)), min_size=n, max_size=n)
    stance = data.draw(st.lists(row, min_size=n, max_size=n))
    assert same(attitudes(conflict, stance), related(conflict, stance))


@few
@given(conflicts(most=16))
def test_the_wholly_neutral(conflict: Conflict) -> None:
    # Inohara & Hipel 2009: RNash is then RSMR, and RGMR is RSEQ.
    found = attitudes(conflict, np.zeros((len(conflict.dms),) * 2))
    assert np.array_equal(found["nash"], found["smr"])
    assert np.array_equal(found["gmr"], found["seq"])


def test_a_spiteful_one_hurts_the_other() -> None:
    conflict = option_form([0, 1], [[0, 0, 1, 1], [1, 0, 1, 0]], dms=["a", "b"])
    found = attitudes(conflict, [[0, -1], [0, 1]])["nash"]
    assert found[0].tolist() == [False, True, False, True]


# Refusals -----------------------------------------------------------------------------------------


def test_too_large_a_work_is_refused_before_it_starts() -> None:
    conflict = option_form([o // 4 for o in range(20)], np.zeros((5, 1 << 20), np.int64))
    for ask in (
        lambda: uncertain(conflict, "a"),
        lambda: strong(conflict),
        lambda: attitudes(conflict, selfish(5)),
    ):
        with pytest.raises(TooManyBitsError, match="5 relations between 1,048,576 states") as told:
            ask()
        assert told.value.bad_input
    with pytest.raises(TooManyBitsError, match="limit is 9;"):
        weak(threatened(), limit=9)


def test_preferences_that_contradict_themselves_are_refused() -> None:
    conflict = threatened(unknown=True, much=True)
    with pytest.raises(ConflictError, match="much prefers another state to 2"):
        strong(conflict)
    assert conflict.unknown is not None
    with pytest.raises(ConflictError, match="unknown both ways"):
        uncertain(replace(conflict, unknown=np.triu(conflict.unknown)), "a")
    with pytest.raises(ConflictError, match=r"must be \(2, 3, 3\)"):
        uncertain(replace(conflict, unknown=np.zeros((2, 2, 2), np.bool_)), "a")
    with pytest.raises(ConflictError, match="e is no reading"):
        uncertain(conflict, "e")


@pytest.mark.parametrize("stance", [np.eye(3), [[1, 0]], [[2, 0], [0, 1]]])
def test_attitudes_that_are_none_are_refused(stance: object) -> None:
    with pytest.raises(ConflictError, match="2 rows of 2 times"):
        attitudes(threatened(), stance)
