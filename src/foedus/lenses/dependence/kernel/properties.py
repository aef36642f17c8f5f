"""What holds for a game: each property by the pair of sets that violates it most, if any.

Worths are `(2**n,)`, one game.
"""

from __future__ import annotations

from typing import NamedTuple

from foedus.lenses.dependence.kernel.tables import (
    Floats,
    halves,
    members_of,
    subsets,
    tolerance,
)

MOST_MERGERS = 13
"""Members up to whom every pair of disjoint sets is looked at: 3**n of them."""


class Violation(NamedTuple):
    """A pair of sets for which a property fails, and by how much."""

    amount: float
    first: int
    second: int


def worst_merger(worth: Floats) -> Violation | None:
    """Two disjoint sets that are worth more apart than together; None: superadditive.

    Raises ValueError beyond 13 members.
    """
    n = members_of(worth)
    if n > MOST_MERGERS:
        raise ValueError(f"pairs of disjoint sets are looked at for up to {MOST_MERGERS} members")
    everybody = (1 << n) - 1
    worst = Violation(float(tolerance(worth)), 0, 0)
    for first in range(1, everybody):
        free = everybody ^ first
        others = subsets(free & -(first & -first))  # a pair once: the other has no lower member
        loss = worth[first] + worth[others] - worth[others | first]
        at = int(loss.argmax())
        if loss[at] > worst.amount:
            worst = Violation(float(loss[at]), first, int(others[at]))
    return worst if worst.first else None


def worst_crossing(worth: Floats) -> Violation | None:
    """Two sets worth more than their union and intersection; None: convex (Shapley 1971)."""
    n = members_of(worth)
    worst = Violation(float(tolerance(worth)), 0, 0)
    for j in range(n):
        without, with_it = halves(worth, j)
        adds = with_it - without
        for i in range(j):
            before, after = halves(adds, i)
            at = int((before - after).argmax())
            loss = float(before[at] - after[at])
            if loss > worst.amount:
                rest = _opened(_opened(at, i), j)
                worst = Violation(loss, rest | 1 << i, rest | 1 << j)
    return worst if worst.first else None


def worst_joining(worth: Floats) -> Violation | None:
    """A set, and the same set with one more member, worth less; None: monotone."""
    worst, found = Violation(float(tolerance(worth)), 0, 0), False
    for i in range(members_of(worth)):
        without, with_it = halves(worth, i)
        at = int((without - with_it).argmax())
        loss = float(without[at] - with_it[at])
        if loss > worst.amount:
            rest = _opened(at, i)
            worst, found = Violation(loss, rest, rest | 1 << i), True
    return worst if found else None


def essential(worth: Floats) -> bool:
    """Whether all together are worth more than each alone."""
    each = sum(float(worth[1 << i]) for i in range(members_of(worth)))
    return float(worth[-1]) - each > float(tolerance(worth))


def _opened(at: int, i: int) -> int:
    """A number with a bit 0 put in at place i."""
    low = at & ((1 << i) - 1)
    return (at ^ low) << 1 | low
