"""Stability of every partition of up to ten members at once.

Whatever is asked of a partition is asked of its sets, or of ordered pairs of them, so that it is
looked up in tables over sets made once: which moves go from one set to another, and which sets
object as far as the members of one set are concerned.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.dependence.kernel.hedonic import NOTIONS, Floats, slack
from foedus.lenses.dependence.kernel.partitions import MOST, Masks, Strings, blocks_of, growth
from foedus.lenses.dependence.kernel.tables import inside

Codes = NDArray[np.uint8]
Words = NDArray[np.uint64]
BIT = {notion: np.uint8(1 << k) for k, notion in enumerate(NOTIONS)}
"""The bit of a partition's code that says it is *not* stable in this sense."""
SLICE = 2048
"""How many partitions are held against all sets at a time."""


class Survey(NamedTuple):
    """Every partition `(P, n)` and what unsettles it `(P,)`, in the bits of `BIT`."""

    strings: Strings
    codes: Codes


def survey(utility: Floats) -> Survey:
    """All partitions of one game `(n, 2**n)`; n is at most 10."""
    n = utility.shape[0]
    if n > MOST:
        raise ValueError(f"all partitions of at most {MOST} members are looked at, not of {n}")
    strings = growth(n)
    blocks = blocks_of(strings)
    counts = strings.max(axis=1) + 1
    moves, words = _moves(utility), _objecting(utility)
    codes = np.zeros(counts.size, np.uint8)
    for sets in range(1, n + 1):
        rows = np.flatnonzero(counts == sets)
        here = blocks[rows, :sets]
        found = _moved(moves, here)
        _objected(words, here, found)
        codes[rows] = found
    return Survey(strings, codes)


def _moves(utility: Floats) -> Codes:
    """For every two sets `(2**n, 2**n)`: what sorts of moves members of the one make to the other.

    Where they overlap it means nothing; going to the empty set is going away alone.
    """
    n, least = utility.shape[0], slack(utility)
    out = np.zeros((1 << n, 1 << n), np.uint8)
    welcomed, released = _minded(utility, least)
    for i in range(n):
        has = np.flatnonzero(inside(n)[:, i])
        lacks = has & ~(1 << i)
        gains = utility[i, has][None, :] - utility[i, has][:, None] > least[i]
        code = gains * BIT["nash"]
        code |= (gains & welcomed[i, lacks][None, :]) * BIT["individual"]
        free = released[i, has][:, None] & welcomed[i, lacks][None, :]
        code |= (gains & free) * BIT["contractual"]
        code[:, 0] |= gains[:, 0] * BIT["individually_rational"]
        out[np.ix_(has, lacks)] |= code
    return out


def _minded(utility: Floats, least: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """By member and set `(n, 2**n)`: that nobody in it minds the member's joining, or leaving."""
    n = utility.shape[0]
    sets = np.arange(1 << n)
    welcomed, released = np.ones((n, 1 << n), bool), np.ones((n, 1 << n), bool)
    for i in range(n):
        lacks = sets[~inside(n)[:, i]]
        has = lacks | 1 << i
        for j in range(n):
            if j == i:
                continue
            both = lacks >> j & 1 == 1
            without, joined = lacks[both], has[both]
            change = utility[j, joined] - utility[j, without]
            welcomed[i, without] &= change >= -least[j]
            released[i, joined] &= change <= least[j]
    return welcomed, released


def _moved(moves: Codes, blocks: Masks) -> Codes:
    """What sorts of move there are in partitions of equally many sets `(P, sets)`."""
    columns = [np.ascontiguousarray(column) for column in blocks.T]
    out = np.zeros(blocks.shape[0], np.uint8)
    for here in columns:
        starts = here.astype(np.int64) * moves.shape[0]
        out |= moves.ravel()[starts]
        for there in columns:
            if there is not here:
                out |= moves.ravel()[starts + there]
    return out


def _objecting(utility: Floats) -> tuple[Words, Words, Words]:
    """By set T `(2**n, words)`, a bit for every set S: what T's members say of S, S their choice.

    All of T that are in S are better off in S; none is worse off; none is either. For S without
    anybody of T all three hold.
    """
    n, least = utility.shape[0], slack(utility)
    strict, weak, same = (np.ones((1 << n, 1 << n), bool) for _ in range(3))
    for i in range(n):
        has = np.flatnonzero(inside(n)[:, i])
        more = utility[i, has][None, :] - utility[i, has][:, None]
        here = np.ix_(has, has)
        strict[here] &= more > least[i]
        weak[here] &= more >= -least[i]
        same[here] &= np.abs(more) <= least[i]
    strict[:, 0] = False
    return _packed(strict), _packed(weak), _packed(same)


def _packed(table: NDArray[np.bool_]) -> Words:
    """A table's rows as whole 64-bit words."""
    bits = np.packbits(table, axis=1)
    wide = np.zeros((bits.shape[0], -(-bits.shape[1] // 8) * 8), np.uint8)
    wide[:, : bits.shape[1]] = bits
    return wide.view(np.uint64)


def _objected(words: tuple[Words, Words, Words], blocks: Masks, codes: Codes) -> None:
    """Add to the codes of partitions of equally many sets `(P, sets)` whether any set objects.

    Who would rather be alone objects already, and where all of a set are better off none is worse.
    """
    strict, weak, same = words
    codes[codes & BIT["individually_rational"] != 0] |= BIT["core"]
    for rows in _slices(np.flatnonzero(codes & BIT["core"] == 0)):
        codes[rows[_common(strict, blocks[rows]).any(axis=1)]] |= BIT["core"]
    codes[codes & BIT["core"] != 0] |= BIT["strict_core"]
    for rows in _slices(np.flatnonzero(codes & BIT["strict_core"] == 0)):
        weakly = _common(weak, blocks[rows]) & ~_common(same, blocks[rows])
        codes[rows[weakly.any(axis=1)]] |= BIT["strict_core"]


def _slices(rows: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Rows in slices whose words stay in the processor's cache."""
    return [rows[start : start + SLICE] for start in range(0, rows.size, SLICE)]


def _common(words: Words, blocks: Masks) -> Words:
    """What the words of all sets of each partition have in common `(P, words)`."""
    out = words[blocks[:, 0]]
    for k in range(1, blocks.shape[1]):
        out &= words[blocks[:, k]]
    return out
