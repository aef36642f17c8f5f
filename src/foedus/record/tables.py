"""Tables in files: parquet and csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

DELIMITERS = ",;\t"
LINE = 65536
"""The most characters of a header."""


class UnreadableError(ValueError):
    """A file that holds no table that can be read; the message says what would be right."""


def read_table(path: str) -> dict[str, npt.NDArray[Any]]:
    """What a parquet or csv file holds: an array by column, NaN where a number is missing.

    Raises UnreadableError if it is neither or cannot be read, OSError if there is no such file.
    """
    import pyarrow as pa

    place = Path(path)
    ending = place.suffix.lower()
    if ending not in (".parquet", ".csv"):
        raise UnreadableError("should end in .parquet or .csv, to be read as a panel")
    with place.open("rb") as file:
        start = file.read(4)
    if not start:
        raise UnreadableError("is empty; it should hold a panel, with a row for each tie and year")
    try:
        table = _parquet(path) if ending == ".parquet" else _csv(path)
    except (pa.ArrowException, UnicodeDecodeError) as wrong:
        said = str(wrong).strip().splitlines()[0].rstrip(".")
        raise UnreadableError(f"cannot be read as a {ending[1:]} file: {said}") from None
    names = list(table.column_names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnreadableError(f"has the column {twice[0]} twice; once would be right")
    return {name: _array(table.column(name)) for name in names}


def _array(column: Any) -> npt.NDArray[Any]:
    import pyarrow as pa
    from pyarrow import compute, types

    kind = column.type
    if types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind):
        # by buffers, for to_numpy and numbers of Python's own import pandas
        nothing = pa.Array.from_buffers(pa.float64(), 1, [None, pa.py_buffer(np.array([np.nan]))])
        whole = compute.cast(column, pa.float64(), safe=False).combine_chunks()
        return np.from_dlpack(compute.fill_null(whole, nothing[0]))
    values = np.empty(len(column), dtype=object)
    for place, value in enumerate(column.to_pylist()):  # at once, lists would be taken for rows
        values[place] = value
    return values


def _parquet(path: str) -> Any:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        return file.read()


def _csv(path: str) -> Any:
    from pyarrow import csv

    with Path(path).open(encoding="utf-8-sig") as file:
        header = file.readline(LINE)
    delimiter = max(DELIMITERS, key=header.count)
    return csv.read_csv(path, parse_options=csv.ParseOptions(delimiter=delimiter))
