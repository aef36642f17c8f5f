"""Cycles with an odd number of foes: on each of them, any two camps leave a tie unexplained."""

from __future__ import annotations

from time import monotonic

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from foedus.lenses.balance.kernel.reduce import Floats, Graph, Ints, Ties

Cycle = tuple[int, ...]
"""The numbers of a cycle's ties, ascending."""

SHORT, EXACT = 1e-3, 1e-9
"""What a tie's length has added, so that of cycles as short the one with fewer ties is found."""
VIOLATED = 1e-6
AT_ONCE = 1 << 21
"""So many distances are held, and ties walked along, from one look at the clock to the next."""


class Cover:
    """A graph's double cover: node i twice, i on the one side and i + n on the other.

    Relative to some camps, explained ties lead to the same side and all others across, so that a
    path from i to i + n is a closed walk with an odd number of unexplained ties.
    """

    def __init__(self, graph: Graph, ties: Ties) -> None:
        self.graph, self.ties = graph, ties

    def short(self, camps: Ints, length: Floats, deadline: float = np.inf) -> list[Cycle]:
        """Simple cycles with an odd number of foes and, by `length` `(m,)`, shorter than 1.

        If there is one that is shorter by more than rounding, there are some in the list, unless
        the deadline (of `monotonic`) has passed.
        """
        first, second = self.graph.ends.T
        odd = (camps[first] ^ camps[second]).astype(bool) != (self.graph.pull < 0)
        if not odd.any():
            return []
        for extra in (SHORT, EXACT):
            found = self._found(odd, length, extra, deadline)
            if found or monotonic() > deadline:
                break
        return found

    def _found(self, odd: Ints, length: Floats, extra: float, deadline: float) -> list[Cycle]:
        n = self.graph.nodes
        first, second = self.graph.ends.T
        across = np.where(odd, n, 0)
        row = np.concatenate([first, first + n])
        column = np.concatenate([second + across, second + n - across])
        size = np.concatenate([length, length]) + extra
        paths = csr_array((size, (row, column)), shape=(2 * n, 2 * n))
        limit = 1.0 + min(extra * 2 * n, 50 * SHORT)
        found: dict[Cycle, None] = {}
        sources = _cover(self.graph.ends[odd], n)
        step = max(1, AT_ONCE // (2 * (n + length.size)))
        for begin in range(0, sources.size, step):
            some = sources[begin : begin + step]
            far, before = dijkstra(
                paths, directed=False, indices=some, return_predecessors=True, limit=limit
            )
            found.update(
                dict.fromkeys(self._walks(odd, length, some, far, before.astype(np.int64)))
            )
            if monotonic() > deadline:
                break
        return list(found)

    def _walks(
        self, odd: Ints, length: Floats, sources: Ints, far: Floats, before: Ints
    ) -> list[Cycle]:
        """Closed walks from the sources: across, and to the far end of every odd tie beside."""
        n = self.graph.nodes
        place = np.full(n, -1)
        place[sources] = np.arange(sources.size)
        ties = np.flatnonzero(odd)
        a, b = self.graph.ends[ties].T
        row = np.concatenate([np.arange(sources.size), place[a], place[b]])
        goal = np.concatenate([sources + n, b, a])
        last = np.concatenate([np.full(sources.size, -1), ties, ties])
        row, goal, last = (part[row >= 0] for part in (row, goal, last))
        total = far[row, goal] + np.where(last >= 0, length[last], 0.0)
        near = np.isfinite(total) & (total < 1.0 + 50 * SHORT)
        return self._read(odd, length, before, sources, row[near], goal[near], last[near])

    def _read(
        self, odd: Ints, length: Floats, before: Ints, sources: Ints,
        row: Ints, goal: Ints, last: Ints,
    ) -> list[Cycle]:  # fmt: skip
        """The short odd cycles on the paths to the goals, each path closed by its last tie."""
        n = self.graph.nodes
        at, nodes, ties = goal, [goal % n], []
        going = np.ones(goal.size, bool)
        while going.any():
            back = np.where(going, before[row, at], at)
            ties.append(np.where(going, self.ties.between(at % n, back % n), -1))
            nodes.append(np.where(going, back % n, -1))
            at = back
            going = going & (at != sources[row])
        walk, along = np.array(nodes[1:]).T, np.array([last, *ties]).T
        # along[:, 0] closes the walk from its first node, the goal, to its last, the source
        out: list[Cycle] = []
        for path, by, end in zip(walk.tolist(), along.tolist(), nodes[0].tolist(), strict=True):
            stops = [end, *(p for p in path if p >= 0)]
            passed = [e for e in by[1:] if e >= 0]
            if by[0] >= 0:
                stops.append(end)
                passed.append(by[0])
            for cycle in _simple(stops, passed):
                if odd[cycle].sum() % 2 and length[cycle].sum() < 1.0 - VIOLATED:
                    out.append(tuple(sorted(cycle)))
        return out


def _simple(stops: list[int], passed: list[int]) -> list[list[int]]:
    """The simple cycles that make up a closed walk; back and forth on one tie is none."""
    path, by = [stops[0]], list[int]()
    place = {stops[0]: 0}
    out = []
    for node, tie in zip(stops[1:], passed, strict=True):
        by.append(tie)
        if node in place:
            k = place[node]
            if len(by) - k > 2:
                out.append(by[k:])
            for gone in path[k + 1 :]:
                del place[gone]
            del path[k + 1 :], by[k:]
        else:
            place[node] = len(path)
            path.append(node)
    return out


def _cover(ends: Ints, nodes: int) -> Ints:
    """Nodes that hold an end of every tie, greedily few."""
    order = np.argsort(ends.ravel(), kind="stable")
    tie_of, left = order // 2, np.bincount(ends.ravel(), minlength=nodes)
    begin = np.concatenate([[0], np.cumsum(left)])
    held = np.zeros(len(ends), bool)
    chosen = []
    while left[most := int(left.argmax())]:
        chosen.append(most)
        own = tie_of[begin[most] : begin[most + 1]]
        own = own[~held[own]]
        held[own] = True
        np.subtract.at(left, ends[own].ravel(), 1)
    return np.array(sorted(chosen), np.int64)
