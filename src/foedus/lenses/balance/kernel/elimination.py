"""The least cost of dividing nodes into camps, exactly, where a network's induced width is small.

Nodes are decided one after another (see `buckets`); every row of costs by itself, by elementwise
operations only, so that a row's result never depends on the rows beside it.

Costs: `together` `(P, m)` is what a tie costs when its ends stand in one camp, `apart` `(P, m)`
what it costs when they do not: 0 and the weight for friends, the weight and 0 for foes. A cost may
be infinite.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import perm, prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.balance.kernel.buckets import Bucket, Message, Plan, plan

__all__ = ["Plan", "assign", "least", "optima", "over_kept", "plan", "rounding"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Camps = NDArray[np.int16]
ROOM = 1 << 26
"""Bytes that the tables of the rows worked on together may take."""
EXACT = 1 << 53
"""From here on floating point numbers skip whole numbers."""
EPSILON = float(np.finfo(np.float64).eps)
"""What the sum of two numbers may be rounded by, in parts of it."""


Number = TypeVar("Number", float, Floats)


def rounding(value: Number, ties: int) -> Number:
    """How far sums of up to so many costs may differ that are `value` but for rounding."""
    return value * (2.0 * ties * EPSILON)


def least(layout: Plan, together: Floats, apart: Floats) -> Floats:
    """The least cost of each row, `(P,)`, whatever camps the nodes stand in."""
    out = np.empty(len(together))
    for rows in _slices(layout, len(together)):
        out[rows] = _eliminate(layout, together[rows], apart[rows]).min(axis=0)
    return out


def over_kept(layout: Plan, together: Floats, apart: Floats) -> Floats:
    """The least cost `(P, camps ** kept)` for every assignment of the kept nodes to camps.

    The first kept node is the most significant digit of an assignment's number.
    """
    out = np.empty((len(together), layout.camps ** len(layout.kept)))
    for rows in _slices(layout, len(together)):
        out[rows] = _eliminate(layout, together[rows], apart[rows]).T
    return out


def assign(layout: Plan, together: Floats, apart: Floats) -> tuple[Floats, Ints]:
    """The least cost `(P,)` and camps `(P, nodes)` that reach it.

    Camps are numbered as they first appear from node 0 on; a node without ties stands in camp 0.
    Of several optima it is always the same one.
    """
    value = np.empty(len(together))
    camps = np.empty((len(together), layout.nodes), np.int64)
    for rows in _slices(layout, len(together)):
        choices: list[Camps] = []
        table = _eliminate(layout, together[rows], apart[rows], choices)
        best = table.argmin(axis=0)
        value[rows] = table[best, np.arange(best.size)]
        camps[rows] = _numbered(layout, _backwards(layout, best, choices))
    return value, camps


def optima(layout: Plan, together: Floats, apart: Floats, tolerance: float = 0.0) -> int:
    """How many divisions into at most `camps` camps have the least cost, for one row `(m,)`.

    Divisions that differ in the camps' names alone are one. Costs are equal that differ by no more
    than `tolerance`. A node without ties counts wherever it may stand: beside d divisions of the
    others into two camps, both filled, it makes 2 d; likewise parts of the network that no tie
    joins.
    """
    value, most = _count(layout, together, apart, tolerance)
    exactly: list[int] = []
    for camps in range(1, layout.camps):
        fewer = plan(layout.nodes, layout.ends, camps, layout.kept, layout.cells)
        assert fewer is not None  # fewer camps make smaller tables
        reached, count = _count(fewer, together, apart, tolerance)
        named = count if reached <= value + tolerance else 0
        exactly.append(_exactly(camps, named, exactly))
    exactly.append(_exactly(layout.camps, most, exactly))
    return sum(exactly)


def _exactly(camps: int, named: int, fewer: list[int]) -> int:
    """Divisions into just so many camps, from the ways to name at most so many."""
    return (named - sum(n * perm(camps, j) for j, n in enumerate(fewer, 1))) // perm(camps)


def _slices(layout: Plan, rows: int) -> Iterator[slice]:
    """Slices of rows whose tables fit into the room there is."""
    step = max(1, ROOM // (16 * layout.cells + 8 * layout.camps**2 * len(layout.ends) + 1))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


def _eliminate(
    layout: Plan, together: Floats, apart: Floats, choices: list[Camps] | None = None
) -> Floats:
    """The least cost of each assignment of the kept nodes, `(camps ** kept, P)`.

    Appends to `choices` for every bucket the camps that are best, by the cells of its message.
    """
    costs = _by_camps(layout.camps, together, apart)
    messages: list[Floats] = []
    total = np.zeros(len(together))
    for bucket in layout.buckets:
        table = _table(layout.camps, bucket, costs, messages)
        best = table[0]
        choice = np.zeros(best.shape, np.int16)
        for camp in range(1, len(table)):
            if choices is not None:
                choice[table[camp] < best] = camp
            best = np.minimum(best, table[camp])
        if choices is not None:
            choices.append(choice)
        if bucket.alone:
            total += best[0]
        messages.append(best)
    return _last(layout, costs, messages) + total


def _by_camps(camps: int, together: Floats, apart: Floats) -> Floats:
    """What a tie costs by the camps of its ends, `(m, camps, camps, P)`."""
    same = np.eye(camps, dtype=np.bool_)[None, :, :, None]
    return np.where(same, together.T[:, None, None, :], apart.T[:, None, None, :])


def _table(camps: int, bucket: Bucket, costs: Floats, messages: list[Floats]) -> Floats:
    """The cost of a bucket's node in each camp and its scope as it stands, `(camps, cells, P)`."""
    if bucket.reference < 0:
        return np.zeros((1, 1, costs.shape[-1]))
    star = np.zeros((camps, 1, costs.shape[-1]))
    for e in bucket.own:
        star[:, 0] += costs[e, :, 0]
    for ties in reversed(bucket.ties):
        own = costs[ties[0]]
        for e in ties[1:]:
            own = own + costs[e]
        star = (own[:, :, None] + star[:, None]).reshape(camps, -1, star.shape[-1])
    if not bucket.messages:
        return star
    table = _sum(bucket.messages, messages).reshape(*star.shape[:2], bucket.rest, -1)
    table += star[:, :, None]
    return table.reshape(camps, -1, star.shape[-1])


