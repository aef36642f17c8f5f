"""The nucleolus: the division whose most dissatisfied sets are as little dissatisfied as can be.

Schmeidler 1969; the prenucleolus does without the claim of each member to what it is worth alone.
Worths are `(P, 2**n)`, one game a row, divisions `(P, n)`, up to 12 members; a row's division does
not depend on the rows beside it to the last byte.
"""

from __future__ import annotations

import numpy as np

from foedus.lenses.dependence.kernel.levelling import Claims, lexicographic
from foedus.lenses.dependence.kernel.tables import (
    DEEP,
    Floats,
    Ints,
    members_of,
    stake,
    sums,
    tolerance,
)
from foedus.lenses.dependence.kernel.values import alone

MOST = 12
"""Members up to whom nucleoli are computed."""


def nucleolus_many(worth: Floats) -> Floats:
    """The nucleolus of each game; NaN where members alone are worth more than all together."""
    n = members_of(worth)
    return _levelled(worth, 1 << np.arange(n))


def prenucleolus_many(worth: Floats) -> Floats:
    """The prenucleolus of each game: it always exists."""
    return _levelled(worth, np.zeros(0, np.int64))


def nucleolus(worth: Floats) -> Floats:
    """The nucleolus `(n,)` of one game `(2**n,)`."""
    return nucleolus_many(worth[None])[0]


def prenucleolus(worth: Floats) -> Floats:
    """The prenucleolus `(n,)` of one game `(2**n,)`."""
    return prenucleolus_many(worth[None])[0]


def proper(n: int) -> Ints:
    """Every set but the empty one and everybody."""
    return np.arange(1, (1 << n) - 1)


def based(worth: Floats) -> Floats:
    """What divisions are measured from: members' worth alone, but no less than the stake."""
    return np.maximum(alone(worth), -stake(worth)[..., None])


def normalised(worth: Floats) -> tuple[Floats, Floats, Floats]:
    """What sets gain over their members' base, the most gained being 1; the base, and the scale.

    Losses too deep to bind anything are cut short, so that no digits are lost on them.
    """
    base = based(worth)
    gains, rounding = worth - sums(base), tolerance(worth)
    most = np.maximum(gains.max(axis=-1), np.abs(gains[..., -1]))
    flat = most <= rounding
    deepest = np.abs(gains).max(axis=-1)
    scale = np.where(flat, np.where(deepest > rounding, deepest, 1.0), most)
    rounded = np.where(flat[..., None] & (np.abs(gains) <= rounding[..., None]), 0.0, gains)
    return np.maximum(rounded / scale[..., None], -DEEP), base, scale


def equal(worth: Floats) -> Floats:
    """The whole divided equally, `(P, n)`."""
    n = members_of(worth)
    return np.repeat(worth[:, -1:] / n, n, axis=1)


def _levelled(worth: Floats, hard: Ints) -> Floats:
    n = members_of(worth)
    if n > MOST:
        raise ValueError(f"nucleoli are computed for up to {MOST} members, not {n}")
    if n == 1:
        return worth[:, 1:].copy()
    gains, base, scale = normalised(worth)
    soft = proper(n)
    claims = Claims(n, soft, hard, gains[:, np.concatenate([soft, hard])])
    payoffs = lexicographic(claims, equal(gains))
    return np.asarray(base + scale[:, None] * payoffs)
