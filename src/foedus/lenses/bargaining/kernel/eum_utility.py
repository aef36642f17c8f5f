"""What either one of a pair expects of challenging the other, and who takes risks.

Equations are those of Scholz, Calbert & Smith (2011). With d the distance in parts of the range and
r the exponent, their utilities 2 - 4 (0.5 (1 - d))^r of winning and 2 - 4 (0.5 (1 + d))^r of losing
have 0.5^r in common, so only powers of 1 - d and 1 + d are needed.
"""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner

from .eum_table import (
    APART,
    DANGER,
    EVEN,
    EXPONENT,
    LEFT_EXPONENT,
    LEFT_FEARS,
    LEFT_HIGH,
    LEFT_LOW,
    LEFT_OWN,
    LEFT_SALIENCE,
    LEFT_STAYS,
    LEFT_UNIT,
    LEFT_WINS,
    LOG_APART,
    LOG_FAR,
    LOG_NEAR,
    RIGHT_EXPONENT,
    RIGHT_FEARS,
    RIGHT_HIGH,
    RIGHT_LOW,
    RIGHT_OWN,
    RIGHT_SALIENCE,
    RIGHT_STAYS,
    RIGHT_UNIT,
    RIGHT_WINS,
    SCHOLZ,
    UNIT,
    Floats,
    X,
)
from .powers import logarithms, raised


@inner
def spread(n: int, row: Floats, left: Floats, right: Floats) -> None:
    """Write numbers by actor beside every pair."""
    t = 0
    for a in range(n):
        here = row[a]
        for b in range(a + 1, n):
            left[t] = here
            right[t] = row[b]
            t += 1


@inner
def without_risk(count: int, pairs: Floats) -> None:
    """The powers where every exponent is 1."""
    for t in range(count):
        apart = pairs[APART, t]
        pairs[LEFT_LOW, t] = 1.0 - apart
        pairs[RIGHT_LOW, t] = 1.0 - apart
        pairs[LEFT_HIGH, t] = 1.0 + apart
        pairs[RIGHT_HIGH, t] = 1.0 + apart


@inner
def take_logarithms(count: int, rule: int, pairs: Floats) -> None:
    """Logarithms of each pair's distances: shared by all powers of a round."""
    logarithms(pairs[LOG_NEAR], pairs[APART], -1.0, 1.0, count)
    logarithms(pairs[LOG_FAR], pairs[APART], 1.0, 1.0, count)
    if rule == SCHOLZ:
        logarithms(pairs[LOG_APART], pairs[APART], 1.0, 0.0, count)


@inner
def raise_distances(count: int, pairs: Floats) -> None:
    """Each pair's distance to the power of either's exponent, in place of the powers of 1 - d."""
    raised(pairs[LEFT_LOW], pairs[LOG_APART], pairs[LEFT_EXPONENT], count)
    raised(pairs[RIGHT_LOW], pairs[LOG_APART], pairs[RIGHT_EXPONENT], count)


@inner
def with_risk(count: int, pairs: Floats) -> None:
    """The powers with everybody's exponent."""
    raised(pairs[LEFT_LOW], pairs[LOG_NEAR], pairs[LEFT_EXPONENT], count)
    raised(pairs[LEFT_HIGH], pairs[LOG_FAR], pairs[LEFT_EXPONENT], count)
    raised(pairs[RIGHT_LOW], pairs[LOG_NEAR], pairs[RIGHT_EXPONENT], count)
    raised(pairs[RIGHT_HIGH], pairs[LOG_FAR], pairs[RIGHT_EXPONENT], count)


