"""`they`, `it` and `their forces` inside a sentence; and whose police `the police` are."""

from __future__ import annotations

from foedus.reading.events.clause import FINITE, Verb
from foedus.reading.events.group import STATE_LIKE, Group, Words
from foedus.reading.events.tables import listed

WIDE = listed("wide")
"""Words that keep people from being taken for those of the country at hand."""
BODIES = frozenset({"IGO", "NGO", "IMG", "MNC", "INT", "ISM"})
"""Codes that are no country's."""
THIRD = frozenset({"it", "they", "he", "she", "its", "their", "his", "her", "them", "him"})


def resolve(words: Words, every: list[Verb]) -> None:
    """Give pronouns the subject of the clause before, and unnamed people the country at hand."""
    for before, group in zip(words.groups, words.groups[1:], strict=False):
        if before.pronoun and before.possessive and before.end == group.start and not group.named:
            group.code = group.code or before.code
            group.actor = before.actor if group.sector in STATE_LIKE else group.actor
    for group in words.groups:
        if group.actor is None and (group.pronoun or group.own):
            _stand_for(words, group, every)
    _ahead(every)
    for group in words.groups:
        if group.code is None and group.sector not in {None, "ARM"} and not group.pronoun:
            group.code = _country(words, group)
        elif group.pronoun and group.code is None:
            same = (g.code for g in words.groups if g.name == group.name and g is not group)
            group.code = next(same, None)


def _ahead(every: list[Verb]) -> None:
    """`To defeat them, the coalition will`: what stands before the clause is its subject's."""
    first = next((n for n, verb in enumerate(every) if verb.form == FINITE), None)
    if first is None:
        return
    for verb in every[:first]:
        if verb.subject is None and not verb.passive:
            verb.subject = every[first].subject


def _stand_for(words: Words, group: Group, every: list[Verb]) -> None:
    """The subject of the last finite verb before, or the last name before."""
    word = words.w[group.start]
    if word not in THIRD:
        return
    before = [v for v in every if v.at < group.start and v.form == FINITE and v.subject]
    chosen = before[-1].subject if before else None
    if chosen is None or chosen is group or (chosen.pronoun and chosen.actor is None):
        return
    if group.pronoun and word in {"them", "him"}:
        chosen = next(
            (g for g in reversed(words.groups)
             if g.end <= group.start and g is not chosen and not g.pronoun and not g.place), None
        )  # fmt: skip
        if chosen is None:
            return
    if group.pronoun:
        group.name, group.actor, group.code = chosen.name, chosen.actor or chosen.name, chosen.code
        group.sector = chosen.sector
        if chosen.joined and word in {"they", "them"}:
            group.joined = chosen.joined
    else:
        group.code = group.code or chosen.code
        state = group.sector in {"GOV", "MIL", "COP"}
        group.actor = chosen.actor if state and not group.named else group.actor


def _country(words: Words, group: Group) -> str | None:
    """The country of people of whom none is told: of a place, else the only one of the sentence.

    Not of people from elsewhere or everywhere, such as `Western diplomats`.
    """
    if not WIDE.isdisjoint(words.w[group.start : group.end]):
        return None
    named = [
        g
        for g in words.groups
        if g.code and g.named and g is not group and not g.pronoun and g.code not in BODIES
    ]
    places = (
        g.code
        for g in words.groups
        if g.place and g.code and not g.adjective and g.prep in {"in", "of", "near"}
    )
    if (place := next(places, None)) is not None:
        return place
    return named[0].code if len({g.code for g in named}) == 1 else None
