"""Losses, propensity to disrupt, and what sets gain by being without the others."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.lenses.dependence.kernel import values as rules
from foedus.lenses.dependence.kernel.tables import excess, tolerance
from foedus.lenses.dependence.power import (
    balance,
    dependence,
    foremost,
    gains,
    losses,
    others_loss,
    outside,
    own_loss,
    propensity,
    shared_out,
    threat,
    utilities,
    worths,
)
from foedus.lenses.dependence.setting import of_values
from foedus.lenses.dependence.solving import solved
from foedus.lenses.lens import Floats

NUMBERS = st.integers(-50, 50).map(lambda k: k / 8.0)

# Two members: sets nobody, 0, 1, both. What each has in them, leaving costing 0.5 and 1.
PAIR = np.array([[[-1.0, -1.0], [0.25, 2.5], [0.5, 0.0], [2.0, 3.0]]])
COST = np.array([[0.5, 1.0]])


@st.composite
def worth_of(draw: st.DrawFn, fewest: int = 2, most: int = 4) -> Floats:
    n = draw(st.integers(fewest, most))
    worth = draw(arrays(np.float64, (1, 1 << n), elements=NUMBERS))
    worth[:, 0] = 0.0
    return worth


@st.composite
def played(draw: st.DrawFn) -> tuple[Floats, Floats]:
    n = draw(st.integers(2, 4))
    values = draw(arrays(np.float64, (1, 1 << n, n), elements=NUMBERS))
    return values, draw(arrays(np.float64, (1, n), elements=NUMBERS.map(abs)))


def test_losses_are_what_goes_with_another_or_with_oneself() -> None:
    loss = losses(PAIR, COST)
    # without 1, member 0 has 0.25 of its 2; gone itself, the other goes on: 0.5 less the cost
    assert loss.tolist() == [[[2.0 - (0.5 - 0.5), 1.75], [3.0, 3.0 - (2.5 - 1.0)]]]
    assert outside(PAIR, COST).tolist() == [[0.0, 1.5]]
    assert own_loss(loss).tolist() == [[2.0, 1.5]]
    assert others_loss(loss).tolist() == [[3.0, 1.75]]
    assert dependence(loss).tolist() == [[1.75, 3.0]]
    assert balance(loss)[0].tolist() == [[0.0, -1.25], [1.25, 0.0]]
    assert propensity(loss)[0] == pytest.approx([3.0 / 2.0, 1.75 / 1.5])


def test_alone_a_member_takes_its_better_way_out() -> None:
    utility = utilities(PAIR, COST)
    assert utility[0, 0].tolist() == pytest.approx([np.nan, 0.25, np.nan, 2.0], nan_ok=True)
    assert utility[0, 1].tolist() == pytest.approx([np.nan, np.nan, 1.5, 3.0], nan_ok=True)
    assert worths(utility).tolist() == [[0.0, 0.25, 1.5, 5.0]]


def test_who_loses_nothing_has_no_propensity_and_the_most_credible_threat() -> None:
    # rows lose by columns: 0 gains by leaving, 1 loses a little, 2 would be missed by nobody
    loss = np.array([[[-1.0, 2.0, -1.0], [1.0, 0.5, 0.0], [0.0, 0.0, 0.0]]])
    assert propensity(loss)[0] == pytest.approx([np.nan, 4.0, np.nan], nan_ok=True)
    assert threat(loss)[0].tolist() == [math.inf, 4.0, -math.inf]


@given(worth_of(most=5))
@settings(max_examples=60, deadline=None)
def test_a_set_that_shares_out_its_worth_does_so_by_shapley(worth: Floats) -> None:
    n = worth.shape[1].bit_length() - 1
    values = shared_out(worth)
    assert values[:, -1] == pytest.approx(rules.shapley(worth), abs=1e-9)
    for mask in range(1, 1 << n):
        inner = [i for i in range(n) if mask >> i & 1]
        for i in range(n):
            assert values[0, mask, i] == pytest.approx(
                in_all_orders(worth[0], inner, i) if i in inner else worth[0, 1 << i], abs=1e-9
            )


def in_all_orders(worth: Floats, inner: list[int], member: int) -> float:
    """What a member adds to those before it, over all orders of a set, by counting them out."""
    added = []
    for order in permutations(inner):
        before = sum(1 << i for i in order[: order.index(member)])
        added.append(float(worth[before | 1 << member] - worth[before]))
    return sum(added) / len(added)


@given(worth_of())
@settings(max_examples=60, deadline=None)
def test_shared_by_shapley_nobody_depends_more_than_the_other(worth: Floats) -> None:
    """Myerson's balanced contributions (1980)."""
    loss = losses(shared_out(worth), np.zeros((1, worth.shape[1].bit_length() - 1)))
    assert balance(loss) == pytest.approx(np.zeros_like(loss), abs=1e-9)


