"""The nucleolus against its definition, Kohlberg's criterion and its axioms."""

from __future__ import annotations

import numpy as np
import pytest
from dependence_certificates import Floats, game, is_kohlberg, lexicographic, members
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.dependence.kernel.core import least_core_many
from foedus.lenses.dependence.kernel.nucleolus import (
    nucleolus,
    nucleolus_many,
    prenucleolus,
    prenucleolus_many,
)
from foedus.lenses.dependence.kernel.simplex import maximise, pivot
from foedus.lenses.dependence.kernel.tables import excess, sums

KINDS = ("any", "whole", "simple", "majority", "bankruptcy", "market", "airport", "flat")


def made(kind: str, n: int, lot: np.random.Generator) -> Floats:
    """A game of one of many kinds, most of them full of ties."""
    table = members(n)
    some = lot.integers(1, 9, n).astype(np.float64)
    worth: Floats = {
        "any": lambda: lot.normal(size=1 << n),
        "whole": lambda: lot.integers(-2, 4, 1 << n).astype(np.float64),
        "simple": lambda: (lot.random(1 << n) < 0.3).astype(np.float64),
        "majority": lambda: (table @ some > some.sum() / 2).astype(np.float64),
        "bankruptcy": lambda: np.maximum(0.0, table @ some - 0.6 * some.sum()),
        "market": lambda: np.minimum(table[:, ::2].sum(1), table[:, 1::2].sum(1)),
        "airport": lambda: table @ some - (table * some).max(1),
        "flat": lambda: 1e6 * (table @ lot.normal(size=n)),
    }[kind]()
    worth[0] = 0.0
    return worth


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [2, 3, 4, 5, 7, 9])
def test_sets_that_miss_most_are_balanced(kind: str, n: int) -> None:
    worth = made(kind, n, np.random.default_rng([n, KINDS.index(kind)]))
    scale = np.abs(worth).max() + 1e-300
    assert is_kohlberg(worth / scale, prenucleolus(worth) / scale, imputation=False)
    single = worth[1 << np.arange(n)].sum()
    found = nucleolus(worth)
    if single > worth[-1] + 1e-6 * scale:
        assert np.isnan(found).all()
    else:
        assert is_kohlberg(worth / scale, found / scale, imputation=True)


def test_the_judge_refuses_what_is_near() -> None:
    worth = made("bankruptcy", 4, np.random.default_rng(1))
    point = nucleolus(worth)
    assert is_kohlberg(worth, point, imputation=True)
    for step in ([0.01, -0.01, 0, 0], [0, 0, -0.01, 0.01]):
        assert not is_kohlberg(worth, point + np.array(step), imputation=True)


@pytest.mark.parametrize("imputation", [False, True])
@pytest.mark.parametrize("kind", ["any", "whole", "majority", "bankruptcy"])
def test_it_is_found_program_by_program(kind: str, imputation: bool) -> None:
    lot = np.random.default_rng(KINDS.index(kind))
    for _ in range(2):
        worth = made(kind, 4, lot)
        worth[-1] = max(worth[-1], worth[1 << np.arange(4)].sum())
        rule = nucleolus if imputation else prenucleolus
        assert rule(worth) == pytest.approx(lexicographic(worth, imputation), abs=1e-6)


whole = st.integers(-5, 5).map(float)


@st.composite
def games(draw: st.DrawFn, least: int = 2, most: int = 5) -> Floats:
    n = draw(st.integers(least, most))
    listed = draw(st.lists(whole, min_size=(1 << n) - 1, max_size=(1 << n) - 1))
    return np.array([0.0, *listed])


@given(games())
def test_it_lies_in_the_least_core(worth: Floats) -> None:
    point = prenucleolus(worth)
    assert point.sum() == pytest.approx(worth[-1], abs=1e-9)
    worst = excess(worth, point)[1:-1].max()
    assert worst == pytest.approx(float(least_core_many(worth[None]).epsilon[0]), abs=1e-9)
    if worst <= 0:  # with a core the claims of single members bind nothing
        assert nucleolus(worth) == pytest.approx(point, abs=1e-9)


