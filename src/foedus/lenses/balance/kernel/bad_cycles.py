"""Cycles with exactly one foe tie: no number of camps explains all of their ties (Davis 1967).

On each such cycle at least one tie is frustrated. These inequalities alone say what frustration is
when the number of camps is free, and bound it from below when it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HOP = 1e-7
"""Length of a tie beside its part of frustration, so that of two cycles the shorter is found."""
SLACK = 1e-5
"""A cycle is violated if it lacks more than this of one frustrated tie."""
ALL = 1e5
"""What all ties weigh together in a programme: its solver heeds a millionth of one, and no less."""
LONGEST = 1e6
"""Seconds for a programme where nobody sets a limit."""
AT_WORK = 1 << 21
"""So many ties are walked along, or distances held, from one look at the clock to the next."""


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
        new = violated(nodes, ends, signs, best.parts, until)
        if not new:
            return Relaxed(best.bound, best.parts, cycles, True)
        cycles.extend(new)
        left = until - perf_counter()
        if left <= 0:
            return best
        options: Any = {"time_limit": min(left, LONGEST)}
        rows: Any = -matrix(cycles, signs.size)
        found: Any = linprog(
            weights / weights.max(), A_ub=rows,
            b_ub=np.full(len(cycles), -1.0), method="highs-ds", options=options,
        )  # fmt: skip
        if found.status != 0:
            return best
        bound = packed(weights, cycles, -found.ineqlin.marginals * weights.max())
        best = Relaxed(max(best.bound, bound), found.x, cycles, False)


def packed(weights: Floats, cycles: list[tuple[int, ...]], carried: Floats) -> float:
    """The bound by bad cycles that each carry some weight, less what rounding made too much."""
    carried = np.maximum(carried, 0.0)
    load = matrix(cycles, weights.size).T @ carried
    return float(carried.sum() * (weights[load > 0] / load[load > 0]).min(initial=1.0))


def hit(
    nodes: int, ends: Ints, signs: Ints, weights: Floats, start: Relaxed, until: float
) -> Relaxed:
    """The ties to frustrate when camps are free, whole: an optimum if it is `done` in time."""
    if not start.cycles:
        return start
    best = Relaxed(start.bound, start.parts, start.cycles, False)
    whole = np.ones(signs.size, np.int64)
    scale = ALL / float(weights.sum())
    while (left := until - perf_counter()) > 0:
        found = milp(
            weights * scale, integrality=whole, bounds=Bounds(0.0, 1.0),
            constraints=LinearConstraint(matrix(best.cycles, signs.size), 1.0, np.inf),
            options={"time_limit": min(left, LONGEST), "mip_rel_gap": 0.0},
        )  # fmt: skip
        known = found.mip_dual_bound if found.status in (0, 1) else None
        bound = best.bound if known is None else max(best.bound, float(known) / scale)
        if found.x is None:
            return Relaxed(bound, best.parts, best.cycles, False)
        parts = np.round(found.x)
        if found.status != 0:
            return Relaxed(bound, parts, best.cycles, False)
        new = violated(nodes, ends, signs, parts, until)
        best = Relaxed(bound, parts, [*best.cycles, *new], not new)
        if not new:
            return best
    return best


def violated(
    nodes: int, ends: Ints, signs: Ints, parts: Floats, until: float = np.inf
) -> list[tuple[int, ...]]:
    """For every foe tie the bad cycle with the least frustration, where that is less than one.

    At least one of those that there are, even if it is late.
    """
    friends, foes = np.flatnonzero(signs > 0), np.flatnonzero(signs < 0)
    if friends.size == 0 or foes.size == 0:
        return []
    first, second = ends[friends].T
    lengths = np.maximum(parts[friends], 0.0) + HOP
    graph = csr_array((lengths, (first, second)), (nodes, nodes))
    sources, row = np.unique(ends[foes, 0], return_inverse=True)
    number = {(u, v): int(e) for e, (u, v) in zip(friends, ends[friends].tolist(), strict=True)}
    step = max(1, AT_WORK // (nodes + friends.size))
    out: list[tuple[int, ...]] = []
    for begin in range(0, sources.size, step):
        far, before = dijkstra(
            graph, directed=False, indices=sources[begin : begin + step],
            return_predecessors=True, limit=1.0,
        )  # fmt: skip
        here = np.flatnonzero((row >= begin) & (row < begin + step))
        lacking = far[row[here] - begin, ends[foes[here], 1]] + parts[foes[here]] < 1.0 - SLACK
        for k in here[lacking].tolist():
            out.append(_cycle(int(foes[k]), ends, before[row[k] - begin], number))
        if out and perf_counter() > until:
            break
    return out


def _cycle(
    foe: int, ends: Ints, before: Ints, number: dict[tuple[int, int], int]
) -> tuple[int, ...]:
    """A foe tie, and the shortest way back from its second end to its first."""
    start, node = ends[foe].tolist()
    cycle = [foe]
    while node != start:
        previous = int(before[node])
        cycle.append(number[min(previous, node), max(previous, node)])
        node = previous
    return tuple(cycle)


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
