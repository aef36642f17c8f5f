"""Every id that names something else in the case has to name something that is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.case.nearest import did_you_mean, quoted
from foedus.case.tree import Place

# Read from the plain data, not from the models, so that a dangling id is reported also when
# something else in the file is wrong. `*` stands for any key or list position.
REFERENCES: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("evidence", "*", "source"), ("sources",), "source"),
    (("evidence", "*", "by"), ("actors",), "actor"),
    (("evidence", "*", "through", "*"), ("actors", "sources"), "actor or source"),
    (("actors", "*", "part_of"), ("actors",), "actor"),
    (("pact", "members", "*"), ("actors",), "actor"),
    (("pact", "opponents", "*"), ("actors",), "actor"),
    (("assumptions", "*", "doubted_by", "*"), ("evidence",), "evidence"),
    (("indicators", "*", "assumption"), ("assumptions",), "assumption"),
)


def dangling(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Which ids name nothing? Yields the place and a message with the nearest id there is."""
    for pattern, tables, what in REFERENCES:
        known = [name for table in tables for name in _names(data.get(table))]
        present = set(known)
        for place, name in _matches(data, pattern, ()):
            if isinstance(name, str) and name not in present:
                yield place, _unknown(what, name, known)
    known = _names(data.get("evidence"))
    present = set(known)
    for place, name in _because(data, ()):
        if name not in present:
            yield place, _unknown("evidence", name, known)


def _unknown(what: str, name: str, known: list[str]) -> str:
    if not known:
        return f"there is no {what} {quoted(name)}, the case has none"
    return f"there is no {what} {quoted(name)}{did_you_mean(name, known)}"


def _names(table: object) -> list[str]:
    return list(table) if isinstance(table, dict) else []


def _children(value: object) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _matches(value: Any, pattern: tuple[str, ...], place: Place) -> Iterator[tuple[Place, Any]]:
    if not pattern:
        yield place, value
        return
    for key, child in _children(value):
        if pattern[0] in ("*", key):
            yield from _matches(child, pattern[1:], (*place, key))


def _because(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    for key, child in _children(value):
        here = (*place, key)
        if key == "because" and isinstance(child, list):
            for index, name in enumerate(child):
                if isinstance(name, str):
                    yield (*here, index), name
        else:
            yield from _because(child, here)
