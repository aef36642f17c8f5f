"""Making a signed graph smaller without losing the best division into two camps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[int, int, int]
"""Two nodes, and 0 if they stand together or 1 if they stand apart."""

CANCELLED = 1e-14
"""Two opposite pulls that differ by less, relative to themselves, leave none."""


@dataclass(frozen=True, eq=False)
class Graph:
    """Ties as pulls: `pull` `(m,)` is above 0 between friends, below 0 between foes, never 0.

    `ends` `(m, 2)` name different nodes, and no pair twice.
    """

    nodes: int
    ends: Ints
    pull: Floats

    def value(self, camps: Ints) -> float:
        """The weight of the ties that camps 0 and 1 `(n,)` leave unexplained."""
        apart = camps[self.ends[:, 0]] != camps[self.ends[:, 1]]
        return float(np.abs(self.pull)[apart != (self.pull < 0)].sum())


class Ties:
    """Which tie joins two nodes."""

    def __init__(self, graph: Graph) -> None:
        self.nodes, (first, second) = graph.nodes, graph.ends.T
        pairs = np.concatenate([first * self.nodes + second, second * self.nodes + first])
        order = np.argsort(pairs)
        self.pairs, self.tie = pairs[order], order % graph.pull.size

    def between(self, a: Ints, b: Ints) -> Ints:
        """The tie of each two nodes; any tie where there is none."""
        place = np.searchsorted(self.pairs, a * self.nodes + b)
        return self.tie[np.minimum(place, self.tie.size - 1)]


@dataclass(frozen=True, eq=False)
class Contracted:
    """A smaller graph: node i of the larger one stands with `node[i]` or, if `side[i]`, opposite.

    `least` is the weight that is lost whatever the smaller graph's division.
    """

    graph: Graph
    least: float
    node: Ints
    side: Ints

    def lifted(self, camps: Ints) -> Ints:
        """The larger graph's camps that belong to the smaller one's."""
        return camps[self.node] ^ self.side


class Sides:
    """Who is known to stand with or against whom: union-find with sides."""

    def __init__(self, nodes: int) -> None:
        self.above = list(range(nodes))
        self.side = [0] * nodes

    def find(self, i: int) -> tuple[int, int]:
        """The node that speaks for i, and whether i stands opposite to it."""
        path = []
        while self.above[i] != i:
            path.append(i)
            i = self.above[i]
        side = 0
        for j in reversed(path):
            side ^= self.side[j]
            self.above[j], self.side[j] = i, side
        return i, side

    def join(self, pair: Pair) -> bool:
        """Take note of a pair; False if it contradicts what is known."""
        (a, p), (b, q) = self.find(pair[0]), self.find(pair[1])
        if a == b:
            return p ^ q == pair[2]
        self.above[b], self.side[b] = a, p ^ q ^ pair[2]
        return True


def contract(graph: Graph, known: Ints | None = None, every: bool = False) -> Contracted | None:
    """The graph with nodes merged that stand together or apart in a best division.

    Merges the ends of the ties `known` to be explained, of ties that outweigh all lighter ones
    together, and, again and again, a node with the neighbour whose pull is at least half of all
    pulls on it (so bare paths and branches vanish). With `every`, only merges that hold in every
    best division. None if no division explains all known ties.
    """
    work = _Merging(graph)
    for a, b, side in _pairs(graph, known) if known is not None else ():
        if not work.merge(a, b, side):
            return None
    if not work.merged:
        for a, b, side in _pairs(graph, heavy(graph)):
            work.merge(a, b, side)
    work.settle(every)
    return work.result()


def heavy(graph: Graph) -> Ints:
    """The heaviest ties, if each of them outweighs all lighter ones together and they agree.

    Every best division explains them all.
    """
    order = np.argsort(-np.abs(graph.pull), kind="stable")
    weight = np.abs(graph.pull)[order]
    lighter = np.concatenate([np.cumsum(weight[::-1])[::-1][1:], [0.0]])
    sides, best = Sides(graph.nodes), 0
    for k, pair in enumerate(_pairs(graph, order)):
        if not sides.join(pair):
            break
        if weight[k] > lighter[k] * (1 + 1e-9):
            best = k + 1
    return order[:best]


def _pairs(graph: Graph, ties: Ints) -> list[Pair]:
    """How the ends of the ties stand to each other if the ties are explained."""
    ends = graph.ends[ties]
    foes = (graph.pull[ties] < 0).astype(np.int64)
    return list(zip(ends[:, 0].tolist(), ends[:, 1].tolist(), foes.tolist(), strict=True))


class _Merging:
    """A graph whose nodes are being merged."""

    def __init__(self, graph: Graph) -> None:
        self.size = graph.nodes
        self.sides = Sides(graph.nodes)
        self.pulls: list[dict[int, float]] = [{} for _ in range(graph.nodes)]
        self.least = 0.0
        self.merged = False
        for (a, b), pull in zip(graph.ends.tolist(), graph.pull.tolist(), strict=True):
            self.pulls[a][b] = self.pulls[b][a] = pull

    def merge(self, a: int, b: int, side: int) -> bool:
        """Let two nodes stand together or apart; False if they already stand otherwise."""
        (a, p), (b, q) = self.sides.find(a), self.sides.find(b)
        side ^= p ^ q
        if a == b:
            return side == 0
        if len(self.pulls[a]) < len(self.pulls[b]):
            a, b = b, a
        self.merged = True
        self.sides.join((a, b, side))
        between = self.pulls[a].pop(b, 0.0)
        self.pulls[b].pop(a, None)
        if (between < 0) != (side == 1):
            self.least += abs(between)
        for c, pull in self.pulls[b].items():
            del self.pulls[c][b]
            self._add(a, c, -pull if side else pull)
        self.pulls[b] = {}
        return True

    def _add(self, a: int, c: int, pull: float) -> None:
        """One more pull between two nodes."""
        old = self.pulls[a].get(c, 0.0)
        total = old + pull
        if old * pull < 0:
            self.least += min(abs(old), abs(pull))
            if abs(total) <= CANCELLED * abs(pull):
                del self.pulls[a][c], self.pulls[c][a]
                return
        self.pulls[a][c] = self.pulls[c][a] = total

    def settle(self, every: bool) -> None:
        """Merge nodes with a neighbour that decides for them, until there is none."""
        waiting = dict.fromkeys(range(self.size))
        while waiting:
            a = next(iter(waiting))
            del waiting[a]
            pulls = self.pulls[a]
            if not pulls:
                continue
            b = max(pulls, key=lambda c: abs(pulls[c]))
            rest = sum(abs(pull) for c, pull in pulls.items() if c != b)
            most = abs(pulls[b])
            if most > rest * (1 + 1e-9) or (most >= rest and not every):
                waiting.update(dict.fromkeys([b, *pulls, *self.pulls[b]]))
                self.merge(a, b, int(pulls[b] < 0))

    def result(self) -> Contracted:
        """The smaller graph, nodes numbered in the larger one's order."""
        found = [self.sides.find(i) for i in range(self.size)]
        stays, node = np.unique([a for a, _ in found], return_inverse=True)
        number = dict(zip(stays.tolist(), range(stays.size), strict=True))
        ties = [
            (number[a], number[c], pull)
            for a in number
            for c, pull in self.pulls[a].items()
            if number[a] < number[c]
        ]
        ties.sort()
        ends = np.array([t[:2] for t in ties], np.int64).reshape(-1, 2)
        graph = Graph(stays.size, ends, np.array([t[2] for t in ties], np.float64))
        side = np.array([s for _, s in found], np.int64)
        return Contracted(graph, self.least, node.astype(np.int64), side)


