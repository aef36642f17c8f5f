"""Whether an act was done, is being done, will be, might be, is wanted or denied."""

from __future__ import annotations

from foedus.reading.events.clause import GERUND, INFINITIVE, Verb
from foedus.reading.events.tables import listed
from foedus.reading.events.words import BE, FUTURE, HAVE, MAYBE, SHOULD

HABITS = listed("habits")
GOING_ON = listed("going on")
CONDITIONS = listed("conditions")
WISHES = listed("wishes")
DENIALS = listed("denials")


def modality(w: list[str], verb: Verb, before: list[Verb]) -> str:
    """One of actual, ongoing, habitual, future, conditional, desired and denied."""
    helpers = set(verb.helpers)
    governing = before[-1] if before and verb.form in (INFINITIVE, GERUND) else None
    lead = w[governing.at] if governing else ""
    start = before[-1].at + 1 if before else 0
    between = w[start : verb.at]
    if lead in DENIALS or (before and w[before[-1].at] in DENIALS):
        return "denied"
    if not CONDITIONS.isdisjoint(between):
        return "conditional"
    if helpers & FUTURE or "going" in helpers:
        return "future"
    if helpers & MAYBE:
        return "conditional"
    if helpers & SHOULD or (verb.form == INFINITIVE and lead in WISHES):
        return "desired"
    if (
        lead in GOING_ON
        or "still" in between
        or (verb.entry and "g" in verb.entry.verb and helpers & BE)
    ):
        return "ongoing"
    above = [set(earlier.helpers) for earlier in before[-2:]] if governing else []
    if any(earlier & FUTURE for earlier in above[-1:]) and verb.form == INFINITIVE:
        return "future"
    if any(earlier & MAYBE for earlier in above):
        return "conditional"
    present = verb.entry is not None and set(verb.entry.verb) <= {"b", "z"} and not helpers & HAVE
    return "habitual" if present and not HABITS.isdisjoint(between) else "actual"
