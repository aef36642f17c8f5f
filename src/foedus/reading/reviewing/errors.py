"""What is wrong with a file of proposals, decisions or a log."""

from __future__ import annotations


class ReviewError(ValueError):
    """A file of a review that cannot be used: which, on which line, and what is wrong."""

    bad_input = True

    def __init__(self, file: str, line: int | None, message: str) -> None:
        self.file, self.line, self.message = file, line, message
        super().__init__(file, line, message)

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"
