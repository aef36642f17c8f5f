"""Coalitions: which states last when decision makers may act together, and who could upset them.

A coalition H improves on s by moving to a state of R_H(s) that every member prefers to s; it is
deterred by a state that at least one member does not prefer to s (Kilgour, Hipel, Fang & Peng 2001;
Inohara & Hipel 2008). Unknown and strong preferences play no part here: utilities alone count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from foedus.lenses.stability.concepts.solving import CRISP, check_concepts
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints
from foedus.lenses.stability.kernel.sets import (
    LIMIT,
    Words,
    afford,
    better_rows,
    blocked,
    follow,
    move_rows,
    transitive,
    unpacked,
)

Coalition = tuple[int, ...]
"""Indices of decision makers, ascending."""

COALITION_CONCEPTS: Final = ("cnash", "cgmr", "csmr", "cseq")

MOST_TOGETHER = 12
"""Decision makers whose every coalition is looked at: there are 4,095 of them."""

MOST_JUMPS = 1_000_000
"""Jumps that are listed."""


@dataclass(frozen=True)
class CoalitionStability:
    """Which states are stable for which coalition."""

    stable: dict[str, dict[Coalition, Bools]]
    """By concept and coalition: one truth value a state."""
    equilibria: dict[str, Bools]
    """By concept: stable for every one of these coalitions."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A joint move from one equilibrium to another that every member of the coalition prefers."""

    source: int
    target: int
    coalition: Coalition
    minimal: bool
    """No part of the coalition could make the same jump."""


def stable(
    conflict: Conflict, coalition: Collection[int], concept: str, *, limit: int = LIMIT
) -> Bools:
    """In which states a coalition would stay, under `cnash`, `cgmr`, `csmr` or `cseq`.

    In CSEQ the others answer by successive joint improvements of any coalitions among them, none
    of which moves twice in a row. Raises ConflictError, also for more than 12 others in CSEQ, and
    TooManyBitsError over `limit` bits.
    """
    check_concepts([concept], COALITION_CONCEPTS)
    members = _coalition(conflict, coalition)
    others = len(conflict.dms) - len(members)
    together = _coalitions(others) if concept == "cseq" else 2
    _afford(conflict, together, limit, "ask for another concept")
    powers = _Powers(conflict)
    rest = _rest(conflict, members)
    answerers = list(_parts(rest)) if concept == "cseq" else []
    return powers.stable(members, concept.removeprefix("c"), answerers)


def universal(
    conflict: Conflict, concepts: Sequence[str] = COALITION_CONCEPTS, *, limit: int = LIMIT
) -> CoalitionStability:
    """Stability for every non-empty coalition; `equilibria` are universally coalitionally stable.

    Counts (2^N - 1) S² bits, as much as all R_H take, and needs up to three times that on the way.
    Raises ConflictError, also if N is over 12, and TooManyBitsError if that number is over `limit`.
    """
    check_concepts(concepts, COALITION_CONCEPTS)
    everyone = tuple(range(len(conflict.dms)))
    _afford(conflict, _coalitions(len(everyone)), limit, "ask for single coalitions")
    powers = _Powers(conflict)
    found: dict[str, dict[Coalition, Bools]] = {concept: {} for concept in concepts}
    for members in _parts(everyone):
        answerers = list(_parts(_rest(conflict, members))) if "cseq" in concepts else []
        for concept in concepts:
            verdict = powers.stable(members, concept.removeprefix("c"), answerers)
            found[concept][members] = verdict
    return _together(found)


def structure(
    conflict: Conflict,
    blocks: Sequence[Collection[int]],
    concepts: Sequence[str] = CRISP,
    *,
    limit: int = LIMIT,
) -> CoalitionStability:
    """Stability when each block of decision makers acts as one, under nash, gmr, smr or seq.

    Who is in no block acts alone. A block moves to whatever its members reach together, and
    improves when every member does; so do the blocks that answer it in SEQ. Raises ConflictError
    unless the blocks are disjoint and not empty, and TooManyBitsError over `limit` bits.
    """
    check_concepts(concepts, CRISP)
    partition = _partition(conflict, blocks)
    _afford(conflict, 2 * len(partition), limit, "ask for `stable` of one coalition")
    powers = _Powers(conflict)
    found: dict[str, dict[Coalition, Bools]] = {}
    for concept in concepts:
        found[concept] = {
            block: powers.stable(block, concept, [other for other in partition if other != block])
            for block in partition
        }
    return _together(found)


def jumps(conflict: Conflict, states: ArrayLike, *, limit: int = LIMIT) -> list[Jump]:
    """Which coalitions have the incentive and the power to jump between the given equilibria.

    `states` are truth values `(S,)` or indices. The smallest coalitions come first, single decision
    makers included (as nobody can improve on a Nash equilibrium alone, those jump only between
    weaker equilibria). Kilgour & Hipel 2005. Raises ConflictError, also for more than 12 decision
    makers and for over a million jumps, and TooManyBitsError over `limit` bits.
    """
    places = _places(conflict, states)
    n = len(conflict.dms)
    _afford(conflict, n, limit, "leave out decision makers")
    _coalitions(n)
    powers = _Powers(conflict, keep=False)
    worth = conflict.utility[:, places]
    found: list[Jump] = []
    able: list[tuple[Coalition, Bools]] = []
    for members in _parts(tuple(range(n))):
        wanted = (worth[list(members)][:, None, :] > worth[list(members)][:, :, None]).all(axis=0)
        if not wanted.any():
            continue
        can = wanted & unpacked(powers.reach(members)[places], conflict.states)[:, places]
        smaller = np.zeros_like(can)
        for part, could in able:
            if set(part) < set(members):
                smaller |= could
        able.append((members, can))
        if len(found) + np.count_nonzero(can) > MOST_JUMPS:
            raise ConflictError(f"over {MOST_JUMPS:,} jumps; name fewer equilibria")
        found += [
            Jump(int(places[s]), int(places[t]), members, not smaller[s, t])
            for s, t in np.argwhere(can)
        ]
    return found


