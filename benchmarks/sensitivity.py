"""Sensitivity indices from draws: what they cost, and their error beside a design's."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, cpu
from foedus.ensemble.sensitivity import sensitivity
from foedus.ensemble.sensitivity.sobol import design, indices

TESTS = Path(__file__).parents[1] / "tests" / "ensemble" / "sensitivity"
SIZES = ((512, 60, "1 s"), (4096, 100, "5 s"), (512, 300, "5 s"))
SEEDS = 5


def rows() -> list[Row]:
    """Every row of this file."""
    return [*costs(), *errors()]


def functions() -> Any:
    """The functions of the tests."""
    sys.path.insert(0, str(TESTS))
    return import_module("sensitivity_functions")


def costs() -> list[Row]:
    """All indices with intervals, for several tables."""
    out = []
    for draws, columns, limit in SIZES:
        u = functions().uniforms(draws, columns, 1)
        y = functions().pact(u)
        used = cpu(lambda u=u, y=y: sensitivity(u, y), repeat=3)  # type: ignore[misc]
        out.append(
            Row(
                f"sensitivity of {draws:,} draws, {columns} quantities, all indices",
                f"{used:.2f} s CPU", limit, "", "",
            )
        )  # fmt: skip
    return out


def errors() -> list[Row]:
    """Errors on a hard function, beside a design of 28 times as many evaluations."""
    f = functions()
    columns = f.SLOPES.size
    single = [[column] for column in range(columns)]
    best = indices(*_evaluated(f, 2**15, single, 9))
    out = []
    for name in ("first", "total"):
        truth = np.array([getattr(index, name).value for index in best])
        mine, theirs = [], []
        for seed in range(SEEDS):
            u = f.uniforms(512, 50, seed)
            found = sensitivity(u, f.pact(u), with_delta=False).columns[:columns]
            mine.append([getattr(c, name).value for c in found] - truth)
            by_design = indices(*_evaluated(f, 1024, single, seed))
            theirs.append([getattr(c, name).value for c in by_design] - truth)
        error, other = (float(np.sqrt(np.mean(np.square(e)))) for e in (mine, theirs))
        out.append(
            Row(
                f"{name} indices of a steep function, 512 draws of 50 quantities",
                f"error {error:.4f}", "0.015",
                f"design of {1024 * (columns + 2):,} evaluations", f"{error / other:.1f}",
            )
        )  # fmt: skip
    return out


def _evaluated(f: Any, n: int, groups: list[list[int]], seed: int) -> tuple[Any, Any, list[Any]]:
    """Outcomes at a design."""
    a, b, *mixed = (f.pact(u) for u in design(n, f.SLOPES.size, groups, seed))
    return a, b, mixed
