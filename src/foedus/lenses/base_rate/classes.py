"""Which class a tie belongs to: the bands and words that the tables are cut by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

AGES: Mapping[str, tuple[int, ...]] = MappingProxyType({
    "sponsors": (0, 1, 2, 4, 8),
    "alliances": (0, 2, 5, 10, 20, 40),
})  # fmt: skip
"""By table: the first year of each band of ages."""
OBLIGATIONS = ("offense", "defense", "neutrality", "nonaggression", "consultation")
"""A treaty counts by the first of these that it holds, as is usual with ATOP's types."""
TABLES: Mapping[str, str] = MappingProxyType({
    "treaty-alliance": "alliances",
    "war-coalition": "war-partners",
    "government-sponsor": "sponsors",
    "rebel-sponsor": "sponsors",
    "established-sponsor": "established-sponsors",
    "coalition-government": "cabinets",
    "cartel": "cartels",
})  # fmt: skip
"""By kind of pact: the table that speaks of it."""


def age_band(table: str, age: float) -> str:
    """The band that an age in years falls into, as `2-3` or `8+`."""
    starts = AGES[table]
    place = place_of(table, age)
    if place == len(starts) - 1:
        return f"{starts[place]}+"
    last = starts[place + 1] - 1
    return str(starts[place]) if last == starts[place] else f"{starts[place]}-{last}"


def place_of(table: str, age: float) -> int:
    """Which band of a table an age in years falls into, counted from 0."""
    return max(sum(age >= start for start in AGES[table]) - 1, 0)


def strongest(obligations: Iterable[str]) -> str | None:
    """The obligation that a treaty counts by; None if it is not said."""
    held = set(obligations)
    return next((each for each in OBLIGATIONS if each in held), None)


def yes_no(value: bool) -> str:
    """A yes or no as the tables spell it."""
    return "yes" if value else "no"
