"""Single moves from single states, without writing out the moves of the whole model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability.conflict import Bools, Conflict, Ints
from foedus.lenses.stability.kernel.arcs import allowed, mask

MOST_AT_ONCE = 1 << 22
"""Moves held in memory at a time."""


class Steps:
    """Who can move where from one state or from a few, found on demand.

    In option form the states are sorted once per decision maker, so that those which differ only
    in its own options lie side by side; where moves are given, they are read from the table.
    """

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self._sorted: dict[int, tuple[Ints, Ints]] = {}
        self._peaks: dict[int, tuple[Ints, NDArray[Any]]] = {}
        given = conflict.moves
        self._given = np.zeros(0, np.int64) if given is None else given.to.astype(np.int64)

    @property
    def layered(self) -> bool:
        """Two moves of one decision maker in a row may be more than one move.

        Never so where the moves follow from options, whatever their directions; in a graph given
        outright it may be, and who moved last has to be remembered.
        """
        return self.conflict.moves is not None

    def moves(self, dm: int, state: int) -> Ints:
        """Where a decision maker can move from a state, ascending."""
        return np.sort(np.concatenate([t for _, t in self.expand(dm, np.array([state]))]))

    def improvements(self, dm: int, state: int) -> Ints:
        """The moves that end in a state the decision maker prefers, ascending."""
        worth = self.conflict.utility[dm]
        there = self.moves(dm, state)
        return there[worth[there] > worth[state]]

    def expand(self, dm: int, states: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Every move from any of the states: places in `states` and where the moves go, in parts.

        Each part is ordered by place, and the parts follow one another. There is at least one.
        """
        begin, end, line = self._ranges(dm, states)
        for part in _parts(end - begin):
            widths = (end - begin)[part]
            place = np.repeat(np.arange(states.size)[part], widths)
            within = np.arange(place.size) - np.repeat(np.cumsum(widths) - widths, widths)
            target = line[begin[place] + within]
            keep = self._legal(dm, states[place], target)
            yield place[keep], target[keep]

    def enough(self, dm: int, states: Ints, improving: bool) -> Ints:
        """Places of those states from which one move goes wherever it goes from any of them.

        Apart from moves to the states themselves. Of states that differ only in options which the
        decision maker can change both ways one is enough; for improvements, the worst of them.
        """
        codes = self.conflict.codes
        if codes is None or not self._reversible(dm):
            return np.arange(states.size)
        group = codes[states] & ~self.own(dm)
        if improving:
            order = np.lexsort((self.conflict.utility[dm][states], group))
        else:
            order = np.argsort(group, kind="stable")
        ordered = group[order]
        first = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: states.size]
        return np.sort(order[first])

    def best(self, dm: int, states: Ints) -> NDArray[Any]:
        """The most utility a decision maker can have by one move from each state, or by staying."""
        worth, codes = self.conflict.utility[dm], self.conflict.codes
        if codes is None or not self._reversible(dm):
            out = worth[states]
            for place, target in self.expand(dm, states):
                np.maximum.at(out, place, worth[target])
            return out
        if dm not in self._peaks:
            order, keys = self._line(dm)
            first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
            self._peaks[dm] = keys[first], np.maximum.reduceat(worth[order], first)
        group, peak = self._peaks[dm]
        return np.asarray(peak[np.searchsorted(group, codes[states] & ~self.own(dm))])

    def _reversible(self, dm: int) -> bool:
        """Whether a decision maker can go to any state that differs in its options alone."""
        mine = self.conflict.owners == dm
        return not self.layered and not self.conflict.directions[mine].any()

    def _line(self, dm: int) -> tuple[Ints, Ints]:
        """All states, those that differ in the decision maker's own options alone side by side."""
        codes = self.conflict.codes
        assert codes is not None
        if dm not in self._sorted:
            others = codes & ~self.own(dm)
            order = np.argsort(others, kind="stable")
            self._sorted[dm] = order, others[order]
        return self._sorted[dm]

    def _ranges(self, dm: int, states: Ints) -> tuple[Ints, Ints, Ints]:
        """Where in a line of states the candidates for each state's moves begin and end."""
        moves, codes = self.conflict.moves, self.conflict.codes
        if moves is not None:
            return moves.first[dm, states], moves.first[dm, states + 1], self._given
        assert codes is not None
        order, keys = self._line(dm)
        asked = codes[states] & ~self.own(dm)
        return np.searchsorted(keys, asked), np.searchsorted(keys, asked, side="right"), order

    def _legal(self, dm: int, source: Ints, target: Ints) -> Bools:
        """Moves that leave the state and that the options' directions allow."""
        codes = self.conflict.codes
        if self.conflict.moves is not None or codes is None:
            return np.ones(source.size, np.bool_)
        mine = self.conflict.owners == dm
        kept = allowed(codes[source], codes[target], mine, self.conflict.directions)
        return (source != target) & kept

    def own(self, dm: int) -> np.int64:
        """The bits of a decision maker's own options."""
        return mask(self.conflict.owners == dm)


def _parts(widths: Ints) -> Iterator[slice]:
    """Cut a row into stretches of at most so many moves, each of one state at least."""
    total = np.cumsum(widths)
    at = 0
    while True:
        before = total[at - 1] if at else 0
        stop = max(at + 1, int(np.searchsorted(total, before + MOST_AT_ONCE, side="right")))
        yield slice(at, stop)
        at = stop
        if at >= widths.size:
            return
