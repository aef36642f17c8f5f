"""Indices of functions that are known in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sensitivity_functions import ROWS, SLOPES, of, pact, uniforms

from foedus.ensemble.sensitivity import Sensitivity, sensitivity
from foedus.ensemble.sensitivity.sobol import design, indices


def named(row: dict[str, Any]) -> str:
    return str(row["name"])


@pytest.mark.parametrize("row", ROWS, ids=named)
@pytest.mark.parametrize(("draws", "within"), [(128, 0.06), (512, 0.02), (2048, 0.01)])
def test_given_data(row: dict[str, Any], draws: int, within: float) -> None:
    u = uniforms(draws, row["columns"] + 2, 7)
    found = sensitivity(u, of(row, u), with_delta=False)
    told = zip(found.columns, row["first"], row["total"], strict=False)
    for column, first, total in told:
        assert column.total is not None
        assert column.first.value == pytest.approx(first, abs=within)
        assert column.total.value == pytest.approx(total, abs=within)
        assert column.total.low - within <= total <= column.total.high + row["published_to"]
    for column in found.columns[row["columns"] :]:
        assert column.first.value < 0.01
    assert found.explained > 0.9


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_by_design(row: dict[str, Any]) -> None:
    columns = row["columns"]
    points = design(8192, columns, [[c] for c in range(columns)], 3)
    a, b, *mixed = (of(row, u) for u in points)
    for column, first, total in zip(indices(a, b, mixed), row["first"], row["total"], strict=True):
        assert column.first is not None
        assert column.total is not None
        assert column.first.value == pytest.approx(first, abs=0.02)
        assert column.total.value == pytest.approx(total, abs=0.02)
        assert column.first.low - 0.005 <= first <= column.first.high + 0.005


@pytest.fixture(scope="module")
def reference() -> tuple[np.ndarray, np.ndarray]:
    """First-order and total indices of the toy pact, by design."""
    columns = SLOPES.size
    a, b, *mixed = (pact(u) for u in design(2**16, columns, [[c] for c in range(columns)], 5))
    found = indices(a, b, mixed)
    assert all(i.first and i.total for i in found)
    return (
        np.array([i.first.value for i in found if i.first]),
        np.array([i.total.value for i in found if i.total]),
    )


@pytest.fixture(scope="module")
def answers() -> list[Sensitivity]:
    tables = [uniforms(512, 50, seed) for seed in range(4)]
    return [sensitivity(u, pact(u), seed=k, with_delta=False) for k, u in enumerate(tables)]


def test_a_hard_function_with_fifty_columns(
    reference: tuple[np.ndarray, np.ndarray], answers: list[Sensitivity]
) -> None:
    first, total = reference
    errors = []
    for found in answers:
        assert found.explained > 0.95
        assert "log odds" in found.surrogate
        told = found.columns[: SLOPES.size]
        errors.append(
            [
                [c.first.value - s for c, s in zip(told, first, strict=True)],
                [c.total.value - t for c, t in zip(told, total, strict=True) if c.total],
            ]
        )
    size = np.sqrt(np.mean(np.square(errors), axis=(0, 2)))
    assert size[0] < 0.015
    assert size[1] < 0.015


def test_its_noise_is_told_from_what_matters(answers: list[Sensitivity]) -> None:
    strong = [c for found in answers for c in found.columns[:6]]
    silent = [c for found in answers for c in found.columns[SLOPES.size :]]
    assert all(c.first.above_noise and c.total and c.total.above_noise for c in strong)
    assert all(c.pawn.above_noise for found in answers for c in found.columns[:3])
    for name in ("first", "total", "pawn"):
        assert np.mean([getattr(c, name).above_noise for c in silent]) < 0.12
