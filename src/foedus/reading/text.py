"""A text cut into paragraphs, sentences and words, with offsets into the text as read."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:[’'&-][^\W_]+)*|\S")
"""A word with its inner hyphens and apostrophes, initials with their dots, a number with its
points and commas, or one other sign."""
LINE = re.compile(r"[^\n]*\S[^\n]*")
END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[—–-]*[^\W\d_a-zß-öø-ÿ]|\s+[\"'“‘«(\[]*\d|\s*$)"
)
"""Where a sentence may end: a stop, closing signs, and a capital, figure or the end after it."""
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cmdr|Adm|Brig|Gov|Sen|Rep|Rev|St|Sr|Jr|Amb|"
    r"No|Nos|vs|cf|al|ca|approx|Art|Sec|Fig|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|"
    r"Nov|Dec|e\.g|i\.e|U\.S|U\.K|U\.N|a\.m|p\.m|[A-Z]))\.$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: from start up to, not including, end, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words (signs count as words) with their offsets, and its paragraph."""

    start: int
    end: int
    paragraph: int
    words: tuple[str, ...]
    starts: tuple[int, ...]

    def at(self, word: int) -> Span:
        """Where a word stands."""
        return Span(self.starts[word], self.starts[word] + len(self.words[word]))


@dataclass(frozen=True)
class Text:
    """A text and its parts. Paragraph n is the n-th line that is not empty, counted from 1."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]

    @staticmethod
    def of(text: str) -> Text:
        """Cut a text."""
        paragraphs, sentences = [], []
        for line in LINE.finditer(text):
            paragraphs.append(Span(line.start(), line.end()))
            sentences += _sentences(text, line.start(), line.end(), len(paragraphs))
        return Text(text, tuple(paragraphs), tuple(sentences))

    @cached_property
    def lowered(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence in small letters, with straight apostrophes."""
        return tuple(
            tuple(word.lower().replace("’", "'") for word in sentence.words)
            for sentence in self.sentences
        )

    @cached_property
    def _lines(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that an offset falls into; None before the first."""
        place = bisect_right(self._starts, offset) - 1
        return place if place >= 0 else None

    def paragraph_at(self, offset: int) -> int:
        """The number, from 1, of the paragraph that an offset falls into or stands after."""
        return max(bisect_right(self._lines, offset), 1)


def _sentences(text: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    out, begin = [], start
    for stop in END.finditer(text, start, end):
        if stop.group().startswith(".") and ABBREVIATION.search(
            text, max(begin, stop.start() - 12), stop.start() + 1
        ):
            continue
        if text[begin : stop.end()].strip():
            out.append(_sentence(text, begin, stop.end(), paragraph))
        begin = stop.end()
    if text[begin:end].strip():
        out.append(_sentence(text, begin, end, paragraph))
    return out


def _sentence(text: str, start: int, end: int, paragraph: int) -> Sentence:
    found = [(m.group(), m.start()) for m in WORD.finditer(text, start, end)]
    words, starts = zip(*found, strict=True)
    last = starts[-1] + len(words[-1])
    return Sentence(starts[0], last, paragraph, words, starts)
