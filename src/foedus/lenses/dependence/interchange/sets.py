"""Sets of members as text: `A+B`, `A & B`, `A;B`, `A B`, `{A, B}`; a partition: `A+B;C`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from foedus.case.nearest import quoted
from foedus.lenses.cells import Cell
from foedus.lenses.dependence.game import GameError

JOINING = re.compile(r"[+&;]")
"""What joins members for certain; where a table has one of these, spaces belong to names."""
FOREIGN = re.compile(r"[^\w\s]|_")
"""Signs that may stand in a name, or be meant to join members."""
EMPTY = ("", "∅", "{}")


def joined_by(cells: Iterable[Cell]) -> re.Pattern[str]:
    """What joins the members in a column of sets: one of + & ; or else commas and spaces."""
    surely = any(JOINING.search(cell.text) for cell in cells)
    return JOINING if surely else re.compile(r"[,\s]+")


def names_of(cell: Cell, joins: re.Pattern[str]) -> tuple[str, ...]:
    """The members of the set in a cell, none for the empty set. Raises TableError."""
    text = cell.text.strip()
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1].strip()
    if text in EMPTY:
        return ()
    names = tuple(part.strip() for part in joins.split(text))
    for at, name in enumerate(names):
        if not name:
            raise cell.fault(f"has a sign that joins no members: {quoted(cell.text)}")
        Cell(cell.file, cell.place, name).name()
        if name in names[:at]:
            raise cell.fault(f"names {quoted(name)} twice")
    return names


def refuse_foreign(cells: Sequence[Cell], named: Sequence[tuple[str, ...]]) -> None:
    """Raise TableError at the first member called as others are, joined by a sign that does not."""
    known = {name for names in named for name in names}
    for cell, names in zip(cells, named, strict=True):
        for name in names:
            for sign in dict.fromkeys(FOREIGN.findall(name)):
                parts = [part.strip() for part in name.split(sign)]
                if not any(parts) or sum(part in known for part in parts) > 1:
                    told = f"{quoted(cell.text)} joins members by {quoted(sign)}"
                    raise cell.fault(f"{told}; what joins them is + & or ;")


def member_of(cell: Cell) -> str:
    """The one member in a cell. Raises TableError for a name that would read as several."""
    name = cell.name()
    if JOINING.search(name):
        raise cell.fault(f"should be one member without + & ; in its name, not {quoted(name)}")
    return name


def partition_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The sets of a partition written as `A+B;C`. Raises GameError."""
    sets = tuple(
        tuple(name.strip() for name in each.split("+")) for each in text.split(";")
    )  # fmt: skip
    if not all(name for each in sets for name in each):
        raise GameError(f"the partition {quoted(text)} should be sets as in A+B;C")
    return sets
