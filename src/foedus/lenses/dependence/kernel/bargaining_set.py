"""The kernel and the bargaining set: divisions at which no member has a case against another.

Davis & Maschler 1965, 1967, for everybody together. One game `(2**n,)` of up to 6 members, one
division `(n,)` that gives each member at least its worth alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from foedus.lenses.dependence.kernel.core import covered
from foedus.lenses.dependence.kernel.tables import (
    Floats,
    excess,
    halves,
    members_of,
    sizes,
    subsets,
    tolerance_at,
)
from foedus.lenses.dependence.kernel.values import alone

MOST = 6
"""Members up to whom kernel and bargaining set are looked at."""
STEPS = 5_000
"""Transfers that are tried on the way into the kernel."""


class Outweighing(NamedTuple):
    """One member could gain more without another than that one without it, by so much."""

    member: int
    against: int
    amount: float


class Objection(NamedTuple):
    """A member's case against another that this one cannot counter.

    The member forms the set `through` with others, all of whom get more: `offer` `(n,)`, NaN for
    those outside. Whatever set `against` forms without the member, it cannot match the offer to
    those it takes with it and keep what the rest have. `spare` is how much is left over for it.
    """

    member: int
    against: int
    through: int
    offer: Floats
    spare: float


def surplus(worth: Floats, payoffs: Floats) -> Floats:
    """The most excess of sets with i and without j, `(n, n)`; 0 on the diagonal."""
    n = members_of(worth)
    out = np.zeros((n, n))
    missed = excess(worth, payoffs)
    for j in range(n):
        without = halves(missed, j)[0]
        for i in range(n):
            if i != j:
                out[i, j] = halves(without, i - (i > j))[1].max()
    return out


def outweighing(worth: Floats, payoffs: Floats) -> Outweighing | None:
    """Who outweighs whom most, the other having something to lose; None: in the kernel."""
    amounts = _outweighed(worth, payoffs)
    member, against = divmod(int(amounts.argmax()), payoffs.size)
    amount = float(amounts[member, against])
    if amount <= float(tolerance_at(worth, payoffs)):
        return None
    return Outweighing(member, against, amount)


def kernel_point(worth: Floats, start: Floats) -> Floats | None:
    """A point of the kernel near a division, by transfers to who outweighs another (Stearns 1968).

    Such transfers need not come to an end: None where they do not soon.
    """
    payoffs = start.copy()
    spare = tolerance_at(worth, start * 0.0) / 2.0
    for _ in range(STEPS):
        moves = np.minimum(
            _outweighed(worth, payoffs) / 2.0, np.maximum(payoffs - alone(worth), 0.0)
        )
        to, giver = divmod(int(moves.argmax()), payoffs.size)
        if moves[to, giver] <= spare:
            return payoffs
        payoffs[to] += moves[to, giver]
        payoffs[giver] -= moves[to, giver]
    return None


def objection(worth: Floats, payoffs: Floats) -> Objection | None:
    """The objection with most to spare that nothing counters; None: in the bargaining set.

    i can object against j through S if those of S without i can be promised more than they have,
    and so much that no set with j and without i can match it, at a total that leaves i a gain:
    a linear program over the members of S without i.
    """
    missed, slack = excess(worth, payoffs), float(tolerance_at(worth, payoffs))
    scale = max(float(missed.max()), float(np.abs(payoffs).max())) or 1.0
    missed = np.maximum(missed / scale, -1.0)  # what a set has to spare is only looked at above 0
    best: Objection | None = None
    for partners in range(1, payoffs.size - 1):
        cases = list(_cases(missed, partners, slack / scale))
        if not cases:
            continue
        needs = np.array([need for *_, need in cases])
        totals, points = covered(needs)
        for (i, j, through, need), total, point in zip(cases, totals, points, strict=True):
            promise = point + max(need[-1] - total, 0.0) / partners
            spare = float(missed[through] - max(total, need[-1]))
            if spare * scale > max(best.spare if best else 0.0, slack):
                offer = np.full(payoffs.size, np.nan)
                others = [k for k in range(payoffs.size) if through >> k & 1 and k != i]
                offer[others] = payoffs[others] + scale * (promise + spare / (partners + 1))
                offer[i] = payoffs[i] + scale * spare / (partners + 1)
                best = Objection(i, j, through, offer, spare * scale)
    return best


def _cases(missed: Floats, partners: int, slack: float) -> Iterator[tuple[int, int, int, Floats]]:
    """Who may object against whom through which set, and what its partners have to be promised.

    Of objections with so many partners that no set disjoint from theirs counters: for every set of
    partners, the most that a set with the other and these, without the objector, can spare.
    """
    n = members_of(missed)
    through = [int(s) for s in np.flatnonzero(missed > slack) if sizes(n)[s] == partners + 1]
    for s in through:
        for i in (i for i in range(n) if s >> i & 1):
            inner = subsets(s ^ 1 << i)
            for j in (j for j in range(n) if not s >> j & 1):
                outer = subsets(((1 << n) - 1) ^ s ^ 1 << j)
                need = missed[inner[:, None] | outer | 1 << j].max(axis=1)
                if need[0] < -slack:
                    single = 1 << np.arange(partners)
                    need[single] = np.maximum(need[single], 0.0)
                    yield i, j, s, need


def _outweighed(worth: Floats, payoffs: Floats) -> Floats:
    """How much each outweighs each other that has something to lose, 0 or more, `(n, n)`."""
    most = surplus(worth, payoffs)
    loses = payoffs > alone(worth) + tolerance_at(worth, payoffs)
    return np.where(loses, np.maximum(most - most.T, 0.0), 0.0)
