"""The numbers behind a picture, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.report.text import NOTHING, chance, number

HEADS = {"value": "mean", "low": "5 %", "high": "95 %"}


@dataclass(frozen=True)
class Numbers:
    """One table: what its columns are called, and its rows as text; numbers are marked as such."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, bool], ...], ...]


def behind(spec: Mapping[str, Any]) -> tuple[Numbers, ...]:
    """Every table of data in a specification that has more than one row."""
    shares = set(_shares(spec))
    found: list[list[dict[str, Any]]] = []
    for table in _tables(spec):
        if len(table) > 1 and table not in found:
            found.append(table)
    return tuple(_told(table, shares) for table in found)


def _told(table: list[dict[str, Any]], shares: set[str]) -> Numbers:
    columns = list(dict.fromkeys(key for row in table for key in row))

    def cell(key: str, value: Any) -> tuple[str, bool]:
        if value is None:
            return NOTHING, True
        if isinstance(value, int | float) and not isinstance(value, bool):
            return (chance if key in shares else number)(float(value)), True
        return str(value).replace("\n", " "), False

    return Numbers(
        tuple(HEADS.get(key, key.replace("_", " ")) for key in columns),
        tuple(tuple(cell(key, row.get(key)) for key in columns) for row in table),
    )


def _tables(value: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(value, Mapping):
        yield from value.get("datasets", {}).values()
        data = value.get("data")
        if isinstance(data, Mapping) and isinstance(data.get("values"), list):
            yield data["values"]
        for key, item in value.items():
            if key not in ("datasets", "data"):
                yield from _tables(item)
    elif isinstance(value, list):
        for item in value:
            yield from _tables(item)


def _shares(value: Any) -> Iterator[str]:
    """Fields that some axis or label shows in per cent, with the ends of their intervals."""
    if isinstance(value, Mapping):
        encoding = value.get("encoding")
        if isinstance(encoding, Mapping):
            for channel, told in encoding.items():
                if isinstance(told, Mapping) and _in_percent(told):
                    beside = encoding.get(f"{channel}2", {})
                    yield from (str(c["field"]) for c in (told, beside) if "field" in c)
        for item in value.values():
            yield from _shares(item)
    elif isinstance(value, list):
        for item in value:
            yield from _shares(item)


def _in_percent(channel: Mapping[str, Any]) -> bool:
    axis = channel.get("axis")
    form = axis.get("format") if isinstance(axis, Mapping) else channel.get("format")
    return isinstance(form, str) and form.endswith("%")
