"""Other divisions of a network into camps: who moves, and which ties would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from foedus.lenses.balance.frustration import Frustration, frustrated
from foedus.lenses.balance.kernel.elimination import assign, plan, rounding
from foedus.lenses.balance.network import Floats, Ints, Network
from foedus.lenses.balance.realigning.drift import drifts
from foedus.lenses.balance.realigning.forcing import Questions

WORK = 1 << 24
"""Cells of tables, over all ties, from which on other divisions are searched, not proved."""


@dataclass(frozen=True)
class Join:
    """Actors that go to one camp together, and whom they find there (nobody: a camp of its own)."""

    moves: tuple[int, ...]
    finds: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Realignment:
    """Another division, and how it differs from the best.

    `cost` is what it leaves unexplained beyond the best; `moves` are the actors that stand
    elsewhere, on the smaller side of the difference, and `joins` tells them by where they go;
    `to_change` the ties that would have to change
    their sign for it to be free of strain; `relieved` those that are under strain in the best and
    would be no longer. `proved`: no division that parts or joins the same two costs less.
    """

    cost: float
    assignment: Ints
    moves: tuple[int, ...]
    joins: tuple[Join, ...]
    to_change: tuple[int, ...]
    relieved: tuple[int, ...]
    proved: bool

    def to_dict(self, network: Network) -> dict[str, Any]:
        """As plain data, with actors by name and ties by their two ends."""
        return {
            "cost": self.cost,
            "moves": [network.actors[i] for i in self.moves],
            "joins": [
                {
                    "moves": [network.actors[i] for i in join.moves],
                    "finds": [network.actors[i] for i in join.finds],
                }
                for join in self.joins
            ],
            "to_change": _pairs(network, self.to_change),
            "relieved": _pairs(network, self.relieved),
            "proved": self.proved,
        }


@dataclass(frozen=True, eq=False)
class Ways:
    """For every tie the best division in which its ends stand the other way than in the best.

    `cost` `(m,)` is what it leaves unexplained beyond the best, `assignment` `(m, n)` its camps.
    """

    cost: Floats
    assignment: Ints


def between(network: Network, tie: int) -> list[str]:
    """The two actors of a tie."""
    return [network.actors[i] for i in network.ends[tie].tolist()]


def _pairs(network: Network, ties: Sequence[int]) -> list[list[str]]:
    """The two actors of each tie."""
    names = network.actors
    return [[names[i], names[j]] for i, j in network.ends[np.array(ties, np.int64)].tolist()]


def other_ways(network: Network, best: Frustration) -> Ways | None:
    """What it costs to part or join the two ends of each tie.

    None where `best` is not proved or it is too much to work out.
    """
    if not network.ties or not best.proved:
        return None
    layout = plan(network.size, network.ends, best.camps, most=WORK // network.ties)
    if layout is None:
        return None
    same = best.assignment[network.ends[:, 0]] == best.assignment[network.ends[:, 1]]
    forced = [
        {(i, j): -1 if joined else 1}
        for (i, j), joined in zip(network.ends.tolist(), same.tolist(), strict=True)
    ]
    together, apart = Questions.of(network.ends, forced).costs(*network.costs())
    value, assignment = assign(layout, together, apart)
    return Ways(_beyond(value, best.value, network.ties), assignment)


def realignments(network: Network, best: Frustration, most: int = 10) -> tuple[Realignment, ...]:
    """The cheapest other divisions, the cheapest first: none costs less than the first of them.

    For every tie it is asked what else everybody would do if its ends stood the other way.
    Where that is too much to work out, single actors move and whoever then gains follows.
    """
    if not network.ties:
        return ()
    ways = other_ways(network, best)
    if ways is not None:
        told = np.isfinite(ways.cost) & (ways.cost <= network.weights.sum())
        found = [(float(ways.cost[e]), ways.assignment[e]) for e in np.flatnonzero(told)]
    else:
        found = drifts(network, best.assignment, best.camps, 4 * most)
    parts = _parts(network)
    strained = frustrated(network, best.assignment)
    out: dict[bytes, Realignment] = {}
    for cost, camps in sorted(found, key=lambda pair: pair[0]):
        aligned = _aligned(best.assignment, camps, parts)
        moved = np.flatnonzero(aligned != best.assignment)
        if moved.size == 0 or len(out) == most:
            continue
        there = frustrated(network, aligned)
        row = Realignment(
            cost,
            aligned,
            tuple(moved.tolist()),
            _joins(aligned, moved, parts),
            tuple(np.flatnonzero(there).tolist()),
            tuple(np.flatnonzero(strained & ~there).tolist()),
            ways is not None,
        )
        out.setdefault(there.tobytes(), row)
    return tuple(out.values())


def _beyond(value: Floats, best: float, ties: int) -> Floats:
    """What values cost beyond the best, without the rounding errors of nothing."""
    exact = rounding(np.maximum(value, best), ties)
    return np.where(np.abs(value - best) <= exact, 0.0, value - best)


def _parts(network: Network) -> list[Ints]:
    """The actors of each connected part with ties."""
    first, second = network.ends.T
    links = coo_array((np.ones(network.ties), (first, second)), (network.size, network.size))
    count, label = connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1])
    return [part for part in parts if part.size > 1]


def _joins(aligned: Ints, moved: Ints, parts: list[Ints]) -> tuple[Join, ...]:
    """The movers by where they go, those of a connected part apart from those of others."""
    out = []
    for part in parts:
        movers = np.intersect1d(part, moved)
        stayers = np.setdiff1d(part, moved)
        for camp in np.unique(aligned[movers]):
            own = movers[aligned[movers] == camp]
            found = stayers[aligned[stayers] == camp]
            out.append(Join(tuple(own.tolist()), tuple(found.tolist())))
    return tuple(out)


def _aligned(best: Ints, camps: Ints, parts: list[Ints]) -> Ints:
    """Camps numbered so that as few actors as can be stand elsewhere than in the best.

    Part by part: what no tie joins may be numbered each in its own way.
    """
    out = best.copy()
    size = int(max(best.max(), camps.max())) + 1
    for part in parts:
        shared = np.zeros((size, size))
        np.add.at(shared, (camps[part], best[part]), 1.0)
        old, new = linear_sum_assignment(shared, maximize=True)
        name = np.empty(size, np.int64)
        name[old] = new
        out[part] = name[camps[part]]
    return out
