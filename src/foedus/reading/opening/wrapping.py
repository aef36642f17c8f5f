"""Lines that were broken to fit a width become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

NARROW, WIDE = 30, 110
"""Characters between which a width of lines is taken for one that text was broken to."""
SLACK = 3
"""Characters by which a line may be shorter than it had to be."""
FEWEST = 3
SHARE = 0.6
"""Of the lines that another follows, how many must be full before a text counts as broken."""
ITEM = re.compile(r"\s*(?:[-*•·>]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")


def width_of(lines: Sequence[str]) -> int | None:
    """The width that lines were broken to; None if they were not broken.

    They were if most lines that another follows at once are full: the next word would not fit.
    """
    lengths = sorted(len(line) for line in lines if line.strip())
    if not lengths or not NARROW <= lengths[-1] <= WIDE:
        return None
    width = lengths[-1]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and _may_follow(b)]
    full = sum(is_full(a, b, width) for a, b in pairs)
    return width if full >= max(FEWEST, SHARE * len(pairs)) else None


def _may_follow(line: str) -> bool:
    return bool(line.strip()) and not ITEM.match(line)


def is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this one."""
    word = following.split(None, 1)[0]
    return len(line.rstrip()) + 1 + len(word) > width - SLACK


def joined(text: str, width: int | None) -> str:
    """A text whose broken lines are joined: the newline between them becomes a space.

    Nothing else changes, so that offsets into it are offsets into the text given; without a width
    nothing changes at all.
    """
    if width is None:
        return text
    lines = text.split("\n")
    out = [lines[0]]
    for line, following in pairwise(lines):
        goes_on = line.strip() and _may_follow(following) and is_full(line, following, width)
        indent = len(following) - len(following.lstrip())
        deeper = indent > len(line) - len(line.lstrip()) + 1
        out.append(" " if goes_on and not deeper else "\n")
        out.append(following)
    return "".join(out)
