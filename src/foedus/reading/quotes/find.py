"""All quotations of a text: direct, mixed, indirect and block, each with its speaker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from foedus.reading.model import Mention, Quote, Voice
from foedus.reading.quotes import items, speakers
from foedus.reading.quotes.aside import Frame
from foedus.reading.quotes.carrying import carry, join_paragraphs
from foedus.reading.quotes.dashes import dashed
from foedus.reading.quotes.echoes import Echoes
from foedus.reading.quotes.forms import form
from foedus.reading.quotes.frames import frames
from foedus.reading.quotes.marks import Pair, pairs
from foedus.reading.quotes.nesting import nested
from foedus.reading.quotes.people import People
from foedus.reading.quotes.speakers import Said, Seen
from foedus.reading.quotes.state import State
from foedus.reading.quotes.view import View, views
from foedus.reading.text import Text


def quotes(text: Text, voices: Sequence[Voice], mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """Every quotation of a text and whose it is, in order; nested or apart, never crossing.

    Forms: `direct` (another's own words), `mixed` (a few of them in somebody's indirect speech),
    `indirect`, `block` (a voice with the role excerpt), `title` (a work's) and `scare` (a word
    held at arm's length; nobody's). A quotation over several paragraphs is one item in each.
    """
    parts = sorted({edge for voice in voices for edge in (voice.start, voice.end)})
    found = pairs(text.text, text.paragraphs, parts)
    direct, inlined, titles = _sort(text, [*found, *dashed(text, found)])
    read = State(text, parts, People(text.text, mentions), direct, inlined, titles)
    _look(read)
    _speakers(read)
    told = [*items.direct(read), *items.inlined(read, Echoes(text.text, voices))]
    return nested([*told, *items.indirect(read), *items.blocks(read, voices)], text.text)


def _sort(text: Text, found: Sequence[Pair]) -> tuple[list[Pair], list[Pair], set[int]]:
    """Direct quotations, inline ones, and where titles begin."""
    direct: list[Pair] = []
    inlined: list[Pair] = []
    titles: set[int] = set()
    within = 0
    starts = [paragraph.start for paragraph in text.paragraphs]
    for pair in sorted(found, key=lambda pair: (pair.start, -pair.end)):
        paragraph = text.paragraphs[max(0, bisect_right(starts, pair.start) - 1)]
        told = "inline" if pair.start < within else form(text.text, pair, paragraph)
        if told == "direct":
            direct.append(pair)
            continue
        inlined.append(pair)
        within = max(within, pair.end)
        if told == "title":
            titles.add(pair.start)
    return direct, inlined, titles


def _look(read: State) -> None:
    part = 0
    for view in views(read.text, read.direct, read.inline):
        now = read.part(view.starts[0]) if view.starts else part
        if now != part:
            read.people.memory.forget()
            part = now
        with_people = frames(view, read.people) if view.within < 0 else _inner(read, view)
        if not with_people and view.within < 0 and not view.blanks:
            _subject(read, view)
        seen = Seen.of(view, with_people)
        read.seen.append(seen)
        if view.within < 0:
            read.outer[view.sentence] = seen
        for number in view.blanks.values():
            read.begins.setdefault(number, seen)
            read.ends[number] = seen


def _subject(read: State, view: View) -> None:
    """Whom a sentence begins with may be the next `he`: `Kerry disagreed. “…,” he said`."""
    who = read.people.first(view, 0, min(5, len(view.words)) - 1)
    commas = [at for at, word in enumerate(view.low[:12]) if word == ","]
    if who and not who.named and len(commas) > 1:
        name = read.people.named(view, commas[0] + 1, commas[1] - 1)
        who = name if name and name.named else who
    if who and who.person:
        read.people.memory.spoke(who)


def _inner(read: State, view: View) -> list[Frame]:
    with read.people.memory.apart():
        return frames(view, read.people)


def _speakers(read: State) -> None:
    for number, pair in enumerate(read.direct):
        begins, ends = read.begins.get(number), read.ends.get(number)
        told = speakers.beside(begins, ends, number, read.people)
        if told is None and ends is not None and _last_of_sentence(read, pair, ends):
            following = read.outer.get(ends.view.sentence + 1)
            if _same(read, pair, following):
                told = speakers.next_sentence(following) or _verdict(read, following)
        if told is not None:
            read.said[number] = told
    join_paragraphs(read)
    carry(read)


def _verdict(read: State, seen: Seen | None) -> Said | None:
    if seen is None or seen.view.low[:1] not in (["that"], ["this"], ["those"], ["such"]):
        return None
    return speakers.answer(seen, 1, read.people)


def _last_of_sentence(read: State, pair: Pair, seen: Seen) -> bool:
    return bool(seen.view.ends) and seen.view.ends[-1] <= pair.end


def _same(read: State, pair: Pair, seen: Seen | None) -> bool:
    """Whether a view stands in the paragraph in which a quotation ends."""
    if seen is None:
        return False
    sentence = read.text.sentences[seen.view.sentence]
    return read.text.paragraphs[sentence.paragraph - 1].start <= pair.end - 1
