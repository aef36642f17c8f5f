"""The smallest change of one ranking that breaks an equilibrium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability.concepts.profiles import BITS, Ground, verdicts
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints

MOST_CELLS = 1_000_000_000
"""Verdicts (one for each swap, decision maker and state) worked out before giving up."""
AT_ONCE = 1 << 22
"""Verdicts worked out together."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Two states that change places in one decision maker's ranking, and what that breaks."""

    dm: int
    better: int
    """The state that stood higher and now stands lower."""
    worse: int
    """The state that stood lower and now stands higher."""
    size: int
    """How many places lie between the two, states that tie having one place; 1: neighbours."""
    unstable: tuple[int, ...]
    """The decision makers for whom the equilibrium is then stable no more."""


def smallest_swap(conflict: Conflict, state: int, concept: str) -> Swap | None:
    """The smallest single swap after which the equilibrium `state` is none any more.

    A swap lets two states a and b of one decision maker's ranking exchange their places: a comes to
    tie with what b tied with, b with what a tied with, and all else stays. Its size is the number
    of places between the two, tied states sharing a place. All swaps of all decision makers are
    tried by size, and the first that leaves the state unstable for somebody under the concept
    (nash, gmr, smr or seq) is the answer; of several equally small ones that of the first decision
    maker, then of the first states. None: no single swap breaks it.

    Raises ConflictError for another concept, for a state that is no equilibrium, for models of more
    states than `solve_many` takes, and when a thousand million verdicts have brought no answer.
    """
    if concept not in BITS:
        raise ConflictError(f"swaps are tried under {', '.join(BITS)}, not under {concept!r}")
    ground = Ground.of(conflict)
    places = [np.unique(row, return_inverse=True)[1] for row in conflict.utility]
    level = np.array(places, np.float64)
    if not _stable(ground, level[None], state, concept).all():
        raise ConflictError(f"state {conflict.ids[state]} is no equilibrium under {concept}")
    done = 0
    for size, tried in _by_size(level, state, concept):
        if done > MOST_CELLS:
            raise ConflictError(
                f"no swap over fewer than {size} places breaks state {conflict.ids[state]}, "
                f"and {MOST_CELLS:,} verdicts are the most worked out"
            )
        stable = _stable(ground, _profiles(level, tried), state, concept)
        done += len(tried) * level.size
        broken = np.flatnonzero(~stable.all(axis=1))
        if broken.size:
            dm, a, b = (int(x) for x in tried[broken[0]])
            better, worse = (a, b) if level[dm, a] > level[dm, b] else (b, a)
            return Swap(dm, better, worse, size, _unstable(stable[broken[0]]))
    return None


def _unstable(stable: Bools) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(~stable))


def _stable(ground: Ground, utility: NDArray[np.float64], state: int, concept: str) -> Bools:
    """`(P, N)`: for whom the state is stable."""
    found, _ = verdicts(ground, utility)
    stable: Bools = found[:, :, state] & BITS[concept] != 0
    return stable


def _by_size(level: NDArray[np.float64], state: int, concept: str) -> Iterator[tuple[int, Ints]]:
    """Swaps as rows (dm, a, b) with a < b, in parts of one size each, smallest first."""
    most = max(1, AT_ONCE // level.size)
    for size in range(1, int(level.max()) + 1):
        rows = [_of_size(level[dm], dm, size, state, concept) for dm in range(level.shape[0])]
        swaps = np.concatenate(rows)
        for start in range(0, len(swaps), most):
            yield size, swaps[start : start + most]


def _of_size(level: NDArray[np.float64], dm: int, size: int, state: int, concept: str) -> Ints:
    """One decision maker's swaps of a size, without those that cannot matter.

    Under SEQ anybody's improvements may be what deters the others. Otherwise its ranking matters to
    nobody else, and to itself only by what it prefers to the state.
    """
    pairs = [
        (dm, min(a, b), max(a, b))
        for low in range(int(level.max()) - size + 1)
        for a in np.flatnonzero(level == low).tolist()
        for b in np.flatnonzero(level == low + size).tolist()
        if concept == "seq" or state in (a, b) or low <= level[state] < low + size
    ]
    return np.array(sorted(pairs), np.int64).reshape(-1, 3)


def _profiles(level: NDArray[np.float64], swaps: Ints) -> NDArray[np.float64]:
    dm, a, b = swaps.T
    each = np.arange(len(swaps))
    out = np.repeat(level[None], len(swaps), axis=0)
    out[each, dm, a], out[each, dm, b] = level[dm, b], level[dm, a]
    return out
