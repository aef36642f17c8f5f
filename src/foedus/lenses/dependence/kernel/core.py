"""The core: divisions that no set of members can better by itself, and how far away they are.

Gillies 1959; least core: Maschler, Peleg & Shapley 1979; cost of stability: Bachrach and others
2009. Worths are `(P, 2**n)`, one game a row, for at least two members; rows do not depend on each
other to the last byte.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from foedus.lenses.dependence.kernel.levelling import Claims, least, lexicographic
from foedus.lenses.dependence.kernel.nucleolus import equal, normalised, proper
from foedus.lenses.dependence.kernel.simplex import NOTHING, maximise
from foedus.lenses.dependence.kernel.tables import (
    DEEP,
    Floats,
    Ints,
    claimed,
    excess,
    folded,
    inside,
    members_of,
    sums,
    tolerance_at,
)
from foedus.lenses.dependence.kernel.values import alone

MOST_DRAWN = 4
"""Members up to whom the corners of the core are computed."""


class LeastCore(NamedTuple):
    """How much the most dissatisfied set misses at best; the core is empty if it is above 0.

    `epsilon` `(P,)`; `point` `(P, n)`, a division that attains it; `weights` `(P, 2**n)`, above 0
    for sets that together bind it: for every member the weights of the sets it is in add up to 1,
    and where the core is empty the weighted worths add up to more than the whole (Bondareva 1963;
    Shapley 1967).
    """

    epsilon: Floats
    point: Floats
    weights: Floats


def least_core_many(worth: Floats) -> LeastCore:
    """The least core of each game, of up to 12 members."""
    n = members_of(worth)
    gains, base, scale = normalised(worth)
    claims = Claims(n, proper(n), np.zeros(0, np.int64), gains[:, 1:-1])
    level = least(claims, equal(gains))
    weights = np.zeros_like(worth)
    weights[:, 1:-1] = level.weights
    share = folded(np.where(inside(n)[:, 0], weights, 0.0))
    return LeastCore(
        scale * level.missed + 0.0, base + scale[:, None] * level.payoffs,
        weights / share[:, None],
    )  # fmt: skip


def covered(worth: Floats) -> tuple[Floats, Floats]:
    """The least total `(P,)` that gives each set at least its worth, and such a division `(P, n)`.

    Everybody's own worth is left aside. Single members should be worth 0 or more, and worths be of
    the order of 1.
    """
    batch, n = worth.shape[0], members_of(worth)
    sets = np.arange(1, max((1 << n) - 1, 2))
    table = np.zeros((batch, n + 1, sets.size + 1))
    table[:, :-1, :-1] = inside(n)[sets].T
    table[:, :-1, -1] = 1.0
    table[:, -1, :-1] = worth[:, sets]
    single = 1 << np.arange(n)
    basis = np.repeat(single[None] - 1, batch, axis=0)
    for i in range(n):
        table[:, -1] -= worth[:, single[i], None] * table[:, i]
    maximise(table, basis, np.ones((batch, n), np.bool_))
    return -table[:, -1, -1], worth[:, single] - table[:, -1, single - 1]


def cost_of_stability_many(worth: Floats) -> Floats:
    """The least that has to be added to the whole for it to have a core, `(P,)`; 0 if it has."""
    most = claimed(worth)
    scale = np.where(most > 0.0, most, 1.0)
    base = np.maximum(alone(worth), -DEEP * most[:, None])
    gains = (worth - sums(base)) / scale[:, None]
    lacks = covered(np.maximum(gains, 0.0))[0] - gains[:, -1]  # who has its base grants a claim < 0
    return np.asarray(np.where(lacks > NOTHING, scale * lacks, 0.0))


def transfers_many(worth: Floats, payoffs: Floats) -> Floats:
    """What each member has to be given, `(P, n)`, below 0 if it gives, to come into the core.

    From `payoffs` `(P, n)` that divide the whole. The total that changes hands is the least; of
    such transfers those whose greatest is least, then the next, so that they are unique. NaN where
    the core is empty.
    """
    n = members_of(worth)
    sets, start = proper(n), np.zeros(payoffs.shape)
    claims = excess(worth, payoffs)
    claims[:, -1] = 0.0
    most, slack = claims.max(axis=1), tolerance_at(worth, payoffs)
    content = most <= slack
    scale = np.where(content, 1.0, np.maximum(most, np.abs(payoffs).max(axis=1)))
    claims = np.where(content[:, None], 0.0, np.maximum(claims / scale[:, None], -DEEP))
    blank = np.zeros((worth.shape[0], sets.size))
    first = least(Claims(n, sets, sets, np.concatenate([blank, claims[:, sets]], axis=1)), start)
    # t(S) >= -T for every S says that no set gains more than T: the total stays at its least.
    hard = np.maximum(claims[:, sets], -first.missed[:, None])
    few = _singles_and_others(n)
    asked = np.concatenate([np.zeros((worth.shape[0], few.size)), hard], axis=1)
    moved = lexicographic(Claims(n, few, sets, asked), start)
    return np.asarray(np.where(content[:, None], 0.0, scale[:, None] * moved + 0.0))


def blocking(worth: Floats, payoffs: Floats) -> tuple[Ints, Floats]:
    """The set that misses most at a division `(P, n)`, and how much; above 0, it blocks.

    Neither the empty set nor everybody; the lowest of sets that miss equally much but for rounding.
    """
    missed = excess(worth, payoffs)[:, 1:-1]
    most = missed.max(axis=1)
    equals = missed >= (most - tolerance_at(worth, payoffs))[:, None]
    return equals.argmax(axis=1) + 1, most


def vertices(worth: Floats) -> Floats:
    """The corners `(k, n)` of the core of one game `(2**n,)` of up to 4 members.

    With three members they are in order round the core; no rows where it is empty.
    """
    n = members_of(worth)
    if n > MOST_DRAWN:
        raise ValueError(f"corners of the core are computed for up to {MOST_DRAWN} members")
    gains, base, scale = normalised(worth)
    chosen = np.array(list(combinations(proper(n), n - 1)), np.int64).reshape(-1, n - 1)
    tight = np.concatenate([chosen, np.full((chosen.shape[0], 1), (1 << n) - 1)], axis=1)
    sides = inside(n)[tight].astype(np.float64)
    regular = np.abs(np.linalg.det(sides)) > 0.5
    points = np.linalg.solve(sides[regular], gains[tight[regular]][..., None])[..., 0]
    points = points[(gains - sums(points) <= NOTHING)[:, 1:-1].all(axis=1)]
    points = points[np.unique(np.round(points / NOTHING / 10), axis=0, return_index=True)[1]]
    if n == 3 and len(points) > 2:
        away = points - points.mean(axis=0)
        points = points[np.argsort(np.arctan2(away[:, 1] - away[:, 0], away[:, 2] * 3**0.5))]
    return np.asarray(base + scale * points)


def _singles_and_others(n: int) -> Ints:
    """Every member, and all others than it; with two members these are the same sets."""
    single = 1 << np.arange(n)
    return np.unique(np.concatenate([single, ((1 << n) - 1) ^ single]))
