"""The least frustration with two camps, proved: reduce, search, bound, fix, and finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from foedus.lenses.balance.kernel.branch import branch
from foedus.lenses.balance.kernel.cuts import Grain, Tight, grain, tighten
from foedus.lenses.balance.kernel.elimination import assign, optima, plan, rounding
from foedus.lenses.balance.kernel.reduce import (
    Contracted,
    Floats,
    Graph,
    Ints,
    Sides,
    Ties,
    blocks,
    contract,
    part,
)
from foedus.lenses.balance.kernel.search import Neighbours, search, starts

CHEAP, WIDE = 1 << 11, 1 << 21
"""Cells of tables that are filled at once, and that are filled when a bound left a gap."""

STARTS = 4
"""A few will do: following the bound finds what they miss."""
SMALLER = 0.9
"""What is left is bounded anew if it has fewer than this part of the nodes."""


@dataclass(frozen=True, eq=False)
class Division:
    """Camps 0 and 1 `(n,)`, what they leave unexplained, what any do, and how many are optimal."""

    value: float
    bound: float
    camps: Ints
    optima: int | None


@dataclass(frozen=True)
class Asked:
    """Whether optima are to be counted, until when and over how many branches, and by what lot.

    `least` is lost beside whatever is asked about: sums with it have its rounding.
    """

    count: bool
    deadline: float
    lot: np.random.Generator
    branches: int | None = None
    least: float = 0.0


def divide(graph: Graph, asked: Asked) -> Division:
    """The best division of a graph into two camps that can be proved, or found, in time."""
    small = contract(graph, every=asked.count)
    assert small is not None  # nothing was said to be known
    within = replace(asked, least=small.least)
    found = _by_blocks(small, lambda piece: _block(piece, within))
    assert found is not None
    return found if asked.count else replace(found, optima=None)


def _by_blocks(small: Contracted, divided: Callable[[Graph], Division | None]) -> Division | None:
    """The larger graph's division from those of the smaller one's blocks, if all are divided."""
    core = small.graph
    sides = Sides(core.nodes)
    value = bound = small.least
    count: int | None = 1
    for ties in blocks(core):
        piece, nodes = part(core, ties)
        found = divided(piece)
        if found is None:
            return None
        value, bound = value + found.value, bound + found.bound
        count = None if count is None or found.optima is None else count * found.optima
        for node, camp in zip(nodes.tolist(), found.camps.tolist(), strict=True):
            sides.join((int(nodes[0]), node, camp ^ int(found.camps[0])))
    stands = [sides.find(i) for i in range(core.nodes)]
    camps = small.lifted(np.array([side for _, side in stands], np.int64))
    if count is not None:
        count <<= len({root for root, _ in stands}) - 1
    return Division(value, bound, camps, count)


def _block(graph: Graph, asked: Asked) -> Division:
    """One block: at once if its tables are small, else by cycles, and then what they leave open."""
    size = grain(np.abs(graph.pull))
    found = _eliminated(graph, asked.count, CHEAP, asked.least)
    if found is not None:
        return found
    tight = tighten(graph, _searched(graph, asked), (), size, asked.deadline)
    return finished(graph, tight, size, asked)


def _tables(graph: Graph, tight: Tight, size: Grain, least: float) -> Division | None:
    """All best divisions, by tables over the ties that the bound leaves in doubt."""
    rest = _fixed(graph, tight, tight.value + size.rounding, every=True)
    assert rest is not None  # the best division known is one of them
    least += rest.least
    return _by_blocks(rest, lambda piece: _eliminated(piece, True, WIDE, least))


def _searched(graph: Graph, asked: Asked) -> Ints:
    """A good division, by a search from several starts."""
    begun = starts(graph, Ties(graph), STARTS, asked.lot)
    steps = 20 + graph.nodes
    values, camps = search(Neighbours(graph), begun, steps, asked.lot, asked.deadline)
    return camps[int(values.argmin())]


def _costs(graph: Graph) -> tuple[Floats, Floats]:
    """What standing together and standing apart cost at every tie."""
    return np.maximum(-graph.pull, 0.0), np.maximum(graph.pull, 0.0)


def _eliminated(graph: Graph, count: bool, most: int, least: float = 0.0) -> Division | None:
    """By elimination of one node after another, if that takes no more than `most` cells.

    Optima are counted as far as rounding lets them be told apart, with what is lost beside.
    """
    layout = plan(graph.nodes, graph.ends, 2, most=most)
    if layout is None:
        return None
    together, apart = _costs(graph)
    _, camps = assign(layout, together[None], apart[None])
    value = graph.value(camps[0])
    equal = rounding(least + value, graph.pull.size)
    number = optima(layout, together, apart, equal) if count else None
    return Division(value, value, camps[0], number)


def _fixed(graph: Graph, tight: Tight, most: float, every: bool) -> Contracted | None:
    """The graph for divisions that lose no more than `most`: ties they all explain are merged."""
    sure = np.flatnonzero(tight.bound + tight.spare > most)
    return contract(graph, sure, every)


def finished(graph: Graph, tight: Tight, size: Grain, asked: Asked) -> Division:
    """What a bound leaves open: tables over the ties that are still in doubt, or branching."""
    found = Division(tight.value, size.raised(tight.bound), tight.camps, None)
    late = monotonic() > asked.deadline
    if asked.count and not late:
        counted = _tables(graph, tight, size, asked.least)
        if counted is not None:
            return counted
    if size.closed(tight.value, tight.bound):
        return replace(found, bound=found.value)
    if late:
        return found
    rest = _fixed(graph, tight, size.better(tight.value), every=False)
    if rest is None:
        return replace(found, bound=found.value)
    if monotonic() > asked.deadline:
        return found
    inner = _by_blocks(rest, lambda piece: _eliminated(piece, False, WIDE))
    if inner is None and rest.graph.nodes < SMALLER * graph.nodes:
        inner = _by_blocks(rest, lambda piece: _block(piece, replace(asked, count=False)))
    if inner is None:
        inner = _branched(graph, tight, size, asked)
    if inner.value < found.value:
        found = replace(found, value=inner.value, camps=inner.camps)
    bound = max(found.bound, inner.bound)
    return replace(found, bound=found.value if size.closed(found.value, bound) else bound)


def _branched(graph: Graph, tight: Tight, size: Grain, asked: Asked) -> Division:
    """The known division or a better one, and a bound, by branching."""
    bound, camps = branch(graph, tight, size, asked.deadline, asked.branches)
    camps = tight.camps if camps is None else camps
    return Division(graph.value(camps), size.raised(bound), camps, None)
