"""Events to and from records of PLOVER in JSON.

Fields are those of PLOVER's gold standard: `id`, `date`, `source` and `target` (lists of
`actorText` and `code`), `event`, `mode`, `eventText`, `eventLoc`, `dead`, `injured` or `size`,
`text`, `language`. What PLOVER has no field for stands under `foedus`, so that a record written
here is read again as the same event. Records with the drafts' names are read as today's types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.reading.events.types import mode_today, root
from foedus.reading.model import Event
from foedus.reading.text import Span

COUNTS = ("dead", "injured", "size")
EXTRA = "foedus"


class PloverError(ValueError):
    """A record that is no event of PLOVER."""

    bad_input = True


def to_plover(event: Event, text: str, publication: str | None = None) -> dict[str, Any]:
    """The record of an event that was read in a text."""
    trigger = event.trigger or Span(event.start, event.end)
    record: dict[str, Any] = {
        "id": f"foedus-{event.id}",
        "date": event.date or "",
        "source": _actors(event.source, event.source_codes),
        "target": _actors(event.target, event.target_codes) or "",
        "event": event.type,
        "mode": event.mode or "",
        "eventText": text[trigger.start : trigger.end],
        "text": text[event.start : event.end],
        "language": "en",
    }
    if event.place:
        record["eventLoc"] = {"name": event.place}
    if event.magnitude is not None:
        record[_counted(event, record["eventText"])] = event.magnitude
    if publication:
        record["publication"] = publication
    record[EXTRA] = {
        "start": event.start, "end": event.end, "polarity": event.polarity,
        "modality": event.modality, "holders": list(event.holders),
        "trigger": [event.trigger.start, event.trigger.end] if event.trigger else None,
        "source_codes": list(event.source_codes), "target_codes": list(event.target_codes),
    }  # fmt: skip
    return record


def from_plover(record: Mapping[str, Any]) -> Event:
    """The event of a record; of one that was not written here, in the record's own text.

    Raises ``PloverError`` for a record without an event's type, or with one that PLOVER has not.
    """
    name, mode = record.get("event"), record.get("mode")
    if not isinstance(name, str):
        raise PloverError(
            f"record {record.get('id', '?')}: no event; it names one of PLOVER's types"
        )
    try:
        kind = root(name, mode if isinstance(mode, str) else None)
    except ValueError as error:
        raise PloverError(f"record {record.get('id', '?')}: {error}") from error
    extra = record.get(EXTRA) or {}
    start, end = extra.get("start", 0), extra.get("end", len(str(record.get("text", ""))))
    source, source_codes = _sides(record.get("source"), extra.get("source_codes"))
    target, target_codes = _sides(record.get("target"), extra.get("target_codes"))
    place = record.get("eventLoc")
    return Event(
        start=start, end=end, type=kind, mode=mode_today(name, str(mode or "")),
        source=source, target=target, source_codes=source_codes, target_codes=target_codes,
        polarity=extra.get("polarity", "affirmed"), modality=extra.get("modality", "actual"),
        date=record.get("date") or None,
        place=place.get("name") if isinstance(place, Mapping) else None,
        magnitude=_magnitude(record), holders=tuple(extra.get("holders", ())),
        trigger=_trigger(record, extra),
    )  # fmt: skip


def _actors(names: tuple[str, ...], codes: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {"actorText": name} | ({"code": codes[n]} if n < len(codes) and codes[n] else {})
        for n, name in enumerate(names)
    ]


def _sides(actors: Any, codes: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names and codes of a side; an empty string stands for none."""
    found = [actor for actor in actors or () if isinstance(actor, Mapping)]
    names = tuple(str(actor.get("actorText") or actor.get("code") or "") for actor in found)
    if codes is not None:
        return names, tuple(codes)
    return names, tuple(str(actor.get("code") or "") for actor in found)


def _counted(event: Event, words: str) -> str:
    """Whether the number is of the dead, the injured, or of those who took part."""
    said = words.lower()
    if event.type != "ASSAULT":
        return "size"
    if any(stem in said for stem in ("wound", "injur")):
        return "injured"
    return (
        "dead" if any(stem in said for stem in ("kill", "massacr", "murder", "execut")) else "size"
    )


def _magnitude(record: Mapping[str, Any]) -> int | None:
    for field in COUNTS:
        value = record.get(field)
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
            return int(value)
    return None


def _trigger(record: Mapping[str, Any], extra: Mapping[str, Any]) -> Span | None:
    if extra:
        found = extra.get("trigger")
        return Span(found[0], found[1]) if found else None
    text, words = str(record.get("text", "")), str(record.get("eventText", ""))
    at = text.find(words) if words else -1
    return Span(at, at + len(words)) if at >= 0 else None
