"""The states of a file by their ids: rankings, moves and pairs that mention them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from foedus.lenses.stability.conflict import Bools
from foedus.lenses.stability.interchange.found import Found, shown

MOST_CELLS = 100_000_000
"""The most cells of a table of unknown or strong preferences, pairs of states for each DM."""
FEW = 8
"""How many states a message lists."""

T = TypeVar("T")


@dataclass(frozen=True)
class States:
    """Ids and, for each as text, the index of its state; each reader raises FileError."""

    ids: Sequence[int | str]
    places: dict[str, int]

    def place(self, spot: Found) -> int:
        """The index of the state that is named here."""
        value = spot.value
        if not isinstance(value, int | str) or isinstance(value, bool):
            raise spot.should_be("the id of a state")
        if str(value) not in self.places:
            known = listed(list(self.places))
            raise spot.fault(f"there is no state {shown(value)}; the feasible states are {known}")
        return self.places[str(value)]

    def ranking(self, spot: Found) -> list[int]:
        """Levels, the more the better, from states listed best first; an inner list is a tie."""
        groups = [e.entries() if isinstance(e.value, list) else [e] for e in spot.entries()]
        out = [-1] * len(self.places)
        for level, group in zip(range(len(groups))[::-1], groups, strict=True):
            for entry in group:
                state = self.place(entry)
                if out[state] >= 0:
                    raise entry.fault(f"ranks state {shown(entry.value)} a second time")
                out[state] = level
        missing = [name for name, place in self.places.items() if out[place] < 0]
        if missing:
            raise spot.fault(f"ranks every state but {listed(missing)}")
        return out

    def moves(self, spot: Found) -> dict[int, list[int]]:
        """From each state that is mentioned, where one decision maker can move."""
        out: dict[int, list[int]] = {}
        for key, row in spot.items():
            if key not in self.places:
                known = listed(list(self.places))
                raise row.fault(f"there is no state {shown(key)}; the feasible states are {known}")
            out[self.places[key]] = targets(row, self.places[key], self.place)
        return out

    def table(self, spot: Found, names: Sequence[str], *, both_ways: bool) -> Bools:
        """Pairs of states for each decision maker, the better first, as a table (N, S, S)."""
        states = len(self.places)
        if len(names) * states**2 > MOST_CELLS:
            raise spot.fault(f"{states:,} states are too many to say this of pairs of them")
        out = np.zeros((len(names), states, states), bool)
        for dm, pairs in enumerate(by_dm(spot, names, Found.entries)):
            for pair in pairs:
                two = [self.place(entry) for entry in pair.entries()]
                if len(two) != 2 or two[0] == two[1]:
                    raise pair.fault("should be two different states")
                out[dm, two[1], two[0]] = True
                out[dm, two[0], two[1]] |= both_ways
        return out


def targets(row: Found, source: int, place: Callable[[Found], int]) -> list[int]:
    """The states of a list of moves, none of them the source, none of them twice."""
    there: dict[int, None] = {}
    for entry in row.entries():
        target = place(entry)
        if target == source:
            raise entry.fault(f"a move leads from state {shown(entry.value)} to itself")
        if target in there:
            raise entry.fault(f"the move to state {shown(entry.value)} is listed twice")
        there[target] = None
    return list(there)


def by_dm(spot: Found, names: Sequence[str], reader: Callable[[Found], T]) -> list[T]:
    """What the reader makes of each decision maker's part of a mapping by name."""
    parts = dict(spot.items())
    known = set(names)
    for name, part in parts.items():
        if name not in known:
            raise part.fault(f"there is no decision maker {shown(name)}")
    return [reader(parts[name] if name in parts else spot[name]) for name in names]


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - FEW:,} more" if len(names) > FEW else ""
    few = (name if name.isprintable() else shown(name) for name in names[:FEW])
    return ", ".join(few)[:200] + more
