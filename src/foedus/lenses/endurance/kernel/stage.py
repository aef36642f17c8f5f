"""One period of the game: moves of the front, trust, and what a period is worth."""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner

from .game import (
    AIM,
    BLAME_AFTER,
    CAPABILITY,
    COORDINATION,
    DETERMINISM,
    DIVERGENCE,
    EFFORT_COST,
    EXIT_COST,
    FULL,
    GETS_FROM,
    LEAVE,
    LEAVE_BONUS,
    MONITORING,
    NUMBERS,
    OPPONENTS,
    OUTSIDE_OPTION,
    PACE,
    PATIENCE,
    PRESENCE_COST,
    REPAIR,
    RETRIBUTION,
    SETTLE_CHANCE,
    SETTLE_WIDTH,
    SPOILS,
    STAKE,
    STAKE_OUTSIDE,
    TOKEN,
    TOKEN_SHARE,
    Floats,
)


@inner
def of_member(game: Floats, n: int, number: int, i: int) -> float:
    """The number of member `i` (STAKE, CAPABILITY, ...) in a packed game of `n` members."""
    return game[NUMBERS + number * n + i]


@inner
def trust_moves(game: Floats, trust: int) -> Floats:
    """Chance of each next trust level: `(move, effort, level, next level)` = (3, 2, L, L).

    A partner is blamed with chance rho * [token] + (1 - rho) * b(move); blamed it falls a level,
    otherwise it climbs one with chance `repair`.
    """
    out = np.zeros((3, 2, trust, trust))
    for move in range(3):
        for act in range(2):
            blamed = blame_chance(game, act, move)
            for level in range(trust):
                out[move, act, level, max(level - 1, 0)] += blamed
                out[move, act, level, min(level + 1, trust - 1)] += (1.0 - blamed) * game[REPAIR]
                out[move, act, level, level] += (1.0 - blamed) * (1.0 - game[REPAIR])
    return out


@inner
def blame_chance(game: Floats, act: int, move: int) -> float:
    """Chance that a partner that gave effort `act` is blamed when the front made this move."""
    seen = game[MONITORING]
    chance = (1.0 - seen) * game[BLAME_AFTER + move]
    return chance + seen if act == TOKEN else chance


@inner
def front_moves(game: Floats, n: int, who: Floats, size: int, trust: int, states: int) -> Floats:
    """Chance of each move of the front when these stay: `(move, 2**size, T)`.

    The pact's advantage is A = (sum of p e)(1 + sigma mean(tau)/(L-1) if two or more stay) - R; the
    front goes up with chance omega Lambda(kappa A) and down with omega (1 - Lambda(kappa A)).
    """
    out = np.empty((3, 1 << size, states))
    for t in range(states):
        gain = 1.0
        if size >= 2 and trust > 1:
            total, rest = 0, t
            for _ in range(size):
                total += rest % trust
                rest //= trust
            gain += game[COORDINATION] * total / (size * (trust - 1.0))
        for a in range(1 << size):
            strength = 0.0
            for q in range(size):
                share = game[TOKEN_SHARE] if a >> q & 1 else 1.0
                strength += of_member(game, n, CAPABILITY, who[q]) * share
            advantage = strength * gain - game[OPPONENTS]
            up = 1.0 / (1.0 + np.exp(-game[DETERMINISM] * advantage))
            out[0, a, t] = game[PACE] * (1.0 - up)
            out[1, a, t] = 1.0 - game[PACE]
            out[2, a, t] = game[PACE] * up
    return out


@inner
def settle_chance(game: Floats, x: float) -> float:
    """Chance that the contest is settled in a period that ends with the front at `x`."""
    return game[SETTLE_CHANCE] * np.exp(-((x / game[SETTLE_WIDTH]) ** 2))


@inner
def partners(game: Floats, n: int, i: int, s: int) -> float:
    """Flow to `i` from its partners in the set `s`."""
    total = 0.0
    for j in range(n):
        if j != i and s >> j & 1:
            total += of_member(game, n, GETS_FROM + i, j)
    return total


@inner
def outside(game: Floats, n: int, i: int, x: float) -> float:
    """Flow to `i` outside the pact with the front at `x`."""
    stake = of_member(game, n, STAKE, i)
    return of_member(game, n, STAKE_OUTSIDE, i) * stake * x + of_member(game, n, OUTSIDE_OPTION, i)


@inner
def frozen(game: Floats, n: int, i: int, s: int, x: float) -> float:
    """Value to `i` for good once the contest ends at `x` with the set `s` in the pact."""
    if not s >> i & 1:
        return outside(game, n, i, x)
    stake = of_member(game, n, STAKE, i)
    if x <= -1.0:
        return -stake * (1.0 + game[RETRIBUTION])
    value = stake * x + partners(game, n, i, s)
    if x >= 1.0:
        together = 0.0
        for j in range(n):
            if s >> j & 1:
                together += of_member(game, n, CAPABILITY, j)
        value += game[SPOILS] * of_member(game, n, CAPABILITY, i) / together
    return value


@inner
def flow(game: Floats, n: int, i: int, s: int, act: int, x: float) -> float:
    """What a period is worth to `i` when the set `s` stays in it, in average units.

    `act` is `i`'s own action; a member outside `s` that acts LEAVE leaves in this period, one with
    any other action left before.
    """
    scale = 1.0 - game[PATIENCE]
    if not s >> i & 1:
        value = scale * outside(game, n, i, x)
        if act == LEAVE:
            value += game[LEAVE_BONUS] - scale * of_member(game, n, EXIT_COST, i)
        return value
    together = 0.0
    apart = 0.0
    for j in range(n):
        if s >> j & 1:
            strength = of_member(game, n, CAPABILITY, j)
            together += strength
            apart += strength * abs(of_member(game, n, AIM, i) - of_member(game, n, AIM, j))
    effort = 1.0 if act == FULL else game[TOKEN_SHARE]
    value = of_member(game, n, STAKE, i) * x + partners(game, n, i, s)
    value -= of_member(game, n, PRESENCE_COST, i) + of_member(game, n, EFFORT_COST, i) * effort
    return scale * (value - game[DIVERGENCE] * apart / together)
