"""Legal sequences of moves from one state: breadth first, shortest first.

Every step is by a member of a set of decision makers, none moves twice in a row, and it may move
again later (Fang, Hipel & Kilgour, Interactive Decision Making, 1993).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.conflict import Bools, Ints

Path = tuple[tuple[int, int], ...]
"""Moves one after another, as (who moved, where to)."""
Wanted = Callable[[Ints], Bools]


@dataclass(frozen=True, eq=False)
class Walk:
    """What legal sequences from a state reach, and by the fewest moves.

    Nodes are states, once for each decision maker who may have moved last where that matters;
    node = layer * states + state. Of equally short sequences the one kept is always the same.
    """

    start: int
    states: int
    nodes: Ints
    """Nodes in the order in which they were first reached."""
    steps: Ints
    """How many moves lead to each of `nodes`."""
    before: Ints
    """The place in `nodes` from which each was reached; -1 for the start."""
    mover: Ints
    """Who made the move to each of `nodes`."""
    hit: int | None
    """The first state found that was looked for."""

    @property
    def reached(self) -> Ints:
        """The states that sequences lead to, ascending, without the start."""
        return np.unique(self.nodes % self.states)

    @cached_property
    def distance(self) -> Ints:
        """The fewest moves to each state of the model, 0 for the start, -1 where none lead."""
        out = np.where(self._place < 0, -1, self.steps[self._place] if self.nodes.size else -1)
        out[self.start] = 0
        return out

    def path(self, state: int) -> Path:
        """The shortest sequence to a state, empty for the start.

        Raises KeyError if the state was not reached.
        """
        place, moves = int(self._place[state]), []
        if place < 0 and state != self.start:
            raise KeyError(state)
        while place >= 0:
            moves.append((int(self.mover[place]), int(self.nodes[place] % self.states)))
            place = int(self.before[place])
        return tuple(moves[::-1])

    @cached_property
    def _place(self) -> Ints:
        """Where in `nodes` each state of the model comes first; -1 if nowhere."""
        out = np.full(self.states, -1, np.int64)
        out[(self.nodes % self.states)[::-1]] = np.arange(self.nodes.size)[::-1]
        return out


def walk(
    steps: Steps,
    start: int,
    movers: Sequence[int],
    *,
    improving: bool = False,
    stop: Wanted | None = None,
) -> Walk:
    """Follow all legal sequences by `movers` from a state, a move further each round.

    With `improving` every step must be to a state its mover prefers. With `stop` it ends as soon
    as a state is reached for which it is true, and says which. Sequences may come back to the
    start, but nothing new follows from there, and it is not counted as reached.
    """
    return _Search(steps, start, movers, improving, stop).run()


class _Search:
    def __init__(
        self, steps: Steps, start: int, movers: Sequence[int], improving: bool, stop: Wanted | None
    ) -> None:
        self.steps, self.start, self.movers = steps, start, movers
        self.improving, self.stop = improving, stop
        self.states = steps.conflict.states
        self.layers = max(len(movers), 1) if steps.layered else 1
        self.seen = np.zeros(self.layers * self.states, np.bool_)
        self.seen[start :: self.states] = True
        self.parts: list[tuple[Ints, Ints, Ints, Ints]] = []
        self.size = 0
        self.hit: int | None = None

    def run(self) -> Walk:
        here, last, places = np.array([self.start]), np.array([-1]), np.array([-1])
        distance = 0
        while here.size and self.hit is None:
            distance += 1
            before = len(self.parts)
            self.round(here, last, places, distance)
            found = self.parts[before:] or [_nothing()]
            nodes, _, _, last = (np.concatenate(column) for column in zip(*found, strict=True))
            here, places = nodes % self.states, np.arange(self.size - nodes.size, self.size)
        return self.result()

    def round(self, here: Ints, last: Ints, places: Ints, distance: int) -> None:
        """One move more from each node reached last.

        Where nobody gets further by two moves than by one, who moved last gets no further either,
        so the rule holds of itself, and keeping it saves work.
        """
        for rank, dm in enumerate(self.movers):
            may = np.flatnonzero(last != rank)
            if not may.size:
                continue
            for nodes, source in self.fresh(rank, dm, here[may]):
                size = nodes.size
                before = places[may[source]]
                self.parts.append((nodes, np.full(size, distance), before, np.full(size, rank)))
                self.size += size
                if self.wanted(nodes):
                    return

    def fresh(self, rank: int, dm: int, states: Ints) -> Iterator[tuple[Ints, Ints]]:
        """What a decision maker reaches for the first time, and from which places in `states`."""
        worth = self.steps.conflict.utility[dm]
        layer = rank if self.steps.layered else 0
        enough = self.steps.enough(dm, states, self.improving)
        here = states[enough]
        for source, target in self.steps.expand(dm, here):
            nodes = target + layer * self.states
            new = ~self.seen[nodes]
            if self.improving:
                new &= worth[target] > worth[here[source]]
            nodes, first = np.unique(nodes[new], return_index=True)
            self.seen[nodes] = True
            yield nodes, enough[source[new][first]]

    def wanted(self, nodes: Ints) -> bool:
        if self.stop is None or not nodes.size:
            return False
        good = np.flatnonzero(self.stop(nodes % self.states))
        if good.size:
            self.hit = int(nodes[good[0]] % self.states)
        return bool(good.size)

    def result(self) -> Walk:
        columns = zip(*(self.parts or [_nothing()]), strict=True)
        nodes, steps, before, rank = (np.concatenate(column) for column in columns)
        mover = np.array([*self.movers, -1], np.int64)[rank]
        return Walk(self.start, self.states, nodes, steps, before, mover, self.hit)


def _nothing() -> tuple[Ints, Ints, Ints, Ints]:
    none = np.zeros(0, np.int64)
    return none, none, none, none
