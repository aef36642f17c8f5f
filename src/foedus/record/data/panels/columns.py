"""The columns of a panel, in their order and with their types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Cells = Mapping[str, Sequence[Any]]


def table(cells: Cells, whole: Sequence[str], order: Sequence[str]) -> Any:
    """A pyarrow table of these columns in this order.

    ``whole`` names columns of whole numbers; `sid` and `sname` are texts, all others floats. None
    and NaN become null, and so does every column that ``cells`` has not.
    """
    import pyarrow as pa

    rows = len(next(iter(cells.values())))
    arrays = {}
    for name in order:
        values = [_plain(value) for value in cells.get(name, [None] * rows)]
        kind = pa.int64() if name in whole else pa.float64()
        arrays[name] = pa.array(values, pa.string() if name in ("sid", "sname") else kind)
    return pa.table(arrays)


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if np.isnan(value) else value
    return value
