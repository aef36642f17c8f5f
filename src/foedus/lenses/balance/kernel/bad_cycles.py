"""Cycles with exactly one foe tie: no number of camps explains all of their ties (Davis 1967).

On each such cycle at least one tie is frustrated. These inequalities alone say what frustration is
when the number of camps is free, and bound it from below when it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HOP = 1e-7
"""Length of a tie beside its part of frustration, so that of two cycles the shorter is found."""
SLACK = 1e-5
"""A cycle is violated if it lacks more than this of one frustrated tie."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """What is known when camps are free: a lower bound, parts of frustration, cycles (as ties).

    `done` says that every bad cycle has its frustrated tie: for whole `parts` (0 or 1) they are an
    optimum then.
    """

    bound: float
    parts: Floats
    cycles: list[tuple[int, ...]]
    done: bool


def relax(nodes: int, ends: Ints, signs: Ints, weights: Floats, until: float) -> Relaxed:
    """The linear relaxation over all bad cycles, as far as it gets `until` a `perf_counter`."""
    cycles: list[tuple[int, ...]] = []
    best = Relaxed(0.0, np.zeros(signs.size), cycles, False)
    while True:
        new = violated(nodes, ends, signs, best.parts)
        if not new:
            return Relaxed(best.bound, best.parts, cycles, True)
        cycles.extend(new)
        left = until - perf_counter()
        if left <= 0:
            return best
        found = milp(
            weights, bounds=Bounds(0.0, 1.0), options={"time_limit": left},
            constraints=LinearConstraint(matrix(cycles, signs.size), 1.0, np.inf),
        )  # fmt: skip
        if found.status != 0:
            return best
        best = Relaxed(max(best.bound, float(found.fun)), found.x, cycles, False)


def hit(
    nodes: int, ends: Ints, signs: Ints, weights: Floats, start: Relaxed, until: float
) -> Relaxed:
    """The ties to frustrate when camps are free, whole: an optimum if it is `done` in time."""
    if not start.cycles:
        return start
    best = Relaxed(start.bound, start.parts, start.cycles, False)
    whole = np.ones(signs.size, np.int64)
    while (left := until - perf_counter()) > 0:
        found = milp(
            weights, integrality=whole, bounds=Bounds(0.0, 1.0),
            constraints=LinearConstraint(matrix(best.cycles, signs.size), 1.0, np.inf),
            options={"time_limit": left, "mip_rel_gap": 0.0},
        )  # fmt: skip
        known = found.mip_dual_bound if found.status in (0, 1) else None
        bound = best.bound if known is None else max(best.bound, float(known))
        if found.x is None:
            return Relaxed(bound, best.parts, best.cycles, False)
        parts = np.round(found.x)
        if found.status != 0:
            return Relaxed(bound, parts, best.cycles, False)
        new = violated(nodes, ends, signs, parts)
        best = Relaxed(bound, parts, [*best.cycles, *new], not new)
        if not new:
            return best
    return best


def violated(nodes: int, ends: Ints, signs: Ints, parts: Floats) -> list[tuple[int, ...]]:
    """For every foe tie the bad cycle with the least frustration, where that is less than one."""
    friends, foes = np.flatnonzero(signs > 0), np.flatnonzero(signs < 0)
    if friends.size == 0 or foes.size == 0:
        return []
    first, second = ends[friends].T
    lengths = np.maximum(parts[friends], 0.0) + HOP
    graph = csr_array((lengths, (first, second)), (nodes, nodes))
    sources, row = np.unique(ends[foes, 0], return_inverse=True)
    far, before = dijkstra(
        graph, directed=False, indices=sources, return_predecessors=True, limit=1.0
    )
    lacking = far[row, ends[foes, 1]] + parts[foes] < 1.0 - SLACK
    number = {(u, v): int(e) for e, (u, v) in zip(friends, ends[friends].tolist(), strict=True)}
    out = []
    for foe, at in zip(foes[lacking].tolist(), row[lacking].tolist(), strict=True):
        start, node = ends[foe].tolist()
        cycle = [foe]
        while node != start:
            previous = int(before[at, node])
            cycle.append(number[min(previous, node), max(previous, node)])
            node = previous
        out.append(tuple(cycle))
    return out


def matrix(cycles: list[tuple[int, ...]], columns: int, first: int = 0) -> csr_array:
    """A row for each cycle, 1 where a tie lies on it; the first tie has the column `first`."""
    at = np.array([e for cycle in cycles for e in cycle], np.int64) + first
    begins = np.concatenate([[0], np.cumsum([len(cycle) for cycle in cycles], dtype=np.int64)])
    return csr_array((np.ones(at.size), at, begins), (len(cycles), columns))


def clusters(nodes: int, ends: Ints, signs: Ints, parts: Floats) -> Ints:
    """Who hangs together through friend ties that are frustrated by less than half."""
    first, second = ends[(signs > 0) & (parts < 0.5)].T
    graph = csr_array((np.ones(first.size), (first, second)), (nodes, nodes))
    return connected_components(graph, directed=False)[1].astype(np.int64)
