"""Values of a case file changed in place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from foedus.case.atomic import write_atomically
from foedus.case.case import Case
from foedus.case.errors import CaseError, Problem
from foedus.case.guard import decoded
from foedus.case.reading import case_of, file_bytes, loads
from foedus.case.section import Section
from foedus.case.splice import spliced
from foedus.case.tree import read

__all__ = ["edit", "edited", "write_atomically"]

_MARK = "\ufeff"


def edit(
    path: str | os.PathLike[str],
    values: Mapping[str, object],
    sections: Mapping[str, type[Section]],
) -> Case:
    """Change values in a case file and return the case it now holds.

    Comments, order and spelling of everything else stay as they are. The new file is checked
    before the old one is replaced. Raises ``CaseError`` if the file or a value is wrong, and
    ``OSError`` if it cannot be written; the file is then as it was.
    """
    file = Path(path)
    raw = file_bytes(file)
    text = edited(decoded(raw, str(file)), values, sections, str(file))
    mark = _MARK if raw.startswith(_MARK.encode()) else ""
    case = case_of(read(text, str(file)), sections, str(file), file)
    write_atomically(file, mark + text)
    return case


def edited(
    text: str,
    values: Mapping[str, object],
    sections: Mapping[str, type[Section]],
    name: str = "<text>",
) -> str:
    """Return the text of a case file with values changed at dotted paths, checked.

    Raises ``CaseError`` if the text or a value is wrong.
    """
    wanted = loads(text, sections, name).with_values(values).data
    for path, value in values.items():
        text = spliced(text, read(text, name), path, value)
    if read(text, name).data != wanted:
        message = "cannot be changed in this file without rewriting it; edit it by hand"
        raise CaseError([Problem("--set", None, path, message) for path in values])
    loads(text, sections, name)
    return text
