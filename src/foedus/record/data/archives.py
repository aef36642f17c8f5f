"""What a file is, and one member out of a zip, in memory and bounded."""

from __future__ import annotations

import zipfile
import zlib
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from foedus.case.nearest import FEW
from foedus.record.data.errors import DataError

MOST_UNPACKED = 300_000_000
"""The most bytes that one member may have."""
MOST_MEMBERS = 10_000
NESTED = "!"
"""Between a zip's name and that of a member of it, where a zip lies within a zip."""
CHUNK = 1 << 20
ZIP, HTML = b"PK\x03\x04", (b"<!doctype html", b"<html", b"<?xml", b"<head")


def check_kind(path: Path, ending: str, where: str) -> None:
    """Refuse a file that is not of the kind its ending (`.zip`, `.csv`) says.

    ``where`` is what the message calls it: the address it came from.
    """
    with path.open("rb") as file:
        start = file.read(1024)
    kind = ending.removeprefix(".")
    if not start.strip():
        raise DataError(f"{where}: is empty; it should be a {kind} file")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(HTML):
        raise DataError(f"{where}: is a web page; it should be a {kind} file")
    if start.startswith(ZIP) != (kind == "zip"):
        raise DataError(f"{where}: is no {kind} file")
    if kind == "zip" and not zipfile.is_zipfile(path):
        raise DataError(f"{where}: is no whole zip file; its end is missing")


def member(path: Path, patterns: tuple[str, ...]) -> tuple[str, bytes]:
    """The name and the bytes of the member of a zip whose base name fits a pattern.

    A pattern `inner.zip!file.csv` reads a member of a zip within the zip. Nothing is unpacked to
    the disk. Raises DataError if there is none, if it is too big, damaged or locked.
    """
    with path.open("rb") as file:
        for pattern in patterns:
            found = _find(file, pattern.split(NESTED), str(path))
            if found is not None:
                return found
        wanted = " or ".join(patterns)
        raise DataError(f"{path}: has no {wanted} in it; it has {_told(file, str(path))}")


def _find(file: BinaryIO, steps: list[str], where: str) -> tuple[str, bytes] | None:
    with _opened(file, where) as archive:
        fitting = [
            info
            for info in archive.infolist()
            if fnmatchcase(_base(info.filename), steps[0].lower())
            and not info.filename.startswith("__MACOSX")
        ]
        if not fitting:
            return None
        info = min(fitting, key=lambda one: (one.filename.count("/"), one.filename))
        raw = _read(archive, info, where)
    if len(steps) == 1:
        return info.filename, raw
    return _find(BytesIO(raw), steps[1:], f"{where}: {info.filename}")


def _opened(file: BinaryIO, where: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as wrong:
        raise DataError(f"{where}: cannot be read as a zip file: {wrong}") from None
    if len(archive.infolist()) > MOST_MEMBERS:
        raise DataError(f"{where}: has more than {MOST_MEMBERS:,} members")
    return archive


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> bytes:
    place = f"{where}: {info.filename}"
    too_big = f"{place}: unpacks to more than {MOST_UNPACKED:,} bytes, the most that is taken"
    if info.file_size > MOST_UNPACKED:
        raise DataError(too_big)
    out = bytearray()
    try:
        with archive.open(info) as stream:
            # the size a zip states may be false, so what comes is counted too
            while chunk := stream.read(CHUNK):
                out += chunk
                if len(out) > MOST_UNPACKED:
                    raise DataError(too_big)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as wrong:
        raise DataError(f"{place}: is damaged: {wrong}") from None
    except (RuntimeError, NotImplementedError) as wrong:
        raise DataError(f"{place}: cannot be unpacked: {wrong}") from None
    return bytes(out)


def _told(file: BinaryIO, where: str) -> str:
    with _opened(file, where) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    if not names:
        return "nothing"
    return ", ".join(names[:FEW]) + (", …" if len(names) > FEW else "")


def _base(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].lower()
