"""The part of a conflict's graph that is worth drawing.

All of it where it is small; else the integrated graph of status quo analysis (Li, Kilgour & Hipel,
Journal of the Operational Research Society 56, 2005) cut down to what a reader looks for: where
things stand, where the conflict can end, the shortest ways there, and what each could do first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from foedus.lenses.stability.after.paths import Evolution, status_quo
from foedus.lenses.stability.after.sequences import Path
from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.conflict import Bools, Conflict, Ints

SMALL = 16
"""Up to so many states a model is drawn whole."""
FIRST = 12
"""Most first moves that are drawn although they are no improvement."""
FULL = 24
"""Up to so many states all that improvements lead to are drawn, not only the ways to equilibria."""
MANY_ARROWS, MOST_ARROWS = 48, 80
"""Of more than the first, only those that lead further are drawn, and never more than the last."""


@dataclass(frozen=True, slots=True, order=True)
class Arrow:
    """A move, and whether its maker prefers where it leads."""

    source: int
    dm: int
    target: int
    better: bool


@dataclass(frozen=True)
class Excerpt:
    """States and moves to draw."""

    start: int | None
    columns: tuple[tuple[int, tuple[int, ...]], ...]
    """(moves from the status quo, states): by improvements where these lead there."""
    apart: tuple[int, ...]
    """States that nothing leads to from the status quo; all of them if there is none."""
    arrows: tuple[Arrow, ...]
    left_out: str
    """What is not drawn, in a sentence; empty if all is."""

    @property
    def states(self) -> tuple[int, ...]:
        """Every state drawn, column by column."""
        return (*(s for _, column in self.columns for s in column), *self.apart)


def excerpt(conflict: Conflict, lasting: Bools, start: int | None, most: int) -> Excerpt:
    """Choose what to draw; `lasting` are the equilibria, `most` the number of states at most."""
    if start is None:
        return _without_start(conflict, lasting, most)
    ways = status_quo(conflict, lasting, start)
    whole = conflict.states <= min(SMALL, most)
    paths = _paths(ways, _ends(ways, whole), most)
    moves = _first_moves(conflict, start)
    shown = {start} | {state for path in paths for _, state in path}
    if whole:
        shown = set(range(conflict.states))
    else:
        shown = _filled(shown, (arrow.target for arrow in moves), most)
        followed = _reached(ways)
        if len(shown | followed) <= min(FULL, most):
            shown |= followed
    wanted = [a for path in paths for a in _along(conflict, start, path)]
    wanted += [arrow for arrow in moves if arrow.target in shown]
    sources = shown if whole else shown & (_reached(ways) | {a.source for a in wanted})
    distance = _distance(ways)
    arrows, cut = _arrows(conflict, wanted, sources, shown, distance)
    return Excerpt(
        start,
        _columns(shown, distance),
        tuple(sorted(s for s in shown if distance[s] < 0)),
        arrows,
        _left_out(conflict, ways, shown, cut),
    )


def _without_start(conflict: Conflict, lasting: Bools, most: int) -> Excerpt:
    """Everything, or as many equilibria as may be drawn."""
    few = conflict.states <= most or not lasting.any()
    states = np.arange(conflict.states) if few else np.flatnonzero(lasting)
    shown = set(states[:most].tolist())
    arrows, cut = _arrows(conflict, [], shown, shown, np.zeros(conflict.states, np.int64))
    there = _equilibria(int(lasting.sum() - lasting[sorted(shown)].sum()))
    return Excerpt(
        None, (), tuple(sorted(shown)), arrows, _said(conflict, shown, (there, _improvements(cut)))
    )


def _ends(ways: Evolution, whole: bool) -> Ints:
    """Where the conflict can end: by improvements if these lead anywhere, else by any moves."""
    near = np.concatenate([ways.within("start"), ways.within("improvements")])
    far = ways.within("moves")
    return np.concatenate([near, far]) if whole else (near if near.size else far)


def _paths(ways: Evolution, ends: Ints, most: int) -> list[Path]:
    """The shortest ways to the ends, nearest first, as many as there is room for."""
    distance = _distance(ways)
    shown, paths = {ways.start}, []
    for end in ends[np.argsort(distance[ends], kind="stable")][:most].tolist():
        path = ways.to(end).path
        wanted = shown | {state for _, state in path}
        if len(wanted) <= most:
            shown = wanted
            paths.append(path)
    return paths


def _reached(ways: Evolution) -> set[int]:
    """States that improvements lead to, and the status quo; empty if too many to be drawn."""
    if ways.by_improvements.reached.size > 1000:
        return {ways.start}
    return {ways.start, *ways.by_improvements.reached.tolist()}


def _first_moves(conflict: Conflict, start: int) -> list[Arrow]:
    """Moves from the status quo: improvements, then some others, those that change least first."""
    steps = Steps(conflict)
    found = [
        Arrow(start, dm, t, bool(conflict.utility[dm, t] > conflict.utility[dm, start]))
        for dm in range(len(conflict.dms))
        for t in steps.moves(dm, start).tolist()
    ]
    found.sort(key=lambda a: (_changed(conflict, start, a.target), a))
    better = [arrow for arrow in found if arrow.better]
    return better + [arrow for arrow in found if not arrow.better][:FIRST]


def _changed(conflict: Conflict, one: int, two: int) -> int:
    """How many options differ between two states."""
    codes = conflict.codes
    return 0 if codes is None else (int(codes[one]) ^ int(codes[two])).bit_count()


def _filled(shown: set[int], more: Iterable[int], most: int) -> set[int]:
    out = set(shown)
    for state in more:
        if len(out) >= most:
            break
        out.add(state)
    return out


def _along(conflict: Conflict, start: int, path: Path) -> list[Arrow]:
    """The moves of a path as arrows."""
    out, here = [], start
    for dm, there in path:
        better = conflict.utility[dm, there] > conflict.utility[dm, here]
        out.append(Arrow(here, dm, there, bool(better)))
        here = there
    return out


def _arrows(
    conflict: Conflict, wanted: list[Arrow], sources: set[int], shown: set[int], distance: Ints
) -> tuple[tuple[Arrow, ...], int]:
    """The arrows wanted and all improvements from some states; how many had to be left out.

    A move that is none is left out where the way back is drawn. Of too many, those that lead
    further from the status quo are drawn.
    """
    steps = Steps(conflict)
    improvements = [
        Arrow(s, dm, t, True)
        for s in sorted(sources)
        for dm in range(len(conflict.dms))
        for t in steps.improvements(dm, s).tolist()
        if t in shown
    ]
    improvements.sort(key=lambda a: (distance[a.target] <= distance[a.source], distance[a.source]))
    back = {(a.target, a.dm, a.source) for a in improvements}
    kept = [a for a in wanted if a.better or (a.source, a.dm, a.target) not in back]
    every = list(dict.fromkeys([*kept, *improvements]))
    drawn = every
    if len(every) > MANY_ARROWS:
        wanted_too = set(kept)
        drawn = [a for a in every if a in wanted_too or distance[a.target] > distance[a.source]]
    drawn = drawn[:MOST_ARROWS]
    return tuple(drawn), len(every) - len(drawn)


def _distance(ways: Evolution) -> Ints:
    """Moves to each state: improvements if they lead there, else any; -1 if nothing does."""
    improving = ways.by_improvements.distance
    return np.where(improving >= 0, improving, ways.by_moves.distance)


def _columns(shown: set[int], distance: Ints) -> tuple[tuple[int, tuple[int, ...]], ...]:
    found: dict[int, list[int]] = {}
    for state in sorted(shown):
        found.setdefault(int(distance[state]), []).append(state)
    return tuple((away, tuple(found[away])) for away in sorted(found) if away >= 0)


def _left_out(conflict: Conflict, ways: Evolution, shown: set[int], cut: int) -> str:
    near, far, never = (
        _equilibria(_missing(ways.within(how), shown)) for how in ("improvements", "moves", "not")
    )
    parts = (
        near and f"{near} that improvements lead to",
        far and f"{far} that are reached only if somebody acts against its own preferences",
        never and f"{never} that no moves lead to",
        _improvements(cut),
    )
    return _said(conflict, shown, parts)


def _said(conflict: Conflict, shown: set[int], parts: Iterable[str]) -> str:
    """How much is drawn, and what is not, in a sentence."""
    told = [part for part in parts if part]
    left = f"left out are {'; '.join(told)}" if told else ""
    some = len(shown) < conflict.states
    count = f"{len(shown)} of {conflict.states:,} states are shown" if some else ""
    sentence = "; ".join(part for part in (count, left) if part)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _missing(states: Ints, shown: set[int]) -> int:
    return int(states.size - np.isin(states, list(shown)).sum())


def _equilibria(count: int) -> str:
    return {0: "", 1: "1 equilibrium"}.get(count, f"{count:,} equilibria")


def _improvements(count: int) -> str:
    return {0: "", 1: "1 improvement"}.get(count, f"{count:,} improvements") + (
        " on no shortest way" if count else ""
    )
