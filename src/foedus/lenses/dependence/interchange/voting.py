"""Weighted votes: `member`, `weight`, and `veto` if need be; a set that can pass is worth 1."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from foedus.case.nearest import quoted
from foedus.lenses.cells import Cell, Row, TableError
from foedus.lenses.dependence.game import Game, GameError
from foedus.lenses.dependence.interchange.head import LARGEST, Columns, enlist, line_of
from foedus.lenses.dependence.interchange.sets import member_of
from foedus.lenses.dependence.kernel.tables import sums

YES = ("yes", "true", "1", "x", "veto")
NO = ("no", "false", "0", "")
SLACK = 1e-12
"""How far below the quota still reaches it where there are fractions, whose sums are rounded."""


def game_of(rows: Sequence[Row], columns: Columns, quota: float | None) -> Game:
    """The vote: sets with at least the quota, and all who have a veto, are worth 1, others 0.

    Raises TableError and GameError, also where not even all together can pass.
    """
    if quota is None:
        raise TableError(rows[0].file, "", "is a vote by weights; --quota Q says what it takes")
    found, weights, needed = dict[str, int](), list[float](), 0
    seen: dict[str, Cell] = {}
    for row in rows:
        cell = columns.cell(row, "member")
        name = member_of(cell)
        if name in seen:
            raise cell.fault(f"{quoted(name)} has a row already: {line_of(seen[name])}")
        seen[name] = cell
        at = enlist(found, name, cell)
        weights.append(columns.cell(row, "weight").number(0.0, LARGEST))
        if columns.has("veto") and _says_yes(columns.cell(row, "veto")):
            needed |= 1 << at
    total = sum(weights)
    if not (isfinite(quota) and quota > 0.0):
        raise GameError(f"the quota should be a number above 0, not {quota:g}")
    whole = all(float(number).is_integer() for number in (quota, *weights))
    enough = quota if whole else quota * (1.0 - SLACK)
    if total < enough:
        raise GameError(f"the quota is {quota:g}, but all weights together are {total:g}")
    sets = np.arange(1 << len(weights))
    passes = (sums(np.array(weights)) >= enough) & (sets & needed == needed)
    return Game(tuple(found), passes.astype(np.float64))


def _says_yes(cell: Cell) -> bool:
    said = cell.text.lower()
    if said not in YES + NO:
        raise cell.fault(f"should be yes or no, not {quoted(cell.text)}")
    return said in YES
