"""People and organisations that no list knows, told by how they are written."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    CALENDAR,
    NOT_NAMES,
    ORG_HEADS,
    PARTICLES,
    SUFFIXES,
    TITLE_WORDS,
)

_LONGEST_PERSON, _LONGEST_NAME = 6, 12
_STATE_BODIES = listed("state bodies")
LANDSCAPE = listed("landscape")
"""A name that ends with one of these is a place."""


@cache
def first_names() -> frozenset[str]:
    """Given names, in lower case."""
    folder = files("foedus.reading.mentions.tables")
    return frozenset((folder / "firstnames.txt").read_text(encoding="utf-8").lower().split())


def capital(word: str) -> bool:
    """Is it written with a capital, and a word?"""
    return (word[0].isupper() and word[-1].isalpha()) or (len(word) > 2 and word[0].isupper())


def person_end(cut: Tokens, at: int) -> int:
    """The word after a person's name that begins at a word, however little it says of one."""
    words, lower, owns = cut.words, cut.lower, cut.owns
    last = min(len(cut), at + _LONGEST_PERSON)
    place, end = at, at
    while place < last:
        word, low = words[place], lower[place]
        if low in PARTICLES and place + 1 < last and words[place + 1][0].isupper():
            place += 1
            continue
        if not word[0].isupper() or (low in NOT_NAMES and place > at and low not in SUFFIXES):
            break
        if len(word) == 1 and place + 1 < last and words[place + 1] == "." and place > at - 1:
            place += 2
            continue
        if place > at and (low in ORG_HEADS or low in LANDSCAPE or low in TITLE_WORDS):
            break
        place += 1
        end = place
        if owns[place - 1]:
            break
    return end


def organisation_end(cut: Tokens, at: int) -> tuple[int, int] | None:
    """An organisation whose name begins at a word: the word after it, and where its head is."""
    words, lower, owns = cut.words, cut.lower, cut.owns
    last = min(len(cut), at + _LONGEST_NAME)
    place, head, end = at, -1, at
    while place < last:
        word, low = words[place], lower[place]
        if word[0].isupper() and low not in CALENDAR:
            if low in NOT_NAMES and place == at:
                return None
            if low in ORG_HEADS:
                head, end = place, place + 1
            elif (head >= 0 and lower[place - 1] in ("of", "for", "the", "and", "&", "to")) or (
                head >= 0 and end == place and lower[end - 2] in ("of", "for", "the", "and", "&")
            ):
                end = place + 1
            place += 1
            if owns[place - 1] and word[-1] != "s":
                break
            continue
        linked = low in ("of", "for") or (low in ("the", "and", "&") and place > at and head >= 0)
        if not linked or place + 1 >= last or (low in ("and", "&") and end != place):
            break
        if low in ("and", "&") and not _listed(lower, at, place):
            break
        if not (words[place + 1][0].isupper() or lower[place + 1] == "the"):
            break
        place += 1
    if head < 0 or (end == at + 1):
        return None
    return end, head


def _listed(lower: list[str], at: int, place: int) -> bool:
    """Does the name go on after `and`: Ministry of Culture and Tourism?"""
    return any(lower[index] in ("of", "for") for index in range(at, place))


def state_body(low: str) -> bool:
    """Is such an organisation a part of its state: a ministry, an army?"""
    return low in _STATE_BODIES


def initials(cut: Tokens, first: int, last: int, short: str) -> bool:
    """Do the words abbreviate so? Their first letters, those of small words or not."""
    letters = short.replace(".", "").upper()
    all_ = "".join(word[0] for word in cut.words[first:last] if word[0].isalnum()).upper()
    big = "".join(word[0] for word in cut.words[first:last] if word[0].isupper()).upper()
    return letters in (all_, big) or (len(letters) >= 3 and big.startswith(letters[:3]))
