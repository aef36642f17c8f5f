"""Many draws of costs on the same ties: cycles found once are kept for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.balance.kernel.cuts import grain, tighten
from foedus.lenses.balance.kernel.cycles import Cover, Cycle
from foedus.lenses.balance.kernel.exact import Asked, Division, divide, finished
from foedus.lenses.balance.kernel.reduce import Floats, Graph, Ints, Ties, heavy
from foedus.lenses.balance.kernel.search import Neighbours, search, starts

Bools = NDArray[np.bool_]

BRANCHES = 2000
"""So many branches at most, so that a draw's outcome hangs on no clock."""
VARIATIONS, SPREAD = 4, 0.3
"""Costs to collect cycles at: those given, and some with every tie up to so much more or less."""
BEYOND = 1.1
"""A tie that outweighs all lighter ones counts as so many times their sum."""
SEED = 20160301


@dataclass(frozen=True)
class Pool:
    """What was learnt at one set of costs: cycles, as sets of ties, and a good division `(n,)`."""

    cycles: tuple[Cycle, ...]
    camps: tuple[int, ...]

    def joined(self, some: Ints, cycles: Iterable[Cycle]) -> Pool:
        """With further cycles of a graph whose ties have the numbers `some`."""
        known = dict.fromkeys(self.cycles)
        known.update({tuple(some[list(cycle)].tolist()): None for cycle in cycles})
        return replace(self, cycles=tuple(known))


@dataclass(frozen=True, eq=False)
class Many:
    """By row: the least cost found `(P,)`, a lower bound, whether both are one, and the camps."""

    value: Floats
    bound: Floats
    proved: Bools
    assignment: Ints


def pool_of(nodes: int, ends: Ints, together: Floats, apart: Floats) -> Pool:
    """Cycles and a division for `frustration_many`, learnt from the costs `(K, m)` of some rows.

    The division is the first row's. Besides each row, its neighbours are learnt from: weights a
    little more or less, and ties of the other sign.
    """
    lot = np.random.default_rng(SEED)
    pool = Pool((), (0,) * nodes)
    for row, pull in enumerate(np.atleast_2d(apart - together)):
        some, graph = _graph(nodes, ends, pull)
        if not some.size:
            continue
        camps = divide(graph, Asked(False, np.inf, lot, BRANCHES)).camps
        if row == 0:
            pool = replace(pool, camps=tuple(camps.tolist()))
        for _ in range(VARIATIONS):
            weight = lot.uniform(1 - SPREAD, 1 + SPREAD, some.size)
            varied = replace(graph, pull=graph.pull * weight)
            size = grain(np.abs(varied.pull))
            tight = tighten(varied, camps, _odd(pool, some, varied), size, np.inf)
            pool = pool.joined(some, tight.cycles)
        group = lot.integers(0, VARIATIONS, some.size)
        for v in range(VARIATIONS):
            turned = replace(graph, pull=np.where(group == v, -graph.pull, graph.pull))
            cover = Cover(turned, Ties(turned))
            pool = pool.joined(some, cover.short(camps, np.zeros(some.size)))
    return pool


def frustration_many(nodes: int, ends: Ints, together: Floats, apart: Floats, pool: Pool) -> Many:
    """The least cost `(P,)` over all divisions into two camps, row by row.

    `ends` `(m, 2)` are shared by the rows; `together` and `apart` `(P, m)`, finite and at least 0,
    say what each tie costs if its ends stand in one camp, or not. Where both are equal there is no
    tie; where one is huge the tie is settled. A row's outcome depends on it and the pool alone.
    """
    rows = [_one(nodes, ends, a, b, pool) for a, b in zip(together, apart, strict=True)]
    values = np.array([row.value for row in rows])
    bounds = np.array([row.bound for row in rows])
    camps = np.array([row.camps for row in rows], np.int64).reshape(-1, nodes)
    return Many(values, bounds, values == bounds, camps ^ camps[:, :1])


def _one(nodes: int, ends: Ints, together: Floats, apart: Floats, pool: Pool) -> Division:
    """One row: mostly the kept cycles suffice."""
    some, graph = _graph(nodes, ends, apart - together)
    camps = np.zeros(nodes, np.int64)
    proved = True
    bound = 0.0
    if some.size:
        found = _row(graph, pool, some)
        camps, bound, proved = found.camps, found.bound, found.bound == found.value
    first, second = ends.T
    value = float(np.where(camps[first] == camps[second], together, apart).sum())
    bound = value if proved else min(value, bound + float(np.minimum(together, apart).sum()))
    return Division(value, bound, camps, None)


def _row(graph: Graph, pool: Pool, some: Ints) -> Division:
    size = grain(np.abs(graph.pull))
    lot = np.random.default_rng(SEED)
    begun = np.concatenate([[pool.camps], starts(graph, Ties(graph), 1, lot)])
    values, camps = search(Neighbours(graph), begun, 10 + graph.nodes // 2, lot)
    tight = tighten(graph, camps[values.argmin()], _odd(pool, some, graph), size, np.inf)
    return finished(graph, tight, size, Asked(False, np.inf, lot, BRANCHES))


def _graph(nodes: int, ends: Ints, pull: Floats) -> tuple[Ints, Graph]:
    """The ties that pull at all, and their graph; ties that settle themselves are cut to size."""
    some = np.flatnonzero(pull)
    graph = Graph(nodes, ends[some], pull[some].astype(np.float64))
    settled = heavy(graph)
    if 0 < settled.size < some.size:
        weight = np.abs(graph.pull)
        weight[settled] = 0.0
        weight[settled] = BEYOND * weight.sum()
        graph = Graph(nodes, graph.ends, np.where(graph.pull < 0, -weight, weight))
    return some, graph


def _odd(pool: Pool, some: Ints, graph: Graph) -> list[Cycle]:
    """The pool's cycles that have all their ties here, and an odd number of foes."""
    if not pool.cycles:
        return []
    lengths = np.array([len(c) for c in pool.cycles])
    begin = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    number = np.full(max(int(some[-1]), max(c[-1] for c in pool.cycles)) + 1, -1)
    number[some] = np.arange(some.size)
    here = number[np.concatenate([np.array(c) for c in pool.cycles])]
    foes = (graph.pull[here] < 0) & (here >= 0)
    odd = np.add.reduceat(foes.astype(np.int64), begin) % 2 == 1
    odd &= np.minimum.reduceat(here, begin) >= 0
    return [
        tuple(here[b : b + k].tolist())
        for b, k in zip(begin[odd].tolist(), lengths[odd].tolist(), strict=True)
    ]
