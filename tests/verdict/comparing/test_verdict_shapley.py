from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from math import factorial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from foedus.verdict.comparing.shapley import (
    Ints,
    Shapley,
    along_orders,
    orders,
    over_subsets,
    subsets,
)

Floats = NDArray[np.float64]
Worth = Callable[[frozenset[int]], float]


def by_all_orders(worth: Worth, k: int) -> Floats:
    """Shapley values straight from their definition: the mean over all orders."""
    total = np.zeros(k)
    for order in permutations(range(k)):
        for place, player in enumerate(order):
            total[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    return total / factorial(k)


def of_sets(worth: Worth, k: int) -> Shapley:
    """The exact values by way of the table of sets, for one draw."""
    values = [worth(frozenset(np.flatnonzero(row).tolist())) for row in subsets(k)]
    return over_subsets(np.array(values)[:, None])


def of_orders(worth: Worth, places: Ints) -> Shapley:
    """The estimated values, the same game in every draw."""
    draws, k = places.shape
    values = np.array(
        [
            [worth(frozenset(np.flatnonzero(places[d] < count).tolist())) for d in range(draws)]
            for count in range(k + 1)
        ]
    )
    return along_orders(values, places)


def airport(costs: tuple[float, ...]) -> Worth:
    """What a runway for the largest of some aircraft costs (Littlechild & Owen 1973)."""
    return lambda who: max((costs[i] for i in who), default=0.0)


def gloves(who: frozenset[int]) -> float:
    """A pair is worth one; player 0 has a left glove, 1 and 2 have right ones."""
    return float(0 in who and len(who) > 1)


AIRPORTS = json.loads((Path(__file__).parents[2] / "published" / "airport.json").read_text("utf-8"))
GAMES: list[tuple[Worth, list[float]]] = [
    (gloves, [2 / 3, 1 / 6, 1 / 6]),
    *(
        (airport(tuple(game["costs"])), [a / b for a, b in game["shapley"]])
        for game in AIRPORTS["games"]
    ),
]


@pytest.mark.parametrize(("worth", "expected"), GAMES)
def test_published_games(worth: Worth, expected: list[float]) -> None:
    exact = of_sets(worth, len(expected))
    assert exact.by_draw[0] == pytest.approx(expected, abs=AIRPORTS["tolerance"])
    sampled = of_orders(worth, orders(len(expected), 1024, 3)).by_draw
    error = sampled.std(axis=0, ddof=1) / np.sqrt(1024)
    assert np.all(np.abs(sampled.mean(axis=0) - expected) <= 4 * error + 1e-12)


worths = st.integers(0, 5).flatmap(
    lambda k: st.tuples(
        st.just(k), st.lists(st.floats(-1, 1), min_size=2**k, max_size=2**k).map(np.array)
    )
)


@settings(max_examples=40, deadline=None)
@given(worths)
def test_exact_values_are_the_mean_over_all_orders(game: tuple[int, Floats]) -> None:
    k, table = game

    def worth(who: frozenset[int]) -> float:
        return float(table[sum(1 << i for i in who)])

    found = over_subsets(table[:, None])
    assert found.by_draw[0] == pytest.approx(by_all_orders(worth, k), abs=1e-12)
    assert found.by_draw.sum() == pytest.approx(table[-1] - table[0], abs=1e-12)
    everyone = frozenset(range(k))
    for i in range(k):
        assert found.first[0, i] == worth(frozenset({i})) - worth(frozenset())
        assert found.last[0, i] == worth(everyone) - worth(everyone - {i})


@settings(max_examples=30, deadline=None)
@given(worths, st.randoms(use_true_random=False))
def test_other_names_for_the_groups_do_not_matter(game: tuple[int, Floats], random: object) -> None:
    k, table = game
    order = list(range(k))
    random.shuffle(order)  # type: ignore[attr-defined]
    renamed = [sum(1 << order[i] for i in range(k) if m >> i & 1) for m in range(2**k)]
    other = np.empty_like(table)
    other[renamed] = table
    mine = over_subsets(table[:, None]).by_draw[0]
    assert over_subsets(other[:, None]).by_draw[0][order] == pytest.approx(mine, abs=1e-12)


def test_a_group_that_does_nothing_gets_nothing_and_twins_get_the_same() -> None:
    def worth(who: frozenset[int]) -> float:
        return float(len(who & {0, 1}) ** 2 + 3 * (2 in who) * (0 in who or 1 in who))

    values = of_sets(worth, 4).by_draw[0]
    assert values[3] == 0.0
    assert values[0] == pytest.approx(values[1])
    assert np.all(of_orders(worth, orders(4, 64, 1)).by_draw[:, 3] == 0.0)


def test_a_number_of_sets_that_no_groups_have_is_refused() -> None:
    with pytest.raises(ValueError, match="power of two"):
        over_subsets(np.zeros((6, 2)))


# Orders


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.sampled_from([8, 16, 64, 128]), st.integers(0, 2**40))
def test_every_draw_has_an_order_and_its_parts_sum_to_its_move(k: int, n: int, seed: int) -> None:
    places = orders(k, n, seed)
    assert places.shape == (n, k)
    assert np.all(np.sort(places, axis=1) == np.arange(k))
    values = np.random.default_rng(seed).normal(size=(k + 1, n))
    found = along_orders(values, places)
    assert found.by_draw.sum(axis=1) == pytest.approx(values[-1] - values[0])
    assert np.isfinite(found.first).sum() == n == np.isfinite(found.last).sum()
    assert np.array_equal(places, orders(k, n, seed))


