"""A red line in its many wordings: whose it is and what it guards."""

from __future__ import annotations

from foedus.reading.statements.builds import Found, owner, sayer
from foedus.reading.statements.clauses import subject, verb_start
from foedus.reading.statements.commitment_words import COPULA, CROSSING, DRAWING, NAMING
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.phrases import Group, mentions_from
from foedus.reading.statements.scene import View
from foedus.reading.statements.spans import find, rest
from foedus.reading.statements.subjects import subject_words
from foedus.reading.statements.words import (
    ADVERB,
    CLOSING,
    DETERMINER,
    MARKS,
    NEGATION,
    PREPOSITION,
    words,
)
from foedus.reading.text import Span

NAMED_BEFORE = 14
"""Words between `describes` and `as a red line`."""
AROUND = words("on over around about at against")


def red_noun(view: View, hit: Hit) -> Found | None:
    """The noun: `Iran calls it a red line`, `their red line is …`, `drew a red line over …`."""
    last = _before(view, hit.start)
    if any(word in NEGATION for word in view.low[max(last, 0) : hit.start]):
        return None
    about, who = _said_of(view, last)
    named = _for(view, hit.end) or owner(view, hit.start)
    who = who if named is None else named
    word = view.low[last] if last >= 0 else ""
    if who is None and (word in DRAWING or word in CROSSING):
        begin = verb_start(view, last)
        if any(one in NEGATION for one in view.low[begin:last]):
            return None
        who = subject(view, last) if word in DRAWING else None
    if about is None:
        about = _after(view, hit.end)
    by = who.names if who else sayer(view, hit.start)
    first = min(hit.start, who.first) if who else hit.start
    return Found(by, about, first)


def red_predicate(view: View, hit: Hit) -> Found | None:
    """The predicate: `the border is non-negotiable`, `a coup will not be tolerated`."""
    begin = verb_start(view, hit.start)
    if hit.start and view.low[hit.start - 1] in ("not", "no", "never", "hardly", "isn't"):
        return None
    named = _for(view, hit.end, ("for", "to"))
    last = _before(view, hit.start)
    about, who = _said_of(view, last)
    if about is None:
        about = subject_words(view, begin)
    by = named.names if named else who.names if who else sayer(view, hit.start)
    return Found(by, about, begin)


def _before(view: View, at: int) -> int:
    """The last word before the article and the adjectives of a noun."""
    low, at = view.low, at - 1
    while at >= 0 and (low[at] in MARKS or low[at] in DETERMINER or low[at].endswith("ute")):
        at -= 1
    while at >= 0 and low[at] in ("clear", "firm", "bright", "new", "declared", "called", "so"):
        if low[at] == "called" and (at == 0 or low[at - 1] != "so"):
            break
        at -= 1
    while at >= 0 and (low[at] in DETERMINER or low[at] in MARKS or low[at] in ADVERB):
        at -= 1
    return at


def _said_of(view: View, last: int) -> tuple[Span | None, Group | None]:
    """What is called a red line, and by whom: `describes X as`, `calls X`, `X is`."""
    if last < 0:
        return None, None
    low = view.low
    if low[last] in COPULA or low[last] == "be":
        return subject_words(view, verb_start(view, last)), None
    stop = max(last - NAMED_BEFORE, -1)
    for at in range(last, stop, -1):
        if low[at] in NAMING:
            behind = at + 2 if at + 1 < last and low[at + 1] == "to" else at + 1
            until = last if low[last] == "as" else last + 1
            about = rest(view, behind, until) if behind < until else None
            if about is not None and (low[last] == "as" or low[at].startswith(("call", "term"))):
                return about, subject(view, at)
    return None, None


def _for(view: View, at: int, words: tuple[str, ...] = ("for",)) -> Group | None:
    while at < len(view.low) and (view.low[at] in CLOSING or view.low[at] == ","):
        at += 1
    if at < len(view.low) and view.low[at] in words:
        return mentions_from(view, at + 1)
    return None


def _after(view: View, at: int) -> Span | None:
    low = view.low
    while at < len(low) and low[at] in CLOSING:
        at += 1
    if at < len(low) and (low[at] in COPULA or low[at] in (":", "—", "–")):
        return rest(view, at + 1)
    where = find(view, at, AROUND, 3)
    if where is None:
        return None
    return rest(view, where + 1) if low[where] in PREPOSITION else None
