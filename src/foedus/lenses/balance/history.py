"""How the balance of a network moved over dates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from foedus.lenses.balance.frustration import frustration
from foedus.lenses.balance.kernel.elimination import rounding
from foedus.lenses.balance.kernel.indices import triangles
from foedus.lenses.balance.network import Network
from foedus.lenses.balance.realigning.splitting import split_cost


@dataclass(frozen=True)
class Moment:
    """The network of one date.

    `nodes` are the actors that have ties then, `ties` and `negative` count all and foes, `value`,
    `bound` and `proved` are its frustration, `line_index` is 1 - 2 value / weight of all ties,
    `triangle_index` the share of closed triads that are balanced; both None where there are none.
    `together` says whether the least frustration has the members in one camp (None where it can
    be had either way, or fewer than two have ties then).
    """

    date: str | None
    nodes: int
    ties: int
    negative: int
    value: float
    bound: float
    proved: bool
    line_index: float | None
    triangle_index: float | None
    together: bool | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def history(
    dated: Sequence[tuple[str | None, Network]],
    camps: int = 2,
    members: Sequence[str] = (),
    seconds: float | None = None,
) -> tuple[Moment, ...]:
    """The balance at each date, in the order given, each with its whole network.

    `members` are the actors whose standing together is followed; `seconds` is for one date.
    """
    return tuple(_moment(date, network, camps, members, seconds) for date, network in dated)


def line_index(value: float, weight: float) -> float | None:
    """1 - 2 value / weight: 1 where camps explain every tie; None for a network without ties."""
    return 1.0 - 2.0 * value / weight if weight > 0.0 else None


def _moment(
    date: str | None,
    network: Network,
    camps: int,
    members: Sequence[str],
    seconds: float | None,
) -> Moment:
    found = frustration(network, camps, seconds, count=False)
    index = triangles(network.size, network.ends, network.signs).index
    return Moment(
        date,
        int(np.unique(network.ends).size),
        network.ties,
        int((network.signs < 0).sum()),
        found.value,
        found.bound,
        found.proved,
        line_index(found.value, float(network.weights.sum())),
        index if math.isfinite(index) else None,
        _together(network, members, camps, seconds),
    )


def _together(
    network: Network, members: Sequence[str], camps: int, seconds: float | None
) -> bool | None:
    tied = set(network.ends.ravel().tolist())
    places = [i for i in sorted(tied) if network.actors[i] in members]
    if len(places) < 2:
        return None
    split = split_cost(network, places, camps, seconds)
    if abs(split.together - split.apart) <= rounding(split.together, network.ties):
        return None
    return split.together < split.apart
