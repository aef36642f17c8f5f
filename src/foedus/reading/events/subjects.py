"""Who does what a verb says: the subject of a clause, shared, relative or understood."""

from __future__ import annotations

from foedus.reading.events.clause import FINITE, GERUND, INFINITIVE, PARTICIPLE, Verb
from foedus.reading.events.controlling import controller, of_gerund
from foedus.reading.events.group import Group, Words
from foedus.reading.events.leftward import leftward
from foedus.reading.events.words import ADVERBS, CONJUNCTIONS, RELATIVES


def find_subject(words: Words, verb: Verb, before: list[Verb]) -> None:
    """Find who does it (or, of a passive, to whom it is done)."""
    w, last = words.w, before[-1] if before else None
    j = verb.first - 1
    while j >= 0 and words.at[j] < 0 and (w[j] in ADVERBS or w[j] in {"’", "'"}):
        j -= 1
    if verb.form == INFINITIVE:
        verb.subject = controller(words, verb, last)
        verb.shared = last is not None and verb.subject is last.subject
    elif verb.form == GERUND:
        verb.subject = of_gerund(words, verb, before, j)
    elif j >= 0 and words.at[j] < 0 and _goes_on(words, verb, j, last):
        _share(words, verb, before, w[j] in CONJUNCTIONS)
    elif j >= 0 and words.at[j] < 0 and w[j] in RELATIVES:
        verb.relative = True
        verb.subject = _antecedent(words, j, last)
    else:
        verb.subject = leftward(words, j, before)


def _goes_on(words: Words, verb: Verb, j: int, last: Verb | None) -> bool:
    """Whether a verb goes on from one before, after `and` or a comma that ends no apposition."""
    if words.w[j] in CONJUNCTIONS:
        return True
    comma = words.w[j] == "," and j > 0 and words.at[j - 1] < 0
    return comma and last is not None and last.entry is not None and verb.form == FINITE


def _share(words: Words, verb: Verb, before: list[Verb], joined: bool) -> None:
    """Take the subject, and after `and` the auxiliaries, of the verb it goes on from."""
    last = _alike(verb, before) or (before[-1] if before else None)
    if last is None:
        return
    verb.subject, verb.shared = last.subject, True
    if joined and not verb.helpers:
        kinds = verb.entry.verb if verb.entry else "n"
        verb.helpers = last.helpers
        verb.passive = verb.passive or (last.passive and "n" in kinds and last.form != PARTICIPLE)
        verb.form = last.form if verb.entry and "b" in kinds else verb.form


def _alike(verb: Verb, before: list[Verb]) -> Verb | None:
    """The last verb that a verb after `and` goes on from: a past tense from a finite one."""
    past = verb.entry is not None and "d" in verb.entry.verb and "b" not in verb.entry.verb
    if past or (verb.helpers and verb.form == FINITE):
        return next((v for v in reversed(before[-5:]) if v.form == FINITE), None)
    return None


def _antecedent(words: Words, j: int, last: Verb | None) -> Group | None:
    """Who `who` and `which` stand for."""
    k = j - 1
    floor = last.at if last else -1
    while k > floor and k > j - 12:
        if words.at[k] >= 0:
            group = words.groups[words.at[k]]
            if group.prep in {"in", "at", "(of)", "near"} and group.place:
                k = group.start - 1
                continue
            return group
        k -= 1
    return None
