"""Values: one division for every game, from what members add to sets.

Worths are `(P, 2**n)`, one game a row, up to 20 members; divisions are `(P, n)`. Rows do not
depend on each other to the last byte.
"""

from __future__ import annotations

from math import factorial

import numpy as np

from foedus.lenses.dependence.kernel.tables import (
    Floats,
    folded,
    halves,
    members_of,
    sizes,
    sums,
    tolerance,
    tolerance_at,
)

CANCELLED = 0.01
"""Below this share of their sum without signs, raw Banzhaf values all but cancel out."""


def shapley(worth: Floats) -> Floats:
    """What each member adds to those before it, on average over all orders (Shapley 1953)."""
    n = members_of(worth)
    orders = [factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)]
    weight = np.array(orders)[sizes(n - 1)]
    out = np.empty((*worth.shape[:-1], n))
    for i in range(n):
        without, with_it = halves(worth, i)
        added = with_it - without
        added *= weight
        out[..., i] = folded(added)
    return out


def banzhaf_raw(worth: Floats) -> Floats:
    """What each member adds to all sets of others together (Banzhaf 1965).

    In a voting game the number of swings. Divided by 2**(n-1) it is the Penrose-Banzhaf value.
    """
    out = np.empty((*worth.shape[:-1], members_of(worth)))
    for i in range(out.shape[-1]):
        without, with_it = halves(worth, i)
        out[..., i] = folded(with_it - without)
    return out


def banzhaf(worth: Floats) -> Floats:
    """The whole divided in proportion to the raw Banzhaf values.

    NaN where shares would tell nothing: the raw values add up to less than a hundredth of what they
    come to without their signs, or to the other sign than the whole, which would turn their order
    round.
    """
    raw, whole, rounding = banzhaf_raw(worth), worth[..., -1], tolerance(worth)
    total = _added(raw)
    nothing = np.abs(total) <= np.maximum(CANCELLED * _added(np.abs(raw)), rounding)
    turned = (np.sign(total) != np.sign(whole)) & (np.abs(whole) > rounding)
    share = whole / np.where(nothing | turned, np.nan, total)
    return np.asarray(raw * share[..., None] + 0.0)


def marginal(worth: Floats) -> Floats:
    """What each member adds to all others: v(N) - v(N without i), its utopia payoff."""
    n = members_of(worth)
    everybody = (1 << n) - 1
    return worth[..., -1:] - worth[..., [everybody ^ 1 << i for i in range(n)]]


def alone(worth: Floats) -> Floats:
    """What each member is worth by itself."""
    return worth[..., [1 << i for i in range(members_of(worth))]]


def least_rights(worth: Floats) -> Floats:
    """The most that each member can keep from any set, paying all others their utopia payoffs."""
    n = members_of(worth)
    utopia = marginal(worth)
    left = worth - sums(utopia)
    rights = [halves(left, i)[1].max(axis=-1) for i in range(n)]
    return np.stack(rights, axis=-1) + utopia


def tau(worth: Floats) -> Floats:
    """The point between least rights and utopia that divides the whole (Tijs 1981).

    NaN where a game is not quasi-balanced: least rights above utopia, or the whole not between.
    """
    low, high = least_rights(worth), marginal(worth)
    slack = tolerance(worth)
    short, room = worth[..., -1] - _added(low), _added(high) - _added(low)
    exists = (low <= high + slack[..., None]).all(axis=-1)
    exists &= (short >= -slack) & (short <= room + slack)
    flat = room <= slack
    share = np.where(flat, 0.0, short / np.where(flat, 1.0, room))
    return np.where(exists[..., None], low + share[..., None] * (high - low), np.nan)


def gately(worth: Floats) -> Floats:
    """The division at which all members have the same propensity to disrupt (Gately 1974).

    NaN where it is not defined: a member's utopia payoff below its worth alone, none above it, or
    a whole that is worth less than the members alone.
    """
    least, most = alone(worth), marginal(worth)
    slack = tolerance(worth)
    surplus, room = worth[..., -1] - _added(least), _added(most - least)
    exists = (most >= least - slack[..., None]).all(axis=-1) & (surplus >= -slack) & (room > slack)
    share = surplus / np.where(exists, room, np.nan)
    return np.asarray(least + share[..., None] * (most - least))


def propensity(worth: Floats, payoffs: Floats) -> Floats:
    """What the others would lose over what each member would lose if it left (Gately 1974).

    (x(N without i) - v(N without i)) / (x(i) - v(i)); NaN where the member would lose nothing.
    """
    own = payoffs - alone(worth)
    others = marginal(worth) - payoffs + (_added(payoffs) - worth[..., -1])[..., None]
    loses = own > tolerance_at(worth, payoffs)[..., None]
    return np.asarray(others / np.where(loses, own, np.nan))


def _added(array: Floats) -> Floats:
    """The sum over members, one after another."""
    out = array[..., 0].copy()
    for i in range(1, array.shape[-1]):
        out += array[..., i]
    return out
