"""Signed dyads: who acts well or ill towards whom, from events and from words such as `ally of`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.reading.events.standing import standing
from foedus.reading.events.types import SIGNS
from foedus.reading.model import Event, Mention
from foedus.reading.text import Text

COLUMNS = ("start", "end", "date", "source", "source_code", "target", "target_code", "type", "mode",
           "sign", "polarity", "modality", "place", "magnitude", "holders")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dyad:
    """One towards another: +1 well, −1 ill, 0 neither."""

    source: str
    target: str
    sign: int
    basis: str
    """PLOVER's type, or the noun of a standing relation."""
    start: int
    end: int


def sign(event: Event) -> int:
    """+1 for cooperation, −1 for conflict, by PLOVER's classes; 0 if denied, or a mere request."""
    if event.polarity == "denied" or event.modality == "denied":
        return 0
    return SIGNS[event.type]


def dyads(text: Text, mentions: Sequence[Mention], events: Iterable[Event]) -> tuple[Dyad, ...]:
    """Every pair of source and target of every event, with the event's sign.

    Nobody is paired with himself; the sides of a mutual event are paired once.
    """
    out: list[Dyad] = []
    for event in events:
        mutual = event.source == event.target
        for n, one in enumerate(event.source):
            for two in event.target[n + 1 :] if mutual else event.target:
                if one != two:
                    out.append(Dyad(one, two, sign(event), event.type, event.start, event.end))
    out += [Dyad(s.one, s.two, s.sign, s.noun, s.start, s.end) for s in standing(text, mentions)]
    return tuple(sorted(out, key=lambda dyad: (dyad.start, dyad.end)))


def to_csv(events: Iterable[Event]) -> str:
    """Who did what to whom: a line for every pair of every event, with its sign.

    An event without a target has a line for each source, and the other way round.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for event in events:
        for (one, one_code), (two, two_code) in _pairs(event):
            writer.writerow(
                [event.start, event.end, event.date or "", one, one_code, two, two_code, event.type,
                 event.mode or "", sign(event), event.polarity, event.modality, event.place or "",
                 "" if event.magnitude is None else event.magnitude, " > ".join(event.holders)]
            )  # fmt: skip
    return out.getvalue()


Side = tuple[str, str]


def _pairs(event: Event) -> list[tuple[Side, Side]]:
    """Sources with targets, each with its code; of a mutual event each two once."""
    sources, targets = (
        _side(event.source, event.source_codes),
        _side(event.target, event.target_codes),
    )
    if event.source == event.target:
        return [(a, b) for n, a in enumerate(sources) for b in sources[n + 1 :]]
    return [(a, b) for a in sources or [("", "")] for b in targets or [("", "")]]


def _side(names: Sequence[str], codes: Sequence[str]) -> list[Side]:
    return [(name, codes[n] if n < len(codes) else "") for n, name in enumerate(names)]
