"""A tidy table as one NPY array of 64-bit floats, the only such array that is read.

Source of the layout: NEP 1, "A simple file format for NumPy arrays" (Kern 2007), version 1.0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.lenses.lens import Floats
from foedus.verdict.saving.tidy import DRAW, Columns

_MAGIC = b"\x93NUMPY\x01\x00"
_ALIGNED = 64
_WHOLE = 2.0**53
"""Below this every whole number is a float."""


def header(draws: int, count: int) -> bytes:
    """The only header that a table of draws and columns may have: by rows, little-endian.

    Written here and not by numpy, so that reading is comparing, nothing in a file is evaluated, and
    the bytes are the same for any version of numpy.
    """
    told = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({draws}, {count}), }}"
    blanks = -(len(_MAGIC) + 2 + len(told) + 1) % _ALIGNED
    padded = f"{told}{' ' * blanks}\n".encode("ascii")
    return _MAGIC + len(padded).to_bytes(2, "little") + padded


def written(table: Columns) -> bytes:
    """A table as an NPY file, `(draws, columns)`; the names are not in it."""
    rows: Floats = np.column_stack(list(table.values())).astype("<f8")
    return header(*rows.shape) + rows.tobytes()


def read(raw: bytes, names: Sequence[str], draws: int) -> Columns:
    """The table in the bytes of an NPY file, its columns named and not to be written to.

    Raises ValueError if it is not one of these draws and columns, the first of which numbers them.
    """
    front = header(draws, len(names))
    if not raw.startswith(front) or len(raw) != len(front) + 8 * draws * len(names):
        raise ValueError(f"is not the table of {draws} draws that the manifest tells of")
    if len(set(names)) != len(names) or names[0] != DRAW:
        raise ValueError(f"should have columns of different names, and {DRAW} first")
    rows: Floats = np.frombuffer(raw, "<f8", offset=len(front)).reshape(draws, len(names))
    numbers = rows[:, 0]
    if not (np.abs(numbers) < _WHOLE).all() or (numbers != np.rint(numbers)).any():
        raise ValueError(f"should have whole numbers as {DRAW}")
    table: Columns = dict(zip(names, rows.T.astype(np.float64, order="C"), strict=True))
    table[DRAW] = numbers.astype(np.int64)
    for column in table.values():
        column.flags.writeable = False
    return table