@given(games())
def test_it_exists_where_there_is_enough_for_each_alone(worth: Floats) -> None:
    single = worth[1 << np.arange(int(worth.size).bit_length() - 1)]
    point = nucleolus(worth)
    assert np.isnan(point).all() == (single.sum() > worth[-1])
    assert np.isnan(point).all() or (point >= single - 1e-9).all()


@given(games(most=4), st.floats(0.1, 100.0), st.lists(whole, min_size=4, max_size=4))
def test_units_and_gifts_do_not_matter(worth: Floats, unit: float, gifts: list[float]) -> None:
    gift = np.array(gifts[: int(worth.size).bit_length() - 1])
    for rule in (nucleolus, prenucleolus):
        expected = unit * rule(worth) + gift
        assert rule(unit * worth + sums(gift)) == pytest.approx(expected, abs=1e-7, nan_ok=True)


@given(games(most=4), st.permutations(range(4)))
def test_members_are_treated_alike(worth: Floats, drawn: list[int]) -> None:
    n = int(worth.size).bit_length() - 1
    order = [k for k in drawn if k < n]
    other = game(n, lambda s: worth[sum(1 << order[k] for k in s)])
    for rule in (nucleolus, prenucleolus):
        assert rule(other) == pytest.approx(rule(worth)[order], abs=1e-9, nan_ok=True)


@given(games(least=3, most=4))
def test_a_member_that_adds_nothing_gets_nothing(worth: Floats) -> None:
    longer = np.concatenate([worth, worth])
    point = nucleolus(longer)
    assert np.isnan(point).all() or point[-1] == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(2, 30), st.sampled_from(KINDS), st.integers(0, 10**6))
def test_rows_do_not_depend_on_each_other(n: int, rows: int, kind: str, seed: int) -> None:
    lot = np.random.default_rng(seed)
    worth = np.stack([made(kind, n, lot) for _ in range(rows)])
    for rule in (nucleolus_many, prenucleolus_many):
        together = rule(worth)
        for row in range(0, rows, 7):
            assert together[row].tobytes() == rule(worth[row : row + 1]).tobytes()


def test_one_member_gets_its_worth_and_thirteen_are_too_many() -> None:
    assert nucleolus(np.array([0.0, 3.0])).tolist() == [3.0]
    assert prenucleolus(np.array([0.0, 3.0])).tolist() == [3.0]
    with pytest.raises(ValueError, match="up to 12 members, not 13"):
        nucleolus(np.zeros(1 << 13))


def test_a_program_that_grows_for_ever_is_told_and_one_that_runs_in_circles_is_not_followed() -> (
    None
):
    # Beale 1955: the greedy rule with first rows first goes round this one for ever.
    beale = np.array(
        [
            [0.25, -60.0, -1 / 25, 9.0, 1.0, 0.0, 0.0, 0.0],
            [0.5, -90.0, -1 / 50, 3.0, 0.0, 1.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0],
            [0.75, -150.0, 1 / 50, -6.0, 0.0, 0.0, 0.0, 0.0],
        ]
    )
    endless = beale.copy()
    endless[2, 2] = -1.0
    endless[:, 1] = [-1.0, -1.0, 0.0, 1.0]
    table = np.stack([beale, endless])
    basis = np.array([[4, 5, 6], [4, 5, 6]])
    told = maximise(table, basis, np.ones((2, 3), np.bool_))
    assert told.tolist() == [False, True]
    assert -table[0, -1, -1] == pytest.approx(1 / 20)


def test_a_pivot_solves_for_a_variable() -> None:
    table = np.array([[[2.0, 4.0, 6.0], [1.0, 1.0, 5.0]]])
    pivot(table, np.array([0]), np.array([0]), np.array([1]))
    assert table[0].tolist() == [[0.5, 1.0, 1.5], [0.5, 0.0, 3.5]]
