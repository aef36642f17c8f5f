"""Tables of worths: `coalition`, `worth`, with a row for every set of members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.case.nearest import quoted
from foedus.lenses.cells import Cell, Row, TableError
from foedus.lenses.dependence.game import Floats, Game, named
from foedus.lenses.dependence.interchange.head import LARGEST, Columns, enlist, line_of
from foedus.lenses.dependence.interchange.sets import joined_by, names_of, refuse_foreign
from foedus.lenses.dependence.kernel.tables import sizes

FEW = 4
"""Missing sets that are named."""


def game_of(rows: Sequence[Row], columns: Columns, *, fill: bool) -> Game:
    """The game of a table of worths; `fill` counts sets without a row as worth 0.

    Raises TableError for a set that is missing or has two rows, and for what is no number.
    """
    cells = [columns.cell(row, "coalition") for row in rows]
    members, masks = masks_of(cells)
    worth, seen = np.zeros(1 << len(members)), dict[int, Cell]()
    for row, cell, mask in zip(rows, cells, masks, strict=True):
        once(seen, mask, cell)
        value = columns.cell(row, "worth")
        worth[mask] = value.number(-LARGEST, LARGEST)
        if not mask and worth[0] != 0.0:
            raise value.fault(f"should be 0, which the empty set is worth, not {worth[0]:g}")
    if not fill:
        known = np.zeros(worth.size, bool)
        known[[0, *seen]] = True
        refuse_gaps(rows[0].file, members, np.flatnonzero(~known), worth.size - 1)
    return Game(members, worth)


def masks_of(cells: Sequence[Cell]) -> tuple[tuple[str, ...], list[int]]:
    """The members that the sets of a column name, as they come, and each set's mask."""
    joins, found = joined_by(cells), dict[str, int]()
    named = [names_of(cell, joins) for cell in cells]
    if len(set(named)) < 2 ** len({name for names in named for name in names}) - 1:
        refuse_foreign(cells, named)  # sets are missing: some may be members by mistake
    masks = [
        sum(1 << enlist(found, name, cell) for name in names)
        for cell, names in zip(cells, named, strict=True)
    ]
    if not found:
        raise cells[0].fault("names no member, and neither does any other row")
    return tuple(found), masks


def once(seen: dict[int, Cell], key: int, cell: Cell) -> None:
    """Note that a row has come up. Raises TableError if it has before."""
    if key in seen:
        raise cell.fault(f"{quoted(cell.text)} has a row already: {line_of(seen[key])}")
    seen[key] = cell


def refuse_gaps(
    file: str, members: tuple[str, ...], gaps: Floats | np.ndarray, of: int, who: str = ""
) -> None:
    """Raise TableError if sets are missing: how many, and the first of the smallest of them."""
    if not gaps.size:
        return
    first = gaps[np.argsort(sizes(len(members))[gaps], kind="stable")[:FEW]]
    told = ", ".join("+".join(named(members, int(mask))) for mask in first)
    more = ", …" if gaps.size > FEW else ""
    raise TableError(
        file, "", f"lacks {gaps.size:,} of the {of:,} sets{who}: {told}{more}; "
        "--missing zero counts what is not there as 0"
    )  # fmt: skip
