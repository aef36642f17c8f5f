"""A text put together from pieces: a paragraph each, with what the markup said of it."""

from __future__ import annotations

from foedus.reading.opening.cleaning import one_line
from foedus.reading.opening.opened import LARGEST, Mark

GAP = "\n\n"


class Pieces:
    """Paragraphs in order; `text` has an empty line between any two, `marks` the roles told."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._marks: list[Mark] = []
        self._at = 0

    def add(self, text: str, role: str | None = None) -> None:
        """Add a paragraph, as one line; nothing if it is empty or the text is full."""
        line = one_line(text)
        if not line or self._at + len(line) > LARGEST:
            return
        if role is not None:
            self._marks.append(Mark(self._at, self._at + len(line), role))
        self._lines.append(line)
        self._at += len(line) + len(GAP)

    @property
    def text(self) -> str:
        """All paragraphs."""
        return GAP.join(self._lines)

    @property
    def lines(self) -> list[str]:
        """The paragraphs, each for itself."""
        return list(self._lines)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The roles of the paragraphs that have one."""
        return tuple(self._marks)
