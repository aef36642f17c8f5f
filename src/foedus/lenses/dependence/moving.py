"""Where it leads if members of a hedonic game move, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case.nearest import quoted
from foedus.lenses.dependence.game import Floats, GameError, Hedonic, named
from foedus.lenses.dependence.hedonic import Partition, Set, masks_of
from foedus.lenses.dependence.kernel import hedonic as kernel

MOST_STEPS = 10_000
"""The most moves of a path."""
MOVES = ("nash", "individual", "contractual")
"""Notions that speak of one member's moves."""


@dataclass(frozen=True)
class Step:
    """One member goes over to another set, or away alone."""

    who: str
    leaves: Set
    """Those whom it stood with."""
    joins: Set
    """Those whom it stands with then."""
    gain: float


@dataclass(frozen=True)
class Path:
    """Where it leads if one member after the other moves, always the one that gains most.

    `ended` is `stable`, `cycle` (it comes back to a partition it has been at, `cycle` moves before;
    by other moves it might still come to rest) or `cut` after 10,000 moves.
    """

    notion: str
    steps: tuple[Step, ...]
    end: Partition
    ended: str
    cycle: int | None


def path(hedonic: Hedonic, start: Iterable[Sequence[str]], notion: str = "nash") -> Path:
    """Where single moves lead from a partition, one at a time and each to where it gains most.

    `notion` says which moves are made: all that pay (`nash`), those that are welcomed
    (`individual`), or those that nobody minds (`contractual`). Raises GameError.
    """
    if notion not in MOVES:
        raise GameError(f"a path is one of {', '.join(MOVES)}, not {quoted(notion)}")
    members, utility = hedonic.members, hedonic.utility
    least = kernel.slack(utility)
    blocks = tuple(sorted(masks_of(members, start)))
    seen, steps = {blocks: 0}, list[Step]()
    ended, cycle = "cut", None
    while len(steps) < MOST_STEPS:
        gain = _allowed(kernel.deviations(utility, blocks, least), notion)
        if not gain.any():
            ended = "stable"
            break
        blocks, step = _moved(members, blocks, gain)
        steps.append(step)
        if blocks in seen:
            ended, cycle = "cycle", len(steps) - seen[blocks]
            break
        seen[blocks] = len(steps)
    return Path(notion, tuple(steps), _in_order(members, blocks), ended, cycle)


def _allowed(moves: kernel.Deviations, notion: str) -> Floats:
    """What moves of a kind bring `(n, sets + 1)`, 0 for all others."""
    free = np.ones_like(moves.welcomed)
    if notion != "nash":
        free = moves.welcomed
    if notion == "contractual":
        free = free & moves.released
    return np.where(free, moves.gain, 0.0)


def _moved(
    members: Set, blocks: tuple[int, ...], gain: Floats
) -> tuple[tuple[int, ...], Step]:  # fmt: skip
    """The partition after the move that brings most, the first of equals."""
    who, where = divmod(int(gain.argmax()), gain.shape[1])
    bit = 1 << who
    home = next(block for block in blocks if block & bit)
    there = (*blocks, 0)[where]
    after = [block for block in blocks if block not in (home, there)]
    after += [block for block in (home & ~bit, there | bit) if block]
    step = Step(
        members[who], named(members, home & ~bit), named(members, there), float(gain[who, where])
    )
    return tuple(sorted(after)), step


def _in_order(members: Set, blocks: Sequence[int]) -> Partition:
    """Sets as they come by their first members."""
    return tuple(
        named(members, block) for block in sorted(blocks, key=lambda block: block & -block)
    )
