"""What counts as rounding: one worth beyond all others must not make the rest of a game vanish."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.lenses.dependence.game import Game
from foedus.lenses.dependence.kernel.core import (
    cost_of_stability_many,
    least_core_many,
    transfers_many,
)
from foedus.lenses.dependence.kernel.nucleolus import nucleolus_many, prenucleolus_many
from foedus.lenses.dependence.kernel.tables import Floats, inside, sizes, tolerance
from foedus.lenses.dependence.solutions import judge, solve, transfers

ABC = ("A", "B", "C")
# nobody, A, B, A+B, C, A+C, B+C, all
FORBIDDEN = np.array([0.0, 0, 0, -1e10, 0, 8, 8, 9])
DEEP = 1e11


def test_a_forbidden_set_hides_no_objection() -> None:
    game = Game(ABC, FORBIDDEN)
    told = judge(game, [3.0, 3.0, 3.0])
    assert told.whole
    assert not told.in_core
    assert told.most_missed == (("A", "C"), pytest.approx(2.0))
    assert told.in_bargaining_set is False
    assert told.in_kernel is False
    moved = transfers(game, [3.0, 3.0, 3.0])
    assert moved is not None
    assert moved.by_member == pytest.approx({"A": -2.0, "B": -2.0, "C": 4.0})


def test_a_set_worth_more_than_all_hides_no_claim_of_a_member() -> None:
    worth = np.array([0.0, 0, 0, 1e10, 4, 8, 8, 9])
    assert not judge(Game(ABC, worth), [3.0, 3.0, 3.0]).individually_rational


@pytest.mark.parametrize("forbidden", [0b001, 0b011, 0b110])
def test_where_a_set_is_forbidden_all_is_as_without_it(forbidden: int) -> None:
    worth = np.array([0.0, 0, 0, 7, 0, 8, 6, 9])
    worth[forbidden] = -100.0
    deep = np.where(np.arange(8) == forbidden, -DEEP, worth)
    told, known = solve(Game(ABC, deep)), solve(Game(ABC, worth))
    assert told.core is not None
    assert known.core is not None
    assert told.core.empty == known.core.empty
    assert told.core.epsilon == pytest.approx(known.core.epsilon, abs=1e-7)
    assert told.core.subsidy == pytest.approx(known.core.subsidy, abs=1e-7)
    assert told.divisions["prenucleolus"].payoffs == pytest.approx(
        known.divisions["prenucleolus"].payoffs, abs=1e-7
    )


@st.composite
def forbidding(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """A game, some of its sets of two and more forbidden, and the same far more so."""
    n = draw(st.integers(3, 5))
    worth = draw(arrays(np.float64, (1, 1 << n), elements=st.integers(-20, 40).map(float)))
    barred = draw(arrays(np.bool_, (1, 1 << n))) & (sizes(n) > 1) & (sizes(n) < n)
    worth[:, 0] = 0.0
    return np.where(barred, -1e6, worth), np.where(barred, -DEEP, worth)


@given(forbidding())
@settings(max_examples=60, deadline=None)
def test_how_forbidden_a_set_is_changes_nothing(games: tuple[Floats, Floats]) -> None:
    far, farther = games
    n = int(far.shape[1]).bit_length() - 1
    close = {"rtol": 0.0, "atol": 1e-6}
    for rule in (nucleolus_many, prenucleolus_many, cost_of_stability_many):
        np.testing.assert_allclose(rule(farther), rule(far), **close)
    known, told = least_core_many(far), least_core_many(farther)
    np.testing.assert_allclose(told.epsilon, known.epsilon, **close)
    np.testing.assert_allclose(told.weights, known.weights, **close)
    payoffs = np.full((1, n), far[0, -1] / n)
    moved = transfers_many(farther, payoffs)
    np.testing.assert_allclose(moved, transfers_many(far, payoffs), **close)
    if not np.isnan(moved).any():
        after = np.where(inside(n), (payoffs + moved)[0], 0.0).sum(axis=1)
        assert (farther[0] <= after + 1e-6)[1:].all()


def test_what_counts_as_rounding_is_measured_by_what_is_at_stake() -> None:
    small = float(tolerance(np.where(FORBIDDEN < 0, 0.0, FORBIDDEN)))
    assert float(tolerance(FORBIDDEN)) < 1e-4
    assert small == pytest.approx(9e-9)
    # alone nobody can be, or nobody can be left out: one of the two may be as bad as can be
    for sizes_barred in ((1,), (2,)):
        worth = np.where(np.isin(sizes(3), sizes_barred), -1e10, FORBIDDEN.clip(0))
        assert float(tolerance(worth)) < 1e-4
    both = np.where(np.isin(sizes(3), (1, 2)), -1e10, FORBIDDEN.clip(0))
    assert float(tolerance(both)) == pytest.approx(10.0, rel=1e-3)
    assert judge(Game(ABC, both), [3.0, 3.0, 3.0]).in_core


def test_rows_do_not_depend_on_each_other() -> None:
    worth = np.stack([FORBIDDEN, FORBIDDEN.clip(0), FORBIDDEN * 1e-3])
    for rule in (nucleolus_many, prenucleolus_many, cost_of_stability_many, tolerance):
        told = rule(worth)
        for row in range(3):
            assert told[row : row + 1].tobytes() == rule(worth[row : row + 1]).tobytes()
