"""Single signs of quotation in a text: where they stand, and whether they may open or close."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.reading.text import Span

MARK = re.compile(r"``|''|[\"“”„‟«»‹›「」『』‘‚‛]|(?<![^\W_])['’]|['’](?![^\W_])")
"""A mark that may quote; an apostrophe between letters is none."""
SINGLE = "'‘’‚‛"
"""Marks of which one may be an apostrophe."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign, its place and paragraph, and what the characters around it let it do."""

    sign: str
    at: int
    opens: bool
    closes: bool
    paragraph: int

    @property
    def single(self) -> bool:
        """Whether it may be an apostrophe."""
        return self.sign in SINGLE


def marks_of(text: str, paragraphs: Sequence[Span]) -> list[Mark]:
    """The signs of a text, in order."""
    starts = [paragraph.start for paragraph in paragraphs]
    out = []
    for found in MARK.finditer(text):
        sign, at, end = found.group(), found.start(), found.end()
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        opens = (before.isspace() or before in "([{—–-/…:“‘«„\"'") and not after.isspace()
        closes = not before.isspace() and not (after.isalnum() and before not in ".,!?")
        if sign in "«»‹›" and not opens and not closes:
            opens = closes = True
        out.append(Mark(sign, at, opens, closes, bisect_right(starts, at) - 1))
    return out


def closers(text: str, marks: Sequence[Mark]) -> tuple[list[bool], list[bool]]:
    """For each mark, whether a later single mark of its paragraph may close, and surely does.

    The look ahead ends at the next single mark that opens: that one begins a quotation of its own.
    """
    may, surely = [False] * len(marks), [False] * len(marks)
    any_one = sure = False
    paragraph = -1
    for place in range(len(marks) - 1, -1, -1):
        mark = marks[place]
        if mark.paragraph != paragraph:
            any_one, sure, paragraph = False, False, mark.paragraph
        may[place], surely[place] = any_one, sure
        if mark.sign in "'’" and mark.closes:
            any_one, sure = True, sure or not possessive(text, mark)
        elif mark.sign in "‘'" and mark.opens:
            any_one = sure = False
    return may, surely


def possessive(text: str, mark: Mark) -> bool:
    """`the Americans’ business`: after an s, before a word in small letters."""
    after = text[mark.at + 1 : mark.at + 3]
    return text[mark.at - 1] == "s" and after[:1] == " " and after[1:].islower()
