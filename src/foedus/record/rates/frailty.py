"""How much the sponsors of one client share: the variance of a gamma frailty, by likelihood."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.base_rate.kernel import joint_chance, yearly_force
from foedus.record.models.local_level import FittingError
from foedus.record.panels import FloatArray, Panel

GRID = np.round(np.arange(0.0, 8.01, 0.05), 2)
"""Variances that are looked at."""
RESAMPLES = 2000
LEAST_CHANCE = 1e-300


def together(panel: Panel) -> Iterator[NDArray[np.intp]]:
    """The rows of each client, opponent and year."""
    keys = np.stack([panel.columns["actor"], panel.columns["dyad"], panel.year], axis=1)
    _, place = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(place, kind="stable")
    cuts = np.flatnonzero(np.diff(place[order])) + 1
    yield from np.split(order, cuts)


def fit_frailty(panel: Panel, hazard: FloatArray, seed: int = 1) -> tuple[float, float, float]:
    """The variance of what sponsors of a client share in a year, with its 5 % and 95 % points.

    `hazard` `(n,)` is each row's chance of leaving on its own account. The likelihood of who left
    together is maximised over a grid; the interval resamples conflicts.
    """
    if "actor" not in panel.columns or "dyad" not in panel.columns:
        raise FittingError("the columns actor and dyad, which say who sponsors whom, are not there")
    clusters, place = np.unique(panel.cluster, return_inverse=True)
    heights = np.zeros((GRID.size, clusters.size))
    left = panel.event == 1.0
    for rows in together(panel):
        if rows.size == 1:
            continue  # one sponsor alone tells nothing of what several share
        for g, variance in enumerate(GRID):
            force = yearly_force(hazard[rows], float(variance))
            chance = joint_chance(force, left[rows], float(variance))
            heights[g, place[rows[0]]] += np.log(max(chance, LEAST_CHANCE))
    if not heights.any():
        raise FittingError("no client has two sponsors in a year: nothing tells what they share")
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    even = np.full(clusters.size, 1.0 / clusters.size)
    weights = rng.multinomial(clusters.size, even, size=RESAMPLES)
    found = GRID[np.argmax(heights @ weights.T, axis=0)]
    low, high = np.quantile(found, (0.05, 0.95))
    return float(GRID[np.argmax(heights.sum(axis=1))]), float(low), float(high)


def joint_exits(panel: Panel) -> tuple[int, int, float]:
    """Of clients with two sponsors: pair-years, those in which both left, both were exits apart.

    The last is the share that would be expected were exits independent.
    """
    pairs = [rows for rows in together(panel) if rows.size == 2]
    if not pairs:
        return 0, 0, 0.0
    left = np.array([panel.event[rows] for rows in pairs])
    both = int(left.all(axis=1).sum())
    return len(pairs), both, float(left.mean() ** 2)
