"""People: known names, titles with names, family names said before, names by their shape."""

from __future__ import annotations

from foedus.reading.mentions.entry import Entry
from foedus.reading.mentions.found import Found
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.offices import bearer_of, office
from foedus.reading.mentions.shapes import LANDSCAPE, first_names, person_end
from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.titles import title_at
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    NO_PEOPLE,
    NOT_NAMES,
    ORG_HEADS,
    PARTICLES,
    SHIPS,
    SPEECH,
    TITLE_WORDS,
)

_PLACED = listed("placed")
_NO_FAMILY = listed("no family")
"""After a given name that is a place as well, no family name: Georgia Tech."""


def titled(cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int) -> int:
    """A title, with or without a name, from a word on: the word after it, or the same word."""
    title = title_at(cut, at)
    if title is None:
        return at
    end, head = title
    named = None if cut.owns[end - 1] else _named(cut, names, memory, end)
    if named is None:
        return office(cut, names, memory, out, at, end, head)
    last, entry = named
    bearer = bearer_of(cut, out, at)
    first = at if bearer is None else out.pop().first
    code = bearer.code if bearer is not None else None
    if isinstance(entry, Found):
        found = Found(
            first, last - 1, entry.actor, entry.name, "person", entry.code or code, "person",
            entry.by,
        )  # fmt: skip
    elif entry is not None:
        found = Found.of(entry, first, last - first)
    else:
        name = cut.spelled(end, last)
        found = Found(first, last - 1, None, name, "person", code, "person", "shape")
    found.head = head
    memory.introduce(found, cut, end, last - 1)
    memory.hold(cut.lower[at:end], head, found)
    out.append(found)
    return last


def _named(
    cut: Tokens, names: Names, memory: Memory, at: int
) -> tuple[int, Entry | Found | None] | None:
    """The name that follows a title: the word after it, and whose it is if that is known."""
    if at >= len(cut) or not (cut.words[at][0].isupper() or cut.lower[at] in PARTICLES):
        return None
    hit = names.at(cut.lower, cut.words, at)
    end = person_end(cut, at)
    if hit is not None and hit[1].form == "person":
        before = memory.people.get(cut.lower[at])
        if before is not None and hit[1].by != "alias" and end == at + 1:
            return end, before
        if at + hit[0] >= end or hit[0] > 1:
            return at + hit[0], hit[1]
    if end <= at or cut.lower[at] in NOT_NAMES or cut.lower[at] in ORG_HEADS:
        return None
    if end == at + 1:
        before = memory.people.get(cut.lower[at])
        if before is not None:
            return end, before
    if hit is not None and hit[1].form != "person":
        if not (cut.lower[at] in first_names() and end - at >= 2):
            return None
        if end - at > 2:
            end = _shortened(cut, names, at, end)
        return end, None
    return _shortened(cut, names, at, end), None


def _shortened(cut: Tokens, names: Names, at: int, end: int) -> int:
    """End a name before a state or organisation that follows it without a pause."""
    for place in range(at + 2, end):
        hit = names.at(cut.lower, cut.words, place)
        if hit is not None and hit[1].form in ("name", "adjective", "organisation", "institution"):
            return place
    return end


def shaped(cut: Tokens, names: Names, memory: Memory, at: int, hit: Entry | None) -> int:
    """The word after a person whose name begins at a word, told by its shape; the word if none."""
    low, end = cut.lower[at], person_end(cut, at)
    if end <= at or low in NOT_NAMES or low in NO_PEOPLE or low in ORG_HEADS or low in TITLE_WORDS:
        return at
    if low in SHIPS or (at and cut.lower[at - 1] in SHIPS):
        return at
    if end < len(cut) and cut.lower[end] in LANDSCAPE and not cut.owns[end - 1]:
        return at
    given = low in first_names()
    many = end - at >= 2
    if given and many and hit is not None and cut.lower[at + 1] in _NO_FAMILY:
        return at
    if given and many:
        after = names.at(cut.lower, cut.words, at + 1)
        if hit is not None and after is not None and after[1].form != "person":
            return at
        return _shortened(cut, names, at, end)
    if hit is not None or any(_taken(cut, names, place) for place in range(at + 1, end)):
        return at
    before = cut.lower[at - 1] if at else ""
    if before in _PLACED:
        return at
    after_word = cut.lower[end] if end < len(cut) else "."
    arabic = any(cut.lower[place] in PARTICLES for place in range(at, end - 1))
    if many and (arabic or low == "abu"):
        return end
    if many and after_word == "," and end + 1 < len(cut):
        following = cut.lower[end + 1]
        if following in ("who", "whose") or following.isdigit():
            return end
    spoke = after_word in SPEECH or before in SPEECH
    if spoke and not cut.owns[end - 1] and (at > 0 or many):
        return end if not cut.words[at].isupper() else at
    return at


def _taken(cut: Tokens, names: Names, place: int) -> bool:
    hit = names.at(cut.lower, cut.words, place)
    return hit is not None and hit[1].form != "person"
