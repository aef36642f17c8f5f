"""Cooperative games as plain arrays over sets of members.

Sets are bit masks: member i is in set s if bit i of s is set, so that arrays over sets have length
2**n, with the empty set first and the grand coalition last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST = 20
"""The most members of a game."""


class GameError(ValueError):
    """A game that cannot be, or that a solution does not exist for: says what is wrong."""

    bad_input = True


@dataclass(frozen=True, eq=False)
class Game:
    """A game with transferable utility: what every set of members is worth together.

    `worth` `(2**n,)`, the empty set's 0. Raises GameError for arrays that do not fit, a worth that
    is not finite, or more than 20 members.
    """

    members: tuple[str, ...]
    worth: Floats

    def __post_init__(self) -> None:
        n = len(self.members)
        if not 1 <= n <= MOST:
            raise GameError(f"a game has 1 to {MOST} members, not {n}")
        if len(set(self.members)) != n:
            raise GameError("a member stands there twice")
        if self.worth.shape != (1 << n,):
            raise GameError(f"{n} members have {1 << n:,} sets, not {self.worth.size:,}")
        if not np.isfinite(self.worth).all():
            raise GameError("a worth is not a finite number")
        if self.worth[0] != 0.0:
            raise GameError("the empty set is worth 0")


@dataclass(frozen=True, eq=False)
class Hedonic:
    """A hedonic game: what belonging to each set of members is to each of them.

    `utility` `(n, 2**n)`, NaN where the member is not in the set. Raises GameError for arrays that
    do not fit, a utility that is not finite, or more than 20 members.
    """

    members: tuple[str, ...]
    utility: Floats

    def __post_init__(self) -> None:
        n = len(self.members)
        if not 1 <= n <= MOST:
            raise GameError(f"a game has 1 to {MOST} members, not {n}")
        if len(set(self.members)) != n:
            raise GameError("a member stands there twice")
        if self.utility.shape != (n, 1 << n):
            raise GameError(f"utilities should be {n} by {1 << n:,}")
        inside = (np.arange(1 << n) >> np.arange(n)[:, None]) & 1 == 1
        if not np.isfinite(self.utility[inside]).all():
            raise GameError("a utility is not a finite number")


def named(members: tuple[str, ...], mask: int) -> tuple[str, ...]:
    """The members of a set."""
    return tuple(member for i, member in enumerate(members) if mask >> i & 1)
