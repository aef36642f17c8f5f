"""How sure scores are: resampling of what fails together, never of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.record.scoring.ranking import auc, resampled_auc

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

RESAMPLES = 2000
POINTS = (0.05, 0.95)
"""What an interval spans: 90 %."""


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with the 5 % and 95 % points of its bootstrap; None where there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, float | None]:
        """As plain data."""
        return {"value": self.value, "low": self.low, "high": self.high}


NOTHING = Span(None)


class Clusters:
    """Rows by what is resampled together, with the resamples drawn: all figures share them.

    In each resample as many clusters are drawn with replacement as there are, every one with all
    its rows (Davison & Hinkley 1997, Bootstrap Methods, section 3.8). Because scores share the
    resamples, their differences and ratios do not suffer from how easy the drawn rows are.
    """

    def __init__(self, cluster: IntArray, seed: int, resamples: int = RESAMPLES) -> None:
        ids, self.place = np.unique(cluster, return_inverse=True)
        self.many = int(ids.size)
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(self.many,)))
        each = np.full(self.many, 1.0 / self.many)
        self.times = rng.multinomial(self.many, each, size=resamples).astype(np.float64)

    def sums(self, values: FloatArray) -> FloatArray:
        """The sum of values, (n,), in every resample: (resamples,)."""
        return np.asarray(self.times @ np.bincount(self.place, values, self.many))

    def mean(self, losses: FloatArray) -> Span:
        """A mean score over rows, with its interval. ``losses`` are (n,); infinite: no figure."""
        if not np.isfinite(losses).all():
            return NOTHING
        rows = self.sums(np.ones(losses.size))
        return self.span(float(losses.mean()), self.sums(losses) / rows)

    def skill(self, losses: FloatArray, baseline: FloatArray) -> Span:
        """How much less was lost than by a baseline, as a share of that, with its interval.

        1 is perfect, 0 no better, below 0 worse. No figure where either is infinite or the
        baseline lost nothing.
        """
        if not (np.isfinite(losses).all() and np.isfinite(baseline).all() and baseline.sum() > 0.0):
            return NOTHING
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = 1.0 - self.sums(losses) / self.sums(baseline)
        return self.span(float(1.0 - losses.sum() / baseline.sum()), drawn)

    def auc(self, predicted: FloatArray, event: FloatArray) -> Span:
        """The area under the curve, with its interval; no figure where all rows came out alike."""
        value = auc(predicted, event)
        if value is None:
            return NOTHING
        return self.span(value, resampled_auc(predicted, event, self.place, self.times))

    def span(self, value: float, resampled: FloatArray) -> Span:
        """A figure with its interval; without one where a single cluster cannot tell."""
        known = resampled[np.isfinite(resampled)]
        if self.many < 2 or not known.size:
            return Span(value)
        low, high = np.quantile(known, POINTS)
        return Span(value, float(low), float(high))
