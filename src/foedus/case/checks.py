"""What has to be true across the parts of a case: no circles, no hindsight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from foedus.case.fields import partial_date, whole_date
from foedus.case.tree import Place


def circles(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Find actors that are, by way of others, part of themselves."""
    whole = {
        name: actor["part_of"]
        for name, actor in _entries(data.get("actors"))
        if isinstance(actor.get("part_of"), str)
    }
    told: set[str] = set()
    done: set[str] = set()
    for start in whole:
        chain: list[str] = []
        name: str | None = start
        while name is not None and name not in done:
            done.add(name)
            chain.append(name)
            name = whole.get(name)
        if name in chain and name not in told:
            circle = chain[chain.index(name) :]
            told.update(circle)
            shown = " → ".join([*circle[:8], *(["…"] if len(circle) > 8 else []), circle[0]])
            yield ("actors", circle[0], "part_of"), f"is part of itself: {shown}"


def hindsight(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Find evidence that was reported only after the date of the judgement."""
    as_of = whole_date(data.get("as_of"))
    if as_of is None:
        return
    dates = {name: source.get("date") for name, source in _entries(data.get("sources"))}
    for name, piece in _entries(data.get("evidence")):
        if "reported" in piece:
            place: Place = ("evidence", name, "reported")
            said, what = piece["reported"], "was reported"
        else:
            place = ("evidence", name)
            source = piece.get("source")
            said = dates.get(source) if isinstance(source, str) else None
            what = f"rests on source '{source}' of"
        day = _first_day(said)
        if day is not None and day > as_of:
            yield place, f"{what} {said}, after as_of, {as_of}: that is hindsight"


def _first_day(said: object) -> dt.date | None:
    if isinstance(said, int) and not isinstance(said, bool):
        said = str(said)
    return partial_date(said) if isinstance(said, str) else None


def _entries(table: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(table, dict):
        for name, entry in table.items():
            if isinstance(entry, dict):
                yield name, entry
