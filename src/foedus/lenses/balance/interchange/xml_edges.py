"""Signed networks in GraphML and GEXF: edges with an attribute `sign`, `weight` or both.

Read from the parser's reports, as they come: errors know their line, nothing is expanded, and a
large file makes no tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from foedus.case.guard import unseen
from foedus.case.nearest import quoted
from foedus.lenses.balance.interchange.ties import Record, TieTable, assembled
from foedus.lenses.cells import MOST_ROWS, Cell, TableError, on_one_line

DEEPEST = 32
MOST_ELEMENTS = 2_000_000
ROOTS = ("graphml", "gexf")
DECLARED = {"key": ("id", "attr.name"), "attribute": ("id", "title")}
"""The elements that declare an attribute: where they have its id and its name."""
CALLED = ("label", "name")
"""What a node may have its actor's name in."""


@dataclass(slots=True)
class _Item:
    """A node or an edge: where it starts, its XML attributes, and what is told of it, by key."""

    line: int
    attributes: dict[str, str]
    told: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Gathers nodes, edges and declared attributes, and refuses what no network has."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype  # entities are declared only there
        self.items: dict[str, list[_Item]] = {"node": [], "edge": []}
        self.names: dict[tuple[str, str], str] = {}
        self.defaults: dict[tuple[str, str], str] = {}
        self.count = self.depth = self.graphs = 0
        self._item: _Item | None = None
        self._kind = ""  # what the attributes being declared are of
        self._key = ""
        self._parts: list[str] | None = None  # the text being gathered

    def fault(self, message: str) -> TableError:
        return TableError(self.file, f"line {self.parser.CurrentLineNumber}", message)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self.count += 1
        self.depth += 1
        if self.count > MOST_ELEMENTS:
            raise self.fault(f"has more than {MOST_ELEMENTS:,} elements, the most that is read")
        if self.depth > DEEPEST:
            raise self.fault(f"is nested more than {DEEPEST} deep")
        if self.depth == 1 and tag not in ROOTS:
            raise self.fault(f"starts with <{tag[:80]}>, so it is neither GraphML nor GEXF")
        for text in attributes.values():
            self._check(text)
        if tag in self.items:
            self._begin(tag, attributes)
        elif tag == "graph":
            self._graph(attributes)
        elif tag == "hyperedge":
            raise self.fault("is a hyperedge; a tie has two ends")
        elif tag == "attributes":
            self._kind = attributes.get("class", "")
        elif tag in DECLARED:
            self._declare(tag, attributes)
        elif tag == "attvalue" and self._item is not None:
            key = attributes.get("for", attributes.get("id", ""))
            self._item.told[key] = attributes.get("value", "")
        elif tag in ("data", "default"):
            self._key = attributes.get("key", "") if tag == "data" else self._key
            self._parts = []

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if self._item is not None:
            raise self.fault(f"has a <{tag}> within another, which is not read")
        if len(self.items[tag]) >= MOST_ROWS:
            raise self.fault(f"has more than {MOST_ROWS:,} of <{tag}>, the most that is read")
        self._item = _Item(self.parser.CurrentLineNumber, attributes)
        self.items[tag].append(self._item)

    def _graph(self, attributes: dict[str, str]) -> None:
        self.graphs += 1
        if self.graphs > 1:
            raise self.fault("has a second graph; one file is one network")
        if attributes.get("mode") == "dynamic":
            raise self.fault("is dynamic, which is not read; give edges an attribute date")

    def _declare(self, tag: str, attributes: dict[str, str]) -> None:
        identity, name = DECLARED[tag]
        kind = attributes.get("for", "all") if tag == "key" else self._kind
        self._key = attributes.get(identity, "")
        for one in self.items if kind == "all" else (kind,):
            self.names[one, self._key] = attributes.get(name, self._key).lower()

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self.depth -= 1
        if tag in self.items:
            self._item = None
        elif tag in ("data", "default") and self._parts is not None:
            text = "".join(self._parts)
            self._parts = None
            if tag == "data" and self._item is not None:
                self._item.told[self._key] = text
            elif tag == "default":
                for one in self.items:
                    if (one, self._key) in self.names:
                        self.defaults[one, self.names[one, self._key]] = text

    def _text(self, text: str) -> None:
        self._check(text)
        if self._parts is not None:
            self._parts.append(text)

    def _check(self, text: str) -> None:
        if found := unseen(text):
            raise self.fault(found[1])

    def _doctype(self, *_: Any) -> None:
        raise self.fault("has a DOCTYPE, which is not read")

    def cells(self, tag: str, item: _Item) -> dict[str, Cell]:
        """What is told of a node or an edge, by name: as data, else by itself, else by default."""
        texts = {name: text for (kind, name), text in self.defaults.items() if kind == tag}
        named = {self.names.get((tag, key), key.lower()): text for key, text in item.told.items()}
        return {
            name: Cell(self.file, f"line {item.line}, <{tag}> {name}", on_one_line(text))
            for name, text in {**texts, **item.attributes, **named}.items()
        }


def table_of(raw: bytes, file: str) -> TieTable:
    """The ties of a GraphML or GEXF file. Raises TableError with the line.

    Actors are called by their nodes' labels if all have one of their own, else by their ids.
    Directions are passed over: a pair has one tie of a date.
    """
    reader = _Reader(file)
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise TableError(file, f"line {error.lineno}", f"is not XML: {why}") from None
    except (LookupError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(file, "", f"is not XML: {error}") from None
    if not reader.graphs:
        raise TableError(file, "", "has no graph")
    called = _called(reader)
    records = [_record(reader, item, called) for item in reader.items["edge"]]
    return assembled(records, called.values(), file)


def _called(reader: _Reader) -> dict[str, Cell]:
    """Each node's id and the cell with the name of its actor."""
    ids: dict[str, Cell] = {}
    labels: list[Cell | None] = []
    for item in reader.items["node"]:
        told = reader.cells("node", item)
        place = Cell(
            reader.file, f"line {item.line}, <node> id", on_one_line(item.attributes.get("id", ""))
        )
        if place.name() in ids:
            raise place.fault(f"there is a node {quoted(place.text)} already")
        ids[place.text] = place
        labels.append(next((told[name] for name in CALLED if name in told), None))
    distinct = {cell.text for cell in labels if cell is not None and cell.text}
    if ids and len(distinct) == len(ids):
        return {key: cell for key, cell in zip(ids, labels, strict=True) if cell is not None}
    return ids


def _record(reader: _Reader, item: _Item, called: Mapping[str, Cell]) -> Record:
    told = reader.cells("edge", item)
    ends = []
    for end in ("source", "target"):
        place = f"line {item.line}, <edge> {end}"
        cell = Cell(reader.file, place, on_one_line(item.attributes.get(end, "")))
        if cell.name() not in called:
            raise cell.fault(f"there is no node {quoted(cell.text)}")
        ends.append(Cell(reader.file, place, called[cell.text].name()))
    return Record(ends[0], ends[1], told.get("sign"), told.get("weight"), told.get("date"))
