"""Intervals contain what is true about as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from sensitivity_functions import ROWS, of, uniforms

from foedus.ensemble.sensitivity import Sensitivity, sensitivity, swings

SEEDS = 30
ROW = next(row for row in ROWS if row["name"] == "g")
ACTIVE = 4


@pytest.fixture(scope="module")
def answers() -> list[Sensitivity]:
    tables = [uniforms(128, 12, seed) for seed in range(SEEDS)]
    return [sensitivity(u, of(ROW, u), seed=k, with_delta=False) for k, u in enumerate(tables)]


def test_first_order_intervals(answers: list[Sensitivity]) -> None:
    """Nominally 95 %: a loose bound on 120 of them."""
    inside = [
        found.columns[c].first.low <= ROW["first"][c] <= found.columns[c].first.high
        for found in answers
        for c in range(ACTIVE)
    ]
    assert 0.88 <= np.mean(inside) <= 1.0
    widths = [f.columns[c].first.high - f.columns[c].first.low for f in answers for c in (0, 1)]
    assert np.mean(widths) < 0.15


def test_total_intervals_hold_what_is_not_explained(answers: list[Sensitivity]) -> None:
    for found in answers:
        for column in found.columns:
            assert column.total is not None
            room = min(found.unexplained, 1.0 - column.total.value)
            assert column.total.high - column.total.value >= room - 1e-12
    inside = [
        t.low <= ROW["total"][c] <= t.high
        for found in answers
        for c in range(ACTIVE)
        if (t := found.columns[c].total)
    ]
    assert np.mean(inside) >= 0.9


@pytest.mark.parametrize("name", ["first", "total", "pawn"])
def test_columns_that_do_nothing_are_below_the_floor(answers: list[Sensitivity], name: str) -> None:
    """All but one in twenty; 120 of them."""
    above = [getattr(c, name).above_noise for found in answers for c in found.columns[8:]]
    assert np.mean(above) < 0.12


def test_swing_intervals() -> None:
    """For y = u the fifths differ by 0.8; beside another column that is told with an error."""
    inside = []
    for seed in range(SEEDS):
        u = np.random.default_rng(seed).random((160, 2))
        one = swings(u, u @ np.array([1.0, 2.0]))[0]
        inside.append(one.low <= 0.8 <= one.high)
        assert one.value == pytest.approx(one.at_high - one.at_low)
    assert np.mean(inside) >= 0.85
