"""Long quotations of another's text: which paragraphs, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from foedus.reading.opening.wrapping import ITEM
from foedus.reading.text import Text
from foedus.reading.voices import lines as shapes
from foedus.reading.voices.introducing import Introduction, introduction, opening_name
from foedus.reading.voices.layout import Line
from foedus.reading.voices.returning import OPENING, in_quotes, is_report, returns

LONG = 25
"""Words from which on a paragraph in quotation marks counts as an excerpt."""
NEAR = 60
"""Paragraphs within which a quotation has to close, and that its words are looked for in."""
ENDS = frozenset({"rule", "byline", "headline", "heading", "note", "credits", "date"})


@dataclass(frozen=True, slots=True)
class Given:
    """A paragraph of an excerpt, and whose text it is."""

    speaker: str | None


def excerpts(text: Text, lines: Sequence[Line], body: range) -> dict[int, Given]:
    """The lines that are another's text.

    Marked block quotations where the text has any; else the paragraphs after one that ends by
    saying who writes what follows, until its own voice returns.
    """
    if any(lines[i].kind == "quote" for i in body):
        return _marked(text, lines, body)
    given: dict[int, Given] = {}
    last: str | None = None
    at = body.start
    while at < body.stop:
        told = _introduced(text, lines[at]) if lines[at].kind in ("prose", "short") else None
        stop = _until(lines, at + 1, body.stop, told) if told and told.known else at + 1
        if told and stop > at + 1:
            last = told.speaker or last
            given.update((i, Given(last)) for i in range(at + 1, stop) if _counts(lines[i]))
        at = stop
    return given


def _counts(line: Line) -> bool:
    return line.kind not in ("caption", "tail", "rule")


def _introduced(text: Text, line: Line) -> Introduction | None:
    end = line.text.rstrip("*_ ")
    if not end.endswith((":", ".", ":”")):
        return None
    return _told(text, line, asked=False)


def _told(text: Text, line: Line, *, asked: bool) -> Introduction | None:
    """What the last sentence of a paragraph introduces; a pronoun is who the paragraph names."""
    at = text.sentence_at(line.end - 1)
    if at is None or text.sentences[at].end <= line.start:
        return None
    told = introduction(text.sentences[at], asked=asked)
    if told is None or told.speaker is not None or not told.known:
        return told
    for before in range(at - 1, max(at - 6, -1), -1):
        sentence = text.sentences[before]
        if sentence.start < line.start:
            break
        name = opening_name(sentence)
        if name is not None:
            return Introduction(name, told.writing)
    return told


def _until(lines: Sequence[Line], first: int, stop: int, told: Introduction) -> int:
    """The line before which an excerpt that begins at `first` ends; `first` if it is none."""
    if first >= stop or lines[first].kind != "prose" or ITEM.match(lines[first].text):
        return first
    if not lines[first].text.startswith(OPENING):
        return _running(lines, first, stop, told)
    near = [line.text for line in takewhile(_goes_on, lines[first : min(stop, first + NEAR)])]
    quoted = in_quotes(near)
    words = sum(len(paragraph.split(None, LONG)) for paragraph in near[:quoted])
    return first + quoted if words >= LONG else first


def _goes_on(line: Line) -> bool:
    return line.kind not in ENDS


def _running(lines: Sequence[Line], first: int, stop: int, told: Introduction) -> int:
    """An excerpt without quotation marks runs on until the other voice returns."""
    so_far = [lines[first].text]
    gap = lines[first].gap
    for i in range(first + 1, stop):
        line = lines[i]
        if line.kind in ENDS or line.kind == "tail":
            return i
        if line.gap > gap + 1 and line.kind == "short":
            return i
        if returns(line.text, told.speaker, so_far[-NEAR:], writing=told.writing):
            return i
        if not told.writing and is_report(line.text):
            return i
        so_far.append(line.text)
    return stop


def _marked(text: Text, lines: Sequence[Line], body: range) -> dict[int, Given]:
    """Marked quotations: named in the paragraph before, or in the line of credit beneath."""
    given: dict[int, Given] = {}
    at = body.start
    last: str | None = None
    while at < body.stop:
        if lines[at].kind != "quote":
            at += 1
            continue
        stop = at
        while stop < body.stop and lines[stop].kind in ("quote", "credit", "caption"):
            stop += 1
        speaker = _credited(lines, at, stop) or _before(text, lines, at, body.start, last)
        last = speaker or last
        given.update((i, Given(speaker)) for i in range(at, stop) if lines[i].kind == "quote")
        at = stop
    return given


def _credited(lines: Sequence[Line], first: int, stop: int) -> str | None:
    for i in range(first, stop):
        name = shapes.credit(lines[i].text) if i == stop - 1 or lines[i].kind == "credit" else None
        if name is not None:
            return name
    return None


def _before(
    text: Text, lines: Sequence[Line], first: int, floor: int, last: str | None
) -> str | None:
    """Who the paragraph before says is speaking; a pronoun is who spoke last."""
    at = first - 1
    while at >= floor and lines[at].kind in ("caption", "tail", "rule"):
        at -= 1
    if at < floor:
        return None
    told = _told(text, lines[at], asked=True)
    if told is None:
        return None
    return told.speaker or (last if told.known else None)
