"""A plain reference for weighing a matrix, one draw at a time, in Python's own numbers.

Written from the definitions in `docs/methods/argument.md` and apart from the kernel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

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


def slices(says: Sequence[float]) -> list[tuple[float, list[int]]]:
    """How deep each slice of the strengths is, and which items reach it."""
    levels = [0.0, *sorted(set(says))]
    return [
        (high - low, [k for k, d in enumerate(says) if d >= high])
        for low, high in pairwise(levels)
        if high > low
    ]


def independent(n: int, rho: float) -> float:
    """As how many independent items n of a cluster count."""
    return n / (1.0 + rho * (n - 1)) if n else 0.0


def likelihoods(
    cells: Cells,
    trust: Sequence[float],
    weights: Sequence[float],
    groups: Sequence[str],
    shared: dict[str, float],
    leave_out: frozenset[int] = frozenset(),
) -> list[float]:
    """The log likelihood of every hypothesis: slice by slice, all in it as one cluster."""
    logs = reports(cells, trust, weights)
    return together(logs, groups, shared, leave_out, frozenset())


def added(
    cells: Cells,
    trust: Sequence[float],
    weights: Sequence[float],
    groups: Sequence[str],
    shared: dict[str, float],
    used: frozenset[int],
) -> list[float]:
    """The log likelihood that items add to those that are used already."""
    return together(reports(cells, trust, weights), groups, shared, frozenset(), used)


def together(
    logs: list[list[float]],
    groups: Sequence[str],
    shared: dict[str, float],
    leave_out: frozenset[int],
    used: frozenset[int],
) -> list[float]:
    """What log ratios come to, of which some are left out and some are used already."""
    total = [0.0] * len(logs)
    for name in set(groups):
        mine = [e for e, g in enumerate(groups) if g == name and e not in leave_out]
        says = [max(row[e] for row in logs) - min(row[e] for row in logs) for e in mine]
        for depth, there in slices(says):
            new = [k for k in there if mine[k] not in used]
            rest = independent(len(there), shared[name])
            rest -= independent(len(there) - len(new), shared[name])
            for k in new:
                part = rest / len(new) * depth / says[k]
                for h, row in enumerate(logs):
                    total[h] += part * row[mine[k]]
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
