"""The spatial model of politics: a turn, and many games of many turns."""

from __future__ import annotations

import numpy as np

from foedus.lenses.bargaining.kernel.bargain import appraise, propose, take
from foedus.lenses.bargaining.kernel.election import elect
from foedus.lenses.bargaining.kernel.risk import attitudes, distances, worth
from foedus.lenses.bargaining.kernel.room import Code, Floats, Ints, Room, Table
from foedus.lenses.compiled import inner, jit

LEAST_TURNS = 2
STILL = 0.02
"""A turn that moves less than this share of the first turn's moves is the last."""
LEAST_MOVE = 1e-4


@inner
def assess(table: Table, positions: Floats, ideals: Floats, code: Code, room: Room) -> None:
    """Fill `room.distance`, `room.risk` and `room.own` for positions and ideals `(n, D)`."""
    n = room.risk.size
    away = room.own  # by position and actor at first, as an election wants it
    distances(ideals, positions, table.salience, away)
    for m in range(n):
        for a in range(n):
            room.distance[a, m] = away[m, a]
            room.ballot[m, a] = 1.0 - away[m, a]
    elect(
        table.capability, room.ballot, n, code.voting, code.victory, code.election,
        room.strength, room.chance, room.won,
    )  # fmt: skip
    attitudes(room.won[:n], code.low, code.high, room.risk)
    for m in range(n):
        for a in range(n):
            room.own[m, a] = worth(away[m, a], room.risk[a])


@inner
def turn(
    table: Table, positions: Floats, ideals: Floats, code: Code, lots: Floats, after: Floats,
    room: Room,
) -> None:  # fmt: skip
    """Fill `after` `(n, D)`: where everybody stands after one turn, and `room` with how it came.

    `lots` `(n,)` in [0, 1) decide where choice is stochastic.
    """
    assess(table, positions, ideals, code, room)
    propose(positions, table, code, room)
    appraise(ideals, table, code, room)
    take(lots, table, code, room)
    for k in range(positions.shape[0]):
        b = room.taken[k]
        for d in range(positions.shape[1]):
            if b < 0:
                after[k, d] = positions[k, d]
            else:
                after[k, d] = room.place[2 * b if b // 2 == k else 2 * b + 1, d]


@inner
def follow(accommodation: Floats, positions: Floats, ideals: Floats, after: Floats) -> None:
    """Fill `after` `(n, D)`: ideals that have moved towards the positions taken."""
    n, dims = positions.shape
    for i in range(n):
        share = 0.0
        for d in range(dims):
            after[i, d] = 0.0
        for j in range(n):
            share += accommodation[i, j]
            for d in range(dims):
                after[i, d] += accommodation[i, j] * positions[j, d]
        for d in range(dims):
            after[i, d] += (1.0 - min(share, 1.0)) * ideals[i, d]


def moved(before: Floats, after: Floats) -> float:
    """How far actors have moved in all, each by its distance in all dimensions."""
    total = 0.0
    for i in range(before.shape[0]):
        length = 0.0
        for d in range(before.shape[1]):
            length += (after[i, d] - before[i, d]) ** 2
        total += np.sqrt(length)
    return total


def at_rest(turns: int, step: float, first: float) -> bool:
    """Whether a game is over whose turns moved actors by `first` at first and `step` at last."""
    return turns >= LEAST_TURNS and step < STILL * (first + LEAST_MOVE)


_moved, _at_rest = inner(moved), inner(at_rest)


@jit
def many(
    positions: Floats, ideals: Floats, capability: Floats, salience: Floats,
    accommodation: Floats, code: Code, lots: Floats, turns: int, played: Ints, room: Room,
) -> None:  # fmt: skip
    """Play P games to the end, or for `turns` turns.

    `positions` and `ideals` `(P, n, D)` are those at the start and become those at the end;
    `played` `(P,)` is filled with the turns after which a game came to rest, 0 if it did not;
    `room` holds what the last turn of the last game brought. `salience` is `(P, n, D)`,
    `capability` `(P, n)`; `accommodation` `(1, n, n)`, for all games, or `(P, n, n)`; `lots`
    `(P, turns, n)` in [0, 1), or `(1, 1, n)` without chance.
    """
    games, n, dims = positions.shape
    total, weight = np.empty(n), np.empty(n)
    then, before = np.empty((n, dims)), np.empty((n, dims))
    for p in range(games):
        for i in range(n):
            total[i] = 0.0
            for d in range(dims):
                total[i] += salience[p, i, d]
            weight[i] = total[i] * capability[p, i]
        table = Table(capability[p], total, weight, salience[p])
        change = accommodation[min(p, accommodation.shape[0] - 1)]
        lot = lots[min(p, lots.shape[0] - 1)]
        now, ideal = positions[p], ideals[p]
        played[p] = 0
        first = 0.0
        for t in range(turns):
            _copy(now, then)
            _copy(ideal, before)
            turn(table, then, before, code, lot[min(t, lot.shape[0] - 1)], now, room)
            if code.identity:
                _copy(now, ideal)
            else:
                follow(change, now, before, ideal)
            step = _moved(then, now)
            if t == 0:
                first = step
            if _at_rest(t + 1, step, first):
                played[p] = t + 1
                break


@inner
def _copy(source: Floats, target: Floats) -> None:
    for i in range(source.shape[0]):
        for d in range(source.shape[1]):
            target[i, d] = source[i, d]
