"""What is known of the states in an alliance: power, disputes, wars, and who is a major power."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from math import log

import numpy as np

from foedus.record.data.raw import Raw

MAJORS = {
    2: ((1898, None),), 200: ((1816, None),), 220: ((1816, 1940), (1945, None)),
    255: ((1816, 1918), (1925, 1945), (1991, None)), 300: ((1816, 1918),),
    325: ((1860, 1943),), 365: ((1816, 1917), (1922, None)), 710: ((1950, None),),
    740: ((1895, 1945), (1991, None)),
}  # fmt: skip
"""The years in which a state (COW code) counts as a major power: COW State System Membership."""
SPAN = 3
"""Years over which a change of power is measured."""
MEMORY = 5
"""Years for which a dispute between members counts."""
ONGOING = -7


def majors(year: int) -> frozenset[int]:
    """The major powers of a year, by COW code."""
    return frozenset(
        state
        for state, spells in MAJORS.items()
        if any(first <= year and (last is None or year <= last) for first, last in spells)
    )


@dataclass(frozen=True, slots=True)
class Capabilities:
    """CINC by state and year."""

    cinc: Mapping[tuple[int, int], float]

    @classmethod
    def of(cls, raw: Raw) -> Capabilities:
        """From a table of `forms.CAPABILITIES`; a score below 0 is not known."""
        states, years = raw.whole("ccode"), raw.whole("year")
        return cls({
            (int(s), int(y)): float(c)
            for s, y, c in zip(states, years, raw["cinc"], strict=True)
            if np.isfinite(c) and c >= 0
        })  # fmt: skip

    def of_members(self, states: Set[int], year: int) -> dict[str, float | None]:
        """`caplog` (log of the members' sum), `capasym` (the largest's share), `capchg`.

        `capchg` is the largest relative change of a member's score over three years. Null where
        nothing is known.
        """
        now = {s: self.cinc[s, year] for s in states if (s, year) in self.cinc}
        total = sum(now[s] for s in sorted(now))
        changes = []
        for state, score in now.items():
            before = self.cinc.get((state, year - SPAN), 0.0)
            if before > 0:
                changes.append(abs(score - before) / before)
        return {
            "caplog": log(total) if total > 0 else None,
            "capasym": max(now.values()) / total if total > 0 else None,
            "capchg": max(changes, default=None),
        }


@dataclass(frozen=True, slots=True)
class Disputes:
    """Militarized disputes: by year, who joined which in that year, and against whom."""

    joined: Mapping[int, tuple[tuple[int, frozenset[int]], ...]]
    last: int

    @classmethod
    def of(cls, raw: Raw) -> Disputes:
        """From a table of `forms.DISPUTES`."""
        sides: dict[tuple[int, int], set[int]] = defaultdict(set)
        disputes, states, years = (raw.whole(name) for name in ("dispnum", "ccode", "styear"))
        side = raw.whole("sidea")
        for k in range(raw.size):
            sides[int(disputes[k]), int(side[k])].add(int(states[k]))
        joined: dict[int, set[tuple[int, int, frozenset[int]]]] = defaultdict(set)
        for k in range(raw.size):
            against = frozenset(sides.get((int(disputes[k]), 1 - int(side[k])), ()))
            joined[int(years[k])].add((int(disputes[k]), int(states[k]), against))
        told = {
            year: tuple((s, against) for _, s, against in rows) for year, rows in joined.items()
        }
        return cls(told, max(told))

    def of_members(self, states: Set[int], year: int) -> dict[str, float | int | None]:
        """`mid_in`: whether members fell out with one another in the five years to ``year``.

        `mid_out`: how many disputes with outsiders members went into in ``year``, each member's
        counted, over the number of members. Null after the end of the data.
        """
        if year > self.last:
            return {"mid_in": None, "mid_out": None}
        recent = (row for y in range(year - MEMORY + 1, year + 1) for row in self.joined.get(y, ()))
        inside = any(state in states and against & states for state, against in recent)
        outside = sum(
            state in states and bool(against - states)
            for state, against in self.joined.get(year, ())
        )
        return {"mid_in": int(inside), "mid_out": outside / len(states)}


@dataclass(frozen=True, slots=True)
class Wars:
    """Inter-state wars: which states fought in a year."""

    fighting: Mapping[int, frozenset[int]]
    last: int

    @classmethod
    def of(cls, raw: Raw) -> Wars:
        """From a table of `forms.WARS`; fighting that goes on runs to the last year on record."""
        states = raw.whole("ccode")
        spells = [
            (int(state), first, end)
            for n in ("1", "2")
            for state, first, end in zip(
                states, raw[f"startyear{n}"], raw[f"endyear{n}"], strict=True
            )
            if np.isfinite(first) and first > 0
        ]
        last = int(max(max(first, end) for _, first, end in spells))
        fighting: dict[int, set[int]] = defaultdict(set)
        for state, first, end in spells:
            stop = last if end == ONGOING else int(end)
            for year in range(int(first), stop + 1):
                fighting[year].add(state)
        return cls({year: frozenset(who) for year, who in fighting.items()}, last)

    def any_fights(self, states: Set[int], year: int) -> int | None:
        """Whether a member was at war in this year; null after the end of the data."""
        if year > self.last:
            return None
        return int(bool(states & self.fighting.get(year, frozenset())))
