"""What is asked about at once: a paragraph, or some sentences of a long one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from foedus.reading.text import Sentence, Text

LONGEST = 4_000
"""Characters that are asked about at once."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or some of its sentences."""

    start: int
    end: int
    paragraph: int

    @property
    def too_long(self) -> bool:
        """Whether it is a single sentence that no writer wrote."""
        return self.end - self.start > LONGEST


def pieces(text: Text, paragraphs: Collection[int] | None = None) -> Iterator[Piece]:
    """The pieces of a text, or of some of its paragraphs by number, in order."""
    held: list[Sentence] = []
    for sentence in text.sentences:
        if paragraphs is not None and sentence.paragraph not in paragraphs:
            continue
        full = held and sentence.end - held[0].start > LONGEST
        if held and (full or sentence.paragraph != held[0].paragraph):
            yield _piece(held)
            held = []
        held.append(sentence)
    if held:
        yield _piece(held)


def _piece(sentences: list[Sentence]) -> Piece:
    return Piece(sentences[0].start, sentences[-1].end, sentences[0].paragraph)
