"""The items of a reading by where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.reading.model import Claim, Cue, Date, Item, Mention, Reading, Voice
from foedus.reading.text import Span

BACK = 40
"""Claims looked at before a place."""


@dataclass(frozen=True)
class Index:
    """Items of the kinds that are looked up by place, sorted."""

    reading: Reading
    voices: tuple[Voice, ...]
    table: dict[str, tuple[list[int], list[Item]]]

    @staticmethod
    def of(reading: Reading) -> Index:
        """Sort a reading's mentions, cues, dates and claims."""
        table = {}
        for kind in (Mention, Cue, Date, Claim):
            items = sorted(reading.of(kind), key=lambda one: (one.start, one.end))
            table[kind.kind] = ([one.start for one in items], items)
        return Index(reading, tuple(reading.of(Voice)), table)

    def mentions(self, span: Span) -> list[Mention]:
        """The mentions that start in a span."""
        return [one for one in self._in("mention", span) if isinstance(one, Mention)]

    def cues(self, span: Span) -> list[Cue]:
        """The cues that start in a span."""
        return [one for one in self._in("cue", span) if isinstance(one, Cue)]

    def dates(self, span: Span) -> list[Date]:
        """The dates that start in a span."""
        return [one for one in self._in("date", span) if isinstance(one, Date)]

    def claim(self, span: Span) -> Claim | None:
        """The closest claim around a span, or the last that starts before it."""
        starts, items = self.table["claim"]
        last = bisect_right(starts, span.start)
        near = [c for c in items[max(last - BACK, 0) : last] if isinstance(c, Claim)]
        around = [c for c in near if span.start < c.end]
        whole = [c for c in around if span.end <= c.end] or around
        return min(whole, key=lambda c: (c.end - c.start, -len(c.holders)), default=None)

    def _in(self, kind: str, span: Span) -> Sequence[Item]:
        starts, items = self.table[kind]
        return items[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
