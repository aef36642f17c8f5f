"""Many preference profiles at once give what one after another gives."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from stability_family import family
from stability_models import conflicts

from foedus.lenses.stability import Conflict, option_form, solve
from foedus.lenses.stability.concepts.profiles import BITS, LARGEST, Ground, solve_many, verdicts
from foedus.lenses.stability.concepts.solving import CRISP
from foedus.lenses.stability.conflict import ConflictError


@settings(max_examples=80, deadline=None)
@given(conflicts(), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_profiles_are_solved_as_one_by_one(conflict: Conflict, count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    some = rng.integers(0, 8, (count, *conflict.utility.shape)).astype(float)
    found = solve_many(conflict, some)
    for p in {0, count // 2, count - 1}:
        alone = solve(conflict.with_utility(some[p]), CRISP)
        for concept in CRISP:
            assert np.array_equal(found[concept][p], alone.stable[concept])


@settings(max_examples=60, deadline=None)
@given(conflicts(), st.sampled_from(list(BITS)), st.integers(0, 2**32 - 1))
def test_keys_tell_which_improvements_are_sanctioned(
    conflict: Conflict, concept: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    some = rng.integers(0, 8, (3, *conflict.utility.shape)).astype(float)
    found, keys = verdicts(Ground.of(conflict), some, concept)
    for p, i, s in np.ndindex(found.shape):
        there = conflict.arcs.row(i, s)
        free = (some[p, i, there] > some[p, i, s]) & (keys[p, i, there] > some[p, i, s])
        assert bool(found[p, i, s] & BITS[concept]) == (not free.any())


def test_whole_numbers_and_no_profiles() -> None:
    model = option_form([0, 1], np.zeros((2, 4)))
    ranks = np.array([[[3, 0, 2, 1], [0, 1, 2, 3]]], np.int16)
    one, two = solve_many(model, ranks), solve_many(model, ranks.astype(float))
    for concept in CRISP:
        assert np.array_equal(one[concept], two[concept])
    assert solve_many(model, np.zeros((0, 2, 4)))["seq"].shape == (0, 2, 4)


def test_too_many_states_for_profiles() -> None:
    model = family(4, 4)
    assert model.states > LARGEST
    with pytest.raises(ConflictError, match="65,536 states are too many"):
        Ground.of(model)
