"""Where a conflict goes from its status quo, in each of many preference profiles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Arcs = NDArray[np.int32]


@jit
def evolve(
    utility: NDArray[Any], key: NDArray[Any], first: Ints, to: Arcs, start: int, holds: Bools,
    reached: Bools, breaks: NDArray[np.int32],
) -> None:  # fmt: skip
    """Fill for each profile what improvements reach, and who first breaks what `holds`.

    `utility` and `key` are `(P, N, S)`: an improvement of i to t is unsanctioned when `key[i, t]`
    is above the utility of where it starts. `reached` `(P, S)`: legal sequences of improvements
    lead there from `start`, itself included. `breaks` `(P, N, 2)`: from which state to which the
    decision maker makes the first unsanctioned improvement out of where `holds` is true, along
    unsanctioned improvements and with the fewest moves before it; -1 where somebody else is first
    or nobody does.
    """
    for p in range(utility.shape[0]):
        _reach(utility[p], first, to, start, reached[p])
        _first_break(utility[p], key[p], first, to, start, holds, breaks[p])


@inner
def _reach(utility: NDArray[Any], first: Ints, to: Arcs, start: int, reached: Bools) -> None:
    n, states = utility.shape
    entered = np.zeros((states, n), np.bool_)
    queue = np.empty((states * n + 1, 2), np.int32)
    queue[0, 0] = start
    queue[0, 1] = n  # nobody has moved yet
    end = 1
    head = 0
    reached[:] = start < 0
    reached[start] = True
    while head < end:
        s, last = queue[head]
        head += 1
        for j in range(n):
            if j == last:
                continue
            for k in range(first[j, s], first[j, s + 1]):
                t = to[k]
                if utility[j, t] > utility[j, s] and not entered[t, j]:
                    entered[t, j] = True
                    reached[t] = True
                    queue[end, 0] = t
                    queue[end, 1] = j
                    end += 1


@inner
def _first_break(
    utility: NDArray[Any], key: NDArray[Any], first: Ints, to: Arcs, start: int, holds: Bools,
    breaks: NDArray[np.int32],
) -> None:  # fmt: skip
    n, states = utility.shape
    breaks[:, :] = -1
    entered = np.zeros((states, n), np.bool_)
    queue = np.empty((states * n + 1, 2), np.int32)
    queue[0, 0] = start
    queue[0, 1] = n
    head = 0
    layer = 0
    end = 1
    found = False
    while layer < end and not found:
        layer = end
        while head < layer:
            s, last = queue[head]
            head += 1
            for j in range(n):
                if j == last:
                    continue
                for k in range(first[j, s], first[j, s + 1]):
                    t = to[k]
                    if utility[j, t] <= utility[j, s] or key[j, t] <= utility[j, s]:
                        continue
                    if holds[s] and not holds[t]:
                        found = True
                        if breaks[j, 0] < 0:
                            breaks[j, 0] = s
                            breaks[j, 1] = t
                    if not entered[t, j]:
                        entered[t, j] = True
                        queue[end, 0] = t
                        queue[end, 1] = j
                        end += 1