@given(worth_of(), st.data())
@settings(max_examples=60, deadline=None)
def test_where_sets_share_out_their_worth_the_propensity_is_gatelys(
    worth: Floats, data: st.DataObject
) -> None:
    n = worth.shape[1].bit_length() - 1
    values = shared_out(worth)
    payoffs = data.draw(arrays(np.float64, (1, n), elements=NUMBERS))
    payoffs[:, -1] += worth[:, -1] - payoffs.sum(axis=1)
    values[:, -1] = payoffs
    loss = losses(values, np.zeros((1, n)))
    ours, gately = propensity(loss)[0], rules.propensity(worth, payoffs)[0]
    own = own_loss(loss)[0]
    for i in range(n):
        if own[i] > 1e-6:
            assert ours[i] == pytest.approx(gately[i], rel=1e-6, abs=1e-6)


@given(played())
@settings(max_examples=80, deadline=None)
def test_a_sets_gain_is_the_least_of_its_members(both: tuple[Floats, Floats]) -> None:
    utility = utilities(*both)
    n = utility.shape[1]
    payoffs = both[0][:, -1]
    gain = gains(utility, payoffs)
    assert gain[0, 0] == 0.0
    for mask in range(1, 1 << n):
        each = [utility[0, i, mask] - payoffs[0, i] for i in range(n) if mask >> i & 1]
        assert gain[0, mask] == min(each)
    best = foremost(gain, np.zeros(1))[0]
    assert gain[0, best] == max(gain[0].max(), 0.0)
    assert (best == 0) == (gain[0].max() <= 0.0)


@given(played())
@settings(max_examples=80, deadline=None)
def test_what_no_set_could_object_to_with_transfers_it_does_not_leave_without(
    both: tuple[Floats, Floats],
) -> None:
    ground = of_values(*both, np.ones(1))
    found = solved(ground)
    assert ground.payoffs.sum() == pytest.approx(ground.worth[0, -1], abs=1e-9)
    if found["blocking"][0] == 0:
        assert found["core_stable"][0] == 1.0
        assert found["core_empty"][0] == 0.0
        assert found["moved"][0] == pytest.approx(0.0, abs=1e-9)
    if found["core_stable"][0] == 1.0:
        assert found["individually_stable"][0] == 1.0
    if (own_loss(found["loss"]) < -1e-6).any():
        assert found["individually_stable"][0] == 0.0
    assert (found["subsidy"][0] > 1e-7) == (found["core_empty"][0] == 1.0)
    assert np.isnan(found["moved"][0]) == (found["core_empty"][0] == 1.0)


@given(played())
@settings(max_examples=40, deadline=None)
def test_after_the_transfers_nobody_objects(both: tuple[Floats, Floats]) -> None:
    ground = of_values(*both, np.ones(1))
    moved = solved(ground)["transfers"]
    if np.isfinite(moved).all():
        assert moved.sum() == pytest.approx(0.0, abs=1e-7)
        assert excess(ground.worth, ground.payoffs + moved).max() <= 1e-6 + tolerance(ground.worth)


def test_a_draws_answer_does_not_depend_on_its_neighbours() -> None:
    stream = np.random.default_rng(3)
    for n in (2, 3, 5):
        values, cost = stream.normal(size=(40, 1 << n, n)), stream.uniform(size=(40, n))
        whole = solved(of_values(values, cost, np.ones(40)))
        for first, last in ((0, 1), (1, 17), (17, 40)):
            part = solved(of_values(values[first:last], cost[first:last], np.ones(last - first)))
            for key, array in part.items():
                assert array.tobytes() == whole[key][first:last].tobytes(), key
