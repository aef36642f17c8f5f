"""The smallest swap that breaks an equilibrium, against trying every swap with the oracle."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import stability_models as models
import stability_oracle as oracle
from hypothesis import given, settings

from foedus.lenses.stability.after.swap import Swap, smallest_swap
from foedus.lenses.stability.concepts.solving import CRISP
from foedus.lenses.stability.conflict import Conflict, ConflictError, option_form


def by_hand(model: oracle.Model, state: int, concept: str) -> Swap | None:
    """Every swap in order of size, decision maker and states."""
    found = []
    for i in model.dms:
        places = sorted(set(model.utility[i]))
        level = [places.index(u) for u in model.utility[i]]
        for a, b in combinations(model.states, 2):
            size = abs(level[a] - level[b])
            if size:
                found.append((size, i, a, b, level))
    for size, i, a, b, level in sorted(found, key=lambda swap: swap[:4]):
        row = list(level)
        row[a], row[b] = row[b], row[a]
        swapped = replace(
            model, utility=[row if j == i else u for j, u in enumerate(model.utility)]
        )
        unstable = tuple(
            j for j in model.dms if state not in oracle.stable(swapped, j, concept, [state])
        )
        if unstable:
            better, worse = (a, b) if level[a] > level[b] else (b, a)
            return Swap(i, better, worse, size, unstable)
    return None


@settings(max_examples=40, deadline=None)
@given(models.conflicts(dms=(1, 3), most=7))
def test_smallest_of_all_swaps(conflict: Conflict) -> None:
    model = models.plain(conflict)
    for concept in CRISP:
        for state in sorted(oracle.equilibria(model, concept))[:2]:
            assert smallest_swap(conflict, state, concept) == by_hand(model, state, concept)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("ties", [False, True])
def test_every_equilibrium_of_eight_states(seed: int, ties: bool) -> None:
    rng = np.random.default_rng(seed)
    rank = rng.permuted(np.tile(np.arange(8), (3, 1)), axis=1)
    conflict = option_form([0, 1, 2], rank // 2 if ties else rank)
    model = models.plain(conflict)
    for concept in CRISP:
        for state in oracle.equilibria(model, concept):
            assert smallest_swap(conflict, state, concept) == by_hand(model, state, concept)


def test_a_swap_told_in_full() -> None:
    """The dilemma of two: both defecting (3) lasts until one of them would rather give in."""
    conflict = option_form([0, 1], [[2, 3, 0, 1], [2, 0, 3, 1]], dms=["A", "B"])
    assert smallest_swap(conflict, 3, "nash") == Swap(0, better=3, worse=2, size=1, unstable=(0,))


def test_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    conflict = option_form([0, 0, 1, 2], rng.random((3, 16)))
    model = models.plain(conflict)
    state = min(oracle.equilibria(model, "seq"))
    monkeypatch.setattr("foedus.lenses.stability.after.swap.AT_ONCE", 100)
    assert smallest_swap(conflict, state, "seq") == by_hand(model, state, "seq")


def test_nothing_breaks_a_state_that_nobody_can_leave() -> None:
    fixed = option_form([0, 1], [[0, 1, 2, 3]] * 2, directions=["forward", "forward"])
    assert smallest_swap(fixed, 3, "seq") is None
    assert smallest_swap(fixed, 3, "nash") is None


def test_what_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = option_form([0, 1], [[2, 3, 0, 1], [2, 0, 3, 1]], ids=["a", "b", "c", "d"])
    with pytest.raises(ConflictError, match="not under 'sim'"):
        smallest_swap(conflict, 3, "sim")
    with pytest.raises(ConflictError, match="state a is no equilibrium under nash"):
        smallest_swap(conflict, 0, "nash")
    monkeypatch.setattr("foedus.lenses.stability.after.swap.MOST_CELLS", 1)
    still = option_form([0, 1], [[0, 1, 2, 3]] * 2, directions=["forward", "forward"])
    with pytest.raises(ConflictError, match="no swap over fewer than 2 places breaks state 3"):
        smallest_swap(still, 3, "seq")
