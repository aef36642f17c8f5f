"""How the conflict gets from the status quo to each equilibrium.

Status quo analysis after Li, Kilgour & Hipel, Status quo analysis in the graph model for conflict
resolution, Journal of the Operational Research Society 56, 2005: an equilibrium that no legal
sequence of moves reaches from where things stand is no outcome to count on, and one reached by
improvements alone needs nobody to act against its own preferences on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from foedus.lenses.stability.after.sequences import Path, Walk, walk
from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints

How = Literal["start", "improvements", "moves", "not"]


@dataclass(frozen=True, slots=True)
class Reached:
    """How one state is reached from the status quo."""

    state: int
    how: How
    """`start`: it is the status quo; `improvements`: by improvements alone; `moves`: only by moves
    of which some are no improvements; `not`: by no legal sequence."""
    path: Path
    """The shortest sequence of this kind, as (decision maker, state it moves to)."""
    shortest: Path
    """The shortest of any moves; never longer than `path`."""

    @property
    def steps(self) -> int:
        """How many moves the path has; 0 also where nothing leads."""
        return len(self.path)


@dataclass(frozen=True, eq=False)
class Evolution:
    """What follows from the status quo, by any legal moves and by improvements alone."""

    start: int
    equilibria: Ints
    by_moves: Walk
    by_improvements: Walk

    def to(self, state: int) -> Reached:
        """How one state, an equilibrium or not, is reached."""
        if state == self.start:
            return Reached(state, "start", (), ())
        if self.by_moves.distance[state] < 0:
            return Reached(state, "not", (), ())
        shortest = self.by_moves.path(state)
        if self.by_improvements.distance[state] < 0:
            return Reached(state, "moves", shortest, shortest)
        return Reached(state, "improvements", self.by_improvements.path(state), shortest)

    @cached_property
    def reached(self) -> tuple[Reached, ...]:
        """How each equilibrium is reached, in the order of the states."""
        return tuple(self.to(int(state)) for state in self.equilibria)

    def within(self, how: How) -> Ints:
        """The equilibria reached in a way; quick also where there are a million of them."""
        at = self.equilibria
        moves, improving = self.by_moves.distance[at], self.by_improvements.distance[at]
        kinds: dict[How, Bools] = {
            "start": at == self.start,
            "improvements": (improving > 0),
            "moves": (moves > 0) & (improving < 0),
            "not": moves < 0,
        }
        return at[kinds[how]]


def status_quo(conflict: Conflict, equilibria: Bools | Ints, start: int | None = None) -> Evolution:
    """Which equilibria are reached from the status quo, and how.

    `equilibria` are states or one truth value a state; `start` takes the place of the status quo of
    the conflict. Raises ConflictError if there is neither.
    """
    found = np.asarray(equilibria)
    states = np.flatnonzero(found) if found.dtype == np.bool_ else np.unique(found)
    begin, steps, everyone = _start(conflict, start), Steps(conflict), range(len(conflict.dms))
    free = walk(steps, begin, everyone)
    return Evolution(
        begin, states.astype(np.int64), free, walk(steps, begin, everyone, improving=True)
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """The moves that follow from the status quo, few enough to be drawn."""

    nodes: tuple[tuple[int, int], ...]
    """States with the fewest moves that lead there, nearest first."""
    arcs: tuple[tuple[int, int, int, bool], ...]
    """(from, decision maker, to, whether it is an improvement)."""
    left_out: str
    """What was left out to keep it small; empty if nothing was."""


def tree(
    evolution: Evolution,
    conflict: Conflict,
    *,
    improving: bool = False,
    most_nodes: int = 40,
    most_arcs: int = 160,
) -> Tree:
    """The graph of legal moves from the status quo, or of improvements alone.

    If there is more than may be shown, the shortest paths to the equilibria come first, nearest
    equilibrium first, then the other states by distance; of the arcs those that lead further from
    the status quo. An arc is shown if some legal sequence through the states shown makes it.
    """
    followed = evolution.by_improvements if improving else evolution.by_moves
    distance = followed.distance
    shown = _shown(followed, evolution.equilibria, most_nodes)
    arcs = _legal_arcs(Steps(conflict), evolution.start, shown, improving)
    arcs.sort(key=lambda arc: (distance[arc[2]] <= distance[arc[0]], distance[arc[0]], arc))
    said = []
    for what, left in (
        ("states", int((distance >= 0).sum()) - len(shown)),
        ("moves between the states shown", len(arcs) - most_arcs),
    ):
        if left > 0:
            said.append(f"{left:,} {what}")
    return Tree(
        tuple((s, int(distance[s])) for s in sorted(shown, key=lambda s: (distance[s], s))),
        tuple(arcs[:most_arcs]),
        f"left out: {' and '.join(said)}" if said else "",
    )


def _start(conflict: Conflict, start: int | None) -> int:
    begin = conflict.status_quo if start is None else start
    if begin is None:
        raise ConflictError("no status quo is given; say where things stand (status_quo)")
    if not 0 <= begin < conflict.states:
        raise ConflictError(f"the status quo {begin} is no state")
    return begin


def _shown(followed: Walk, equilibria: Ints, most: int) -> set[int]:
    distance = followed.distance
    shown = {followed.start}
    ends = equilibria[distance[equilibria] > 0]
    for end in ends[np.argsort(distance[ends], kind="stable")][:most]:
        wanted = shown | {state for _, state in followed.path(int(end))}
        if len(wanted) <= most:
            shown = wanted
    for state in (followed.nodes % followed.states).tolist():
        if len(shown) >= most:
            break
        shown.add(state)
    return shown


def _legal_arcs(
    steps: Steps, start: int, shown: set[int], improving: bool
) -> list[tuple[int, int, int, bool]]:
    """Every move that a legal sequence within the states shown makes, each once."""
    conflict = steps.conflict
    everyone = range(len(conflict.dms))
    arcs: set[tuple[int, int, int, bool]] = set()
    seen: set[tuple[int, int]] = set()
    line = [(start, -1)]
    moves = {
        (dm, s): [int(t) for t in steps.moves(dm, s) if int(t) in shown]
        for dm in everyone
        for s in shown
    }
    while line:
        s, last = line.pop()
        for dm in everyone:
            for t in moves[dm, s] if dm != last else ():
                better = bool(conflict.utility[dm, t] > conflict.utility[dm, s])
                if improving and not better:
                    continue
                arcs.add((s, dm, t, better))
                if (t, dm) not in seen:
                    seen.add((t, dm))
                    line.append((t, dm))
    return list(arcs)
