"""The draws as PRIM and CART look at them: columns, outcome, weights, and rows in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.discovery.box import Bools, Box, Floats, Restriction

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Sample:
    """Some rows of a table, ordered along every column.

    `columns` is `(columns, draws)` and holds all draws; `order` is `(columns, rows)` and lists the
    rows that belong to the sample, by rising value. `weight` and `hits` are `(draws,)`: weights,
    and weights times outcome. `names` are the columns' places in the table, where the sample has
    only some of them.
    """

    columns: Floats
    weight: Floats
    hits: Floats
    order: Rows
    names: Rows

    @cached_property
    def rows(self) -> Rows:
        """The rows that belong to the sample, rising."""
        return np.sort(self.order[0])

    @cached_property
    def mass(self) -> float:
        """Weight of the sample."""
        return float(self.weight[self.rows].sum())

    @cached_property
    def hit_mass(self) -> float:
        """Weight of the breaks in the sample."""
        return float(self.hits[self.rows].sum())

    @property
    def base_rate(self) -> float:
        """Share of breaks in the sample."""
        return self.hit_mass / self.mass

    @cached_property
    def effective(self) -> float:
        """How many draws of equal weight tell as much: Kish's effective number."""
        weight = self.weight[self.rows]
        return float(weight.sum() ** 2 / (weight**2).sum())

    def restricted(self, inside: Bools) -> Sample:
        """The sample's rows where a mask over all draws says so."""
        keep = inside[self.order]
        return replace(self, order=self.order[keep].reshape(len(self.order), -1))

    def compact(self) -> Sample:
        """The same rows as a table of their own."""
        rows = self.rows
        place = np.zeros(len(self.weight), dtype=np.intp)
        place[rows] = np.arange(len(rows))
        columns, weight, hits = self.columns[:, rows], self.weight[rows], self.hits[rows]
        return Sample(columns, weight, hits, place[self.order], self.names)

    def shuffled(self, rng: np.random.Generator) -> Sample:
        """The same draws with their outcomes dealt out anew, as if nothing explained them."""
        rows = self.rows
        outcome = self.hits[rows] / self.weight[rows]
        hits = self.hits.copy()
        hits[rows] = rng.permutation(outcome) * self.weight[rows]
        return replace(self, hits=hits)

    def narrowed(self, places: Rows) -> Sample:
        """The same rows with some of the columns."""
        return replace(
            self, columns=self.columns[places], order=self.order[places], names=self.names[places]
        )

    def inside(self, lows: Floats, highs: Floats) -> Bools:
        """Which of all draws lie between limits, `(columns,)` each: `(draws,)`."""
        inside = np.ones(self.columns.shape[1], dtype=np.bool_)
        for j in np.flatnonzero(np.isfinite(lows)):
            inside &= self.columns[j] >= lows[j]
        for j in np.flatnonzero(np.isfinite(highs)):
            inside &= self.columns[j] <= highs[j]
        return inside

    def whole(self) -> Box:
        """All of the sample as a box."""
        return Box((), 1.0 if self.hit_mass > 0.0 else 0.0, self.base_rate, 1.0)

    def box(self, lows: Floats, highs: Floats) -> Box:
        """The box between limits, `(columns,)` each, counted on the sample's rows."""
        rows = self.rows
        rows = rows[self.inside(lows, highs)[rows]]
        return self.counted(
            lows, highs, float(self.weight[rows].sum()), float(self.hits[rows].sum())
        )

    def counted(self, lows: Floats, highs: Floats, mass: float, hit_mass: float) -> Box:
        """The box between limits whose weights are known already."""
        return Box(
            restrictions=_restrictions(lows, highs, self.names),
            coverage=hit_mass / self.hit_mass if self.hit_mass > 0.0 else 0.0,
            density=hit_mass / mass if mass > 0.0 else 0.0,
            mass=mass / self.mass,
        )


def sample(x: Floats, y: Floats, weights: Floats | None = None) -> Sample:
    """The sample of all draws with a weight above 0.

    `x` is `(draws, columns)`, finite; `y` is `(draws,)` from 0 to 1; `weights` are `(draws,)`, 0 or
    more. Raises ValueError, saying which of them does not fit.
    """
    x = np.asarray(x, dtype=np.float64)
    y = np.asarray(y, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] == 0:
        raise ValueError(f"x must be (draws, columns) with a column at least; it is {x.shape}")
    weight = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=np.float64)
    for name, values in (("y", y), ("weights", weight)):
        if values.shape != (len(x),):
            raise ValueError(f"{name} must be ({len(x)},), as x has that many draws")
    if not np.isfinite(x).all():
        draw, column = np.argwhere(~np.isfinite(x))[0]
        raise ValueError(f"x must be finite; draw {draw} of column {column} is {x[draw, column]}")
    if not ((y >= 0.0) & (y <= 1.0)).all():
        raise ValueError("y must be from 0 to 1: whether, or how likely, the pact breaks")
    if not (np.isfinite(weight) & (weight >= 0.0)).all():
        raise ValueError("weights must be finite and not below 0")
    if not weight.sum() > 0.0:
        raise ValueError("weights must not sum to 0")
    columns = np.ascontiguousarray(x.T)
    order = np.argsort(columns, axis=1, kind="stable")
    whole = Sample(columns, weight, weight * y, order, np.arange(len(columns)))
    return whole if (weight > 0.0).all() else whole.restricted(weight > 0.0)


def limits(box: Box, columns: int) -> tuple[Floats, Floats]:
    """A box's low and high limits, `(columns,)` each, infinite where a side is free."""
    lows, highs = np.full(columns, -np.inf), np.full(columns, np.inf)
    for restriction in box.restrictions:
        if restriction.low is not None:
            lows[restriction.column] = restriction.low
        if restriction.high is not None:
            highs[restriction.column] = restriction.high
    return lows, highs


def _restrictions(lows: Floats, highs: Floats, names: Rows) -> tuple[Restriction, ...]:
    return tuple(
        Restriction(
            int(names[j]),
            float(lows[j]) if np.isfinite(lows[j]) else None,
            float(highs[j]) if np.isfinite(highs[j]) else None,
        )
        for j in np.flatnonzero(np.isfinite(lows) | np.isfinite(highs))
    )
