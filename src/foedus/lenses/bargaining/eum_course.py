"""One expected-utility game, round by round: positions, attitudes to risk, who gave way to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from foedus.lenses.bargaining.game import Floats
from foedus.lenses.bargaining.kernel import eum_table as cells
from foedus.lenses.bargaining.kernel.eum import play_games
from foedus.lenses.bargaining.kernel.eum_table import EVEN, Table, table

KINDS = {
    cells.CONFRONTATION: "confrontation",
    cells.COMPROMISE: "compromise",
    cells.COMPEL: "compel",
}
"""What encounters are called."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One encounter: actor `receiver` would give way to actor `proposer`, as far as `to`."""

    turn: int
    proposer: int
    receiver: int
    to: float
    worth: float
    kind: str
    chosen: bool


@dataclass(frozen=True, eq=False)
class Course:
    """A game of one dimension: `history` and `risk` `(T, n)`, `median` and `mean` `(T,)`."""

    history: Floats
    risk: Floats
    median: Floats
    mean: Floats
    meetings: tuple[Meeting, ...]

    @property
    def repeats(self) -> tuple[int, int] | None:
        """First round whose positions come again, and after how many; None if none do."""
        for late in range(1, len(self.history)):
            same = np.abs(self.history[:late] - self.history[late]).max(axis=1) <= EVEN
            if same.any():
                first = int(np.flatnonzero(same)[-1])
                return first, late - first
        return None


def scales(positions: Floats, weights: Floats, rule: int) -> Floats:
    """What distances are parts of in games `(P, n)`: the whole scale or the first positions' range.

    Where nobody has weight or all stand together it is 1, and does not matter.
    """
    if rule == cells.EU_FIRST:
        return np.ones(len(positions))
    heavy = weights > 0.0
    high = np.where(heavy, positions, -np.inf).max(axis=1)
    low = np.where(heavy, positions, np.inf).min(axis=1)
    return np.where(high > low, high - low, 1.0)


def follow(
    positions: Floats, weights: Floats, saliences: Floats, rule: int, rounds: int, q: float
) -> Course:
    """Play one game `(n,)` and keep all of it."""
    n = positions.size
    at = np.array(positions, np.float64)[None]
    heavy, keen = np.ascontiguousarray(weights)[None], np.ascontiguousarray(saliences)[None]
    scale = scales(at, heavy, rule)
    scratch = table(n)
    history, risk = np.empty((rounds + 1, n)), np.ones((rounds + 1, n))
    median, mean, rests = np.empty((rounds + 1, 1)), np.empty((rounds + 1, 1)), np.empty(1)
    meetings: list[Meeting] = []
    active = np.flatnonzero(weights > 0.0)
    for turn in range(rounds + 1):
        one = int(turn > 0 and np.ptp(at[0, active]) > EVEN * scale[0])
        play_games(
            at, heavy, keen, scale, rule, one, q, scratch.rows, scratch.pairs, scratch.cut,
            scratch.prefix, median[turn], mean[turn], rests,
        )  # fmt: skip
        if one:
            places = scratch.rows[:, : active.size]
            risk[turn, places[cells.WHO].astype(np.int64)] = places[cells.EXPONENT]
            meetings.extend(_meetings(turn, history[turn - 1], places, scratch))
        history[turn] = at[0]
    return Course(history, risk, median[:, 0], mean[:, 0], tuple(meetings))


def _meetings(turn: int, x: Floats, places: Floats, scratch: Table) -> Iterator[Meeting]:
    """The encounters of the round whose numbers are on the table, by receiver and proposer."""
    who = places[cells.WHO].astype(np.int64)
    lefts, rights = np.triu_indices(who.size, 1)
    sides = (
        (lefts, rights, cells.LEFT_KIND, cells.LEFT_PART, cells.LEFT_FEARS),
        (rights, lefts, cells.RIGHT_KIND, cells.RIGHT_PART, cells.RIGHT_FEARS),
    )
    found: list[Meeting] = []
    for receivers, proposers, kind, part, fears in sides:
        numbers = scratch.pairs[[kind, part, fears], : lefts.size].T
        for k, by, (what, way, worth) in zip(receivers, proposers, numbers, strict=True):
            if np.isfinite(what):
                i, j = int(who[k]), int(who[by])
                to = x[j] if way == 1.0 else x[i] + (x[j] - x[i]) * way
                chosen = bool(places[cells.BEST, k] == j)
                found.append(Meeting(turn, j, i, float(to), float(worth), KINDS[int(what)], chosen))
    yield from sorted(found, key=lambda meeting: (meeting.receiver, meeting.proposer))
