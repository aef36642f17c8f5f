"""A text as rows of a page: some sentences on the left, what was found in the last on the right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.reading.marking import (
    NOTED,
    Piece,
    notes_of,
    pieces_of,
    place_of,
    signs_of,
    voice_at,
    voice_of,
)
from foedus.reading.model import Event, Item, Reading, Voice
from foedus.reading.proposing import Proposal
from foedus.reading.text import Span, Text
from foedus.reading.wording import Called


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement or an event that stands beside its sentence."""

    mark: str
    kind: str
    says: str
    chain: str


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences, and what was found in them."""

    paragraph: int
    first: bool
    """Whether it begins a paragraph."""
    voice: str
    new_voice: bool
    """Whether another speaks than in the row before."""
    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    proposals: tuple[Proposal, ...]


def rows(reading: Reading, called: Called, proposals: Sequence[Proposal]) -> Iterator[Row]:
    """The rows of a text. A sentence in which something was found ends its row."""
    text = Text.of(reading.text)
    noted = _by_sentence(text, sorted(_of(reading, noted=True), key=place_of))
    marked = _by_sentence(text, _of(reading, noted=False))
    offered = _by_start(text, proposals)
    voices: list[Voice] = sorted(reading.of(Voice), key=lambda voice: voice.start)
    starts = [voice.start for voice in voices]
    before, number = "", -1
    for group in _groups(text, noted, offered):
        first, last = text.sentences[group[0]], text.sentences[group[-1]]
        voice = voice_at(voices, starts, first.start)
        whose = voice_of(voice, called)
        found = [item for n in group for item in noted.get(n, ())]
        signs = signs_of(found, [item for n in group for item in marked.get(n, ())], called)
        notes = notes_of(found, reading.text, text, called, voice)
        yield Row(
            first.paragraph,
            first.paragraph != number,
            whose,
            whose != before,
            tuple(pieces_of(reading.text, Span(first.start, last.end), signs)),
            tuple(
                Entry(note.mark, note.kind, note.says, called.holders(getattr(item, "holders", ())))
                for note, item in zip(notes, found, strict=True)
            ),
            tuple(one for n in group for one in offered.get(n, ())),
        )
        before, number = whose, first.paragraph


def _of(reading: Reading, *, noted: bool) -> Iterator[Item]:
    return (item for item in reading.items if isinstance(item, NOTED) == noted)


def _by_sentence(text: Text, items: Iterator[Item] | Sequence[Item]) -> Mapping[int, list[Item]]:
    """Items by the sentence they stand in; what runs over several is marked in each."""
    starts = [sentence.start for sentence in text.sentences]
    table: dict[int, list[Item]] = {}
    for item in items:
        if isinstance(item, Voice):
            continue
        place = item.trigger.start if isinstance(item, Event) and item.trigger else item.start
        first = max(bisect_right(starts, place) - 1, 0)
        last = first if isinstance(item, NOTED) else max(bisect_right(starts, item.end - 1) - 1, 0)
        for number in range(first, min(last, first + 200) + 1):
            table.setdefault(number, []).append(item)
    return table


def _by_start(text: Text, found: Sequence[Proposal]) -> Mapping[int, list[Proposal]]:
    table: dict[int, list[Proposal]] = {}
    for one in found:
        table.setdefault(text.sentence_at(one.start) or 0, []).append(one)
    return table


def _groups(
    text: Text, noted: Mapping[int, object], offered: Mapping[int, object]
) -> Iterator[list[int]]:
    """Sentences of a paragraph in a row, up to one in which something was found."""
    group: list[int] = []
    for number, sentence in enumerate(text.sentences):
        if group and text.sentences[group[-1]].paragraph != sentence.paragraph:
            yield group
            group = []
        group.append(number)
        if number in noted or number in offered:
            yield group
            group = []
    if group:
        yield group
