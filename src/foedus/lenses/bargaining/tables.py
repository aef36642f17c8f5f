"""Reading a table of actors: a plain one, or one of KTAB.

A plain table is CSV (cut at `,`, `;` or tab) with a head. In any order, with other columns passed
over:

- long: `actor`, `position`, `capability`, `salience`, with a row for each actor; with a column
  `dim`, a row for each actor and dimension, every actor having each;
- wide: `actor`, `capability`, and `position_1`, `salience_1`, `position_2`, … (or `position1`, or
  with words, as `position_economy`), a row for each actor;
- a column `case` in either holds the name of the case a row belongs to.

KTAB's CSV and XML are told by what they hold; their positions are from 0 to 100, their saliences
in percent.
"""

from __future__ import annotations

import os

from foedus.lenses.bargaining.interchange import ktab_csv, ktab_xml, plain
from foedus.lenses.bargaining.interchange.table import UNITS, Reading, Scale, Table
from foedus.lenses.cells import TableError, bytes_of, rows_of

__all__ = ["UNITS", "Table", "TableError", "case_names", "read_table"]


def read_table(
    path: str | os.PathLike[str],
    *,
    case: str | None = None,
    salience_unit: str = "auto",
    scale: Scale | None = None,
) -> Table:
    """The table of actors in a file.

    `case` chooses among several. `salience_unit` is `auto` (percent if any exceeds 1), `share` or
    `percent`. `scale` gives both ends of every dimension; else they are the outermost positions,
    for KTAB's files 0 and 100. Raises TableError, with line and column, and GameError for what is
    no scale or no unit.
    """
    reading = Reading(salience_unit, scale)
    raw, file = bytes_of(path), str(path)
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        table = ktab_xml.table_of(raw, file, reading)
    else:
        rows = rows_of(raw, file)
        if not ktab_csv.is_ktab(rows):
            return plain.table_of(rows, case, reading)
        table = ktab_csv.table_of(rows, reading)
    if case is not None and case != table.name:
        raise TableError(file, "", f"has one scenario, {table.name!r}, and no case {case!r}")
    return table


def case_names(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """The names of the cases in a plain table; none without a column `case`. Raises TableError."""
    return plain.cases_of(rows_of(bytes_of(path), str(path)))
