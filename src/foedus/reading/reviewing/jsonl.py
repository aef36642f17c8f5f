"""Lines of JSON in a file: read whole, and appended to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from foedus.reading.reviewing.errors import ReviewError

LARGEST = 200_000_000
"""Bytes of a file that is read."""


def objects(path: Path, *, torn: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object of a file with its line's number; empty lines are left aside.

    With `torn` a last line without an end is taken for one whose writing was cut short, and left
    aside. Raises `ReviewError` for a line that is no object, and `OSError` as the system does.
    """
    if path.stat().st_size > LARGEST:
        raise ReviewError(str(path), None, f"is larger than {LARGEST // 1_000_000} MB")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ReviewError(str(path), None, "is not UTF-8") from None
    parts = text.split("\n")
    for number, line in enumerate(parts, 1):
        if not line.strip() or (torn and number == len(parts)):
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            raise ReviewError(str(path), number, "is not JSON; each line is one object") from None
        if not isinstance(data, dict):
            raise ReviewError(str(path), number, "should be an object")
        yield number, data


def append(path: Path, data: Mapping[str, Any]) -> None:
    """Put one object at the end of a file, forced to the disk.

    A last line whose writing was cut short is taken off first. Raises `OSError`.
    """
    line = (json.dumps(data, ensure_ascii=False) + "\n").encode()
    with path.open("ab+") as stream:
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        if size:
            stream.seek(0)
            whole = stream.read().rfind(b"\n") + 1
            if whole < size:
                stream.truncate(whole)
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
