"""What the others can bring about at the same time as one decision maker moves (SIM)."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.conflict import Conflict, ConflictError, Ints

MOST_JOINT = 1 << 22
"""Joint moves looked at for one move."""


def codes_of(conflict: Conflict) -> Ints:
    """The states as choices, by which moves are combined.

    Raises ConflictError for a bare graph: it has no answer under SIM anywhere, not even where a
    decision maker has no move, so that every part of an account leaves the same out.
    """
    if conflict.codes is None:
        raise ConflictError("sim needs options: in a bare graph moves cannot be combined")
    return conflict.codes


@dataclass(frozen=True, eq=False)
class Joint:
    """Every feasible outcome of a move that the others answer at the same time, not knowing of it.

    Each other decision maker stays or makes one of its own improvements from the same state; the
    outcome takes from each the choices on its own options.
    """

    ends: Ints
    """The feasible outcomes, the move left unanswered not among them."""
    plays: Ints
    """Which joint play leads to each."""
    choices: tuple[tuple[int, Ints], ...]
    """For each other decision maker that has an improvement: where it could move, itself first."""

    @property
    def movers(self) -> Ints:
        """How many of the others move in each play."""
        taken = np.unravel_index(self.plays, tuple(there.size for _, there in self.choices))
        return np.array(taken, np.int64).reshape(-1, self.plays.size).astype(bool).sum(axis=0)

    def chain(self, place: int) -> tuple[tuple[int, int], ...]:
        """Who moves in the play that leads to `ends[place]`, and where each would go alone."""
        shape = tuple(there.size for _, there in self.choices)
        taken = np.unravel_index(int(self.plays[place]), shape)
        return tuple(
            (dm, int(there[k])) for (dm, there), k in zip(self.choices, taken, strict=True) if k
        )


class Meeting:
    """The others' simultaneous improvements from one state.

    Raises ConflictError for a bare graph, in which moves cannot be combined, for states that share
    their options, and where there are more joint moves than are looked at.
    """

    def __init__(self, steps: Steps, dm: int, state: int) -> None:
        codes = codes_of(steps.conflict)
        self.codes, self.steps, self.dm, self.state = codes, steps, dm, state
        self.order = np.argsort(codes, kind="stable")
        self.sorted = codes[self.order]
        if (self.sorted[1:] == self.sorted[:-1]).any():
            raise ConflictError("sim needs states that differ in their options")
        self.choices = tuple(
            (j, np.concatenate([[state], steps.improvements(j, state)]).astype(np.int64))
            for j in range(len(steps.conflict.dms))
            if j != dm and steps.improvements(j, state).size
        )
        plays = prod(there.size for _, there in self.choices)
        if plays > MOST_JOINT:
            raise ConflictError(
                f"sim: {plays:,} joint moves answer one move; at most {MOST_JOINT:,} are looked at"
            )

    def answers(self, move: int) -> Joint:
        """What may become of a move from the state to `move`."""
        changed = np.zeros(1, np.int64)
        for j, there in self.choices:
            own = self.codes[there] & self.steps.own(j)
            changed = (changed[:, None] | own[None, :]).ravel()
        others = np.int64(0)
        for j, _ in self.choices:
            others |= self.steps.own(j)
        wanted = (self.codes[move] & ~others) | changed
        place = np.minimum(np.searchsorted(self.sorted, wanted), self.sorted.size - 1)
        feasible = self.sorted[place] == wanted
        feasible[0] = False
        plays = np.flatnonzero(feasible)
        return Joint(self.order[place[plays]].astype(np.int64), plays, self.choices)
