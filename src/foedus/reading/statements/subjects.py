"""What a predicate is said of: the words before the verb, or what `it` stands for."""

from __future__ import annotations

from foedus.reading.statements.clauses import clause_start, verb_start
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.scene import View
from foedus.reading.statements.spans import rest
from foedus.reading.statements.words import PRONOUN, RELATIVE, adverbial
from foedus.reading.text import Span


def matter(view: View, begin: int, hit: Hit) -> Span | None:
    """What is said to be vital: the subject; for `it`, the place or thing named just before.

    Where the statement is played down (`hardly fundamental`), from that word on.
    """
    low = view.low
    begin = _copula(view, begin)
    for word in range(begin, hit.start):
        if low[word] in ("hardly", "not", "never", "scarcely", "barely", "no"):
            return rest(view, word)
    if begin > 0 and low[begin - 1] in ("that", "which"):
        return rest(view, _noun_start(view, begin - 1), begin - 1)
    first = clause_start(view, begin)
    for word in range(begin - 1, first - 1, -1):
        if low[word] == ",":
            first = word + 1
            break
    while first < begin and (adverbial(low[first]) or low[first] in ("and", "but", "that")):
        first += 1
    if begin - first == 1 and low[first] in PRONOUN:
        named = [one for one in view.between(max(first - 40, 0), first) if one.mention.actor]
        if named:
            return view.span(named[-1].first, named[-1].last + 1)
        return rest(view, hit.start)
    return rest(view, first, begin)


def _copula(view: View, begin: int) -> int:
    """Where `is a`, `are the` begins, if the predicate is a noun with its article."""
    at = begin
    while at > 0 and view.low[at - 1] in ("a", "an", "the"):
        at -= 1
    return verb_start(view, at) if at < begin else begin


def _noun_start(view: View, end: int) -> int:
    for word in range(end - 1, max(end - 6, -1), -1):
        if view.low[word] in ("the", "a", "an", "its", "his", "their", "this", "that"):
            return word
        if not view.low[word][0].isalpha():
            return word + 1
    return max(end - 1, 0)


def subject_words(view: View, end: int) -> Span | None:
    """The words of a subject: from the start of its clause to its verb."""
    low, first = view.low, max(clause_start(view, end), 0)
    for at in range(end - 1, first - 1, -1):
        if low[at] in RELATIVE or low[at] == "," or (low[at] in PRONOUN and at < end - 1):
            first = at + 1
            break
    while first < end and (adverbial(low[first]) or low[first] in ("and", "but", "then")):
        first += 1
    return rest(view, first, end)
