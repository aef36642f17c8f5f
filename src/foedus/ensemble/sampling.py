"""How far a figure over draws is off because draws are few: from independent scramblings."""

from __future__ import annotations

import numpy as np

from foedus.ensemble.draws import SCRAMBLINGS, Floats
from foedus.lenses.lens import Interval


def sampling_error(values: Floats, weights: Floats) -> Interval:
    """One standard error of mean, 5 % and 95 % point, from the draws' independent scramblings.

    `values` and `weights` are `(draws,)`, in whole rounds of the scramblings. Not a number with
    fewer than four draws of each.
    """
    if values.size < 4 * SCRAMBLINGS:
        return Interval(float("nan"), float("nan"), float("nan"))
    apart = [
        Interval.over(values[k::SCRAMBLINGS], weights[k::SCRAMBLINGS]) for k in range(SCRAMBLINGS)
    ]
    table = np.array([[part.value, part.low, part.high] for part in apart])
    return Interval(*(table.std(axis=0, ddof=1) / np.sqrt(SCRAMBLINGS)).tolist())


def error_of_mean(values: Floats, weights: Floats) -> float:
    """One standard error of a weighted mean over draws, from as few as two of each scrambling.

    Not a number with fewer, or where some scrambling has no weight at all.
    """
    rounds = values.size // SCRAMBLINGS
    if rounds < 2 or rounds * SCRAMBLINGS != values.size:
        return float("nan")
    held = weights.reshape(rounds, SCRAMBLINGS).sum(axis=0)
    if not (held > 0).all():
        return float("nan")
    filled = np.where(weights > 0, values, 0.0) * weights
    means = filled.reshape(rounds, SCRAMBLINGS).sum(axis=0) / held
    return float(means.std(ddof=1) / np.sqrt(SCRAMBLINGS))
