"""Divisions that come about when one actor moves and whoever then gains follows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from foedus.lenses.balance.network import Floats, Ints, Network
from foedus.lenses.balance.realigning.moving import cost_of_moving

Bools = NDArray[np.bool_]

FOLLOWERS = 1000
"""After so many moves an actor's drift ends where it is."""
MOVES = 3000
"""After so many moves of all followers together nobody follows any more."""
GAINS = 1e-12
"""Who gains less than this part of the weight of its ties by a move stays."""


def drifts(network: Network, start: Ints, camps: int, most: int) -> list[tuple[float, Ints]]:
    """Divisions with their cost beyond the start's, from the cheapest single moves on.

    `start` `(n,)` numbers camps without gaps. One actor moves to its cheapest other camp and stays
    there; then, as long as some other gains by moving, the one that gains most moves. There are
    none with a single camp.
    """
    if camps < 2:
        return []
    drift = _Drift(network, start, min(camps, int(start.max()) + 2))
    tied = np.unique(network.ends)
    cost = cost_of_moving(network, start, camps)[tied]
    movers = tied[np.argsort(cost, kind="stable")][:most].tolist()
    return [drift.of(mover) for mover in movers]


class _Drift:
    """A network from which actors drift, each from the same start."""

    def __init__(self, network: Network, start: Ints, rooms: int) -> None:
        self.start, self.left = start, MOVES
        (first, second), n = network.ends.T, network.size
        pull = coo_array((network.signs * network.weights, (first, second)), (n, n))
        self.near = csr_array(pull + pull.T)
        self.exact = GAINS * np.asarray(abs(self.near).sum(axis=1)).ravel()
        to_camp = np.zeros((n, rooms))
        to_camp[np.arange(n), start] = 1.0
        self.standing = np.asarray(self.near @ to_camp)

    def of(self, mover: int) -> tuple[float, Ints]:
        """What it comes to if one actor moves, and the camps then."""
        camps, standing = self.start.copy(), self.standing.copy()
        ready = np.zeros(camps.size, np.bool_)
        gain, camp = _elsewhere(camps, standing)
        cost = -float(gain[mover])
        self._move(mover, int(camp[mover]), camps, standing, ready)
        for _ in range(min(FOLLOWERS, self.left)):
            ready[mover] = False
            gain, camp = _elsewhere(camps, standing)
            gain[~ready | (gain <= self.exact)] = 0.0
            follower = int(gain.argmax())
            if gain[follower] == 0.0:
                break
            cost -= float(gain[follower])
            self._move(follower, int(camp[follower]), camps, standing, ready)
            self.left -= 1
        return cost, camps

    def _move(self, who: int, camp: int, camps: Ints, standing: Floats, ready: Bools) -> None:
        """Let one actor go to a camp: whoever is tied to it may be ready to follow."""
        own = slice(self.near.indptr[who], self.near.indptr[who + 1])
        beside, pull = self.near.indices[own], self.near.data[own]
        standing[beside, camps[who]] -= pull
        standing[beside, camp] += pull
        camps[who] = camp
        ready[beside] = True


def _elsewhere(camps: Ints, standing: Floats) -> tuple[Floats, Ints]:
    """What each actor `(n,)` gains by going to the best other camp, and which that is."""
    every = np.arange(camps.size)
    others = standing.copy()
    others[every, camps] = -np.inf
    best = others.argmax(axis=1)
    return others[every, best] - standing[every, camps], best
