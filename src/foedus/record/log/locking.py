"""One writer at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from foedus.record.log.errors import refuse

try:
    import fcntl as _fcntl
except ImportError:  # not on Windows
    _fcntl = None  # type: ignore[assignment]

fcntl: Any = _fcntl

PATIENCE = 20.0
"""Seconds to wait for another writer."""
PAUSE = 0.01


@contextmanager
def locked(handle: int, path: Path, shared: bool = False) -> Iterator[None]:
    """Hold the open file `handle` of `path` against other writers; `shared`: against writers only.

    The lock is the system's where it has one for open files, and ends with the process that holds
    it; elsewhere it is a file beside the log, and only writers take it. Raises LogError when
    another holds it for too long.
    """
    if fcntl is None:
        if shared:
            yield
            return
        with _lock_file(path):
            yield
        return
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    _until(lambda: _take(handle, kind), path, "another foedus is writing to it; try again later")
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _take(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _lock_file(path: Path) -> Iterator[None]:
    lock = path.with_name(f"{path.name}.lock")
    said = f"another foedus is writing to it; if none is, take {lock} away"
    _until(lambda: _make(lock), path, said)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


def _make(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    os.close(handle)
    return True


def _until(done: Callable[[], bool], path: Path, said: str) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise refuse(str(path), None, said)
        time.sleep(PAUSE)
