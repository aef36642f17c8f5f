"""Beside SALib, on the same samples."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from sensitivity_functions import ROWS, of, uniforms

from foedus.ensemble.sensitivity.delta import classes_for, delta
from foedus.ensemble.sensitivity.pawn import pawn
from foedus.ensemble.sensitivity.sobol import design, indices

with warnings.catch_warnings():  # what it brings warns while it is imported
    warnings.simplefilter("ignore")
    from SALib.analyze import delta as salib_delta
    from SALib.analyze import pawn as salib_pawn
    from SALib.analyze import sobol as salib_sobol

SMOOTH = [row for row in ROWS if row["name"] in ("ishigami", "g", "linear")]


def named(row: dict[str, Any]) -> str:
    return str(row["name"])


def problem(columns: int) -> dict[str, Any]:
    names = [f"x{c}" for c in range(columns)]
    return {"num_vars": columns, "names": names, "bounds": [[0.0, 1.0]] * columns}


@pytest.mark.parametrize("row", SMOOTH, ids=named)
@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_pawn(row: dict[str, Any], statistic: str) -> None:
    """Theirs leaves the largest draw of a column out of its last slice; ours does not."""
    u = uniforms(1024, row["columns"], 2)
    y = of(row, u)
    theirs = salib_pawn.analyze(problem(row["columns"]), u, y, S=10)[statistic]
    mine = pawn(u, y, slices=10, statistic=statistic)  # type: ignore[arg-type]
    slack = 1.0 / (1024 // 10) / (10 if statistic == "mean" else 1)
    assert mine == pytest.approx(np.asarray(theirs, dtype=float), abs=slack)


@pytest.mark.parametrize("row", SMOOTH, ids=named)
def test_delta(row: dict[str, Any]) -> None:
    """Before bias reduction; theirs loses mass at the ends of the outcome's range."""
    u = uniforms(512, row["columns"], 2)
    y = of(row, u)
    edges = np.linspace(0, 512, classes_for(512) + 1)
    grid = np.linspace(y.min(), y.max(), 100)
    theirs = [salib_delta.calc_delta(y, grid, u[:, c], edges) for c in range(row["columns"])]
    assert delta(u, y).raw == pytest.approx(np.array(theirs), abs=0.05)


@pytest.mark.parametrize("row", SMOOTH, ids=named)
def test_sobol(row: dict[str, Any]) -> None:
    """The same estimators: the same figures."""
    columns = row["columns"]
    a, b, *mixed = (of(row, u) for u in design(512, columns, [[c] for c in range(columns)], 1))
    y = np.stack([a, *mixed, b], axis=1).ravel()
    theirs = salib_sobol.analyze(problem(columns), y, calc_second_order=False, seed=1)
    mine = indices(a, b, mixed)
    for place, one in enumerate(mine):
        assert one.first is not None
        assert one.total is not None
        first = float(np.clip(theirs["S1"][place], 0.0, 1.0))
        total = float(np.clip(theirs["ST"][place], 0.0, 1.0))
        assert one.first.value == pytest.approx(first, abs=1e-10)
        assert one.total.value == pytest.approx(total, abs=1e-10)
