"""What a spatial model of politics is played with: actors, rules as numbers, room to work in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.bargaining.kernel.votes import Voting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Code(NamedTuple):
    """Rules as numbers, from the tables of the modules that follow them."""

    voting: Voting
    victory: int
    election: int
    commitment: int
    indifference: float
    low: float
    high: float
    outlook: float
    interpolation: int
    bargaining: int
    stochastic: bool
    identity: bool
    """Whether ideals are the positions taken, so that no accommodation need be worked out."""


class Table(NamedTuple):
    """Who sits at the table: `salience` `(n, D)`, the others `(n,)`.

    `total` is the salience over all dimensions, `weight` capability times that.
    """

    capability: Floats
    total: Floats
    weight: Floats
    salience: Floats


class Room(NamedTuple):
    """Arrays that a turn fills, for n actors in D dimensions; two offers an actor at most."""

    distance: Floats
    """`(n, n)`: from the ideal of one to the position of another."""
    risk: Floats
    """`(n,)`: attitudes in [-1, 1]."""
    own: Floats
    """`(n, n)`: what the position of one (row) is worth to another (column) by its own attitude."""
    alone: Floats
    """`(2, n)`: strength of the principals for and against the challenger, by its target."""
    sides: Floats
    """`(2, n)`: the same with third parties."""
    target: Ints
    """`(n,)`: whom each challenges, or -1."""
    odds: Floats
    """`(n, n)`: its chance, as it sees it, to win against any."""
    promise: Floats
    """`(n, n)`: what it expects to gain by challenging any."""
    place: Floats
    """`(4n, D)`: where challenger and target would stand after the first offer, the second..."""
    away: Floats
    """`(4n, n)`: how far that is from each ideal."""
    value: Floats
    """`(2n, n)`: what everybody's positions after an offer are worth to each on average."""
    status: Floats
    """`(n,)`: what everybody's positions are worth to each on average."""
    queue: Ints
    """`(2n + 1,)`: the offers before one actor, -1 for the state as it is."""
    taken: Ints
    """`(n,)`: the offer each takes, or -1."""
    ballot: Floats
    """`(2n + 1, n)`: what options are worth to voters."""
    strength: Floats
    """`(2n + 1, 2n + 1)`: the strength of those for one option over another."""
    chance: Floats
    """`(2n + 1, 2n + 1)`: the probability that one option beats another."""
    won: Floats
    """`(2n + 1,)`: the probability of each option."""


def room(n: int, dims: int) -> Room:
    """Room for a game of n actors in some dimensions."""
    most = 2 * n + 1
    return Room(
        distance=np.empty((n, n)),
        risk=np.empty(n),
        own=np.empty((n, n)),
        alone=np.empty((2, n)),
        sides=np.empty((2, n)),
        target=np.empty(n, np.int64),
        odds=np.empty((n, n)),
        promise=np.empty((n, n)),
        place=np.zeros((4 * n, dims)),
        away=np.empty((4 * n, n)),
        value=np.empty((2 * n, n)),
        status=np.empty(n),
        queue=np.empty(most, np.int64),
        taken=np.empty(n, np.int64),
        ballot=np.empty((most, n)),
        strength=np.empty((most, most)),
        chance=np.empty((most, most)),
        won=np.empty(most),
    )
