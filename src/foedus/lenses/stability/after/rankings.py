"""How many strict rankings put below one state what a condition asks for, without listing any.

A condition is a list of clauses that all have to hold; a clause is a set of alternatives, and an
alternative a set of states that all have to stand below. So the more states stand below, the
better; only the number of sets of states below, by size, has to be known. States that play the same
part are taken together, parts of the condition that share no state are counted apart, and what then
remains is counted by going through all cases or by inclusion and exclusion over the clauses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import factorial, prod
from operator import mul
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability.conflict import ConflictError

Clause = frozenset[frozenset[int]]
Clauses = tuple[Clause, ...]
Key = TypeVar("Key", bound=Hashable)

MOST_CASES = 1 << 22
"""Cases gone through for one part of a condition."""
MOST_STATES = 1 << 12
"""States that a condition may speak of."""


def shortest(clauses: Iterable[Clause]) -> Clauses:
    """The same condition without alternatives and clauses that others make superfluous."""
    asked = {frozenset(_least(clause)) for clause in clauses}
    kept: dict[Clause, None] = {}
    mentioning: dict[int, set[Clause]] = defaultdict(set)
    for clause in sorted(asked, key=lambda c: (len(c), sorted(map(sorted, c)))):
        near = {other for x in _states(clause) for other in mentioning[x] if other in kept}
        if any(_implies(other, clause) for other in near):
            continue
        for other in near:
            if _implies(clause, other):
                del kept[other]
        kept[clause] = None
        for x in _states(clause):
            mentioning[x].add(clause)
    return tuple(kept)


def rankings(clauses: Iterable[Clause], states: int) -> int:
    """Of all strict rankings of so many states, those in which the condition on one of them holds.

    Raises ConflictError where the condition is too large to be counted, saying how large it is.
    """
    simple = shortest(clauses)
    mentioned = {s for clause in simple for s in _states(clause)}
    if len(mentioned) > MOST_STATES:
        raise ConflictError(
            f"the condition speaks of {len(mentioned):,} states; "
            f"at most {MOST_STATES:,} are counted"
        )
    by_size = _by_size(simple, mentioned)
    v = len(mentioned)
    orders, each = 0, factorial(v)
    for size, many in enumerate(by_size):
        orders += many * each  # orders of those below, times orders of those above
        each = each * (size + 1) // max(v - size, 1)
    return orders * (factorial(states) // factorial(v + 1))


def _states(clause: Clause) -> set[int]:
    return {x for together in clause for x in together}


def _least(clause: Clause) -> list[frozenset[int]]:
    """Alternatives that contain no other."""
    out: list[frozenset[int]] = []
    for together in sorted(clause, key=len):
        if not any(less <= together for less in out):
            out.append(together)
    return out


def _implies(clause: Clause, other: Clause) -> bool:
    return all(a in other or any(b <= a for b in other) for a in clause)


@dataclass(frozen=True, slots=True)
class _Part:
    """States that count as one truth value, with their sets below by size.

    A polynomial in the size is one integer: its coefficients stand in blocks of bits, wide enough
    that none runs over into the next.
    """

    false: int
    """Sets for which it is false."""
    every: int
    """All sets."""

    @property
    def true(self) -> int:
        return self.every - self.false


def _by_size(clauses: Clauses, mentioned: set[int]) -> list[int]:
    """How many sets of the states mentioned fulfil the condition, by size."""
    width = (len(mentioned) // 8 + 1) * 8
    one = _Part(1, 1 + (1 << width))
    parts = dict.fromkeys(mentioned, one)
    before: Clauses = ()
    while clauses != before:
        before = clauses
        clauses, parts = _merged(clauses, parts)
    factors = [_sets(group, parts) for group in _apart(clauses)]
    # parts that a merged condition no longer mentions are free
    used = {x for clause in clauses for x in _states(clause)}
    factors += [part.every for x, part in parts.items() if x not in used]
    total = _product(factors)
    block = width // 8
    digits = total.to_bytes(block * (len(mentioned) + 1), "little")
    return [
        int.from_bytes(digits[k * block : (k + 1) * block], "little")
        for k in range(len(mentioned) + 1)
    ]


def _merged(clauses: Clauses, parts: dict[int, _Part]) -> tuple[Clauses, dict[int, _Part]]:
    """Take together what stands in the same alternatives, then what is one of the same ones."""
    inside: dict[int, set[frozenset[int]]] = defaultdict(set)
    for clause in clauses:
        for together in clause:
            for x in together:
                inside[x].add(together)
    clauses, parts = _named_after_first(
        clauses, parts, _alike({x: frozenset(where) for x, where in inside.items()}), every=True
    )
    alone: dict[int, set[int]] = defaultdict(set)
    for k, clause in enumerate(clauses):
        for together in clause:
            for x in together:
                alone[x].add(k if len(together) == 1 else -1 - x)
    groups = _alike({x: frozenset(where) for x, where in alone.items()})
    clauses, parts = _named_after_first(clauses, parts, groups, every=False)
    return shortest(clauses), parts


def _product(factors: Iterable[int]) -> int:
    """Equal factors as a power and equally long ones together, for the numbers are long."""
    left = sorted(factor**times for factor, times in Counter(factors).items())
    while len(left) > 1:
        odd = left[len(left) // 2 * 2 :]
        left = [a * b for a, b in zip(left[::2], left[1::2], strict=False)] + odd
    return left[0] if left else 1


def _alike(of: dict[int, Key]) -> list[list[int]]:
    groups: dict[Key, list[int]] = defaultdict(list)
    for x in sorted(of):
        groups[of[x]].append(x)
    return list(groups.values())


def _named_after_first(
    clauses: Clauses, parts: dict[int, _Part], groups: list[list[int]], every: bool
) -> tuple[Clauses, dict[int, _Part]]:
    """Let the first of each group stand for all: true if every one is, or if any is."""
    first = {x: group[0] for group in groups for x in group}
    merged = {x: part for x, part in parts.items() if first.get(x, x) == x}
    for group in groups:
        if len(group) > 1:
            all_sets = _product([parts[x].every for x in group])
            if every:
                none = all_sets - _product([parts[x].true for x in group])
            else:
                none = _product([parts[x].false for x in group])
            merged[group[0]] = _Part(none, all_sets)
    renamed = tuple(
        frozenset(frozenset(first[x] for x in together) for together in clause)
        for clause in clauses
    )
    return renamed, merged


def _apart(clauses: Clauses) -> list[list[Clause]]:
    """Clauses in groups that have no part in common."""
    groups: list[tuple[set[int], list[Clause]]] = []
    for clause in clauses:
        mine, members = _states(clause), [clause]
        rest = []
        for theirs, others in groups:
            if theirs & mine:
                mine, members = mine | theirs, others + members
            else:
                rest.append((theirs, others))
        groups = [*rest, (mine, members)]
    return [members for _, members in groups]


def _sets(clauses: list[Clause], parts: dict[int, _Part]) -> int:
    """The sets that fulfil clauses, by size, as one polynomial."""
    names = sorted({x for clause in clauses for x in _states(clause)})
    kinds = sorted({parts[x] for x in names}, key=lambda part: (part.every, part.false))
    place = {x: k for k, x in enumerate(names)}
    asked = [[sum(1 << place[x] for x in together) for together in c] for c in clauses]
    plain = all(len(together) == 1 for c in clauses for together in c)
    cases = min(len(names), len(clauses)) if plain else len(names)
    of_kind = [sum(1 << place[x] for x in names if parts[x] == kind) for kind in kinds]
    sizes = [kind.bit_count() + 1 for kind in of_kind]
    if 1 << cases > MOST_CASES or prod(sizes) > MOST_CASES:
        raise ConflictError(
            f"{len(clauses):,} clauses about {len(names):,} groups of states make 2^{cases} cases; "
            f"at most 2^{MOST_CASES.bit_length() - 1} are gone through"
        )
    if plain and len(clauses) < len(names):
        unmet = [sum(c) for c in asked]
        counted = _counted(*_unions(unmet, len(names)), of_kind)
        return _weighed(counted, sizes, [(k.false, k.every) for k in kinds])
    true = np.arange(1 << len(names))
    met = np.ones(true.size, np.bool_)
    for c in asked:
        met &= np.logical_or.reduce([true & a == a for a in c])
    counted = _counted(true[met][None, :], np.ones(int(met.sum())), of_kind)
    return _weighed(counted, sizes, [(k.true, k.false) for k in kinds])


WORD = 62


def _unions(unmet: list[int], names: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """What is false where the clauses of each subset all fail, in words of bits, and its sign."""
    words = -(-names // WORD)
    cut = (1 << WORD) - 1
    union = np.zeros((words, 1), np.int64)
    sign = np.ones(1)
    for clause in unmet:
        bits = np.array([[clause >> WORD * w & cut] for w in range(words)], np.int64)
        union = np.concatenate([union, union | bits], axis=1)
        sign = np.concatenate([sign, -sign])
    return union, sign


def _counted(
    chosen: NDArray[np.int64], weight: NDArray[np.float64], of_kind: Sequence[int]
) -> NDArray[np.float64]:
    """The weight of all cases with so many chosen of each kind; the last kind turns fastest."""
    cut = (1 << WORD) - 1
    key = np.zeros(chosen.shape[1], np.int64)
    cells = 1
    for kind in of_kind:
        key *= kind.bit_count() + 1
        cells *= kind.bit_count() + 1
        for w, word in enumerate(chosen):
            # cases that are numbered through have all their bits in one word
            part = kind if len(chosen) == 1 else kind >> WORD * w & cut
            key += np.bitwise_count(word & np.int64(part))
    return np.bincount(key, weights=weight, minlength=cells).astype(np.float64)


def _weighed(
    counted: NDArray[np.float64], sizes: Sequence[int], worth: Sequence[tuple[int, int]]
) -> int:
    """Sum of all cases, each the product over kinds of its chosen and its other parts."""
    values = [int(x) for x in counted]
    for size, (chosen, other) in zip(reversed(sizes), reversed(worth), strict=True):
        powers = [chosen**k * other ** (size - 1 - k) for k in range(size)]
        values = [sum(map(mul, values[k : k + size], powers)) for k in range(0, len(values), size)]
    return values[0]
