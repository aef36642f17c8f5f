"""Whose text a place stands in: the author, or whom he excerpts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from foedus.reading.model import Mention, Quote, Voice

AUTHOR = "author"
"""The holder of what an unnamed author says."""
UNNAMED = "unnamed"
"""The holder of a quotation whose speaker the text does not name."""
SILENT = frozenset(("byline", "caption"))
"""Voices that claim nothing."""


class Chains:
    """The holders of a text's voices, outermost first."""

    def __init__(
        self, voices: Sequence[Voice], mentions: Sequence[Mention], quotes: Sequence[Quote]
    ) -> None:
        self._ids = {m.name: m.actor for m in mentions if m.actor}
        blocks = {quote.start: quote.speaker for quote in quotes if quote.form == "block"}
        voices = sorted(voices, key=lambda voice: voice.start)
        roles = {voice.role for voice in voices}
        role = "editor" if "editor" in roles else "author"
        own = [voice.speaker for voice in voices if voice.role == role and voice.speaker]
        outer = self._id(own[0]) if own else AUTHOR
        self._starts = [voice.start for voice in voices]
        self._ends = [voice.end for voice in voices]
        self._chains = [self._of(voice, outer, blocks) for voice in voices]
        self._outer = (outer,)

    def _id(self, name: str) -> str:
        return self._ids.get(name, name)

    def _of(
        self, voice: Voice, outer: str, blocks: dict[int, str | None]
    ) -> tuple[str, ...] | None:
        if voice.role in SILENT:
            return None
        speaker = voice.speaker or (blocks.get(voice.start) if voice.role == "excerpt" else None)
        if voice.role == "excerpt":
            inner = self._id(speaker) if speaker else UNNAMED
            return (outer,) if inner == outer else (outer, inner)
        return (self._id(speaker),) if speaker else (outer,)

    def at(self, offset: int) -> tuple[str, ...] | None:
        """The holders of what stands at an offset; None where nothing is claimed."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or self._ends[place] <= offset:
            return self._outer
        return self._chains[place]
