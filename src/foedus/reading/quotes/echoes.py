"""Words in marks that stand elsewhere in the text, in another's voice: they are that other's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from foedus.reading.model import Voice
from foedus.reading.quotes.marks import Pair

MOST = 64
"""Look-ups a text is worth."""
LONG = 400
"""Characters of a quotation that are looked for."""


class Echoes:
    """Looks up whose words an unattributed quotation repeats."""

    def __init__(self, text: str, voices: Sequence[Voice]) -> None:
        self._text = text
        self._voices = sorted(voices, key=lambda voice: voice.start)
        self._starts = [voice.start for voice in self._voices]
        self._left = MOST if len({voice.speaker for voice in voices}) > 1 else 0

    def speaker(self, pair: Pair) -> str | None:
        """The speaker of the other voice in which the quoted words stand; None if in none."""
        inner = self._text[pair.start + 1 : min(pair.end - 1, pair.start + LONG)].strip(" .,")
        own = self._voice(pair.start)
        place = -1
        while inner and self._left > 0:
            self._left -= 1
            place = self._text.find(inner, place + 1)
            if place < 0:
                return None
            other = self._voice(place)
            if other and other != own and other.speaker and not pair.start <= place < pair.end:
                return other.speaker
        return None

    def _voice(self, offset: int) -> Voice | None:
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or self._voices[place].end <= offset:
            return None
        return self._voices[place]
