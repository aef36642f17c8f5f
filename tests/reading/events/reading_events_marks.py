"""Texts whose mentions are marked in square brackets, for the tests of events."""

from __future__ import annotations

import re

from foedus.reading.dates import dates
from foedus.reading.events import events
from foedus.reading.model import Claim, Event, Mention
from foedus.reading.text import Text

MARK = re.compile(r"\[([^|\]]+)\|([^|\]]*)\|([^|\]]*)(?:\|(\w+))?\]")
"""[words|actor|code|kind]: kind is state, nationality, place, movement, person or pronoun."""


def marked(told: str) -> tuple[Text, tuple[Mention, ...]]:
    """The text without its marks, and the mentions they are."""
    out, found, last = "", [], 0
    for mark in MARK.finditer(told):
        out += told[last : mark.start()]
        words, actor, code, kind = mark.groups()
        kind = kind or "state"
        by = {"nationality": "demonym", "pronoun": "pronoun"}.get(kind, "table")
        found.append(
            Mention(
                start=len(out), end=len(out) + len(words), actor=actor or None, name=words,
                type="movement" if kind == "pronoun" else kind, code=code or None,
                role="place" if kind == "place" else "actor", by=by,
            )
        )  # fmt: skip
        out += words
        last = mark.end()
    return Text.of(out + told[last:]), tuple(found)


def read(told: str, claims: tuple[Claim, ...] = (), published: str | None = None) -> list[Event]:
    """The events of a marked text."""
    text, mentions = marked(told)
    return list(events(text, mentions, claims, (), dates(text, published)))


def said(told: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Type, sources and targets of each event."""
    return [(event.type, event.source, event.target) for event in read(told)]
