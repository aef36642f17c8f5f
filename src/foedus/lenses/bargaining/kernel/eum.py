"""The expected utility model on plain arrays: many games, round after round."""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner, jit

from .eum_encounters import answer
from .eum_table import (
    APART,
    EVEN,
    EXPONENT,
    LEFT_EXPONENT,
    LEFT_LOW,
    LEFT_SALIENCE,
    LEFT_STAYS,
    LEFT_UNIT,
    RIGHT_EXPONENT,
    RIGHT_LOW,
    RIGHT_SALIENCE,
    RIGHT_STAYS,
    RIGHT_UNIT,
    SALIENCE,
    SCHOLZ,
    TO,
    UNIT,
    WEIGHT,
    WHO,
    Floats,
    Ints,
    X,
)
from .eum_utility import (
    expect,
    fear,
    raise_distances,
    spread,
    stay,
    take_logarithms,
    take_risks,
    with_risk,
    without_risk,
)
from .eum_votes import measure, median, vote


@jit
def play_games(
    positions: Floats, weights: Floats, saliences: Floats, scales: Floats, rule: int, rounds: int,
    q: float, rows: Floats, pairs: Floats, cut: Ints, prefix: Floats, medians: Floats,
    means: Floats, rests: Floats,
) -> None:  # fmt: skip
    """Play games `(P, n)` for so many rounds; final positions replace those given.

    Fill `medians` and `means` `(P,)`, weighted, of the final positions (NaN where nobody has
    weight), and `rests` `(P,)`: 1 where a round moved nobody, after which no more are played,
    else 0. `scales` `(P,)` is what distances are parts of, above 0. Actors without weight
    (capability times salience) take no part and stay. `rows` to `prefix` are a `Table`.
    """
    for t in range(pairs.shape[1]):
        pairs[LEFT_STAYS, t] = 1.0
        pairs[RIGHT_STAYS, t] = 1.0
    for p in range(positions.shape[0]):
        n = _enter(positions[p], weights[p], saliences[p], rows)
        moved = n > 0
        for _ in range(rounds):
            _order(n, rows)
            moved = n > 0 and rows[X, n - 1] - rows[X, 0] > EVEN * scales[p]
            if moved:
                _round(n, scales[p], q, rule, rows, pairs, cut, prefix)
                moved = _move(positions[p], n, rows)
            if not moved:
                break
        medians[p] = median(rows[X], rows[WEIGHT], n) if n > 0 else np.nan
        means[p] = _mean(rows[X], rows[WEIGHT], n)
        rests[p] = 0.0 if moved else 1.0


@inner
def _move(positions: Floats, n: int, rows: Floats) -> bool:
    """Move everybody at once; whether anybody moved."""
    moved = False
    for k in range(n):
        to = rows[TO, k]
        moved |= abs(to - rows[X, k]) > EVEN
        positions[int(rows[WHO, k])] = to
        rows[X, k] = to
    return moved


@inner
def _enter(positions: Floats, weights: Floats, saliences: Floats, rows: Floats) -> int:
    """Place the actors that have weight, in the actors' order; how many they are."""
    n = 0
    for i in range(positions.shape[0]):
        if weights[i] > 0.0:
            rows[WHO, n] = i
            rows[X, n] = positions[i]
            rows[WEIGHT, n] = weights[i]
            rows[SALIENCE, n] = saliences[i]
            n += 1
    return n


@inner
def _order(n: int, rows: Floats) -> None:
    """Put the actors in order of position; those at one position stay as they stand."""
    whos, xs, weights, saliences = rows[WHO], rows[X], rows[WEIGHT], rows[SALIENCE]
    for k in range(1, n):
        who, x, weight, salience = whos[k], xs[k], weights[k], saliences[k]
        place = k
        while place > 0 and xs[place - 1] > x:
            whos[place] = whos[place - 1]
            xs[place] = xs[place - 1]
            weights[place] = weights[place - 1]
            saliences[place] = saliences[place - 1]
            place -= 1
        whos[place] = who
        xs[place] = x
        weights[place] = weight
        saliences[place] = salience


@inner
def _round(
    n: int, scale: float, q: float, rule: int, rows: Floats, pairs: Floats, cut: Ints,
    prefix: Floats,
) -> None:  # fmt: skip
    """Two passes: without attitudes to risk, which follow from it, and with them."""
    count = n * (n - 1) // 2
    measure(n, scale, rows, pairs, cut)
    for k in range(n):
        rows[EXPONENT, k] = 1.0
        rows[UNIT, k] = 2.0
    spread(n, rows[SALIENCE], pairs[LEFT_SALIENCE], pairs[RIGHT_SALIENCE])
    spread(n, rows[UNIT], pairs[LEFT_UNIT], pairs[RIGHT_UNIT])
    vote(n, APART, APART, rule, rows, pairs, cut, prefix)
    without_risk(count, pairs)
    middle = median(rows[X], rows[WEIGHT], n) if q < 1.0 else 0.0
    if q < 1.0:
        stay(n, middle, scale, q, rule, rows, pairs)
    expect(count, pairs)
    take_risks(n, rows, pairs)
    spread(n, rows[UNIT], pairs[LEFT_UNIT], pairs[RIGHT_UNIT])
    spread(n, rows[EXPONENT], pairs[LEFT_EXPONENT], pairs[RIGHT_EXPONENT])
    take_logarithms(count, rule, pairs)
    if rule == SCHOLZ:
        raise_distances(count, pairs)
        vote(n, LEFT_LOW, RIGHT_LOW, rule, rows, pairs, cut, prefix)
    with_risk(count, pairs)
    if q < 1.0:
        stay(n, middle, scale, q, rule, rows, pairs)
    expect(count, pairs)
    fear(count, rule, pairs)
    answer(n, scale, rule, rows, pairs)


@inner
def _mean(x: Floats, weight: Floats, n: int) -> float:
    total, moment = 0.0, 0.0
    for k in range(n):
        total += weight[k]
        moment += weight[k] * x[k]
    return moment / total
