"""A folder read into one file of lines, or into a stream of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from foedus.reading.running.journal import FORMAT, RunError, Writer, journal_of, past
from foedus.reading.running.pool import in_order
from foedus.reading.running.work import Done, Job, documents
from foedus.version import __version__

try:
    import fcntl as _fcntl
except ImportError:  # not on Windows
    _fcntl = None  # type: ignore[assignment]

fcntl: Any = _fcntl
Progress = Callable[[int, int], None]
EVERY = 1.0
"""Seconds after which what was written is forced to the disk."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a run."""

    documents: int
    """Those of the folder."""
    before: int
    """Those finished by earlier runs."""
    items: int
    failed: tuple[tuple[str, str], ...]
    """Documents that cannot be read, and why."""


def run(
    job: Job,
    out: Path,
    *,
    workers: int = 1,
    case: str | None = None,
    progress: Progress | None = None,
) -> Ended:
    """Read every document of a folder into a file, each item a line that names its document.

    A run that was ended is taken up where it was: `out` has a journal beside it. The lines are the
    same, in the same order, for any number of workers. `case` is the fingerprint of the case whose
    names are used. Raises `RunError` if `out` is another run's, and `OSError` as the system does.
    """
    names = documents(job.folder, (out, journal_of(out)))
    if not names:
        raise RunError(f"{job.folder}: there are no files in this folder")
    facts = {"format": FORMAT, "version": __version__, "case": case, **asdict(job.options)}
    with _locked(out) as (stream, journal):
        before = past(out, facts)
        coming = [name for name in names if name not in before.documents]
        done = len(names) - len(coming)
        writer = Writer(stream, journal, before, facts)
        items, failed = _written(
            job, coming, writer, workers, _counting(progress, done, len(names))
        )
    return Ended(len(names), done, before.items + items, (*before.failed, *failed))


def stream(job: Job, *, workers: int = 1) -> Iterator[Done]:
    """Read every document of a folder, in order. Raises `RunError` if there is none."""
    names = documents(job.folder)
    if not names:
        raise RunError(f"{job.folder}: there are no files in this folder")
    yield from in_order(job, names, workers)


def _counting(progress: Progress | None, done: int, total: int) -> Callable[[int], None]:
    return lambda new: progress(done + new, total) if progress is not None else None


def _written(
    job: Job, coming: list[str], writer: Writer, workers: int, count: Callable[[int], None]
) -> tuple[int, list[tuple[str, str]]]:
    items, failed, last = 0, list[tuple[str, str]](), time.monotonic()
    count(0)
    try:
        for number, done in enumerate(in_order(job, coming, workers), 1):
            writer.put(done)
            items += done.items
            if done.failed:
                failed.append((done.document, done.failed))
            if time.monotonic() - last > EVERY:
                writer.settle()
                last = time.monotonic()
            count(number)
    finally:
        writer.settle()
    return items, failed


@contextmanager
def _locked(out: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Output and journal, opened to be added to by nobody else."""
    journal = journal_of(out)
    fresh = not journal.exists()
    if fresh and out.exists() and out.stat().st_size:
        past(out, {})  # says what is wrong
    with journal.open("ab+") as noted:
        if fcntl is not None:
            try:
                fcntl.flock(noted, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunError(f"{out}: another foedus is writing to it") from None
        with out.open("ab+") as written:
            yield written, noted
