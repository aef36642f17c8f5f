"""Quotations as items: from marks and attributions to spans with a speaker."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reading.model import Quote, Voice
from foedus.reading.quotes import inline
from foedus.reading.quotes.aside import Frame
from foedus.reading.quotes.echoes import Echoes
from foedus.reading.quotes.marks import Pair
from foedus.reading.quotes.speakers import Said, Seen
from foedus.reading.quotes.state import State


def direct(read: State) -> list[Quote]:
    """The direct quotations."""
    out = []
    for number, pair in enumerate(read.direct):
        told = read.said.get(number)
        out.append(_quote(pair.start, pair.end, "direct", told))
    return out


def _quote(start: int, end: int, kind: str, told: Said | None) -> Quote:
    return Quote(
        start=start, end=end, form=kind, speaker=told.name if told else None,
        speaker_at=told.at if told else None, verb_at=told.verb if told else None,
    )  # fmt: skip


def inlined(read: State, echoes: Echoes) -> list[Quote]:
    """Inline ones: mixed where somebody says them, scare where nobody does, and titles."""
    levels = {(seen.view.sentence, seen.view.within): seen for seen in read.seen}
    out = []
    for pair in read.inline:
        if pair.start in read.titles:
            out.append(_quote(pair.start, pair.end, "title", None))
            continue
        sentence = read.text.sentence_at(pair.start)
        within = read.level(pair.start, pair.end)
        seen = levels.get((sentence if sentence is not None else -1, within))
        told = _whose(read, echoes, seen, pair, within)
        out.append(_quote(pair.start, pair.end, "mixed" if told else "scare", told))
    return out


def _whose(read: State, echoes: Echoes, seen: Seen | None, pair: Pair, within: int) -> Said | None:
    told = inline.attributed(seen, pair, read.people) if seen else None
    few = len(read.text.text[pair.start : min(pair.end, pair.start + 200)].split()) <= inline.FEW
    if told is None and not few:
        echo = echoes.speaker(pair)
        told = Said(read.people.known(echo) or echo) if echo else None
        if told is None and seen:
            told = inline.subject(seen, pair, read.people)
    if told is None and within >= 0 and within in read.said:
        return Said(read.said[within].name)
    return told


def indirect(read: State) -> list[Quote]:
    """What another is said to have said, thought or called something."""
    out = []
    for seen in read.seen:
        view = seen.view
        for frame in seen.frames:
            if frame.content is None or _outside(seen, frame):
                continue
            first, last = _cut(seen, frame)
            if last < first or (first == last and view.is_blank(first)):
                continue
            start, end = read.marked(view.starts[first], view.ends[last])
            out.append(
                Quote(
                    start=start, end=end, form="indirect",
                    speaker=frame.who.name, speaker_at=frame.who.span, verb_at=frame.verb,
                )
            )  # fmt: skip
    return out


def _outside(seen: Seen, frame: Frame) -> bool:
    """An attribution of a quotation only: its clause is the blank, or begins and ends with it."""
    first, last = frame.content or (0, -1)
    return (
        all(
            seen.view.is_blank(at) or not seen.view.low[at][-1].isalnum()
            for at in range(first, min(last, first + 3) + 1)
        )
        and last - first < 3
    )


def _cut(seen: Seen, frame: Frame) -> tuple[int, int]:
    """A clause without the attribution that stands behind it: `…, Lavrov said`."""
    first, last = frame.content or (0, -1)
    for other in seen.near(first, last):
        if frame.content and first < other.first <= last and _apart(seen, frame, other):
            last = other.first - 3
        inside = first < other.first <= last and other.aside and other is not frame
        if inside and other.content and other.content[0] <= first:
            last = other.first - 1
            while last > first and not seen.view.low[last][-1].isalnum():
                last -= 1
    return first, last


def _apart(seen: Seen, frame: Frame, other: Frame) -> bool:
    """`X says that …, but Y says that …`: the second is not told by the first."""
    low, join = seen.view.low, other.first - 1
    while join > frame.last and low[join] in {"the", "a", "his", "her", "its", "their", "some"}:
        join -= 1
    other_own = other.link == "that" and not other.relative and not other.aside
    return other_own and low[join] in {"and", "but", "yet"} and low[join - 1] == ","


def _outermost(seen: Seen) -> Frame | None:
    """The last attribution of a sentence that no other covers."""
    end, last = -1, None
    for frame in seen.frames:
        if frame.at > end:
            last = frame
        if frame.content:
            end = max(end, frame.content[1])
    return last


def blocks(read: State, voices: Sequence[Voice]) -> list[Quote]:
    """Excerpts from another's text, whose the voice says or the sentence before introduces."""
    out = []
    for voice in voices:
        if voice.role != "excerpt":
            continue
        sentence = read.text.sentence_at(voice.start)
        seen = read.outer.get(sentence - 1) if sentence else None
        introduced = seen is not None and (bool(seen.view.low) and seen.view.low[-1] == ":")
        frame = _outermost(seen) if seen and introduced else None
        out.append(
            Quote(
                start=voice.start, end=voice.end, form="block",
                speaker=read.people.known(voice.speaker) or (frame.who.name if frame else None),
                speaker_at=frame.who.span if frame else None,
                verb_at=frame.verb if frame else None,
            )
        )  # fmt: skip
    return out
