"""Invented actors, and the quotations of a text about them."""

from __future__ import annotations

import re

from foedus.reading.model import Mention, Quote, Voice
from foedus.reading.quotes import quotes
from foedus.reading.text import Text

ACTORS = {
    "Norland": ("norland", "state"),
    "Norlanders": ("norland", "nationality"),
    "Norlandic": ("norland", "nationality"),
    "Hafen": ("norland", "state"),
    "Sudria": ("sudria", "state"),
    "Sudrian": ("sudria", "nationality"),
    "Ada Brandt": ("brandt", "person"),
    "Brandt": ("brandt", "person"),
    "Ivo Maric": ("maric", "person"),
    "Maric": ("maric", "person"),
    "the League": ("league", "organisation"),
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


def quoted(text: str, voices: tuple[Voice, ...] = ()) -> tuple[Quote, ...]:
    """The quotations of a text."""
    return quotes(Text.of(text), voices, mentions(text))


def told(text: str, voices: tuple[Voice, ...] = ()) -> list[tuple[str, str | None, str]]:
    """Form, speaker and words of each quotation, marks apart."""
    return [
        (q.form, q.speaker, text[q.start : q.end].strip("“”\"'‘’«»„ ,."))
        for q in quoted(text, voices)
    ]


def direct(text: str) -> list[tuple[str | None, str]]:
    """Speaker and words of each direct quotation."""
    return [(speaker, words) for form, speaker, words in told(text) if form == "direct"]


def indirect(text: str) -> list[tuple[str | None, str]]:
    """Speaker and words of each indirect one."""
    return [(speaker, words) for form, speaker, words in told(text) if form == "indirect"]
