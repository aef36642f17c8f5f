"""The frustration of a signed network: the least weight of ties that camps leave unexplained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.balance.kernel.cuts import TOLERANCE
from foedus.lenses.balance.kernel.draws import Many, Pool, frustration_many, pool_of
from foedus.lenses.balance.kernel.elimination import assign, optima, plan, rounding
from foedus.lenses.balance.kernel.exact import Asked, divide
from foedus.lenses.balance.kernel.level import levelled
from foedus.lenses.balance.kernel.many_camps import solve_many
from foedus.lenses.balance.kernel.reduce import Graph
from foedus.lenses.balance.network import Ints, Network, NetworkError

__all__ = [
    "Frustration", "Many", "Pool", "frustrated", "frustration", "frustration_many", "pool_of",
]  # fmt: skip

Bools = NDArray[np.bool_]

CELLS = 1 << 20
"""Three camps and more are divided by tables of so many cells at most."""


FOR_TWO = 0.25
"""Of the time for several camps, what goes to two: more camps begin from them, so are no worse."""


@dataclass(frozen=True, eq=False)
class Frustration:
    """How far a network is from camps with friends inside and foes across.

    `value` is the weight left unexplained by `assignment` `(n,)` (camps numbered by first
    appearance), no division into at most `camps` camps leaves less than `bound`, and `proved` says
    that both are one. `optima` counts the divisions that reach `value`, None where they were not
    counted; there are at least `optima_least`. Divisions that differ in the camps' names alone are
    one; parts of the network that no tie joins, and actors without ties, count wherever they may
    stand.
    """

    camps: int
    value: float
    bound: float
    proved: bool
    assignment: Ints
    optima: int | None
    optima_least: int


def frustration(
    network: Network,
    camps: int = 2,
    seconds: float | None = None,
    seed: int = 1,
    count: bool = True,
) -> Frustration:
    """The least frustration of the network over all divisions into at most so many camps.

    Stops after about `seconds` by the clock with what it has then, else when it is proved; `seed`
    starts the search for good divisions; `count` asks how many are optimal, which is told where
    tables of a few million cells can tell it. Raises NetworkError for less than one camp.
    """
    if camps < 1:
        raise NetworkError(f"{camps} camps are too few")
    most = min(camps, network.size)
    if most == 1:
        found = np.zeros(network.size, np.int64)
        return _told(network, camps, found, np.inf, 1 if count else None)
    level = _levelled(network, most)
    if most == 2:
        found_ = _two(level, camps, seconds, seed, count)
    else:
        found_ = _several(level, camps, seconds, seed, count)
    return _weighed(found_, network)


def frustrated(network: Network, assignment: Ints) -> Bools:
    """Which ties `(m,)` the assignment `(n,)` leaves unexplained: friends apart, foes together."""
    first, second = network.ends.T
    return (assignment[first] == assignment[second]) != (network.signs > 0)


def _levelled(network: Network, camps: int) -> Network:
    """The network with ties cut to size that decide before all lighter ones anyway."""
    weights = levelled(network.size, network.ends, network.signs, network.weights, camps)
    return replace(network, weights=weights)


def _weighed(found: Frustration, network: Network) -> Frustration:
    """An answer about a network in which some ties weighed less, for the network itself."""
    value = float(network.weights[frustrated(network, found.assignment)].sum())
    return replace(found, value=value, bound=value if found.proved else min(found.bound, value))


def _told(
    network: Network, camps: int, assignment: Ints, bound: float, count: int | None
) -> Frustration:
    """The answer for a division; a bound that reaches its value proves it."""
    value = float(network.weights[frustrated(network, assignment)].sum())
    proved = bound >= value - TOLERANCE * float(network.weights.sum())
    return Frustration(
        camps, value, value if proved else bound, proved, _numbered(assignment), count, count or 1
    )


def _numbered(assignment: Ints) -> Ints:
    """Camps numbered as they first appear."""
    _, first, of = np.unique(assignment, return_index=True, return_inverse=True)
    rank = np.empty(first.size, np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    return rank[of]


def _two(
    network: Network, camps: int, seconds: float | None, seed: int, count: bool
) -> Frustration:
    graph = Graph(network.size, network.ends, network.signs * network.weights)
    until = np.inf if seconds is None else monotonic() + seconds
    found = divide(graph, Asked(count, until, np.random.default_rng(seed)))
    return _told(network, camps, found.camps, found.bound, found.optima)


def _several(
    network: Network, camps: int, seconds: float | None, seed: int, count: bool
) -> Frustration:
    most = min(camps, network.size)
    layout = plan(network.size, network.ends, most, most=CELLS)
    if layout is None:
        began = monotonic()
        few = _two(network, 2, seconds and seconds * FOR_TWO, seed, False)
        left = None if seconds is None else max(seconds - (monotonic() - began), 0.0)
        _, bound, proved, assignment = solve_many(
            network.size, network.ends, network.signs, network.weights, most, left, seed,
            few.assignment,
        )  # fmt: skip
        return _told(network, camps, assignment, np.inf if proved else bound, None)
    together, apart = network.costs()
    value, found = assign(layout, together[None], apart[None])
    equal = rounding(float(value[0]), network.ties)
    number = optima(layout, together, apart, equal) if count else None
    return _told(network, camps, found[0], np.inf, number)
