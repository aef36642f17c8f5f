"""Indices of single columns, each with its interval and the level of noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.ensemble.sensitivity.answers import Index
from foedus.ensemble.sensitivity.delta import delta
from foedus.ensemble.sensitivity.fitted import RIVALS, Fitted
from foedus.ensemble.sensitivity.jackknife import index, reach, standard_error
from foedus.ensemble.sensitivity.noise import highest
from foedus.ensemble.sensitivity.pawn import distances, slice_of, slices_for
from foedus.ensemble.sensitivity.sample import Floats

FEW = 39
"""Dummies that give the level of an index of distributions."""

Row = tuple[tuple[Index, ...], float]
"""An index of every column, and its level of noise."""


def first_order(fitted: Fitted) -> Row:
    """First-order indices."""
    size = fitted.sample.u.shape[1]
    value, out = fitted.effects.share(fitted.effects.mains[:size])
    half = reach(fitted.sample.replicates) * standard_error(out)
    return _row(value, value - half, value + half, highest(fitted.null))


def total(fitted: Fitted, firsts: Sequence[Index]) -> tuple[tuple[Index, ...], Floats]:
    """Total indices, and those of the dummies that the surrogate could choose.

    The interval reaches up by all that is not explained. No total is below the first-order index.
    """
    size = fitted.sample.u.shape[1]
    found = fitted.shares([np.array([column]) for column in range(size + RIVALS)])
    half = reach(fitted.sample.replicates) * standard_error(found.total_left_out)
    value = np.maximum(found.total, fitted.effects.share(fitted.effects.mains)[0]).clip(0.0)
    value, null = value[:size], value[size:]
    low = np.maximum(found.total[:size] - half[:size], [first.low for first in firsts])
    high = value + half[:size] + 1.0 - fitted.best.explained
    return _row(value, low, high, highest(null))[0], null


def pawn(fitted: Fitted) -> Row:
    """PAWN indices, the mean over slices.

    The estimate is too high, by up to what a dummy shows: its slices' draws differ by chance. The
    interval reaches down by as much.
    """
    sample, size = fitted.sample, fitted.sample.u.shape[1]
    count = slices_for(sample.y.size)
    labels = slice_of(sample.u, count)
    value = distances(labels, sample.y, sample.w, count).mean(axis=0)
    dummy = slice_of(fitted.dummy[:, :FEW], count)
    null = distances(dummy, sample.y, sample.w, count).mean(axis=0)
    out = np.empty((sample.replicates, size))
    for r in range(sample.replicates):
        left = sample.others(r)
        out[r] = distances(labels[left], sample.y[left], sample.w[left], count).mean(axis=0)
    half = reach(sample.replicates) * standard_error(out)
    return _row(value, value - null.mean() - half, value + half, highest(null))


def density(fitted: Fitted) -> Row:
    """Delta indices; the interval reaches down as that of `pawn` does."""
    sample, size = fitted.sample, fitted.sample.u.shape[1]
    both = np.hstack([sample.u, fitted.dummy[:, :FEW]])
    found = delta(both, sample.y, sample.w, seed=fitted.seed)
    value, null, half = found.value[:size], found.value[size:], 1.96 * found.error[:size]
    return _row(value, value - null.mean() - half, value + half, highest(null))


def _row(value: Floats, low: Floats, high: Floats, level: float) -> Row:
    """Indices from arrays over columns."""
    each = zip(value.tolist(), low.tolist(), high.tolist(), strict=True)
    return tuple(index(*figures, level) for figures in each), level
