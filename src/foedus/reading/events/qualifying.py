"""Words that may stand inside a noun group, before its noun."""

from __future__ import annotations

from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STOPS,
    SUBORDINATORS,
    TIMES,
)  # fmt: skip

CLOSED = (
    AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | PRONOUNS | RELATIVES | STOPS
    | SUBORDINATORS | {",", "-", "–", "'", "’", "‘"} | TIMES
)  # fmt: skip
GAP = 3
"""Words that may stand between a name and what it names: `Palestinian *armed* groups`."""


def is_open(w: list[str], k: int, lexicon: Lexicon) -> bool:
    """Whether a word may qualify a noun: no function word, sign, verb or event."""
    word = w[k]
    if word in CLOSED or not (word[0].isalnum()):
        return False
    entry = lexicon.words.get(word)
    if entry is None:
        return not (word.endswith("ed") and "-" not in word and w[k - 1] not in CLOSED)
    if entry.noun_frames and not entry.verb:
        return False
    return not entry.verb or (k > 0 and w[k - 1] in DETERMINERS)
