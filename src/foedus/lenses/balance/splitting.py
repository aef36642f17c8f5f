"""What it would cost to split some actors, and what to keep them together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.balance.forcing import Questions, forced_network
from foedus.lenses.balance.frustration import frustration
from foedus.lenses.balance.kernel.elimination import assign, plan
from foedus.lenses.balance.network import Floats, Ints, Network, NetworkError
from foedus.lenses.balance.splits import Splits

CELLS = 1 << 21
"""Cells of tables, over all questions, up to which splits are worked out exactly at once."""


@dataclass(frozen=True, eq=False)
class SplitCost:
    """What it costs to keep members together, and to split them.

    `together` and `apart` are the least frustration with all members in one camp, and with not all
    of them in one; `leaves` what it costs beyond `together` that one member alone leaves the
    others, who stay together (below 0: less strain than with it); `groups` are the members by camp
    in the cheapest split. `proved` is False where a search was cut short.
    """

    members: tuple[int, ...]
    together: float
    apart: float
    leaves: tuple[float, ...]
    groups: tuple[tuple[int, ...], ...]
    proved: bool

    def to_dict(self, network: Network) -> dict[str, Any]:
        """As plain data, with actors by name."""
        names = network.actors
        return {
            "members": [names[i] for i in self.members],
            "together": self.together,
            "apart": self.apart,
            "leaves": {names[i]: cost for i, cost in zip(self.members, self.leaves, strict=True)},
            "groups": [[names[i] for i in group] for group in self.groups],
            "proved": self.proved,
        }


def split_cost(
    network: Network, members: Sequence[int], camps: int = 2, seconds: float | None = None
) -> SplitCost:
    """What it costs to keep members (places among the actors) in one camp, and to split them.

    In `seconds` or so where the network is large. Raises NetworkError for fewer than two members,
    one that is no actor or stands there twice, and fewer than two camps.
    """
    _check(network, members, camps)
    splits = Splits.of(members, camps)
    questions = Questions.of(network.ends, splits.forced)
    layout = plan(network.size, questions.ends, camps, most=CELLS // questions.size)
    if layout is not None:
        together, apart = questions.costs(*network.costs())
        value, assignment = assign(layout, together, apart)
        proved = np.ones(value.shape, np.bool_)
    else:
        value, assignment, proved = _one_by_one(network, splits, camps, seconds)
    both, apart_, leaves = splits.told(value[None])
    cheapest = 1 + int(np.argmin(value[1:]))
    exact = 1e-12 * network.weights.sum()
    gaps = [gap if abs(gap) > exact else 0.0 for gap in (leaves[0] - both[0]).tolist()]
    return SplitCost(
        splits.members,
        float(both[0]),
        float(apart_[0]),
        tuple(gaps),
        _groups(splits.members, assignment[cheapest]),
        bool(proved.all()),
    )


def _check(network: Network, members: Sequence[int], camps: int) -> None:
    if len(members) < 2 or len(set(members)) != len(members):
        raise NetworkError("a split needs at least two members, each once")
    if not all(0 <= i < network.size for i in members):
        raise NetworkError("a member is no actor")
    if camps < 2:
        raise NetworkError("a split needs at least two camps")


def _one_by_one(
    network: Network, splits: Splits, camps: int, seconds: float | None
) -> tuple[Floats, Ints, NDArray[np.bool_]]:
    """Every question as a network of its own."""
    end = None if seconds is None else time.monotonic() + seconds
    rows = []
    for done, forced in enumerate(splits.forced):
        asked, hidden = forced_network(network, forced)
        left = None
        if end is not None:
            left = max(end - time.monotonic(), 0.0) / (len(splits.forced) - done)
        found = frustration(asked, camps, left, count=False)
        rows.append((found.value + hidden, found.assignment, found.proved))
    values, camps_of, proved = zip(*rows, strict=True)
    return np.array(values), np.stack(camps_of), np.array(proved)


def _groups(members: Sequence[int], assignment: Ints) -> tuple[tuple[int, ...], ...]:
    """The members by camp, the largest group first."""
    camps: dict[int, list[int]] = {}
    for i in members:
        camps.setdefault(int(assignment[i]), []).append(i)
    return tuple(sorted((tuple(group) for group in camps.values()), key=lambda g: (-len(g), g)))