def blocks(graph: Graph) -> list[Ints]:
    """The ties `(b,)` of every block: no node ties a block's nodes to each other alone.

    A division's frustration is the sum over blocks, and blocks can be divided independently.
    """
    beside: list[list[tuple[int, int]]] = [[] for _ in range(graph.nodes)]
    for e, (a, b) in enumerate(graph.ends.tolist()):
        beside[a].append((b, e))
        beside[b].append((a, e))
    seen, low = [-1] * graph.nodes, [0] * graph.nodes
    out: list[Ints] = []
    for root in range(graph.nodes):
        if seen[root] < 0:
            out += _blocks_from(root, beside, seen, low)
    return out


def _blocks_from(
    root: int, beside: list[list[tuple[int, int]]], seen: list[int], low: list[int]
) -> list[Ints]:
    """The blocks of one component, by depth-first search."""
    clock = seen[root] = low[root] = 0
    ties: list[int] = []
    out = []
    path = [(root, -1, 0, iter(beside[root]))]
    while path:
        a, by, _, further = path[-1]
        for b, e in further:
            if seen[b] < 0:
                clock += 1
                seen[b] = low[b] = clock
                path.append((b, e, len(ties), iter(beside[b])))
                ties.append(e)
                break
            if e != by and seen[b] < seen[a]:
                ties.append(e)
                low[a] = min(low[a], seen[b])
        else:
            _, _, begun, _ = path.pop()
            if path:
                up = path[-1][0]
                low[up] = min(low[up], low[a])
                if low[a] >= seen[up]:
                    out.append(np.array(sorted(ties[begun:]), np.int64))
                    del ties[begun:]
    return out


def part(graph: Graph, ties: Ints) -> tuple[Graph, Ints]:
    """The graph of some ties alone, and which nodes `(n,)` its nodes are."""
    nodes, ends = np.unique(graph.ends[ties], return_inverse=True)
    return Graph(nodes.size, ends.reshape(-1, 2).astype(np.int64), graph.pull[ties]), nodes
