"""Spans that stand in each other or apart, never across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foedus.reading.model import Quote

DEPTH = 6
"""Quotations within quotations beyond which indirect ones are left out."""
LEAST = 3
"""Characters that a quotation cut short still has at least."""


def nested(quotes: Iterable[Quote], text: str) -> tuple[Quote, ...]:
    """The quotations in order; where two cross, the first ends before the second begins.

    Marks are never moved: of an indirect quotation and one in marks, the indirect one gives way.
    """
    out: list[Quote] = []
    stack: list[int] = []
    for quote in sorted(quotes, key=_order):
        if out and _same(out[-1], quote):
            continue
        while stack and out[stack[-1]].end <= quote.start:
            stack.pop()
        while stack and out[stack[-1]].end < quote.end:
            crossed = out[stack[-1]]
            if crossed.form != "indirect":
                quote = replace(quote, end=crossed.end)
                break
            end = len(text[crossed.start : quote.start].rstrip(" ,;:—–")) + crossed.start
            out[stack.pop()] = replace(crossed, end=end)
        if len(stack) >= DEPTH and quote.form == "indirect":
            continue
        stack.append(len(out))
        out.append(quote)
    return tuple(sorted((q for q in out if q.end - q.start >= LEAST), key=_order))


def _same(one: Quote, other: Quote) -> bool:
    return (one.start, one.end, one.speaker) == (other.start, other.end, other.speaker) and (
        one.form == other.form
    )


def _order(quote: Quote) -> tuple[int, int, int]:
    return quote.start, -quote.end, 1 if quote.form == "indirect" else 0
