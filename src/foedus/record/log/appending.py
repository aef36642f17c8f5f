"""One line more at the end of a file, whole or not at all, whoever else writes."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from foedus.case.atomic import settle
from foedus.record.log.entry import Forecast, Resolution, line_of, sealed
from foedus.record.log.errors import refuse
from foedus.record.log.locking import locked
from foedus.record.log.reading import LARGEST, Log, entry_of, log_of

ASIDE = ".torn"
"""What is put behind a log's name for the file that keeps torn lines."""

Writer = Callable[[Log, dt.datetime], tuple[str, Mapping[str, Any]]]
"""From the log and the time to the kind and content of the entry to add."""


def whole(path: Path) -> Log:
    """The log in a file, while nobody writes to it. Raises LogError, and OSError as the system."""
    check_plain(path)
    with _opened(path, os.O_RDONLY) as handle, locked(handle, path, shared=True):
        return log_of(_bytes(handle), str(path))


def append(path: Path, write: Writer, now: dt.datetime | None) -> Forecast | Resolution:
    """Add one whole line, forced to the disk; on any failure the log is as it was.

    `now` is the time it says, the system's when it is its turn if not given. Raises LogError if the
    log or the entry cannot be used, and OSError as the system does.
    """
    new = not path.exists()
    if not new:
        check_plain(path)
    with _opened(path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as handle, locked(handle, path):
        if not os.path.samestat(os.fstat(handle), path.stat()):
            raise refuse(str(path), None, "was put in another's place meanwhile; try again")
        raw = _bytes(handle)
        log = log_of(raw, str(path))
        entry, data = made(log, write, now)
        line = (b"" if log.ended else b"\n") + line_of(data) + b"\n"
        if log.size + len(line) > LARGEST:
            message = (
                f"is full: it would have more than {LARGEST:,} bytes; begin another with --log"
            )
            raise refuse(str(path), None, message)
        if log.torn is not None:
            _keep(path, raw[log.size :])
            os.ftruncate(handle, log.size)
        _write(handle, line, log.size)
    if new:
        settle(path.absolute().parent)
    return entry


def made(
    log: Log, write: Writer, now: dt.datetime | None
) -> tuple[Forecast | Resolution, dict[str, Any]]:
    """The entry that is to follow a log, checked as if it was read, and its data.

    Raises LogError with the first thing that is wrong.
    """
    time = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
    kind, content = write(log, time)
    data = sealed(content, kind, log.head, time)
    return entry_of(data, log.file, None), data


def _write(handle: int, line: bytes, size: int) -> None:
    try:
        rest = line
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(handle, size)
        raise


def _keep(path: Path, tail: bytes) -> None:
    """Put a torn line aside before it is taken off the log."""
    aside = path.with_name(path.name + ASIDE)
    with aside.open("ab") as stream:
        stream.write(tail + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _bytes(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    parts, room = [], LARGEST + 1
    while room > 0 and (part := os.read(handle, min(room, 2**20))):
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666)
    try:
        yield handle
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        os.close(handle)


def check_plain(path: Path) -> None:
    """See that a log is there, and is a file. Raises LogError if not."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        message = "there is no such forecast log; 'foedus forecast add' begins one"
        raise refuse(str(path), None, message) from None
    if not stat.S_ISREG(mode):
        said = "is a folder" if stat.S_ISDIR(mode) else "is no plain file"
        raise refuse(str(path), None, f"{said}; a forecast log is a file")
