"""The head of a table: columns by name, in any order, others passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.case.nearest import quoted
from foedus.lenses.cells import Cell, Row, TableError
from foedus.lenses.dependence.game import MOST

LARGEST = 1e12
"""The largest number of a table, either side of 0."""


@dataclass(frozen=True)
class Columns:
    """Where the columns are."""

    heads: tuple[str, ...]

    def has(self, *names: str) -> bool:
        """Whether there are columns of all these names."""
        return all(name in self.heads for name in names)

    def cell(self, row: Row, name: str) -> Cell:
        """A row's cell in a column that there is."""
        return row.cell(self.heads.index(name), name)


def columns_of(rows: Sequence[Row]) -> Columns:
    """The columns of a table. Raises TableError for two of one name, and for what has no rows."""
    head = rows[0]
    heads = tuple(text.lower() for text in head.texts)
    for at, text in enumerate(heads):
        if text and text in heads[:at]:
            raise TableError(head.file, f"line {head.line}", f"has two columns {quoted(text)}")
    if len(rows) == 1:
        raise TableError(head.file, "", "has a head and no rows")
    for row in rows[1:]:
        if any(row.texts[len(heads) :]):
            raise TableError(row.file, f"line {row.line}", "has more cells than the head")
    return Columns(heads)


def line_of(cell: Cell) -> str:
    """The line a cell stands in."""
    return cell.place.partition(",")[0]


def enlist(found: dict[str, int], name: str, cell: Cell) -> int:
    """The number of a member, a new one for a name not known yet.

    Raises TableError where there are too many.
    """
    if name not in found and len(found) == MOST:
        raise cell.fault(f"names {quoted(name)}, one more than the {MOST} members there may be")
    return found.setdefault(name, len(found))
