"""Parse events become plain data, with the line and the place in the text of every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.case.guard import events, refuse
from foedus.case.nearest import quoted
from foedus.case.scalars import is_number, scalar

if TYPE_CHECKING:
    from ruamel.yaml.events import (
        CollectionStartEvent,
        Event,
        MappingStartEvent,
        ScalarEvent,
        SequenceStartEvent,
    )

Place = tuple[str | int, ...]
"""Where a value stands: the keys and list positions that lead to it."""


_COLON = re.compile(r"\s*:")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in the text, and how it is written."""

    start: int
    end: int
    column: int
    line: int
    form: str
    """``scalar``, ``text block``, ``block`` or ``flow``"""
    last: Place | None = None
    """The place of the last value inside, for a mapping or a list."""
    key_end: int | None = None
    """Where the key it belongs to ends."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A text as plain data, the line of every key and value, and where each value is written."""

    data: Any
    marks: dict[Place, int]
    spans: dict[Place, Span]


def read(text: str, file: str) -> Tree:
    """Read checked text.

    Raises ``CaseError`` for what is not plain YAML, for a key that is not text, and for a key that
    stands twice.
    """
    return _Builder(text, file).build()


class _Builder:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.stream: Iterator[Event] = events(text, file)
        self.marks: dict[Place, int] = {}
        self.spans: dict[Place, Span] = {}

    def build(self) -> Tree:
        from ruamel.yaml.events import NodeEvent

        data = None
        for event in self.stream:
            if isinstance(event, NodeEvent):
                self.marks[()] = event.start_mark.line + 1
                data = self._value(event, ())
        self.marks.setdefault((), 1)
        return Tree(data, self.marks, self.spans)

    def _value(self, event: Event, place: Place) -> Any:
        from ruamel.yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

        self.marks.setdefault(place, event.start_mark.line + 1)
        if isinstance(event, ScalarEvent):
            form = "text block" if event.style in ("|", ">") else "scalar"
            self._span(place, event, event, form, None)
            return scalar(event.value) if _unquoted(event) else event.value
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, place)
        assert isinstance(event, SequenceStartEvent)
        return self._list(event, place)

    def _mapping(self, start: MappingStartEvent, place: Place) -> dict[str, Any]:
        from ruamel.yaml.events import MappingEndEvent

        found: dict[str, Any] = {}
        last: Place | None = None
        while not isinstance(event := next(self.stream), MappingEndEvent):
            key = self._key(event, found, place)
            last = (*place, key)
            self.marks[last] = event.start_mark.line + 1
            found[key] = self._value(next(self.stream), last)
            self.spans[last] = self._after_key(self.spans[last], event.end_mark.index)
        self._span(place, start, event, _form(start), last)
        return found

    def _key(self, event: Event, seen: dict[str, Any], place: Place) -> str:
        from ruamel.yaml.events import ScalarEvent

        line = event.start_mark.line + 1
        path = dotted(place)
        if not isinstance(event, ScalarEvent):
            raise refuse(self.file, line, "a key should be a word, not a list or a mapping", path)
        key: str = event.value
        meant = scalar(key) if _unquoted(event) else key
        if key == "<<" and _unquoted(event):
            raise refuse(self.file, line, "merge keys (<<) are not used in case files", path)
        if meant is None or is_number(meant):
            said = quoted(key) if key else "nothing"
            raise refuse(self.file, line, f"a key should be a word, here it is {said}", path)
        if key in seen:
            first = self.marks[(*place, key)]
            message = f"the key {quoted(key)} stands twice, first on line {first}"
            raise refuse(self.file, line, message, path)
        return key

    def _after_key(self, span: Span, key_end: int) -> Span:
        """Note where the key ends; a value that is not written stands right after the colon."""
        if span.start < span.end:
            return replace(span, key_end=key_end)
        colon = _COLON.match(self.text, key_end)
        at = colon.end() if colon else key_end
        return replace(span, start=at, end=at, key_end=key_end)

    def _list(self, start: SequenceStartEvent, place: Place) -> list[Any]:
        from ruamel.yaml.events import SequenceEndEvent

        found: list[Any] = []
        while not isinstance(event := next(self.stream), SequenceEndEvent):
            found.append(self._value(event, (*place, len(found))))
        last = (*place, len(found) - 1) if found else None
        self._span(place, start, event, _form(start), last)
        return found

    def _span(self, place: Place, start: Event, end: Event, form: str, last: Place | None) -> None:
        mark = start.start_mark
        self.spans[place] = Span(
            mark.index, end.end_mark.index, mark.column, mark.line + 1, form, last
        )


def _unquoted(event: ScalarEvent) -> bool:
    return bool(event.implicit[0])


def _form(start: CollectionStartEvent) -> str:
    return "flow" if start.flow_style else "block"


def dotted(place: Place) -> str:
    """Write a place as a dotted path."""
    return ".".join(str(part) for part in place)
