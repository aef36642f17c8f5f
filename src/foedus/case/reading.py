"""Case files become cases."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from foedus.case.case import Case, nearest_line
from foedus.case.errors import CaseError, Problem
from foedus.case.guard import LARGEST, checked, decoded
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.packages import packaged, packaged_file
from foedus.case.section import Section
from foedus.case.tree import Tree, dotted, read
from foedus.case.validation import MOST_FAULTS, Faults, validated


def load(name_or_path: str | os.PathLike[str], sections: Mapping[str, type[Section]]) -> Case:
    """Return the case in a file, or the packaged case of that id.

    Raises ``CaseError`` with every problem of the file, or if there is no such file or case.
    """
    if isinstance(name_or_path, str) and name_or_path in packaged():
        raw = packaged_file(name_or_path).read_bytes()
        return _case(decoded(raw, name_or_path), sections, name_or_path, None)
    path = Path(name_or_path)
    return _case(decoded(file_bytes(path), str(path)), sections, str(path), path)


def loads(text: str, sections: Mapping[str, type[Section]], name: str = "<text>") -> Case:
    """Return the case in a text; ``name`` stands for the file in errors.

    Raises ``CaseError`` with every problem of the text.
    """
    return _case(checked(text, name), sections, name, None)


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file, reading no more than a case file may have, and one.

    Raises ``CaseError`` if it cannot be read, with the packaged case that may have been meant.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
            size = len(raw) if len(raw) <= LARGEST else max(path.stat().st_size, LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        hint = did_you_mean(str(path), packaged(), "packaged cases")
        message = f"there is no file and no packaged case {quoted(str(path))}{hint}"
        raise CaseError([Problem(str(path), None, "", message)]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CaseError([Problem(str(path), None, "", f"cannot be read: {reason}")]) from None
    if size > LARGEST:
        message = f"has {size:,} bytes; a case file has at most {LARGEST:,}"
        raise CaseError([Problem(str(path), 1, "", message)])
    return raw


def _case(text: str, sections: Mapping[str, type[Section]], file: str, path: Path | None) -> Case:
    return case_of(read(text, file), sections, file, path)


def case_of(
    tree: Tree, sections: Mapping[str, type[Section]], file: str, path: Path | None
) -> Case:
    """Return the case that a tree read from a file holds, its scenarios tried.

    Raises ``CaseError`` with every problem, in the order of the lines.
    """
    try:
        head, parts = validated(tree.data, sections)
    except Faults as error:
        raise CaseError(
            sorted(
                (
                    Problem(file, nearest_line(tree.marks, place), dotted(place), message)
                    for place, message in error.faults
                ),
                key=lambda problem: problem.line or 0,
            )
        ) from None
    case = Case(head, parts, tree.data, tree.marks, path, dict(sections))
    problems: list[Problem] = []
    for name in case.scenarios:
        try:
            case.scenario(name)
        except CaseError as error:
            problems += [Problem(file, p.line, p.path, p.message) for p in error.problems]
        if len(problems) >= MOST_FAULTS:
            break
    if problems:
        raise CaseError(problems[:MOST_FAULTS])
    return case
