"""Values against their definitions and axioms, and what holds for a game."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from dependence_certificates import Floats, game, members, shapley_by_orders
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.dependence.kernel import properties, values
from foedus.lenses.dependence.kernel.tables import sizes, subsets, sums


def _hundredths(number: int) -> float:
    return number / 100.0


@st.composite
def games(draw: st.DrawFn, least: int = 1, most: int = 5) -> Floats:
    """Any game with small worths, whole ones often, so that much ties."""
    n = draw(st.integers(least, most))
    number = st.one_of(st.integers(-4, 4).map(float), st.integers(-400, 400).map(_hundredths))
    listed = draw(st.lists(number, min_size=(1 << n) - 1, max_size=(1 << n) - 1))
    return np.array([0.0, *listed], np.float64)


@st.composite
def convex_games(draw: st.DrawFn) -> Floats:
    """Sums of unanimity games with weights from 0 up, but for single members."""
    n = draw(st.integers(2, 5))
    weight = np.array(draw(st.lists(st.integers(0, 5), min_size=1 << n, max_size=1 << n)), float)
    weight[1 << np.arange(n)] -= 3.0
    weight[0] = 0.0
    return np.array([weight[subsets(s)].sum() for s in range(1 << n)])


def permuted(worth: Floats, order: list[int]) -> Floats:
    """The game in which member k is the one that was order[k]."""
    n = len(order)
    return game(n, lambda s: worth[sum(1 << order[k] for k in s)])


RULES = (values.shapley, values.banzhaf, values.tau, values.gately)


@given(games())
def test_shapley_is_the_mean_over_all_orders(worth: Floats) -> None:
    assert values.shapley(worth) == pytest.approx(shapley_by_orders(worth), abs=1e-12)


@given(games(), games())
def test_values_add_up(one: Floats, other: Floats) -> None:
    if one.size == other.size:
        for rule in (values.shapley, values.banzhaf_raw):
            assert rule(one + other) == pytest.approx(rule(one) + rule(other), abs=1e-9)


@given(games())
def test_what_exists_shares_the_whole(worth: Floats) -> None:
    for rule in RULES:
        shares = rule(worth)
        assert np.isnan(shares).all() or shares.sum() == pytest.approx(worth[-1], abs=1e-6)
    assert not np.isnan(values.shapley(worth)).any()


@given(games(most=4), st.randoms(use_true_random=False))
def test_members_are_treated_alike(worth: Floats, lot: object) -> None:
    n = int(worth.size).bit_length() - 1
    order = list(range(n))
    lot.shuffle(order)  # type: ignore[attr-defined]
    for rule in RULES:
        shares = rule(worth)
        assert rule(permuted(worth, order)) == pytest.approx(shares[order], abs=1e-9, nan_ok=True)


@given(games(most=4), st.integers(-3, 3))
def test_a_member_that_adds_what_it_is_worth_alone_gets_that(worth: Floats, own: int) -> None:
    longer = np.concatenate([worth, worth + own])
    assert values.shapley(longer) == pytest.approx([*values.shapley(worth), own], abs=1e-9)
    assert values.banzhaf_raw(longer)[-1] == pytest.approx(own * worth.size, abs=1e-9)
    for rule in (values.tau, values.gately):
        shares = rule(longer)
        assert np.isnan(shares).all() or shares[-1] == pytest.approx(own, abs=1e-6)


@given(games(2, 4), st.floats(0.1, 9.0), st.lists(st.floats(-5, 5), min_size=4, max_size=4))
def test_units_and_gifts_do_not_matter(worth: Floats, unit: float, gifts: list[float]) -> None:
    n = int(worth.size).bit_length() - 1
    other = unit * worth + sums(np.array(gifts[:n]))
    assert values.shapley(other) == pytest.approx(unit * values.shapley(worth) + gifts[:n])


@given(convex_games())
def test_in_convex_games_shapley_is_in_the_core(worth: Floats) -> None:
    assert properties.worst_crossing(worth) is None
    assert properties.worst_merger(worth) is None
    assert (sums(values.shapley(worth)) >= worth - 1e-9).all()
    assert not np.isnan(values.tau(worth)).any()


def test_gately_makes_everybody_equally_disruptive() -> None:
    worth = game(3, lambda s: [0.0, 0.0, 3.0 + sum(s), 12.0][len(s)])
    point = values.gately(worth)
    assert np.ptp(values.propensity(worth, point)) == pytest.approx(0.0, abs=1e-12)


def test_propensity_is_no_number_where_nothing_is_lost() -> None:
    worth = game(2, lambda s: float(len(s)) if len(s) < 2 else 3.0)
    told = values.propensity(worth[None], np.array([[1.0, 2.0]]))[0]
    assert np.isnan(told[0])
    assert told[1] == 0.0


def test_tau_of_a_market_with_one_seller() -> None:
    # One owner, two buyers who value the thing at 6 and 9: it goes for 6 to 9.
    worth = game(3, lambda s: 0.0 if 0 not in s else 9.0 if 2 in s else 6.0 if 1 in s else 0.0)
    assert values.least_rights(worth).tolist() == [6.0, 0.0, 0.0]
    assert values.tau(worth).tolist() == [7.5, 0.0, 1.5]


def test_what_does_not_exist_is_no_number() -> None:
    majority = game(3, lambda s: float(len(s) >= 2))
    assert np.isnan(values.tau(majority)).all()
    assert np.isnan(values.gately(majority)).all()
    apart = game(2, lambda s: 1.0 if len(s) == 1 else 0.0)
    assert np.isnan(values.gately(apart)).all()
    assert np.isnan(values.banzhaf(np.array([0.0, 1.0, -1.0, 0.0]))).all()


def test_normalised_banzhaf_values_neither_turn_round_nor_explode() -> None:
    # nobody, A, B, A+B, C, A+C, B+C, all: what is added sums to less than nothing
    turned = np.array([0.0, 5, 1, -9, 0, 1, -9, 1])
    raw = values.banzhaf_raw(turned)
    assert raw.sum() < 0.0 < turned[-1]
    assert np.isnan(values.banzhaf(turned)).all()
    assert np.isnan(values.banzhaf(-turned)).all()
    # raw values of 100 and -99.9 sum to a tenth: shares would be a thousand times the whole
    cancelled = np.array([0.0, 50.0, -49.95, 0.05])
    assert np.isnan(values.banzhaf(cancelled)).all()
    # a whole of 0 is shared as 0 whatever adds up to what
    nothing = np.array([0.0, -1, -1, 0, -1, 0, 0, 0])
    assert values.banzhaf_raw(nothing).sum() == 3.0
    assert values.banzhaf(nothing).tolist() == [0.0, 0.0, 0.0]
    losses = np.array([0.0, -2.0, -1.0, -3.0])
    assert values.banzhaf(losses) == pytest.approx([-2.0, -1.0])


@given(games(2, 4))
def test_properties_are_what_their_definitions_say(worth: Floats) -> None:
    every = range(worth.size)
    merging = [worth[s] + worth[t] - worth[s | t] for s in every for t in every if not s & t]
    crossing = [worth[s] + worth[t] - worth[s | t] - worth[s & t] for s in every for t in every]
    joining = [worth[s] - worth[t] for s in every for t in every if s & t == s]
    slack = 1e-6
    for found, amounts in (
        (properties.worst_merger(worth), merging),
        (properties.worst_crossing(worth), crossing),
        (properties.worst_joining(worth), joining),
    ):
        assert (found is None) == (max(amounts) <= slack)
    merger, crossed = properties.worst_merger(worth), properties.worst_crossing(worth)
    if merger:
        _, s, t = merger
        assert s & t == 0
        assert worth[s] + worth[t] - worth[s | t] == pytest.approx(max(merging))
    if crossed:
        amount, s, t = crossed
        assert amount == pytest.approx(worth[s] + worth[t] - worth[s | t] - worth[s & t])
    joined = properties.worst_joining(worth)
    if joined:
        amount, s, t = joined
        assert s & t == s
        assert amount == pytest.approx(worth[s] - worth[t])


def test_an_essential_game_has_something_to_share() -> None:
    assert properties.essential(game(2, lambda s: float(len(s) == 2)))
    assert not properties.essential(game(2, lambda s: float(len(s))))


@settings(max_examples=20)
@given(st.integers(1, 5), st.integers(2, 40), st.integers(0, 10**6))
def test_rows_do_not_depend_on_each_other(n: int, rows: int, seed: int) -> None:
    worth = np.random.default_rng(seed).normal(size=(rows, 1 << n)) ** 3
    worth[:, 0] = 0.0
    payoffs = worth[:, 1 : n + 1] if n > 1 else worth[:, 1:]
    for rule in (*RULES, values.banzhaf_raw, values.least_rights):
        whole = rule(worth)
        for row in (0, rows // 2, rows - 1):
            assert whole[row].tobytes() == rule(worth[row : row + 1]).tobytes()
    told = values.propensity(worth, payoffs)
    assert told[-1].tobytes() == values.propensity(worth[-1:], payoffs[-1:]).tobytes()


def test_sets_are_counted_and_added() -> None:
    assert sizes(4).tolist() == [s.bit_count() for s in range(16)]
    assert subsets(0b1010).tolist() == [0, 2, 8, 10]
    payoffs = np.array([1.0, 20.0, 300.0])
    assert sums(payoffs).tolist() == (members(3) @ payoffs).tolist()
    assert all(len(list(combinations(range(5), k))) == (sizes(5) == k).sum() for k in range(6))
