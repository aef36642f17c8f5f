"""How far each tie of a network is under strain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.lenses.balance.frustration import Frustration, frustrated
from foedus.lenses.balance.kernel.elimination import Plan, optima, plan, rounding
from foedus.lenses.balance.kernel.indices import triangles
from foedus.lenses.balance.network import Network
from foedus.lenses.balance.realigning.forcing import Questions
from foedus.lenses.balance.realigning.realignment import Ways, between, other_ways

COUNTED = 400
"""Most ties of a network in which optimal divisions are counted tie by tie."""
CELLS = 1 << 16
"""Cells of tables up to which they are."""


@dataclass(frozen=True, eq=False)
class TieStrain:
    """One tie: whether the best division leaves it unexplained, and how surely.

    `strained` is its weight if the division found does, else 0. `share` is the share of all optimal
    divisions that do (None where they were not counted), `release` what it costs, beyond the best,
    that it is otherwise (None where that was not worked out; 0: another optimal division).
    `triangles` counts the closed triads through it that are not balanced.
    """

    tie: int
    strained: float
    share: float | None
    release: float | None
    triangles: int

    @property
    def maybe(self) -> bool:
        """Whether some optimal division leaves it unexplained, for all that is known."""
        other = self.release == 0.0 if self.share is None else self.share > 0.0
        return self.strained > 0.0 or other

    def to_dict(self, network: Network) -> dict[str, Any]:
        """As plain data."""
        return {
            "between": between(network, self.tie),
            "sign": int(network.signs[self.tie]),
            "weight": float(network.weights[self.tie]),
            "strained": self.strained,
            "share_of_optima": self.share,
            "release": self.release,
            "unbalanced_triangles": self.triangles,
        }


def strain(network: Network, best: Frustration) -> tuple[TieStrain, ...]:
    """The strain on every tie, in the network's order."""
    here = frustrated(network, best.assignment)
    wrong = triangles(network.size, network.ends, network.signs).unbalanced
    ways = other_ways(network, best)
    shares = _shares(network, best, ways)
    return tuple(
        TieStrain(
            e,
            float(network.weights[e]) if here[e] else 0.0,
            shares[e],
            None if ways is None else float(ways.cost[e]),
            int(wrong[e]),
        )
        for e in range(network.ties)
    )


def _shares(network: Network, best: Frustration, ways: Ways | None) -> list[float | None]:
    """The share of optimal divisions that leave each tie unexplained."""
    if ways is None:
        return [None] * network.ties
    here = frustrated(network, best.assignment)
    out: list[float | None] = [1.0 if wrong else 0.0 for wrong in here.tolist()]
    open_ties = np.flatnonzero(ways.cost <= 0.0).tolist()
    layout = None
    if network.ties <= COUNTED:
        layout = plan(network.size, network.ends, best.camps, most=CELLS)
    every = _count(network, best, layout, {}) if open_ties else None
    for e in open_ties:
        i, j = network.ends[e].tolist()
        strained = {(i, j): -int(network.signs[e])}
        wrong = None if every is None else _count(network, best, layout, strained)
        out[e] = None if wrong is None or not every else wrong / every
    return out


def _count(
    network: Network, best: Frustration, layout: Plan | None, forced: dict[tuple[int, int], int]
) -> int | None:
    """How many divisions with one pair forced are as good as the best."""
    if layout is None:
        return None
    if not forced and best.optima is not None:
        return best.optima
    together, apart = Questions.of(network.ends, [forced]).costs(*network.costs())
    return optima(layout, together[0], apart[0], rounding(best.value, network.ties))
