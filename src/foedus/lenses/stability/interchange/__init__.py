"""Conflicts in the files of others: published cases, GMCR+, tables, graphs, normal form."""

from __future__ import annotations

import os
from pathlib import Path

from foedus.lenses.stability.conflict import Conflict
from foedus.lenses.stability.interchange import gmcrplus, published
from foedus.lenses.stability.interchange.found import FileError, Found, bytes_of, json_of

__all__ = ["FileError", "read"]

UNDERSTOOD = (
    "a published case or one random model (.json, or .jsonl with one line) "
    "or a file of GMCR+ (.gmcr)"
)


def read(path: str | os.PathLike[str]) -> Conflict:
    """The conflict in a file of any form that can be read, told by its ending and its keys.

    Raises FileError, in one line with the place in the file.
    """
    ending, file = Path(path).suffix.lower(), str(path)
    if ending not in (".json", ".jsonl", ".gmcr"):
        raise FileError(file, "", f"is of no form that is understood; that would be {UNDERSTOOD}")
    raw = bytes_of(path)
    if ending == ".jsonl":
        raw = _only_line(raw, file)
    return _conflict(json_of(raw, file))


def _only_line(raw: bytes, file: str) -> bytes:
    lines = [line for line in raw.split(b"\n") if line.strip()]
    if len(lines) != 1:
        raise FileError(file, "", f"has {len(lines):,} lines; a file with one model has one")
    return lines[0]


def _conflict(top: Found) -> Conflict:
    keys = top.value if isinstance(top.value, dict) else {}
    if "decisionMakers" in keys:
        return gmcrplus.conflict_of(top.value, top.file)
    if "dms" in keys or "dm_options" in keys:
        return published.conflict_of(top.value, top.file)
    raise top.fault(
        f"has none of the keys dms, dm_options and decisionMakers, so it is not {UNDERSTOOD}"
    )
