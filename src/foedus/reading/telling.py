"""A reading as JSON Lines, one item a line, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from foedus.reading.model import KINDS, Item, Reading, Source
from foedus.reading.text import Span

TEXT = "text"
"""The kind of the line that holds the text itself and its source; it is no item."""
ASIDE = ("refused", "agreement")
"""Kinds of lines about items, which are none."""
_FIELDS = {kind.kind: tuple(f.name for f in fields(kind))[2:] for kind in KINDS}
_sorted = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_line = json.JSONEncoder(ensure_ascii=False).encode


class TellingError(ValueError):
    """A line that tells no item: which, and what is wrong with it."""

    bad_input = True

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(line, message)

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


def facts(item: Item, text: str) -> dict[str, Any]:
    """An item as plain data: kind, start, end, id, the exact words, and its own fields."""
    own = {name: _plain(getattr(item, name)) for name in _FIELDS[item.kind]}
    place = {"kind": item.kind, "start": item.start, "end": item.end}
    # the same hash as Item.id, which copies every value first and takes six times as long
    digest = hashlib.sha256(_sorted({**place, **own}).encode()).hexdigest()[:12]
    return {**place, "id": digest, "exact": text[item.start : item.end], **own}


def lines(
    reading: Reading, *, whole: bool = False, read_by: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Each item as a line of JSON, in the order of the text.

    With `whole` a line of kind `text` comes first, with the text and its source, so that `items`
    gives the same reading back. `read_by` says of items, by their id, which reader read them; of
    all others it was the rules.
    """
    if whole:
        head = {"kind": TEXT, "start": 0, "end": len(reading.text)}
        yield _line({**head, "source": asdict(reading.source), "text": reading.text})
    for item in reading.items:
        told = facts(item, reading.text)
        if read_by is not None:
            told["read_by"] = read_by.get(told["id"], "rules")
        yield _line(told)


def items(told: Iterable[str]) -> Reading:
    """The reading that lines tell; keys that are not known are left aside.

    Without a line of kind `text` its text is empty. Raises `TellingError` for a line that is no
    item, or whose words are not those of the text at its place.
    """
    source, text, found = Source(), "", list[Item]()
    for number, line in enumerate(told, 1):
        if not line.strip():
            continue
        data = _read(line, number)
        if data.get("kind") == TEXT:
            source, text = _source(data, number)
            continue
        if data.get("kind") in ASIDE:
            continue
        item = item_of(data, number)
        if text and data.get("exact", "") != text[item.start : item.end]:
            raise TellingError(number, "its words are not those of the text at its place")
        found.append(item)
    return Reading(source, text, tuple(found))


def item_of(data: Mapping[str, Any], number: int = 1) -> Item:
    """The item of a line's data. Raises `TellingError`."""
    kind = data.get("kind")
    made = next((one for one in KINDS if one.kind == kind), None)
    if made is None:
        known = ", ".join(one.kind for one in KINDS)
        raise TellingError(number, f"there is no kind {kind!r}; there are {known}")
    given: dict[str, Any] = {}
    for field in fields(made):
        if field.name in data:
            given[field.name] = _value(data[field.name], str(field.type), field.name, number)
    try:
        item = made(**given)
    except TypeError:
        missing = [f.name for f in fields(made) if f.name not in given]
        raise TellingError(number, f"a {kind} needs {' and '.join(missing[:3])}") from None
    if not 0 <= item.start <= item.end:
        raise TellingError(number, "end should not be before start")
    return item


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise TellingError(number, "is not JSON") from None
    if not isinstance(data, dict):
        raise TellingError(number, "should be an object")
    return data


def _source(data: Mapping[str, Any], number: int) -> tuple[Source, str]:
    given, text = data.get("source"), data.get("text")
    if not isinstance(text, str) or not isinstance(given, dict):
        raise TellingError(number, "a text needs text and source")
    names = {field.name for field in fields(Source)}
    own = {name: value for name, value in given.items() if name in names}
    if not all(value is None or isinstance(value, str) for value in own.values()):
        raise TellingError(number, "what a source says of itself should be text")
    return Source(**own), text


def _span(value: Any) -> Span | None:
    if isinstance(value, dict) and set(value) == {"start", "end"}:
        start, end = value["start"], value["end"]
        if type(start) is int and type(end) is int and 0 <= start <= end:
            return Span(start, end)
    return None


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: Any) -> int | None:
    return value if type(value) is int else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "str": (_word, "text"),
    "int": (_whole, "a whole number"),
    "bool": (_truth, "true or false"),
    "Span": (_span, "a span: {start, end}"),
}


def _value(value: Any, kind: str, name: str, number: int) -> Any:
    """A field's value as its type wants it."""
    base, _, other = kind.partition(" | ")
    if value is None and other == "None":
        return None
    inner = base.removeprefix("tuple[").removesuffix(", ...]")
    reader, meant = READERS[inner]
    if inner == base:
        found = reader(value)
        if found is None:
            raise TellingError(number, f"{name} should be {meant}")
        return found
    parts = [reader(one) for one in value] if isinstance(value, list) else [None]
    if None in parts:
        raise TellingError(number, f"{name} should be a list of {meant}")
    return tuple(parts)
