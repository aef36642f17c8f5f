"""Answers kept in a file, to read them again without a network: JSON Lines, one a question.

A line holds the question's fingerprint and what came of it; no key, no address, not the text itself
but for what the model quoted of it. The last line about a question counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from foedus.reading.asking.errors import AskingError
from foedus.reading.asking.questions import Question
from foedus.reading.asking.refused import REASONS
from foedus.reading.asking.replies import Reply

FORM = "foedus-asking-1"


class Recorder:
    """A file to which answers are added as they come."""

    def __init__(self, path: str | Path) -> None:
        """Open it, or make it. Raises ``AskingError`` for what is no record, ``OSError``."""
        path = Path(path)
        if path.exists() and path.stat().st_size:
            Replay.read(path)
        self._file: BinaryIO = path.open("ab")
        if self._file.tell() and not _ends_in_newline(path):
            self._file.write(b"\n")

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, question: Question, reply: Reply) -> None:
        """Add what came of a question, at once and whole."""
        told: dict[str, Any] = {"form": FORM, "request": question.request, **question.parts}
        if reply.content is not None:
            told["content"] = reply.content
        else:
            told |= {"reason": reply.reason, "detail": reply.detail}
        self._file.write(json.dumps(told, ensure_ascii=True).encode() + b"\n")
        self._file.flush()


@dataclass(frozen=True)
class Replay:
    """What a record holds, by the questions' fingerprints."""

    replies: Mapping[str, Reply]
    parts: Mapping[str, Mapping[str, str]]
    """Of each piece of text asked about: what the last question about it was made of."""

    @staticmethod
    def read(path: str | Path) -> Replay:
        """Read a record. Raises ``AskingError`` naming file and line, ``OSError`` as the system.

        A last line that was not written to its end is passed over.
        """
        replies: dict[str, Reply] = {}
        parts: dict[str, Mapping[str, str]] = {}
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip() or not (found := _line(line, f"{path}:{number}")):
                    continue
                replies[found["request"]] = _reply(found)
                made_of = {
                    part: str(found.get(part)) for part in ("model", "prompt", "actors", "text")
                }
                parts[made_of["text"]] = made_of
        return Replay(replies, parts)

    @property
    def models(self) -> tuple[str, ...]:
        """The models that answered."""
        return tuple(dict.fromkeys(made_of["model"] for made_of in self.parts.values()))

    def get(self, question: Question) -> Reply:
        """What came of a question; `unrecorded`, with what has changed, if nobody asked it."""
        found = self.replies.get(question.request)
        if found is not None:
            return found
        before = self.parts.get(question.parts["text"])
        if before is None:
            return Reply(reason="unrecorded", detail="the record has no question about this text")
        changed = [part for part, now in question.parts.items() if before[part] != now]
        what = ", ".join(changed) or "limits"
        return Reply(reason="unrecorded", detail=f"changed since it was recorded: {what}")


def _line(line: bytes, where: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and found.get("form") == FORM and _sound(found):
        return found
    if found is None and not line.endswith(b"\n"):
        return None
    raise AskingError(f"{where}: no recorded answer; a file written by --record would be right")


def _sound(found: Mapping[str, Any]) -> bool:
    if not isinstance(found.get("request"), str):
        return False
    if "content" in found:
        return isinstance(found["content"], str)
    return found.get("reason") in REASONS and isinstance(found.get("detail"), str)


def _reply(found: Mapping[str, Any]) -> Reply:
    if "content" in found:
        return Reply(content=found["content"])
    return Reply(reason=found["reason"], detail=found["detail"])


def _ends_in_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
