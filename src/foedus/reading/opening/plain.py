"""Plain text: decoded, cleaned, broken lines joined, quoted lines marked."""

from __future__ import annotations

import re

from foedus.reading.opening.cleaning import clean
from foedus.reading.opening.decoding import decode
from foedus.reading.opening.heading import source_of
from foedus.reading.opening.opened import Mark, Opened
from foedus.reading.opening.wrapping import NARROW, WIDE, joined, width_of

BLANK = re.compile(r"(?m)^ +$")
QUOTED = re.compile(r"(?: {0,3}>)+ ?| {4,}(?=\S)")
LINE = re.compile(r"(?m)^.*\S.*$")
MOST = 0.5
"""Share of the lines up to which those with signs of quotation are taken for quoted."""


def open_plain(name: str, data: bytes, declared: str | None = None) -> Opened:
    """A plain text as read; lines begun with ">", and indented blocks, are marked as quoted."""
    text, notes = decode(name, data, declared=declared)
    text, more = clean(text)
    text = BLANK.sub("", text).strip("\n").rstrip()
    text, marks = _quoted(text)
    return Opened(text, source_of(text), marks, notes + more)


def _quoted(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its signs of quotation, broken lines joined, and marks where they stood."""
    lines = text.split("\n")
    flags = [QUOTED.match(line) is not None for line in lines]
    others = [line for line, flagged in zip(lines, flags, strict=True) if not flagged]
    if not any(flags) or sum(flags) > MOST * sum(1 for line in lines if line.strip()):
        return joined(text, width_of(lines)), ()
    inner = [QUOTED.sub("", line, count=1) for line in lines]
    width = width_of(others)
    quoted_width = max(len(line) for line, flagged in zip(inner, flags, strict=True) if flagged)
    parts: list[str] = []
    marks: list[Mark] = []
    at = 0
    for flagged, run in _runs(lines, inner, flags):
        fits = quoted_width if width and NARROW <= quoted_width <= WIDE else None
        part = joined("\n".join(run), fits if flagged else width)
        marks += [_mark(at, found) for found in LINE.finditer(part) if flagged]
        parts.append(part)
        at += len(part) + 1
    return "\n".join(parts), tuple(marks)


def _mark(at: int, line: re.Match[str]) -> Mark:
    told = line.group()
    start = at + line.start() + len(told) - len(told.lstrip())
    return Mark(start, at + line.start() + len(told.rstrip()), "quote")


def _runs(lines: list[str], inner: list[str], flags: list[bool]) -> list[tuple[bool, list[str]]]:
    """Neighbouring lines of one kind; an empty line belongs to what stands before it."""
    runs: list[tuple[bool, list[str]]] = []
    for line, bare, flag in zip(lines, inner, flags, strict=True):
        quoted = flag or (not line.strip() and bool(runs) and runs[-1][0])
        if not runs or runs[-1][0] != quoted:
            runs.append((quoted, []))
        runs[-1][1].append(bare if quoted else line)
    return runs
