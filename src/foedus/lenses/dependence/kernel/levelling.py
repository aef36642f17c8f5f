"""Payoffs that leave the worst-off set as little to complain of as they can, and so on down.

Given are a whole to divide, sets with a claim that may be missed, all by the same least amount
(soft), and sets with a claim that may not (hard). The linear program

    least e:  x(S) + e >= soft(S),  x(S) >= hard(S),  x(N) = the whole

is solved in its dual, which has one row a member and one for the soft claims. Sets whose dual
weight is above 0 get the same at every optimum (complementary slackness); they are fixed, sets
whose payoff follows from theirs are dropped, and the next program levels the rest, until the
payoffs are unique (Kopelowitz 1967; Maschler, Peleg & Shapley 1979). Every program shifts claims by
the payoffs that the one before it found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.lenses.dependence.kernel.simplex import NOTHING, maximise, pivot
from foedus.lenses.dependence.kernel.tables import Bools, Floats, Ints, inside, sums


@dataclass(frozen=True, eq=False)
class Claims:
    """What sets of members ask for, in many games with the same sets.

    `soft` `(k,)` and `hard` `(h,)` are numbers of sets, none of them empty or everybody; `soft` has
    every single member, and with a set all others. `asked` `(P, k + h)` is what they ask for.
    """

    members: int
    soft: Ints
    hard: Ints
    asked: Floats

    @property
    def sets(self) -> Ints:
        """All sets with a claim, soft before hard."""
        return np.concatenate([self.soft, self.hard])

    def singles(self) -> Ints:
        """Where the soft claims of the members stand."""
        order = np.argsort(self.soft)
        return order[np.searchsorted(self.soft[order], 1 << np.arange(self.members))]

    def others(self) -> Ints:
        """Where the soft claim of all those outside a soft set stands."""
        order = np.argsort(self.soft)
        rest = ((1 << self.members) - 1) ^ self.soft
        return order[np.searchsorted(self.soft[order], rest)]


@dataclass(frozen=True, eq=False)
class Level:
    """One program's optimum.

    `missed` `(P,)` is the least amount, `payoffs` `(P, n)` a division that attains it, `weights`
    `(P, k + h)` what the dual gives to each claim: the soft ones' add up to 1. Where `endless`
    `(P,)`, the hard claims cannot be met.
    """

    missed: Floats
    payoffs: Floats
    weights: Floats
    endless: Bools


@dataclass(frozen=True, eq=False)
class _State:
    """What is fixed so far.

    `rest` `(P, n, k + h)` is what is left of the members of each set once the fixed sets are taken
    out, in the rows that are not `fixed` `(P, n)`.
    """

    rest: Floats
    fixed: Bools

    def open(self) -> Bools:
        """The sets whose payoff does not follow from the fixed ones, `(P, k + h)`."""
        left = np.where(self.fixed[:, :, None], 0.0, np.abs(self.rest))
        return left.max(axis=1) > NOTHING


def least(claims: Claims, start: Floats) -> Level:
    """The least amount by which all soft claims are missed; `start` `(P, n)` divides the whole."""
    return _solve(claims, _nothing_fixed(claims), start)


def lexicographic(claims: Claims, start: Floats) -> Floats:
    """The one division that misses the claims least, then all claims not yet fixed, and so on.

    `(P, n)`, NaN where the hard claims cannot be met. Every program fixes at least one payoff more.
    """
    out = np.full(start.shape, np.nan)
    at, payoffs, state = np.arange(start.shape[0]), start, _nothing_fixed(claims)
    for _ in range(claims.members):
        level = _solve(claims, state, payoffs)
        _fix(state, level)
        done = state.fixed.all(axis=1) & ~level.endless
        out[at[done]] = level.payoffs[done]
        go = ~state.fixed.all(axis=1) & ~level.endless
        if not go.any():
            return out
        at, payoffs, state = at[go], level.payoffs[go], _State(state.rest[go], state.fixed[go])
        claims = Claims(claims.members, claims.soft, claims.hard, claims.asked[go])
    raise ArithmeticError("programs that fix nobody's payoff")


def _nothing_fixed(claims: Claims) -> _State:
    """Everybody's payoff is given: it is taken out of the last member's row."""
    members = inside(claims.members)[claims.sets].T.astype(np.float64)
    members[:-1] -= members[-1]
    batch = claims.asked.shape[0]
    fixed = np.zeros((batch, claims.members), np.bool_)
    fixed[:, -1] = True
    return _State(np.repeat(members[None], batch, axis=0), fixed)


def _solve(claims: Claims, state: _State, payoffs: Floats) -> Level:
    batch, n, columns = state.rest.shape
    soft = claims.soft.size
    opened = state.open()
    short = claims.asked - sums(payoffs)[:, claims.sets]
    table = np.zeros((batch, n + 2, columns + 1))
    table[:, :n, :-1] = np.where(state.fixed[:, :, None] | ~opened[:, None], 0.0, state.rest)
    table[:, n, :soft] = opened[:, :soft]
    table[:, n, -1] = 1.0
    table[:, n + 1, :-1] = np.where(opened, short, 0.0)
    live = np.concatenate([~state.fixed, np.ones((batch, 1), np.bool_)], axis=1)
    basis = _started(table, live, opened[:, :soft], claims.others())
    endless = maximise(table, basis, live)
    missed = -table[:, -1, -1]
    single = claims.singles()
    still = table[:, -1, single] + missed[:, None]
    found = payoffs + np.where(opened[:, single], short[:, single] - still, 0.0)
    weights = np.zeros((batch, columns + 1))
    np.put_along_axis(weights, basis, np.where(live, table[:, :-1, -1], 0.0), axis=1)
    return Level(missed, found, weights[:, :-1], endless)


def _started(table: Floats, live: Bools, opened: Bools, others: Ints) -> Ints:
    """Solve for a feasible basis: half a weight on one set and half on all others, 0 elsewhere."""
    batch, n = table.shape[0], table.shape[1] - 2
    everyone = np.arange(batch)
    basis = np.full((batch, n + 1), table.shape[2] - 1)
    left = live.copy()
    first = opened.argmax(axis=1)
    row = np.where(left[:, :n], np.abs(table[everyone, :n, first]), -1.0).argmax(axis=1)
    for rows, column in ((row, first), (np.full(batch, n), others[first])):
        pivot(table, everyone, rows, column)
        basis[everyone, rows] = column
        left[everyone, rows] = False
    for i in range(n):
        at = np.flatnonzero(left[:, i])
        column = np.abs(table[at, i, :-1]).argmax(axis=1)
        pivot(table, at, np.full(at.size, i), column)
        basis[at, i] = column
    return basis


def _fix(state: _State, level: Level) -> None:
    """Fix the sets with weight above 0, as far as they do not follow from those fixed already."""
    heavy = level.weights > NOTHING
    while True:
        candidates = heavy & state.open() & ~level.endless[:, None]
        at = np.flatnonzero(candidates.any(axis=1))
        if at.size == 0:
            return
        column = candidates[at].argmax(axis=1)
        size = np.where(state.fixed[at], -1.0, np.abs(state.rest[at, :, column]))
        row = size.argmax(axis=1)
        pivot(state.rest, at, row, column)
        state.fixed[at, row] = True
