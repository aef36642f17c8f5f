"""Divisions that come about when one actor moves and whoever then gains follows."""

from __future__ import annotations

import numpy as np

from foedus.lenses.balance.moving import cost_of_moving
from foedus.lenses.balance.network import Ints, Network

FOLLOWERS = 1000
"""After so many moves an actor's drift ends where it is."""


def drifts(network: Network, start: Ints, camps: int, most: int) -> list[tuple[float, Ints]]:
    """Divisions with their cost beyond the start's, from the cheapest single moves on.

    `start` `(n,)` numbers camps without gaps. One actor moves to its cheapest other camp and stays
    there; then, as long as some other gains by moving, the one that gains most moves. There are
    none with a single camp.
    """
    if camps < 2:
        return []
    around = _around(network)
    tied = np.unique(network.ends)
    cost = cost_of_moving(network, start, camps)[tied]
    rooms = min(camps, int(start.max()) + 2)
    movers = tied[np.argsort(cost, kind="stable")][:most].tolist()
    return [_drift(around, start, mover, rooms) for mover in movers]


def _around(network: Network) -> list[list[tuple[int, float]]]:
    """Everybody's neighbours, with the weight of the tie, below 0 for foes."""
    out: list[list[tuple[int, float]]] = [[] for _ in network.actors]
    signed = (network.signs * network.weights).tolist()
    for (i, j), weight in zip(network.ends.tolist(), signed, strict=True):
        out[i].append((j, weight))
        out[j].append((i, weight))
    return out


def _drift(
    around: list[list[tuple[int, float]]], start: Ints, mover: int, rooms: int
) -> tuple[float, Ints]:
    camps = start.tolist()
    cost, camp = _best(around, camps, mover, rooms)
    camps[mover] = camp
    ready = {j for j, _ in around[mover]}
    for _ in range(FOLLOWERS):
        gains = [(*_best(around, camps, j, rooms), j) for j in sorted(ready)]
        gains = [row for row in gains if row[0] < -1e-12]
        if not gains:
            break
        gain, camp, follower = min(gains)
        camps[follower] = camp
        cost += gain
        ready |= {j for j, _ in around[follower]}
        ready -= {mover}
    return cost, np.array(camps, np.int64)


def _best(
    around: list[list[tuple[int, float]]], camps: list[int], mover: int, rooms: int
) -> tuple[float, int]:
    """What it costs an actor to go to its cheapest other camp, and which that is."""
    friends = [0.0] * rooms
    for j, weight in around[mover]:
        friends[camps[j]] += weight
    own = camps[mover]
    return min((friends[own] - friends[c], c) for c in range(rooms) if c != own)
