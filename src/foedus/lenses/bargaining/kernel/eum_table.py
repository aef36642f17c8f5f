"""The arrays that an expected-utility game is played on: made once, used for game after game.

Actors with weight stand in order of position. Every two of them, the left one before the right one,
are a pair; the pairs run row by row, so that what belongs to pairs is one row of numbers each.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SCHOLZ, PRINTED, EU_FIRST = 0, 1, 2
"""The rules of play."""
CONFRONTATION, COMPROMISE, COMPEL = 1, 2, 3
"""Kinds of encounter, in the order in which an actor prefers to answer them."""
EVEN = 1e-12
"""Differences of no more than this, in positions (parts of the range) or utilities, are none."""

ROWS = 9
WHO, X, WEIGHT, SALIENCE, EXPONENT, UNIT, DANGER, BEST, TO = range(ROWS)
"""Rows of numbers by place from the left: WHO is the actor that stands there, UNIT is 4 x 0.5^r,
which its utilities are multiples of, BEST the actor it gives way to (none: infinite), TO where it
goes."""

PAIRS = 30
(
    APART, LOG_NEAR, LOG_FAR, LOG_APART, LEFT_WINS, RIGHT_WINS, LEFT_LOW, RIGHT_LOW, LEFT_HIGH,
    RIGHT_HIGH, LEFT_STAYS, RIGHT_STAYS, LEFT_EXPONENT, RIGHT_EXPONENT, LEFT_UNIT, RIGHT_UNIT,
    LEFT_SALIENCE, RIGHT_SALIENCE, LEFT_OWN, RIGHT_OWN, LEFT_FEARS, RIGHT_FEARS, LEFT_KIND,
    RIGHT_KIND, LEFT_PART, RIGHT_PART, LEFT_KEY, RIGHT_KEY, LEFT_COST, RIGHT_COST,
) = range(PAIRS)  # fmt: skip
"""Rows of numbers by pair: d, logarithms of 1 - d, 1 + d and d, chances to win the vote, (1 - d)^r
(LOW) and (1 + d)^r (HIGH), what no challenge is worth (STAYS), what each expects of challenging the
other (OWN), what it thinks that the other expects of challenging it (FEARS), the KIND of encounter
in which it gives way (none: infinite) and what PART of the way it goes."""


class Table(NamedTuple):
    """Scratch for games of up to n actors: after a game it holds the numbers of its last round."""

    rows: Floats
    pairs: Floats
    cut: Ints
    """The first voter from the left who is nearer to the right one of a pair, or as near."""
    prefix: Floats
    """`(n + 1, n)`: what the first k voters lose by each actor's position."""


def table(actors: int) -> Table:
    """Scratch for games of up to so many actors."""
    pairs = actors * (actors - 1) // 2
    return Table(
        np.empty((ROWS, actors)),
        np.empty((PAIRS, pairs)),
        np.empty(pairs, np.int64),
        np.empty((actors + 1, actors)),
    )
