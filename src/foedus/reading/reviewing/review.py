"""One proposal after the other: ask, write what is accepted into the case, log the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.case import Case, CaseError, Section
from foedus.case.adding import add
from foedus.reading.proposing import NewSource
from foedus.reading.reviewing.decisions import (
    ACCEPTED,
    EDITED,
    REJECTED,
    SKIPPED,
    Decision,
    decide,
    now,
)
from foedus.reading.reviewing.drafting import Draft, draft, there
from foedus.reading.reviewing.offered import Offered

QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says to a proposal: a decision or `quit`, with what was changed or why."""

    decision: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """Fields to change before it is written; also `reliability` of its new source."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person is asked about."""

    number: int
    total: int
    offered: Offered
    draft: Draft
    case: Case
    problem: str | None = None
    """Why what was decided last could not be written."""


@dataclass(frozen=True)
class Desk:
    """Whose review it is: the case file, its log, the sections a case can have, and who decides."""

    file: Path
    log: Path
    sections: Mapping[str, type[Section]]
    by: str
    clock: Callable[[], str] = now


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of a review."""

    case: Case
    decisions: tuple[Decision, ...]
    left: int
    """Proposals that nothing was decided about."""

    def of(self, *kinds: str) -> tuple[Decision, ...]:
        """The decisions of some kinds."""
        return tuple(one for one in self.decisions if one.decision in kinds)


def news_of(offered: Sequence[Offered]) -> Mapping[str, NewSource]:
    """The new sources that proposals bring with them, by id."""
    found = (one.proposal.new_source for one in offered)
    return {source.id: source for source in found if source is not None}


def review(
    desk: Desk,
    case: Case,
    open_: Sequence[Offered],
    ask: Callable[[Turn], Choice],
    news: Mapping[str, NewSource] | None = None,
) -> Reviewed:
    """Go through proposals until all are decided or the person has had enough.

    Each accepted item is in the case file, and each decision in the log, before the next is asked
    about. What the case does not take is told and asked about again. Raises `OSError` if a file
    cannot be written.
    """
    known = news_of(open_) if news is None else news
    made: list[Decision] = []
    for number, offered in enumerate(open_):
        turn = Turn(number + 1, len(open_), offered, draft(offered, case, known), case)
        choice, case, turn = _decided(desk, turn, ask)
        if choice.decision == QUIT:
            return Reviewed(case, tuple(made), len(open_) - number)
        decision = _decision(desk, turn, choice)
        decide(desk.log, decision)
        made.append(decision)
    return Reviewed(case, tuple(made), 0)


def _decided(desk: Desk, turn: Turn, ask: Callable[[Turn], Choice]) -> tuple[Choice, Case, Turn]:
    """Ask until there is a decision that can be carried out, and carry it out."""
    if (key := there(turn.offered, turn.case)) is not None:
        told = Draft(key, turn.draft.entry)
        return Choice(ACCEPTED), turn.case, Turn(*_parts(turn), told, turn.case)
    while True:
        choice = ask(turn)
        if choice.decision in (QUIT, REJECTED, SKIPPED):
            return choice, turn.case, turn
        new = turn.draft.changed(choice.values)
        try:
            case = add(desk.file, new.entries(), desk.sections)
        except CaseError as error:
            turn = Turn(*_parts(turn), new, turn.case, str(error))
            continue
        return choice, case, Turn(*_parts(turn), new, case)


def _parts(turn: Turn) -> tuple[int, int, Offered]:
    return turn.number, turn.total, turn.offered


def _decision(desk: Desk, turn: Turn, choice: Choice) -> Decision:
    written = choice.decision in (ACCEPTED, EDITED)
    return Decision(
        proposal=turn.offered.key,
        id=turn.offered.proposal.id,
        decision=choice.decision,
        at=desk.clock(),
        by=desk.by,
        evidence=turn.draft.id if written else None,
        reason=choice.reason,
        changed=choice.values if written else {},
        case=turn.case.id,
        text=turn.offered.text,
    )
