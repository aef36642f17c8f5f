"""What anyone would say who knows nothing but how often such things happened before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.record.panels import Panel

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

BASELINES = ("history", "last20", "age")
RECENT = 20
"""How many years are recent."""
AGES = (0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)
"""The youngest age of each class of the hazard by age."""
PRIOR = 10.0
"""How many rows of the whole-history rate are added to each class of age."""


def history_rate(train: Panel) -> float:
    """How often it happened, a row, in all that is known."""
    return _rate(train.event)


def recent_rate(train: Panel, years: int = RECENT) -> float:
    """How often it happened, a row, in the last calendar years that are known."""
    return _rate(train.event[train.year > train.year.max() - years])


def _rate(event: FloatArray) -> float:
    """The share; with half a row of each outcome added where it would be 0 or 1 (Jeffreys)."""
    n, happened = event.size, float(event.sum())
    return happened / n if 0.0 < happened < n else (happened + 0.5) / (n + 1.0)


@dataclass(frozen=True, slots=True)
class AgeHazard:
    """How often it happened at each age: the hazard, by class of age.

    Every class is drawn to the whole-history rate as by ``PRIOR`` more rows of it, the mean of a
    beta distribution, so that none is 0 or 1 and thin classes do not speak louder than they may.
    """

    rates: FloatArray

    @classmethod
    def of(cls, train: Panel) -> AgeHazard:
        """The hazard in a panel."""
        where = _class_of(train.age)
        rows = np.bincount(where, minlength=len(AGES))
        happened = np.bincount(where, train.event, minlength=len(AGES))
        return cls((happened + PRIOR * history_rate(train)) / (rows + PRIOR))

    def at(self, age: IntArray) -> FloatArray:
        """The chance at each age, (n,)."""
        return self.rates[_class_of(age)]


def _class_of(age: IntArray) -> IntArray:
    return np.searchsorted(np.array(AGES), age, side="right") - 1


def baseline_forecasts(train: Panel, test: Panel) -> dict[str, FloatArray]:
    """What each baseline, from one panel, says of every row of another: (n,) by name."""
    rows = len(test)
    return {
        "history": np.full(rows, history_rate(train)),
        "last20": np.full(rows, recent_rate(train)),
        "age": AgeHazard.of(train).at(test.age),
    }
