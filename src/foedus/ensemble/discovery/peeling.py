"""Peeling: from all draws to a small box of high density, a thin slice at a time.

Friedman & Fisher 1999, section 8. Every step takes the slice from one side of one column, the share
`alpha` of what is still inside and the whole of a value if that is tied, after which the objective
is best.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.discovery.box import Box, Floats, between
from foedus.ensemble.discovery.sample import Rows, Sample

Objective = Literal["lenient", "original"]
ROUNDING = 1e-12
"""Weights and objectives that differ by less than this share are the same."""
SPARSE = 0.7
"""Orders are cleared of what is outside when less than this share of them is left inside."""


@dataclass(frozen=True)
class Slices:
    """What could be taken off one side of every column: `(columns,)` each.

    `count` says how many entries of the column's order go, those outside already included.
    """

    count: NDArray[np.int64]
    mass: Floats
    hit_mass: Floats


class Peel:
    """A box that is being peeled: where it ends in every column's order, and what is inside."""

    def __init__(self, of: Sample) -> None:
        self.sample = of
        self.weight, self.hits = of.weight.copy(), of.hits.copy()
        outside = np.ones(len(of.weight), dtype=np.bool_)
        outside[of.order[0]] = False
        self.weight[outside] = self.hits[outside] = 0.0
        self.mass, self.hit_mass = float(self.weight.sum()), float(self.hits.sum())
        self.lows = np.full(len(of.columns), -np.inf)
        self.highs = np.full(len(of.columns), np.inf)
        self._set_order(of.order)

    def _set_order(self, order: Rows) -> None:
        self.order = order
        self.inside = order.shape[1]
        self.start = np.zeros(len(order), dtype=np.int64)
        self.stop = np.full(len(order), order.shape[1], dtype=np.int64)

    def clear(self) -> bool:
        """Drop from the orders what is outside; whether there was anything."""
        if self.inside == self.order.shape[1]:
            return False
        keep = (self.weight > 0.0)[self.order]
        self._set_order(self.order[keep].reshape(len(self.order), -1))
        return True

    def box(self) -> Box:
        """The box as it stands."""
        return self.sample.counted(self.lows, self.highs, self.mass, self.hit_mass)

    def both_slices(self, share: float) -> tuple[Slices, Slices]:
        """The slices off the upper and off the lower sides, counted in the same orders."""
        order = self.order
        upper, lower = self.slices(share, upper=True), self.slices(share, upper=False)
        return upper if self.order is order else self.slices(share, upper=True), lower

    def slices(self, share: float, upper: bool) -> Slices:
        """The least slices of whole values that weigh `share` of the box or more."""
        target = share * self.mass * (1.0 - ROUNDING)
        width = int(1.2 * share * self.inside) + 2
        columns = np.arange(len(self.order))
        while True:
            size = self.order.shape[1]
            width = min(width, size)
            # past the end the last row is repeated, which is after all that is inside
            place = np.arange(width)
            step = np.maximum(self.stop[:, None] - 1 - place, 0) if upper else (
                np.minimum(self.start[:, None] + place, size - 1)
            )  # fmt: skip
            rows = self.order.ravel().take(step + size * columns[:, None])
            running = self.weight.take(rows).cumsum(axis=1)
            if width == size or (running[:, -1] >= target).all():
                break
            width = width if self.clear() else 2 * width
        at = (running >= target).argmax(axis=1)
        hits = np.where(place <= at[:, None], self.hits.take(rows), 0.0).sum(axis=1)
        cut = Slices(at + 1, running[columns, at], hits)
        return self._whole_values(cut, rows[columns, at], upper)

    def _whole_values(self, cut: Slices, last: Rows, upper: bool) -> Slices:
        """Slices that end in the middle of a tied value, taken to its end."""
        columns = np.arange(len(self.order))
        span = self.stop - self.start
        after = np.where(upper, self.stop - 1 - cut.count, self.start + cut.count)
        following = self.order[columns, np.clip(after, 0, self.order.shape[1] - 1)]
        values = self.sample.columns
        tied = (cut.count < span) & (values[columns, last] == values[columns, following])
        for j in np.flatnonzero(tied):
            order, value, column = self.order[j], values[j, last[j]], values[j]
            if upper:
                end = bisect_left(
                    order, value, int(self.start[j]), int(after[j]) + 1, key=column.__getitem__
                )
                more = order[end : after[j] + 1]
            else:
                end = bisect_right(
                    order, value, int(after[j]), int(self.stop[j]), key=column.__getitem__
                )
                more = order[after[j] : end]
            cut.count[j] += len(more)
            cut.mass[j] += self.weight[more].sum()
            cut.hit_mass[j] += self.hits[more].sum()
        return cut

    def take(self, column: int, upper: bool, cut: Slices) -> None:
        """Take a slice off."""
        count, order = int(cut.count[column]), self.order[column]
        start, stop = int(self.start[column]), int(self.stop[column])
        gone = order[stop - count : stop] if upper else order[start : start + count]
        left = order[start : stop - count] if upper else order[start + count : stop]
        left = left[self.weight[left] > 0.0]
        gone = gone[self.weight[gone] > 0.0]
        values = self.sample.columns[column]
        if upper:
            self.highs[column] = between(float(values[left[-1]]), float(values[gone[0]]))[0]
            self.stop[column] -= count
        else:
            self.lows[column] = between(float(values[gone[-1]]), float(values[left[0]]))[1]
            self.start[column] += count
        self.inside -= len(gone)
        self.weight[gone] = self.hits[gone] = 0.0
        self.mass, self.hit_mass = float(self.weight.sum()), float(self.hits.sum())
        if self.inside < SPARSE * self.order.shape[1]:
            self.clear()


