"""Intervals from a few independent replicates, by leaving out one at a time."""

from __future__ import annotations

import numpy as np

from foedus.ensemble.sensitivity.answers import Index
from foedus.ensemble.sensitivity.sample import Floats

LEVEL = 0.95
"""Level of every interval."""


def standard_error(left_out: Floats) -> Floats:
    """Delete-one jackknife standard error (Tukey 1958; Miller 1974).

    `left_out` (R, ...): the estimate with each of R replicates left out.
    """
    size = left_out.shape[0]
    spread = np.square(left_out - left_out.mean(axis=0)).sum(axis=0)
    return np.asarray(np.sqrt((size - 1) / size * spread))


def reach(replicates: int) -> float:
    """Standard errors an interval reaches to either side: Student's t, replicates − 1 degrees."""
    from scipy.special import stdtrit

    return float(stdtrit(replicates - 1, 0.5 + LEVEL / 2))


def products(means: Floats) -> Floats:
    """Products of the replicates' coefficients, summed over the last axis: (..., R, R).

    `means` (R, ..., k): k coefficients of each replicate.
    """
    return np.asarray(np.einsum("r...k,s...k->...rs", means, means))


def square(pairs: Floats) -> Floats:
    """Unbiased sum of squares of the mean coefficients from their `products`.

    The mean over pairs of *different* replicates, whose errors are independent (Hoeffding 1948).
    """
    size = pairs.shape[-1]
    own = np.trace(pairs, axis1=-2, axis2=-1)
    return np.asarray((pairs.sum(axis=(-2, -1)) - own) / (size * (size - 1)))


def squares_left_out(pairs: Floats) -> Floats:
    """`square` with each replicate left out: (R, ...)."""
    size = pairs.shape[-1]
    keep = [np.delete(np.arange(size), r) for r in range(size)]
    return np.stack([square(pairs[..., k[:, None], k]) for k in keep])


def index(value: float, low: float, high: float, level: float) -> Index:
    """An index within [0, 1] and its interval, which holds it; `level` is that of noise."""
    value = min(max(float(value), 0.0), 1.0)
    low, high = max(min(float(low), value), 0.0), min(max(float(high), value), 1.0)
    return Index(value, low, high, bool(value > level))
