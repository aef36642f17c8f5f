"""Who does what a noun tells, where neither its possessor nor `by` says so."""

from __future__ import annotations

from foedus.reading.events.clause import Verb
from foedus.reading.events.group import Group, Words
from foedus.reading.events.tables import listed

BEFORE = 4
"""Words that may stand between a name or verb and the noun it is about."""
SPEAKING = listed("speaking")
"""Verbs of which the subject does not himself fight in `the fight against` after them."""
APART = frozenset({"ACCUSE", "REJECT", "REQUEST", "CONSULT"})
"""Types of verbs that only speak of a fight."""
OTHERS = frozenset({"their", "its", "his", "her"})
REACH = 12
LIGHT = listed("light")
"""Verbs that say no more than that the noun's act is done."""


def owner(words: Words, i: int) -> Group | None:
    """Of `in their fight against`: who stands before."""
    if OTHERS.isdisjoint(words.w[max(0, i - 3) : i]):
        return None
    before = (g for g in reversed(words.groups) if g.end <= i and i - g.end < REACH)
    return next((g for g in before if not g.place and not g.pronoun), None)


def near(words: Words, i: int) -> Group | None:
    """Of `the part that Syria plays in the fight`: who stands right before, no verb between."""
    k = i - 1
    if "in" not in words.w[max(0, i - BEFORE) : i]:
        return None
    while k >= 0 and i - k < BEFORE + 2:
        if words.at[k] >= 0:
            group = words.groups[words.at[k]]
            return None if group.place or group.pronoun else group
        entry = words.lexicon.words.get(words.w[k])
        if entry is not None and entry.verb and not entry.noun:
            return None
        k -= 1
    return None


def engaged(every: list[Verb], i: int, outside: frozenset[str] = APART) -> Group | None:
    """Who is in a fight: the subject of the verb before, unless that only speaks of it."""
    verb = next((v for v in reversed(every) if v.at < i), None)
    if verb is None or verb.passive or verb.entry is None or verb.negated:
        return None
    kind = verb.frame.type if verb.frame else None
    if kind in outside or verb.entry.lemma in SPEAKING:
        return None
    return verb.subject


def doer(every: list[Verb], i: int) -> Group | None:
    """Of `in support of`: who does what the clause says, the verb before or after."""
    before = [v for v in every if v.at < i and v.subject is not None and not v.relative]
    after = [verb for verb in every if verb.at > i and verb.subject is not None]
    chosen = before[-1] if before else after[0] if after else None
    return chosen.subject if chosen else None


def lightly(words: Words, i: int, every: list[Verb]) -> Group | None:
    """The subject of a plain verb whose object the noun is: `continued its campaign against`."""
    verb = next((v for v in reversed(every) if v.at < i), None)
    lemma = verb.entry.lemma if verb is not None and verb.entry else ""
    framed = verb is None or verb.passive or verb.frame is not None
    if verb is None or framed or i - verb.end > BEFORE or lemma not in LIGHT:
        return None
    if any(words.at[k] >= 0 for k in range(verb.end, i)):
        return None
    return verb.subject
