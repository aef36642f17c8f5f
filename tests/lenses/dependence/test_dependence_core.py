"""Core, least core, cost of stability and transfers against linear programs by HiGHS."""

from __future__ import annotations

import numpy as np
import pytest
from dependence_certificates import (
    Floats,
    game,
    least_core,
    least_transfers,
    members,
    subsidy,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.dependence.kernel.core import (
    blocking,
    cost_of_stability_many,
    covered,
    least_core_many,
    transfers_many,
    vertices,
)
from foedus.lenses.dependence.kernel.nucleolus import nucleolus
from foedus.lenses.dependence.kernel.tables import excess, sums

whole = st.integers(-5, 5).map(float)


@st.composite
def games(draw: st.DrawFn, least: int = 2, most: int = 4, cored: bool = False) -> Floats:
    """Any game with whole worths; with `cored`, everybody together worth a good deal more."""
    n = draw(st.integers(least, most))
    listed = draw(st.lists(whole, min_size=(1 << n) - 1, max_size=(1 << n) - 1))
    worth = np.array([0.0, *listed])
    worth[-1] += 8.0 * cored
    return worth


def count(worth: Floats) -> int:
    return int(worth.size).bit_length() - 1


@settings(deadline=None)
@given(games())
def test_the_least_core_is_what_a_plain_program_finds(worth: Floats) -> None:
    found = least_core_many(worth[None])
    point = found.point[0]
    assert found.epsilon[0] == pytest.approx(least_core(worth), abs=1e-9)
    assert point.sum() == pytest.approx(worth[-1], abs=1e-9)
    assert excess(worth, point)[1:-1].max() <= found.epsilon[0] + 1e-9


@given(games())
def test_a_balanced_collection_shows_that_the_core_is_empty(worth: Floats) -> None:
    found = least_core_many(worth[None])
    weights = found.weights[0]
    assert (weights >= 0).all()
    assert weights @ members(count(worth)) == pytest.approx(np.ones(count(worth)))
    assert (weights @ worth > worth[-1] + 1e-9) == (found.epsilon[0] > 1e-9)
    assert weights @ worth - worth[-1] == pytest.approx(found.epsilon[0] * weights.sum(), abs=1e-8)


@settings(deadline=None)
@given(games())
def test_the_subsidy_is_the_least_that_makes_a_core(worth: Floats) -> None:
    found = float(cost_of_stability_many(worth[None])[0])
    assert found == pytest.approx(subsidy(worth), abs=1e-9)
    assert (found == 0.0) == (least_core_many(worth[None]).epsilon[0] <= 1e-9)
    worth[-1] += found
    assert least_core_many(worth[None]).epsilon[0] <= 1e-8


@settings(deadline=None)
@given(games(most=5), st.lists(whole, min_size=4, max_size=4))
def test_transfers_are_the_least_that_lead_into_the_core(worth: Floats, drawn: list[float]) -> None:
    n = count(worth)
    payoffs = np.array([*drawn[: n - 1], worth[-1] - sum(drawn[: n - 1])])
    moved = transfers_many(worth[None], payoffs[None])[0]
    least = least_transfers(worth, payoffs)
    if least is None:
        assert np.isnan(moved).all()
        return
    assert moved.sum() == pytest.approx(0.0, abs=1e-9)
    assert np.abs(moved).sum() / 2 == pytest.approx(least, abs=1e-8)
    assert excess(worth, payoffs + moved)[1:-1].max() <= 1e-8


@settings(deadline=None)
@given(
    games(most=4, cored=True), st.lists(whole, min_size=3, max_size=3), st.permutations(range(4))
)
def test_transfers_treat_members_alike(
    worth: Floats, drawn: list[float], lot: list[int]
) -> None:  # fmt: skip
    n = count(worth)
    payoffs = np.array([*drawn[: n - 1], worth[-1] - sum(drawn[: n - 1])])
    order = [k for k in lot if k < n]
    other = game(n, lambda s: worth[sum(1 << order[k] for k in s)])
    moved = transfers_many(worth[None], payoffs[None])[0]
    again = transfers_many(other[None], payoffs[order][None])[0]
    assert again == pytest.approx(moved[order], abs=1e-8, nan_ok=True)


def test_transfers_are_spread_as_far_as_they_can_be() -> None:
    # The first two lack 4, wherever it comes from and whoever of them gets it.
    worth = game(4, lambda s: {4: 12.0}.get(len(s), 10.0 if {0, 1} <= s else 0.0))
    moved = transfers_many(worth[None], np.full((1, 4), 3.0))[0]
    assert moved.tolist() == pytest.approx([2.0, 2.0, -2.0, -2.0])
    assert transfers_many(worth[None], np.array([[5.0, 5.0, 1.0, 1.0]])).tolist() == [[0.0] * 4]


def test_the_total_is_kept_least_even_if_one_member_gets_it_all() -> None:
    # Two sets lack 4 and share a member; to give three members 2 each would take 6.
    lacking = ({0, 1}, {0, 2})
    worth = game(6, lambda s: {0: 0.0, 6: 60.0}.get(len(s), 24.0 if s in lacking else -99.0))
    moved = transfers_many(worth[None], np.full((1, 6), 10.0))[0]
    assert moved == pytest.approx([4.0, 0.0, 0.0, -4 / 3, -4 / 3, -4 / 3], abs=1e-9)


def test_a_set_that_misses_most_blocks() -> None:
    worth = game(3, lambda s: 4.0 if s == {0, 2} else 6.0 if len(s) == 3 else 0.0)
    masks, amounts = blocking(np.stack([worth, worth]), np.array([[1.0, 4, 1], [3.0, 0, 3]]))
    assert masks.tolist() == [0b101, 0b010]
    assert amounts.tolist() == [2.0, 0.0]


def test_the_corners_of_a_convex_game_are_what_orders_add() -> None:
    worth = game(3, lambda s: float(len(s)) ** 2 + (0 in s and 1 in s))
    corners = vertices(worth)
    orders = [(0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 1, 0), (2, 0, 1), (0, 2, 1)]
    added = []
    for order in orders:
        masks = np.cumsum([0, *(1 << i for i in order)])
        added.append([np.diff(worth[masks])[order.index(i)] for i in range(3)])
    assert sorted(corners.round(9).tolist()) == sorted(added)
    steps = np.abs(corners - np.roll(corners, 1, axis=0))
    assert (np.isclose(steps, 0.0).sum(axis=1) == 1).all()  # neighbours share an edge


@given(games(cored=True))
def test_corners_are_in_the_core_and_span_it(worth: Floats) -> None:
    corners = vertices(worth)
    empty = bool(least_core_many(worth[None]).epsilon[0] > 1e-9)
    assert (len(corners) == 0) == empty
    assert corners.sum(axis=1) == pytest.approx(np.full(len(corners), worth[-1]))
    assert (sums(corners) >= worth - 1e-7).all()
    if not empty:
        point = nucleolus(worth)
        assert (corners.min(axis=0) <= point + 1e-7).all()
        assert (corners.max(axis=0) >= point - 1e-7).all()


def test_a_core_of_one_point_has_one_corner() -> None:
    gloves = game(3, lambda s: float(0 in s and len(s) > 1))
    assert vertices(gloves).round(9).tolist() == [[1.0, 0.0, 0.0]]
    with pytest.raises(ValueError, match="up to 4 members"):
        vertices(np.zeros(32))


def test_a_cover_gives_each_set_its_worth() -> None:
    pairs = game(3, lambda s: [0.0, 0.0, 1.0, 9.0][len(s)])
    total, division = covered(pairs[None])
    assert total.tolist() == [1.5]
    assert division.tolist() == [[0.5, 0.5, 0.5]]


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6), st.integers(2, 25), st.integers(0, 10**6))
def test_rows_do_not_depend_on_each_other(n: int, rows: int, seed: int) -> None:
    lot = np.random.default_rng(seed)
    worth = lot.integers(-2, 3, (rows, 1 << n)) + lot.normal(size=(rows, 1)).round()
    worth[:, 0] = 0.0
    worth[::2, -1] += 4.0
    payoffs = worth[:, -1:] * lot.dirichlet(np.ones(n), rows)
    cores = least_core_many(worth)
    moved, added = transfers_many(worth, payoffs), cost_of_stability_many(worth)
    for k in range(0, rows, 5):
        one, given_out = worth[k : k + 1], payoffs[k : k + 1]
        for whole_array, alone in zip(cores, least_core_many(one), strict=True):
            assert whole_array[k].tobytes() == alone[0].tobytes()
        assert moved[k].tobytes() == transfers_many(one, given_out)[0].tobytes()
        assert added[k].tobytes() == cost_of_stability_many(one)[0].tobytes()
