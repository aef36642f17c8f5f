"""Who would rather stand with whom: whether a partition of the members lasts, and if not, why.

In a hedonic game (Dreze and Greenberg 1980) each member cares only for whom it stands with. A
partition is stable in one of these senses (Bogomolnaia and Jackson 2002):

- `individually_rational`: nobody would rather stand alone;
- `nash`: nobody would rather go over to another of the sets, or stand alone;
- `individual`: nobody would who is welcomed there, that is, makes nobody there worse off;
- `contractual`: nobody would who is welcomed there and makes nobody whom it leaves worse off;
- `core`: no members would all rather stand by themselves, with each other alone;
- `strict_core`: no members would some of whom are better off so, and none worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.dependence.game import Floats, GameError, Hedonic, named
from foedus.lenses.dependence.kernel import hedonic as kernel
from foedus.lenses.dependence.kernel.hedonic import NOTIONS
from foedus.lenses.dependence.kernel.hedonic_all import BIT, Survey, survey
from foedus.lenses.dependence.kernel.partitions import MOST

__all__ = [
    "MOST",
    "NOTIONS",
    "Reason",
    "Stability",
    "StablePartitions",
    "additively_separable",
    "masks_of",
    "stability",
    "stable_partitions",
]

Set = tuple[str, ...]
Partition = tuple[Set, ...]


@dataclass(frozen=True)
class Reason:
    """Why a partition is not stable: who would do what, and what each of them gains by it."""

    who: Set
    joins: Set
    """The set that one member would join; empty if those named would stand by themselves."""
    gains: tuple[float, ...]


@dataclass(frozen=True)
class Stability:
    """What there is to be said against one partition."""

    partition: Partition
    utility: Mapping[str, float]
    """What each member has in its set."""
    reasons: Mapping[str, Reason | None]
    """By notion: why it is not stable, the greatest gain first in line; None where it is."""

    @property
    def holds(self) -> dict[str, bool]:
        """By notion: whether it is stable."""
        return {notion: reason is None for notion, reason in self.reasons.items()}


@dataclass(frozen=True, eq=False)
class StablePartitions:
    """Every partition of the members, and in which senses it is stable."""

    members: Set
    survey: Survey

    @property
    def partitions(self) -> int:
        """How many partitions there are."""
        return int(self.survey.codes.size)

    def count(self, notion: str) -> int:
        """How many of them are stable."""
        return int(self._rows(notion).size)

    def listed(self, notion: str, most: int | None = None) -> tuple[Partition, ...]:
        """Those that are stable, or the first of them, larger sets of first members first."""
        strings = self.survey.strings[self._rows(notion)[:most]]
        return tuple(self.partition(row) for row in strings)

    def partition(self, string: Iterable[int]) -> Partition:
        """The partition that a restricted growth string stands for."""
        sets: list[list[str]] = []
        for member, at in zip(self.members, string, strict=True):
            if at == len(sets):
                sets.append([])
            sets[at].append(member)
        return tuple(tuple(each) for each in sets)

    def _rows(self, notion: str) -> np.ndarray:
        return np.flatnonzero(self.survey.codes & BIT[notion] == 0)


def additively_separable(values: ArrayLike) -> Floats:
    """Utilities `(..., n, 2**n)` of sets from what each member is worth to each `(..., n, n)`.

    Row i has what the others are worth to member i, its diagonal is not looked at. What a set is to
    a member is the sum over the others in it, so that standing alone is worth 0; NaN where the
    member is not in the set.
    """
    worth = np.asarray(values, np.float64)
    n = worth.shape[-1]
    out = np.zeros((*worth.shape[:-1], 1 << n))
    for i in range(n):
        total = np.zeros((*worth.shape[:-2], 1))
        for j in range(n):
            more = np.full_like(total, np.nan) if j == i else total
            with_it = total if j == i else total + worth[..., i, j, None]
            total = np.concatenate((more, with_it), axis=-1)
        out[..., i, :] = total
    return out


def masks_of(members: Sequence[str], partition: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """The sets of a partition as bit masks.

    Raises GameError for an unknown member, one that is in two sets or in none, or an empty set.
    """
    placed: set[str] = set()
    out = []
    for each in partition:
        if not each:
            raise GameError("a set of the partition is empty")
        for member in each:
            if member not in members:
                hint = did_you_mean(member, members)
                raise GameError(f"the partition names {quoted(member)}, who is no member{hint}")
            if member in placed:
                raise GameError(f"the partition names {quoted(member)} twice")
            placed.add(member)
        out.append(sum(1 << members.index(member) for member in each))
    left = [member for member in members if member not in placed]
    if left:
        raise GameError(f"the partition leaves out {', '.join(map(quoted, left))}")
    return tuple(out)


def stability(hedonic: Hedonic, partition: Iterable[Sequence[str]]) -> Stability:
    """In which senses a partition is stable, and why not in the others. Raises GameError."""
    members, utility = hedonic.members, hedonic.utility
    blocks = masks_of(members, partition)
    moves = kernel.deviations(utility, blocks)
    sets = kernel.objections(utility, blocks)
    wants = moves.gain > 0.0
    alone = np.zeros_like(wants)
    alone[:, -1] = True
    unsettling = {
        "individually_rational": wants & alone,
        "nash": wants,
        "individual": wants & moves.welcomed,
        "contractual": wants & moves.welcomed & moves.released,
    }
    mine = _mine(utility, blocks)
    reasons = {
        notion: _best_move(members, blocks, np.where(found, moves.gain, 0.0))
        for notion, found in unsettling.items()
    }
    reasons["core"] = _best_set(hedonic, mine, np.flatnonzero(sets.strict))
    reasons["strict_core"] = _best_set(hedonic, mine, np.flatnonzero(sets.weak))
    return Stability(
        tuple(named(members, block) for block in blocks),
        dict(zip(members, mine.tolist(), strict=True)),
        {notion: reasons[notion] for notion in NOTIONS},
    )


def stable_partitions(hedonic: Hedonic) -> StablePartitions:
    """Every partition of the members. Raises GameError for more than 10 of them."""
    n = len(hedonic.members)
    if n > MOST:
        raise GameError(f"all partitions are gone through for up to {MOST} members, not {n}")
    return StablePartitions(hedonic.members, survey(hedonic.utility))


def _mine(utility: Floats, blocks: Sequence[int]) -> Floats:
    """What each member has in its set `(n,)`."""
    n = utility.shape[0]
    home = [next(block for block in blocks if block >> i & 1) for i in range(n)]
    return utility[np.arange(n), home]


def _best_move(members: Set, blocks: Sequence[int], gain: Floats) -> Reason | None:
    """The move that brings most, the first of equals; None if there is none."""
    if not gain.any():
        return None
    who, where = divmod(int(gain.argmax()), gain.shape[1])
    joins = named(members, (*blocks, 0)[where])
    return Reason((members[who],), joins, (float(gain[who, where]),))


def _best_set(hedonic: Hedonic, mine: Floats, sets: np.ndarray) -> Reason | None:
    """Of sets that object, the one whose least gain is greatest, then the smallest, then the first.

    Where in every one somebody gains nothing, the one that gains most on the whole.
    """
    if not sets.size:
        return None
    least, total = np.full(sets.size, np.inf), np.zeros(sets.size)
    for i, has in enumerate(mine):
        here = sets >> i & 1 == 1
        gain = hedonic.utility[i, sets[here]] - has
        least[here] = np.minimum(least[here], gain)
        total[here] += gain
    rank = least if least.max() > kernel.SLACK * np.abs(mine).max(initial=0.0) else total
    size = np.array([int(s).bit_count() for s in sets])
    mask = int(sets[np.lexsort((sets, size, -rank))[0]])
    who = named(hedonic.members, mask)
    gains = [hedonic.utility[i, mask] - has for i, has in enumerate(mine) if mask >> i & 1]
    return Reason(who, (), tuple(map(float, gains)))
