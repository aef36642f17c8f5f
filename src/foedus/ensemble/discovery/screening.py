"""Which columns tell breaks from the rest at all.

Where columns are many and draws few, the best of many slices is mostly chance, and peeling follows
it away from the box. But a column that bounds a box is distributed otherwise among the breaks than
among the rest, which can be seen before peeling.
"""

from __future__ import annotations

import numpy as np

from foedus.ensemble.discovery.box import Box, Floats
from foedus.ensemble.discovery.sample import Rows, Sample, limits

LEVEL = 0.1
"""Columns whose p-value is above this are not peeled."""


def telling(of: Sample) -> Rows:
    """Places of the columns that tell breaks from the rest, at the level `LEVEL`."""
    return np.flatnonzero(p_values(of) <= LEVEL)


def telling_inside(of: Sample, box: Box, known: Rows) -> Rows:
    """Places of further columns that tell inside a box, though not outside of it.

    So many are asked at once on so few draws that the level is divided by their number.
    """
    inner = of.restricted(of.inside(*limits(box, len(of.columns))))
    others = np.setdiff1d(np.arange(len(of.columns)), known)
    if not box.restrictions or len(inner.rows) == 0 or len(others) == 0:
        return others[:0]
    return others[p_values(inner.narrowed(others)) <= LEVEL / len(others)]


def p_values(of: Sample) -> Floats:
    """For each column, how likely chance had parted breaks from the rest as far: `(columns,)`.

    The greatest of |Σ w (y − ȳ)|, summed over the draws below each value of the column, over the
    root of Σ w² (y − ȳ)². If the column tells nothing it is the greatest distance of a Brownian
    bridge from 0. For y of 0 and 1 and equal weights this is the test of Kolmogorov and Smirnov of
    breaks against the rest. Ties and outcomes that are nearly certain make it cautious.
    """
    from scipy.special import kolmogorov

    away = of.hits - of.weight * of.base_rate
    scale = float(np.sqrt((away[of.rows] ** 2).sum()))
    if not scale > 0.0:
        return np.ones(len(of.columns))
    out = np.ones(len(of.columns))
    for j, order in enumerate(of.order):
        values = of.columns[j].take(order)
        ends = np.flatnonzero(values[1:] > values[:-1])
        if len(ends):
            out[j] = kolmogorov(np.abs(away.take(order).cumsum()[ends]).max() / scale)
    return out
