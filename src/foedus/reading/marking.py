"""A text in pieces for people: marked words, whose text it is, and what was found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from foedus.reading.model import (
    Blame,
    Commitment,
    Cue,
    Event,
    Item,
    Quote,
    Reading,
    Stake,
    Thesis,
    Voice,
)
from foedus.reading.text import Span, Text
from foedus.reading.wording import Called

CUES = {
    "hedge": "~", "negation": "¬", "booster": "+", "conditional": "◊", "question": "‽",
    "doubt": "%",
}  # fmt: skip
DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SPOKEN = ("direct", "mixed", "indirect", "block")
NOTED: tuple[type[Item], ...] = (Commitment, Blame, Thesis, Stake, Event)
LONGEST = 160
"""Characters of a passage that a note repeats."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text, how it is marked, and the sign that stands after it."""

    text: str
    marks: tuple[str, ...] = ()
    """Of event, cue and quote."""
    after: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What was found: a sign that leads to it, its kind, and what it says."""

    mark: str
    kind: str
    says: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, by its number."""

    number: int
    voice: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


def paragraphs(reading: Reading, called: Called) -> tuple[Paragraph, ...]:
    """All paragraphs with their marks and notes."""
    text = Text.of(reading.text)
    cut = [span.start for span in text.paragraphs]
    noted: dict[int, list[Item]] = {}
    marked: dict[int, list[Item]] = {}
    for item in reading.items:
        table = noted if isinstance(item, NOTED) else marked
        place = _at(cut, item.start)
        table.setdefault(place, []).append(item)
    voices: list[Voice] = sorted(reading.of(Voice), key=lambda voice: voice.start)
    starts = [voice.start for voice in voices]
    out = []
    for number, span in enumerate(text.paragraphs):
        found = sorted(noted.get(number, ()), key=place_of)
        voice = voice_at(voices, starts, span.start)
        notes = notes_of(found, reading.text, text, called, voice)
        signs = signs_of(found, marked.get(number, ()), called)
        pieces = tuple(pieces_of(reading.text, span, signs))
        out.append(Paragraph(number + 1, voice_of(voice, called), pieces, notes))
    return tuple(out)


def place_of(item: Item) -> tuple[int, int]:
    """In which order items are told: events stand where their trigger does."""
    trigger = getattr(item, "trigger", None)
    return (trigger.start if trigger is not None else item.start, item.start)


def voice_at(voices: Sequence[Voice], starts: Sequence[int], place: int) -> Voice | None:
    """The voice that speaks at a place; None if it is nobody's text.

    `voices` do not overlap, and `starts` are where they start, in order.
    """
    at = bisect_right(starts, place) - 1
    return voices[at] if at >= 0 and place < voices[at].end else None


def voice_of(voice: Voice | None, called: Called) -> str:
    """Whose text it is, in words; empty if it is nobody's."""
    if voice is None:
        return ""
    return voice.role if voice.speaker is None else f"{voice.role}: {called.name(voice.speaker)}"


def notes_of(
    items: Sequence[Item], text: str, cut: Text, called: Called, voice: Voice | None
) -> tuple[Note, ...]:
    """A note for each statement and event; events bear the numbers that stand in the text.

    Who holds it is told where that is not the voice itself.
    """
    out, number = [], 0
    for item in items:
        mark = ""
        if isinstance(item, Event):
            number += 1
            mark = str(number).translate(DIGITS)
        kind, says = said(item, text, cut, called)
        if others := _others(item, voice, called):
            says = f"{says} [{called.holders(others)}]"
        out.append(Note(mark, kind, says, item.start, item.end))
    return tuple(out)


def _others(item: Item, voice: Voice | None, called: Called) -> list[str]:
    own = called.name(voice.speaker) if voice is not None and voice.speaker else None
    holders = [one for one in getattr(item, "holders", ()) if one not in ("author", "editor")]
    at = next((n + 1 for n, one in enumerate(holders) if called.name(one) == own), 0)
    return holders[at:]


