"""The balance section of a case: who is whose friend or foe, how strongly, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, field_validator

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import AsTuple, Id, Ids, PartialDate, Text, partial_date
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.part import Part
from foedus.case.tree import Place

Sign = Annotated[Quantity, Range(-1, 1)]
Weight = Annotated[Quantity, Range(0, 1e12, open_least=True)]

DEFAULT_WEIGHT = Quantity(mode=1.0, low=1.0, high=1.0)


class Tie(Part):
    """What lies between two actors: friendship or enmity, and how much it counts."""

    between: Annotated[tuple[Id, Id], AsTuple]
    sign: Sign | None = None
    """1 friends, -1 foes; in between, only the side of zero counts, and 0 is no tie at all."""
    weight: Weight = DEFAULT_WEIGHT
    """How much it counts against the other ties, in any one unit."""
    date: PartialDate | None = None
    """Since when it is so; the same pair may be tied again from a later date on."""
    because: Ids = ()
    note: Text | None = None

    @field_validator("between")
    @classmethod
    def _two(cls, between: tuple[str, str]) -> tuple[str, str]:
        if between[0] == between[1]:
            raise ValueError(f"{quoted(between[0])} cannot be tied to itself")
        return between

    @property
    def pair(self) -> frozenset[str]:
        """The two it ties, in no order."""
        return frozenset(self.between)

    @property
    def day(self) -> dt.date | None:
        """The first day on which it is so; None if it has always been."""
        return None if self.date is None else partial_date(self.date)


class Balance(Section):
    """What the balance lens needs: the signed ties among the actors of the case."""

    camps: int = Field(default=2, ge=2, le=8, strict=True)
    """Into how many camps, at most, everybody is divided."""
    ties: dict[Id, Tie] = Field(default_factory=dict, max_length=2000)

    def lacking(self) -> tuple[str, ...]:
        """The parts without which there is no network, as paths."""
        if not self.ties:
            return ("balance.ties",)
        return tuple(f"balance.ties.{name}.sign" for name, tie in self.ties.items() if not tie.sign)

    def holding(self, on: dt.date | None = None) -> tuple[str, ...]:
        """The ties that are so on a day, in their order in the section: the latest of each pair.

        None is before every date.
        """
        latest: dict[frozenset[str], str] = {}
        for name, tie in self.ties.items():
            if not _begun(tie, on):
                continue
            known = latest.get(tie.pair)
            if known is None or _since(self.ties[known]) < _since(tie):
                latest[tie.pair] = name
        kept = set(latest.values())
        return tuple(name for name in self.ties if name in kept)

    def dates(self) -> tuple[str, ...]:
        """The dates on which ties begin, in order, each as it was first written."""
        written: dict[dt.date, str] = {}
        for tie in self.ties.values():
            if tie.day is not None and tie.date is not None:
                written.setdefault(tie.day, tie.date)
        return tuple(written[day] for day in sorted(written))

    def problems(self, head: Head) -> Iterator[tuple[Place, str]]:
        """Who is no actor of the case, what is tied twice, and what is not known yet at as_of."""
        known = tuple(head.actors)
        told: dict[tuple[frozenset[str], dt.date | None], str] = {}
        for name, tie in self.ties.items():
            here = ("ties", name)
            for end, actor in enumerate(tie.between):
                if actor not in head.actors:
                    hint = did_you_mean(actor, known)
                    yield (*here, "between", end), f"there is no actor {quoted(actor)}{hint}"
            if tie.day is not None and tie.day > head.as_of:
                said = f"{tie.date} is after as_of, {head.as_of}: that is hindsight"
                yield (*here, "date"), said
            first = told.setdefault((tie.pair, tie.day), name)
            if first != name:
                yield here, _twice(tie, first)


def _begun(tie: Tie, on: dt.date | None) -> bool:
    return tie.day is None or (on is not None and tie.day <= on)


def _since(tie: Tie) -> dt.date:
    return tie.day or dt.date.min


def _twice(tie: Tie, first: str) -> str:
    pair = " and ".join(tie.between)
    when = "without a date" if tie.date is None else f"from {tie.date} on"
    return f"{pair} are tied {when} already by {quoted(first)}; give it a later date"
