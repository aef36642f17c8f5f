"""What it would cost to split some actors, and what to keep them together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.balance.frustration import frustrated, frustration
from foedus.lenses.balance.kernel.elimination import assign, plan, rounding
from foedus.lenses.balance.kernel.tabu import tabu
from foedus.lenses.balance.network import Floats, Ints, Network, NetworkError
from foedus.lenses.balance.realigning.forcing import Forced, Questions, forced_network
from foedus.lenses.balance.realigning.splits import Splits

CELLS = 1 << 21
"""Cells of tables, over all questions, up to which splits are worked out exactly at once."""
LATE, STEPS = 0.2, 200
"""Seconds, and steps, for a question that comes when time is over."""


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
    exact = rounding(np.maximum(leaves[0], both[0]), network.ties)
    gaps = np.where(np.abs(leaves[0] - both[0]) <= exact, 0.0, leaves[0] - both[0]).tolist()
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
    """Every question as a network of its own; when time is over, from what the first found."""
    end = None if seconds is None else time.monotonic() + seconds
    rows: list[tuple[float, Ints, bool]] = []
    for done, forced in enumerate(splits.forced):
        asked, hidden = forced_network(network, forced)
        left = None if end is None else (end - time.monotonic()) / (len(splits.forced) - done)
        if rows and left is not None and left <= 0.0:
            camps_of, proved = _nearby(asked, forced, rows[0][1], camps), False
        else:
            found = frustration(asked, camps, left, count=False)
            camps_of, proved = found.assignment, found.proved
        value = float(asked.weights[frustrated(asked, camps_of)].sum())
        rows.append((value + hidden, camps_of, proved))
    values, assignments, sure = zip(*rows, strict=True)
    return np.array(values), np.stack(assignments), np.array(sure)


def _nearby(asked: Network, forced: Forced, start: Ints, camps: int) -> Ints:
    """A division that is as forced, by a short search from another."""
    begun = start.copy()
    for (i, j), way in sorted(forced.items(), key=lambda pair: pair[1]):  # who parts goes first
        if way > 0:
            begun[j] = begun[i]
        elif begun[i] == begun[j]:
            begun[j] = (begun[i] + 1) % camps
    until = time.perf_counter() + LATE
    values = asked.signs * asked.weights
    return tabu(asked.ends, values, camps, begun[None], STEPS, until, np.random.default_rng(0))


def _groups(members: Sequence[int], assignment: Ints) -> tuple[tuple[int, ...], ...]:
    """The members by camp, the largest group first."""
    camps: dict[int, list[int]] = {}
    for i in members:
        camps.setdefault(int(assignment[i]), []).append(i)
    return tuple(sorted((tuple(group) for group in camps.values()), key=lambda g: (-len(g), g)))
