"""One actor against another, with third parties looking on: who would win, and is it worth it?"""

from __future__ import annotations

from foedus.lenses.bargaining.kernel.risk import worth
from foedus.lenses.bargaining.kernel.room import Code, Floats
from foedus.lenses.bargaining.kernel.votes import vote
from foedus.lenses.compiled import inner

COMMITMENT = {"semi-commit": 0, "full-commit": 1, "no-commit": 2, "abstain": 3}
"""KTAB's three rules for third parties, and the one of the paper that its program lacks."""
SEMI, FULL, NONE, ABSTAIN = COMMITMENT.values()
LEAST = 1e-10
"""Strength of a side on which nobody stands."""
WORTHWHILE = 1e-5
"""What a challenge must promise at least to be made."""
TIE = 1e-12
"""Promises that differ by no more are equal but for rounding."""


@inner
def weigh(
    h: int, i: int, weight: Floats, distance: Floats, risk: Floats, code: Code, alone: Floats,
    sides: Floats,
) -> None:  # fmt: skip
    """Fill `sides[:, j]`: strengths for i and for j if i challenges j, as h sees it.

    `distance`, `risk`, `alone` and `sides` are those of `Room`. Where j = i it means nothing.
    """
    _principals(h, i, weight, distance, risk, code, alone)
    for j in range(risk.size):
        sides[0, j] = alone[0, j]
        sides[1, j] = alone[1, j]
    if code.commitment == ABSTAIN:
        _side_with_nearer(h, i, weight, distance, risk, code, sides)
    else:
        _commit(h, i, weight, distance, risk, code, alone, sides)


@inner
def _seen(h: int, i: int, code: Code, risk: Floats) -> float:
    """The risk attitude that h takes i to have."""
    return (1.0 - code.outlook) * risk[h] + code.outlook * risk[i]


@inner
def _principals(
    h: int, i: int, weight: Floats, distance: Floats, risk: Floats, code: Code, alone: Floats
) -> None:
    mine = _seen(h, i, code, risk)
    stay = worth(distance[i, i], mine)
    for j in range(risk.size):
        gain = stay - worth(distance[i, j], mine)
        theirs = _seen(h, j, code, risk)
        loss = worth(distance[j, i], theirs) - worth(distance[j, j], theirs)
        by_i = vote(code.voting, weight[i], gain)
        by_j = vote(code.voting, weight[j], loss)
        alone[0, j] = LEAST + max(by_i, 0.0) + max(by_j, 0.0)
        alone[1, j] = LEAST + max(-by_i, 0.0) + max(-by_j, 0.0)


@inner
def _side_with_nearer(
    h: int, i: int, weight: Floats, distance: Floats, risk: Floats, code: Code, sides: Floats
) -> None:
    """Add the votes of third parties, each of which supports whom it prefers, or abstains."""
    n = risk.size
    ours, theirs = sides[0], sides[1]
    for k in range(n):
        if k == i:
            continue
        row, for_k, against_k = distance[k], ours[k], theirs[k]
        attitude, power = _seen(h, k, code, risk), weight[k]
        for_i = worth(row[i], attitude)
        for j in range(n):
            gain = for_i - worth(row[j], attitude)
            by_k = vote(code.voting, power, gain)
            by_k = by_k if abs(gain) >= code.indifference else 0.0
            ours[j] += max(by_k, 0.0)
            theirs[j] += max(-by_k, 0.0)
        ours[k], theirs[k] = for_k, against_k  # nobody is third to itself


@inner
def _commit(
    h: int, i: int, weight: Floats, distance: Floats, risk: Floats, code: Code, alone: Floats,
    sides: Floats,
) -> None:  # fmt: skip
    """Add the votes of third parties, each of which weighs what siding with either would bring.

    Whoever it sides with, the three positions that come of it are added up. The winner's adversary
    takes the winner's position; what becomes of its own is up to the rule: whether it goes to its
    winning ally's, and to its victor's. Under full commitment, and under none, both sums are equal,
    so that nobody votes.
    """
    n = risk.size
    ours, theirs, with_us, with_them = sides[0], sides[1], alone[0], alone[1]
    free_to_win = code.commitment != FULL
    free_to_lose = code.commitment == NONE
    for k in range(n):
        if k == i:
            continue
        row, for_k, against_k = distance[k], ours[k], theirs[k]
        attitude, power = _seen(h, k, code, risk), weight[k]
        for_i, own = worth(row[i], attitude), worth(row[k], attitude)
        with_i = for_i + for_i + (own if free_to_win else for_i)
        under_i = for_i + for_i + (own if free_to_lose else for_i)
        for j in range(n):
            for_j = worth(row[j], attitude)
            at_first = vote(code.voting, power, for_i - for_j)
            a = with_us[j] + max(at_first, 0.0)
            b = with_them[j] + max(-at_first, 0.0)
            p = a / (a + b)
            q = 1.0 - p
            with_j = for_j + for_j + (own if free_to_win else for_j)
            under_j = for_j + for_j + (own if free_to_lose else for_j)
            gain = (p * with_i + q * under_j) - (p * under_i + q * with_j)
            by_k = vote(code.voting, power, gain)
            ours[j] += max(by_k, 0.0)
            theirs[j] += max(-by_k, 0.0)
        ours[k], theirs[k] = for_k, against_k  # nobody is third to itself


@inner
def challenge(
    i: int, total: Floats, distance: Floats, risk: Floats, sides: Floats, odds: Floats,
    promise: Floats,
) -> int:  # fmt: skip
    """Choose the target of i, the first of equally promising ones, or -1 for none.

    `sides` must hold i's own view. Fill `odds[i]`: its chance to win against each; `promise[i]`:
    what it expects to gain by challenging each, the worth of both positions to it added up.
    """
    stay = worth(distance[i, i], risk[i])
    target, best = -1, WORTHWHILE
    for j in range(risk.size):
        ours, theirs = sides[0, j], sides[1, j]
        p, q = ours / (ours + theirs), theirs / (ours + theirs)
        yielded = worth(distance[i, j], risk[i])
        fight = p * (stay + stay) + q * (yielded + yielded)
        gain = (1.0 - total[j]) * (stay + stay) + total[j] * fight - (stay + yielded)
        odds[i, j], promise[i, j] = p, gain
        if gain > best + TIE and j != i:
            best = gain
            target = j
    return target
