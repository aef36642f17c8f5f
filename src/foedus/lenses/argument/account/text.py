"""The rows of a file that may be a table, or a plain reason why it is none."""

from __future__ import annotations

import csv
import io
import os

from foedus.lenses.cells import Row, TableError, bytes_of, delimiter_of, rows_of

FOREIGN = {
    b"PK\x03\x04": "is a workbook, not a table of text; save it as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "is a workbook, not a table of text; save it as CSV (UTF-8)",
    b"\xff\xfe": "is UTF-16 text; save it as CSV in UTF-8",
    b"\xfe\xff": "is UTF-16 text; save it as CSV in UTF-8",
}
"""How files begin that people take for tables of text."""


def table_rows(path: str | os.PathLike[str]) -> list[Row]:
    """The rows that are not empty. Raises TableError for what is no table of text."""
    file, raw = str(path), bytes_of(path)
    for start, message in FOREIGN.items():
        if raw.startswith(start):
            raise TableError(file, "", message)
    rows = rows_of(raw, file)
    if rows[0].texts[0].lower().startswith("sep="):
        raise TableError(file, f"line {rows[0].line}", "is a word to Excel, not a row; take it out")
    _closed(raw.decode("utf-8-sig"), file)
    return rows


def _closed(text: str, file: str) -> None:
    """Refuse a text that ends within quotes: they have swallowed rows."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter_of(text),
        skipinitialspace=True,
        strict=True,
    )
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise TableError(file, f"line {line}", "has a quote that nothing closes") from None
