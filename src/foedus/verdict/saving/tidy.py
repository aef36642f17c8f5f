"""One tidy table of an analysis: a row a draw, a column each quantity and each outcome."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.case import write_atomically

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis

ENDINGS = (".parquet", ".csv")
"""Endings of tables that can be written."""
DRAW, WEIGHT = "draw", "weight"

Columns = dict[str, NDArray[Any]]
"""Name to an array over draws, in the order of the table: `draw` whole numbers, else floats."""


class TableNameError(Exception):
    """A table is asked for under a name with another ending than `.parquet` or `.csv`."""

    bad_input = True


def columns(analysis: Analysis) -> Columns:
    """Everything an analysis knows of each draw, by name.

    In this order: `draw`, its number in the ensemble; `weight`, how much it counts; every quantity
    by its path; what the verdict adds itself (`Analysis.beside`); then for every lens
    `LENS.weight`, which is 0 where the lens sets a draw aside, and its columns as `LENS.COLUMN`.
    NaN stands for what a draw does not have. Raises ValueError when two columns would have one name
    or a column has not one number a draw.
    """
    draws = analysis.draws
    table: Columns = {DRAW: np.asarray(draws.index, dtype=np.int64)}
    told = chain(
        ((WEIGHT, draws.weights),), draws.items(), analysis.beside.items(), _found(analysis)
    )
    for name, column in told:
        if name in table:
            raise ValueError(f"two columns would be called {name}")
        if np.shape(column) != (draws.size,):
            raise ValueError(f"column {name} has not one number for each of {draws.size} draws")
        # processors make NaN of different bits
        table[name] = np.where(np.isnan(column), np.nan, column).astype(np.float64)
    return table


def _found(analysis: Analysis) -> Iterator[tuple[str, NDArray[Any]]]:
    for lens, finding in analysis.findings.items():
        if finding.weights.size:
            yield f"{lens}.{WEIGHT}", finding.weights
        for name, column in finding.columns.items():
            yield f"{lens}.{name}", column


def described(analysis: Analysis) -> dict[str, dict[str, str]]:
    """What a reader of the table should know of its quantities: path to facts as text.

    `label` in words, `mode`, `low` and `high` as judged, `range` as allowed, and `because`, the
    evidence it rests on, where there is some.
    """
    told = {}
    for path, quantity in analysis.case.quantities().items():
        facts = {
            "label": analysis.case.label(path),
            **{name: repr(getattr(quantity, name)) for name in ("mode", "low", "high")},
            "range": f"{quantity.least:g} to {quantity.most:g}",
        }
        told[path] = facts | ({"because": " ".join(quantity.because)} if quantity.because else {})
    return told


def origin(analysis: Analysis) -> dict[str, str]:
    """Which analysis a table is of: the case with its fingerprint, seed, version and options."""
    return {
        "case": analysis.case.id,
        "case_hash": analysis.case.hash,
        "seed": str(analysis.seed),
        "version": analysis.version,
        "options": json.dumps(dict(analysis.options), ensure_ascii=False),
    }


def check_name(path: str | os.PathLike[str]) -> None:
    """See that a table can be written under a name. Raises TableNameError if not."""
    if not os.fspath(path).lower().endswith(ENDINGS):
        raise TableNameError(f"{os.fspath(path)}: a table should end in {' or '.join(ENDINGS)}")


def save_table(analysis: Analysis, path: str | os.PathLike[str]) -> None:
    """Write the tidy table of an analysis, as `write_table` does."""
    check_name(path)
    write_table(columns(analysis), path, origin(analysis), described(analysis))


def write_table(
    table: Mapping[str, NDArray[Any]],
    path: str | os.PathLike[str],
    metadata: Mapping[str, str] | None = None,
    fields: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Write a table, wholly or not at all: Parquet or CSV, by the ending of its name.

    `metadata` (of the table) and `fields` (of single columns) go into a Parquet file; a CSV file
    has no place for them. Raises TableNameError for another ending and OSError as the system does.
    """
    check_name(path)
    if Path(path).suffix.lower() == ".csv":
        write_atomically(path, as_csv(table))
    else:
        write_atomically(path, as_parquet(table, metadata or {}, fields or {}))


def as_csv(table: Mapping[str, NDArray[Any]]) -> str:
    """A table as text after RFC 4180, with plain line feeds.

    The first line names the columns. Numbers are as short as they can be and still read back to the
    same bits; an empty field stands for NaN.
    """
    names = ",".join(map(_quoted, table))
    cells = [_written(column) for column in table.values()]
    lines = (",".join(row) for row in zip(*cells, strict=True))
    # a lone empty field is written as "", for a line without a character is no row
    return f"{names}\n" + "".join((line or '""') + "\n" for line in lines)


def _quoted(name: str) -> str:
    if name and not any(sign in name for sign in ',"\r\n'):
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _written(column: NDArray[Any]) -> list[str]:
    cells = [repr(value) for value in column.tolist()]
    for place in np.flatnonzero(column != column):  # NaN alone differs from itself
        cells[place] = ""
    return cells


def as_parquet(
    table: Mapping[str, NDArray[Any]],
    metadata: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
) -> bytes:
    """A table as the bytes of a Parquet file, the same for one version of pyarrow.

    NaN becomes null. Metadata stand under their own names in the schema.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [pa.array(column, from_pandas=True) for column in table.values()]
    schema = pa.schema(
        [
            pa.field(name, array.type, metadata=dict(fields.get(name, {})))
            for name, array in zip(table, arrays, strict=True)
        ],
        metadata=dict(metadata),
    )
    held = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), held, compression="zstd")
    return held.getvalue().to_pybytes()  # type: ignore[no-any-return]
