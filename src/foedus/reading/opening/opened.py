"""What opening gives: the text, where it comes from, and what its markup said of it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.model import Source

LARGEST = 20_000_000
"""Bytes that are read at most, and characters that a text has at most."""


class OpeningError(ValueError):
    """A text that cannot be read: its name, what is wrong, and what would be right."""

    bad_input = True

    def __init__(self, name: str, message: str) -> None:
        self.name, self.message = name, message
        super().__init__(name, message)

    def __str__(self) -> str:
        shown = "".join(sign if sign.isprintable() else "?" for sign in self.name[:200])
        return f"{shown}: {self.message}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the markup says of a stretch of the text: from start up to, not including, end."""

    start: int
    end: int
    role: str
    """headline, byline, heading, caption, row (of a table), quote (a block quotation) or credit
    (beneath one)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A text as read. Offsets into `text` hold for good: nothing is altered after this."""

    text: str
    source: Source
    hints: tuple[Mark, ...] = ()
    """What markup said, in the order of the text; none for plain text without quoted lines."""
    notes: tuple[str, ...] = ()
    """What a person should know of how it was read: one line each."""
