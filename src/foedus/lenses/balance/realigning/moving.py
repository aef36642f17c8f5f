"""What it costs that one actor alone goes to another camp."""

from __future__ import annotations

import numpy as np

from foedus.lenses.balance.network import Floats, Ints, Network

EXACT = 1e-12
"""Costs below this share of all weights are rounding errors of nothing."""


def moving(ends: Ints, together: Floats, apart: Floats, assignment: Ints, camps: int) -> Floats:
    """Extra cost `(P, n)` if an actor alone goes to its cheapest other camp, the others staying.

    `together` and `apart` `(P, m)` are what ties cost, `assignment` `(P, n)` numbers camps from 0
    without gaps. An empty camp counts as one if there are fewer than `camps`; with a single camp
    nobody can move, and the costs are infinite.
    """
    rows, n = assignment.shape
    if n == 0 or rows == 0:
        return np.zeros((rows, n))
    rooms = min(camps, int(assignment.max()) + 2)
    # only what depends on the others' camps; being apart from everybody is the zero
    gain = (together - apart).ravel()
    base = (np.arange(rows) * n)[:, None]
    at = np.zeros(rows * n * rooms)
    for own, other in (ends.T, ends.T[::-1]):
        cell = (base + own) * rooms + assignment[:, other]
        at += np.bincount(cell.ravel(), gain, at.size)
    standing = at.reshape(rows, n, rooms)
    here = np.take_along_axis(standing, assignment[:, :, None], axis=2)[:, :, 0]
    elsewhere = standing.copy()
    np.put_along_axis(elsewhere, assignment[:, :, None], np.inf, axis=2)
    open_to_row = np.arange(rooms) <= np.minimum(assignment.max(axis=1) + 1, camps - 1)[:, None]
    out = np.where(open_to_row[:, None, :], elsewhere, np.inf).min(axis=2) - here
    exact = EXACT * (together + apart).sum(axis=1)[:, None]
    return np.where(np.abs(out) <= exact, 0.0, out)


def cost_of_moving(network: Network, assignment: Ints, camps: int) -> Floats:
    """Extra frustration `(n,)` if that actor alone goes to its cheapest other camp.

    `assignment` `(n,)` numbers camps without gaps; an empty one counts if there are fewer than
    `camps`. Never below 0 where the assignment is optimal.
    """
    together, apart = network.costs()
    return moving(network.ends, together[None], apart[None], assignment[None], camps)[0]
