"""Votes over pairs of positions: who would win them.

Equations are those of Scholz, Calbert & Smith (2011).
"""

from __future__ import annotations

from foedus.lenses.compiled import inner

from .eum_table import (
    APART,
    EVEN,
    LEFT_WINS,
    RIGHT_WINS,
    SCHOLZ,
    WEIGHT,
    Floats,
    Ints,
    X,
)


@inner
def measure(n: int, scale: float, rows: Floats, pairs: Floats, cut: Ints) -> None:
    """How far apart every pair is, and which voters are nearer to which of the two."""
    x, apart = rows[X], pairs[APART]
    t = 0
    for a in range(n):
        k = a
        for b in range(a + 1, n):
            middle = 0.5 * (x[a] + x[b])
            while x[k] < middle:
                k += 1
            cut[t] = k
            apart[t] = (x[b] - x[a]) / scale
            t += 1


@inner
def median(x: Floats, weight: Floats, n: int) -> float:
    """The weighted median, the lower one where two would do: it wins every vote (eq 26-29)."""
    total = 0.0
    for k in range(n):
        total += weight[k]
    half = 0.5 * total * (1.0 - EVEN)
    least = x[0]
    for k in range(n):
        least = max(least, x[k])
    for k in range(n):
        if x[k] < least:
            below = 0.0
            for j in range(n):
                below += weight[j] if x[j] <= x[k] else 0.0
            if below >= half:
                least = x[k]
    return least


@inner
def vote(
    n: int, of_left: int, of_right: int, rule: int,
    rows: Floats, pairs: Floats, cut: Ints, prefix: Floats,
) -> None:  # fmt: skip
    """Fill each pair's chances to win against the other (eq 30-31).

    The rows `of_left` and `of_right` say what the one loses where the other one stands. Sums over
    the voters from the left turn the votes for either position into four differences. Votes are
    divided by all that are cast on the pair, in Scholz's program by those on every ordered pair.
    """
    weight, left, right = rows[WEIGHT], pairs[of_left], pairs[of_right]
    t = 0
    for a in range(n):
        prefix[0, a] = 0.0
        prefix[a + 1, a] = 0.0
        for b in range(a + 1, n):
            prefix[a + 1, b] = weight[a] * left[t]
            prefix[b + 1, a] = weight[b] * right[t]
            t += 1
    for k in range(n):
        for a in range(n):
            prefix[k + 1, a] += prefix[k, a]
    wins, loses = pairs[LEFT_WINS], pairs[RIGHT_WINS]
    all_votes = 0.0
    t = 0
    for a in range(n):
        for b in range(a + 1, n):
            k = cut[t]
            wins[t] = prefix[k, b] - prefix[k, a]
            loses[t] = (prefix[n, a] - prefix[k, a]) - (prefix[n, b] - prefix[k, b])
            all_votes += wins[t] + loses[t]
            t += 1
    apart = pairs[APART]
    for t in range(n * (n - 1) // 2):
        cast = 2.0 * all_votes if rule == SCHOLZ else wins[t] + loses[t]
        share = 1.0 / cast if apart[t] > EVEN else 0.0
        wins[t] *= share
        loses[t] *= share
