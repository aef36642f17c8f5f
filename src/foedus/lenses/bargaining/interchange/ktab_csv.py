"""KTAB's CSV: a line about the scenario, a head, then a row for each actor.

The first line has the scenario's name, a description and the numbers of actors and of dimensions;
a row has name, description and capability, then position (0 to 100) and salience (percent) for each
dimension. Rows may end with a comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.lenses.bargaining.interchange.table import Reading, Record, Table, assembled
from foedus.lenses.cells import Row, TableError

SCALE = (0.0, 100.0)
BEFORE = 3
"""Columns before the first dimension."""


def is_ktab(rows: Sequence[Row]) -> bool:
    """Whether the first two rows are those of KTAB."""
    if len(rows) < 2:
        return False
    counts, head = rows[0].texts[2:4], rows[1].texts
    whole = len(counts) == 2 and all(text.isdecimal() and text.isascii() for text in counts)
    return whole and not any(rows[0].texts[4:]) and head[0].lower() == "actor"


def as_ktab(reading: Reading) -> Reading:
    """How KTAB's numbers are to be read where nothing else is asked for."""
    unit = "percent" if reading.salience_unit == "auto" else reading.salience_unit
    return replace(reading, salience_unit=unit, scale=reading.scale or SCALE)


def table_of(rows: Sequence[Row], reading: Reading) -> Table:
    """The table. Raises TableError with line and column."""
    top, head = rows[0], rows[1]
    actors = int(top.cell(2, "3").number(1.0, 1e6))
    dims = int(top.cell(3, "4").number(1.0, 1e3))
    heads = [text or str(at + 1) for at, text in enumerate(head.texts)]
    wide = BEFORE + 2 * dims
    if len([text for text in head.texts if text]) != wide:
        said = f"should name {wide} columns, as line {top.line} says {dims} dimensions"
        raise TableError(top.file, f"line {head.line}", said)
    if len(rows) - 2 != actors:
        said = f"says {actors:,} actors, but there are {len(rows) - 2:,}"
        raise TableError(top.file, f"line {top.line}", said)
    for row in rows[2:]:
        if any(row.texts[wide:]):
            raise TableError(row.file, f"line {row.line}", f"has more than {wide} cells")
    records = [_record(row, heads, dims) for row in rows[2:]]
    names = [heads[BEFORE + 2 * d] for d in range(dims)]
    return assembled(top.texts[0], names, records, as_ktab(reading))


def _record(row: Row, heads: Sequence[str], dims: int) -> Record:
    at = [BEFORE + 2 * d for d in range(dims)]
    return Record(
        row.cell(0, heads[0]),
        row.cell(2, heads[2]),
        tuple(row.cell(k, heads[k]) for k in at),
        tuple(row.cell(k + 1, heads[k + 1]) for k in at),
    )
