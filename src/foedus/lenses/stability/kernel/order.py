"""Preferences as whole-number levels, and states sorted by them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import jit

Levels = NDArray[np.int32]
WIDE = 1 << 22
"""Whole numbers spread over fewer values than this are taken as levels as they are."""


def levels(utility: NDArray[Any]) -> Levels:
    """Utilities `(N, S)` as levels from 0 in the same order, ties kept."""
    out = np.empty(utility.shape, np.int32)
    for i, row in enumerate(utility):
        if np.issubdtype(row.dtype, np.integer):
            low, high = int(row.min()), int(row.max())
            if high - low < WIDE:
                # a small type may not hold the difference of two of its own numbers
                wide = np.uint64 if low >= 0 else np.int64
                np.subtract(row, low, out=out[i], dtype=wide, casting="unsafe")
                continue
        out[i] = np.unique(row, return_inverse=True)[1].reshape(-1)
    return out


@jit
def ascending(key: Levels) -> NDArray[np.int32]:
    """States by ascending level, those of one level in their own order: a counting sort."""
    top = 0
    for s in range(key.size):
        top = max(top, key[s])
    place = np.zeros(top + 2, np.int64)
    for s in range(key.size):
        place[key[s] + 1] += 1
    for level in range(top + 1):
        place[level + 1] += place[level]
    out = np.empty(key.size, np.int32)
    for s in range(key.size):
        out[place[key[s]]] = s
        place[key[s]] += 1
    return out
