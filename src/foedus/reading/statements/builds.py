"""What the finders of statements share: who owns a noun, who says it, where it begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.statements.clauses import clause_subject, subject
from foedus.reading.statements.lexicon import Hit, forms
from foedus.reading.statements.phrases import Group, mentions_from, mentions_to
from foedus.reading.statements.scene import View
from foedus.reading.statements.spans import rest
from foedus.reading.statements.words import (
    AUXILIARY,
    DETERMINER,
    MARKS,
    PREPOSITION,
    spelled,
    words,
)
from foedus.reading.text import Span

LEADING = words("to that of for on about over")
"""Words between a verb and what it is about."""
WHEN = words("on in at last this early late the of")
TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday week month year spring "
    "summer autumn winter again then"
)
LONGEST_WHEN = 7
"""Words of a time that stands between a verb and what it is about."""
OWNED = 3
SAYING = frozenset(
    word
    for verb in words(
        "say declare announce warn insist stress state add argue claim tell maintain repeat affirm "
        "reiterate assert note conclude write signal hint"
    )
    for word in forms(verb)
) | frozenset(["told", "wrote", "written"])
THEIRS = words("its his her their")


@dataclass(frozen=True, slots=True)
class Found:
    """Who, about what, and the first word of the statement."""

    by: tuple[str, ...]
    about: Span | None
    first: int
    at: tuple[str, ...] = ()


def settled(view: View, hit: Hit, found: Found) -> tuple[int, int, tuple[str, ...]]:
    """Where the statement starts and ends, and who holds it."""
    said = view.span(min(found.first, hit.start), hit.end)
    assert said is not None
    clause = rest(view, min(hit.end, len(view.low) - 1))
    start, end = said.start, max(said.end, clause.end if clause else 0)
    if found.about is not None:
        start, end = min(start, found.about.start), max(end, found.about.end)
    word = view.span(hit.start, hit.end)
    assert word is not None
    return start, end, view.scene.holders(word.start, word.end)


def skipped(view: View, at: int) -> int:
    """The word after those that only lead on: to, that, of; `on Tuesday to` leads on as well."""
    low = view.low
    if at + 1 < len(low) and (low[at] in WHEN or low[at] in TIMES):
        for word in range(at + 1, min(at + LONGEST_WHEN, len(low))):
            if low[word] in ("to", "that"):
                return word + 1
            if not (low[word] in TIMES or low[word] in WHEN or low[word].isdigit()):
                break
    return at + 1 if at < len(view.low) and view.low[at] in LEADING else at


def owner(view: View, at: int) -> Group | None:
    """Whose it is: `Iran's red line`, `the Iranian complaint`, `its pledge`."""
    low = view.low
    for word in range(at - 1, max(at - 2 - OWNED, -1), -1):
        if low[word] in THEIRS:
            return whose(view, word)
        if word in view.ending:
            group = mentions_to(view, word)
            return group if group and _owns(view, group, word, at) else None
        sign = low[word]
        if sign in MARKS:
            continue
        if not spelled(sign) or sign in PREPOSITION or sign in AUXILIARY or sign in DETERMINER:
            return None
    return None


def sayer(view: View, at: int) -> tuple[str, ...]:
    """Who says it, by the claim around it, else by the verb of saying before it."""
    span = view.sentence.at(at)
    inner = view.scene.holders(span.start, span.end)
    if len(inner) > 1:
        return inner[-1:]
    for word in range(at - 1, max(at - 40, -1), -1):
        if view.low[word] in SAYING:
            who = subject(view, word) or mentions_from(view, word + 1)
            return who.names if who else ()
    for word in range(at + 1, min(at + 30, len(view.low))):
        if view.low[word] in SAYING:
            who = mentions_from(view, word + 1) or subject(view, word)
            return who.names if who else ()
    return ()


def whose(view: View, at: int) -> Group | None:
    """Whom its, his, her or their means: the person named last, else the subject of the clause."""
    known = tuple(one.name for one in view.covering(at) if one.mention.actor)
    if known:
        return Group(known, at, at)
    if view.low[at] in ("his", "her"):
        people = [p for p in view.between(max(at - 40, 0), at) if p.mention.type == "person"]
        if people:
            return Group((people[-1].name,), people[-1].first, people[-1].last)
    return clause_subject(view, at)


def _owns(view: View, group: Group, last: int, at: int) -> bool:
    token = view.low[last]
    follows = view.low[last + 1] if last + 1 < at else ""
    kinds = {one.mention.type for one in view.ending[last]}
    owned = token.endswith(("'s", "s'")) or follows in ("'s", "'")
    return owned or "nationality" in kinds or token.endswith(("ian", "ish", "ese", "an", "i"))
