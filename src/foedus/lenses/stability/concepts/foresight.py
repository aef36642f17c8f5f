"""Which states last if decision makers look several moves ahead?

Limited-move stability L_h and non-myopic stability for two decision makers as in Kilgour 1985 and
Fang, Hipel & Kilgour (Interactive Decision Making, 1993), by backward induction. For more than two
it is the **cooperative-coalition reading** (after Soares et al.): all others of the decision maker
in focus act as one coalition that moves by joint improvements.

The two sides move in turns, the one in focus first; whoever stays ends the conflict in the state it
stays in, and it moves only if that ends, with the moves that are left, in a state it prefers to the
one it is in; a coalition only if every member prefers it. Of such ends the one in focus takes its
best, and among equals what is worst for the others, compared in the order in which they stand. The
coalition moves to what legal sequences of its members reach (nobody twice in a row, steps need not
be improvements, the state itself left out); of the ends that no other dominates within it, it takes
the worst for the one in focus, and among equals the best for its members in order. Two decision
makers: each its best, among equals the worst for the other. With no move left it ends where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np

from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints
from foedus.lenses.stability.kernel.order import Levels, levels

MOST_JOINT = 1 << 27
"""Joint moves of the others that are held in memory for one decision maker."""
MOST_ROUNDS = 100_000
"""Moves of foresight followed until they come round again."""


def limited(conflict: Conflict, horizon: int) -> Bools:
    """`(N, S)`: stable for the decision maker, foreseeing so many moves (L_h); L_1 is Nash.

    An equilibrium is a state stable for all at the same horizon. Raises ConflictError for a horizon
    below 1 and for models with too many joint moves.
    """
    if horizon < 1:
        raise ConflictError(f"a horizon of {horizon} moves; it must be at least 1")
    everywhere = np.arange(conflict.states)
    stable = np.empty((len(conflict.dms), conflict.states), np.bool_)
    for i in range(len(conflict.dms)):
        focus = Focus.on(conflict, i)
        ends = focus.now
        for _ in range(horizon):
            ends = focus.farther(ends)
        stable[i] = ends[0] == everywhere
    return stable


def non_myopic(conflict: Conflict) -> Bools:
    """`(N, S)`: stable for the decision maker for every horizon from some horizon on (NM).

    What is foreseen with one move more follows from what is foreseen without it, so the horizons
    come round again; stable for ever is stable all round. A state whose verdict alternates for ever
    is not stable. Raises ConflictError for models with too many joint moves, and if it has not come
    round after 100,000 moves.
    """
    stable = np.empty((len(conflict.dms), conflict.states), np.bool_)
    for i in range(len(conflict.dms)):
        stable[i] = _all_round(Focus.on(conflict, i))
    return stable


def _all_round(focus: Focus) -> Bools:
    """Stable at every horizon of the round into which foresight runs."""
    ends, seen = focus.now, {}
    for horizon in range(MOST_ROUNDS):
        mark = blake2b(ends.tobytes()).digest()
        if mark in seen:
            break
        seen[mark] = horizon
        ends = focus.farther(ends)
    else:
        raise ConflictError(
            f"what is foreseen has not come round after {MOST_ROUNDS:,} moves; ask for a horizon"
        )
    everywhere = np.arange(ends.shape[1])
    stable: Bools = ends[0] == everywhere
    for _ in range(horizon - seen[mark] - 1):
        ends = focus.farther(ends)
        stable &= ends[0] == everywhere
    return stable


@dataclass(frozen=True, eq=False)
class Focus:
    """One decision maker against all others, looking ahead."""

    conflict: Conflict
    dm: int
    begin: Ints
    reached: np.ndarray[tuple[int], np.dtype[np.int32]]
    """What the others can reach from s is `reached[begin[s]:begin[s + 1]]`."""

    @classmethod
    def on(cls, conflict: Conflict, dm: int) -> Focus:
        """Find the joint moves of the others.

        Raises ConflictError if there are too many to be held.
        """
        from foedus.lenses.stability.kernel.foresight import joint_moves, joint_sizes

        first, to = conflict.arcs.first, conflict.arcs.to
        begin = np.concatenate([[0], np.cumsum(joint_sizes(dm, first, to))]).astype(np.int64)
        if begin[-1] > MOST_JOINT:
            raise ConflictError(
                f"the others of {conflict.dms[dm]} have {int(begin[-1]):,} joint moves; "
                f"at most {MOST_JOINT:,} can be looked through"
            )
        reached = np.empty(int(begin[-1]), np.int32)
        joint_moves(dm, first, to, begin, reached)
        return cls(conflict, dm, begin, reached)

    @property
    def now(self) -> Ints:
        """Where it ends if nobody may move any more."""
        return np.tile(np.arange(self.conflict.states), (2, 1))

    def farther(self, ends: Ints) -> Ints:
        """Where it ends with one move more: in row 0 if the one in focus moves next."""
        from foedus.lenses.stability.kernel.foresight import farther

        out = np.empty_like(ends)
        arcs, (mine, theirs) = self.conflict.arcs, self._orders
        farther(
            self.dm, self._level, mine, theirs, arcs.first, arcs.to, self.begin, self.reached,
            ends, out,
        )  # fmt: skip
        return out

    @cached_property
    def _level(self) -> Levels:
        """Utilities as whole numbers in each decision maker's own order."""
        return levels(self.conflict.utility)

    @cached_property
    def _orders(self) -> tuple[Ints, Ints]:
        """For each side a number for every state: the less, the sooner it would end there."""
        states = np.arange(self.conflict.states)
        me = self._level[self.dm]
        rest = np.delete(self._level, self.dm, axis=0)
        # the last key counts first
        mine = np.lexsort((states, *rest[::-1], -me))
        theirs = np.lexsort((states, *-rest[::-1], me))
        return np.argsort(mine), np.argsort(theirs)
