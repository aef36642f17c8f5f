"""Quotation marks: which opens, which closes, which is an apostrophe, and which belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.reading.quotes.signs import SINGLE, Mark, closers, marks_of, possessive
from foedus.reading.text import Span

DEPTH = 4
"""Quotations within quotations that are kept; deeper ones belong to the fourth."""
WRAP = 2000
"""Characters over which a quotation may run on through lines that do not open it again."""
OPENING = "“„‟«‹「『"
PARTNER = {"“": "”", "„": "“”‟", "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』"}
PARTNER |= {"»": "«»", "›": "‹›", "”": "”", '"': '"', "``": "''", "''": "''"}
PARTNER |= {"‘": "’", "‛": "’", "‚": "‘’‛", "'": "'"}
ELISION = re.compile(r"(?:\d0s|em|til|tis|twas|cause|cuz|n|bout|round)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands between two marks, marks included."""

    start: int
    end: int
    depth: int
    """0 for a quotation that stands in none."""
    single: bool = False
    continued: bool = False
    """It goes on in the next paragraph, which opens it again."""


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    paragraph: int


def pairs(text: str, paragraphs: Sequence[Span], parts: Sequence[int] = ()) -> tuple[Pair, ...]:
    """The quotations of a text by their marks, in order, nested or apart but never crossing.

    `parts` are offsets where another's text begins: no quotation runs over them. A mark that finds
    no partner is dropped, unless it opens a paragraph or follows a colon: then the quotation ends
    with its paragraph.
    """
    marks = marks_of(text, paragraphs)
    any_later, sure_later = closers(text, marks)
    stack: list[_Open] = []
    out: list[Pair] = []
    for place, mark in enumerate(marks):
        if stack and stack[0].paragraph != mark.paragraph:
            _paragraph(text, paragraphs, parts, stack, mark, out)
        if mark.single:
            _take_single(text, mark, any_later[place], sure_later[place], stack, out)
        else:
            _take_double(marks, place, stack, out)
    _leave(text, paragraphs, stack, None, out)
    return tuple(sorted(out, key=lambda pair: (pair.start, -pair.end)))


def _take_double(marks: list[Mark], place: int, stack: list[_Open], out: list[Pair]) -> None:
    mark = marks[place]
    level = _level(stack, mark)
    if level is not None and not _again(marks, place, stack[level]):
        del stack[level + 1 :]
        opened = stack.pop()
        _keep(opened, mark.at + len(mark.sign), len(stack), out)
        return
    if _may_open(mark, level):
        if level is not None and not _nested(marks, place):
            del stack[level:]
        stack.append(_Open(mark.sign, mark.at, mark.paragraph))


def _level(stack: list[_Open], mark: Mark) -> int | None:
    """The innermost open quotation that this mark could close."""
    for level in range(len(stack) - 1, max(-1, len(stack) - 1 - 2 * DEPTH), -1):
        if mark.sign in PARTNER[stack[level].mark]:
            return level
    return None


def _again(marks: list[Mark], place: int, opened: _Open) -> bool:
    """A mark that can close is taken to, unless it can only open."""
    mark = marks[place]
    if mark.sign in "”」』''" and opened.mark != mark.sign:
        return False
    return mark.opens and not mark.closes


def _may_open(mark: Mark, level: int | None) -> bool:
    if mark.sign in OPENING or mark.sign == "``":
        return mark.sign != "“" or mark.opens or level is None
    return mark.opens


def _nested(marks: list[Mark], place: int) -> bool:
    """The same mark again before it closed: nested only if two closing ones follow."""
    following = marks[place + 1 : place + 3]
    return marks[place].sign in OPENING or (
        len(following) == 2
        and all(
            m.closes and not m.opens and m.paragraph == marks[place].paragraph for m in following
        )
    )


def _take_single(
    text: str, mark: Mark, may: bool, surely: bool, stack: list[_Open], out: list[Pair]
) -> None:
    top = stack[-1] if stack and stack[-1].mark in SINGLE else None
    if top is not None and mark.closes and mark.sign in PARTNER[top.mark]:
        if possessive(text, mark) and surely:
            return
        stack.pop()
        _keep(top, mark.at + 1, len(stack), out)
    elif top is None and mark.sign in "'‘‛‚" and mark.opens:
        if ELISION.match(text, mark.at + 1, mark.at + 9) or (mark.sign == "'" and not may):
            return
        stack.append(_Open(mark.sign, mark.at, mark.paragraph))


def _keep(opened: _Open, end: int, depth: int, out: list[Pair], continued: bool = False) -> None:
    if depth < DEPTH and end - opened.at > 2:
        out.append(Pair(opened.at, end, depth, opened.mark in SINGLE, continued))


def _paragraph(
    text: str,
    paragraphs: Sequence[Span],
    parts: Sequence[int],
    stack: list[_Open],
    mark: Mark,
    out: list[Pair],
) -> None:
    """At the first mark of a new paragraph: what is open goes on, is opened again, or ends."""
    opened = stack[0]
    apart = bisect_right(parts, opened.at) != bisect_right(parts, mark.at)
    runs_on = (
        not apart
        and mark.sign in PARTNER[opened.mark]
        and mark.closes
        and not mark.opens
        and mark.at - opened.at < WRAP
    )
    if runs_on and opened.mark not in SINGLE:
        opened.paragraph = mark.paragraph
        return
    _leave(text, paragraphs, stack, None if apart else mark, out)


def _leave(
    text: str,
    paragraphs: Sequence[Span],
    stack: list[_Open],
    mark: Mark | None,
    out: list[Pair],
) -> None:
    if not stack:
        return
    opened = stack[0]
    paragraph = paragraphs[opened.paragraph]
    again = (
        mark is not None
        and mark.sign == opened.mark
        and mark.paragraph == opened.paragraph + 1
        and mark.at == paragraphs[mark.paragraph].start
    )
    before = text[max(0, opened.at - 2) : opened.at].rstrip()
    left_open = opened.mark not in SINGLE and (
        opened.at == paragraph.start or before.endswith((":", ","))
    )
    if again or left_open:
        _keep(opened, paragraph.end, 0, out, continued=again)
    stack.clear()
