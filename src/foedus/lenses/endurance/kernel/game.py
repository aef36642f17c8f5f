"""The endurance game as arrays: its numbers, and the tables that index its states.

A state is (who is still in, trust, front). Who is in is a bit mask over the members; trust is one
of L levels for each member still in, packed in base L with the first member least significant; the
front is one of K levels from -1 (defeat) to +1 (victory), both ends absorbing. Trust has no part to
play when fewer than two stay, so those sets carry a single trust state. In arrays the front comes
last, so that loops over it are contiguous; ends are left out, so its axis has K - 2 places.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Actions of a member, in the order of every action axis.
FULL, TOKEN, LEAVE = 0, 1, 2
#: Moves of the front, in the order of every move axis.
DOWN, STILL, UP = 0, 1, 2

MAX_MEMBERS = 6
MAX_TRUST_STATES = 256
"""Largest L**n that is solved: a block of the linear systems is that wide."""

#: Where each number of a game stands in its packed row: first the game's own numbers, ...
(
    OPPONENTS, DETERMINISM, PACE, TOKEN_SHARE, COORDINATION, DIVERGENCE, MONITORING, REPAIR,
    SETTLE_CHANCE, SETTLE_WIDTH, SPOILS, RETRIBUTION, PATIENCE, PRECISION, LEAVE_BONUS, BLAME_AFTER,
) = range(16)  # fmt: skip
NUMBERS = 18
#: ... then, n places each, those of its members, and last who gets what from whom, row by row.
(
    STAKE, CAPABILITY, EFFORT_COST, PRESENCE_COST, AIM, EXIT_COST, OUTSIDE_OPTION, STAKE_OUTSIDE,
) = range(8)  # fmt: skip
GETS_FROM = 8


class Game(NamedTuple):
    """Numbers of one or many games with the same members, in the symbols of the method page.

    Every field has the draws as its leading axis: `(draws,)` for the game's own numbers,
    `(draws, n)` for those of members, `(draws, n, n)` for `gets_from` (row gets from column) and
    `(draws, 3)` for `blame_after` (setback, still, gain). Payoffs are in units of the stake, flows
    per step and in average units; `leave_bonus` is the anchor's number, added to every payoff of
    leaving in the period in which a member leaves.
    """

    opponents: Floats
    determinism: Floats
    pace: Floats
    token: Floats
    coordination: Floats
    divergence: Floats
    monitoring: Floats
    repair: Floats
    settle_chance: Floats
    settle_width: Floats
    spoils: Floats
    retribution: Floats
    patience: Floats
    precision: Floats
    leave_bonus: Floats
    blame_after: Floats
    stake: Floats
    capability: Floats
    effort_cost: Floats
    presence_cost: Floats
    aim: Floats
    exit_cost: Floats
    outside_option: Floats
    stake_outside: Floats
    gets_from: Floats

    @property
    def members(self) -> int:
        """How many members each game has."""
        return int(self.stake.shape[1])

    def packed(self) -> Floats:
        """One contiguous row a game, `(draws, 18 + 8 n + n n)`, as the kernel reads it."""
        draws = self.stake.shape[0]
        parts = [np.asarray(field, dtype=np.float64).reshape(draws, -1) for field in self]
        return np.ascontiguousarray(np.concatenate(parts, axis=1))


class Layout(NamedTuple):
    """Index tables for n members, K front levels and L trust levels.

    `who[S, q]` is the member at place q of the set S; `kept[S, R, t]` is the trust state that
    remains when S with trust state t shrinks to R; `after[S, r]` and `effort[S, r]` are the set
    that remains after joint action r (base 3, first member least significant) and the efforts of
    those who stay (bit q set: token); `stay[a]` is the joint action in which all stay with efforts
    a. `value_at`, `play_at` and `next_at` say where each set's arrays start in the flat stores of
    values `(n, T, K-2)`, policies `(s, 3, T, K-2)` and continuations `(n, 2**s, T, K-2)`, with T
    trust states and s members in the set; `move_at[2**n S + R]` where the moves from S to R start
    in the store of transitions `(3, T of S, T of R, K-2)`.
    """

    members: int
    levels: int
    trust: int
    front: Floats
    size: Ints
    states: Ints
    who: Ints
    kept: Ints
    after: Ints
    effort: Ints
    stay: Ints
    value_at: Ints
    play_at: Ints
    next_at: Ints
    move_at: Ints


def _shrink(state: int, old: list[int], new: list[int], trust: int) -> int:
    if len(new) < 2:
        return 0
    digits = {j: (state // trust**q) % trust for q, j in enumerate(old)}
    return sum(digits[j] * trust**q for q, j in enumerate(new))


@lru_cache(maxsize=32)
def layout(members: int, levels: int = 11, trust: int = 3) -> Layout:
    """Index tables of the game's states (see `Layout`).

    Raises ValueError when a number is outside what is solved: 1 to 6 members, at least 3 front
    levels, at least 1 trust level, and at most 256 joint trust states.
    """
    if not 1 <= members <= MAX_MEMBERS:
        raise ValueError(f"{members} members: give 1 to {MAX_MEMBERS}")
    if levels < 3:
        raise ValueError(f"{levels} front levels: give at least 3")
    if trust < 1 or trust**members > MAX_TRUST_STATES:
        raise ValueError(
            f"{trust} trust levels for {members} members: give at least 1 and at most "
            f"{MAX_TRUST_STATES} joint states (levels to the power of members)"
        )
    sets = 1 << members
    within = [[j for j in range(members) if s >> j & 1] for s in range(sets)]
    size = np.array([len(w) for w in within])
    states = np.where(size >= 2, trust**size, 1)
    who = np.full((sets, members), -1)
    kept = np.zeros((sets, sets, int(states.max())), dtype=np.int64)
    after = np.zeros((sets, 3**members), dtype=np.int64)
    effort = np.zeros((sets, 3**members), dtype=np.int64)
    for s, inside in enumerate(within):
        who[s, : len(inside)] = inside
        for rest in range(sets):
            if rest & ~s == 0:
                for t in range(states[s]):
                    kept[s, rest, t] = _shrink(t, inside, within[rest], trust)
        for r in range(3 ** len(inside)):
            acts = [(r // 3**q) % 3 for q in range(len(inside))]
            stays = [(j, a) for j, a in zip(inside, acts, strict=True) if a != LEAVE]
            after[s, r] = sum(1 << j for j, _ in stays)
            effort[s, r] = sum((a == TOKEN) << q for q, (_, a) in enumerate(stays))
    stay = np.array([sum((a >> q & 1) * 3**q for q in range(members)) for a in range(sets)])
    interior = levels - 2
    within_set = np.array([[rest & ~s == 0 for rest in range(sets)] for s in range(sets)])
    lengths = within_set * 3 * interior * states[:, None] * states[None, :]

    def starts(lengths: Ints) -> Ints:
        return np.concatenate(([0], np.cumsum(lengths)))

    return Layout(
        members=members,
        levels=levels,
        trust=trust,
        front=-1.0 + 2.0 * np.arange(levels) / (levels - 1),
        size=size,
        states=states,
        who=who,
        kept=kept,
        after=after,
        effort=effort,
        stay=stay,
        value_at=starts(members * interior * states),
        play_at=starts(interior * states * size * 3),
        next_at=starts(members * interior * states * 2**size),
        move_at=starts(lengths.ravel()),
    )
