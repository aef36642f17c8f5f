"""Many preference profiles on one small model, a few dozen at a time in step."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Arcs = NDArray[np.int32]
Floats = NDArray[np.float64]

LANES = 64
"""Profiles worked on in step: the innermost loops run over them and become vector instructions."""
NASH, GMR, SMR, SEQ = 1, 2, 4, 8
"""Bits of a verdict."""


@jit
def batch(
    utility: NDArray[Any], first: Ints, to: Arcs, group: Arcs, begin: Ints, members: Arcs,
    transitive: bool, verdicts: NDArray[np.uint8], concept: int, keys: NDArray[Any],
) -> None:  # fmt: skip
    """Fill `verdicts` `(P, N, S)`: the bits of the concepts under which s is stable for i.

    Fill `keys` too, unless it is empty: the least utility for i that the others' sanctions under
    `concept` (one bit) lead to once i has moved to s.

    `utility` is `(P, N, S)`. What the others of i can reach from s by any legal sequence, s itself
    included, are the states `members[begin[g]:begin[g + 1]]` with `g = group[i, s]`, groups being
    numbered in the order in which i and s run.
    """
    profiles, n, states = utility.shape
    lanes = np.empty((n, states, LANES), utility.dtype)
    best = np.empty((states, LANES), utility.dtype)
    low = np.empty((begin.size - 1, LANES), utility.dtype)
    safe = np.empty((begin.size - 1, LANES), utility.dtype)
    swung = np.empty((states, LANES), utility.dtype)
    nodes = np.empty((n, states, LANES), utility.dtype)
    for start in range(0, profiles, LANES):
        for i in range(n):
            for s in range(states):
                for p in range(LANES):
                    lanes[i, s, p] = utility[min(start + p, profiles - 1), i, s]
        for i in range(n):
            _best(lanes, i, first, to, best)
            _reached(lanes, best, i, group, begin, members, low, safe)
            if transitive:
                _swung(lanes, i, first, to, swung)
            else:
                _swung_by_turns(lanes, i, first, to, nodes, swung)
            _judge(lanes, best, low, safe, swung, group, i, first, to, start, verdicts)
            if keys.shape[0] > 0:
                _keep(lanes, low, safe, swung, group, i, start, concept, keys)


@inner
def _best(lanes: NDArray[Any], i: int, first: Ints, to: Arcs, best: NDArray[Any]) -> None:
    for s in range(lanes.shape[1]):
        for p in range(LANES):
            best[s, p] = lanes[i, s, p]
        for k in range(first[i, s], first[i, s + 1]):
            t = to[k]
            for p in range(LANES):
                a, b = best[s, p], lanes[i, t, p]
                best[s, p] = b if b > a else a


@inner
def _reached(
    lanes: NDArray[Any], best: NDArray[Any], i: int, group: Arcs, begin: Ints, members: Arcs,
    low: NDArray[Any], safe: NDArray[Any],
) -> None:  # fmt: skip
    """The least that any move of the others leads to, without and with i's answer."""
    last = group[i, 0] - 1
    for s in range(lanes.shape[1]):
        g = group[i, s]
        if g <= last:
            continue
        last = g
        for p in range(LANES):
            low[g, p] = lanes[i, s, p]
            safe[g, p] = best[s, p]
        for k in range(begin[g], begin[g + 1]):
            t = members[k]
            for p in range(LANES):
                a, b = low[g, p], lanes[i, t, p]
                low[g, p] = b if b < a else a
                c, d = safe[g, p], best[t, p]
                safe[g, p] = d if d < c else c


@inner
def _swung(lanes: NDArray[Any], i: int, first: Ints, to: Arcs, least: NDArray[Any]) -> None:
    """The least that improvements of the others lead to, where moves are transitive."""
    n, states, _ = lanes.shape
    for s in range(states):
        for p in range(LANES):
            least[s, p] = lanes[i, s, p]
    changed = True
    while changed:
        moved = 0
        for j in range(n):
            if j == i:
                continue
            for s in range(states):
                for k in range(first[j, s], first[j, s + 1]):
                    t = to[k]
                    lower = 0
                    for p in range(LANES):
                        a, b = least[s, p], least[t, p]
                        go = (b < a) & (lanes[j, t, p] > lanes[j, s, p])
                        least[s, p] = b if go else a
                        lower |= go
                    moved |= lower
        changed = moved != 0


@inner
def _swung_by_turns(
    lanes: NDArray[Any], i: int, first: Ints, to: Arcs, nodes: NDArray[Any], least: NDArray[Any]
) -> None:
    """The same where nobody may move twice in a row: `nodes[j, s]` is s with j to move."""
    n, states, _ = lanes.shape
    for j in range(n):
        for s in range(states):
            for p in range(LANES):
                nodes[j, s, p] = lanes[i, s, p]
    changed = True
    while changed:
        moved = 0
        for j in range(n):
            if j == i:
                continue
            for s in range(states):
                for k in range(first[j, s], first[j, s + 1]):
                    t = to[k]
                    for m in range(n):
                        if m == i or (m == j and n > 2):
                            continue
                        lower = 0
                        for p in range(LANES):
                            a = nodes[j, s, p]
                            b = lanes[i, t, p] if m == j else nodes[m, t, p]
                            go = (b < a) & (lanes[j, t, p] > lanes[j, s, p])
                            nodes[j, s, p] = b if go else a
                            lower |= go
                        moved |= lower
        changed = moved != 0
    for s in range(states):
        for p in range(LANES):
            least[s, p] = lanes[i, s, p]
        for j in range(n):
            if j != i:
                for p in range(LANES):
                    a, b = least[s, p], nodes[j, s, p]
                    least[s, p] = b if b < a else a


@inner
def _judge(
    lanes: NDArray[Any], best: NDArray[Any], low: NDArray[Any], safe: NDArray[Any],
    swung: NDArray[Any], group: Arcs, i: int, first: Ints, to: Arcs, start: int,
    verdicts: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Stable where no move leads to something better that is not brought down again."""
    bits = np.empty(LANES, np.uint8)
    count = min(LANES, verdicts.shape[0] - start)
    for s in range(lanes.shape[1]):
        for p in range(LANES):
            bits[p] = (NASH if best[s, p] <= lanes[i, s, p] else 0) | (GMR | SMR | SEQ)
        for k in range(first[i, s], first[i, s + 1]):
            t = to[k]
            g = group[i, t]
            for p in range(LANES):
                here = lanes[i, s, p]
                better = lanes[i, t, p] > here
                gone = (
                    (GMR if better & (low[g, p] > here) else 0)
                    | (SMR if better & (safe[g, p] > here) else 0)
                    | (SEQ if better & (swung[t, p] > here) else 0)
                )
                bits[p] &= ~gone
        for p in range(count):
            verdicts[start + p, i, s] = bits[p]


@inner
def _keep(
    lanes: NDArray[Any], low: NDArray[Any], safe: NDArray[Any], swung: NDArray[Any], group: Arcs,
    i: int, start: int, concept: int, keys: NDArray[Any],
) -> None:  # fmt: skip
    count = min(LANES, keys.shape[0] - start)
    for s in range(lanes.shape[1]):
        g = group[i, s]
        for p in range(count):
            if concept == NASH:
                keys[start + p, i, s] = lanes[i, s, p]
            elif concept == GMR:
                keys[start + p, i, s] = low[g, p]
            elif concept == SMR:
                keys[start + p, i, s] = safe[g, p]
            else:
                keys[start + p, i, s] = swung[s, p]
