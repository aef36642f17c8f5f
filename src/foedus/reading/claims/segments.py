"""A sentence cut where the holder changes, and the words that only say who holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.reading.model import Quote


@dataclass(slots=True)
class Segment:
    """A stretch of a sentence on one level of quotation."""

    start: int
    end: int
    over: tuple[Quote, ...]
    """The quotations it stands in, outermost first."""


def segments(start: int, end: int, quotes: Sequence[Quote]) -> list[Segment]:
    """The stretches of a sentence between the edges of quotations that nest."""
    out: list[Segment] = []
    stack: list[Quote] = []
    at = start

    def until(place: int) -> None:
        nonlocal at
        if place > at:
            out.append(Segment(at, place, tuple(stack)))
            at = place

    for quote in quotes:
        while stack and stack[-1].end <= quote.start:
            until(min(end, stack[-1].end))
            stack.pop()
        until(max(start, min(end, quote.start)))
        stack.append(quote)
    while stack:
        until(min(end, stack[-1].end))
        stack.pop()
    until(end)
    return out


def attributes(quote: Quote) -> tuple[int, int] | None:
    """From where to where the words stand that name a quotation's speaker and verb."""
    spans = [span for span in (quote.speaker_at, quote.verb_at) if span is not None]
    outside = [s for s in spans if s.end <= quote.start or s.start >= quote.end]
    if not outside or quote.verb_at is None or len(outside) < len(spans):
        return None
    return min(s.start for s in outside), max(s.end for s in outside)
