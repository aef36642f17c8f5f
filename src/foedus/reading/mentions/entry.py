"""A name in the list of names, and the words by which it is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

_APART = re.compile(r"[\s\-–—/&,]+")
_ACRONYM = 6
"""Letters up to which a name in capitals is an acronym, to be written so in the text as well."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to name somebody or some place."""

    actor: str | None
    name: str
    """What the one named is called, whichever of its names this is."""
    type: str
    code: str | None
    form: str
    """name, capital, adjective, people, institution, organisation, movement, person, group, place.

    An institution is one that stands for its state, such as a ministry or a palace.
    """
    by: str
    words: tuple[str, ...] = ()
    """As the name is written, to tell `US` from `us`."""


def parts(name: str) -> tuple[str, ...]:
    """The words of a name: cut at hyphens, without an article before it or a possessive s."""
    words = [_bare(word) for word in _APART.split(name.replace("’", "'").strip()) if word]
    if len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    return tuple(word for word in words if word)


def _bare(word: str) -> str:
    if word.endswith(("'s", "'S")):
        return word[:-2]
    return word.removesuffix("'")


def written(entry: Entry, words: list[str], at: int) -> bool:
    """Is the name written in the text as it should be: capitals where it has capitals?"""
    for offset, own in enumerate(entry.words):
        there = words[at + offset]
        if own == there or not own[0].isupper():
            continue
        if not there[0].isupper():
            return False
        short = own.isupper() and 1 < len(own) <= _ACRONYM and "." not in own
        if short and (len(own) < 4 or there != own.capitalize()):
            return False
    return True
