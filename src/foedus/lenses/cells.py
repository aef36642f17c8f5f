"""Cells of a file that others wrote: every fault says where it stands."""

from __future__ import annotations

import csv
import io
import math
import os
import re
from dataclasses import dataclass
from pathlib import Path

from foedus.case.guard import unseen
from foedus.case.nearest import quoted

LARGEST = 16_000_000
"""The most bytes a file may have."""
MOST_ROWS = 200_000
"""The most rows a table may have."""
LONGEST = 500
"""The most characters of a name."""
DELIMITERS = ",;\t"


NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""A number as people write it: no 1_0, no nan, no digits of other scripts."""
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the order of the text around it, so that a name reads as another."""


class TableError(ValueError):
    """A file that does not hold what it should: the file, the place in it, what would be right."""

    bad_input = True

    def __init__(self, file: str, place: str, message: str) -> None:
        self.file, self.place, self.message = file, place, message
        super().__init__(file, place, message)

    def __str__(self) -> str:
        return ": ".join(part for part in self.args if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of a file and where it stands; each reader of it raises TableError."""

    file: str
    place: str
    """As `line 4, column salience`."""
    text: str

    def fault(self, message: str) -> TableError:
        """The error that says what is wrong with this cell."""
        return TableError(self.file, self.place, message)

    def number(self, low: float = -math.inf, high: float = math.inf) -> float:
        """The number between two bounds, both included."""
        if not self.text:
            raise self.fault("is empty; it should be a number")
        value = plain_number(self.text)
        if value is None:
            raise self.fault(f"should be a number, not {quoted(self.text)}")
        if not low <= value <= high:
            within = f"at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
            raise self.fault(f"should be {within}, not {value:g}")
        return value

    def name(self) -> str:
        """The words, of which there must be some."""
        if not self.text:
            raise self.fault("is empty; it needs a name")
        if len(self.text) > LONGEST:
            raise self.fault(f"has {len(self.text):,} characters; at most {LONGEST} are read")
        if turning := TURNING.search(self.text):
            sign = f"U+{ord(turning.group()):04X}"
            raise self.fault(f"holds the unprintable character {sign}; take it out")
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its last line in the file, and its texts, each on one line."""

    file: str
    line: int
    texts: tuple[str, ...]

    def cell(self, at: int, column: str) -> Cell:
        """One cell, by place and with the name of its column; empty beyond the end of the row."""
        text = self.texts[at] if at < len(self.texts) else ""
        return Cell(self.file, f"line {self.line}, column {column}", text)


def plain_number(text: str) -> float | None:
    """The finite number that a text is; None if it is none."""
    value = float(text) if NUMBER.fullmatch(text) else math.inf
    return value if math.isfinite(value) else None


def on_one_line(text: str) -> str:
    """The words of a text with single spaces between them."""
    return " ".join(text.split())


def bytes_of(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file, reading no more than it may have, and one.

    Raises TableError if it cannot be read or is too large.
    """
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TableError(str(path), "", f"cannot be read: {reason}") from None
    if len(raw) > LARGEST:
        raise TableError(str(path), "", f"has more than {LARGEST:,} bytes, the most that is read")
    return raw


def delimiter_of(text: str) -> str:
    """What cuts a table: the first of , ; and tab outside quotes; a comma where there is none."""
    quotes, starts, before = False, True, ""
    for letter in text.lstrip():
        if letter == '"' and (quotes or starts or before == letter):
            quotes = not quotes
        elif not quotes and letter in DELIMITERS:
            return letter
        elif not quotes and letter in "\r\n":
            break
        starts, before = starts and letter.isspace(), letter
    return ","


def rows_of(raw: bytes, file: str) -> list[Row]:
    """The rows of a table that are not empty, cut at what follows its first head: , ; or tab.

    Raises TableError if it is not UTF-8 text, holds what no editor shows, has no row or too many.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TableError(file, f"line {line}", "is not UTF-8 text; save it as UTF-8") from None
    if found := unseen(text):
        line = text.count("\n", 0, found[0]) + 1
        raise TableError(file, f"line {line}", found[1])
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter_of(text), skipinitialspace=True)
    out: list[Row] = []
    try:
        for texts in reader:
            if any(part.strip() for part in texts):
                out.append(Row(file, reader.line_num, tuple(map(on_one_line, texts))))
            if len(out) > MOST_ROWS:
                raise TableError(file, "", f"has more than {MOST_ROWS:,} rows, the most there are")
    except csv.Error as error:
        raise TableError(file, f"line {reader.line_num}", f"is no row: {error}") from None
    if not out:
        raise TableError(file, "", "is empty")
    return out
