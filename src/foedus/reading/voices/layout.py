"""The layout of a text: what each paragraph is, and where an article with its own author begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.reading.opening.opened import Mark
from foedus.reading.text import Text
from foedus.reading.voices import lines
from foedus.reading.voices.names import bare_byline, byline

HEAD = 4
"""Lines that may stand between a headline and the byline or text beneath it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: where it stands, its text, the empty lines before it, what it is."""

    start: int
    end: int
    text: str
    gap: int
    kind: str
    """prose, short (may be a headline), byline, date, caption, tail, rule, note, credits, quote,
    credit (under a quote), heading or headline."""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """Where an article begins: the lines of its head, and who wrote it."""

    first: int
    last: int
    author: str | None


def layout(text: Text, hints: Sequence[Mark] = ()) -> list[Line]:
    """Each paragraph and what it is: as marked, else by its shape."""
    roles = {mark.start: mark.role for mark in hints}
    out: list[Line] = []
    before = 0
    for span in text.paragraphs:
        full = text.text[span.start : span.end]
        told = full.strip()
        start = span.start + len(full) - len(full.lstrip())
        gap = max(text.text.count("\n", before, span.start) - 1, 0) if out else 0
        kind, names = _kind(told, roles.get(start))
        out.append(Line(start, start + len(told), told, gap, kind, names))
        before = span.end
    return out


def _kind(line: str, role: str | None) -> tuple[str, tuple[str, ...]]:
    if role is not None:
        return role, (byline(line) or ()) if role == "byline" else ()
    if len(line) > 2000:
        return ("note" if lines.is_note(line) else "prose"), ()
    for kind, test in TESTS:
        if test(line):
            return kind, ()
    names = byline(line)
    if names is not None:
        return "byline", names
    if lines.is_date(line):
        return "date", ()
    return ("short" if lines.is_title(line) else "prose"), ()


TESTS = (
    ("rule", lines.is_rule),
    ("caption", lines.is_caption),
    ("note", lines.is_note),
    ("credits", lines.is_credits),
    ("tail", lines.is_tail),
)


def heads(all_lines: Sequence[Line]) -> list[Head]:
    """Where articles begin, in order: at a byline, with the headline above it.

    A line of names alone counts as a byline under a headline and above running text. The first
    headline of a text counts without a byline.
    """
    found: list[Head] = []
    for at, line in enumerate(all_lines):
        floor = found[-1].last + 1 if found else 0
        if line.kind == "headline" and not _byline_follows(all_lines, at):
            found.append(Head(at, at, None))
            continue
        names = line.names if line.kind == "byline" else _bare(all_lines, at, floor)
        if names is None:
            continue
        first = _top(all_lines, at, floor)
        if line.kind == "byline" and found and at - found[-1].last <= 1 and first == at:
            continue
        if _text_follows(all_lines, at) or (line.kind == "byline" and first == 0):
            last = _below(all_lines, at)
            found.append(Head(first, last, " and ".join(names) if names else None))
    if not found or found[0].first > _prose_at(all_lines):
        found[:0] = _untold(all_lines)
    return found


def _byline_follows(all_lines: Sequence[Line], at: int) -> bool:
    for line in all_lines[at + 1 : at + 1 + HEAD]:
        if line.kind == "byline":
            return True
        if line.kind not in ("heading", "date", "caption", "short", "headline"):
            return False
    return False


def _bare(all_lines: Sequence[Line], at: int, floor: int) -> tuple[str, ...] | None:
    line = all_lines[at]
    if line.kind not in ("short", "date") or at - 1 < floor or line.gap > 1:
        return None
    above = all_lines[at - 1]
    fits = above.kind in ("short", "headline") and len(above.text.split()) >= 3
    return bare_byline(line.text) if fits and _text_follows(all_lines, at) else None


def _top(all_lines: Sequence[Line], at: int, floor: int) -> int:
    """The first line of the head that a byline belongs to: its headline, above a standfirst."""
    lowest = max(floor, at - HEAD)
    top = at
    for i in range(at - 1, lowest - 1, -1):
        line = all_lines[i]
        if top < at and all_lines[i + 1].gap > 1:
            break
        if line.kind in ("short", "headline", "heading"):
            top = i
        elif line.kind in ("date", "caption"):
            continue
        elif not (top == at and line.kind == "prose" and _standfirst(all_lines, i, lowest)):
            break
    return top


def _standfirst(all_lines: Sequence[Line], i: int, lowest: int) -> bool:
    """A sentence or two between headline and byline."""
    above = i - 1 >= lowest and all_lines[i - 1].kind in ("short", "headline")
    return above and len(all_lines[i].text.split(None, 60)) <= 45


def _text_follows(all_lines: Sequence[Line], at: int) -> bool:
    for line in all_lines[at + 1 : at + 1 + HEAD]:
        if line.kind in ("quote", "note") or (line.kind == "prose" and lines.is_prose(line.text)):
            return True
        if line.kind not in ("date", "caption", "byline", "rule", "short", "tail"):
            return False
    return False


def _below(all_lines: Sequence[Line], at: int) -> int:
    """The last line of a head: dates and further bylines beneath the byline."""
    last = at
    while last + 1 < len(all_lines) and all_lines[last + 1].kind in ("date", "byline"):
        last += 1
    return last


def _prose_at(all_lines: Sequence[Line]) -> int:
    for i, line in enumerate(all_lines):
        if line.kind in ("prose", "quote"):
            return i
    return len(all_lines)


def _untold(all_lines: Sequence[Line]) -> Iterable[Head]:
    """The head of a text that has a headline and names no author."""
    end = _prose_at(all_lines)
    shorts = [i for i in range(end) if all_lines[i].kind in ("short", "headline")]
    return [Head(shorts[0], end - 1, None)] if shorts and end < len(all_lines) else []
