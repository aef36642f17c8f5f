"""Invented actors, and the claims of a text about them."""

from __future__ import annotations

import re

from foedus.reading.claims import Suggested, claims, suggestions
from foedus.reading.cues import cues
from foedus.reading.model import Claim, Mention, Voice
from foedus.reading.quotes import quotes
from foedus.reading.text import Text

ACTORS = {
    "Norland": ("norland", "state"),
    "Sudria": ("sudria", "state"),
    "Ada Brandt": ("brandt", "person"),
    "Brandt": ("brandt", "person"),
    "Maric": ("maric", "person"),
}
PATTERN = re.compile("|".join(rf"\b{name}\b" for name in sorted(ACTORS, key=len, reverse=True)))


def mentions(text: str) -> tuple[Mention, ...]:
    """The invented actors that a text names."""
    return tuple(
        Mention(
            start=m.start(), end=m.end(), actor=ACTORS[m.group()][0], name=m.group(),
            type=ACTORS[m.group()][1], code=None,
        )
        for m in PATTERN.finditer(text)
    )  # fmt: skip


def claimed(text: str, voices: tuple[Voice, ...] = ()) -> tuple[Claim, ...]:
    """The claims of a text."""
    read, named = Text.of(text), mentions(text)
    return claims(read, voices, named, quotes(read, voices, named), cues(read))


def rated(text: str, voices: tuple[Voice, ...] = ()) -> tuple[Suggested, ...]:
    """Their suggested ratings."""
    read = Text.of(text)
    return suggestions(read, voices, mentions(text), claimed(text, voices), cues(read))


def told(text: str, voices: tuple[Voice, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Holders and words of each claim, without the words that attribute it."""
    spans = [(claim.holders, claim.content or claim) for claim in claimed(text, voices)]
    return [(holders, text[span.start : span.end].rstrip(".")) for holders, span in spans]