@inner
def stay(
    n: int, middle: float, scale: float, q: float, rule: int, rows: Floats, pairs: Floats
) -> None:
    """What it is worth to each that nobody challenges, for q below 1 (eq 19-24); else it is 1.

    Scholz's program leaves out the change for better or worse, also where q is below 1.
    """
    x, exponent, unit = rows[X], rows[EXPONENT], rows[UNIT]
    t = 0
    for a in range(n):
        for b in range(a + 1, n):
            if rule == SCHOLZ:
                left = 2.0 / unit[a]
                right = 2.0 / unit[b]
            else:
                d = pairs[APART, t]
                left = _drift(abs(x[a] - middle) / scale, d, exponent[a])
                right = _drift(abs(x[b] - middle) / scale, d, exponent[b])
            pairs[LEFT_STAYS, t] = q + (1.0 - q) * left
            pairs[RIGHT_STAYS, t] = q + (1.0 - q) * right
            t += 1


@inner
def _drift(to_median: float, apart: float, exponent: float) -> float:
    """For the better where the median is nearer than the opponent, else for the worse."""
    change = 0.5 * (to_median + apart)
    return (1.0 - change if to_median < apart else 1.0 + change) ** exponent


@inner
def _expect(
    out: Floats, unit: Floats, stays: Floats, low: Floats, high: Floats, resists: Floats,
    wins: Floats, count: int,
) -> None:  # fmt: skip
    """What a challenge is worth (eq 25): it is resisted with a probability, and then won or lost.

    A win, or no resistance, is worth -`low`, a defeat -`high`, no challenge -`stays`.
    """
    for t in range(count):
        lost = resists[t] * (1.0 - wins[t])
        out[t] = unit[t] * (stays[t] - low[t] - lost * (high[t] - low[t]))


@inner
def expect(count: int, pairs: Floats) -> None:
    """What both of a pair expect of challenging the other, by their own exponents."""
    _expect(
        pairs[LEFT_OWN], pairs[LEFT_UNIT], pairs[LEFT_STAYS], pairs[LEFT_LOW], pairs[LEFT_HIGH],
        pairs[RIGHT_SALIENCE], pairs[LEFT_WINS], count,
    )  # fmt: skip
    _expect(
        pairs[RIGHT_OWN], pairs[RIGHT_UNIT], pairs[RIGHT_STAYS], pairs[RIGHT_LOW],
        pairs[RIGHT_HIGH], pairs[LEFT_SALIENCE], pairs[RIGHT_WINS], count,
    )  # fmt: skip


@inner
def fear(count: int, rule: int, pairs: Floats) -> None:
    """What both think that the other expects: with their own exponent in Scholz's program."""
    if rule == SCHOLZ:
        _expect(
            pairs[LEFT_FEARS], pairs[LEFT_UNIT], pairs[LEFT_STAYS], pairs[LEFT_LOW],
            pairs[LEFT_HIGH], pairs[LEFT_SALIENCE], pairs[RIGHT_WINS], count,
        )  # fmt: skip
        _expect(
            pairs[RIGHT_FEARS], pairs[RIGHT_UNIT], pairs[RIGHT_STAYS], pairs[RIGHT_LOW],
            pairs[RIGHT_HIGH], pairs[RIGHT_SALIENCE], pairs[LEFT_WINS], count,
        )  # fmt: skip
    else:
        for t in range(count):
            pairs[LEFT_FEARS, t] = pairs[RIGHT_OWN, t]
            pairs[RIGHT_FEARS, t] = pairs[LEFT_OWN, t]


@inner
def take_risks(n: int, rows: Floats, pairs: Floats) -> None:
    """Set the exponents from what others expect of challenging each actor (eq 32-34)."""
    danger, exponent, unit = rows[DANGER], rows[EXPONENT], rows[UNIT]
    left, right = pairs[LEFT_OWN], pairs[RIGHT_OWN]
    for k in range(n):
        danger[k] = 0.0
    t = 0
    for a in range(n):
        for b in range(a + 1, n):
            danger[a] += right[t]
            danger[b] += left[t]
            t += 1
    most, least = -np.inf, np.inf
    for k in range(n):
        most = max(most, danger[k])
        least = min(least, danger[k])
    for k in range(n):
        if most - least > EVEN:
            risk = (2.0 * danger[k] - most - least) / (most - least)
            exponent[k] = (1.0 - risk / 3.0) / (1.0 + risk / 3.0)
        unit[k] = 4.0 * 0.5 ** exponent[k]
