"""Who loses what by whose leaving, and which sets would rather be by themselves.

Arrays lead with the draws; sets are bit masks (see `foedus.lenses.dependence.game`). Everything is
elementwise over draws, so that a draw's numbers do not depend on its neighbours.

Dependence after Emerson (1962): the power of one over another is what the other would lose without
it. The propensity to disrupt is Gately's (1974), for losses that are known one by one.
"""

from __future__ import annotations

import numpy as np

from foedus.lenses.dependence.kernel.tables import Bools, Floats, Ints, inside, sizes

CLOSE = 1e-9
"""Relative difference that is but rounding."""


def outside(values: Floats, exit_cost: Floats) -> Floats:
    """What each member has when it leaves and the others go on, its cost of leaving paid: `(P, n)`.

    From `values` `(P, 2**n, n)`, what each has while a set is in and the others are gone, and
    `exit_cost` `(P, n)`.
    """
    n = values.shape[2]
    return np.stack([values[:, _without(n, i), i] for i in range(n)], axis=1) - exit_cost


def utilities(values: Floats, exit_cost: Floats) -> Floats:
    """What being in each set is to each member when sets go on without the others: `(P, n, 2**n)`.

    NaN outside of the set. Alone, a member takes its better way out: it goes on without the others,
    or leaves and the others go on without it.
    """
    n = values.shape[2]
    out = np.where(inside(n).T, values.transpose(0, 2, 1), np.nan)
    left = outside(values, exit_cost)
    for i in range(n):
        out[:, i, 1 << i] = np.maximum(values[:, 1 << i, i], left[:, i])
    return out


def worths(utility: Floats) -> Floats:
    """What every set is worth: the sum of what its members have, `(P, 2**n)`."""
    n = utility.shape[1]
    out = np.zeros((utility.shape[0], utility.shape[2]))
    for i in range(n):  # member by member, so that the order of adding is always the same
        out += np.where(inside(n)[:, i], utility[:, i], 0.0)
    return out


def losses(values: Floats, exit_cost: Floats) -> Floats:
    """What each member (row) would lose were another (column) gone: `(P, n, n)`.

    `V_i(N) - V_i(N - j)`; on the diagonal what a member itself loses by leaving while the others
    go on: `V_i(N) - (V_i(N - i) - exit_cost_i)`.
    """
    n = values.shape[2]
    whole = values[:, -1]
    out = np.stack([whole - values[:, _without(n, j)] for j in range(n)], axis=2)
    own = whole - outside(values, exit_cost)
    for i in range(n):
        out[:, i, i] = own[:, i]
    return out


def felt(loss: Floats, rounding: Floats) -> Floats:
    """Losses with those that are but `rounding` `(P,)` taken for 0."""
    return np.where(np.abs(loss) <= rounding[:, None, None], 0.0, loss)


def own_loss(loss: Floats) -> Floats:
    """What each member loses by leaving: `(P, n)`."""
    return np.diagonal(loss, axis1=1, axis2=2).copy()


def others_loss(loss: Floats) -> Floats:
    """What all others together lose by each member's leaving: `(P, n)`."""
    n = loss.shape[1]
    return np.stack([_add(loss, [(i, j) for i in range(n) if i != j]) for j in range(n)], axis=1)


def dependence(loss: Floats) -> Floats:
    """What each member would lose by the others' leaving, one at a time, summed: `(P, n)`."""
    n = loss.shape[1]
    return np.stack([_add(loss, [(i, j) for j in range(n) if i != j]) for i in range(n)], axis=1)


def balance(loss: Floats) -> Floats:
    """How much more each member (row) depends on another (column) than that one on it."""
    return loss - loss.transpose(0, 2, 1)


def propensity(loss: Floats) -> Floats:
    """Each member's propensity to disrupt: the others' loss for each unit of its own.

    `(P, n)`; NaN where it would lose nothing itself: it gains by leaving, or does not mind. Of
    losses as they are `felt`.
    """
    own, others = own_loss(loss), others_loss(loss)
    return np.divide(others, own, out=np.full(own.shape, np.nan), where=own > 0.0)


def threat(loss: Floats) -> Floats:
    """How credibly each member can threaten to leave, to put members in order: `(P, n)`.

    Its propensity to disrupt; endless where it would lose nothing and the others something, least
    where nobody would lose.
    """
    ratio, others = propensity(loss), others_loss(loss)
    free = np.where(others > 0.0, np.inf, -np.inf)
    return np.where(np.isnan(ratio), free, ratio)


def can_threaten(order: Floats) -> Bools:
    """Whether a threat costs the others more than oneself, from `threat`."""
    return np.asarray(order > 1.0 + CLOSE)


def shared_out(worth: Floats) -> Floats:
    """What each member has while a set is in, if the set shares its worth by Shapley.

    `(P, 2**n, n)`; outside of the set a member is alone and has what it is worth alone. By
    Harsanyi's dividends: a set's gain over all smaller ones is shared equally in it. Then a member
    loses by another's leaving what that one loses by its leaving (balanced contributions, Myerson
    1980), so that dependence is one-sided only where the whole is shared in another way.
    """
    draws, sets = worth.shape
    n = sets.bit_length() - 1
    equal = _over_subsets(worth, n, -1.0) / np.maximum(sizes(n), 1)
    out = np.empty((draws, sets, n))
    for i in range(n):
        within = inside(n)[:, i]
        mine = _over_subsets(np.where(within, equal, 0.0), n, 1.0)
        out[:, :, i] = np.where(within, mine, worth[:, 1 << i, None])
    return out


def gains(utility: Floats, payoffs: Floats) -> Floats:
    """The least gain of any of its members if a set is by itself, `(P, 2**n)`; 0 for nobody."""
    n = payoffs.shape[1]
    gain = np.where(inside(n).T, utility - payoffs[:, :, None], np.inf).min(axis=1)
    gain[:, 0] = 0.0
    return np.asarray(gain)


def foremost(gain: Floats, rounding: Floats) -> Ints:
    """The set with the largest gain: `(P,)`; 0 where none exceeds `rounding` `(P,)`."""
    best = np.argmax(gain, axis=1)
    largest = np.take_along_axis(gain, best[:, None], axis=1)[:, 0]
    return np.where(largest > rounding, best, 0).astype(np.int64)


def _without(members: int, i: int) -> int:
    return ((1 << members) - 1) & ~(1 << i)


def _add(loss: Floats, places: list[tuple[int, int]]) -> Floats:
    """The sum of some losses, 0 where they cancel out but for rounding."""
    total = sum(loss[:, i, j] for i, j in places)
    size = sum(np.abs(loss[:, i, j]) for i, j in places)
    return np.where(np.abs(total) <= CLOSE * size, 0.0, total)


def _over_subsets(numbers: Floats, members: int, sign: float) -> Floats:
    """Sums over all subsets (sign 1), or what they were sums of (sign -1): `(P, 2**n)`."""
    out = numbers.copy()
    for i in range(members):
        split = out.reshape(out.shape[0], -1, 2, 1 << i)
        split[:, :, 1] += sign * split[:, :, 0]
    return out
