"""A claim cut into the clauses that can stand alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from foedus.reading.model import Claim, Event
from foedus.reading.statements.words import AUXILIARY
from foedus.reading.text import Span

BACK = 40
"""Claims looked at before an event."""
LEAST_WORDS = 5
"""Words of a clause that stands alone."""
CUT = re.compile(r"(?:[,;] |\s*[—–]\s*)(?:and|but|while|whereas|yet|although|though|with)\s")
"""Where a sentence may be cut in clauses."""


def clauses(text: str, whole: Span) -> Iterator[Span]:
    """The clauses of a claim that can stand alone: some words and a verb, and no question."""
    start = whole.start
    for cut in CUT.finditer(text, whole.start, whole.end):
        parts = text[start : cut.start()].split(), text[cut.end() : whole.end].split()
        if all(len(part) >= LEAST_WORDS and _verbal(part) for part in parts):
            yield Span(start, cut.start())
            start = cut.end()
    if len(text[start : whole.end].split()) >= LEAST_WORDS and text[whole.end - 1] != "?":
        yield Span(start, whole.end)


def told_in(text: str, claims: Sequence[Claim], event: Event) -> Span:
    """The clause of a claim that an event is told in; its own words where it only ends one."""
    own, trigger = Span(event.start, event.end), event.trigger or Span(event.start, event.end)
    last = bisect_right(claims, trigger.start, key=lambda claim: claim.start)
    around = [c for c in claims[max(last - BACK, 0) : last] if trigger.end <= c.end]
    claim = min(around, key=lambda c: c.end - c.start, default=None)
    if claim is None:
        return own
    whole = Span(claim.start, claim.end)
    parts = list(clauses(text, whole)) or [whole]
    part = next((p for p in parts if p.start <= trigger.start < p.end), None)
    if part is None or 2 * own.start > part.start + part.end:
        return own
    return Span(min(own.start, part.start), max(own.end, part.end))


def _verbal(words: list[str]) -> bool:
    return any(word.lower() in AUXILIARY or word.endswith(("ed", "ing")) for word in words)
