"""Which documents are finished, and where each one's lines end: so a run can be taken up again.

The lines of a document are on the disk before the journal says so. After a kill the journal's last
whole line tells how much of the output counts; what stands behind it is cut off and read again. So
nothing is lost and nothing stands twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from foedus.reading.running.work import Done

FORMAT = 1
SUFFIX = ".journal"


class RunError(ValueError):
    """A run that cannot be taken up: which file, and what is wrong."""

    bad_input = True


@dataclass(frozen=True)
class Past:
    """What an earlier run finished."""

    documents: frozenset[str] = frozenset()
    failed: tuple[tuple[str, str], ...] = ()
    items: int = 0
    end: int = 0
    """Bytes of the output that count."""
    size: int = 0
    """Bytes of the journal that count."""


def journal_of(out: Path) -> Path:
    """The journal that belongs to an output."""
    return out.with_name(out.name + SUFFIX)


def past(out: Path, facts: Mapping[str, Any]) -> Past:
    """What was finished of a run with the same facts; nothing if it is a new one.

    Raises `RunError` if the output is another's, or the run was another.
    """
    journal = journal_of(out)
    if not journal.exists():
        if out.exists() and out.stat().st_size:
            message = "is there already and has no journal beside it; give another name"
            raise RunError(f"{out}: {message}")
        return Past()
    lines, size = _lines(journal)
    if not lines:
        if out.exists() and out.stat().st_size:
            raise RunError(f"{out}: is not what {journal} is of; give another name")
        return Past()
    if lines[0].get("run") != dict(facts):
        message = (
            f"is of a run with other options or another case; take {journal} away to begin anew"
        )
        raise RunError(f"{out}: {message}")
    return _past(out, journal, lines[1:], size)


def _past(out: Path, journal: Path, lines: Sequence[Mapping[str, Any]], size: int) -> Past:
    there = out.stat().st_size if out.exists() else 0
    names, failed, items, end = set[str](), list[tuple[str, str]](), 0, 0
    for line in lines:
        if line["end"] > there:
            raise RunError(f"{out}: is shorter than {journal} says; take both away to begin anew")
        names.add(line["document"])
        items, end = items + line["items"], line["end"]
        if line.get("failed"):
            failed.append((line["document"], line["failed"]))
    return Past(frozenset(names), tuple(failed), items, end, size)


def _lines(journal: Path) -> tuple[list[dict[str, Any]], int]:
    """The whole lines of a journal, and how many bytes they are."""
    raw = journal.read_bytes()
    size = raw.rfind(b"\n") + 1
    try:
        lines = [json.loads(line) for line in raw[:size].splitlines()]
        good = all(
            "run" in one if n == 0 else {"document", "end", "items"} <= one.keys()
            for n, one in enumerate(lines)
        )
    except (ValueError, AttributeError, TypeError):
        good = False
    if not good:
        raise RunError(f"{journal}: is no journal of foedus read; take it away to begin anew")
    return lines, size


class Writer:
    """Puts the lines of documents into the output, and then their names into the journal."""

    def __init__(self, out: BinaryIO, journal: BinaryIO, past: Past, facts: Mapping[str, Any]):
        self._out, self._journal = out, journal
        self._end = past.end
        self._waiting: list[dict[str, Any]] = []
        out.truncate(past.end)
        out.seek(past.end)
        journal.truncate(past.size)
        journal.seek(past.size)
        if not past.size:
            self._note([{"run": dict(facts)}])

    def put(self, done: Done) -> None:
        """Write a document's lines; the journal says so once `settle` is called."""
        self._out.write(done.lines)
        self._end += len(done.lines)
        told: dict[str, Any] = {"document": done.document, "end": self._end, "items": done.items}
        self._waiting.append(told | ({"failed": done.failed} if done.failed else {}))

    def settle(self) -> None:
        """Force what was written to the disk, then say in the journal that it is there."""
        if self._waiting:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._note(self._waiting)
            self._waiting = []

    def _note(self, lines: Sequence[Mapping[str, Any]]) -> None:
        told = "".join(json.dumps(line, ensure_ascii=True) + "\n" for line in lines)
        self._journal.write(told.encode())
        self._journal.flush()
        os.fsync(self._journal.fileno())
