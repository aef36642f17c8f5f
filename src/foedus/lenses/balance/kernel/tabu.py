"""Tabu search for divisions into a few camps, many searches in step: an upper bound, no more."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NOISE = 1e-6
"""So much of the largest weight decides between moves that are equally good."""
DUST = 1e-9
"""A move saves frustration if it saves more than this part of the weight of a node's top tie."""
PATIENCE = 16
"""Steps from one look at the clock to the next."""


def tabu(
    ends: Ints, values: Floats, camps: int, starts: Ints, steps: int, until: float,
    rng: np.random.Generator,
) -> Ints:  # fmt: skip
    """The division `(nodes,)` with the least frustration that was found.

    `values` `(m,)` are signs times weights; `starts` `(R, nodes)` are the divisions to start from.
    Nodes first move, one after another, wherever that saves frustration. Then every step moves one
    node to the camp that costs least, be it more than before, and keeps it there for a while. It
    ends after so many steps, or `until` a `perf_counter`.
    """
    searches, nodes = starts.shape
    rows, every = np.arange(searches), np.arange(nodes)
    near = _Near.of(nodes, ends, values)
    at = starts.copy()
    pull = _pulls(ends, values, at, camps)
    _descend(near, at, pull, until)
    now = frustration(ends, values, at)
    best, best_at = now.copy(), at.copy()
    free_from = np.zeros((searches, nodes), np.int64)
    for step in range(steps):
        if step % PATIENCE == 0 and perf_counter() >= until:
            break
        own = np.take_along_axis(pull, at[:, :, None], 2)
        change = own - pull
        gets_best = now[:, None, None] + change < best[:, None, None]
        barred = (free_from > step)[:, :, None] & ~gets_best
        barred[rows[:, None], every, at] = True
        noisy = change + rng.random(change.shape) * (NOISE * np.abs(values).max(initial=0.0))
        noisy[barred] = np.inf
        node, camp = np.divmod(noisy.reshape(searches, -1).argmin(axis=1), camps)
        old = at[rows, node]
        now += change[rows, node, camp]
        near.move(rows, node, old, camp, pull)
        at[rows, node] = camp
        free_from[rows, node] = step + 5 + rng.integers(0, 10, searches)
        better = now < best
        best[better] = now[better]
        best_at[better] = at[better]
    return best_at[frustration(ends, values, best_at).argmin()]


@dataclass(frozen=True, eq=False)
class _Near:
    """Every node's ties in a row: those of node i stand at `begin[i]:begin[i + 1]`."""

    begin: Ints
    to: Ints
    values: Floats

    @staticmethod
    def of(nodes: int, ends: Ints, values: Floats) -> _Near:
        of = ends.T.ravel()
        order = np.argsort(of, kind="stable")
        begin = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=nodes))])
        return _Near(begin, ends.T[::-1].ravel()[order], np.tile(values, 2)[order])

    def move(self, rows: Ints, node: Ints, old: Ints, camp: Ints, pull: Floats) -> None:
        """What a node that moves in each of some searches takes from its neighbours' pulls."""
        many = self.begin[node + 1] - self.begin[node]
        row = np.repeat(np.arange(rows.size), many)
        tie = np.arange(row.size) + np.repeat(self.begin[node] - np.cumsum(many) + many, many)
        to = self.to[tie]
        pull[rows[row], to, old[row]] -= self.values[tie]
        pull[rows[row], to, camp[row]] += self.values[tie]


def _descend(near: _Near, at: Ints, pull: Floats, until: float) -> None:
    """Move node after node to the camp that costs least, till no move of one node saves any."""
    rows = np.arange(len(at))
    moved = True
    while moved:
        moved = False
        for node in range(at.shape[1]):
            if node % PATIENCE == 0 and perf_counter() >= until:
                return
            camp, old = pull[:, node].argmax(axis=1), at[:, node]
            own = near.values[near.begin[node] : near.begin[node + 1]]
            dust = DUST * np.abs(own).max(initial=0.0)
            go = np.flatnonzero(pull[rows, node, camp] - pull[rows, node, old] > dust)
            if go.size:
                near.move(go, np.full(go.size, node), old[go], camp[go], pull)
                at[go, node] = camp[go]
                moved = True


def frustration(ends: Ints, values: Floats, at: Ints) -> Floats:
    """The weight of the ties that each division `(R, nodes)` does not explain."""
    same = at[:, ends[:, 0]] == at[:, ends[:, 1]]
    return np.where(same == (values < 0), np.abs(values), 0.0).sum(axis=1)


def _pulls(ends: Ints, values: Floats, at: Ints, camps: int) -> Floats:
    """The signed weight that ties each node to each camp, `(R, nodes, camps)`."""
    rows = np.arange(len(at))[:, None]
    out = np.zeros((*at.shape, camps))
    for one, other in (ends.T, ends.T[::-1]):
        np.add.at(out, (rows, one[None], at[:, other]), values)
    return out
