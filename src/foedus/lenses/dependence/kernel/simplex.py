"""Many small linear programs side by side: the simplex method on tableaux.

A tableau `(R + 1, C + 1)` holds R equations over C variables, none below 0, in its first rows, with
the right-hand sides in the last column; its last row holds what a unit of each variable would add
to the objective, and minus the objective itself in the corner. Programs of a batch take their own
ways: a row of the batch comes out the same to the last byte whatever stands beside it.
"""

from __future__ import annotations

import numpy as np

from foedus.lenses.dependence.kernel.tables import Bools, Floats, Ints

NOTHING = 1e-9
"""Entries of a tableau that are no greater are rounding; costs should be of the order of 1."""
GREEDY = 400
"""Steps after which the first variable that helps enters, not the one that promises most."""
MOST_STEPS = 20_000


def pivot(table: Floats, at: Ints, row: Ints, column: Ints) -> None:
    """In the tableaux `at`, make each column a unit vector with its 1 in the row, in place."""
    if at.size == 0:
        return
    here = np.arange(at.size)
    part = table[at]
    line = part[here, row] / part[here, row, column][:, None]
    factor = part[here, :, column]
    part -= factor[:, :, None] * line[:, None, :]
    part[here, row] = line
    part[here, :, column] = 0.0
    part[here, row, column] = 1.0
    table[at] = part


def maximise(table: Floats, basis: Ints, live: Bools) -> Bools:
    """Bring every tableau to its optimum in place, and say which have none: they grow for ever.

    `basis` `(P, R)` is the variable that each row is solved for, feasible at the start, and kept up
    to date; rows that are not `live` `(P, R)` are left out. Variables enter greedily at first, by
    Bland's rule if it takes long, so that no program runs in circles. Raises ArithmeticError if one
    does not come to an end all the same.
    """
    endless = np.zeros(table.shape[0], np.bool_)
    at = np.arange(table.shape[0])
    for step in range(MOST_STEPS):
        gain = table[at, -1, :-1]
        enter = gain.argmax(axis=1) if step < GREEDY else (gain > NOTHING).argmax(axis=1)
        helps = gain[np.arange(at.size), enter] > NOTHING
        at, enter = at[helps], enter[helps]
        if at.size == 0:
            return endless
        leave, ends = _leaving(table, basis, live, at, enter)
        endless[at[~ends]] = True
        at, enter, leave = at[ends], enter[ends], leave[ends]
        pivot(table, at, leave, enter)
        basis[at, leave] = enter
        right = table[at, :-1, -1]
        table[at, :-1, -1] = np.where(np.abs(right) <= NOTHING, 0.0, right)
    raise ArithmeticError(f"a linear program was not solved in {MOST_STEPS:,} steps")


def _leaving(table: Floats, basis: Ints, live: Bools, at: Ints, enter: Ints) -> tuple[Ints, Bools]:
    """The row that bounds each entering variable first, and whether there is any."""
    column = table[at, :-1, enter]
    bounds = live[at] & (column > NOTHING)
    room = np.where(bounds, table[at, :-1, -1], np.inf) / np.where(bounds, column, 1.0)
    first = room == room.min(axis=1)[:, None]
    leave = np.where(first & bounds, basis[at], np.iinfo(np.int64).max).argmin(axis=1)
    return leave, np.asarray(bounds.any(axis=1))
