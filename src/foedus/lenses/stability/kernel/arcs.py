"""Unilateral moves written out as arcs, from what the options allow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def option_moves(
    codes: Ints, owner: Ints, direction: Ints, n: int
) -> tuple[Ints, NDArray[np.int32]]:
    """All moves that `n` decision makers can make by changing their own options.

    `codes` `(S,)` are the feasible states, bit o of a code is option o; `owner` and `direction`
    `(K,)` say whose each option is and whether it moves both ways (0), forward only (1) or backward
    only (-1). Returns `first` `(n, S + 1)` and `to`: i moves from s to `to[first[i, s]:first[i,
    s + 1]]`, ascending.
    """
    states = codes.size
    first = np.zeros((n, states + 1), np.int64)
    parts: list[NDArray[np.int32]] = []
    total = 0
    for i in range(n):
        own = owner == i
        source, target = _pairs(codes, mask(own))
        keep = (source != target) & allowed(codes[source], codes[target], own, direction)
        source, target = source[keep], target[keep]
        counts = np.bincount(source, minlength=states)
        first[i, 0] = total
        first[i, 1:] = total + np.cumsum(counts)
        parts.append(target.astype(np.int32))
        total += target.size
    return first, np.concatenate(parts) if parts else np.zeros(0, np.int32)


def mask(chosen: NDArray[np.bool_]) -> np.int64:
    """Chosen options, `(K,)` truth values, as the bits of one number."""
    return np.int64(sum(1 << int(o) for o in np.flatnonzero(chosen)))


def allowed(
    before: Ints, after: Ints, own: NDArray[np.bool_], direction: Ints
) -> NDArray[np.bool_]:
    """Which changes from one code to another take back no `own` option that moves one way only."""
    ahead, back = mask(own & (direction == 1)), mask(own & (direction == -1))
    return (before & ahead & ~after == 0) & (after & back & ~before == 0)


def _pairs(codes: Ints, own: np.int64) -> tuple[Ints, Ints]:
    """Every ordered pair of states that differ in own options at most, sorted."""
    _, group = np.unique(codes & ~own, return_inverse=True)
    members = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    widths = sizes[group]
    source = np.repeat(np.arange(codes.size), widths)
    within = np.arange(source.size) - np.repeat(np.cumsum(widths) - widths, widths)
    return source, members[begins[group[source]] + within]


def most_moves(codes: Ints, owner: Ints, n: int) -> int:
    """How many moves `option_moves` would write out: at most, and exactly if all are reversible."""
    total = 0
    for i in range(n):
        _, sizes = np.unique(codes & ~mask(owner == i), return_counts=True)
        total += int((sizes * (sizes - 1)).sum())
    return total
