"""Hedonic games: what members are to each other (`partner`), or sets to members (`coalition`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.case.nearest import quoted
from foedus.lenses.cells import Cell, Row
from foedus.lenses.dependence.game import Hedonic
from foedus.lenses.dependence.hedonic import additively_separable
from foedus.lenses.dependence.interchange.head import LARGEST, Columns, enlist, line_of
from foedus.lenses.dependence.interchange.sets import member_of
from foedus.lenses.dependence.interchange.worths import masks_of, once, refuse_gaps
from foedus.lenses.dependence.kernel.tables import inside


def of_partners(rows: Sequence[Row], columns: Columns) -> Hedonic:
    """From `member`, `partner`, `value`: a set is to a member the sum of what its others are.

    A pair without a row counts as 0. Raises TableError.
    """
    found: dict[str, int] = {}
    values: dict[tuple[int, int], tuple[Cell, float]] = {}
    for row in rows:
        cells = [columns.cell(row, name) for name in ("member", "partner")]
        one, other = (enlist(found, member_of(cell), cell) for cell in cells)
        if one == other:
            raise cells[1].fault(f"{quoted(cells[1].text)} is the member itself")
        if (one, other) in values:
            before = line_of(values[one, other][0])
            raise cells[1].fault(f"this pair has a row already: {before}")
        value = columns.cell(row, "value").number(-LARGEST, LARGEST)
        values[one, other] = cells[1], value
    table = np.zeros((len(found), len(found)))
    for (one, other), (_, value) in values.items():
        table[one, other] = value
    return Hedonic(tuple(found), additively_separable(table))


def of_sets(rows: Sequence[Row], columns: Columns, *, fill: bool) -> Hedonic:
    """From `member`, `coalition`, `value`: every set has a row for each member in it.

    `fill` counts what has no row as 0. Raises TableError.
    """
    cells = [columns.cell(row, "coalition") for row in rows]
    members, masks = masks_of(cells)
    utility = np.full((len(members), 1 << len(members)), np.nan)
    seen: list[dict[int, Cell]] = [{} for _ in members]
    for row, cell, mask in zip(rows, cells, masks, strict=True):
        who = columns.cell(row, "member")
        name = member_of(who)
        if name not in members or not mask >> members.index(name) & 1:
            raise who.fault(f"{quoted(name)} is not in the set {quoted(cell.text)}")
        i = members.index(name)
        once(seen[i], mask, cell)
        utility[i, mask] = columns.cell(row, "value").number(-LARGEST, LARGEST)
    for i, member in enumerate(members):
        mine = inside(len(members))[:, i]
        gaps = np.flatnonzero(mine & np.isnan(utility[i]))
        if fill:
            utility[i, gaps] = 0.0
        else:
            refuse_gaps(rows[0].file, members, gaps, int(mine.sum()), f" with {member} in them")
    return Hedonic(members, utility)