def _sum(received: tuple[Message, ...], messages: list[Floats]) -> Floats:
    table = messages[received[0].bucket].take(received[0].index, axis=0)
    for message in received[1:]:
        table += messages[message.bucket].take(message.index, axis=0)
    return table


def _last(layout: Plan, costs: Floats, messages: list[Floats]) -> Floats:
    """What is left over the kept nodes: earlier tables, and the ties between kept nodes."""
    cells = layout.camps ** len(layout.kept)
    table = np.zeros((cells, costs.shape[-1]))
    if layout.last:
        table += _sum(layout.last, messages)
    digit = dict(zip(layout.kept, _digits(layout), strict=True))
    for e, (u, v) in enumerate(layout.ends.tolist()):
        if u in digit and v in digit:
            table += costs[e, digit[u], digit[v]]
    return table


def _digits(layout: Plan) -> Ints:
    """The camps of the kept nodes `(kept, camps ** kept)` in every assignment of them."""
    count = len(layout.kept)
    cells = np.arange(layout.camps**count)
    steps = layout.camps ** np.arange(count - 1, -1, -1)
    return cells // steps[:, None] % layout.camps


def _backwards(layout: Plan, best: Ints, choices: list[Camps]) -> Ints:
    """The camps that were best, from the last decision back to the first, `(P, nodes)`."""
    out = np.zeros((best.size, layout.nodes), np.int64)
    rows = np.arange(best.size)
    out[:, list(layout.kept)] = _digits(layout)[:, best].T
    for bucket, choice in zip(reversed(layout.buckets), reversed(choices), strict=True):
        if bucket.reference < 0:
            continue
        base = out[:, bucket.reference]
        steps = layout.camps ** np.arange(bucket.scope.size - 1, -1, -1)
        cell = ((out[:, bucket.scope] - base[:, None]) % layout.camps * steps).sum(axis=1)
        out[:, bucket.node] = (choice[cell, rows] + base) % layout.camps
    return out


def _numbered(layout: Plan, camps: Ints) -> Ints:
    """Camps numbered as they first appear; nodes without ties join the first."""
    tied = np.setdiff1d(np.arange(layout.nodes), layout.isolated)
    if tied.size == 0:
        return np.zeros_like(camps)
    camps[:, layout.isolated] = camps[:, tied[:1]]
    stands = camps[:, :, None] == np.arange(layout.camps)
    first = np.where(stands.any(axis=1), stands.argmax(axis=1), layout.nodes)
    number = first.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return np.take_along_axis(number, camps, axis=1)


def _count(layout: Plan, together: Floats, apart: Floats, tolerance: float) -> tuple[float, int]:
    """The least cost and how many assignments to named camps reach it, exactly."""
    value, count, exact = _counted(layout, together, apart, tolerance, np.float64)
    if not exact:
        value, count, _ = _counted(layout, together, apart, tolerance, np.object_)
    return value, count


def _counted(
    layout: Plan, together: Floats, apart: Floats, tolerance: float, kind: type
) -> tuple[float, int, bool]:
    """As `_count`, in numbers of a kind, and whether none was too great for it to be exact."""
    costs = _by_camps(layout.camps, together[None], apart[None])
    messages: list[Floats] = []
    ways: list[NDArray[Any]] = []
    value, factors = 0.0, []
    for bucket in layout.buckets:
        table = _table(layout.camps, bucket, costs, messages)[:, :, 0]
        best = table.min(axis=0)
        many = _product(table.shape, bucket.messages, ways, kind)
        many = np.where(table <= best + tolerance, many, many * 0).sum(axis=0)
        if bucket.alone:
            value += best[0]
            factors.append(int(many[0]) * (layout.camps if bucket.reference < 0 else 1))
        messages.append(best[:, None])
        ways.append(many)
    last = _last(layout, costs, messages)[:, 0]
    many = _product(last.shape, layout.last, ways, kind)
    factors.append(int(many[last <= last.min() + tolerance].sum()))
    exact = kind is np.object_ or all(factor < EXACT for factor in factors)
    return value + last.min(), prod(factors), exact


def _product(
    shape: tuple[int, ...], received: tuple[Message, ...], ways: list[NDArray[Any]], kind: type
) -> NDArray[Any]:
    out = np.ones(shape, kind) if kind is np.float64 else np.full(shape, 1, np.object_)
    for message in received:
        out = out * ways[message.bucket].take(message.index).reshape(shape)
    return out
