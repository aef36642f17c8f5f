"""PAWN: how far the outcome's distribution function moves once a quantity is known."""

from __future__ import annotations

from typing import Literal

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats, Ints

Statistic = Literal["mean", "median", "max"]
PER_SLICE = 50
"""Draws there should be in a slice."""
SLICES = (4, 10)
"""Fewest and most slices."""


def slices_for(draws: int) -> int:
    """Number of conditioning slices for so many draws."""
    return int(np.clip(draws // PER_SLICE, *SLICES))


def slice_of(u: Floats, slices: int) -> Ints:
    """The slice each draw is in, for every column: (n, d).

    Slices lie between quantiles of the column, so only the order of its values counts.
    """
    rank = np.argsort(np.argsort(u, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(np.minimum(rank * slices // (u.shape[0] - 1), slices - 1))


def distances(labels: Ints, y: Floats, weights: Floats, slices: int) -> Floats:
    """Kolmogorov–Smirnov distance of each slice's outcomes from all outcomes: (slices, d).

    A slice without draws has 0.
    """
    order = np.argsort(y, kind="stable")
    labels, w, y = labels[order], weights[order, None], y[order]
    last = np.append(y[1:] > y[:-1], True)
    whole = (np.cumsum(w) / w.sum())[last, None]
    out = np.zeros((slices, labels.shape[1]))
    for place in range(slices):
        below = np.cumsum(np.where(labels == place, w, 0.0), axis=0)
        size = below[-1]
        inside = size > 0.0
        gap = np.abs(below[last][:, inside] / size[inside] - whole)
        out[place, inside] = gap.max(axis=0)
    return out


def pawn(
    u: Floats, y: Floats, weights: Floats | None = None, *,
    slices: int | None = None, statistic: Statistic = "mean",
) -> Floats:  # fmt: skip
    """PAWN index of every column of `u` (n, d) for the outcome `y` (n,): (d,), from 0 to 1.

    From given data: the mean, median or largest over slices of a column of the distance between
    the outcome's distribution function within the slice and over all draws (Pianosi & Wagener 2015,
    2018). It is above 0 even for a column that does nothing; compare it with a dummy's.
    """
    w = np.ones(y.size) if weights is None else weights
    count = slices or slices_for(y.size)
    return over(distances(slice_of(u, count), y, w, count), statistic)


def over(found: Floats, statistic: Statistic) -> Floats:
    """One figure over slices (slices, d): (d,)."""
    if statistic == "max":
        return np.asarray(found.max(axis=0))
    return np.asarray(np.median(found, axis=0) if statistic == "median" else found.mean(axis=0))
