"""Small questions about a noun phrase and the words of a name."""

from __future__ import annotations

from foedus.reading.cues.lexicon import wordset
from foedus.reading.model import Mention
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import PREPOSITION

ENDINGS = ("ers", "ors", "ists", "ians", "men", "women")
THINGS = wordset(
    "others numbers letters papers orders powers borders matters quarters figures centers flowers "
    "computers towers factors errors sectors doors colors motors corridors rivers weathers covers"
)
"""Plurals with such an ending that do not speak."""


def proper(mention: Mention) -> bool:
    """Whether a mention is a name, not a pronoun or a calling."""
    return mention.by != "pronoun" and (mention.actor is not None or capital(mention.name))


def capital(word: str) -> bool:
    """Whether a word begins with a capital."""
    return word[:1].isupper()


def calling(word: str) -> bool:
    """Whether a plural noun is one of people, by its ending: `defenders`, `strategists`."""
    return word.endswith(ENDINGS) and word not in THINGS


def bare(name: str) -> str:
    """A name without a possessive and on one line."""
    name = " ".join(name.split())
    return name[:-2] if name.endswith(("'s", "’s")) else name.rstrip("'’,")


def head_of(view: View, first: int, last: int) -> int:
    """The last word of the phrase's head: before its first preposition, comma or relative."""
    for place in range(first + 1, last + 1):
        if view.low[place] in PREPOSITION or view.low[place] in {",", "who", "which", "that", "("}:
            return place - 1
    return last
