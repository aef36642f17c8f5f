"""What each verb of a sentence tells: with its particle, with its noun, and what it operates on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from foedus.reading.events.clause import Verb
from foedus.reading.events.group import Words
from foedus.reading.events.lexicon import Frame, Lexicon
from foedus.reading.events.tables import listed
from foedus.reading.events.words import ADVERBS, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, STOPS

Told = TypeVar("Told")
PUT = frozenset({"alert", "arrest", "court"})
"""Nouns of verbs that put somebody under or on something."""
NEAR = 9
"""Words within which the noun of a pair stands after its verb."""
PARTICLES = frozenset({"out", "off", "up", "down", "back", "over", "away"})
"""May stand after the object: `drove them out`."""
NO_PAIR = listed("no pair") | STOPS


def read(words: Words, every: list[Verb], lexicon: Lexicon) -> None:
    """Set each verb's frame, operator and end."""
    starts = {verb.at for verb in every}
    for verb in every:
        entry = verb.entry
        if entry is None:
            continue
        phrase = _phrase(words, verb, entry.phrases)
        verb.operator = entry.operator
        said = _phrase(words, verb, entry.operator_phrases)
        if said:
            verb.operator = said[1]
        if _pair(words, verb, starts, lexicon):
            continue
        if phrase:
            verb.frame, verb.end = phrase[1], phrase[0]
            for group in words.groups:
                if verb.at < group.prep_at < verb.end and group.prep not in verb.frame.args:
                    group.prep = None if "o" in verb.frame.args else verb.frame.args[0]
        else:
            verb.frame = entry.frame


def _phrase(
    words: Words, verb: Verb, phrases: Sequence[tuple[tuple[str, ...], Told]]
) -> tuple[int, Told] | None:
    """The longest phrase of a verb that stands here, an adverb or article within: its end."""
    w, first = words.w, verb.at + 1
    adverb = first < len(w) and (w[first] in ADVERBS or w[first].endswith("ly"))
    article = first < len(w) and w[first] in DETERMINERS
    for rest, told in phrases:
        end = first + len(rest)
        if tuple(w[first:end]) == rest:
            return end, told
        if len(rest) == 1 and rest[0] in PARTICLES and first < len(w) and words.at[first] >= 0:
            last = words.groups[words.at[first]].end
            if last < len(w) and w[last] == rest[0]:
                return first, told
        between = adverb or (article and len(rest) > 1)
        if between and tuple(w[first + 1 : end + 1]) == rest:
            return end + 1, told
    return None


def _pair(words: Words, verb: Verb, starts: set[int], lexicon: Lexicon) -> bool:
    """Whether a noun after the verb, or a passive's subject, makes a frame with it."""
    entry = verb.entry
    if entry is None:
        return False
    tables = [*entry.pair_phrases, ((), entry.pairs)]
    w = words.w
    for rest, table in tables:
        start = verb.at + 1 + len(rest)
        if not table or tuple(w[verb.at + 1 : start]) != rest:
            continue
        found = _backward(words, verb, table, lexicon) if verb.passive else None
        found = found or _forward(words, start, table, starts, lexicon)
        if found:
            verb.frame, verb.pair_at = table[found[1]], found[0]
            verb.end = start if verb.passive else found[0] + 1
            return True
    return False


def _forward(
    words: Words, start: int, table: dict[str, Frame], starts: set[int], lexicon: Lexicon
) -> tuple[int, str] | None:
    w, passed, put = words.w, 0, not PUT.isdisjoint(table)
    for k in range(start, min(len(w), start + NEAR)):
        word = w[k]
        single = lexicon.singulars.get(word)
        double = f"{w[k - 1]} {single}"
        if double in table:
            return k, double
        if single in table and not (k + 1 < len(w) and lexicon.singulars.get(w[k + 1]) in table):
            return k, single
        if word in NO_PAIR or (k in starts and not w[k].endswith("ing")):
            return None
        passed += (
            word in PREPOSITIONS and word != "of" and not (put and word in {"on", "under", "to"})
        )
        if passed > 1 or (passed and word in CONJUNCTIONS):
            return None
    return None


def _backward(
    words: Words, verb: Verb, table: dict[str, Frame], lexicon: Lexicon
) -> tuple[int, str] | None:
    for k in range(verb.first - 1, max(-1, verb.first - NEAR), -1):
        single = lexicon.singulars.get(words.w[k])
        if single in table and (k == verb.first - 1 or words.w[k + 1] in PREPOSITIONS):
            return k, single
        if words.w[k] in NO_PAIR:
            return None
    return None
