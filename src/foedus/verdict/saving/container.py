"""The container of a saved run: a plain zip file of a few members, distrusted when read.

Members are stored and not compressed. So the same run gives the same bytes whichever library packs
it, and no member can be larger than the file that holds it.
"""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import IO, Any

from foedus.case.guard import DEEPEST, unseen

LIMITS = {
    "manifest.json": 2**20,
    "case.json": 2**22,
    "findings.json": 2**24,
    "table.npy": 2**30,
}
"""The members, in their order, and the most bytes each may have."""
LARGEST = 2**30 + 2**25
"""The most bytes a file may have."""
DIRECTORY = 2**16
"""The most bytes the list of its members may have."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_END, _MARK, _LOCATOR = 22, b"PK\x05\x06", 20
_BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OverflowError,
    struct.error, OSError,
)  # fmt: skip
"""What the zip module raises for bytes that are not as they should be."""


class SavedRunError(Exception):
    """A saved run that cannot be read or written; one line says which file and why."""

    bad_input = True


def packed(members: Mapping[str, bytes], file: str) -> bytes:
    """Pack members, in order: the same members give the same bytes anywhere.

    Raises SavedRunError when one is larger than can be read again.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, raw in members.items():
            if len(raw) > LIMITS[name]:
                raise SavedRunError(f"{file}: {_too_large(name, len(raw))}")
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16  # as if made on Unix
            archive.writestr(info, raw)
    return held.getvalue()


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[zipfile.ZipFile]:
    """Open a container whose list of members is small and whole.

    Raises SavedRunError if it is none, and OSError as the system does.
    """
    with Path(path).open("rb") as stream:
        _check_end(stream, str(path))
        try:
            archive = zipfile.ZipFile(stream)
        except _BROKEN:
            raise SavedRunError(f"{path}: is no saved run, or is damaged") from None
        with archive:
            yield archive


def _check_end(stream: IO[bytes], file: str) -> None:
    """Look at the end of the file, where a zip says how long its list is, before it is read."""
    size = stream.seek(0, os.SEEK_END)
    if size > LARGEST:
        raise SavedRunError(f"{file}: has {size:,} bytes; a saved run has at most {LARGEST:,}")
    stream.seek(max(size - _END - _LOCATOR, 0))
    tail = stream.read(_END + _LOCATOR)
    end, before = tail[-_END:], tail[:-_END]
    if len(end) < _END or not end.startswith(_MARK) or before.startswith(b"PK\x06\x07"):
        raise SavedRunError(f"{file}: is no saved run, or is cut short")
    (directory,) = struct.unpack_from("<L", end, 12)
    if directory > DIRECTORY:
        raise SavedRunError(f"{file}: is no saved run: it holds too many members")


def member(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """The bytes of one member. Raises SavedRunError if it is not there, too large or damaged."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise SavedRunError(f"{file}: is no saved run: it holds no {name}") from None
    if info.file_size > LIMITS[name]:
        raise SavedRunError(f"{file}: {_too_large(name, info.file_size)}")
    if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
        raise SavedRunError(f"{file}: {name} is compressed; foedus stores it as it is")
    try:
        return archive.read(info)
    except _BROKEN:
        raise SavedRunError(f"{file}: altered: {name}") from None


def _too_large(name: str, size: int) -> str:
    return f"{name} has {size:,} bytes; at most {LIMITS[name]:,} can be saved"


def json_bytes(data: Any, file: str, name: str, indent: int | None = None) -> bytes:
    """Plain data as JSON, the same bytes for the same data; indented for people if asked for.

    Raises SavedRunError for what could not be read again.
    """
    _check_plain(data, file, name)
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    return f"{text}\n".encode()


def json_of(raw: bytes, file: str, name: str) -> dict[str, Any]:
    """The JSON object in a member.

    Raises SavedRunError if it is none, is nested too deep, or holds what no file of foedus does.
    """
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise SavedRunError(f"{file}: {name} is not JSON") from None
    if not isinstance(data, dict):
        raise SavedRunError(f"{file}: {name} should be a JSON object")
    _check_plain(data, file, name)
    return data


def _check_plain(data: Any, file: str, name: str) -> None:
    """See that data are finite numbers and seen text, nested no deeper than a case file may be."""
    level, depth = [data], 0
    while level:
        if depth > DEEPEST:
            raise SavedRunError(f"{file}: {name} is nested more than {DEEPEST} levels deep")
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value)
                below.extend(value.values())
            elif isinstance(value, list | tuple):
                below.extend(value)
            elif isinstance(value, str) and (found := unseen(value)):
                raise SavedRunError(f"{file}: {name} {found[1]}")
            elif isinstance(value, int | float) and not _finite(value):
                raise SavedRunError(f"{file}: {name} holds a number that is not finite")
        level, depth = below, depth + 1


def _finite(number: float) -> bool:
    try:
        return isfinite(number)
    except OverflowError:  # a whole number that no float can hold
        return False
