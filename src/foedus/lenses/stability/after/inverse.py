"""Which rankings of a decision maker would make a state stable for it, and how many are there?

Inverse analysis (Kinsara, Kilgour & Hipel, Inverse approach to the graph model for conflict
resolution, IEEE Transactions on Systems, Man, and Cybernetics: Systems 45, 2015), but without going
through the rankings: whether a state is stable for a decision maker depends only on which states it
ranks below, and the more the better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from foedus.lenses.stability.after.joint import Meeting, codes_of
from foedus.lenses.stability.after.rankings import Clause, Clauses, rankings, shortest
from foedus.lenses.stability.after.sequences import walk
from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.concepts.solving import check_concepts
from foedus.lenses.stability.conflict import Conflict
from foedus.lenses.wording import listed

MOST_TOLD = 12
"""Clauses and states put into words one by one."""


@dataclass(frozen=True, slots=True)
class Inverse:
    """How many strict rankings of a decision maker make a state stable for it."""

    stable: int
    of: int
    """All strict rankings of the states, S!."""

    @property
    def share(self) -> float:
        """The part of all rankings that does."""
        return float(Fraction(self.stable, self.of))


def inverse(conflict: Conflict, dm: int, state: int, concept: str) -> Inverse:
    """Count the strict rankings of `dm` for which the state is stable for it, exactly.

    The preferences of the others are as given, those of `dm` are not looked at. Under nash, gmr and
    smr the others' own verdicts do not depend on the ranking; under seq and sim they can, for
    improvements of `dm` may be what stops them. Raises ConflictError where the condition is too
    large to be counted, and under sim for a bare graph.
    """
    return Inverse(
        rankings(clauses(conflict, dm, state, concept), conflict.states),
        factorial(conflict.states),
    )


def condition(
    conflict: Conflict,
    dm: int,
    state: int,
    concept: str,
    says: Callable[[int], str] | None = None,
) -> str:
    """The rankings that make the state stable for `dm`, in words: what it must stand above."""
    word = says or (lambda s: str(conflict.ids[s]))
    found = clauses(conflict, dm, state, concept)
    if not found:
        return "always, whatever the ranking"
    here = word(state)
    single = [next(iter(clause)) for clause in found if len(clause) == 1]
    plain = sorted(s for together in single if len(together) == 1 for s in together)
    told = [f"{here} above {_some([word(s) for s in plain])}"] if plain else []
    for clause in found:
        if len(clause) > 1 or len(next(iter(clause))) > 1:
            told.append(f"{here} {_alternatives(clause, word)}")
    if len(told) > MOST_TOLD:
        told = [*told[:MOST_TOLD], f"{len(told) - MOST_TOLD:,} more conditions"]
    return "; and ".join(told)


def clauses(conflict: Conflict, dm: int, state: int, concept: str) -> Clauses:
    """What has to stand below the state for it to be stable for `dm`.

    All clauses must hold; of the alternatives of a clause one must have all its states below.
    """
    check_concepts([concept])
    steps = Steps(conflict)
    there = [int(s) for s in steps.moves(dm, state)]
    if concept == "nash":
        return shortest(_any_of([s1]) for s1 in there)
    if concept == "sim":
        codes_of(conflict)
        if not there:
            return ()
        meeting = Meeting(steps, dm, state)
        ends = {s1: meeting.answers(s1).ends.tolist() for s1 in there}
    else:
        others = [j for j in range(len(conflict.dms)) if j != dm]
        ends = {
            s1: walk(steps, s1, others, improving=concept == "seq").reached.tolist() for s1 in there
        }
    if concept == "smr":
        found = [_held_down(steps, dm, state, s1, ends[s1]) for s1 in there]
    else:
        # the state itself is no better than itself, so being led back to it deters in any ranking
        found = [_any_of([s1, *ends[s1]]) for s1 in there if state not in ends[s1]]
    return shortest(clause for clause in found if frozenset() not in clause)


def _any_of(states: Sequence[int]) -> Clause:
    return frozenset(frozenset([s]) for s in states)


def _held_down(steps: Steps, dm: int, state: int, s1: int, ends: Sequence[int]) -> Clause:
    """Under SMR an answer deters only if nothing that `dm` can do then is better either."""
    held = {frozenset([s2, *steps.moves(dm, s2).tolist()]) - {state} for s2 in ends}
    return frozenset(held | {frozenset([s1])})


def _alternatives(clause: Clause, word: Callable[[int], str]) -> str:
    one = sorted(s for together in clause if len(together) == 1 for s in together)
    sets = sorted(sorted(together) for together in clause if len(together) > 1)
    told = []
    if len(one) > 1:
        told.append(f"above at least one of {_some([word(s) for s in one])}")
    elif one:
        told.append(f"above {word(one[0])}")
    told += [f"above all of {_some([word(s) for s in states])}" for states in sets]
    if len(told) > MOST_TOLD:
        told = [*told[:MOST_TOLD], f"{len(told) - MOST_TOLD:,} more alternatives"]
    return ", or ".join(told)


def _some(words: Sequence[str]) -> str:
    """The first words, and how many more there are."""
    if len(words) > MOST_TOLD:
        words = [*words[:MOST_TOLD], f"{len(words) - MOST_TOLD:,} more"]
    return listed(words)
