"""Edge lists: a row for each tie, columns by name and in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.case.nearest import quoted
from foedus.lenses.balance.interchange.ties import Record, TieTable, assembled
from foedus.lenses.cells import Cell, Row, TableError, rows_of

ENDS = (("source", "target"), ("from", "to"))
TOLD = ("sign", "weight", "date")
QUOTE, END = b'"', "end"


@dataclass(frozen=True)
class _Columns:
    """Where the columns are that count; `heads` are all there are."""

    ends: tuple[int, int]
    sign: int | None
    weight: int | None
    date: int | None
    heads: tuple[str, ...]

    def cell(self, row: Row, at: int) -> Cell:
        return row.cell(at, self.heads[at])

    def maybe(self, row: Row, at: int | None) -> Cell | None:
        return None if at is None else self.cell(row, at)


def closed_rows(raw: bytes, file: str) -> list[Row]:
    """The rows of an edge list. Raises TableError, also where a quote opens that never closes.

    Such a quote takes in all that follows: also a further row that is written below.
    """
    if raw.count(QUOTE) % 2 == 0:
        return rows_of(raw, file)
    *rows, last = rows_of(raw + b"\n" + END.encode(), file)
    if last.texts == (END,):
        return rows or rows_of(raw, file)
    lines = raw.splitlines()
    before = rows[-1].line if rows else 0
    line = next((k for k in range(before, len(lines)) if QUOTE in lines[k]), before)
    raise TableError(file, f"line {line + 1}", "opens a quote that is never closed")


def table_of(rows: Sequence[Row]) -> TieTable:
    """The ties of an edge list. Raises TableError with the place.

    A row with one actor and nothing else that counts is of an actor that may have no ties.
    """
    columns = _columns(rows[0])
    alone: list[Cell] = []
    records = list(_records(rows[1:], columns, alone))
    return assembled(records, alone, rows[0].file)


def _records(rows: Sequence[Row], columns: _Columns, alone: list[Cell]) -> Iterator[Record]:
    told = [at for at in (columns.sign, columns.weight, columns.date) if at is not None]
    for row in rows:
        if any(row.texts[len(columns.heads) :]):
            raise TableError(row.file, f"line {row.line}", "has more cells than the head")
        source, target = (columns.cell(row, at) for at in columns.ends)
        if not target.text and not any(columns.cell(row, at).text for at in told):
            alone.append(source)
            continue
        yield Record(
            source, target, columns.maybe(row, columns.sign),
            columns.maybe(row, columns.weight), columns.maybe(row, columns.date),
        )  # fmt: skip


def _columns(head: Row) -> _Columns:
    heads = tuple(text.lower() for text in head.texts)
    where: dict[str, int] = {}
    for at, text in enumerate(heads):
        if text in where and text in ("source", "target", "from", "to", *TOLD):
            raise TableError(head.file, f"line {head.line}", f"has two columns {quoted(text)}")
        where.setdefault(text, at)
    names = next((pair for pair in ENDS if any(name in where for name in pair)), ENDS[0])
    for name in names:
        if name not in where:
            raise _missing(head, name)
    sign, weight, date = (where.get(name) for name in TOLD)
    if sign is None and weight is None:
        raise _missing(head, "sign")
    return _Columns((where[names[0]], where[names[1]]), sign, weight, date, heads)


def _missing(head: Row, column: str) -> TableError:
    should = "; there should be source and target (or from and to), and sign or weight"
    return TableError(head.file, f"line {head.line}", f"has no column {quoted(column)}{should}")
