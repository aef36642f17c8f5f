"""Stability in option form with infeasible states and options that move one way only.

A cell of decision maker j holds the states that differ only in j's reversible options: j moves
freely inside it, and along j's one-way options into other cells of the same fibre. All moves of j
are transitive, so what others reach is plain reachability, and no table of moves is needed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

from .order import Levels, ascending

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]


class Cells(NamedTuple):
    """The cells of all decision makers, numbered through.

    `of[s, j]` is the cell of state s for j; `begin` `(cells + 1,)` says where in a list by cells
    each stands; `enter` says where in `whence` the cells stand from which each can be entered, its
    own included.
    """

    of: Small
    begin: Ints
    enter: Ints
    whence: Small


def cells(codes: Ints, owner: Ints, direction: Ints, n: int) -> Cells:
    """Cells of `n` decision makers over feasible states `codes` (bit o is option o)."""
    of = np.empty((codes.size, n), np.int32)
    sizes: list[Ints] = []
    enter: list[Ints] = []
    whence: list[Small] = []
    total = 0
    for j in range(n):
        own = [int(o) for o in np.flatnonzero(owner == j)]
        free = sum(1 << o for o in own if direction[o] == 0)
        keys, cell = np.unique(codes & ~np.int64(free), return_inverse=True)
        of[:, j] = total + cell
        sizes.append(np.bincount(cell, minlength=keys.size))
        ways = {o: int(direction[o]) for o in own if direction[o] != 0}
        counts, sources = _entrances(keys, ways)
        enter.append(counts)
        whence.append((sources + total).astype(np.int32))
        total += keys.size
    return Cells(of, _running(sizes), _running(enter), np.concatenate(whence))


def _running(counts: list[Ints]) -> Ints:
    return np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64)


def _entrances(keys: Ints, ways: dict[int, int]) -> tuple[Ints, Ints]:
    """From which cells can each be entered along one-way options? Counts, and the cells in a row.

    `keys` are the cells' codes, ascending; `ways` says of each one-way option whether it moves
    forward (1) or backward (-1).
    """
    ahead = np.int64(sum(1 << o for o, way in ways.items() if way > 0))
    back = np.int64(sum(1 << o for o, way in ways.items() if way < 0))
    source: list[Ints] = []
    target: list[Ints] = []
    for k in range(1 << len(ways)):
        flips = np.int64(sum(1 << o for b, o in enumerate(ways) if k >> b & 1))
        legal = np.flatnonzero((flips & ahead & ~keys == 0) & (flips & back & keys == 0))
        place = np.minimum(np.searchsorted(keys, keys[legal] ^ flips), keys.size - 1)
        there = keys[place] == keys[legal] ^ flips
        source.append(place[there])
        target.append(legal[there])
    into = np.concatenate(target)
    order = np.argsort(into, kind="stable")
    return np.bincount(into, minlength=keys.size), np.concatenate(source)[order]


def without_a_move(table: Cells) -> Bools:
    """Which states leave which decision maker no move at all, `(N, S)`."""
    target = np.repeat(np.arange(table.enter.size - 1), np.diff(table.enter))
    moving = np.diff(table.begin) > 1
    moving[table.whence[table.whence != target]] = True
    return np.ascontiguousarray(~moving[table.of].T)


@jit
def by_cells(level: Levels, of: Small, begin: Ints, j: int, states: Small) -> None:
    """List the states by cells of j, in each the worst for j first, in `states[j]`."""
    count = np.zeros(begin.size, np.int32)
    shift = j * of.shape[0]  # every state stands in one cell of each decision maker
    order = ascending(level[j])
    for k in range(order.size):
        s = order[k]
        cell = of[s, j]
        states[j, begin[cell] - shift + count[cell]] = s
        count[cell] += 1


@jit
def cells_stable(
    i: int, level: Levels, of: Small, begin: Ints, enter: Ints, whence: Small, states: Small,
    nash: Bools, gmr: Bools, smr: Bools, seq: Bools,
) -> None:  # fmt: skip
    """Which states are stable for decision maker i; rows i of the four tables are filled."""
    own = level[i]
    best = _ahead(own, i, of, enter, whence)
    for s in range(own.size):
        nash[i, s] = best[s] <= own[s]
    improving = i < 0  # not written as False, for each literal would be compiled for itself
    reached = _sanctions(i, level, own, of, begin, enter, whence, states, improving)
    _unsanctioned(i, own, reached, of, enter, whence, gmr)
    reached = _sanctions(i, level, best, of, begin, enter, whence, states, improving)
    _unsanctioned(i, own, reached, of, enter, whence, smr)
    reached = _sanctions(i, level, own, of, begin, enter, whence, states, not improving)
    _unsanctioned(i, own, reached, of, enter, whence, seq)


@inner
def _ahead(key: Levels, i: int, of: Small, enter: Ints, whence: Small) -> Levels:
    """The highest key that i can move to from each state, its own included."""
    cells = enter.size - 1
    inside = np.full(cells, -1, np.int32)
    outside = np.full(cells, -1, np.int32)
    for s in range(key.size):
        cell = of[s, i]
        inside[cell] = max(inside[cell], key[s])
    for cell in range(cells):
        if inside[cell] >= 0:
            for k in range(enter[cell], enter[cell + 1]):
                outside[whence[k]] = max(outside[whence[k]], inside[cell])
    out = np.empty(key.size, np.int32)
    for s in range(key.size):
        out[s] = outside[of[s, i]]
    return out


@inner
def _unsanctioned(
    i: int, own: Levels, key: Levels, of: Small, enter: Ints, whence: Small, stable: Bools
) -> None:
    """Stable where no move of i leads to something better that `key` does not bring down again."""
    met = np.empty(own.size, np.int32)
    for s in range(own.size):
        met[s] = min(own[s], key[s])
    most = _ahead(met, i, of, enter, whence)
    for s in range(own.size):
        stable[i, s] = most[s] <= own[s]


@inner
def _sanctions(
    i: int, level: Levels, key: Levels, of: Small, begin: Ints, enter: Ints, whence: Small,
    states: Small, improving: bool,
) -> Levels:  # fmt: skip
    """The least key that moves of the others lead to from each state, itself included.

    A search backwards from the least keys on: whoever reaches a state first has the least. The
    states of a cell from which j would move to q are the first of its list, the worst for j, so one
    pointer a cell suffices.
    """
    size, n = of.shape
    least = np.full(size, -1, np.int32)
    stack = np.empty(size, np.int32)
    pointer = np.zeros(begin.size, np.int64)
    order = ascending(key)
    for k in range(size):
        source = order[k]
        if least[source] >= 0:
            continue
        value = key[source]
        least[source] = value
        stack[0] = source
        top = 1
        while top > 0:
            top -= 1
            q = stack[top]
            for j in range(n):
                if j == i:
                    continue
                cell = of[q, j]
                shift = j * size
                for e in range(enter[cell], enter[cell + 1]):
                    near = whence[e]
                    end = begin[near + 1] - shift
                    here = begin[near] - shift + pointer[near]
                    while here < end:
                        t = states[j, here]
                        if improving and level[j, t] >= level[j, q]:
                            break
                        here += 1
                        if least[t] < 0:
                            least[t] = value
                            stack[top] = t
                            top += 1
                    pointer[near] = here + shift - begin[near]
    return least
