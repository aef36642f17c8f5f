"""Who does it and to whom: the noun phrases left and right of a verb, found by shallow rules."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.statements.pronouns import resolved
from foedus.reading.statements.scene import Placed, View
from foedus.reading.statements.words import (
    AUXILIARY,
    BREAK,
    CONJUNCTION,
    DETERMINER,
    MARKS,
    ORIGIN,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    STOP,
    adverbial,
    person,
    spelled,
)

LONGEST_NAME = 5
"""Words of a name that no mention covers."""
MOST_JOINED = 12
"""Actors joined by commas and `and`."""
NOUN_REACH = 4
"""Words between a mention and the noun it belongs to: Iranian army officials."""


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase: who it names, and its first and last word."""

    names: tuple[str, ...]
    first: int
    last: int


def phrase_to(view: View, last: int) -> Group | None:
    """The noun phrase that ends at a word."""
    low = view.low
    while last >= 0 and (low[last] in MARKS or low[last] == "'s"):
        last -= 1
    if last < 0:
        return None
    if low[last] in PRONOUN and not acting(view.covering(last)):
        names = resolved(view, last)
        return Group(names, last, last) if names else None
    found = mentions_to(view, last) or attached(view, last)
    if found is None:
        return _plain(view, last)
    before = found.first - 1
    while before >= 0 and low[before] in DETERMINER:
        before -= 1
    if before > 0 and low[before] in PREPOSITION and low[before] not in ORIGIN:
        outer = mentions_to(view, before - 1) or attached(view, before - 1)
        places = all(one.mention.role == "place" for one in view.covering(found.last))
        return outer or (head(view, before - 1) if places else found)
    return found


def mentions_to(view: View, last: int) -> Group | None:
    """The mentions that end at a word, with those joined to them: `Moscow and Tehran`."""
    here = acting([one for one in view.covering(last) if one.last == last])
    if not here:
        return None
    first = min(one.first for one in here)
    names = [one.name for one in here]
    low, joined = view.low, False
    while first > 1 and len(names) < MOST_JOINED:
        before = first - 1
        while before > 0 and low[before] in DETERMINER:
            before -= 1
        linked = low[before] in CONJUNCTION or (joined and low[before] == ",")
        if not linked:
            break
        joined = True
        at = before - 1
        if low[at] == ",":
            at -= 1
        more = acting(view.ending.get(at, []))
        if not more:
            break
        names = [one.name for one in more] + names
        first = min(one.first for one in more)
    return Group(_once(names), first, last)


def mentions_from(view: View, at: int, reach: int = NOUN_REACH) -> Group | None:
    """The first mentions from a word on, with those joined to them, unless a clause ends first."""
    low, limit = view.low, min(at + reach, len(view.low))
    while at < limit and at not in view.starting:
        if (
            low[at] in STOP
            or low[at] in BREAK
            or low[at] in ("said", "says")
            or (low[at] == "," and reach <= NOUN_REACH)
        ):
            return None
        at += 1
    here = acting(view.starting.get(at, []))
    if not here:
        return None
    last = max(one.last for one in here)
    names = [one.name for one in here]
    while last + 2 < len(low) and len(names) < MOST_JOINED:
        after = last + 1
        comma = low[after] == ","
        if comma and low[after + 1] in CONJUNCTION:
            after += 1
        if not comma and low[after] not in CONJUNCTION:
            break
        after += 1
        while after < len(low) - 1 and low[after] in DETERMINER:
            after += 1
        more = acting(view.starting.get(after, []))
        if not more:
            break
        names += [one.name for one in more]
        last = max(one.last for one in more)
    return Group(_once(names), at, last)


def acting(placed: list[Placed]) -> list[Placed]:
    """Those who can act: not open pronouns."""
    return [one for one in placed if one.mention.actor or one.mention.by != "pronoun"]


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def attached(view: View, last: int) -> Group | None:
    """A noun and the mention before it: `Iranian officials`, `Assad's new government`."""
    low = view.low
    for at in range(last, max(last - NOUN_REACH, -1), -1):
        word = low[at]
        if at in view.ending and (group := mentions_to(view, at)) is not None:
            return Group(group.names, group.first, last)
        if not spelled(word) or word in PREPOSITION or word in AUXILIARY or word in CONJUNCTION:
            return None
        if word in RELATIVE or word in BREAK or word in DETERMINER:
            return None
    return None


def _plain(view: View, last: int) -> Group | None:
    """A noun phrase without mentions: who it is in the words of the text."""
    low, first = view.low, last + 1
    for at in range(last, max(last - 2 * LONGEST_NAME, -1), -1):
        word = low[at]
        if not spelled(word) or word in AUXILIARY or word in RELATIVE or word in BREAK:
            break
        if word in PREPOSITION:
            outer = mentions_to(view, at - 1) or attached(view, at - 1) if at else None
            return outer or head(view, at - 1)
        if word in CONJUNCTION or word in DETERMINER or word in PRONOUN:
            break
        first = at
    return _name(view, first, last)


def head(view: View, last: int) -> Group | None:
    """The plain words up to a word: the head before a preposition."""
    first = last + 1
    for at in range(last, max(last - LONGEST_NAME, -1), -1):
        word = view.low[at]
        if not spelled(word) or word in AUXILIARY or word in RELATIVE or word in BREAK:
            break
        if word in PREPOSITION or word in CONJUNCTION or word in DETERMINER or word in PRONOUN:
            break
        first = at
    return _name(view, first, last)


def _name(view: View, first: int, last: int) -> Group | None:
    while first <= last and adverbial(view.low[first]):
        first += 1
    span = view.span(first, last + 1)
    if span is None or last - first >= LONGEST_NAME or not person(view.low[last]):
        return None
    return Group((view.scene.text.text[span.start : span.end],), first, last)
