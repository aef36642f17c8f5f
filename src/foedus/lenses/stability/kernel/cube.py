"""Stability where every combination of options is feasible and every move can be taken back.

There the states are the corners of a cube and a decision maker's moves stay in a subcube of its
own options, so that what the others can reach is a minimum over subcubes, one pass an option, and
no table of moves is needed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

from .order import Levels, ascending

Bools = NDArray[np.bool_]
Small = NDArray[np.uint16]
WIDEST = 16
"""Most options of one decision maker that this way can hold."""


@jit
def fibres(level: Levels, j: int, low: int, width: int, below: Small, sorted_: Small) -> None:
    """Sort each subcube of decision maker j, who owns `width` bits from bit `low` on.

    `sorted_[j, c * 2**width + r]` becomes the place in subcube c of its r-th worst state for j, and
    `below[s, j]` how many states of its subcube are worse for j than s.
    """
    size = 1 << width
    cells = level.shape[1] >> width
    count = np.zeros(cells, np.int32)
    last = np.full(cells, -1, np.int32)
    tie = np.zeros(cells, np.int32)
    order = ascending(level[j])
    for k in range(order.size):
        s = order[k]
        cell = _cell(s, low, width)
        if level[j, s] != last[cell]:
            last[cell] = level[j, s]
            tie[cell] = count[cell]
        sorted_[j, cell * size + count[cell]] = (s >> low) & (size - 1)
        below[s, j] = tie[cell]
        count[cell] += 1


@inner
def _cell(s: int, low: int, width: int) -> int:
    """The subcube of a state: its number without the bits of the owner."""
    return (s & ((1 << low) - 1)) | (s >> (low + width) << low)


@jit
def cube_stable(
    i: int, level: Levels, low: NDArray[np.int64], width: NDArray[np.int64], below: Small,
    sorted_: Small, nash: Bools, gmr: Bools, smr: Bools, seq: Bools,
) -> None:  # fmt: skip
    """Which states are stable for decision maker i; rows i of the four tables are filled."""
    states = level.shape[1]
    own = level[i]
    best = own.copy()
    for bit in range(low[i], low[i] + width[i]):
        _highest(best, bit)
    for s in range(states):
        nash[i, s] = best[s] <= own[s]
    reached = own.copy()
    _others(reached, low[i], width[i])
    _unsanctioned(own, reached, low[i], width[i], gmr[i])
    _others(best, low[i], width[i])
    _unsanctioned(own, best, low[i], width[i], smr[i])
    swung = _improved(i, level, low, width, below, sorted_)
    _unsanctioned(own, swung, low[i], width[i], seq[i])


@inner
def _others(key: Levels, low: int, width: int) -> None:
    """Lower every key to the least that the others can reach."""
    bits = 0
    while (1 << bits) < key.size:
        bits += 1
    for bit in range(bits):
        if bit < low or bit >= low + width:
            _lowest(key, bit)


@inner
def _lowest(key: Levels, bit: int) -> None:
    step = 1 << bit
    for base in range(0, key.size, 2 * step):
        for s in range(base, base + step):
            least = min(key[s], key[s + step])
            key[s] = least
            key[s + step] = least


@inner
def _highest(key: Levels, bit: int) -> None:
    step = 1 << bit
    for base in range(0, key.size, 2 * step):
        for s in range(base, base + step):
            most = max(key[s], key[s + step])
            key[s] = most
            key[s + step] = most


@inner
def _unsanctioned(own: Levels, key: Levels, low: int, width: int, stable: Bools) -> None:
    """Stable where no own move leads to something better that `key` does not bring down again.

    `key` is overwritten.
    """
    for s in range(own.size):
        key[s] = min(own[s], key[s])
    for bit in range(low, low + width):
        _highest(key, bit)
    for s in range(own.size):
        stable[s] = key[s] <= own[s]


@inner
def _improved(
    i: int, level: Levels, low: NDArray[np.int64], width: NDArray[np.int64], below: Small,
    sorted_: Small,
) -> Levels:  # fmt: skip
    """The least level for i that improvements of the others lead to from each state.

    A search backwards from the worst states on: whoever reaches a state first has the least. The
    states from which j would move to q are the first `below[q, j]` of its sorted subcube, so one
    pointer a subcube suffices.
    """
    n, states = level.shape
    least = np.full(states, -1, np.int32)
    stack = np.empty(states, np.int32)
    begin = np.zeros(n + 1, np.int64)
    for j in range(n):
        begin[j + 1] = begin[j] + (states >> width[j])
    pointer = np.zeros(begin[n], np.uint16)
    order = ascending(level[i])
    for k in range(states):
        source = order[k]
        if least[source] >= 0:
            continue
        value = level[i, source]
        least[source] = value
        stack[0] = source
        top = 1
        while top > 0:
            top -= 1
            q = stack[top]
            for j in range(n):
                if j == i:
                    continue
                cell = _cell(q, low[j], width[j])
                reach = below[q, j]
                here = pointer[begin[j] + cell]
                if here >= reach:
                    continue
                base = cell << width[j]
                rest = q & ~(((1 << width[j]) - 1) << low[j])
                while here < reach:
                    t = rest | (np.int64(sorted_[j, base + here]) << low[j])
                    here += 1
                    if least[t] < 0:
                        least[t] = value
                        stack[top] = t
                        top += 1
                pointer[begin[j] + cell] = here
    return least
