"""Columns out of raw csv and Stata files, checked as they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.case.nearest import did_you_mean, quoted
from foedus.record.data.errors import DataError

Kind = Literal["number", "text"]
Column = NDArray[Any]
MISSING = frozenset(("", ".", "na", "n/a", "nan", "null"))
LONGEST_CELL = 1 << 20


@dataclass(frozen=True, slots=True)
class Raw:
    """Some columns of a raw file: numbers as floats, NaN where there is none; texts as objects."""

    where: str
    columns: Mapping[str, Column]

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())))

    def whole(self, name: str) -> NDArray[np.int64]:
        """A column of whole numbers without gaps, as ids and years are; DataError if it is not."""
        values = self.columns[name]
        bad = np.flatnonzero(~(np.isfinite(values) & (values == np.round(values))))
        if bad.size:
            row = int(bad[0])
            raise DataError(
                f"{self.where}: column {name} is {values[row]:g} in row {row + 1}; "
                "it should be a whole number in every row"
            )
        return values.astype(np.int64)


def read_csv(raw: bytes, where: str, wanted: Mapping[str, Kind]) -> Raw:
    """The wanted columns of a csv file, whatever the case of its header and its line ends.

    Raises DataError that names the file, the row and the column, and what would be right.
    """
    rows = _rows(_decoded(raw, where), where)
    header = [name.strip().lower() for name in next(rows, [])]
    places = _places(header, where, wanted)
    last = max(places.values())
    cells: dict[str, list[str]] = {name: [] for name in wanted}
    for k, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= last:
            raise DataError(
                f"{where}: row {k} has {len(row)} cells, the header {len(header)}; "
                "the file may be cut off"
            )
        for name, place in places.items():
            cells[name].append(row[place].strip())
    if not next(iter(cells.values())):
        raise DataError(f"{where}: has no rows below its header")
    columns = {name: _typed(cells[name], name, where, kind) for name, kind in wanted.items()}
    return Raw(where, columns)


def read_dta(raw: bytes, where: str, wanted: Mapping[str, Kind]) -> Raw:
    """The wanted columns of a Stata file.

    Raises DataError that names the file and the column, and what would be right.
    """
    import pandas as pd

    try:
        frame = pd.read_stata(BytesIO(raw), convert_categoricals=False, convert_dates=False)
    except Exception as wrong:  # a damaged file breaks pandas in many ways
        raise DataError(f"{where}: cannot be read as a Stata file: {wrong}") from None
    places = _places([str(name).lower() for name in frame.columns], where, wanted)
    columns = {}
    for name, kind in wanted.items():
        values = frame.iloc[:, places[name]]
        if kind == "number" and values.dtype.kind in "biuf":
            columns[name] = values.to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            cells = ["" if value is None or value != value else _plain(value) for value in values]
            columns[name] = _typed(cells, name, where, kind)
    if not len(frame):
        raise DataError(f"{where}: has no rows")
    return Raw(where, columns)


def _decoded(raw: bytes, where: str) -> str:
    if b"\0" in raw[:4096]:
        raise DataError(f"{where}: is no csv file in UTF-8 or Latin letters")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DataError(f"{where}: its letters cannot be read; it should be in UTF-8 or Latin letters")


def _rows(text: str, where: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from csv.reader(StringIO(text, newline=""))
    except csv.Error as wrong:
        raise DataError(f"{where}: cannot be read as a csv file: {wrong}") from None


def _places(header: Sequence[str], where: str, wanted: Mapping[str, Kind]) -> dict[str, int]:
    for name in wanted:
        if name not in header:
            raise DataError(f"{where}: has no column {name}{did_you_mean(name, header, 'it has')}")
    return {name: header.index(name) for name in wanted}


def _typed(cells: Sequence[str], name: str, where: str, kind: Kind) -> Column:
    if kind == "text":
        return np.array(cells, dtype=object)
    out = np.empty(len(cells))
    for k, cell in enumerate(cells):
        try:
            out[k] = np.nan if cell.lower() in MISSING else float(cell)
        except ValueError:
            raise DataError(
                f"{where}: column {name} is {quoted(cell)} in row {k + 1}; it should be a number"
            ) from None
    return out


def _plain(value: Any) -> str:
    """A text, or a number as it would stand in a csv file."""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()
