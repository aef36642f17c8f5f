"""Ties that outweigh all lighter ones together, cut to size without another best division.

Beside a tie of a billion, a tie of one is lost in the rounding of any solver. But where heavy ties
decide before all lighter ones together, how much heavier they are makes no difference.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SURE = 1 + 1e-9
"""A tie outweighs others if it does so beyond rounding."""
AGAIN = 2.0
"""What is cut still weighs so many times all that is lighter: then whole weights stay whole."""
EXACT = float(1 << 53)
"""Up to here every whole number is a floating point number."""


def levelled(nodes: int, ends: Ints, signs: Ints, weights: Floats, camps: int) -> Floats:
    """Weights `(m,)`, none above what it was, under which the same divisions are best.

    Where each of the heaviest ties outweighs all others together, and they can all be explained or
    are multiples of such a weight, they are cut; then the same is asked of the heaviest of them.
    """
    order = np.argsort(weights, kind="stable")
    given = weights[order]
    below = np.concatenate([[0.0], np.cumsum(given)[:-1]])
    out = given.copy()
    for k in np.flatnonzero((given > below * SURE) & (below > 0)).tolist():
        enough = AGAIN * float(out[:k].sum())
        top = order[k:]
        if explained(nodes, ends[top], signs[top] < 0, camps):
            out[k:] = np.minimum(out[k:], enough)
            break
        unit = _unit(given[k:])
        if unit > below[k] * SURE:
            out[k:] *= min(1.0, enough / (unit * out[k] / given[k]))
    back = np.empty_like(out)
    back[order] = out
    return back


def explained(nodes: int, ends: Ints, foes: Bools, camps: int) -> bool:
    """Whether so many camps explain all ties `(m,)`, as far as that is plain to see.

    It is if two do, or if those joined by friends can be put into camps one after another because
    each has fewer foes among those before it than there are camps.
    """
    across = np.where(foes, nodes, 0)
    first, second = ends.T
    sides = _joined(
        2 * nodes,
        np.concatenate([first, first + nodes]),
        np.concatenate([second + across, second + nodes - across]),
    )
    if (sides[:nodes] != sides[nodes:]).all():
        return True
    of = _joined(nodes, first[~foes], second[~foes])
    pairs = np.unique(np.sort(of[ends[foes]], axis=1), axis=0)
    if (pairs[:, 0] == pairs[:, 1]).any():
        return False
    while len(pairs):
        crowded = np.bincount(pairs.ravel(), minlength=nodes) >= camps
        left = pairs[crowded[pairs].all(axis=1)]
        if len(left) == len(pairs):
            return False
        pairs = left
    return True


def _joined(nodes: int, first: Ints, second: Ints) -> Ints:
    """The connected part that each node is in."""
    links = coo_array((np.ones(first.size), (first, second)), (nodes, nodes))
    return connected_components(links, directed=False)[1].astype(np.int64)


def _unit(weights: Floats) -> float:
    """A weight of which all are multiples, if there plainly is one; else 0."""
    least = float(weights.min())
    if (weights % least == 0.0).all():
        return least
    if weights.max() < EXACT and (weights == np.rint(weights)).all():
        return float(np.gcd.reduce(weights.astype(np.int64)))
    return 0.0
