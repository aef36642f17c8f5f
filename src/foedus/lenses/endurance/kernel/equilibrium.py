"""Solving one game: the kernel with its stores made and named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .fixed_point import solve_game
from .game import Floats, Layout

FINE = 1e-8
"""Change of log-odds in a step at which policies count as settled."""
MOST = 100
"""Steps taken at a precision before tracing takes over, or gives up."""


@dataclass(frozen=True)
class Equilibrium:
    """A logit Markov perfect equilibrium of one game.

    `play`, `value` and `follow` are the kernel's flat stores (see `Layout`). `moved`, `steps` and
    `leapt` `(2**n,)` say for each set of members the last change of log-odds, the steps taken, and
    whether the path from precision 0 folded on the way (another equilibrium was jumped to there).
    """

    game: Floats
    layout: Layout
    play: Floats
    value: Floats
    follow: Floats
    moved: Floats
    steps: Floats
    leapt: Floats

    @property
    def settled(self) -> bool:
        """Whether every set's policies settled."""
        return bool(np.all(self.moved <= FINE))

    def policy(self, members: int | None = None) -> Floats:
        """Policies of a set (a bit mask; default all): `(member, action, trust state, front)`."""
        lay = self.layout
        s = (1 << lay.members) - 1 if members is None else members
        shape = (lay.size[s], 3, lay.states[s], lay.levels - 2)
        return self.play[lay.play_at[s] : lay.play_at[s + 1]].reshape(shape)

    def worth(self, members: int | None = None) -> Floats:
        """Values, in average units, while a set is in: `(actor, trust state, front)`.

        Actors are all n members, those outside the set included.
        """
        lay = self.layout
        s = (1 << lay.members) - 1 if members is None else members
        shape = (lay.members, lay.states[s], lay.levels - 2)
        return self.value[lay.value_at[s] : lay.value_at[s + 1]].reshape(shape)


def solve(game: Floats, lay: Layout, start: Floats | None = None) -> Equilibrium:
    """The equilibrium of one packed game (a row of `Game.packed()`).

    From the flat store of policies `start` where one is given (and, where that does not lead to an
    equilibrium, or without it) traced from precision 0. Logit Markov perfect equilibrium after
    McKelvey & Palfrey (1995). Raises ValueError when the row is not of this layout's length.
    """
    n = lay.members
    if game.shape != (18 + 8 * n + n * n,):
        raise ValueError(
            f"a game of {n} members has {18 + 8 * n + n * n} numbers, not {game.shape}"
        )
    play = np.empty(int(lay.play_at[-1])) if start is None else start.copy()
    value, follow = np.zeros(int(lay.value_at[-1])), np.zeros(int(lay.next_at[-1]))
    status = np.zeros((1 << n, 3))
    row = np.ascontiguousarray(game)
    solve_game(row, lay, start is not None, FINE, MOST, play, value, follow, status)
    for array in (play, value, follow, status):
        array.flags.writeable = False
    return Equilibrium(row, lay, play, value, follow, *status.T)
