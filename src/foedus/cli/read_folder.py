"""A folder of texts, read into one file."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.reading.running import Ended, Job, Progress

MOST = 20
"""Documents that cannot be read, as many as are listed."""
EVERY = 10.0
"""Seconds between lines of progress where no bar can be drawn."""


def read_folder(
    folder: str, case: Case | None, files: Mapping[str, str], *, as_json: bool,
    published: str | None, events: bool, workers: int | None,
) -> None:  # fmt: skip
    """Read every text of a folder into the file asked for, or to standard output with --json.

    Raises UsageError if neither is asked for.
    """
    from foedus.reading import Names
    from foedus.reading.running import Job, Options

    other = [ending for ending in files if ending != ".jsonl"]
    if other or not (files or as_json):
        raise click.UsageError(f"{folder} is a folder: give --out FILE.jsonl, or --json")
    names = Names.of(case) if case is not None else None
    job = Job(Path(folder), Options(events, published), names)
    count = workers or processors()
    if not files:
        _stream(job, count)
        return
    out = files[".jsonl"]
    ended = _run(job, out, count, case)
    if as_json:
        _print(ended, out)
        return
    _tell(ended, out)


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not everywhere
        return os.cpu_count() or 1


def _run(job: Job, out: str, workers: int, case: Case | None) -> Ended:
    from foedus.reading.running import run

    try:
        with _progress() as progress:
            return run(job, Path(out), workers=workers, case=case.hash if case else None,
                       progress=progress)  # fmt: skip
    except KeyboardInterrupt:
        click.echo(f"stopped; the same command goes on where {out} ends", err=True)
        raise click.exceptions.Exit(130) from None


def _stream(job: Job, workers: int) -> None:
    from foedus.reading.running import stream

    for done in stream(job, workers=workers):
        sys.stdout.write(done.lines.decode())
        if done.failed:
            click.echo(f"{_seen(done.document)}: {done.failed}", err=True)
    sys.stdout.flush()


def _tell(ended: Ended, out: str) -> None:
    before = f" ({ended.before} of them before)" if ended.before else ""
    read = ended.documents - len(ended.failed)
    click.echo(f"{read} of {ended.documents} documents read{before}, {ended.items} items: {out}")
    for document, why in ended.failed[:MOST]:
        click.echo(f"  not read: {_seen(document)}: {why}")
    if len(ended.failed) > MOST:
        click.echo(f"  and {len(ended.failed) - MOST} more, named in {out}.journal")


def _seen(name: str) -> str:
    """A name as it may be shown: without signs that no terminal should get."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def _print(ended: Ended, out: str) -> None:
    from foedus.cli.outputs import print_json

    failed = [{"document": document, "message": why} for document, why in ended.failed]
    print_json({
        "out": out, "documents": ended.documents, "before": ended.before, "items": ended.items,
        "failed": failed,
    })  # fmt: skip


@contextmanager
def _progress() -> Iterator[Progress]:
    """Progress on the error stream: a bar, or a line now and then where none can be drawn."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Progress:
    last = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > EVERY:
            last = time.monotonic()
            click.echo(f"{done} of {total} documents", err=True)

    return told
