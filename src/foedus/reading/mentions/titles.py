"""Titles: Russian Foreign Minister, Secretary of State, Lt. Gen."""

from __future__ import annotations

from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import OFFICES, TITLE_HEADS, TITLE_WORDS

_LONG = 12
"""Words a title may have."""


def title_at(cut: Tokens, at: int) -> tuple[int, str] | None:
    """The title that begins at a word: where it ends (the word after it) and its head."""
    lower, words, last = cut.lower, cut.words, min(len(cut), at + _LONG)
    place, head, end = at, "", at
    while place < last and lower[place] in TITLE_WORDS:
        word = lower[place]
        place += 1
        if place < last and words[place] == "." and len(word) <= 4:
            place += 1
        if word in TITLE_HEADS:
            head, end = word, place
        if cut.owns[place - 1]:
            break
    if not head:
        return None
    if end == place:
        end = _office(cut, place, last)
    return end, head


def _office(cut: Tokens, place: int, last: int) -> int:
    """The word after what the office is for, if that is said: of State, for Foreign Affairs."""
    if place + 1 >= last or cut.lower[place] not in ("of", "for"):
        return place
    end = place + 1
    while end < last and cut.lower[end] in OFFICES and not cut.owns[end - 1]:
        end += 1
    while cut.lower[end - 1] in ("and", "the", "of", "for"):
        end -= 1
    return max(end, place)
