"""KTAB's XML: a Scenario with Dimensions, Actors and, perhaps, an IdealAdjustment.

Positions are from 0 to 100 and saliences in percent. The accommodation matrix starts as the
identity, and each pair of the IdealAdjustment overwrites one cell. The parameters of a model that a
file may have are not part of the table and are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from xml.parsers import expat

import numpy as np

from foedus.case.guard import unseen
from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.bargaining.game import Floats
from foedus.lenses.bargaining.interchange.ktab_csv import as_ktab
from foedus.lenses.bargaining.interchange.table import (
    MOST_ACTORS,
    SLACK,
    Reading,
    Record,
    Table,
    assembled,
)
from foedus.lenses.cells import Cell, TableError, on_one_line

DEEPEST = 16
MOST_ELEMENTS = 500_000


@dataclass(slots=True)
class _Element:
    """An element, its text and where it starts."""

    file: str
    line: int
    tag: str
    parts: list[str] = field(default_factory=list)
    inside: list[_Element] = field(default_factory=list)

    @property
    def cell(self) -> Cell:
        return Cell(self.file, f"line {self.line}, <{self.tag}>", on_one_line("".join(self.parts)))

    def all(self, tag: str) -> list[_Element]:
        return [child for child in self.inside if child.tag == tag]

    def one(self, tag: str) -> _Element:
        """The only child of a kind, which there must be."""
        found = self.all(tag)
        if len(found) != 1:
            said = "has no" if not found else f"has {len(found)} and not one"
            raise self.cell.fault(f"{said} <{tag}>")
        return found[0]


class _Builder:
    """Makes elements of what the parser reports, and refuses what a table has no need of."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.open = [_Element(file, 0, "")]
        self.count = 0
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype  # entities are declared only there

    def _fault(self, message: str) -> TableError:
        return TableError(self.file, f"line {self.parser.CurrentLineNumber}", message)

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise self._fault(f"has more than {MOST_ELEMENTS:,} elements, the most that is read")
        if len(self.open) > DEEPEST:
            raise self._fault(f"is nested more than {DEEPEST} deep")
        made = _Element(self.file, self.parser.CurrentLineNumber, tag)
        self.open[-1].inside.append(made)
        self.open.append(made)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        if found := unseen(text):
            raise self._fault(found[1])
        self.open[-1].parts.append(text)

    def _doctype(self, *_: Any) -> None:
        raise self._fault("has a DOCTYPE, which is not read")


def table_of(raw: bytes, file: str, reading: Reading) -> Table:
    """The table of a scenario. Raises TableError with the line."""
    builder = _Builder(file)
    try:
        builder.parser.Parse(raw, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise TableError(file, f"line {error.lineno}", f"is not XML: {why}") from None
    except (LookupError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(file, "", f"is not XML: {error}") from None
    top = builder.open[0].one("Scenario")
    dims = [one.cell.name() for one in top.one("Dimensions").all("dName")]
    actors = top.one("Actors").all("Actor")
    if not dims or not actors:
        raise top.cell.fault("has no dimensions" if not dims else "has no actors")
    records = [_record(one, len(dims)) for one in actors]
    name = " ".join(one.cell.text for one in top.all("name")[:1])
    table = assembled(name, dims, records, as_ktab(reading))
    pairs = [pair for all_ in top.all("IdealAdjustment") for pair in all_.all("iaPair")]
    return replace(table, accommodation=_accommodation(pairs, table.actors)) if pairs else table


def _record(actor: _Element, dims: int) -> Record:
    def cells(outer: str, tag: str) -> tuple[Cell, ...]:
        found = actor.one(outer).all(tag)
        if len(found) != dims:
            place = actor.one(outer).cell
            raise place.fault(f"has {len(found)} <{tag}> for {dims} dimensions")
        return tuple(one.cell for one in found)

    return Record(
        actor.one("name").cell,
        actor.one("capability").cell,
        cells("Position", "dCoord"),
        cells("Salience", "dSal"),
    )


def _accommodation(pairs: list[_Element], actors: tuple[str, ...]) -> Floats:
    places = {name: i for i, name in enumerate(actors)}
    assert len(actors) <= MOST_ACTORS
    out = np.eye(len(actors))
    for pair in pairs:
        who, whom = (
            _place(pair.one(tag).cell, places) for tag in ("adjustingIdeal", "referencePos")
        )
        out[who, whom] = pair.one("adjust").cell.number(0.0, 1.0)
    for who, total in enumerate(out.sum(axis=1)):
        if total > 1.0 + SLACK:
            said = f"the ideals of {quoted(actors[who])} follow others by {total:g}, more than 1"
            raise pairs[-1].cell.fault(said)
    return out


def _place(cell: Cell, places: dict[str, int]) -> int:
    if cell.name() not in places:
        raise cell.fault(f"there is no actor {quoted(cell.text)}{did_you_mean(cell.text, places)}")
    return places[cell.text]
