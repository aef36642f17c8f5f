"""In which order to decide nodes one after another, and the tables that this takes.

Deciding node v leaves a table over those neighbours of v that are decided later (its scope). As
renaming camps in turn (0 to 1, 1 to 2, ..., the last to 0) costs nothing, a table needs no axis for
one node of its scope, the reference: the others are told relative to it. This saves a factor of
`camps` in every table, and a table over a single node is one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
TOO_MANY = 1e-9
"""Logarithms that differ by no more are equal."""


@dataclass(frozen=True, eq=False)
class Message:
    """The table of an earlier bucket, and which of its cells belongs to each cell of this one."""

    bucket: int
    index: Ints


@dataclass(frozen=True, eq=False)
class Bucket:
    """A node to decide: its scope without the reference, tied nodes before others.

    `own` are the ties to the reference, `ties` those to the tied nodes of the scope, node by node.
    `reference` is -1 where no neighbour is left. Axes of its table: the node, then the scope.
    """

    node: int
    scope: Ints
    reference: int
    own: tuple[int, ...]
    ties: tuple[tuple[int, ...], ...]
    messages: tuple[Message, ...]
    rest: int

    @property
    def alone(self) -> bool:
        """Whether its message is one number."""
        return self.scope.size == 0


@dataclass(frozen=True, eq=False)
class Plan:
    """How the nodes of a network are decided: which first, through which tables.

    `cells` counts the cells of all tables together, for one row of costs; `width` is the largest
    number of neighbours that a node has when it is decided.
    """

    nodes: int
    camps: int
    ends: Ints
    kept: tuple[int, ...]
    buckets: tuple[Bucket, ...]
    last: tuple[Message, ...]
    isolated: Ints
    cells: int
    width: int


def plan(
    nodes: int, ends: Ints, camps: int = 2, kept: Sequence[int] = (), most: int = 1 << 22
) -> Plan | None:
    """An order that keeps tables small (least fill first), and its tables' layout.

    `ends` `(m, 2)` are the ties; the same pair may be tied several times. `kept` nodes are decided
    never: results can be told for every assignment of them. None if the tables had more than `most`
    cells together. Raises ValueError for fewer than one camp, a tie's end that is no node, a node
    tied to itself, and a kept node that is none or kept twice.
    """
    ends = np.asarray(ends, np.int64).reshape(-1, 2)
    kept = tuple(int(v) for v in kept)
    _check(nodes, ends, camps, kept)
    if camps ** len(kept) > most or _crowded(nodes, ends, camps, kept, most):
        return None
    found = _order(nodes, ends, camps, kept, most - camps ** len(kept))
    if found is None:
        return None
    order, scopes = found
    buckets, last = _buckets(order, scopes, ends, camps, kept)
    tied = np.zeros(nodes, np.bool_)
    tied[ends.ravel()] = True
    cells = sum(camps ** len(scope) for scope in scopes) + camps ** len(kept)
    width = max(map(len, scopes), default=0)
    isolated = np.flatnonzero(~tied)
    return Plan(nodes, camps, ends, kept, buckets, last, isolated, cells, width)


def _check(nodes: int, ends: Ints, camps: int, kept: tuple[int, ...]) -> None:
    if camps < 1:
        raise ValueError("there is at least one camp")
    if ends.size and (ends.min() < 0 or ends.max() >= nodes):
        raise ValueError("a tie's end is no node")
    if (ends[:, 0] == ends[:, 1]).any():
        raise ValueError("a node is tied to itself")
    if len(set(kept)) != len(kept) or not all(0 <= v < nodes for v in kept):
        raise ValueError("a kept node is no node, or kept twice")


def _crowded(nodes: int, ends: Ints, camps: int, kept: tuple[int, ...], most: int) -> bool:
    """Whether any order comes to a node with too many neighbours left: some have only such."""
    free = np.ones(nodes, np.bool_)
    free[list(kept)] = False
    pairs = np.unique(np.sort(ends, axis=1), axis=0)
    while True:
        near = np.bincount(pairs.ravel(), minlength=nodes)
        wide = near * log(camps) > log(most) + TOO_MANY
        gone = free & (near > 0) & ~wide
        if not gone.any():
            return bool((free & wide).any())
        pairs = pairs[~gone[pairs].any(axis=1)]


def _order(
    nodes: int, ends: Ints, camps: int, kept: tuple[int, ...], most: int
) -> tuple[list[int], list[list[int]]] | None:
    """Nodes in the order of their decision, and the neighbours that each has left by then."""
    near: list[set[int]] = [set() for _ in range(nodes)]
    for u, v in ends.tolist():
        near[u].add(v)
        near[v].add(u)
    left = set(range(nodes)) - set(kept)
    queue = [(_missing(near, v), len(near[v]), v) for v in left]
    latest = {rank[2]: rank for rank in queue}
    heapify(queue)
    order: list[int] = []
    scopes: list[list[int]] = []
    while left:
        rank = heappop(queue)
        node = rank[2]
        if node not in left or latest[node] != rank:
            continue
        scope = near[node]
        most -= camps ** len(scope)
        if most < 0:
            return None
        order.append(node)
        scopes.append(sorted(scope))
        left.remove(node)
        changed = set(scope)
        for u in scope:
            near[u].discard(node)
        if rank[0]:
            for u, v in combinations(scopes[-1], 2):
                if v not in near[u]:
                    changed |= near[u] & near[v]
                    near[u].add(v)
                    near[v].add(u)
        for v in changed & left:
            latest[v] = (_missing(near, v), len(near[v]), v)
            heappush(queue, latest[v])
    return order, scopes


def _missing(near: list[set[int]], v: int) -> int:
    """Twice the ties that lack between the neighbours of v."""
    own = near[v]
    return sum(len(own) - 1 - len(own & near[u]) for u in own)


def _buckets(
    order: list[int], scopes: list[list[int]], ends: Ints, camps: int, kept: tuple[int, ...]
) -> tuple[tuple[Bucket, ...], tuple[Message, ...]]:
    """The buckets in order, and what they leave over the kept nodes."""
    place = {v: i for i, v in enumerate([*order, *kept])}
    ties: list[dict[int, list[int]]] = [{} for _ in place]
    for e, pair in enumerate(ends.tolist()):
        first, second = sorted(pair, key=place.__getitem__)
        ties[place[first]].setdefault(second, []).append(e)
    waiting: list[list[int]] = [[] for _ in range(len(order) + 1)]
    out: list[Bucket] = []
    for i, (node, around) in enumerate(zip(order, scopes, strict=True)):
        tied = ties[i]
        reference = max(around, key=place.__getitem__, default=-1)
        scope = sorted((v for v in around if v != reference), key=lambda v: (v not in tied, v))
        axes = [node, *scope] if around else []
        through = [v for v in scope if v in tied]
        out.append(
            Bucket(
                node,
                np.array(scope, np.int64),
                reference,
                tuple(tied.get(reference, ())),
                tuple(tuple(tied[v]) for v in through),
                tuple(Message(j, _index(axes, out[j], camps)) for j in waiting[i]),
                camps ** (len(scope) - len(through)),
            )
        )
        if scope:
            waiting[min(*map(place.__getitem__, around), len(order))].append(i)
    last = tuple(Message(j, _index(list(kept), out[j], camps)) for j in waiting[-1])
    return tuple(out), last


def _index(axes: list[int], sender: Bucket, camps: int) -> Ints:
    """For every cell over `axes` (the first is the slowest) the cell of the sender's message.

    All of the sender's scope are axes: of its nodes the receiver's reference, decided after all
    others of the receiver's, can be the sender's reference alone.
    """
    place = {int(v): camps**at for at, v in enumerate(sender.scope[::-1])}
    numbers = np.arange(camps, dtype=np.int64)
    moving = sender.reference in axes
    bases = numbers if moving else np.zeros(1, np.int64)
    out = np.zeros((1, bases.size, 1), np.int64)
    for v in reversed(axes):
        if v == sender.reference:
            continue
        shift = ((numbers[:, None] - bases) % camps) * place.get(v, 0)
        if moving and _slower(axes, v, sender.reference):
            out = (shift[:, None, :, None] + out).reshape(-1, bases.size, out.shape[2])
        else:
            out = (shift.T[:, :, None] + out[0][:, None, :]).reshape(1, bases.size, -1)
    return np.ascontiguousarray(out.ravel())


def _slower(axes: list[int], v: int, other: int) -> bool:
    return axes.index(v) < axes.index(other)
