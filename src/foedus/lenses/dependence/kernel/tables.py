"""Arrays over the sets of members: bit i of a set's number says whether member i is in it.

Everything here works element by element, so that what comes out for one game does not depend on
the games that stand beside it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ROUNDING = 1e-9
"""What is less than this share of what is at stake counts as rounding."""
GRAIN = 2.0**-48
"""What is less than this share of the greatest worth of all, either side of 0, cannot be told."""
DEEP = 1e5
"""A claim so many times as far below 0 as what is at stake binds nothing, with up to 12 members.

The weights of a balanced collection are ratios of determinants of zeros and ones, none of them
below 1 in 4,300 there (Hadamard's bound).
"""


@cache
def inside(n: int) -> Bools:
    """Whether each member is in each set, `(2**n, n)`."""
    out = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1 == 1
    out.flags.writeable = False
    return out


@cache
def sizes(n: int) -> Ints:
    """How many members each set has, `(2**n,)`."""
    out = np.zeros(1 << n, np.int64)
    for i in range(n):
        out[1 << i : 2 << i] = out[: 1 << i] + 1
    out.flags.writeable = False
    return out


def members_of(worth: Floats) -> int:
    """How many members there are, from the length of an array over sets."""
    return int(worth.shape[-1]).bit_length() - 1


def sums(payoffs: Floats) -> Floats:
    """What every set gets together, `(..., 2**n)`, from what each member gets, `(..., n)`."""
    n = payoffs.shape[-1]
    out = np.zeros((*payoffs.shape[:-1], 1 << n))
    for i in range(n):
        out[..., 1 << i : 2 << i] = out[..., : 1 << i] + payoffs[..., i : i + 1]
    return out


def excess(worth: Floats, payoffs: Floats) -> Floats:
    """What every set is worth beyond what it gets, `(..., 2**n)`: above 0, it can do better."""
    return worth - sums(payoffs)


def subsets(mask: int) -> Ints:
    """Every set inside a set, from the empty one to itself, in the order of its own members."""
    out = np.zeros(1, np.int64)
    while mask:
        low = mask & -mask
        out = np.concatenate([out, out | low])
        mask ^= low
    return out


def halves(worth: Floats, i: int) -> tuple[Floats, Floats]:
    """The worth of all sets without member i, and of the same sets with it, `(..., 2**(n-1))`."""
    split = worth.reshape(*worth.shape[:-1], -1, 2, 1 << i)
    shape = (*worth.shape[:-1], worth.shape[-1] // 2)
    return split[..., 0, :].reshape(shape), split[..., 1, :].reshape(shape)


def folded(array: Floats) -> Floats:
    """The sum along the last axis, a power of two long, by adding one half to the other."""
    while array.shape[-1] > 1:
        half = array.shape[-1] // 2
        array = array[..., :half] + array[..., half:]
    return array[..., 0]


def claimed(worth: Floats) -> Floats:
    """The most that any set, or everybody together either side of 0, is worth in each game."""
    return np.maximum(np.abs(worth[..., -1]), worth.max(axis=-1))


def stake(worth: Floats) -> Floats:
    """What is at stake in each game: what its divisions are of the order of, `(...)`.

    What is claimed, and what members lose that are alone, or that all others leave out, whichever
    is less: either bounds every payoff. Of these one member may be without bound, for the others
    and the whole give its payoff. Other sets, however bad, are just not formed.
    """
    n = members_of(worth)
    one = 1 << np.arange(n)
    alone, others = -worth[..., one], -worth[..., ((1 << n) - 1) ^ one]
    either = np.sort(np.maximum(alone, others), axis=-1)[..., max(n - 2, 0)]
    loss = np.minimum(np.minimum(alone.max(axis=-1), others.max(axis=-1)), either)
    return np.maximum(claimed(worth), loss)


def tolerance(worth: Floats) -> Floats:
    """What counts as rounding in each game, `(...)`: amounts up to it are as good as 0."""
    return ROUNDING * stake(worth) + GRAIN * np.abs(worth).max(axis=-1)


def tolerance_at(worth: Floats, payoffs: Floats) -> Floats:
    """The same for what is said of a division `(..., n)`: no claim beyond it makes it coarser."""
    shared = np.maximum(np.abs(worth[..., -1]), np.abs(payoffs).max(axis=-1))
    return ROUNDING * shared + GRAIN * np.abs(worth).max(axis=-1)
