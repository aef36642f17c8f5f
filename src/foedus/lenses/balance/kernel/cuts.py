"""A lower bound that tells much: every odd cycle has its tie that no two camps explain.

The least weight of ties that meet every cycle with an odd number of foes is the frustration. As a
linear programme over ties, with cycles added as they are missed, it is a lower bound, and often
already the frustration itself; its dual is a fractional packing of odd cycles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from foedus.lenses.balance.kernel.cycles import Cover, Cycle
from foedus.lenses.balance.kernel.reduce import Floats, Graph, Ints, Ties
from foedus.lenses.balance.kernel.search import Neighbours, along_tree, search

TOLERANCE = 1e-9
"""Differences below this part of all weight are rounding."""
SLACK = 0.3
"""Cycles that are longer than 1 by more, and carry nothing, are dropped when the bound rises."""
PATIENCE, WORTHWHILE = 6, 0.02
"""Give up when so many rounds together close less than this part of the gap."""


@dataclass(frozen=True, eq=False)
class Tight:
    """A division with its value, a lower bound, and what the bound rests on.

    Divisions that leave tie e unexplained lose at least `bound + spare[e]`. `cycles` are the odd
    cycles that the bound rests on, and some that nearly matter.
    """

    value: float
    bound: float
    camps: Ints
    spare: Floats
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True)
class Grain:
    """How finely values can differ: by multiples of `unit` (0: by anything) beyond `rounding`."""

    unit: float
    rounding: float

    def better(self, value: float) -> float:
        """What a division that is better than `value` may have at most."""
        return value - self.unit * (1 - 1e-6) if self.unit else value - self.rounding

    def closed(self, value: float, bound: float) -> bool:
        """Whether nothing is better than `value` if nothing is below `bound`."""
        return bound > self.better(value)

    def raised(self, bound: float) -> float:
        """The least value that is not below `bound`."""
        if not self.unit:
            return bound
        return float(np.ceil(bound / self.unit - 1e-6) * self.unit)


def grain(weights: Floats) -> Grain:
    """The greatest unit, down to a millionth, of which all weights are multiples."""
    rounding = TOLERANCE * float(weights.sum())
    for scale in (1.0, 10.0, 100.0, 1e3, 1e6):
        whole = np.rint(weights * scale)
        if np.abs(whole - weights * scale).max(initial=0) < 1e-9 and _counts(whole):
            unit = float(np.gcd.reduce(whole.astype(np.int64))) / scale if whole.size else 1.0
            return Grain(unit if unit > 1e3 * rounding else 0.0, rounding)
    return Grain(0.0, rounding)


def _counts(whole: Floats) -> bool:
    """Whether whole numbers are above 0, and such that floating point tells them apart."""
    return bool(whole.min(initial=1.0) > 0 and whole.max(initial=0.0) < 1e15)


def tighten(
    graph: Graph, camps: Ints, cycles: Iterable[Cycle], size: Grain, deadline: float
) -> Tight:
    """Close the gap between a division and the bound, starting from some cycles, as far as it goes.

    Stops when nothing better than the division can be, when no cycle is missed, when hardly
    anything is won, or at the deadline.
    """
    ties, near = Ties(graph), Neighbours(graph)
    cover = Cover(graph, ties)
    best = Tight(graph.value(camps), 0.0, camps, np.abs(graph.pull), tuple(cycles))
    short = np.zeros(graph.pull.size)
    course = [0.0]
    pool = dict.fromkeys(best.cycles)
    if not pool:
        pool = dict.fromkeys(cover.short(camps, short, deadline))
    while pool and not size.closed(best.value, best.bound):
        solved = _solve(graph, list(pool), deadline)
        if solved is None:
            break
        short, carried, longer = solved
        best = _bound(graph, list(pool), carried, best)
        if not size.closed(best.value, best.bound):
            best = _better(graph, near, ties, size, best, short)
        course.append(best.bound)
        if size.closed(best.value, best.bound) or monotonic() > deadline or _stalled(course, best):
            break
        if course[-1] > course[-2]:
            kept = (carried > 0) | (longer < SLACK)
            pool = {c: None for c, k in zip(pool, kept.tolist(), strict=True) if k}
        missed = [c for c in cover.short(best.camps, short, deadline) if c not in pool]
        if not missed:
            break
        pool.update(dict.fromkeys(missed))
    return replace(best, cycles=tuple(pool))


def _stalled(course: list[float], best: Tight) -> bool:
    if len(course) <= PATIENCE:
        return False
    return course[-1] - course[-1 - PATIENCE] < WORTHWHILE * (best.value - best.bound)


def _solve(
    graph: Graph, cycles: list[Cycle], deadline: float
) -> tuple[Floats, Floats, Floats] | None:
    """The programme over the given cycles: ties' lengths, cycles' duals and lengths beyond 1."""
    members = np.concatenate([np.array(c) for c in cycles])
    begin = np.concatenate([[0], np.cumsum([len(c) for c in cycles])])
    used, place = np.unique(members, return_inverse=True)
    rows: Any = csr_array((np.full(place.size, -1.0), place, begin), shape=(len(cycles), used.size))
    weight = np.abs(graph.pull[used])
    scale = float(weight.max())
    options: Any = {"presolve": False, "time_limit": max(0.1, min(deadline - monotonic(), 1e6))}
    done: Any = linprog(
        weight / scale, A_ub=rows, b_ub=np.full(len(cycles), -1.0), bounds=(0, None),
        method="highs-ds", options=options,
    )  # fmt: skip
    if done.status != 0:
        return None
    short = np.zeros(graph.pull.size)
    short[used] = np.where(done.x < TOLERANCE, 0.0, done.x)
    return short, np.maximum(-done.ineqlin.marginals, 0.0) * scale, done.slack


def _bound(graph: Graph, cycles: list[Cycle], carried: Floats, best: Tight) -> Tight:
    """The packing as a bound, scaled down by what rounding made it exceed the ties' weights."""
    load = np.zeros(graph.pull.size)
    for cycle, amount in zip(cycles, carried.tolist(), strict=True):
        if amount > 0:
            load[list(cycle)] += amount
    weight = np.abs(graph.pull)
    part = min(1.0, float((weight[load > 0] / load[load > 0]).min(initial=1.0)))
    bound = part * float(carried.sum())
    if bound <= best.bound:
        return best
    return replace(best, bound=bound, spare=weight - part * load)


def _better(
    graph: Graph, near: Neighbours, ties: Ties, size: Grain, best: Tight, short: Floats
) -> Tight:
    """Follow the ties that the programme finds explained; then let single nodes move."""
    start = along_tree(graph, ties, short + 1e-3)
    steps = min(200, 10 + graph.nodes // 4)
    _, found = search(near, start[None], steps, np.random.default_rng(0))
    value = graph.value(found[0])
    if value >= best.value - size.rounding:
        return best
    return replace(best, value=value, camps=found[0])