def said(item: Item, text: str, cut: Text, called: Called) -> tuple[str, str]:
    """What an item is, and what it says, in words."""
    if isinstance(item, Event):
        kind, says = item.type, _event(item, called)
    elif isinstance(item, Commitment):
        kind = item.type
        says = _about(called.names_of(item.by), item.about or Span(item.start, item.end), text)
    elif isinstance(item, Blame):
        kind = "complaint"
        says = _about(f"{called.names_of(item.by)} → {called.names_of(item.at)}", item.about, text)
    elif isinstance(item, Stake):
        kind = item.type
        says = _about(called.name(item.actor), item.about or Span(item.start, item.end), text)
    else:
        assert isinstance(item, Thesis)
        kind, says = "thesis", _thesis(item, text, cut)
    return kind, says


def _event(event: Event, called: Called) -> str:
    sides = f"{called.names_of(event.source) or '?'} → {called.names_of(event.target) or '?'}"
    more = [
        event.mode,
        event.modality if event.modality != "actual" else None,
        event.polarity if event.polarity != "affirmed" else None,
        event.date,
        called.name(event.place) if event.place else None,
        str(event.magnitude) if event.magnitude is not None else None,
    ]
    told = ", ".join(one for one in more if one)
    return f"{sides} ({told})" if told else sides


def _about(who: str, about: Span | None, text: str) -> str:
    return f"{who}: {words(text, about)}" if about is not None else who


def _thesis(thesis: Thesis, text: str, cut: Text) -> str:
    parts = [f"if {words(text, thesis.antecedent)}: "] if thesis.antecedent else []
    parts.append(words(text, thesis.consequent))
    if thesis.proviso:
        parts.append(f"; rests on: {words(text, thesis.proviso)}")
    if thesis.challenged_by:
        where = sorted({cut.paragraph_at(span.start) for span in thesis.challenged_by})
        parts.append(f"; challenged in paragraph {', '.join(map(str, where))}")
    return "".join(parts)


def words(text: str, span: Span) -> str:
    """A passage on one line, cut if it is long."""
    told = " ".join(text[span.start : span.end].split())
    return told if len(told) <= LONGEST else f"{told[:LONGEST].rstrip()}…"


def pieces_of(text: str, span: Span, signs: Sequence[tuple[Span, str, str]]) -> Iterator[Piece]:
    """Cut a stretch of text where marks begin and end; signs stand where their mark ends."""
    inside = [one for one in signs if one[0].end > span.start and one[0].start < span.end]
    edges = {span.start, span.end}
    for place, _, _ in inside:
        edges |= {max(place.start, span.start), min(place.end, span.end)}
    order = sorted(edges)
    coming = sorted(inside, key=lambda one: one[0].start)
    ends: dict[int, list[str]] = {}
    for place, _, sign in inside:
        if sign and place.end <= span.end:
            ends.setdefault(place.end, []).append(sign)
    live: list[tuple[Span, str, str]] = []
    next_ = 0
    for begin, end in pairwise(order):
        while next_ < len(coming) and coming[next_][0].start <= begin:
            live.append(coming[next_])
            next_ += 1
        live = [one for one in live if one[0].end > begin]
        marks = tuple(sorted({kind for _, kind, _ in live}))
        yield Piece(
            text[begin:end], marks, "".join(sign for sign, _ in groupby(ends.get(end, ()))), begin
        )


def signs_of(
    noted: Sequence[Item], marked: Sequence[Item], called: Called
) -> list[tuple[Span, str, str]]:
    """What is marked: where, as what, and the sign that stands behind it."""
    signs = []
    number = 0
    for item in noted:
        if isinstance(item, Event):
            number += 1
            place = item.trigger or Span(item.start, item.end)
            signs.append((place, "event", str(number).translate(DIGITS)))
    for item in marked:
        if isinstance(item, Cue):
            signs.append((Span(item.start, item.end), "cue", CUES.get(item.type, "")))
        elif isinstance(item, Quote) and item.form in SPOKEN and item.speaker:
            after = f"⟨{called.name(item.speaker)}⟩" if item.form != "block" else ""
            signs.append((Span(item.start, item.end), "quote", after))
    return signs


def _at(starts: Sequence[int], place: int) -> int:
    return max(bisect_right(starts, place) - 1, 0)