def test_groups_take_all_places_equally_often_where_that_can_be() -> None:
    places = orders(4, 8 * 8 * 3, 5)
    for scrambling in range(8):
        mine = places[scrambling::8]
        counts = [np.bincount(mine[:, group], minlength=4).tolist() for group in range(4)]
        assert counts == [[6] * 4] * 4
        rows = {tuple(row) for row in mine.tolist()}
        assert all(tuple(3 - place for place in row) in rows for row in rows)


def test_scramblings_and_seeds_have_orders_of_their_own() -> None:
    places = orders(9, 256, 1)
    assert len({places[s::8].tobytes() for s in range(8)}) == 8
    assert not np.array_equal(places, orders(9, 256, 2))


def test_all_orders_are_equally_likely() -> None:
    seen = np.concatenate([orders(3, 8, seed) for seed in range(600)])
    codes = seen @ np.array([9, 3, 1])
    counts = np.unique(codes, return_counts=True)[1]
    assert counts.size == 6
    # 4,800 orders: a chi-square with 5 degrees of freedom exceeds 20.5 once in a thousand
    assert ((counts - 800.0) ** 2 / 800.0).sum() < 20.5


def test_no_groups_leave_nothing_to_tell() -> None:
    assert orders(0, 16, 1).shape == (16, 0)
    assert along_orders(np.zeros((1, 16)), orders(0, 16, 1)).by_draw.shape == (16, 0)
    assert over_subsets(np.zeros((1, 16))).by_draw.shape == (16, 0)


def test_games_that_differ_by_draw_are_estimated_without_bias() -> None:
    rng = np.random.default_rng(7)
    k, n = 4, 64
    tables = rng.normal(size=(2**k, n)) + subsets(k).sum(axis=1)[:, None]
    exact = over_subsets(tables).by_draw.mean(axis=0)
    means = []
    for seed in range(200):
        places = orders(k, n, seed)
        taken = (places[None] < np.arange(k + 1)[:, None, None]) @ (1 << np.arange(k))
        means.append(
            along_orders(np.take_along_axis(tables, taken, axis=0), places).by_draw.mean(axis=0)
        )
    error = np.std(means, axis=0, ddof=1) / np.sqrt(200)
    assert np.all(np.abs(np.mean(means, axis=0) - exact) < 4 * error)
