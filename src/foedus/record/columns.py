"""Columns of any data frame as arrays of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

LONGEST = 40
"""The most characters of a value that are shown."""


def column_names(frame: Any) -> list[str]:
    """The names of a frame's columns, as often as they occur; none if it has no columns."""
    if isinstance(frame, Mapping):
        return [str(name) for name in frame]
    # pyarrow's `columns` are the arrays themselves, so its names are asked for first
    for attribute in ("column_names", "columns"):
        names = getattr(frame, attribute, None)
        if names is not None:
            return [str(name) for name in names]
    return []


def numbers(column: Any) -> tuple[FloatArray, str | None]:
    """A column as floats, NaN where a value is missing; and what is wrong if it has no numbers."""
    values = np.asarray(column)
    nothing = np.empty(0)
    if values.ndim != 1:
        return nothing, f"has {values.ndim} dimensions, not one"
    if values.dtype.kind in "biuf":
        return values.astype(np.float64), None
    if values.dtype.kind != "O":
        return nothing, f"holds {_kind(values)}"
    out = np.empty(values.size)
    for k, value in enumerate(values):
        read = _number(value)
        if read is None:
            return nothing, f"is {_shown(value)} in row {k + 1}"
        out[k] = read
    return out, None


def repeated(columns: Sequence[Any]) -> tuple[int, int] | None:
    """The first two rows that agree in all columns; None if no two do."""
    codes = np.stack([_codes(column) for column in columns])
    order = np.lexsort(codes[::-1])
    same = np.flatnonzero((codes[:, order[1:]] == codes[:, order[:-1]]).all(axis=0))
    if not same.size:
        return None
    pairs = np.sort(np.stack([order[same], order[same + 1]]), axis=0)
    first = int(np.argmin(pairs[1]))
    return int(pairs[0, first]), int(pairs[1, first])


def _codes(column: Any) -> npt.NDArray[np.int64]:
    values = np.asarray(column)
    if values.dtype.kind == "O":
        values = np.array([str(value) for value in values], dtype=str)
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _kind(values: npt.NDArray[Any]) -> str:
    kinds = {"M": "dates", "m": "durations", "c": "complex numbers", "S": "bytes", "V": "records"}
    return kinds.get(values.dtype.kind, "text")


def _number(value: Any) -> float | None:
    """A number; NaN for what frames write where a value is missing; None for anything else."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return float("nan")
    if isinstance(value, str | bytes | complex):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
