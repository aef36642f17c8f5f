"""Probabilistic Condorcet elections over the positions taken, one dimension at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MARKOV_UNIFORM, CONDITIONAL, MARKOV_INCENTIVE = 0, 1, 2
"""Which election: who is challenged by whom, and how often."""
FLOOR = 1e-8
"""What a coalition has with nobody in it, as a share of all weight."""
IDLE = 1e-10
"""What is added to the incentive to challenge one's own position."""


@jit
def elections(
    positions: Floats, weights: Floats, election: int, width: float, forecast: Floats,
    probability: Floats,
) -> None:  # fmt: skip
    """Fill `forecast` `(P, D)` and `probability` `(P, n, D)` from `(P, n, D)` arrays.

    Each dimension is an election by itself over the different positions, of which a row with gaps
    of at most `width` is one option, at its weighted mean. Actors who share an option share its
    probability by weight. Where nobody has weight all is NaN.
    """
    games, n, dims = positions.shape
    order, option = np.empty(n, np.int64), np.empty(n, np.int64)
    points, votes, chance = np.empty(n), np.empty(n), np.empty(n)
    wins, flow = np.empty((n, n)), np.empty((n, n))
    for g in range(games):
        for d in range(dims):
            m = _options(positions, weights, g, d, width, order, option, points, votes)
            if m == 0:
                forecast[g, d] = np.nan
                probability[g, :, d] = np.nan
                continue
            _duels(points, votes, m, wins)
            if election == CONDITIONAL:
                _undefeated(wins, m, chance)
            else:
                _challenges(wins, m, election, flow)
                _stationary(flow, m, chance)
            _shared(weights, g, d, option, votes, chance, probability)
            mean = 0.0
            for k in range(m):
                mean += points[k] * chance[k]
            forecast[g, d] = mean


@inner
def _options(
    positions: Floats, weights: Floats, g: int, d: int, width: float, order: Ints, option: Ints,
    points: Floats, votes: Floats,
) -> int:  # fmt: skip
    """The options, ascending, each one's share of weight, and whose is which; how many they are."""
    n = order.size
    total = 0.0
    for i in range(n):
        total += weights[g, i, d]
        k = i
        while k > 0 and positions[g, order[k - 1], d] > positions[g, i, d]:
            order[k] = order[k - 1]
            k -= 1
        order[k] = i
    if not total > 0.0:
        return 0
    m, last = 0, 0.0
    for k in range(n):
        i = order[k]
        here, share = positions[g, i, d], weights[g, i, d] / total
        if m == 0 or here - last > width:
            points[m] = here
            votes[m] = 0.0
            m += 1
        if share > 0.0 and here != points[m - 1]:
            points[m - 1] += (here - points[m - 1]) * share / (votes[m - 1] + share)
        votes[m - 1] += share
        option[i] = m - 1
        last = here
    return m


@inner
def _duels(points: Floats, votes: Floats, m: int, wins: Floats) -> None:
    """Coalitions for a against b, each voter by the distance it would gain.

    They stay in `wins`: row a is what stands for a.
    """
    for a in range(m):
        wins[a, a] = FLOOR
        below = 0.0
        for k in range(a + 1):
            below += votes[k]
        for b in range(a + 1, m):
            above = 0.0
            for k in range(b, m):
                above += votes[k]
            gap = points[b] - points[a]
            low, high = FLOOR + below * gap, FLOOR + above * gap
            for k in range(a + 1, b):
                nearer = (points[b] - points[k]) - (points[k] - points[a])
                if nearer > 0.0:
                    low += votes[k] * nearer
                else:
                    high -= votes[k] * nearer
            wins[a, b] = low
            wins[b, a] = high


@inner
def _undefeated(wins: Floats, m: int, chance: Floats) -> None:
    """Chance of beating every other option, given that one does; by logarithms, as it is tiny."""
    best = -np.inf
    for a in range(m):
        chance[a] = 0.0
        for b in range(m):
            if b != a:
                chance[a] += np.log(wins[a, b] / (wins[a, b] + wins[b, a]))
        best = max(best, chance[a])
    total = 0.0
    for a in range(m):
        chance[a] = np.exp(chance[a] - best)
        total += chance[a]
    for a in range(m):
        chance[a] /= total


@inner
def _challenges(wins: Floats, m: int, election: int, flow: Floats) -> None:
    """How often the option that holds, a, gives way to b: b challenges it, and wins."""
    for a in range(m):
        every = FLOOR * 0.5 + IDLE
        for b in range(m):
            if b != a:
                # for b against a, which is also the incentive to try it
                flow[a, b] = wins[b, a] / (wins[a, b] + wins[b, a])
                every += wins[b, a] * flow[a, b]
        if election == MARKOV_INCENTIVE:
            for b in range(m):
                if b != a:
                    flow[a, b] *= wins[b, a] * flow[a, b] / every


@inner
def _stationary(flow: Floats, m: int, chance: Floats) -> None:
    """Long-run share of each state, given rates from row to column; `flow` is used up.

    The elimination of Grassmann, Taksar and Heyman (Operations Research 33(5), 1985): nothing is
    subtracted, so that even tiny shares come out to nearly all digits.
    """
    for k in range(m - 1, 0, -1):
        out = 0.0
        for j in range(k):
            out += flow[k, j]
        for i in range(k):
            flow[i, k] /= out
            into = flow[i, k]
            for j in range(k):
                flow[i, j] += into * flow[k, j]
    chance[0] = 1.0
    total = 1.0
    for k in range(1, m):
        chance[k] = 0.0
        for i in range(k):
            chance[k] += chance[i] * flow[i, k]
        total += chance[k]
    for k in range(m):
        chance[k] /= total


@inner
def _shared(
    weights: Floats,
    g: int,
    d: int,
    option: Ints,
    votes: Floats,
    chance: Floats,
    probability: Floats,
) -> None:
    """Give each actor its part of its option's probability."""
    total = 0.0
    for i in range(option.size):
        total += weights[g, i, d]
    for i in range(option.size):
        if votes[option[i]] > 0.0:
            part = weights[g, i, d] / total / votes[option[i]]
        else:
            sharing = 0
            for j in range(option.size):
                sharing += option[j] == option[i]
            part = 1.0 / sharing
        probability[g, i, d] = chance[option[i]] * part
