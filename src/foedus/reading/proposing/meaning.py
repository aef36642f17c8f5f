"""How much of what two passages say is the same: stems, words of one sense, and actors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from foedus.reading.proposing.meaning_words import SENSES
from foedus.reading.statements.content import EMPTY, stem
from foedus.reading.text import WORD

ACTORS = 0.2
KIN = 0.6
"""What a word of the same sense counts against the same word."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a passage says: the stems of its words, their senses, the actors in it."""

    stems: frozenset[str]
    senses: frozenset[int]
    actors: frozenset[str]


def meaning(words: str, actors: Iterable[str] = ()) -> Meaning:
    """The meaning of a passage that names some actors."""
    found = {
        stem(word)
        for raw in WORD.findall(words)
        if (word := raw.lower().replace("’", "'")) not in EMPTY and len(word) > 2
        if word[0].isalnum()
    }
    kept = frozenset(found)
    table = _senses()
    return Meaning(
        kept, frozenset(n for word in kept for n in table.get(word, ())), frozenset(actors)
    )


def alike(one: Meaning, other: Meaning, weights: Mapping[str, float]) -> float:
    """How much of the shorter passage the longer one says again, from 0 to 1.

    Each word weighs as much as it is rare; a word of the same sense counts less than the same. The
    actors named in both count a fifth.
    """
    shared = said_again(one, other, weights)
    if not one.actors or not other.actors:
        return shared
    together = len(one.actors & other.actors) / min(len(one.actors), len(other.actors))
    return (1 - ACTORS) * shared + ACTORS * together


def said_again(one: Meaning, other: Meaning, weights: Mapping[str, float]) -> float:
    """The same of the words alone, whoever the actors are."""
    short, long = sorted((one, other), key=lambda m: _mass(m.stems, weights))
    whole = _mass(short.stems, weights)
    if whole == 0.0:
        return 0.0
    table, shared = _senses(), 0.0
    for word in short.stems:
        if word in long.stems:
            shared += _weight(word, weights)
        elif any(n in long.senses for n in table.get(word, ())):
            shared += KIN * _weight(word, weights)
    return shared / whole


def overlap(one: Meaning, other: Meaning) -> float:
    """The words both have, as a part of all words of either, from 0 to 1."""
    either = len(one.stems | other.stems)
    return len(one.stems & other.stems) / either if either else 0.0


def rarity(passages: Iterable[Meaning]) -> dict[str, float]:
    """What each word weighs: the rarer among passages, the more; `""` is a word in none."""
    counts: dict[str, int] = {}
    whole = list(passages)
    for passage in whole:
        for word in passage.stems:
            counts[word] = counts.get(word, 0) + 1
    weights = {word: math.log(1 + len(whole) / count) for word, count in counts.items()}
    return {**weights, "": math.log(1 + len(whole))}


def _mass(stems: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(_weight(word, weights) for word in stems)


def _weight(word: str, weights: Mapping[str, float]) -> float:
    return weights.get(word, weights.get("", 1.0))


@cache
def _senses() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for number, line in enumerate(filter(None, SENSES.splitlines())):
        for word in line.split():
            table.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in table.items()}
