"""What is wrong with a case, in words a person can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 100
"""How many problems an error prints before it only counts the rest."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands, and what would be right.

    ``line`` counts from 1; it is ``None`` for what did not come from a file, as a value set by
    hand, whose ``file`` is then ``--set``.
    """

    file: str
    line: int | None
    path: str
    message: str

    def __str__(self) -> str:
        """Say it as ``file:line: path: what is wrong``."""
        if self.line is None:
            where = f"{self.file} {self.path}".rstrip()
        else:
            where = f"{self.file}:{self.line}" + (f": {self.path}" if self.path else "")
        return f"{where}: {self.message}"


class CaseError(Exception):
    """A case that cannot be used; ``problems`` holds all that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"and {len(self.problems) - SHOWN} more")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[CaseError], tuple[tuple[Problem, ...]]]:
        return (CaseError, (self.problems,))
