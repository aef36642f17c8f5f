"""A plain reference for weighing a matrix, one draw at a time, in Python's own numbers.

Written from the definitions in `docs/methods/argument.md` and apart from the kernel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Cells = Sequence[Sequence[float | None]]
"""Likelihood ratios by hypothesis and item; None where an item does not apply."""


def reports(cells: Cells, trust: Sequence[float], weights: Sequence[float]) -> list[list[float]]:
    """The log ratio of every report under every hypothesis, against what is expected of it."""
    out = [[0.0] * len(trust) for _ in cells]
    for e, r in enumerate(trust):
        told = [(h, row[e]) for h, row in enumerate(cells)]
        here = [(h, f) for h, f in told if f is not None]
        if not here:
            continue
        mean = sum(weights[h] * f for h, f in here) / sum(weights[h] for h, _ in here)
        for h, f in told:
            true = mean if f is None else f
            out[h][e] = math.log((r * true + (1.0 - r) * mean) / mean)
    return out


def likelihoods(
    cells: Cells,
    trust: Sequence[float],
    weights: Sequence[float],
    groups: Sequence[str],
    shared: dict[str, float],
    leave_out: frozenset[int] = frozenset(),
) -> list[float]:
    """The log likelihood of every hypothesis."""
    logs = reports(cells, trust, weights)
    total = [0.0] * len(cells)
    for name in set(groups):
        mine = [e for e, g in enumerate(groups) if g == name and e not in leave_out]
        says = [max(row[e] for row in logs) - min(row[e] for row in logs) for e in mine]
        if not any(says):
            continue
        number = sum(says) ** 2 / sum(s * s for s in says)
        number = min(max(number, 1.0), len(mine))
        for h, row in enumerate(logs):
            total[h] += sum(row[e] for e in mine) / (1.0 + shared[name] * (number - 1.0))
    return total


def added(
    cells: Cells,
    trust: Sequence[float],
    weights: Sequence[float],
    groups: Sequence[str],
    shared: dict[str, float],
    used: frozenset[int],
) -> list[float]:
    """The log likelihood that items add to those that are used already."""
    logs = reports(cells, trust, weights)
    says = [max(row[e] for row in logs) - min(row[e] for row in logs) for e in range(len(trust))]

    def in_effect(some: Sequence[int]) -> float:
        squares = sum(says[e] ** 2 for e in some)
        return sum(says[e] for e in some) ** 2 / squares if squares > 0.0 else 0.0

    def as_independent(m: float, rho: float) -> float:
        return m / (1.0 + rho * (m - 1.0)) if m > 0.0 else 0.0

    total = [0.0] * len(cells)
    for name in set(groups):
        mine = [e for e, g in enumerate(groups) if g == name]
        new = [e for e in mine if e not in used]
        rho, many = shared[name], in_effect(new)
        if many == 0.0:
            continue
        left = as_independent(in_effect(mine), rho)
        left -= as_independent(in_effect([e for e in mine if e in used]), rho)
        each = min(max(left / many, 0.0), as_independent(many, rho) / many)
        for h, row in enumerate(logs):
            total[h] += each * sum(row[e] for e in new)
    return total


def bayes(likelihood: Sequence[float], prior: Sequence[float]) -> list[float]:
    """Bayes' rule."""
    parts = [p * math.exp(v) for p, v in zip(prior, likelihood, strict=True)]
    return [part / sum(parts) for part in parts]


def ratio(
    likelihood: Sequence[float], weights: Sequence[float], holds: Sequence[bool | None]
) -> float:
    """The likelihood ratio of the pact's holding."""

    def mean(side: bool) -> float:
        mine = [h for h, held in enumerate(holds) if held is side]
        total = sum(weights[h] for h in mine)
        return sum(weights[h] * math.exp(likelihood[h]) for h in mine) / total

    return mean(True) / mean(False)
