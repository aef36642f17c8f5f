"""Every way to divide some members into sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST = 10
"""The most members whose partitions are all written out: there are 115,975 of ten."""

Strings = NDArray[np.int8]
Masks = NDArray[np.int32]


def growth(n: int) -> Strings:
    """All partitions of n members `(Bell(n), n)` as restricted growth strings, in lexical order.

    Entry i is the number of member i's set, sets numbered as they first appear. Hutchinson 1963.
    """
    strings, top = np.zeros((1, 1), np.int8), np.zeros(1, np.int8)
    for _ in range(1, n):
        choices = top.astype(np.int64) + 2
        rows = np.repeat(np.arange(choices.size), choices)
        last = np.arange(rows.size) - np.repeat(choices.cumsum() - choices, choices)
        strings = np.column_stack((strings[rows], last.astype(np.int8)))
        top = np.maximum(top[rows], last.astype(np.int8))
    return strings


def blocks_of(strings: Strings) -> Masks:
    """The sets of each partition `(P, n)` as bit masks, in order, with zeros after the last."""
    rows = np.arange(strings.shape[0])
    blocks = np.zeros(strings.shape, np.int32)
    for i in range(strings.shape[1]):
        blocks[rows, strings[:, i]] |= np.int32(1 << i)
    return blocks
