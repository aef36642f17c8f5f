"""Decisions from a file, for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.reading.reviewing.decisions import ACCEPTED, EDITED, REJECTED, SKIPPED
from foedus.reading.reviewing.drafting import FIELDS
from foedus.reading.reviewing.errors import ReviewError
from foedus.reading.reviewing.jsonl import objects
from foedus.reading.reviewing.offered import Offered
from foedus.reading.reviewing.review import Choice, Turn

WORDS = {
    "accept": ACCEPTED, "edit": EDITED, "reject": REJECTED, "skip": SKIPPED,
    ACCEPTED: ACCEPTED, EDITED: EDITED, REJECTED: REJECTED, SKIPPED: SKIPPED,
}  # fmt: skip
EDITABLE = (*FIELDS, "reliability")
KEYS = ("proposal", "decision", "reason", "fields")


@dataclass(frozen=True, slots=True)
class Scripted:
    """A decision on a proposal, and the line it stands on."""

    file: str
    line: int
    offered: Offered
    choice: Choice

    def ask(self, turn: Turn) -> Choice:
        """The choice; raises `ReviewError` if the case did not take it."""
        if turn.problem is not None:
            raise ReviewError(self.file, self.line, turn.problem)
        return self.choice


def scripted(path: Path, offered: Sequence[Offered]) -> tuple[Scripted, ...]:
    """The decisions of a file, in order, each with its proposal.

    A line is `{"proposal": KEY or ID, "decision": "accept", "edit", "reject" or "skip"}`, with
    `fields` (the values to change) for edit, and `reason` for reject. Raises `ReviewError`.
    """
    return tuple(_each(path, offered))


def _each(path: Path, offered: Sequence[Offered]) -> Iterator[Scripted]:
    named: dict[str, list[Offered]] = {}
    for one in offered:
        for name in {one.key, one.proposal.id}:
            named.setdefault(name, []).append(one)
    seen: dict[str, int] = {}
    for number, data in objects(path):
        found = _found(data, named, str(path), number)
        if found.key in seen:
            message = f"decided already on line {seen[found.key]}"
            raise ReviewError(str(path), number, message)
        seen[found.key] = number
        yield Scripted(str(path), number, found, _choice(data, str(path), number))


def _found(
    data: Mapping[str, Any], named: Mapping[str, Sequence[Offered]], file: str, number: int
) -> Offered:
    if unknown := [key for key in data if key not in KEYS]:
        message = f"there is no key {unknown[0]!r}; there are {', '.join(KEYS)}"
        raise ReviewError(file, number, message)
    name = data.get("proposal")
    found = named.get(name, ()) if isinstance(name, str) else ()
    if not found:
        raise ReviewError(file, number, f"there is no proposal {name!r}")
    if len(found) > 1:
        keys = ", ".join(one.key for one in found)
        raise ReviewError(file, number, f"{len(found)} proposals are called {name!r}: {keys}")
    return found[0]


def _choice(data: Mapping[str, Any], file: str, number: int) -> Choice:
    word, values, reason = data.get("decision"), data.get("fields", {}), data.get("reason")
    if not isinstance(word, str) or word not in WORDS:
        raise ReviewError(file, number, "decision should be accept, edit, reject or skip")
    if not isinstance(values, dict) or not all(key in EDITABLE for key in values):
        raise ReviewError(file, number, f"fields should be an object of {', '.join(EDITABLE)}")
    if reason is not None and not isinstance(reason, str):
        raise ReviewError(file, number, "reason should be text")
    decision = WORDS[word]
    only = {"reliability"} if decision == ACCEPTED else set(EDITABLE)
    if values and (decision in (REJECTED, SKIPPED) or not set(values) <= only):
        raise ReviewError(file, number, f"fields are changed by edit, not by {word}")
    return Choice(decision, values, reason)
