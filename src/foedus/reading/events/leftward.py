"""Going left from a verb to its subject, past what qualifies that."""

from __future__ import annotations

from foedus.reading.events.clause import FINITE, Verb
from foedus.reading.events.group import Group, Words
from foedus.reading.events.tables import listed
from foedus.reading.events.words import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    STOPS,
    SUBORDINATORS,
    TIMES,
)  # fmt: skip

SUBJECT_PREPS = frozenset({"of", "on", "from", "by", "for"})
THINGS = listed("things")
ABSTRACT = ("tion", "ment", "ness", "ity", "ism", "ance", "ence", "cy", "dom", "hood")
"""What nouns end in that act for nobody."""
UNITS = listed("units")
REACH = 40
"""Words that are looked through for a subject."""


def leftward(words: Words, j: int, before: list[Verb]) -> Group | None:
    """The group that is the subject, going left past what qualifies it.

    None where a thing is the subject: `his death will`; but a name right before a thing acts
    through it: `Russian airstrikes killed`.
    """
    w, fallback, thing, start = words.w, None, False, j
    verbs_at = {verb.at: verb for verb in before[-6:]}
    while j >= 0 and start - j < REACH:
        if words.at[j] >= 0:
            group = words.groups[words.at[j]]
            if group.prep in SUBORDINATORS and fallback is None and not thing:
                return group
            if group.prep is None:
                if thing:
                    return None if _abstract(w[min(j + 1, len(w) - 1) : start + 1]) else group
                return _inserted(words, group, before) or _apposed(words, group)
            if group.prep == "(of)" or group.adjective:
                j = group.start - 1
                continue
            fallback = fallback or (None if group.place else group)
            thing = False
            j = min(group.start, group.prep_at if group.prep_at >= 0 else group.start) - 1
            continue
        word, verb = w[j], verbs_at.get(j)
        if verb is not None:
            plain = verb.entry is None or "n" in verb.entry.verb
            qualifies = verb.relative or verb.form != FINITE or (plain and not verb.helpers)
            if qualifies or (word in AUXILIARIES and verb.entry is None):
                return verb.subject
            return fallback
        if word in STOPS or (word in SUBORDINATORS and word not in PREPOSITIONS) or word == "that":
            break
        if word in ARTICLES and thing and not _in_phrase(words, j):
            break
        if word == "," and thing and not _timely(w, j + 1, start):
            break
        if word in PREPOSITIONS:
            thing = False
        elif word[0].isalpha() and word not in ADVERBS | TIMES and not word.endswith("ly"):
            thing = thing or not (word in DETERMINERS or word in CONJUNCTIONS)
        j -= 1
    return fallback if fallback is not None and fallback.prep in SUBJECT_PREPS else None


def _inserted(words: Words, group: Group, before: list[Verb]) -> Group | None:
    """Whose clause goes on after one about him: `Egypt, which backed Libya, met`."""
    verb = next((v for v in reversed(before) if v.at < group.start), None)
    if verb is None or not verb.relative or words.w[group.end : group.end + 1] != [","]:
        return None
    return verb.subject


def _abstract(between: list[str]) -> bool:
    """Whether the thing that a name has is no instrument of his: `Iran's position has`."""
    plain = [word for word in between if word[0].isalpha() and not word.endswith("ly")]
    last = plain[-1].removesuffix("s") if plain else ""
    return last in THINGS or last.endswith(ABSTRACT)


def _in_phrase(words: Words, j: int) -> bool:
    """Whether a determiner is governed by a preposition, or begins a time: `this week`."""
    w = words.w
    if j > 0 and (w[j - 1] in PREPOSITIONS or w[j - 1] in DETERMINERS):
        return True
    return _timely(w, j, min(len(w), j + 4))


def _timely(w: list[str], low: int, high: int) -> bool:
    """Whether words tell a time."""
    return not UNITS.isdisjoint(w[low:high])


def _apposed(words: Words, group: Group) -> Group:
    """The group that another is in apposition to: `Votel, the commander, met`."""
    while group.start > 1 and words.w[group.start - 1] == "," and words.at[group.start - 2] >= 0:
        before = words.groups[words.at[group.start - 2]]
        lead = words.w[before.start - 1] if before.start else ""
        entry = words.lexicon.words.get(lead)
        if before.prep is not None or before.joined or before.adjective or before.pronoun:
            break
        if entry is not None and entry.verb:
            break
        before.code = before.code or group.code
        group = before
    return group