class _Powers:
    """What coalitions can reach and what they want, each worked out once."""

    def __init__(self, conflict: Conflict, *, keep: bool = True) -> None:
        self.conflict = conflict
        self.keep = keep
        self.moves = move_rows(conflict.arcs.first, conflict.arcs.to)
        self.plain = all(transitive(rows) for rows in self.moves)
        self._better: dict[Coalition, Words] = {}
        self._reach: dict[Coalition, Words] = {}
        self._joint: dict[Coalition, Words] = {}

    def reach(self, members: Coalition) -> Words:
        """R_H: where legal sequences of the members' moves lead."""
        if len(members) == 1:
            return self.moves[members[0]]
        rows = self._reach.get(members)
        if rows is None:
            rows = follow(self.moves, np.array(members, np.int64), self.plain)
            if self.keep:
                self._reach[members] = rows
        return rows

    def better(self, members: Coalition) -> Words:
        """What every member prefers."""
        rows = np.full(self.moves.shape[1:], ~np.uint64(0))
        for i in members:
            if (i,) not in self._better:
                self._better[i,] = better_rows(self.conflict.utility[i])
            rows &= self._better[i,]
        return rows

    def joint(self, members: Coalition) -> Words:
        """R_H⁺: what the members reach together and all prefer."""
        if members not in self._joint:
            self._joint[members] = self.reach(members) & self.better(members)
        return self._joint[members]

    def answers(self, coalitions: Sequence[Coalition]) -> Words:
        """What successive joint improvements of these coalitions reach."""
        if not coalitions:
            return np.zeros(self.moves.shape[1:], np.uint64)
        steps = np.stack([self.joint(members) for members in coalitions])
        return follow(steps, np.arange(len(coalitions)), self.plain)

    def stable(self, members: Coalition, concept: str, answerers: Sequence[Coalition]) -> Bools:
        """Whether every joint improvement is sanctioned; by the `answerers` if sequentially."""
        joint = self.joint(members)
        if concept == "nash":
            return np.asarray(~joint.any(axis=1))
        sanction = ~self.better(members)
        rest = _rest(self.conflict, members)
        answers = self.answers(answerers) if concept == "seq" else self.reach(rest)
        return blocked(joint, answers, sanction, self.reach(members), concept == "smr")


def _together(found: dict[str, dict[Coalition, Bools]]) -> CoalitionStability:
    every = {
        concept: np.logical_and.reduce(list(verdicts.values()))
        for concept, verdicts in found.items()
    }
    return CoalitionStability(found, every)


def _parts(members: Coalition) -> Iterator[Coalition]:
    """Every non-empty coalition of these, the smallest first."""
    for size in range(1, len(members) + 1):
        yield from combinations(members, size)


def _rest(conflict: Conflict, members: Coalition) -> Coalition:
    return tuple(i for i in range(len(conflict.dms)) if i not in members)


def _coalitions(n: int) -> int:
    """How many coalitions n decision makers can form."""
    if n > MOST_TOGETHER:
        raise ConflictError(
            f"{n} decision makers form {2**n - 1:,} coalitions; at most {MOST_TOGETHER} are looked "
            "at together: ask for single coalitions or for a structure of blocks"
        )
    return 2**n - 1


def _afford(conflict: Conflict, relations: int, limit: int, way_out: str) -> None:
    """Refuse before the first relation is stored."""
    afford(max(relations, len(conflict.dms)), conflict.states, limit, way_out)


def _coalition(conflict: Conflict, members: Collection[int]) -> Coalition:
    chosen = tuple(sorted({int(i) for i in members}))
    if not chosen:
        raise ConflictError("a coalition needs a member")
    if chosen[0] < 0 or chosen[-1] >= len(conflict.dms):
        raise ConflictError(f"{chosen}: there are {len(conflict.dms)} decision makers, from 0")
    return chosen


def _partition(conflict: Conflict, blocks: Sequence[Collection[int]]) -> list[Coalition]:
    """The blocks, and everybody else alone."""
    partition = [_coalition(conflict, block) for block in blocks]
    taken = [i for block in partition for i in block]
    if len(taken) != len(set(taken)):
        raise ConflictError("a decision maker is in two blocks")
    return partition + [(i,) for i in range(len(conflict.dms)) if i not in taken]


def _places(conflict: Conflict, states: ArrayLike) -> Ints:
    given = np.asarray(states)
    if given.dtype == np.bool_:
        if given.shape != (conflict.states,):
            raise ConflictError(f"{conflict.states} states, but {given.size} truth values")
        return np.flatnonzero(given)
    places = given.astype(np.int64).ravel()
    if places.size and not 0 <= places.min() <= places.max() < conflict.states:
        raise ConflictError(f"there are {conflict.states} states, from 0")
    return places
