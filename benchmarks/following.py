"""Two sponsors of a government, followed year by year through an equilibrium of the endurance game.

The kernel's own chain, with the contest's ends taken out: what a panel of sponsor-years counts,
where a year is at risk only if the fighting goes on after it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from foedus.lenses.endurance.kernel import Equilibrium, Layout, Start, beside, start_trust
from foedus.lenses.endurance.kernel.chain import transitions
from foedus.lenses.endurance.kernel.game import SETTLE_CHANCE, SETTLE_WIDTH

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

YEARS = 10
MONTHS = 12
CLIENT = 0b100
"""The government, the third member; without it the contest is over."""
BOTH, FIRST, SECOND, NEITHER = 0b11, 0b01, 0b10, 0b00
AT_START = (BOTH, FIRST, SECOND)
AT_END = (BOTH, FIRST, SECOND, NEITHER)
"""Who of the sponsors is in, in the order of the axes of `followed`."""
LEFT = np.array([0.0, 1.0, 1.0, 2.0])
"""How many of two have left, in the order of `AT_END`."""


def followed(equilibrium: Equilibrium, start: Start) -> Floats:
    """`(YEARS, 3, 4)` chances to begin a year with the one sponsors in and end it with the other.

    The contest goes on at both dates; exact, by the chain's own matrix. Axes as `AT_START` and
    `AT_END`. Steps are months; the members are two sponsors and then the government.
    """
    lay = equilibrium.layout
    matrix = _monthly(equilibrium)
    mass = np.zeros((matrix.shape[0], len(AT_START)))
    first = int(lay.value_at[BOTH | CLIENT]) // lay.members
    trust, interior = start_trust(start.trust, lay), lay.levels - 2
    for level, weight in beside(start.position, lay):
        mass[first + np.arange(trust.size) * interior + level, 0] += weight * trust
    places = [_states(lay, who | CLIENT) for who in AT_END]
    out = np.empty((YEARS, len(AT_START), len(AT_END)))
    for year in range(YEARS):
        for _ in range(MONTHS):
            mass = matrix @ mass
        out[year] = np.array([mass[place].sum(axis=0) for place in places]).T
        whole = mass.sum(axis=1)
        mass = np.zeros_like(mass)
        for column, place in enumerate(places[: len(AT_START)]):
            mass[place, column] = whole[place]
    return out


def _states(lay: Layout, members: int) -> slice:
    """Where the states of a set of members stand, laid out as values are for n = 1."""
    return slice(*(int(lay.value_at[members + i]) // lay.members for i in (0, 1)))


def _monthly(equilibrium: Equilibrium) -> csr_matrix:
    """A month: column to row, what ends the contest left out."""
    game, lay = equilibrium.game, equilibrium.layout
    moves = np.empty(int(lay.move_at[-1]))
    size = int(lay.value_at[-1]) // lay.members
    full = int(lay.states[-1]) * (lay.levels - 2)
    spare = np.zeros((2, size)), np.zeros((1 << lay.members, full))
    transitions(game, lay, False, equilibrium.play, moves, *spare)
    taken, front, columns, rows = _pattern(lay.members, lay.levels, lay.trust)
    goes_on = 1.0 - game[SETTLE_CHANCE] * np.exp(-((lay.front[1:-1] / game[SETTLE_WIDTH]) ** 2))
    return csr_matrix((moves[taken] * goes_on[front], columns, rows), shape=(size, size))


@lru_cache(maxsize=4)
def _pattern(members: int, levels: int, trust: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Which of the kernel's moves stand in the matrix, row by row, and where the front is then.

    Also the columns and the starts of rows of its compressed form.
    """
    from foedus.lenses.endurance.kernel import layout

    lay, interior = layout(members, levels, trust), levels - 2
    parts = []
    for s in range(1 << members):
        for rest in range(1 << members):
            if rest & ~s or not rest & CLIENT:
                continue
            shape = (3, int(lay.states[s]), int(lay.states[rest]), interior)
            move, t, k, m = np.indices(shape).reshape(4, -1)
            place = int(lay.move_at[(s << members) + rest]) + np.arange(move.size)
            there = m + move - 1
            to = _states(lay, rest).start + k * interior + there
            begin = _states(lay, s).start + t * interior + m
            inside = (there >= 0) & (there < interior)
            parts.append(np.stack([place, to, begin])[:, inside])
    found = np.concatenate(parts, axis=1)
    taken, to, begin = found[:, np.lexsort((found[2], found[1]))]
    size = int(lay.value_at[-1]) // members
    rows = np.searchsorted(to, np.arange(size + 1))
    return taken, to % interior, begin.astype(np.int32), rows.astype(np.int32)
