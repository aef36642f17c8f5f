"""The ties of a file, checked pair by pair, and the network they make at a date."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.case.fields import PARTIAL_MEANT, partial_date
from foedus.case.nearest import quoted
from foedus.lenses.balance.network import Network, NetworkError
from foedus.lenses.cells import Cell, TableError

MOST_ACTORS = 10_000
"""The most actors of a network from a file."""
MOST_WEIGHT = 1e9
READINGS = ("changes", "snapshots")
"""How dated rows are read: each holds until the pair's next, or each date is a whole network."""
SIGNS = {"+": 1, "-": -1, "−": -1}
START = dt.date.min
"""When ties without a date begin."""


@dataclass(frozen=True, slots=True)
class DatedTie:
    """What a pair is to each other from a date on: friends, foes, or (sign 0) nothing any more."""

    first: str
    second: str
    sign: int
    weight: float = 1.0
    date: str | None = None
    """As the file has it: a day, a month or a year; None for always."""


@dataclass(frozen=True, slots=True)
class Record:
    """A tie as it stands in a file."""

    source: Cell
    target: Cell
    sign: Cell | None
    weight: Cell | None
    date: Cell | None


@dataclass(frozen=True, eq=False)
class TieTable:
    """Who was tied to whom, and since when; `actors` may have no tie at all.

    No pair has two ties of one date.
    """

    actors: tuple[str, ...]
    ties: tuple[DatedTie, ...]

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """Every date of the table, as written at its first mention, in the order of time."""
        found: dict[dt.date, str] = {}
        for tie in self.ties:
            if tie.date is not None:
                found.setdefault(first_day(tie.date), tie.date)
        return tuple(found[day] for day in sorted(found))

    @cached_property
    def _since(self) -> Mapping[dt.date, Sequence[DatedTie]]:
        out: dict[dt.date, list[DatedTie]] = {}
        for tie in self.ties:
            out.setdefault(first_day(tie.date), []).append(tie)
        return dict(sorted(out.items()))

    def date_of(self, asked: str | None) -> str | None:
        """The last date of the table up to the end of what is asked for; None without dates.

        `asked` is a day, a month or a year; None for the last of all. Raises NetworkError for what
        is no date, for one before all others, and where no tie has a date.
        """
        if asked is None:
            return self.dates[-1] if self.dates else None
        if partial_date(asked) is None:
            raise NetworkError(f"{quoted(asked)} {PARTIAL_MEANT}")
        if not self.dates:
            raise NetworkError(f"no tie has a date, so there is no network of {asked}")
        before = [date for date in self.dates if first_day(date) <= last_day(asked)]
        if not before:
            raise NetworkError(
                f"there is no tie as early as {asked}; the first is of {self.dates[0]}"
            )
        return before[-1]

    def network(self, date: str | None = None, reading: str = "changes") -> Network:
        """The network at a date, by default the last.

        Read as `changes`, a tie holds from its date to the pair's next, and one without a date from
        the beginning; as `snapshots`, the ties of a date are the whole network then. Where ties
        have dates only actors who are tied then are in it. Raises NetworkError, also if nobody is.
        """
        at = self.date_of(date)
        holding = self._holding(at, reading)
        actors = self.actors
        if at is not None:
            tied = {name for tie in holding for name in (tie.first, tie.second)}
            actors = tuple(name for name in actors if name in tied)
        if not holding:
            raise NetworkError("nobody is tied to anybody" + (f" in {at}" if at else ""))
        return network_of(actors, holding)

    def _holding(self, at: str | None, reading: str) -> list[DatedTie]:
        if reading not in READINGS:
            raise NetworkError(f"{quoted(reading)} should be {' or '.join(READINGS)}")
        until = START if at is None else first_day(at)
        if reading == "snapshots" and at is not None:
            if START in self._since:
                tie = self._since[START][0]
                said = f"the tie of {quoted(tie.first)} and {quoted(tie.second)} has none"
                raise NetworkError(f"read as snapshots every tie needs a date; {said}")
            now: Iterable[DatedTie] = self._since[until]
        else:
            latest: dict[frozenset[str], DatedTie] = {}
            for day, ties in self._since.items():
                if day <= until:
                    latest.update((frozenset((tie.first, tie.second)), tie) for tie in ties)
            now = latest.values()
        return [tie for tie in now if tie.sign]


def network_of(actors: Sequence[str], ties: Sequence[DatedTie]) -> Network:
    """The network of ties that hold at once, whatever their dates. Raises NetworkError."""
    place = {name: i for i, name in enumerate(actors)}
    ends = np.array([(place[t.first], place[t.second]) for t in ties], np.int64).reshape(-1, 2)
    return Network(
        tuple(actors),
        np.sort(ends, axis=1),
        np.array([t.sign for t in ties], np.int64),
        np.array([t.weight for t in ties], np.float64),
    )


