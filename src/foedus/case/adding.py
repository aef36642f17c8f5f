"""Entries put into a case file, written as a person would write them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from foedus.case.atomic import write_atomically
from foedus.case.case import Case
from foedus.case.errors import CaseError, Problem
from foedus.case.guard import checked, decoded
from foedus.case.placing import placed
from foedus.case.reading import case_of, file_bytes
from foedus.case.scalars import written
from foedus.case.section import Section
from foedus.case.splice import spliced
from foedus.case.tree import Place, read

WIDTH = 100
"""Characters of a line."""
_MARK = "\ufeff"
_HERE = "an-entry-to-come"

Entries = Sequence[tuple[str, Mapping[str, object]]]
"""Paths such as `evidence.e9`, each with the fields of the entry that is to stand there."""


def add(
    path: str | os.PathLike[str], entries: Entries, sections: Mapping[str, type[Section]]
) -> Case:
    """Put new entries into a case file and return the case it now holds.

    Comments, order and spelling of everything else stay as they are. The new file is checked before
    the old one is replaced. Raises ``CaseError`` if the file or an entry is wrong, and ``OSError``
    if it cannot be written; the file is then as it was.
    """
    file = Path(path)
    raw = file_bytes(file)
    text = decoded(raw, str(file))
    mark = _MARK if raw.startswith(_MARK.encode()) else ""
    new = added(text, entries, str(file))
    case = case_of(read(checked(new, str(file)), str(file)), sections, str(file), file)
    write_atomically(file, mark + new)
    return case


def added(text: str, entries: Entries, name: str = "<text>") -> str:
    """Return the text of a case file with new entries, each at the end of its table.

    In a table written as a block an entry is a block of lines; in one on a single line it goes
    there. Raises ``CaseError`` for an entry that is there already, and for a text that cannot be
    added to.
    """
    for path, entry in entries:
        table, _, key = path.partition(".")
        if not key or "." in key:
            raise CaseError([Problem(name, None, path, "should be a table and an id in it")])
        tree = read(text, name)
        there = tree.data.get(table) if isinstance(tree.data, dict) else None
        if isinstance(there, dict) and key in there:
            raise CaseError([Problem(name, tree.marks[table, key], path, "is there already")])
        try:
            wanted = placed(tree.data, path, dict(entry))
        except (KeyError, TypeError) as error:
            raise CaseError([Problem(name, None, path, str(error.args[0]))]) from None
        text = _added(text, name, table, key, entry, bool(there))
        if read(text, name).data != wanted:
            message = "cannot be put into this file without rewriting it; add it by hand"
            raise CaseError([Problem(name, tree.marks.get((table,)), path, message)])
    return text


def _added(
    text: str, name: str, table: str, key: str, entry: Mapping[str, object], there: bool
) -> str:
    """Splice in a word that holds the place, then put the lines of the entry there."""
    tree = read(text, name)
    inside = tree.spans[table,] if there else tree.spans[()]
    if inside.form == "flow":
        return spliced(text, tree, f"{table}.{key}", dict(entry))
    text = spliced(text, tree, f"{table}.{key}" if there else table, _HERE)
    place: Place = (table, key) if there else (table,)
    span = read(text, name).spans[place]
    newline = "\r\n" if "\r\n" in text else "\n"
    deep = span.start - len(f"{written(key)}: ") if there else 0
    column = deep - text.rfind("\n", 0, deep) - 1 if there else 2
    indent = " " * (2 * column if there else 4)
    lines = [line for field, value in entry.items() for line in _lines(field, value, indent)]
    if not there:
        lines.insert(0, f"  {written(key)}:")
    begin = span.start - (1 if text[span.start - 1] == " " else 0)
    stop = text.find(newline, span.end)
    stop = len(text) if stop < 0 else stop
    comment = text[span.end : stop]
    return text[:begin] + comment + "".join(f"{newline}{line}" for line in lines) + text[stop:]


def _lines(field: str, value: object, indent: str) -> list[str]:
    """A field and its value: on a line, or a long text folded over several."""
    plain = f"{indent}{written(field)}: {written(value)}"
    if len(plain) <= WIDTH or not isinstance(value, str) or not _foldable(value):
        return [plain]
    inner = f"{indent}  "
    folded = wrap(value, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{written(field)}: >-", *(inner + line for line in folded)]


def _foldable(value: str) -> bool:
    """Whether a text comes back the same from lines that are joined by a space."""
    return value == " ".join(value.split()) and value.isprintable()
