"""Swing: how far the mean outcome moves from a quantity's lowest values to its highest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.ensemble.sensitivity.jackknife import reach, standard_error
from foedus.ensemble.sensitivity.sample import Flags, Floats, Sample

END = 0.2
"""Share of a column's range of uniforms at each end that is compared."""


@dataclass(frozen=True)
class Swing:
    """Mean outcome in a column's lowest and highest fifth, their difference and its 95 % interval.

    `at_low_error` and `at_high_error` are standard errors.
    """

    at_low: float
    at_high: float
    at_low_error: float
    at_high_error: float
    value: float
    low: float
    high: float


def swings(
    u: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None, *, replicates: int = 8
) -> tuple[Swing, ...]:
    """The swing of every column of `u` (n, d); draw k belongs to replicate k % `replicates`.

    Standard errors come from leaving out each replicate. Raises ValueError as `Sample.of` does, and
    where an end of a column has draws of one replicate alone.
    """
    sample = Sample.of(u, y, weights, replicates)
    low, low_out = _end(sample, sample.u < END)
    high, high_out = _end(sample, sample.u >= 1.0 - END)
    errors = (standard_error(low_out), standard_error(high_out))
    half = reach(replicates) * standard_error(high_out - low_out)
    rows = np.stack([low, high, *errors, high - low, high - low - half, high - low + half], axis=1)
    return tuple(Swing(*row) for row in rows.tolist())


def _end(sample: Sample, inside: Flags) -> tuple[Floats, Floats]:
    """Mean outcome of the draws inside, for every column, and with each replicate left out."""
    weighted = inside * sample.w[:, None]
    size = np.stack([weighted[part].sum(axis=0) for part in sample.parts])
    total = np.stack([sample.y[part] @ weighted[part] for part in sample.parts])
    left = size.sum(axis=0) - size
    if not np.all(left > 0.0):
        raise ValueError("an end of a column has too few draws: give more")
    return total.sum(axis=0) / size.sum(axis=0), (total.sum(axis=0) - total) / left
