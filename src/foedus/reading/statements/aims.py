"""What an actor is after: wanting, seeking, in order to, the goal of."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.statements.builds import owner, skipped
from foedus.reading.statements.clauses import clause_subject, subject, verb_start
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.phrases import Group, mentions_from
from foedus.reading.statements.scene import View
from foedus.reading.statements.spans import clause_end, rest
from foedus.reading.statements.verbs import adjectival, leaning, nominal, passive
from foedus.reading.statements.words import DETERMINER, NEGATION
from foedus.reading.text import Span


@dataclass(frozen=True, slots=True)
class Held:
    """Who has what at stake."""

    who: Group
    abouts: tuple[Span | None, ...]
    first: int


def aim(view: View, hit: Hit) -> Held | None:
    """X seeks, wants, prefers."""
    begin = verb_start(view, hit.start)
    low = view.low
    if nominal(view, hit, begin) or adjectival(view, hit):
        return None
    if passive(view, begin, hit) and low[hit.end - 1] not in ("to", "on", "for"):
        return None
    if leaning(view, begin, hit) and low[hit.start] != "would":
        return None
    who = subject(view, hit.start)
    if who is None:
        return None
    denied = next((w for w in range(begin, hit.start) if low[w] in NEGATION), None)
    if denied is not None:
        return Held(who, (rest(view, denied, clause_end(view, hit.end)),), min(who.first, begin))
    return Held(who, _several(view, hit.end), min(who.first, begin))


def _several(view: View, at: int) -> tuple[Span | None, ...]:
    """Each of `to preserve …, to prevent …, and to use …`."""
    low, end = view.low, clause_end(view, at)
    first = skipped(view, at)
    starts = [first]
    infinitive = low[at - 1] == "to" or (first > at and low[at] == "to")
    for word in range(first + 1, end - 1):
        if infinitive and low[word] == "to" and low[word - 1] in (",", "and", "or"):
            starts.append(word + 1)
    ends = [_cut(low, start - 1) for start in starts[1:]] + [end]
    return tuple(rest(view, a, b) for a, b in zip(starts, ends, strict=True))


def _cut(low: tuple[str, ...], at: int) -> int:
    while low[at - 1] in (",", "and", "or"):
        at -= 1
    return at


def purpose(view: View, hit: Hit) -> Held | None:
    """X does something in order to."""
    who = clause_subject(view, hit.start)
    if who is None and hit.start == 0:
        comma = next((w for w in range(hit.end, len(view.low)) if view.low[w] == ","), None)
        who = mentions_from(view, comma + 1) if comma is not None else None
        end = comma
    else:
        end = clause_end(view, hit.end)
    return Held(who, (rest(view, hit.end, end),), hit.start) if who else None


def goal(view: View, hit: Hit) -> Held | None:
    """X's aim is to."""
    who = owner(view, hit.start)
    if who is None or (view.low[hit.end - 1] in ("of",) and view.low[hit.start - 1] in DETERMINER):
        return None
    return Held(who, _several(view, hit.end), min(who.first, hit.start))
