"""What a person decided, in a log that only grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from foedus.reading.reviewing.errors import ReviewError
from foedus.reading.reviewing.jsonl import append, objects

ACCEPTED, EDITED, REJECTED, SKIPPED = "accepted", "edited", "rejected", "skipped"
DECISIONS = (ACCEPTED, EDITED, REJECTED, SKIPPED)
FINAL = (ACCEPTED, EDITED, REJECTED)
"""What is not asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: on which proposal, what, when and by whom."""

    proposal: str
    """The key of the proposal."""
    id: str
    """The id it was proposed under."""
    decision: str
    """accepted, edited (and accepted), rejected or skipped."""
    at: str
    """When, in UTC."""
    by: str
    evidence: str | None = None
    """The id under which the case has it now."""
    reason: str | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    """The fields that were edited, and what they say now."""
    case: str = ""
    text: str = ""


def decide(path: Path, decision: Decision) -> None:
    """Append a decision to a log, forced to the disk. Raises `OSError`."""
    append(path, asdict(decision))


def decisions(path: Path) -> tuple[Decision, ...]:
    """All decisions of a log, in order; none if there is no such file. Raises `ReviewError`."""
    if not path.exists():
        return ()
    return tuple(_decision(data, str(path), n) for n, data in objects(path, torn=True))


def settled(path: Path) -> Mapping[str, Decision]:
    """The last decision on each proposal, by its key, where it is final."""
    last = {one.proposal: one for one in decisions(path)}
    return {key: one for key, one in last.items() if one.decision in FINAL}


def now() -> str:
    """The time, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _decision(data: Mapping[str, Any], file: str, number: int) -> Decision:
    given = {f.name: data[f.name] for f in fields(Decision) if f.name in data}
    try:
        given["changed"] = dict(given.get("changed", {}))
        made = Decision(**given)
    except (TypeError, ValueError):
        raise ReviewError(file, number, "is no decision as foedus review logs them") from None
    if made.decision not in DECISIONS:
        message = f"there is no decision {made.decision!r}; there are {', '.join(DECISIONS)}"
        raise ReviewError(file, number, message)
    return made
