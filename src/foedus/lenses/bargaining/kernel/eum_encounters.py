"""Whom everybody gives way to, and how far: octants of the two expected utilities, and choice."""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner

from .eum_table import (
    APART,
    BEST,
    COMPEL,
    COMPROMISE,
    CONFRONTATION,
    EU_FIRST,
    EVEN,
    LEFT_COST,
    LEFT_FEARS,
    LEFT_KEY,
    LEFT_KIND,
    LEFT_OWN,
    LEFT_PART,
    RIGHT_COST,
    RIGHT_FEARS,
    RIGHT_KEY,
    RIGHT_KIND,
    RIGHT_OWN,
    RIGHT_PART,
    SCHOLZ,
    TO,
    WHO,
    Floats,
    X,
)
from .eum_utility import spread


@inner
def _meet(
    count: int, own: Floats, fear: Floats, apart: Floats, rule: int, kind: Floats, part: Floats
) -> None:
    """The kind of encounter in which one of each pair gives way, and what part of the way it goes.

    It expects `own` of challenging the other and thinks the other expects `fear` of challenging it.
    It gives way only where `fear` is positive. Confrontation: 0 < own < fear. Compromise: own < 0
    and fear above -own (eq 36). Compel: own < 0 and fear not above -own; never so in Scholz's
    program.
    """
    compelled = np.inf if rule == SCHOLZ else float(COMPEL)
    for t in range(count):
        up = fear[t] > own[t] + EVEN
        more = fear[t] > EVEN - own[t]
        met = (fear[t] > EVEN) & (apart[t] > EVEN)
        below = float(COMPROMISE) if more else compelled
        above = float(CONFRONTATION) if up else np.inf
        side = above if own[t] > EVEN else np.inf
        side = below if own[t] < -EVEN else side
        kind[t] = side if met else np.inf
    for t in range(count):
        part[t] = -own[t] / fear[t] if kind[t] == COMPROMISE else 1.0


@inner
def _moves(count: int, pairs: Floats) -> None:
    """How far each of a pair would go, in parts of the range."""
    apart, left, right = pairs[APART], pairs[LEFT_KEY], pairs[RIGHT_KEY]
    left_part, right_part = pairs[LEFT_PART], pairs[RIGHT_PART]
    for t in range(count):
        left[t] = apart[t] * left_part[t]
    for t in range(count):
        right[t] = apart[t] * right_part[t]


@inner
def _means(n: int, scale: float, x: Floats, pairs: Floats) -> None:
    """For compromises, the mean of both positions with both expected utilities for weights."""
    t = 0
    for a in range(n):
        for b in range(a + 1, n):
            if pairs[LEFT_KIND, t] == COMPROMISE:
                own, fear = pairs[LEFT_OWN, t], pairs[LEFT_FEARS, t]
                pairs[LEFT_KEY, t] = (fear * x[b] - own * x[a]) / ((fear - own) * scale)
            if pairs[RIGHT_KIND, t] == COMPROMISE:
                own, fear = pairs[RIGHT_OWN, t], pairs[RIGHT_FEARS, t]
                pairs[RIGHT_KEY, t] = (fear * x[a] - own * x[b]) / ((fear - own) * scale)
            t += 1


@inner
def _least(n: int, best: Floats, left: Floats, right: Floats) -> None:
    """The least cost of any encounter, for each actor."""
    for k in range(n):
        best[k] = np.inf
    t = 0
    for a in range(n):
        least = best[a]
        for b in range(a + 1, n):
            least = left[t] if left[t] < least else least
            best[b] = right[t] if right[t] < best[b] else best[b]
            t += 1
        best[a] = least


@inner
def _narrow(n: int, best: Floats, left_next: Floats, right_next: Floats, pairs: Floats) -> None:
    """Let the next cost decide between the encounters that cost least so far, or as good as that.

    What is no encounter costs more than any number.
    """
    left, right = pairs[LEFT_COST], pairs[RIGHT_COST]
    t = 0
    for a in range(n):
        limit = best[a] + EVEN if best[a] < np.inf else -np.inf
        for b in range(a + 1, n):
            left[t] = left_next[t] if left[t] <= limit else np.inf
            kept = (right[t] <= best[b] + EVEN) & (right[t] < np.inf)
            right[t] = right_next[t] if kept else np.inf
            t += 1
    _least(n, best, left, right)


@inner
def answer(n: int, scale: float, rule: int, rows: Floats, pairs: Floats) -> None:
    """Let every actor choose one of the encounters in which it gives way, and where it goes.

    A lower kind is better, then (`EU_FIRST`) a higher utility expected by the other, then a shorter
    way (in Scholz's program, between compromises, a lower mean of the positions), then to give way
    to an actor that comes earlier.
    """
    count = n * (n - 1) // 2
    best, apart = rows[BEST], pairs[APART]
    left, right = pairs[LEFT_COST], pairs[RIGHT_COST]
    left_key, right_key = pairs[LEFT_KEY], pairs[RIGHT_KEY]
    _meet(
        count, pairs[LEFT_OWN], pairs[LEFT_FEARS], apart, rule, pairs[LEFT_KIND], pairs[LEFT_PART]
    )
    _meet(
        count, pairs[RIGHT_OWN], pairs[RIGHT_FEARS], apart, rule, pairs[RIGHT_KIND],
        pairs[RIGHT_PART],
    )  # fmt: skip
    for t in range(count):
        left[t] = pairs[LEFT_KIND, t]
        right[t] = pairs[RIGHT_KIND, t]
    _least(n, best, left, right)
    if rule == EU_FIRST:
        for t in range(count):
            left_key[t] = -pairs[LEFT_FEARS, t]
            right_key[t] = -pairs[RIGHT_FEARS, t]
        _narrow(n, best, left_key, right_key, pairs)
    _moves(count, pairs)
    if rule == SCHOLZ:
        _means(n, scale, rows[X], pairs)
    _narrow(n, best, left_key, right_key, pairs)
    spread(n, rows[WHO], right_key, left_key)
    _narrow(n, best, left_key, right_key, pairs)
    _go(n, rows, pairs)


@inner
def _go(n: int, rows: Floats, pairs: Floats) -> None:
    x, best, to = rows[X], rows[BEST], rows[TO]
    left, right = pairs[LEFT_COST], pairs[RIGHT_COST]
    for k in range(n):
        to[k] = x[k]
    t = 0
    for a in range(n):
        for b in range(a + 1, n):
            if left[t] < np.inf and left[t] == best[a]:
                part = pairs[LEFT_PART, t]
                to[a] = x[b] if part == 1.0 else x[a] + (x[b] - x[a]) * part
            if right[t] < np.inf and right[t] == best[b]:
                part = pairs[RIGHT_PART, t]
                to[b] = x[a] if part == 1.0 else x[b] + (x[a] - x[b]) * part
            t += 1
