"""Who an infinitive or a form in -ing is about."""

from __future__ import annotations

from foedus.reading.events.clause import FINITE, INFINITIVE, Verb
from foedus.reading.events.group import Group, Words
from foedus.reading.events.leftward import leftward
from foedus.reading.events.tables import listed

OBJECT_CONTROL = listed("object control")
"""Verbs whose object does what the infinitive after it says; those of urging and allowing too."""


def controller(words: Words, verb: Verb, last: Verb | None) -> Group | None:
    """Who an infinitive is about: the object of urging, else the subject of the verb before."""
    j = verb.first - 1
    if words.w[j] == "to":
        j -= 1
    floor = last.at if last else -1
    lemma = last.entry.lemma if last and last.entry else ""
    k = j
    while k > floor and j - k < 8:
        n = words.at[k]
        if n >= 0:
            group = words.groups[n]
            if last is None or (group.possessive and j - group.end < 3):
                return group
            kinds = {last.operator, last.entry.operator if last.entry else None}
            steers = lemma in OBJECT_CONTROL or not kinds.isdisjoint({"request", "allow"})
            asked = "request" in kinds and group.prep in {"on", "for", "to", "upon"}
            if steers and not last.passive and (group.prep is None or asked):
                return group
            k = group.start - 1
            continue
        k -= 1
    return last.subject if last else None


def of_gerund(words: Words, verb: Verb, before: list[Verb], j: int) -> Group | None:
    """Who a form in -ing is about."""
    if j >= 0 and words.at[j] >= 0:
        group = words.groups[words.at[j]]
        if group.prep in {"in", "at"} and group.place and before:
            return before[-1].subject
        return group
    if j > 0 and words.w[j] in {"for", "of"} and words.at[j - 1] >= 0 and before:
        frame = before[-1].entry.frame if before[-1].entry else None
        if frame is not None and frame.type in {"ACCUSE", "SUPPORT"} and not before[-1].passive:
            return words.groups[words.at[j - 1]]
    if j > 0 and words.w[j] == "in" and words.at[j - 1] >= 0:
        group = words.groups[words.at[j - 1]]
        if group.prep == "of":
            return group
    for earlier in reversed(before):
        if earlier.form == FINITE or earlier.form == INFINITIVE:
            return earlier.subject
    return before[-1].subject if before else leftward(words, j, before)