def first_day(date: str | None) -> dt.date:
    """The first day a date can mean; for None the beginning of time."""
    if date is None:
        return START
    day = partial_date(date)
    if day is None:
        raise NetworkError(f"{quoted(date)} {PARTIAL_MEANT}")
    return day


def last_day(date: str) -> dt.date:
    """The last day a date can mean."""
    day = first_day(date)
    if len(date) == len("YYYY"):
        return day.replace(month=12, day=31)
    if len(date) == len("YYYY-MM"):
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def assembled(records: Iterable[Record], alone: Iterable[Cell], file: str) -> TieTable:
    """The table of a file's ties and of actors that may have none.

    Raises TableError, with the place, for what is no tie, an actor tied to itself, and a pair with
    two ties of one date, whichever of them is named first.
    """
    actors = dict.fromkeys(cell.name() for cell in alone)
    known: dict[tuple[frozenset[str], dt.date], tuple[DatedTie, str]] = {}
    for record in records:
        tie = _tie(record)
        key = frozenset((tie.first, tie.second)), first_day(tie.date)
        if key in known:
            raise _twice(record, tie, *known[key])
        known[key] = tie, record.source.place.partition(",")[0]
        actors.setdefault(tie.first)
        actors.setdefault(tie.second)
        if len(actors) > MOST_ACTORS:
            raise TableError(file, "", f"has more than {MOST_ACTORS:,} actors, the most there are")
    if not known:
        raise TableError(file, "", "has no ties")
    return TieTable(tuple(actors), tuple(tie for tie, _ in known.values()))


def _tie(record: Record) -> DatedTie:
    first, second = record.source.name(), record.target.name()
    if first == second:
        raise record.target.fault(f"{quoted(first)} is tied to itself")
    date = record.date.text if record.date is not None else ""
    if record.date is not None and date and partial_date(date) is None:
        raise record.date.fault(f"{PARTIAL_MEANT}, not {quoted(date)}")
    sign, weight = _strength(record)
    if sign == 0 and not date:
        ends = record.sign is not None and _sign(record.sign) == 0
        told = (record.sign if ends else record.weight) or record.source
        raise told.fault("is 0, which ends a tie from a date on; this one has no date")
    return DatedTie(first, second, sign, weight, date or None)


def _strength(record: Record) -> tuple[int, float]:
    """The sign of a tie, and its weight above 0 (1 where there is none)."""
    sign, weight = record.sign, record.weight
    if sign is None:
        if weight is None:
            raise record.source.fault("the tie has neither sign nor weight")
        value = _told_from_0(weight, weight.number(-MOST_WEIGHT, MOST_WEIGHT))
        return int(np.sign(value)), abs(value) or 1.0
    said = _sign(sign)
    if weight is None or not weight.text:
        return said, 1.0
    value = _told_from_0(weight, weight.number())
    if not 0 <= value <= MOST_WEIGHT:
        most = f"from 0 to {MOST_WEIGHT:,.0f}, as the sign is told apart"
        raise weight.fault(f"should be {most}, not {value:g}")
    return (said, value) if value else (0, 1.0)


def _told_from_0(cell: Cell, value: float) -> float:
    """The number of a cell, if it is 0 only where 0 is written."""
    if value == 0.0 and any(digit in "123456789" for digit in cell.text.lower().partition("e")[0]):
        raise cell.fault(f"is too near 0 to be told from it: {quoted(cell.text)}")
    return value


def _sign(cell: Cell) -> int:
    """1, -1, or 0 for what ends a tie."""
    if cell.text in SIGNS:
        return SIGNS[cell.text]
    if not cell.text:
        raise cell.fault("is empty; it should be 1 or -1")
    try:
        value = float(cell.text)
    except ValueError:
        value = float("nan")
    if value not in (-1.0, 0.0, 1.0):
        raise cell.fault(f"should be 1 or -1, or + or -, not {quoted(cell.text)}")
    return int(_told_from_0(cell, value))


def _twice(record: Record, tie: DatedTie, before: DatedTie, place: str) -> TableError:
    pair = f"{quoted(tie.first)} and {quoted(tie.second)}"
    when = f" of {before.date}" if before.date else ""
    if tie.sign == before.sign:
        return record.source.fault(f"{pair} have a tie{when} already, in {place}")
    words = {1: "friends", -1: "foes", 0: "not tied"}
    return record.source.fault(
        f"{pair} are {words[tie.sign]} here and {words[before.sign]} in {place}{when}"
    )
