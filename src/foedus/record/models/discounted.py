"""A base rate that forgets: what happened lately counts more than what happened long ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.record.models.local_level import FittingError
from foedus.record.panels import FloatArray, Panel

HALF_LIFE = 15.0
"""Years after which a row counts half."""
PRIOR_ROWS = 20.0
"""How many rows of the whole history's rate the recent rate is drawn towards."""


@dataclass(frozen=True, slots=True)
class DiscountedRate:
    """One rate for all."""

    rate: float
    rows: float
    """How many rows of the last year the whole history is worth."""

    def predict(self, panel: Panel) -> FloatArray:
        """`(n,)` chances of ending, all the same."""
        return np.full(len(panel), self.rate)

    def describe(self) -> dict[str, Any]:
        """The rate, what it rests on and how fast it forgets."""
        return {"rate": self.rate, "rows": self.rows, "half_life": HALF_LIFE}


def fit_discounted(panel: Panel) -> DiscountedRate:
    """The rate with weights that halve every `HALF_LIFE` years (West & Harrison 1997, 6.3).

    Raises FittingError when all events, or none, happened.
    """
    whole = float(panel.event.mean())
    if not 0.0 < whole < 1.0:
        raise FittingError("the training rows have no event or nothing but events")
    weight = 0.5 ** ((panel.year.max() - panel.year) / HALF_LIFE)
    rows = float(weight.sum())
    rate = (float(weight @ panel.event) + PRIOR_ROWS * whole) / (rows + PRIOR_ROWS)
    return DiscountedRate(rate, rows)
