"""The speaker of a quotation that no verb stands beside: carried over from its surroundings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.speakers import Said
from foedus.reading.quotes.state import State


def join_paragraphs(read: State) -> None:
    """One speaker for a quotation that every paragraph opens again."""
    number = 0
    while number < len(read.direct):
        last = number
        while read.direct[last].continued and last + 1 < len(read.direct):
            last += 1
        told = next((read.said[at] for at in range(number, last + 1) if at in read.said), None)
        if told:
            for at in range(number, last + 1):
                read.said.setdefault(at, told)
        number = last + 1


def carry(read: State) -> None:
    """Speakers for quotations that no verb stands beside."""
    outer = [number for number, pair in enumerate(read.direct) if pair.depth == 0]
    paragraphs = [read.paragraph(read.direct[number].start) for number in outer]
    said = {at: read.said[number] for at, number in enumerate(outer) if number in read.said}
    between = [
        _between(read, number) if at not in said else None for at, number in enumerate(outer)
    ]
    for at, number in enumerate(outer):
        told = said.get(at) or _carried(at, said, paragraphs, between)
        if told:
            said[at] = read.said[number] = told
    for number, pair in enumerate(read.direct):
        if pair.depth and number not in read.said:
            told = read.said.get(read.level(pair.start, pair.end))
            if told:
                read.said[number] = Said(told.name)


def _between(read: State, number: int) -> Who | None:
    """Who the sentence before a quotation is about: `Lavrov was dismissive. “…”`."""
    start = read.direct[number].start
    sentence = read.text.sentence_at(start)
    if sentence is None or not sentence:
        return None
    here, last = read.text.sentences[sentence], read.text.sentences[sentence - 1]
    seen = read.outer.get(sentence - 1)
    if seen is None or seen.view.blanks or read.part(last.start) != read.part(start):
        return None
    if seen.frames and last.paragraph >= here.paragraph - 1:
        return seen.frames[-1].who
    introduced = read.text.text[last.start : last.end].endswith(":")
    if last.paragraph != here.paragraph and not introduced:
        return None
    who = read.people.first(seen.view, 0, len(seen.view.words) - 1)
    return who if who and (who.person or introduced) else None


def _carried(
    number: int,
    said: Mapping[int, Said],
    paragraphs: Sequence[int],
    between: Sequence[Who | None],
) -> Said | None:
    """The speaker of the quotation before, or else of the next, in the same stretch of talk.

    `paragraphs` is each quotation's paragraph (negative for one that may not be carried over) and
    `between` the person in whose sentence the text has gone on since the quotation before.
    """
    here = paragraphs[number]
    if between[number] is not None:
        who = between[number]
        return Said(who.name, who.span) if who else None
    earlier = said.get(number - 1)
    if number and paragraphs[number - 1] == here and earlier:
        return Said(earlier.name)
    later = said.get(number + 1)
    if number + 1 < len(paragraphs) and paragraphs[number + 1] == here and later:
        return Said(later.name)
    if number and 0 <= here - paragraphs[number - 1] <= 1 and earlier:
        return Said(earlier.name)
    return None
