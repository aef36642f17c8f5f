"""Plain tables of actors: columns by name, in any order, with a row for each actor or dimension."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.case.nearest import did_you_mean, nearest, quoted
from foedus.lenses.bargaining.interchange.table import Reading, Record, Table, assembled
from foedus.lenses.cells import Cell, Row, TableError

WIDE = re.compile(r"(position|salience)[ _-]*(\S.*)")
LONG_COLUMNS = ("actor", "position", "capability", "salience")


@dataclass(frozen=True)
class _Columns:
    """Where the columns are: `pairs` has the position and the salience of each dimension."""

    actor: int
    capability: int
    case: int | None
    dim: int | None
    pairs: dict[str, tuple[int, int]]
    heads: tuple[str, ...]

    def cell(self, row: Row, at: int) -> Cell:
        return row.cell(at, self.heads[at])


def cases_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of the cases in a table, as they come; none without a column `case`."""
    columns = _columns(rows[0])
    if columns.case is None:
        return ()
    return tuple(dict.fromkeys(columns.cell(row, columns.case).name() for row in rows[1:]))


def table_of(rows: Sequence[Row], case: str | None, reading: Reading) -> Table:
    """The table of one case. Raises TableError; `case` may be None if there is only one."""
    columns = _columns(rows[0])
    name, chosen = _chosen(rows, columns, case)
    if not chosen:
        raise TableError(rows[0].file, "", "has a head and no rows")
    for row in chosen:
        if any(row.texts[len(columns.heads) :]):
            raise TableError(row.file, f"line {row.line}", "has more cells than the head")
    if columns.dim is None:
        records = [_record(row, columns, list(columns.pairs.values())) for row in chosen]
        return assembled(name, list(columns.pairs), records, reading)
    return assembled(name, *_stacked(chosen, columns, columns.dim), reading)


def _columns(head: Row) -> _Columns:
    heads = tuple(text.lower() for text in head.texts)
    where: dict[str, int] = {}
    for at, text in enumerate(heads):
        if text and text in where:
            raise TableError(head.file, f"line {head.line}", f"has two columns {quoted(text)}")
        where[text] = at
    wide = {text: m for text in heads if (m := WIDE.fullmatch(text))}
    if "position" not in where and wide:
        needed: tuple[str, ...] = ("actor", "capability")
        pairs = _pairs(head, where, wide)
    else:
        needed = LONG_COLUMNS
    for column in needed:
        if column not in where:
            raise _missing(head, column, heads)
    if "position" in where:
        pairs = {"position": (where["position"], where["salience"])}
    return _Columns(
        where["actor"], where["capability"], where.get("case"),
        where.get("dim") if "position" in where else None, pairs, heads,
    )  # fmt: skip


def _pairs(
    head: Row, where: dict[str, int], wide: dict[str, re.Match[str]]
) -> dict[str, tuple[int, int]]:
    found: dict[str, dict[str, int]] = {}
    for text, match in wide.items():
        found.setdefault(match[2], {})[match[1]] = where[text]
    for dimension, both in found.items():
        for kind in ("position", "salience"):
            if kind not in both:
                raise _missing(head, f"{kind}_{dimension}", tuple(where))
    return {dimension: (both["position"], both["salience"]) for dimension, both in found.items()}


def _missing(head: Row, column: str, heads: Sequence[str]) -> TableError:
    near = nearest(column, [text for text in heads if text not in LONG_COLUMNS])
    hint = f", did you mean it by {quoted(near)}?" if near else (
        "; there should be actor, capability, position and salience (or position_1, salience_1 …)"
    )  # fmt: skip
    return TableError(head.file, f"line {head.line}", f"has no column {quoted(column)}{hint}")


def _chosen(rows: Sequence[Row], columns: _Columns, case: str | None) -> tuple[str, list[Row]]:
    names, file = cases_of(rows), rows[0].file
    if case is None:
        if len(names) > 1:
            said = did_you_mean("", names, "choose one of")
            raise TableError(file, "", f"holds {len(names)} cases{said}")
        return (names[0] if names else ""), list(rows[1:])
    if columns.case is None:
        raise TableError(file, "", f"has no column case, so there is no case {quoted(case)}")
    if case not in names:
        raise TableError(file, "", f"there is no case {quoted(case)}{did_you_mean(case, names)}")
    return case, [row for row in rows[1:] if columns.cell(row, columns.case).text == case]


def _record(row: Row, columns: _Columns, pairs: Sequence[tuple[int, int]]) -> Record:
    return Record(
        columns.cell(row, columns.actor),
        columns.cell(row, columns.capability),
        tuple(columns.cell(row, at) for at, _ in pairs),
        tuple(columns.cell(row, at) for _, at in pairs),
    )


def _stacked(
    rows: Sequence[Row], columns: _Columns, dim: int
) -> tuple[list[str], list[Record]]:  # fmt: skip
    """Dimensions and records of a table with a row for each actor and dimension."""
    (pair,) = columns.pairs.values()
    found: dict[str, dict[str, Record]] = {}
    dims: dict[str, None] = {}
    for row in rows:
        one, label = _record(row, columns, [pair]), columns.cell(row, dim)
        mine = found.setdefault(one.actor.name(), {})
        if label.name() in mine:
            before = mine[label.text].actor.place.partition(",")[0]
            raise one.actor.fault(
                f"{quoted(one.actor.text)} has a row for dimension {label.text} already: {before}"
            )
        _refuse_another_capability(mine, one)
        mine[label.text] = one
        dims[label.text] = None
    return list(dims), [_joined(mine, list(dims)) for mine in found.values()]


def _refuse_another_capability(mine: dict[str, Record], one: Record) -> None:
    before = next(iter(mine.values()), one)
    if one.capability.number() != before.capability.number():
        where = before.capability.place.partition(",")[0]
        said = f"is {one.capability.text}, but {before.capability.text} for the same actor"
        raise one.capability.fault(f"{said} in {where}")


def _joined(mine: dict[str, Record], dims: Sequence[str]) -> Record:
    first = next(iter(mine.values()))
    for label in dims:
        if label not in mine:
            raise first.actor.fault(f"{quoted(first.actor.text)} has no row for dimension {label}")
    return Record(
        first.actor,
        first.capability,
        tuple(mine[label].positions[0] for label in dims),
        tuple(mine[label].saliences[0] for label in dims),
    )
