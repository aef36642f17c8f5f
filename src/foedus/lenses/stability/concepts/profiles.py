"""Many preference profiles on one model: what an ensemble, a swap or a robustness check asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints
from foedus.lenses.stability.kernel.batch import GMR, NASH, SEQ, SMR, batch
from foedus.lenses.stability.kernel.sets import follow, move_rows, unpacked

BITS = {"nash": NASH, "gmr": GMR, "smr": SMR, "seq": SEQ}
"""The bit of each concept in a verdict."""
LARGEST = 4096
"""Most states of a model whose profiles are worked on together."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What does not change from profile to profile: moves, and what others reach by any of them.

    `first` and `to` are the moves, as in `Moves`; `transitive` says that two moves of one decision
    maker in a row are never more than one. `members[begin[g]:begin[g + 1]]` with `g = group[i, s]`
    are the states that legal sequences of everybody but i lead to from s, s included.
    """

    first: Ints
    to: NDArray[np.int32]
    group: NDArray[np.int32]
    begin: Ints
    members: NDArray[np.int32]
    transitive: bool

    @staticmethod
    def of(conflict: Conflict) -> Ground:
        """Of a model. Raises ConflictError if it has too many states."""
        if conflict.states > LARGEST:
            raise ConflictError(
                f"{conflict.states:,} states are too many for many preference profiles at once; at"
                f" most {LARGEST:,} are worked on so"
            )
        n = len(conflict.dms)
        arcs = conflict.arcs
        transitive = conflict.moves is None
        steps = move_rows(arcs.first, arcs.to)
        group = np.empty((n, conflict.states), np.int32)
        parts: list[NDArray[np.int32]] = []
        total = 0
        for i in range(n):
            others = np.array([j for j in range(n) if j != i], np.int64)
            there = unpacked(follow(steps, others, transitive), conflict.states)
            np.fill_diagonal(there, True)
            packed = np.packbits(there, axis=1)
            _, at, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
            rank = np.empty(at.size, np.int64)
            rank[np.argsort(at)] = np.arange(at.size)
            group[i] = total + rank[which.reshape(-1)]
            parts += [np.flatnonzero(there[s]).astype(np.int32) for s in np.sort(at)]
            total += at.size
        begin = np.concatenate([[0], np.cumsum([part.size for part in parts])]).astype(np.int64)
        return Ground(arcs.first, arcs.to, group, begin, np.concatenate(parts), transitive)


def solve_many(conflict: Conflict, utility: NDArray[Any]) -> Mapping[str, Bools]:
    """Nash, GMR, SMR and SEQ for many preference profiles `(P, N, S)`: `(P, N, S)` by concept.

    Raises ConflictError for a model of too many states.
    """
    found, _ = verdicts(Ground.of(conflict), utility)
    return {concept: found & bit != 0 for concept, bit in BITS.items()}


def verdicts(
    ground: Ground, utility: NDArray[Any], concept: str | None = None
) -> tuple[NDArray[np.uint8], NDArray[Any]]:
    """The concepts under which each state is stable, as bits `(P, N, S)`.

    With a `concept`, also `(P, N, S)`: the least utility for i to which the others' sanctions under
    it lead once i has moved to s; an improvement to s is unsanctioned when that is still better
    than where it started. Without one, an empty array.
    """
    given = np.ascontiguousarray(utility)
    found = np.empty(given.shape, np.uint8)
    keys = np.empty(given.shape if concept else (0, 0, 0), given.dtype)
    if given.shape[0]:
        batch(
            given, ground.first, ground.to, ground.group, ground.begin, ground.members,
            ground.transitive, found, BITS[concept or "nash"], keys,
        )  # fmt: skip
    return found, keys
