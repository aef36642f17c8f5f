"""What is wrong with a forecast log, or with what is asked of it."""

from __future__ import annotations

from foedus.case.errors import CaseError, Problem


class LogError(CaseError):
    """A forecast log that cannot be used, or an entry that does not fit it.

    It is told as problems of a case are: file, line, key, what is wrong and what would be right.
    """

    bad_input = True


def refuse(file: str, line: int | None, message: str, key: str = "") -> LogError:
    """The error for one reason; `line` counts from 1, None where no line is at fault."""
    return LogError([Problem(file, line, key, message)])