def peel(of: Sample, alpha: float, mass_min: float, objective: Objective) -> list[Box]:
    """The trajectory of boxes, all draws first.

    A step takes the slice that raises the mean most for the weight it costs (`lenient`: Kwakkel &
    Jaxa-Rozen 2016), or that leaves the highest mean (`original`: Friedman & Fisher 1999). It ends
    where nothing but breaks is inside, or where less than the share `mass_min` of the sample would
    be left. Among equal steps one is taken that restricts no new column, then the first column's,
    its upper side first.
    """
    state = Peel(of)
    least = mass_min * state.mass * (1.0 - ROUNDING)
    boxes = [state.box()]
    while 0.0 < state.hit_mass < state.mass * (1.0 - ROUNDING):
        upper, lower = state.both_slices(alpha)
        side = _best(state, (upper, lower), least, objective)
        if side is None:
            break
        column, high = side
        state.take(column, high, upper if high else lower)
        boxes.append(state.box())
    return boxes


def _best(
    state: Peel, cuts: tuple[Slices, Slices], least: float, objective: Objective
) -> tuple[int, bool] | None:
    """The column and side to take a slice from."""
    gone = np.stack([cut.mass for cut in cuts], axis=1)
    left = state.mass - gone
    hits = state.hit_mass - np.stack([cut.hit_mass for cut in cuts], axis=1)
    legal = (left >= least) & (left > ROUNDING * state.mass) & (gone > 0.0)
    if not legal.any():
        return None
    mean = hits / np.where(legal, left, 1.0)
    value = mean if objective == "original" else (mean - state.hit_mass / state.mass) / gone
    value = np.where(legal, value, -np.inf)
    scale = 1.0 if objective == "original" else 1.0 / float(gone[legal].min())
    equal = value >= value.max() - ROUNDING * scale
    known = equal & (np.isfinite(state.highs) | np.isfinite(state.lows))[:, None]
    column, side = divmod(int((known if known.any() else equal).argmax()), 2)
    return column, side == 0
