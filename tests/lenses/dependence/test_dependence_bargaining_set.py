"""Kernel and bargaining set against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from dependence_certificates import Floats, game, members
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from foedus.lenses.dependence.kernel.bargaining_set import (
    kernel_point,
    objection,
    outweighing,
    surplus,
)
from foedus.lenses.dependence.kernel.nucleolus import nucleolus
from foedus.lenses.dependence.kernel.tables import excess, sums

whole = st.integers(0, 6).map(float)


@st.composite
def shared_games(draw: st.DrawFn, most: int = 4) -> tuple[Floats, Floats]:
    """A game that gives nobody anything alone, and a way to share the whole."""
    n = draw(st.integers(2, most))
    listed = draw(st.lists(whole, min_size=(1 << n) - 1, max_size=(1 << n) - 1))
    worth = np.array([0.0, *listed])
    worth[1 << np.arange(n)] = 0.0
    worth[-1] += 1.0
    weights = np.array(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), float)
    weights = weights if weights.any() else np.ones(n)
    return worth, worth[-1] * weights / weights.sum()


def by_definition(worth: Floats, x: Floats) -> float:
    """The most by which some objection escapes every counter-objection; 0 where none does.

    For each set through which i may object against j: the most t with y(k) - x(k) >= t in it,
    and, for each set T with j and without i, y(T in it) + x(T out of it) - v(T) >= t.
    """
    n, table, best = x.size, members(x.size), 0.0
    for s in range(1, worth.size):
        own = np.flatnonzero(table[s])
        for i in own:
            for j in np.flatnonzero(table[s] == 0):
                counter = [t for t in range(1, worth.size) if table[t, j] and not table[t, i]]
                rows = [np.append(-np.eye(n)[k], 1.0) for k in own]
                rows += [np.append(-table[t] * table[s], 1.0) for t in counter]
                right = [-x[k] for k in own]
                right += [table[t] * (1 - table[s]) @ x - worth[t] for t in counter]
                done = linprog(
                    np.append(np.zeros(n), -1.0), rows, right,
                    [np.append(table[s], 0.0)], [worth[s]], bounds=(None, None),
                )  # fmt: skip
                assert done.status in (0, 3)
                best = max(best, -done.fun)
    return best


@settings(max_examples=40, deadline=None)
@given(shared_games())
def test_an_objection_is_found_where_there_is_one(drawn: tuple[Floats, Floats]) -> None:
    worth, x = drawn
    found = objection(worth, x)
    assert (found is not None) == (by_definition(worth, x) > 1e-7)


@given(shared_games(most=5))
def test_nothing_counters_the_objection(drawn: tuple[Floats, Floats]) -> None:
    worth, x = drawn
    found = objection(worth, x)
    if found is None:
        return
    inner = ~np.isnan(found.offer)
    assert sum(1 << k for k in np.flatnonzero(inner)) == found.through
    assert inner[found.member]
    assert not inner[found.against]
    assert found.offer[inner].sum() == pytest.approx(worth[found.through])
    assert (found.offer[inner] > x[inner]).all()
    promised = sums(np.where(inner, np.nan_to_num(found.offer), x))
    sets = np.arange(worth.size)
    counter = (sets >> found.against & 1 == 1) & (sets >> found.member & 1 == 0)
    assert (promised[counter] > worth[counter]).all()


@given(shared_games(most=5))
def test_the_nucleolus_is_in_both_sets(drawn: tuple[Floats, Floats]) -> None:
    worth, _ = drawn
    point = nucleolus(worth)
    assert outweighing(worth, point) is None
    assert objection(worth, point) is None


@given(shared_games(most=5))
def test_the_kernel_is_in_the_bargaining_set_and_the_core_too(
    drawn: tuple[Floats, Floats],
) -> None:
    worth, x = drawn
    if outweighing(worth, x) is None or excess(worth, x).max() <= 0:
        assert objection(worth, x) is None


@given(shared_games())
def test_who_outweighs_whom_is_the_difference_of_surpluses(drawn: tuple[Floats, Floats]) -> None:
    worth, x = drawn
    table, missed = members(x.size), excess(worth, x)
    most = surplus(worth, x)
    for i in range(x.size):
        for j in range(x.size):
            if i != j:
                assert most[i, j] == missed[(table[:, i] == 1) & (table[:, j] == 0)].max()
    differences = np.where(x > 1e-9, most - most.T, 0.0)
    found = outweighing(worth, x)
    assert (found is None) == (differences.max() <= 1e-7)
    if found is not None:
        assert found.amount == pytest.approx(differences.max())
        assert found.amount == differences[found.member, found.against]


@given(shared_games(most=5))
def test_transfers_lead_into_the_kernel(drawn: tuple[Floats, Floats]) -> None:
    worth, start = drawn
    point = kernel_point(worth, start)
    if point is not None:
        assert point.sum() == pytest.approx(worth[-1])
        assert outweighing(worth, point) is None
        if start.size == 3 and excess(worth, nucleolus(worth)).max() <= 0:
            assert point == pytest.approx(nucleolus(worth), abs=1e-6)


def test_two_share_the_gain_equally() -> None:
    worth = np.array([0.0, 1.0, 2.0, 7.0])
    assert kernel_point(worth, np.array([1.0, 6.0])) == pytest.approx([3.0, 4.0])


def test_the_poor_may_not_be_outweighed() -> None:
    # Three of whom any two get all: the kernel has them share alike; the empty-handed is not owed.
    majority = game(3, lambda s: float(len(s) >= 2))
    assert outweighing(majority, np.full(3, 1 / 3)) is None
    assert outweighing(majority, np.array([0.5, 0.5, 0.0])) is not None
    dictator = game(3, lambda s: float(0 in s))
    assert outweighing(dictator, np.array([1.0, 0.0, 0.0])) is None
