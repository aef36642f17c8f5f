"""Why a state is stable for a decision maker, or not: a witness that anybody can check.

The definitions are those of Fang, Hipel & Kilgour (Interactive Decision Making, 1993). A verdict
`unstable` is proved by one improvement that nothing blocks, a verdict `stable` by a blocking chain
for every improvement. Only what lies around the one state is looked at, so it can also be asked of
a model with millions of states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from foedus.lenses.stability.after.joint import Meeting, codes_of
from foedus.lenses.stability.after.sequences import Path, walk
from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.concepts.solving import check_concepts
from foedus.lenses.stability.conflict import Bools, Conflict, Ints
from foedus.lenses.wording import listed

Why = Literal["no move", "no improvement", "blocked", "free"]


@dataclass(frozen=True, slots=True)
class Answer:
    """How the others make an improvement not worth it."""

    improvement: int
    """The state the decision maker would move to."""
    chain: Path
    """Who answers with which move, (mover, state it moves to), one after the other; under SIM all
    at the same time, with the state each would bring about if it moved alone."""
    end: int
    """Where it ends: a state no better than the one left. Under SMR also every move from there
    leads to nothing better."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a state is stable for a decision maker under a concept, with the reason."""

    dm: int
    state: int
    concept: str
    why: Why
    """`no move`: there is none at all; `no improvement`: no move is to a better state; `blocked`:
    every improvement is answered; `free`: one is not."""
    improvement: int | None = None
    """The improvement that nothing blocks, the best of them for the decision maker."""
    answers: tuple[Answer, ...] = ()
    """For every improvement its blocking chain, the most tempting improvement first."""

    @property
    def stable(self) -> bool:
        """Whether the decision maker has reason to stay."""
        return self.why != "free"


Block = Callable[[int], Answer | None]


def witness(
    conflict: Conflict, dm: int, state: int, concept: str, steps: Steps | None = None
) -> Verdict:
    """Whether the state is stable for the decision maker, and why.

    Preferences are taken by utility alone; chains are the shortest there are. Pass the same `steps`
    to several questions about a large model. Raises ConflictError for a concept there is not, and
    under SIM for a bare graph.
    """
    check_concepts([concept])
    if concept == "sim":
        codes_of(conflict)
    near = steps or Steps(conflict)
    there = near.moves(dm, state)
    if not there.size:
        return Verdict(dm, state, concept, "no move")
    tempting = _best_first(conflict, dm, near.improvements(dm, state))
    if not tempting:
        return Verdict(dm, state, concept, "no improvement")
    block = _block(near, dm, state, concept)
    answers = []
    for better in tempting:
        answer = block(better)
        if answer is None:
            return Verdict(dm, state, concept, "free", better)
        answers.append(answer)
    return Verdict(dm, state, concept, "blocked", None, tuple(answers))


def narrate(
    conflict: Conflict,
    verdict: Verdict,
    says: Callable[[int], str] | None = None,
    names: Sequence[str] | None = None,
    others: int = 2,
) -> str:
    """The verdict in one plain sentence.

    `says` gives the words for a state (its id if not given), `names` those for the decision makers.
    No more than `others` improvements are told one by one after the first.
    """
    word = says or (lambda state: str(conflict.ids[state]))
    who = list(names or conflict.dms)
    i, here = who[verdict.dm], word(verdict.state)
    if verdict.why == "no move":
        return f"{i} stays in {here}: it has no move."
    if verdict.why == "no improvement":
        return f"{i} stays in {here}: no state it could move to is better for it."
    if verdict.improvement is not None:
        there = word(verdict.improvement)
        if verdict.concept == "nash":
            return f"{i} leaves {here}: it can move to {there}, which it prefers."
        return (
            f"{i} leaves {here}: it can move to {there}, "
            f"and nothing the others can answer{_limits(verdict.concept)} takes that away"
            f"{' for good' if verdict.concept == 'smr' else ''}."
        )
    shown = verdict.answers[: 1 + others]
    told = [_told(answer, verdict.concept, i, who, word) for answer in shown]
    left = len(verdict.answers) - len(told)
    rest = f"; so it is with {left:,} other improvements" if left > 1 else ""
    rest = "; so it is with one other improvement" if left == 1 else rest
    return f"{i} stays in {here}: it could move to {'; to '.join(told)}{rest}."


def _limits(concept: str) -> str:
    """What kind of answers a concept looks at, where it is not every move."""
    return {
        "seq": " by improvements of their own",
        "sim": " by improving at the same time",
    }.get(concept, "")


def _told(
    answer: Answer, concept: str, i: str, who: Sequence[str], word: Callable[[int], str]
) -> str:
    there = word(answer.improvement)
    no_better = f"no better for {i}"
    if concept == "smr":
        no_better += ", with no way out to anything better"
    if concept == "sim":
        movers = listed([who[mover] for mover, _ in answer.chain])
        end = f"it would end in {word(answer.end)}"
        return f"{there}, but with {movers} moving too {end}, {no_better}"
    mover, state = answer.chain[0]
    told = f"{there}, but {who[mover]} would answer with {word(state)}"
    for mover, state in answer.chain[1:]:
        told += f", then {who[mover]} with {word(state)}"
    return f"{told}, {no_better}"


def _best_first(conflict: Conflict, dm: int, states: Ints) -> list[int]:
    worth = conflict.utility[dm][states]
    ranks = np.unique(worth, return_inverse=True)[1]
    return [int(s) for s in states[np.argsort(-ranks, kind="stable")]]


def _block(steps: Steps, dm: int, state: int, concept: str) -> Block:
    """What answers an improvement under a concept; None where nothing does."""
    if concept == "nash":
        return lambda better: None
    if concept == "sim":
        return _by_meeting(steps, dm, state)
    worth = steps.conflict.utility[dm]
    others = [j for j in range(len(steps.conflict.dms)) if j != dm]

    def sanctions(there: Ints) -> Bools:
        low: Bools = worth[there] <= worth[state]
        if concept == "smr":
            low &= steps.best(dm, there) <= worth[state]
        return low

    def block(better: int) -> Answer | None:
        found = walk(steps, better, others, improving=concept == "seq", stop=sanctions)
        if found.hit is None:
            return None
        return Answer(better, found.path(found.hit), found.hit)

    return block


def _by_meeting(steps: Steps, dm: int, state: int) -> Block:
    worth = steps.conflict.utility[dm]
    meeting = Meeting(steps, dm, state)

    def block(better: int) -> Answer | None:
        joint = meeting.answers(better)
        low = np.flatnonzero(worth[joint.ends] <= worth[state])
        if not low.size:
            return None
        fewest = int(low[np.argmin(joint.movers[low])])
        return Answer(better, joint.chain(fewest), int(joint.ends[fewest]))

    return block
