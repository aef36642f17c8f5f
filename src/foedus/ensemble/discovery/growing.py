"""Growing a tree, one threshold at a time (Breiman et al. 1984, chapters 2 and 8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.discovery.box import Floats, between
from foedus.ensemble.discovery.peeling import ROUNDING
from foedus.ensemble.discovery.sample import Rows, Sample


@dataclass(frozen=True)
class Cut:
    """A column parted in two: up to `high` goes below, from `low` on above.

    Both are the middle between two neighbouring draws. `gain` is by how much the squared error
    falls, in units of the node's `error`.
    """

    column: int
    high: float
    low: float
    gain: float


@dataclass(frozen=True)
class Node:
    """A part of the draws: their weight, that of breaks, and how it is parted further, if so.

    `error` is Σ w (y − ȳ)². For y of 0 and 1 that is half the weight times Gini's impurity
    2 ȳ (1 − ȳ), so that both part alike.
    """

    mass: float
    hit_mass: float
    error: float
    cut: Cut | None = None
    below: Node | None = None
    above: Node | None = None

    @property
    def density(self) -> float:
        """Share of breaks."""
        return self.hit_mass / self.mass

    def children(self) -> tuple[Node, ...]:
        """Nothing for a leaf, otherwise the two parts."""
        return () if self.below is None or self.above is None else (self.below, self.above)


def grow(of: Sample, depth: int, leaf_mass: float) -> Node:
    """The greatest tree of that depth in which every leaf has the weight `leaf_mass` or more."""
    weight, hits = of.weight[of.rows], of.hits[of.rows]
    mass, hit_mass = float(weight.sum()), float(hits.sum())
    error = max(float((hits**2 / weight).sum()) - hit_mass**2 / mass, 0.0)
    cut = best_cut(of, leaf_mass) if depth > 0 and error > ROUNDING * mass else None
    if cut is None:
        return Node(mass, hit_mass, error)
    low = of.columns[cut.column] <= cut.high
    below = grow(of.restricted(low), depth - 1, leaf_mass)
    above = grow(of.restricted(~low), depth - 1, leaf_mass)
    return Node(mass, hit_mass, error, cut, below, above)


def best_cut(of: Sample, leaf_mass: float) -> Cut | None:
    """The cut after which the squared error is least; of equal ones that of the first column.

    `None` if no cut leaves `leaf_mass` on both sides, or none lowers the error.
    """
    mass, hit_mass = of.mass, of.hit_mass
    best: Cut | None = None
    for j, order in enumerate(of.order):
        values = of.columns[j].take(order)
        below = of.weight.take(order).cumsum()[:-1]
        hits = of.hits.take(order).cumsum()[:-1]
        least = leaf_mass * (1.0 - ROUNDING)
        legal = (values[1:] > values[:-1]) & (below >= least) & (mass - below >= least)
        places = np.flatnonzero(legal)
        if len(places) == 0:
            continue
        left, left_hits = below[places], hits[places]
        gains = left_hits**2 / left + (hit_mass - left_hits) ** 2 / (mass - left)
        at = int(gains.argmax())
        gain = float(gains[at]) - hit_mass**2 / mass
        if gain > (best.gain if best else 0.0) + ROUNDING * mass:
            k = places[at]
            high, low = between(float(values[k]), float(values[k + 1]))
            best = Cut(j, high, low, gain)
    return best


def predict(node: Node, columns: Floats, rows: Rows) -> Floats:
    """The density of the leaf that each row falls into: `(rows,)`."""
    if node.cut is None or node.below is None or node.above is None:
        return np.full(len(rows), node.density)
    low = columns[node.cut.column, rows] <= node.cut.high
    out = np.empty(len(rows))
    out[low] = predict(node.below, columns, rows[low])
    out[~low] = predict(node.above, columns, rows[~low])
    return out
