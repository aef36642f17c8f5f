"""Groups that belong together: `members of the opposition`, `Russia, Iran and Turkey`."""

from __future__ import annotations

from itertools import pairwise

from foedus.reading.events.group import STATE_LIKE, Group, Words
from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.tables import listed
from foedus.reading.events.words import AUXILIARIES

SPEAKING = listed("speaking")


def complement_all(words: Words, lexicon: Lexicon) -> None:
    """`members of the opposition`, `groups in Zimbabwe`: people take their country from it."""
    every = words.groups
    for n in range(len(every) - 2, -1, -1):
        group, after = every[n], every[n + 1]
        between = words.w[group.end : after.prep_at] if after.prep_at >= group.end else ["", ""]
        close = (
            len(between) < 2
            and not group.adjective
            and not any(entry.noun for entry in map(lexicon.words.get, between) if entry)
        )
        if group.nation and close and after.prep in {"of", "in"} and after.code and after.place:
            group.code = after.code
        if group.named or group.pronoun or not close:
            continue
        if after.prep == "of":
            state = after.named and not after.adjective
            group.code = group.code or after.code
            if state and group.sector in STATE_LIKE and after.sector in {"GOV", None}:
                group.actor = after.actor
            elif after.sector and group.sector == "CVL":
                group.sector = after.sector
                group.actor = after.actor
            if group.actor is None:
                tail = words.sentence.words[group.start : after.end]
                group.name = " ".join(tail).removesuffix("’s").removesuffix("'s")
            group.end, group.named = after.end, after.named
            group.possessive = after.possessive
            for k in range(group.start, group.end):
                words.at[k] = n
            after.prep, after.start = "(of)", after.start
        elif after.prep in {"in", "from", "at"} and after.named and after.code:
            group.code = group.code or after.code
    words.groups = every


def coordinate(words: Words) -> None:
    """Link groups that `and`, `or` and commas join."""
    w, every = words.w, [g for g in words.groups if g.prep != "(of)"]
    chain: list[Group] = []
    closed = False
    for before, group in pairwise(every):
        if group.start < before.end and before.named and group.named:
            before.joined = group.joined = [before, group]
            continue
        between = w[before.end : group.start]
        plain = [
            word
            for word in between
            if word not in {",", "as", "well", "both", "also", "along", "together"}
        ]
        own_prep = group.prep == "with" and "along" in between
        joins = (
            len(between) <= 4
            and bool(between)
            and (not plain or plain in (["and"], ["or"], ["&"]) or own_prep)
            and not (before.pronoun and group.pronoun)
            and not (bool(plain) and _starts_clause(words, before, group))
        )
        if not joins:
            _close(chain, closed)
            chain, closed = [], False
            continue
        if not chain:
            chain = [before]
        chain.append(group)
        closed = closed or bool(plain) or "as" in between or own_prep
    _close(chain, closed)


def _starts_clause(words: Words, before: Group, group: Group) -> bool:
    """Whether what `and` adds begins a clause: `conceded nothing in Geneva and Assad continues`."""
    w, lexicon = words.w, words.lexicon
    after = w[group.end] if group.end < len(w) else "."
    entry = lexicon.words.get(after)
    finite = after in AUXILIARIES or (
        entry is not None and not entry.noun and bool(set(entry.verb) & set("zd"))
    )
    if not finite or group.prep is not None or before.prep == "between":
        return False
    lead = w[before.start - 1] if before.start else ""
    governed = lexicon.words.get(lead)
    speaks = governed is not None and governed.lemma in SPEAKING
    return before.prep is not None or bool(governed and governed.verb and not speaks)


def _close(chain: list[Group], closed: bool) -> None:
    """A list ends with `and`; names with a comma alone between them are one in other words."""
    if not chain or not closed:
        return
    first, last = chain[0], chain[-1]
    for group in chain:
        group.joined = chain
        if group.prep is None and group is not first:
            group.prep, group.prep_at = first.prep, first.prep_at
    for group in chain[:-1]:
        if group.adjective and not last.adjective and last.sector:
            group.adjective, group.sector = False, last.sector
            if last.sector not in STATE_LIKE:
                group.actor = None
