"""The least frustration of a network with three or more camps, with a lower bound.

Nodes that can always be satisfied are set aside. Bad cycles (see `bad_cycles`) give a bound and,
rounded, a division to search on from; a mixed integer program over nodes' camps, with those cycles
as cuts, closes what gap is left. Sources: Davis 1967; Doreian & Mrvar 1996; Demaine et al. 2006.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from foedus.lenses.balance.kernel.bad_cycles import (
    ALL,
    LONGEST,
    Relaxed,
    clusters,
    hit,
    matrix,
    relax,
)
from foedus.lenses.balance.kernel.cuts import TOLERANCE, grain
from foedus.lenses.balance.kernel.tabu import frustration, tabu

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FEW = 8
"""With more camps than these, bad cycles alone are looked at: further camps hardly ever matter."""
SEARCHES = 8
STEPS = 400
LONGER = 4
"""Searches start with so many steps, or two for each node if that is more; the last are longer."""
FITS = 20_000
"""The program is tried on no more camps times nodes and ties: beyond, it heeds no limit of time."""
SHARE = 0.4
"""Part of the time left that each look at bad cycles may take, before the program has its turn."""
MOST = 0.9
"""Part of the time left that the program may take, before a last search."""
PROGRAM_AFTER = 20.0
"""Seconds after which it has its turn where time is not limited."""
SAFE = 1e-6
"""A bound that proves nothing is taken as less by this part of the top weight, to be safe."""
WHOLE = 1000.0
"""Bounds are rounded up where the top weight is no more units than this: solvers are not exact."""
ROUNDING = 1e-3
"""A bound this little above a whole number is that number."""
Aside = list[tuple[int, list[int]]]


@dataclass(frozen=True, eq=False)
class _Part:
    """A connected network, its weights in parts of the largest."""

    nodes: int
    ends: Ints
    signs: Ints
    weights: Floats
    unit: float
    """Every possible value is a multiple of it; 0 where there is no such number."""

    @property
    def rounding(self) -> float:
        """A value and its bound that differ by no more are one."""
        return TOLERANCE * float(self.weights.sum())

    @property
    def values(self) -> Floats:
        """Signs times weights."""
        return self.signs * self.weights

    def frustration(self, at: Ints) -> float:
        """The weight of the ties that a division does not explain."""
        return float(frustration(self.ends, self.values, at[None])[0])

    def up(self, bound: float) -> float:
        """The least possible value that is not below a bound."""
        return self.unit * np.ceil(bound / self.unit - ROUNDING) if self.unit else bound

    def closed(self, at: Ints, bound: float) -> bool:
        """Whether a division reaches a bound."""
        return self.frustration(at) - bound <= self.rounding


def solve_many(
    nodes: int, ends: Ints, signs: Ints, weights: Floats, camps: int,
    seconds: float | None = None, seed: int = 1, start: Ints | None = None,
) -> tuple[float, float, bool, Ints]:  # fmt: skip
    """The least frustration found with at most so many camps (from 2 on), and a lower bound.

    Also whether they are equal, that is, proved, and the division `(nodes,)`, camps numbered as
    they first appear. Give `nodes` camps where any number will do. `seconds` is a limit on
    time by the clock; without one it goes on until it is proved, or cannot be with so many camps.
    The division is no worse than the one to `start` from, if that is given.
    """
    if camps < 2:
        raise ValueError("there are at least two camps to divide nodes into")
    begin, ends = perf_counter(), np.asarray(ends, np.int64).reshape(-1, 2)
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    aside, core = _peel(nodes, ends, signs, camps)
    at = np.zeros(nodes, np.int64)
    bound = 0.0
    parts = _connected(nodes, ends, core)
    for i, (own, ties) in enumerate(parts):
        now = perf_counter()
        until = np.inf if seconds is None else now + (begin + seconds - now) / (len(parts) - i)
        top, unit = float(weights[ties].max()), grain(weights[ties]).unit
        part = _Part(
            own.size, np.searchsorted(own, ends[ties]), signs[ties], weights[ties] / top,
            unit / top if top <= WHOLE * unit else 0.0,
        )  # fmt: skip
        known = None if start is None else start[own]
        below, at[own] = _solve(part, min(camps, own.size), known, until, rng)
        bound += below * top
    _restore(aside, ends, signs * weights, camps, at)
    value = float(frustration(ends, signs * weights, at[None])[0])
    proved = bool(value - bound <= TOLERANCE * weights.sum())
    return value, value if proved else float(bound), proved, _numbered(at, ends)


def _peel(
    nodes: int, ends: Ints, signs: Ints, camps: int
) -> tuple[list[tuple[int, list[int]]], Ints]:
    """Nodes that can be satisfied whatever the others do, each with its ties then; ties left.

    They have one tie, or foes alone, and fewer than there are camps.
    """
    ties: list[set[int]] = [set() for _ in range(nodes)]
    for e, pair in enumerate(ends.tolist()):
        for v in pair:
            ties[v].add(e)
    waiting = list(range(nodes))
    aside: Aside = []
    gone = np.zeros(nodes, np.bool_)
    while waiting:
        v = waiting.pop()
        own = sorted(ties[v])
        friends = (signs[own] > 0).any()
        if gone[v] or (len(own) > 1 and (friends or len(own) >= camps)):
            continue
        gone[v] = True
        aside.append((v, own))
        for e in own:
            other = int(ends[e].sum()) - v
            ties[other].discard(e)
            waiting.append(other)
    left = np.flatnonzero(~gone[ends].any(axis=1))
    return aside, left


def _restore(aside: Aside, ends: Ints, values: Floats, camps: int, at: Ints) -> None:
    """Place the nodes set aside, the last first, where they cost nothing."""
    for v, own in reversed(aside):
        pull = np.zeros(camps)
        others = ends[own].sum(axis=1) - v
        np.add.at(pull, at[others], values[own])
        at[v] = pull.argmax()


def _connected(nodes: int, ends: Ints, ties: Ints) -> list[tuple[Ints, Ints]]:
    """The connected parts that some ties make: nodes and ties of each."""
    first, second = ends[ties].T
    graph = csr_array((np.ones(ties.size), (first, second)), (nodes, nodes))
    label = connected_components(graph, directed=False)[1]
    return [(np.flatnonzero(label == c), ties[label[first] == c]) for c in np.unique(label[first])]


def _solve(
    part: _Part, camps: int, start: Ints | None, until: float, rng: np.random.Generator
) -> tuple[float, Ints]:
    """A lower bound and a division, for one connected part."""
    free = relax(part.nodes, part.ends, part.signs, part.weights, _soon(until))
    known = [] if start is None else [np.unique(start, return_inverse=True)[1].astype(np.int64)]
    at = _search(part, camps, [*known, _gather(part, free.parts, camps)], 1, _soon(until), rng)
    bound = sure = part.up(free.bound)
    if not part.closed(at, bound) and perf_counter() < until:
        last = _soon(until) if camps <= FEW else _by(until, MOST)
        free = hit(part.nodes, part.ends, part.signs, part.weights, free, last)
        at = _search(part, camps, [at, _gather(part, free.parts, camps)], 1, _soon(until), rng)
        bound = max(bound, part.up(free.bound))
    fits = camps <= FEW and camps * (part.nodes + len(part.signs)) <= FITS
    if fits and not part.closed(at, bound) and perf_counter() < until:
        at, below = _program(part, camps, free, at, _by(until, MOST))
        bound = max(bound, part.up(below))
    if not part.closed(at, bound):
        at = _search(part, camps, [at], LONGER, until, rng)
    if part.closed(at, bound):
        return part.frustration(at), at
    return bound if part.unit else max(sure, bound - SAFE), at


def _soon(until: float) -> float:
    """When to be done with one of several things to do until then."""
    return perf_counter() + PROGRAM_AFTER if until == np.inf else _by(until, SHARE)


def _by(until: float, share: float) -> float:
    """When a share of the time left will be over."""
    now = perf_counter()
    return now + share * (until - now)


def _search(
    part: _Part, camps: int, known: list[Ints], times: int, until: float, rng: np.random.Generator
) -> Ints:
    """The best division that searches find from the known ones and from divisions by lot.

    With three camps first: where many are allowed, few are often enough and easier to search.
    """
    best = min(known, key=part.frustration)
    steps = times * max(STEPS, 2 * part.nodes)
    for few in sorted({min(camps, 3), min(camps, FEW)}):
        used = [at for at in (*known, best) if at.max() < few]
        lots = rng.integers(0, few, (SEARCHES - len(used), part.nodes))
        starts = np.concatenate([np.reshape(used, (-1, part.nodes)).astype(np.int64), lots])
        found = tabu(part.ends, part.values, few, starts, steps, until, rng)
        best = min((best, found), key=part.frustration)
    return best


def _gather(part: _Part, parts: Floats, camps: int) -> Ints:
    """The clusters that frustrated ties leave, one after another into the camp that costs least."""
    label = clusters(part.nodes, part.ends, part.signs, parts)
    count = int(label.max()) + 1
    first, second = label[part.ends].T
    between = first != second
    pull = coo_array((part.values[between], (first[between], second[between])), (count, count))
    near = csr_array(pull + pull.T)
    camp_of = np.zeros(count, np.int64)
    to_camp = np.zeros((count, min(camps, count)))
    for c in np.argsort(-abs(near).sum(axis=1), kind="stable").tolist():
        camp_of[c] = to_camp[c].argmax()
        own = slice(near.indptr[c], near.indptr[c + 1])
        to_camp[near.indices[own], camp_of[c]] += near.data[own]
    return camp_of[label]


def _program(
    part: _Part, camps: int, free: Relaxed, known: Ints, until: float
) -> tuple[Ints, float]:
    """The mixed integer program: a better division than the `known`, or that; a lower bound."""
    value = part.frustration(known)
    places, ties = part.nodes * camps, len(part.signs)
    scale = ALL / float(part.weights.sum())
    cost = np.concatenate([np.zeros(places), part.weights * scale])
    # short of a unit the known division is let in: what shuts it out by a hair, rounding lets slip
    most = value - part.unit * (1 - ROUNDING) if part.unit else value + SAFE * part.weights.sum()
    upper = np.ones(cost.size)
    for camp, v in enumerate(_hostile(part, camps)):
        upper[v * camps + camp + 1 : (v + 1) * camps] = 0.0
    place = np.arange(places)
    somewhere = coo_array((np.ones(places), (place // camps, place)), (part.nodes, cost.size))
    rows, low = _explained(part, camps)
    found = milp(
        cost, integrality=np.repeat([1, 0], [places, ties]), bounds=Bounds(0.0, upper),
        constraints=[
            LinearConstraint(rows, low, np.inf),
            LinearConstraint(somewhere, 1.0, 1.0),
            LinearConstraint(matrix(free.cycles, cost.size, places), 1.0, np.inf),
            LinearConstraint(csr_array(cost[None]), -np.inf, most * scale),
        ],
        options={
            "mip_rel_gap": 0.0, "time_limit": min(max(until - perf_counter(), 0.0), LONGEST),
        },
    )  # fmt: skip
    if found.status == 2:  # none is better
        return known, value
    at = known if found.x is None else found.x[:places].reshape(-1, camps).argmax(axis=1)
    below = found.mip_dual_bound if found.status in (0, 1) else None
    return at, free.bound if below is None else min(float(below) / scale, value)


def _explained(part: _Part, camps: int) -> tuple[csr_array, Floats]:
    """A friend tie costs if one end alone is in a camp, a foe tie if both are."""
    ties = np.arange(len(part.signs))
    friends, foes = part.signs > 0, part.signs < 0
    blocks = [(friends, 1.0, -1.0, 0.0), (friends, -1.0, 1.0, 0.0), (foes, -1.0, -1.0, -1.0)]
    columns, values, low = [], [], []
    for which, a, b, least in blocks:
        first, second = part.ends[which].T
        for camp in range(camps):
            e = part.nodes * camps + ties[which]
            columns.append(np.stack([e, first * camps + camp, second * camps + camp], axis=1))
            values.append(np.tile([1.0, a, b], (e.size, 1)))
            low.append(np.full(e.size, least))
    columns_of, values_of = np.concatenate(columns), np.concatenate(values)
    count = len(columns_of)
    rows = coo_array(
        (values_of.ravel(), (np.repeat(np.arange(count), 3), columns_of.ravel())),
        (count, part.nodes * camps + ties.size),
    )
    return rows.tocsr(), np.concatenate(low)


def _hostile(part: _Part, camps: int) -> list[int]:
    """Nodes to number camps by: each has many foes among those before it."""
    hostile = np.zeros((part.nodes, part.nodes))
    first, second = part.ends.T
    np.maximum.at(hostile, (first, second), -part.values)
    hostile = np.maximum(hostile, hostile.T)
    strength = np.bincount(part.ends.ravel(), np.repeat(part.weights, 2), part.nodes)
    order: list[int] = []
    against = np.zeros(part.nodes)
    for _ in range(min(camps - 1, part.nodes)):
        against[order] = -1.0
        order.append(int(np.lexsort((strength, against))[-1]))
        against += hostile[order[-1]]
    return order


def _numbered(at: Ints, ends: Ints) -> Ints:
    """Camps numbered as they first appear; nodes without ties join the first."""
    tied = np.unique(ends)
    out = np.zeros_like(at)
    if tied.size:
        _, first, label = np.unique(at[tied], return_index=True, return_inverse=True)
        out[tied] = first.argsort().argsort()[label]
    return out
