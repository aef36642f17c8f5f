"""Foresight against the oracle, and what is known of small games."""

from __future__ import annotations

import numpy as np
import pytest
import stability_models as models
import stability_oracle as oracle
from hypothesis import given, settings

from foedus.lenses.stability.concepts.foresight import Focus, limited, non_myopic
from foedus.lenses.stability.conflict import Conflict, ConflictError, option_form


@settings(max_examples=60, deadline=None)
@given(models.conflicts(most=14))
def test_limited_moves(conflict: Conflict) -> None:
    model = models.plain(conflict)
    for horizon in (1, 2, 3, 4, 7):
        sets = [oracle.limited_move_stable(model, i, horizon) for i in model.dms]
        wanted = models.truth(sets, conflict.states)
        assert np.array_equal(limited(conflict, horizon), wanted), horizon


@settings(max_examples=60, deadline=None)
@given(models.conflicts(most=14))
def test_non_myopic(conflict: Conflict) -> None:
    model = models.plain(conflict)
    sets = [oracle.non_myopically_stable(model, i) for i in model.dms]
    assert np.array_equal(non_myopic(conflict), models.truth(sets, conflict.states))


@pytest.mark.parametrize("seed", range(12))
def test_three_and_four_with_many_ties(seed: int) -> None:
    """Where the last-resort tie rules decide, and coalitions have ends that none dominates."""
    rng = np.random.default_rng(seed)
    n = 3 + seed % 2
    conflict = option_form([*range(n), 0, 1][:5], rng.integers(0, 4, (n, 1 << min(n + 2, 5))))
    model = models.plain(conflict)
    for i in model.dms:
        ends, focus = (list(model.states), list(model.states)), Focus.on(conflict, i)
        here = focus.now
        for _ in range(6):
            ends, here = oracle.farther(model, i, ends), focus.farther(here)
            assert here.tolist() == [list(row) for row in ends]


@given(models.conflicts(most=12))
def test_one_move_of_foresight_is_nash(conflict: Conflict) -> None:
    model = models.plain(conflict)
    wanted = models.truth([oracle.stable(model, i, "nash") for i in model.dms], conflict.states)
    assert np.array_equal(limited(conflict, 1), wanted)


def test_dilemma_of_two() -> None:
    """Both cooperate (0), both defect (3): cooperation is non-myopically stable (Kilgour 1984)."""
    conflict = option_form([0, 1], [[2, 3, 0, 1], [2, 0, 3, 1]])
    assert limited(conflict, 1).all(axis=0).tolist() == [False, False, False, True]
    assert non_myopic(conflict).all(axis=0).tolist() == [True, False, False, True]


def test_fifty_moves_on_thousands_of_states() -> None:
    rng = np.random.default_rng(1)
    worth, turned = rng.integers(0, 50, (3, 4096)), np.arange(4096) ^ 0b0110_1010_0101
    owners = [i for i in range(3) for _ in range(4)]
    found = limited(option_form(owners, worth), 50)
    assert 0 < found.sum() < found.size
    # with yes and no changed about for some options it is the same model
    assert np.array_equal(limited(option_form(owners, worth[:, turned]), 50), found[:, turned])


def test_what_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = option_form([0, 1], [[2, 3, 0, 1], [2, 0, 3, 1]], dms=["A", "B"])
    with pytest.raises(ConflictError, match="at least 1"):
        limited(conflict, 0)
    monkeypatch.setattr("foedus.lenses.stability.concepts.foresight.MOST_ROUNDS", 1)
    with pytest.raises(ConflictError, match="not come round after 1 moves"):
        non_myopic(conflict)
    monkeypatch.setattr("foedus.lenses.stability.concepts.foresight.MOST_JOINT", 3)
    with pytest.raises(ConflictError, match="the others of A have 4 joint moves; at most 3"):
        limited(conflict, 2)
