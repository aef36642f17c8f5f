"""What is done with one document: opened, read, told as lines."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.reading.opening import OpeningError, open_text
from foedus.reading.telling import facts

if TYPE_CHECKING:
    from foedus.reading.mentions import Names

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read."""

    events: bool = True
    published: str | None = None
    """When they were published, if they are all of one date."""


@dataclass(frozen=True, slots=True)
class Job:
    """A folder, how its documents are read, and whom they may speak of."""

    folder: Path
    options: Options
    names: Names | None = None
    """None for the built-in tables alone."""


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was read, or the reason why it could not be."""

    document: str
    lines: bytes
    items: int
    failed: str | None = None


def documents(folder: Path, without: Sequence[Path] = ()) -> list[str]:
    """The files of a folder and its folders by name, sorted; hidden ones and `without` left out."""
    left_out = {path.resolve() for path in without}
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(place, name)
            if not name.startswith(".") and path.is_file() and path.resolve() not in left_out:
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def read_one(job: Job, document: str) -> Done:
    """Read a document of a folder. What cannot be read is told, not raised."""
    from foedus.reading.mentions import Names
    from foedus.reading.reader import read

    try:
        opened = open_text(job.folder / document)
        source = opened.source
        if job.options.published:
            source = replace(source, date=job.options.published)
        names = job.names if job.names is not None else Names.of()
        reading = read(opened.text, source, names, opened.hints, events=job.options.events)
        head = {"document": document}
        lines = [
            json.dumps(head | facts(item, reading.text), ensure_ascii=False)
            for item in reading.items
        ]
    except OpeningError as error:
        return Done(document, b"", 0, error.message)
    except Exception as error:  # one text that the rules stumble over must not end the run
        said = f"reading it failed, and the fault is ours: {type(error).__name__}: {error}"
        return Done(document, b"", 0, said[:LONGEST_REASON])
    block = "".join(f"{line}\n" for line in lines)
    return Done(document, block.encode("utf-8", "backslashreplace"), len(lines))


_job: Job | None = None
"""A worker's own; set once, before anything is read."""


def begin(job: Job) -> None:
    """What a process does first: it keeps the job, and leaves stopping to whoever began it."""
    global _job
    _job = job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    """End this process when the one that began it is gone, however that was ended."""
    wait([sentinel])
    os._exit(1)


def work(document: str) -> Done:
    """Read a document in a process that has begun."""
    assert _job is not None
    return read_one(_job, document)
