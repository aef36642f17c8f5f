"""Calibration: of what was given 20 %, did a fifth happen?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

BINS = 10
NORMAL = NormalDist().inv_cdf(0.95)
"""Standard errors on either side of an interval from its 5 % to its 95 % point."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same height: their range and mean, and the share that happened.

    ``interval`` are the 5 % and 95 % points of that share.
    """

    low: float
    high: float
    n: int
    predicted: float
    observed: float
    interval: tuple[float, float]

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        low, high = self.interval
        return {
            "low": self.low, "high": self.high, "n": self.n, "predicted": self.predicted,
            "observed": self.observed, "interval": {"low": low, "high": high},
        }  # fmt: skip


def bin_of(predicted: FloatArray, bins: int = BINS) -> IntArray:
    """In which of some equally full bins each forecast stands, (n,), from 0.

    Equal forecasts are never parted: all of them go to the bin in which the middle of their ranks
    stands. With n different forecasts the bins differ by one row at most; with ties some bins are
    fuller, and some may be empty.
    """
    _, place, count = np.unique(predicted, return_inverse=True, return_counts=True)
    end = np.cumsum(count)
    twice_middle = 2 * end - count  # whole numbers, so that no rounding decides a bin
    found: IntArray = (bins * twice_middle // (2 * predicted.size)).astype(np.int64)[place]
    return found


def calibration(
    predicted: FloatArray, event: FloatArray, cluster: IntArray | None = None, bins: int = BINS
) -> tuple[Bin, ...]:
    """The bins that have forecasts, the lowest first.

    ``cluster``, (n,), are ids of what fails together, each row by itself if not given.
    """
    where = bin_of(predicted, bins)
    ids = np.arange(event.size) if cluster is None else cluster
    out = []
    for k in np.unique(where):
        inside = where == k
        given, happened = predicted[inside], event[inside]
        out.append(
            Bin(
                low=float(given.min()),
                high=float(given.max()),
                n=int(inside.sum()),
                predicted=float(given.mean()),
                observed=float(happened.mean()),
                interval=share_interval(happened, ids[inside]),
            )
        )
    return tuple(out)


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far mean forecast and share are apart, on average over rows: 0 is calibrated.

    Expected calibration error over equally full bins (Naeini, Cooper & Hauskrecht 2015, AAAI 29).
    Chance alone keeps it above 0: about 0.8 √(p(1−p)/m) with m rows a bin.
    """
    rows = sum(one.n for one in bins)
    return sum(one.n * abs(one.predicted - one.observed) for one in bins) / rows


def share_interval(event: FloatArray, cluster: IntArray) -> tuple[float, float]:
    """The 5 % and 95 % points of a share, of rows that are alike within clusters.

    Wilson's interval at the effective sample size: the rows divided by the design effect of the
    clusters, which is never taken to be below 1 (Korn & Graubard 1998, Survey Methodology 24).
    """
    n, share = event.size, float(event.mean())
    size = n / max(1.0, _design_effect(event - share, share, cluster))
    spread = NORMAL**2 / size
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = NORMAL * sqrt(share * (1.0 - share) / size + spread / (4.0 * size)) / (1.0 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _design_effect(left: FloatArray, share: float, cluster: IntArray) -> float:
    """How many times as large clusters make the variance of a share."""
    ids, place = np.unique(cluster, return_inverse=True)
    if ids.size < 2 or not 0.0 < share < 1.0:
        return 1.0
    sums = np.bincount(place, left)
    found = ids.size / (ids.size - 1.0) * float((sums**2).sum())
    return found / (left.size * share * (1.0 - share))
