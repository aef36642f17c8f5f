"""Good divisions into two camps, quickly: upper bounds only."""

from __future__ import annotations

from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from foedus.lenses.balance.kernel.reduce import Floats, Graph, Ints, Ties

Signs = NDArray[np.float64]
SLACK = 1e-9
"""An improvement by less, relative to all weight, is none."""
PATIENCE = 64
"""Steps from one look at the clock to the next."""


class Neighbours:
    """Every node's ties in a row: those of node i stand at `begin[i]:begin[i + 1]`."""

    def __init__(self, graph: Graph) -> None:
        first, second = graph.ends.T
        of = np.concatenate([first, second])
        order = np.argsort(of, kind="stable")
        self.nodes = graph.nodes
        self.to = np.concatenate([second, first])[order]
        self.pull = np.concatenate([graph.pull, graph.pull])[order]
        self.weight = float(np.abs(graph.pull).sum())
        self.degree = np.bincount(of, minlength=graph.nodes)
        self.begin = np.concatenate([[0], np.cumsum(self.degree)])
        self.of = of[order]


def search(
    near: Neighbours, starts: Ints, steps: int, lot: np.random.Generator, deadline: float = np.inf
) -> tuple[Floats, Ints]:
    """The least frustration `(R,)` met from each start, and the divisions `(R, n)` that have it.

    `starts` `(R, n)` are camps 0 and 1. From each, one node after another changes its camp, always
    the one that costs least among those that did not move lately. Ends at the deadline, too.
    """
    sign: Signs = 1.0 - 2.0 * starts.astype(np.float64)
    rows, n = sign.shape
    gain = _gain(near, sign)
    now = (near.weight - gain.sum(1) / 2) / 2
    best, kept = now.copy(), sign.copy()
    blocked = np.zeros((rows, n), np.int64)
    stay = max(2, min(20, n // 8))
    each = np.arange(rows)
    for step in range(steps):
        if step % PATIENCE == 0 and monotonic() > deadline:
            break
        at = np.where(blocked > step, np.inf, gain).argmin(1)
        cost = gain[each, at]
        now = now + cost
        _flip(near, sign, gain, at)
        blocked[each, at] = step + 1 + stay + lot.integers(0, stay, rows)
        better = now < best - SLACK * near.weight
        if better.any():
            best[better], kept[better] = now[better], sign[better]
    return best, (kept < 0).astype(np.int64)


def _gain(near: Neighbours, sign: Signs) -> Signs:
    """What every node's change of camp costs."""
    gain = np.zeros(sign.shape)
    if near.to.size:
        terms = sign[:, near.of] * sign[:, near.to] * near.pull
        some = np.flatnonzero(near.degree)
        gain[:, some] = np.add.reduceat(terms, near.begin[some], axis=1)
    return gain


def _flip(near: Neighbours, sign: Signs, gain: Signs, at: Ints) -> None:
    """Let one node in every row change its camp."""
    degree = near.degree[at]
    row = np.repeat(np.arange(at.size), degree)
    before = np.cumsum(degree) - degree
    tie = np.arange(row.size) + np.repeat(near.begin[at] - before, degree)
    other = near.to[tie]
    each = np.arange(at.size)
    sign[each, at] *= -1.0
    gain[each, at] *= -1.0
    gain[row, other] += 2.0 * near.pull[tie] * sign[row, other] * sign[row, at[row]]


def along_tree(graph: Graph, ties: Ties, length: Floats) -> Ints:
    """The division that explains every tie of a least spanning tree under `length` `(m,)`, > 0."""
    tree = minimum_spanning_tree(
        csr_array((length, (graph.ends[:, 0], graph.ends[:, 1])), shape=(graph.nodes,) * 2)
    )
    camps = np.full(graph.nodes, -1, np.int64)
    while (camps < 0).any():
        root = int((camps < 0).argmax())
        order, above = breadth_first_order(tree, root, directed=False)
        camps[root] = 0
        below, up = order[1:].astype(np.int64), above[order[1:]].astype(np.int64)
        apart = graph.pull[ties.between(below, up)] < 0
        for i, j, p in zip(below.tolist(), up.tolist(), apart.tolist(), strict=True):
            camps[i] = camps[j] ^ p
    return camps


def starts(graph: Graph, ties: Ties, rows: int, lot: np.random.Generator) -> Ints:
    """Divisions `(R, n)` to start from: along random spanning trees."""
    lengths = lot.random((rows, graph.pull.size)) + 0.1
    return np.array([along_tree(graph, ties, length) for length in lengths])
