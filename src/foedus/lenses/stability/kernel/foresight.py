"""How far ahead: where a conflict ends if one decision maker and all others move in turns.

One round adds one move of foresight; every table is over states. The conventions are in
`foedus.lenses.stability.concepts.foresight`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

from .order import Levels

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Arcs = NDArray[np.int32]


@jit
def joint_sizes(i: int, first: Ints, to: Arcs) -> Ints:
    """How many states the others of i can reach from each state by legal sequences."""
    states = first.shape[1] - 1
    seen, found, line = _room(first)
    sizes = np.empty(states, np.int64)
    for s in range(states):
        sizes[s] = _follow(i, s, first, to, seen, found, line)
    return sizes


@jit
def joint_moves(i: int, first: Ints, to: Arcs, begin: Ints, reached: Arcs) -> None:
    """Fill `reached[begin[s]:begin[s + 1]]` with the states that the others of i can reach from s.

    Nobody moves twice in a row; s itself is not one of them, even if a sequence comes back to it.
    """
    states = first.shape[1] - 1
    seen, found, line = _room(first)
    for s in range(states):
        size = _follow(i, s, first, to, seen, found, line)
        for k in range(size):
            reached[begin[s] + k] = found[k]


@inner
def _room(first: Ints) -> tuple[Bools, Arcs, Ints]:
    n, states = first.shape[0], first.shape[1] - 1
    return (
        np.zeros((n + 1) * states, np.bool_),
        np.empty(states, np.int32),
        np.empty(n * states + 1, np.int64),
    )


@inner
def _follow(i: int, s: int, first: Ints, to: Arcs, seen: Bools, found: Arcs, line: Ints) -> int:
    """Put what legal sequences from s reach into `found` and say how many states these are.

    Coming back to s opens nothing that was not open at the start.
    `seen` says by mover and state what was reached, its last row by whomever; it is left as it was.
    """
    n, states = first.shape[0], first.shape[1] - 1
    line[0] = n * states + s
    done, waiting, size = 0, 1, 0
    while done < waiting:
        last, here = line[done] // states, line[done] % states
        done += 1
        for j in range(n):
            if j in (i, last):
                continue
            for k in range(first[j, here], first[j, here + 1]):
                t = to[k]
                if t == s or seen[j * states + t]:
                    continue
                seen[j * states + t] = True
                line[waiting] = j * states + t
                waiting += 1
                if not seen[n * states + t]:
                    seen[n * states + t] = True
                    found[size] = t
                    size += 1
    for k in range(1, waiting):
        seen[line[k]] = False
    for k in range(size):
        seen[n * states + found[k]] = False
    return size


@jit
def farther(
    i: int, level: Levels, mine: Ints, theirs: Ints, first: Ints, to: Arcs, begin: Ints,
    reached: Arcs, ends: Ints, out: Ints,
) -> None:  # fmt: skip
    """One more move of foresight.

    `ends[0]` says where it ends from each state if i moves next, `ends[1]` if the others do; `out`
    is filled with the same for one more move. `mine` and `theirs` give every state a number: the
    less, the sooner i or the others would choose to end there.
    """
    n, states = level.shape
    asked = np.full(states, -1, np.int64)
    wanted = np.empty(states, np.int64)
    for s in range(states):
        best = s
        for k in range(first[i, s], first[i, s + 1]):
            e = ends[1, to[k]]
            if level[i, e] > level[i, s] and (best == s or mine[e] < mine[best]):
                best = e
        out[0, s] = best
        count = 0
        for k in range(begin[s], begin[s + 1]):
            e = ends[0, reached[k]]
            if asked[e] == s:
                continue
            asked[e] = s
            better = True
            for j in range(n):
                if j != i and level[j, e] <= level[j, s]:
                    better = False
                    break
            if better:
                wanted[count] = e
                count += 1
        out[1, s] = _agreed(i, level, theirs, wanted[:count], s)


@inner
def _agreed(i: int, level: Levels, theirs: Ints, wanted: Ints, s: int) -> int:
    """The first of `wanted` in the others' order that no other of them dominates; s if empty."""
    left = wanted.size
    while left > 0:
        least = 0
        for k in range(1, left):
            if theirs[wanted[k]] < theirs[wanted[least]]:
                least = k
        e = wanted[least]
        dominated = False
        for k in range(wanted.size):
            if k != least and _dominates(i, level, wanted[k], e):
                dominated = True
                break
        if not dominated:
            return e
        left -= 1
        wanted[least], wanted[left] = wanted[left], e
    return s


@inner
def _dominates(i: int, level: Levels, a: int, b: int) -> bool:
    """Whether a is at least as good as b for all others of i and better for one of them."""
    better = False
    for j in range(level.shape[0]):
        if j != i:
            if level[j, a] < level[j, b]:
                return False
            if level[j, a] > level[j, b]:
                better = True
    return better
