"""Relations between states as rows of bits: who can reach what, and which moves are blocked.

A relation is `(S, words)` of 64-bit words: bit t of row s says that s and t stand in it; bits past
the last state are 0 where a relation is followed. It takes S² / 8 bytes. The weak orders that make
plain stability cheap are not needed here, so joint improvements of coalitions, unknown
preferences and attitudes are all answered from the same few functions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner, jit

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

ONE, NONE = np.uint64(1), np.uint64(0)
CHUNK = 1 << 22
"""Truth values written out at once on the way to bits."""

LIMIT = 1 << 31
"""Bits of relations that are stored without being asked to store more: a quarter of a gigabyte."""


class TooManyBitsError(ValueError):
    """More bits of relations than the limit allows: says how many, and what to do about it."""

    bad_input = True


def afford(relations: int, states: int, limit: int, way_out: str) -> None:
    """Raise TooManyBitsError if that many relations between that many states are over the limit."""
    bits = relations * states * width(states) * 64
    if bits > limit:
        raise TooManyBitsError(
            f"{relations:,} relations between {states:,} states take {bits:,} bits, and the limit "
            f"is {limit:,}; {way_out}, merge states, or raise the limit"
        )


def width(states: int) -> int:
    """How many words a row takes."""
    return -(-states // 64)


def packed(truths: Bools) -> Words:
    """Rows of truth values as rows of bits."""
    rows, states = truths.shape
    out = np.zeros((rows, width(states) * 8), np.uint8)
    out[:, : -(-states // 8)] = np.packbits(truths, axis=1, bitorder="little")
    return out.view("<u8").astype(np.uint64, copy=False)


def unpacked(rows: Words, states: int) -> Bools:
    """Rows of bits as rows of truth values."""
    octets = np.ascontiguousarray(rows).astype("<u8", copy=False).view(np.uint8)
    return np.unpackbits(octets, axis=1, count=states, bitorder="little").astype(np.bool_)


def move_rows(first: Ints, to: NDArray[np.int32]) -> Words:
    """Unilateral moves `(N, S, words)` from a table: i moves from s to to[first[i, s]: ...]."""
    n, states = first.shape[0], first.shape[1] - 1
    rows = np.zeros((n, states, width(states)), np.uint64)
    for i in range(n):
        target = to[first[i, 0] : first[i, states]].astype(np.int64)
        source = np.repeat(np.arange(states), np.diff(first[i]))
        bits = ONE << (target & 63).astype(np.uint64)
        np.bitwise_or.at(rows[i], (source, target >> 6), bits)
    return rows


def better_rows(worth: NDArray[Any]) -> Words:
    """Bit t of row s: t is worth more than s."""
    states = worth.size
    rows = np.empty((states, width(states)), np.uint64)
    step = max(1, CHUNK // states)
    for begin in range(0, states, step):
        rows[begin : begin + step] = packed(worth[None, :] > worth[begin : begin + step, None])
    return rows


@jit
def transitive(relation: Words) -> bool:
    """Whether two steps lead nowhere that one step, or none, would not."""
    states, words = relation.shape
    for s in range(states):
        home, bit = s >> 6, ONE << np.uint64(s & 63)
        for v in range(words):
            word, t = relation[s, v], v << 6
            while word != NONE:
                if word & ONE:
                    for w in range(words):
                        more = relation[t, w] & ~relation[s, w]
                        if w == home:
                            more &= ~bit
                        if more != NONE:
                            return False
                word >>= ONE
                t += 1
    return True


@jit
def follow(steps: Words, movers: Ints, plain: bool) -> Words:
    """What legal sequences of steps reach from each state, itself left out.

    `steps` is `(J, S, words)`, one relation a mover; only `movers` take part, and none of them
    twice in a row. `plain` promises that all these relations are transitive: then whoever moved
    last is of no concern, and the answer is the closure of their union.
    """
    states, words = steps.shape[1], steps.shape[2]
    reach = np.zeros((states, words), np.uint64)
    for j in movers:
        for s in range(states):
            for w in range(words):
                reach[s, w] |= steps[j, s, w]
    _close(reach)
    for s in range(states):
        reach[s, s >> 6] &= ~(ONE << np.uint64(s & 63))
    if not plain:
        _search(steps, movers, reach)
    return reach


@inner
def _close(reach: Words) -> None:
    """Make a relation transitive."""
    states, words = reach.shape
    for middle in range(states):
        home, bit = middle >> 6, np.uint64(middle & 63)
        for s in range(states):
            if reach[s, home] >> bit & ONE:
                for w in range(words):
                    reach[s, w] |= reach[middle, w]


@inner
def _search(steps: Words, movers: Ints, reach: Words) -> None:
    """Search from every state, remembering who moved last.

    A state reached by one mover is left by all others; when a second one reaches it, it is left by
    the first as well, and need not be looked at again: each state is left at most twice. `reach`
    holds what is reached whoever moved last, and no more can be: a search that has found as much is
    over, which in a well connected graph is soon.
    """
    states, words = reach.shape
    found = np.empty(words, np.uint64)
    done = np.empty(words, np.uint64)  # reached by several
    seen = np.empty(states, np.int64)  # -2 not at all, -1 by several, else by whom alone
    there = np.empty(2 * states + 1, np.int64)
    by, whole = np.empty_like(there), np.empty_like(there)
    for s in range(states):
        seen[:] = -2
        found[:] = NONE
        done[:] = NONE
        left = _count(reach[s])
        there[0], by[0], whole[0], open_ = s, -1, 1, 1
        while open_ > 0 and left > 0:
            open_ -= 1
            at, last, first_time = there[open_], by[open_], whole[open_]
            for j in movers:
                if (j == last) == (first_time == 1):
                    continue
                for v in range(words):
                    word, t = steps[j, at, v] & ~done[v], v << 6
                    while word != NONE:
                        if word & ONE and seen[t] != j:
                            fresh, bit = seen[t] == -2, ONE << np.uint64(t & 63)
                            there[open_] = t
                            by[open_] = j if fresh else seen[t]
                            whole[open_] = 1 if fresh else 0
                            seen[t] = j if fresh else -1
                            open_ += 1
                            if fresh:
                                found[v] |= bit
                                left -= 1 if t != s else 0
                            else:
                                done[v] |= bit
                        word >>= ONE
                        t += 1
        found[s >> 6] &= ~(ONE << np.uint64(s & 63))
        for v in range(words):
            reach[s, v] = found[v]


@inner
def _count(row: Words) -> int:
    """How many bits are set."""
    count = 0
    for word in row:
        rest = word
        while rest != NONE:
            rest &= rest - ONE
            count += 1
    return count


@jit
def blocked(
    incentive: Words, answers: Words, sanction: Words, own: Words, escapable: bool
) -> Bools:  # fmt: skip
    """States all of whose improvements (row s of `incentive`) are sanctioned.

    An improvement s1 is sanctioned when its row of `answers` has a state in row s of `sanction`
    (what would deter from leaving s); if `escapable`, that state's row of `own` moves must moreover
    stay within row s of `sanction`.
    """
    states, words = incentive.shape
    stable = np.empty(states, np.bool_)
    known = np.empty(states, np.int8)
    for s in range(states):
        known[:] = 0
        free = False
        for v in range(words):
            word, t = incentive[s, v], v << 6
            while word != NONE and not free:
                if word & ONE:
                    free = not _met(s, t, answers, sanction, own, escapable, known)
                word >>= ONE
                t += 1
        stable[s] = not free
    return stable


@inner
def _met(
    s: int, s1: int, answers: Words, sanction: Words, own: Words, escapable: bool,
    known: NDArray[np.int8],
) -> bool:  # fmt: skip
    """Whether some answer to s1 deters from leaving s."""
    words = answers.shape[1]
    for v in range(words):
        word, s2 = answers[s1, v] & sanction[s, v], v << 6
        if word != NONE and not escapable:
            return True
        while word != NONE:
            if word & ONE:
                if known[s2] == 0:
                    known[s2] = 1
                    for w in range(words):
                        if own[s2, w] & ~sanction[s, w] != NONE:
                            known[s2] = 2
                            break
                if known[s2] == 1:
                    return True
            word >>= ONE
            s2 += 1
    return False
