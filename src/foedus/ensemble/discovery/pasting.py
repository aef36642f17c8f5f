"""Pasting: widening a box again while its density does not fall.

Friedman & Fisher 1999, section 8.2. Peeling fixes a limit early and never looks back; here every
side may give way by thin slices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.discovery.box import Bools, Box, between
from foedus.ensemble.discovery.peeling import ROUNDING
from foedus.ensemble.discovery.sample import Sample, limits

SLICE = 0.01
"""Share of the box's weight that a pasted slice has at least (Friedman & Fisher's alpha)."""

Sides = list[tuple[int, bool]]


class Sided:
    """A box on a sample's rows, by the sides that restrict it: `(column, upper)` each.

    `outside` is `(rows, sides)`; a row lies in the box if it is outside of no side, and is kept out
    by one side alone if it is outside of that one only.
    """

    def __init__(self, of: Sample, box: Box) -> None:
        self.sample, self.rows = of, of.rows
        self.lows, self.highs = limits(box, len(of.columns))
        self.sides: Sides = [(int(j), False) for j in np.flatnonzero(np.isfinite(self.lows))]
        self.sides += [(int(j), True) for j in np.flatnonzero(np.isfinite(self.highs))]
        self.weight, self.hits = of.weight[self.rows], of.hits[self.rows]
        self.outside = np.zeros((len(self.sides), len(self.rows)), dtype=np.bool_)
        for s, side in enumerate(self.sides):
            self.outside[s] = self._beyond(side)
        self.times = self.outside.sum(axis=0)

    def _beyond(self, side: tuple[int, bool]) -> Bools:
        column, upper = side
        values = self.sample.columns[column, self.rows]
        beyond: Bools = values > self.highs[column] if upper else values < self.lows[column]
        return beyond

    def only(self, s: int) -> NDArray[np.intp]:
        """Places of the rows that side `s` alone keeps out."""
        return np.flatnonzero(self.outside[s] & (self.times == 1))

    def weigh(self, places: NDArray[np.intp]) -> tuple[float, float]:
        """Weight, and weight of breaks, of some rows."""
        return float(self.weight[places].sum()), float(self.hits[places].sum())

    def within(self) -> NDArray[np.intp]:
        """Places of the rows in the box."""
        return np.flatnonzero(self.times == 0)

    def move(self, s: int, limit: float) -> None:
        """Put the limit of a side elsewhere; infinite drops it."""
        column, upper = self.sides[s]
        (self.highs if upper else self.lows)[column] = limit
        beyond = self._beyond(self.sides[s])
        self.times = self.times - self.outside[s] + beyond
        self.outside[s] = beyond

    def is_free(self, s: int) -> bool:
        """Whether a side restricts no more."""
        column, upper = self.sides[s]
        return bool(np.isinf((self.highs if upper else self.lows)[column]))

    def box(self) -> Box:
        """The box as it stands."""
        return self.sample.counted(self.lows, self.highs, *self.weigh(self.within()))


def paste(of: Sample, box: Box, share: float = SLICE) -> Box:
    """The box, widened slice by slice where that leaves its density best, until it would fall.

    A slice weighs `share` of the box or more and takes whole values. A side beyond which no draw is
    left is dropped.
    """
    state = Sided(of, box)
    mass, hits = state.weigh(state.within())
    while mass > 0.0:
        best: tuple[float, float, int, float] | None = None
        for s in range(len(state.sides)):
            if state.is_free(s):
                continue
            limit, slice_mass, slice_hits = _slice(state, s, share * mass)
            mean = (hits + slice_hits) / (mass + slice_mass)
            if best is None or (mean, slice_mass) > best[:2]:
                best = mean, slice_mass, s, limit
        if best is None or best[0] < hits / mass - ROUNDING:
            break
        state.move(best[2], best[3])
        mass, hits = state.weigh(state.within())
    return state.box()


def _slice(state: Sided, s: int, least: float) -> tuple[float, float, float]:
    """The slice next to a side: where the limit would come to be, its weight, and its breaks'."""
    column, upper = state.sides[s]
    places = state.only(s)
    values = state.sample.columns[column, state.rows[places]]
    order = np.argsort(values if upper else -values, kind="stable")
    places, values = places[order], values[order]
    running = state.weight[places].cumsum()
    count = int(np.searchsorted(running, least * (1.0 - ROUNDING))) + 1
    if count < len(values):
        tied = values[count:] == values[count - 1]
        count += int(len(tied) if tied.all() else tied.argmin())
    taken = state.weigh(places[:count])
    if count >= len(values):
        return (np.inf if upper else -np.inf), *taken
    inner, outer = float(values[count - 1]), float(values[count])
    return (between(inner, outer)[0] if upper else between(outer, inner)[1]), *taken
