"""Stability on any graph of moves, where the last mover may not move again at once.

Moves of one decision maker need not be transitive here (transitions may be missing), so a legal
sequence remembers who moved last: the search runs over pairs of state and mover.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

from .order import Levels, ascending

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Arcs = NDArray[np.int32]


@jit
def reversed_arcs(first: Ints, to: Arcs) -> tuple[Ints, Arcs]:
    """The same table of moves, from where each state can be reached instead of where it leads."""
    n, states = first.shape[0], first.shape[1] - 1
    back = np.zeros((n, states + 1), np.int64)
    source = np.empty(to.size, np.int32)
    place = np.zeros(states + 1, np.int64)
    total = 0
    for j in range(n):
        place[:] = 0
        for k in range(first[j, 0], first[j, states]):
            place[to[k]] += 1
        for s in range(states):
            back[j, s] = total
            total += place[s]
            place[s] = back[j, s]
        back[j, states] = total
        for s in range(states):
            for k in range(first[j, s], first[j, s + 1]):
                source[place[to[k]]] = s
                place[to[k]] += 1
    return back, source


@jit
def graph_stable(
    i: int, level: Levels, first: Ints, to: Arcs, back: Ints, source: Arcs, nash: Bools,
    gmr: Bools, smr: Bools, seq: Bools,
) -> None:  # fmt: skip
    """Which states are stable for decision maker i; rows i of the four tables are filled."""
    states = level.shape[1]
    best = level[i].copy()
    for s in range(states):
        for k in range(first[i, s], first[i, s + 1]):
            best[s] = max(best[s], level[i, to[k]])
        nash[i, s] = best[s] <= level[i, s]
    improving = i < 0  # not written as False, for each literal would be compiled for itself
    reached = _sanctions(i, level, level[i].copy(), back, source, improving)
    _unsanctioned(i, level, reached, first, to, gmr)
    reached = _sanctions(i, level, best, back, source, improving)
    _unsanctioned(i, level, reached, first, to, smr)
    reached = _sanctions(i, level, level[i].copy(), back, source, not improving)
    _unsanctioned(i, level, reached, first, to, seq)


@inner
def _unsanctioned(i: int, level: Levels, key: Levels, first: Ints, to: Arcs, stable: Bools) -> None:
    """Stable where no move of i leads to something better that `key` does not bring down again."""
    for s in range(level.shape[1]):
        free = False
        for k in range(first[i, s], first[i, s + 1]):
            t = to[k]
            if level[i, t] > level[i, s] and key[t] > level[i, s]:
                free = True
                break
        stable[i, s] = not free


@inner
def _sanctions(
    i: int, level: Levels, key: Levels, back: Ints, source: Arcs, improving: bool
) -> Levels:
    """The least key that legal sequences of the others lead to from each state, itself included.

    A search backwards from the least keys on. Node (p, j) stands for "at p, with j to move": `by`
    holds the first mover j through whom p got its value, and once p can be left through two movers
    it can be entered by anyone.
    """
    n, states = level.shape
    value = key.copy()
    by = np.full(states, -1, np.int32)
    twice = np.zeros(states, np.bool_)
    stack = np.empty(2 * states, np.int32)
    mover = np.empty(2 * states, np.int32)
    order = ascending(key)
    for k in range(states):
        goal = order[k]
        least = key[goal]
        stack[0] = goal
        mover[0] = -1
        top = 1
        while top > 0:
            top -= 1
            q = stack[top]
            # -1: entered by anyone; m: by anyone but m; -2 - m: by m alone
            how = mover[top]
            for j in range(n):
                if j == i:
                    continue
                if j == how or (how < -1 and j != -2 - how):
                    continue
                for a in range(back[j, q], back[j, q + 1]):
                    p = source[a]
                    if improving and level[j, p] >= level[j, q]:
                        continue
                    if by[p] < 0:
                        by[p] = j
                        value[p] = min(value[p], least)
                        stack[top] = p
                        mover[top] = j
                        top += 1
                    elif by[p] != j and not twice[p]:
                        twice[p] = True
                        stack[top] = p
                        mover[top] = -2 - by[p]
                        top += 1
    return value
