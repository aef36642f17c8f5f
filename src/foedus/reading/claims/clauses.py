"""What a sentence tells, on each level of quotation, joined with the words that attribute it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from foedus.reading.claims.segments import Segment, attributes, segments
from foedus.reading.cues.lexicon import wordset
from foedus.reading.model import Quote
from foedus.reading.quotes.verbs import VERBS
from foedus.reading.quotes.words import AUXILIARY, FINITE
from foedus.reading.text import Sentence

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
LEAST = 3
"""Words that a clause has at least to be a claim of its own."""
OWN = 4
"""Words beside an attribution that make a claim of their own, if a verb is among them."""
JOINS = wordset("as after while when before although though but and because since hours days")
QUOTING = frozenset("\"“”„‟«»‹›‘’'")
BARE = frozenset(" \n\t\u00a0,;:—–-()[]")
MARKS = "".join(QUOTING | BARE)


def told_in(
    text: str, sentence: Sentence, quotes: Sequence[Quote]
) -> Iterator[tuple[int, int, Segment]]:
    """Start, end and content of each claim of a sentence."""
    if not quotes:
        if _worth(text, sentence.start, sentence.end):
            yield sentence.start, sentence.end, Segment(sentence.start, sentence.end, ())
        return
    parts = segments(sentence.start, sentence.end, quotes)
    heads, leading = _heads(quotes, parts)
    waiting: int | None = None
    out: list[tuple[int, int, Segment]] = []
    for part in _split(text, parts, heads):
        head = _head(heads, part)
        if head:
            if out and head not in leading:
                out[-1] = (out[-1][0], part.end, out[-1][2])
            else:
                waiting = part.start if waiting is None else waiting
            continue
        if not _worth(text, part.start, part.end, bool(part.over)):
            continue
        out.append((part.start if waiting is None else waiting, part.end, part))
        waiting = None
    for start, end, part in out:
        first, last = _trim(text, start, end)
        start, end = _trim(text, part.start, part.end)
        yield first, last, Segment(max(start, first), min(end, last), part.over)


def _heads(
    quotes: Sequence[Quote], parts: Sequence[Segment]
) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Where a sentence attributes quotations, and which of these stand before what they attribute.

    The verb alone if the speaker stands apart from it.
    """
    starts = [part.start for part in parts]
    heads, leading = set(), set()
    for quote in quotes:
        head = attributes(quote)
        if head is None or quote.verb_at is None:
            continue
        place = bisect_right(starts, quote.verb_at.start) - 1
        if place < 0 or quote.verb_at.start >= parts[place].end:
            continue
        if head[0] < parts[place].start or head[1] > parts[place].end:
            head = (quote.verb_at.start, quote.verb_at.end)
        heads.add(head)
        if head[0] < quote.start:
            leading.add(head)
    return sorted(heads), leading


def _split(
    text: str, parts: Sequence[Segment], heads: Sequence[tuple[int, int]]
) -> Iterator[Segment]:
    """Segments, those with an attribution cut where a clause of their own stands beside it."""
    at = 0
    for part in parts:
        while at < len(heads) and heads[at][1] <= part.start:
            at += 1
        if at == len(heads) or not part.start <= heads[at][0] < part.end:
            yield part
            continue
        first, last = heads[at]
        start, end = part.start, part.end
        if _clause(text, start, first):
            yield Segment(start, first, part.over)
            start = first
        if last < end and _joined(text, last, end):
            cut = last + len(text[last:end]) - len(text[last:end].lstrip(MARKS))
            yield Segment(start, cut, part.over)
            start = cut
        yield Segment(start, end, part.over)


def _head(heads: Sequence[tuple[int, int]], part: Segment) -> tuple[int, int] | None:
    """The attribution that stands in a part, if one does."""
    place = bisect_left(heads, (part.start, -1))
    return heads[place] if place < len(heads) and heads[place][0] < part.end else None


def _clause(text: str, start: int, end: int) -> bool:
    words = WORD.findall(text, start, end)
    return len(words) >= OWN and any(_verbal(word) for word in words[1:-1])


def _joined(text: str, start: int, end: int) -> bool:
    words = WORD.findall(text, start, end)
    return len(words) >= OWN and words[0].lower() in JOINS and any(map(_verbal, words[1:]))


def _verbal(word: str) -> bool:
    low = word.lower()
    if low in FINITE or low in VERBS:
        return True
    return word.islower() and low not in AUXILIARY and low.endswith("ed")


def _worth(text: str, start: int, end: int, quoted: bool = False) -> bool:
    """Whether words can be a claim: three at least, or two in a quotation."""
    return any(
        number >= LEAST - quoted for number, _ in enumerate(WORD.finditer(text, start, end), 1)
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the signs around it; a quotation mark stays if its partner is inside."""
    while start < end and text[start] in BARE:
        start += 1
    while end > start and text[end - 1] in BARE:
        end -= 1
    inner = text[start + 1 : end - 1]
    first, last = text[start : start + 1] in QUOTING, text[end - 1 : end] in QUOTING
    if first and (last or not any(sign in QUOTING for sign in inner)):
        start += 1
    if last and (first or not any(sign in QUOTING for sign in inner)):
        end -= 1
    while end > start and text[end - 1] in BARE:
        end -= 1
    return start, max(start, end)
