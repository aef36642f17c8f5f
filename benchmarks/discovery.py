"""Scenario discovery on many draws, and PRIM's peeling against the plain way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import Row, cpu
from foedus.ensemble.discovery import discover, tree
from foedus.ensemble.discovery.peeling import peel
from foedus.ensemble.discovery.sample import sample

Floats = NDArray[np.float64]


def rows() -> list[Row]:
    x, y = _planted(100_000, 30)
    of = sample(x, y)
    peeling = cpu(lambda: peel(of, 0.05, 0.05, "lenient"), repeat=3)
    plain = cpu(lambda: _plain(x, y), repeat=1)
    out = [
        Row(
            "PRIM, one peeling of 100,000 × 30", f"{peeling:.2f} s", "",
            f"{plain:.2f} s, masks and quantiles", f"{plain / peeling:.0f}",
        ),
    ]  # fmt: skip
    for draws, columns, limit in ((100_000, 30, "5 s"), (4_096, 60, ""), (4_096, 300, "")):
        x, y = _planted(draws, columns)
        seconds = cpu(lambda x=x, y=y: discover(x, y), repeat=1)  # type: ignore[misc]
        what = f"PRIM, two boxes with all tests, {draws:,} × {columns}"
        out.append(Row(what, f"{seconds:.2f} s", limit, "", ""))
    x, y = _planted(100_000, 30)
    seconds = cpu(lambda: tree(x, y), repeat=1)
    out.append(Row("CART with pruning, 100,000 × 30", f"{seconds:.2f} s", "", "", ""))
    return out


def _planted(draws: int, columns: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(1)
    x = rng.random((draws, columns))
    box = (x[:, 0] < 0.4) & (x[:, 1] > 0.7) & (x[:, 2] < 0.8)
    return x, np.where(rng.random(draws) < 0.05, ~box, box).astype(np.float64)


def _plain(x: Floats, y: Floats) -> int:
    """The same peeling with a quantile of every column in every step."""
    inside = np.arange(len(x))
    steps = 0
    while len(inside) * 0.95 >= 0.05 * len(x) and 0.0 < y[inside].mean() < 1.0:
        best, gain = inside, -np.inf
        for j in range(x.shape[1]):
            values = x[inside, j]
            low, high = np.quantile(values, (0.05, 0.95))
            for left in (inside[values > low], inside[values < high]):
                value = (y[left].mean() - y[inside].mean()) / (len(inside) - len(left))
                if value > gain:
                    best, gain = left, float(value)
        inside = best
        steps += 1
    return steps
