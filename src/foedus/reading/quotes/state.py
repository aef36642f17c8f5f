"""What is known of a text on the way to its quotations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from foedus.reading.quotes.marks import DEPTH, Pair
from foedus.reading.quotes.people import People
from foedus.reading.quotes.speakers import Said, Seen
from foedus.reading.text import Text


@dataclass(slots=True)
class State:
    """Marks, views and speakers of a text, filled in step by step."""

    text: Text
    parts: list[int]
    """Where voices begin and end."""
    people: People
    direct: list[Pair]
    inline: list[Pair]
    titles: set[int]
    """Where inline quotations begin that are titles."""
    seen: list[Seen] = field(default_factory=list)
    outer: dict[int, Seen] = field(default_factory=dict)
    """Sentence → its view outside all quotations."""
    begins: dict[int, Seen] = field(default_factory=dict)
    """Quotation → the view in which it begins, and below: in which it ends."""
    ends: dict[int, Seen] = field(default_factory=dict)
    said: dict[int, Said] = field(default_factory=dict)
    """Direct quotation → its speaker."""
    _paragraphs: list[int] = field(default_factory=list)
    _inline: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def part(self, offset: int) -> int:
        """The number of the stretch between voices that an offset falls into."""
        return bisect_right(self.parts, offset)

    def paragraph(self, offset: int) -> int:
        """The number, from 1, of the paragraph that an offset falls into."""
        if not self._paragraphs:
            self._paragraphs = [paragraph.start for paragraph in self.text.paragraphs]
        return bisect_right(self._paragraphs, offset)

    def marked(self, start: int, end: int) -> tuple[int, int]:
        """A span that takes in the marks of the inline quotations it begins or ends with."""
        if not self._inline:
            self._inline = [pair.start for pair in self.inline]
        for number in {bisect_right(self._inline, at) - 1 for at in (start, end - 1)}:
            if (
                number >= 0
                and self.inline[number].end > start
                and self.inline[number].end >= end - 1
            ):
                end = max(end, self.inline[number].end)
            if number >= 0 and self.inline[number].start < start < self.inline[number].end:
                start = self.inline[number].start
        return start, end

    def level(self, start: int, end: int) -> int:
        """The innermost direct quotation around a span; −1 for none."""
        if not self._starts:
            self._starts = [pair.start for pair in self.direct]
        last = bisect_right(self._starts, start) - 1
        for number in range(last, max(-1, last - 2 * DEPTH), -1):
            pair = self.direct[number]
            if pair.end >= end and (pair.start, pair.end) != (start, end):
                return number
        return -1
