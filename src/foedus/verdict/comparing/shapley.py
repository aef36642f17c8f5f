"""Shapley values of what several changes do together, draw by draw, on plain arrays.

A change from one point to another is made in `k` groups. The value of a group is its mean marginal
contribution over all `k!` orders in which the groups can be changed (Shapley 1953). Values sum to
the whole move, a group that does nothing gets nothing, and groups that do the same get the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import SCRAMBLINGS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EXACT = 3
"""Groups up to which every set of them is looked at: 8 sets. Above, each draw takes one order."""


@dataclass(frozen=True, eq=False)
class Shapley:
    """Contributions of `k` groups to a move: each array is `(draws, k)`.

    `by_draw` is a draw's estimate of each group's value; its rows sum to the draw's move. `first`
    and `last` are the contribution of a group changed before, and after, all others; NaN in draws
    that do not tell.
    """

    by_draw: Floats
    first: Floats
    last: Floats


def subsets(groups: int) -> Bools:
    """All sets of groups, `(2**groups, groups)`: none first, all last; set m is m in binary."""
    return np.asarray((np.arange(2**groups)[:, None] >> np.arange(groups)) % 2 == 1)


def over_subsets(values: Floats) -> Shapley:
    """Exact Shapley values from what every set of groups gives: `(2**k, draws)`, as `subsets`.

    Shapley (1953). Raises ValueError when the sets are not a power of two.
    """
    sets, draws = values.shape
    k = sets.bit_length() - 1
    if sets != 2**k:
        raise ValueError(f"{sets} sets of groups: a power of two would be right")
    size = subsets(k).sum(axis=1)
    weight = np.array([factorial(s) * factorial(k - s - 1) / factorial(k) for s in range(k)])
    by_draw, first, last = (np.empty((draws, k)) for _ in range(3))
    everything = sets - 1
    for group in range(k):
        bit = 1 << group
        without = np.array([m for m in range(sets) if not m & bit])
        gain = values[without | bit] - values[without]
        by_draw[:, group] = weight[size[without]] @ gain
        first[:, group] = values[bit] - values[0]
        last[:, group] = values[everything] - values[everything ^ bit]
    return Shapley(by_draw, first, last)


def orders(groups: int, draws: int, seed: int) -> Ints:
    """An order of the groups for every draw: `(draws, groups)`, the place of each group in it.

    Each draw's order is any of the `groups!` with the same chance. Within each scrambling of the
    draws (draw d belongs to scrambling d % 8) an order stands beside its reverse (antithetic:
    Mitchell et al. 2022), and orders are the shifts of a random one, so that groups take the places
    as evenly as the draws allow (Yang et al. 2023). Which draw takes which order is random.
    Scramblings are independent of each other.
    """
    out = np.empty((draws, groups), dtype=np.int64)
    for scrambling in range(SCRAMBLINGS):
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(scrambling, 1)))
        needed = len(range(scrambling, draws, SCRAMBLINGS))
        blocks = -(-needed // (2 * groups)) if groups else 0
        rows = [_block(rng.permutation(groups)) for _ in range(blocks)]
        places = np.concatenate(rows)[:needed] if rows else np.empty((needed, 0), np.int64)
        out[scrambling::SCRAMBLINGS] = places[rng.permutation(needed)]
    return out


def _block(base: Ints) -> Ints:
    """The shifts of an order, each followed by its reverse: `(2 * groups, groups)`."""
    k = base.size
    shifts = (base + np.arange(k)[:, None]) % k
    return np.stack([shifts, k - 1 - shifts], axis=1).reshape(2 * k, k)


def along_orders(values: Floats, places: Ints) -> Shapley:
    """Estimated Shapley values from one order a draw.

    `values` `(k + 1, draws)` is what a draw gives with the first 0, 1, … k groups of its order
    changed, `places` `(draws, k)` as from `orders`. The mean over draws of `by_draw` is unbiased
    (Castro, Gómez & Tejada 2009), and each row sums to the draw's move.
    """
    draws, k = places.shape
    gains = np.diff(values, axis=0).T
    by_draw = np.take_along_axis(gains, places, axis=1) if k else np.empty((draws, 0))
    first = np.where(places == 0, by_draw, np.nan)
    last = np.where(places == k - 1, by_draw, np.nan)
    return Shapley(by_draw, first, last)
