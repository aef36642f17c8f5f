from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_pact import toy

from foedus.case import Quantity, Range
from foedus.ensemble.pert import Pert
from foedus.verdict.setting_aside import (
    fallen_back,
    on_retracted_alone,
    one_step_worse,
    piece_weight,
    without,
)

STAKE = "endurance.members.north.stake"
NOW = "endurance.position.now"
GETS = "endurance.members.north.gets_from.south"
shares = st.floats(0.0, 1.0)


def numbers(quantity: Quantity) -> tuple[float, float, float]:
    return quantity.mode, quantity.low, quantity.high


JUDGED = Quantity(mode=1.0, low=0.8, high=1.4, prior={"mode": 2.0, "low": 1.0, "high": 4.0})
BARE = Quantity(mode=1.0, low=0.8, high=1.4)


def test_with_all_its_evidence_it_is_as_judged_and_without_any_its_prior() -> None:
    assert numbers(fallen_back(JUDGED, 0.0)) == pytest.approx((1.0, 0.8, 1.4))
    assert numbers(fallen_back(JUDGED, 1.0)) == pytest.approx((2.0, 1.0, 4.0))
    assert numbers(fallen_back(BARE, 0.0)) == pytest.approx((1.0, 0.8, 1.4))
    assert numbers(fallen_back(BARE, 1.0)) == pytest.approx((1.0, 0.4, 2.2))


def test_halves_of_two_precisions_give_their_mean() -> None:
    # half-widths 1 and 2 to either side: precisions 1 and 1/4
    told = Quantity(mode=0.0, low=-1.0, high=1.0, prior={"mode": 10.0, "low": 8.0, "high": 12.0})
    found = fallen_back(told, 0.5)
    assert found.mode == pytest.approx(10.0 * 0.125 / 0.625)
    assert found.high - found.mode == pytest.approx(0.625**-0.5)


@given(shares, shares)
def test_the_more_is_gone_the_nearer_it_is_to_the_prior(one: float, two: float) -> None:
    less, more = fallen_back(JUDGED, min(one, two)), fallen_back(JUDGED, max(one, two))
    assert JUDGED.mode <= less.mode <= more.mode <= 2.0
    assert less.high - less.low <= more.high - more.low + 1e-12


@given(shares, st.floats(0.01, 1.0), st.floats(0.01, 1.0), st.booleans())
def test_it_keeps_its_order_and_the_legal_range(
    share: float, low: float, high: float, open_least: bool
) -> None:
    span = Range(0.0, 1.5, open_least)
    told = span.on(Quantity(mode=0.5, low=0.5 - 0.49 * low, high=0.5 + 0.9 * high))
    found = fallen_back(told, share)
    assert all(number in span for number in numbers(found))
    assert found.low <= found.mode <= found.high
    assert (found.least, found.most, found.least_open) == (0.0, 1.5, open_least)


def test_a_certain_number_goes_plainly_over_to_its_prior() -> None:
    told = Quantity(mode=1.0, low=1.0, high=1.0, prior={"mode": 2.0, "low": 1.0, "high": 4.0})
    assert numbers(fallen_back(told, 0.25)) == pytest.approx((1.25, 1.0, 1.75))
    alone = Quantity(mode=1.0, low=1.0, high=1.0)
    assert numbers(fallen_back(alone, 1.0)) == (1.0, 1.0, 1.0)


def test_pieces_count_by_their_rating() -> None:
    case = toy()  # e1 is B2; e2 is B6
    assert piece_weight(case, "e1") == pytest.approx(0.8 * 0.8)
    assert piece_weight(case, "e2") == pytest.approx(0.8 * 0.5)
    assert piece_weight(case.with_values({"evidence.e1.retracted": True}), "e1") == 0.0


def test_only_what_rests_on_it_is_judged_anew() -> None:
    case = toy()
    quantities = case.quantities()
    found = without(case, ["e1"])
    assert set(found) == {STAKE, NOW, GETS}
    left = 0.8 * 0.5 / (0.8 * 0.8 + 0.8 * 0.5)
    expected = numbers(fallen_back(quantities[STAKE], 1.0 - left))
    assert numbers(found[STAKE]) == pytest.approx(expected)
    assert numbers(found[NOW]) == numbers(fallen_back(quantities[NOW], 1.0))
    both = without(case, ["e1", "e2"])
    assert numbers(both[STAKE]) == numbers(fallen_back(quantities[STAKE], 1.0))


def test_evidence_that_no_number_rests_on_changes_none() -> None:
    bare = toy().with_values({f"{STAKE}.because": ["e1"]})
    assert without(bare, ["e2"]) == {}


def test_one_step_worse_takes_part_of_its_weight() -> None:
    case = toy()
    found = one_step_worse(case, "e1")
    quantities = case.quantities()
    assert numbers(found[NOW]) == pytest.approx(numbers(fallen_back(quantities[NOW], 0.25)))
    improbable = case.with_values({"evidence.e1.credibility": 5})
    gone = {path: numbers(q) for path, q in without(improbable, ["e1"]).items()}
    assert {p: numbers(q) for p, q in one_step_worse(improbable, "e1").items()} == gone


def test_what_cannot_be_judged_or_is_retracted_has_no_step() -> None:
    case = toy()
    assert one_step_worse(case, "e2") is None
    assert one_step_worse(case.with_values({"evidence.e1.retracted": True}), "e1") is None


@given(shares, st.floats(0.55, 0.9), st.floats(0.2, 0.5))
def test_less_evidence_never_makes_an_extreme_value_rarer(
    share: float, high: float, low: float
) -> None:
    told = Range(0.0, 1.0).on(Quantity(mode=0.52, low=low, high=high))
    found = fallen_back(told, share)
    beyond = [1.0 - float(Pert.of(one).share_below(np.array([high]))[0]) for one in (told, found)]
    assert beyond[1] >= beyond[0] - 1e-9


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_without_any_evidence_it_is_exactly_the_prior(one: float, two: float, three: float) -> None:
    low, mode, high = sorted((one, two, three))
    prior = {"mode": mode, "low": low, "high": high}
    told = Range(0.0, 1.0).on(Quantity(mode=0.3, low=0.1, high=0.7, prior=prior))
    assert numbers(fallen_back(told, 1.0)) == (mode, low, high)


def test_numbers_that_rest_on_retracted_evidence_alone_are_named() -> None:
    case = toy()
    assert on_retracted_alone(case) == ()
    assert set(on_retracted_alone(case.with_values({"evidence.e1.retracted": True}))) == {NOW, GETS}
