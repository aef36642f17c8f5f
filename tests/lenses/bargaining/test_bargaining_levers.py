"""A lever times a small change is the change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from bargaining_games import games, one_game
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.bargaining.baselines import nbs, wmean, wmean_many, wmedian
from foedus.lenses.bargaining.game import Floats, Game, GameError, Play
from foedus.lenses.bargaining.levers import Lever, levers
from foedus.lenses.bargaining.pce import pce

QUICK = settings(max_examples=60, deadline=None)


def moved(game: Game, lever: Lever, change: float) -> Game:
    """The game with the lever's number changed."""
    positions, salience = game.positions.copy(), game.salience.copy()
    capability = game.capability.copy()
    if lever.kind == "capability":
        capability[lever.actor] += change
    else:
        which = positions if lever.kind == "position" else salience
        which[lever.actor, lever.dimension] += change
    return Game(game.actors, positions, capability, salience, reference=game.reference)


def inner(game: Game) -> Game:
    """The same with room to either side of every number."""
    return Game(
        game.actors, 0.1 + 0.8 * game.positions, game.capability, 0.1 + 0.8 * game.salience,
        reference=game.reference,
    )  # fmt: skip


def change(game: Game, model: Callable[[Game], Play], lever: Lever, by: float) -> Floats:
    return np.asarray(model(moved(game, lever, by)).forecast - model(game).forecast)


@QUICK
@given(games(), st.floats(-0.05, 0.05))
def test_of_the_mean_positions_are_exact(game: Game, by: float) -> None:
    game = inner(game)
    for lever in levers(game, "wmean"):
        if lever.kind == "position":
            told = change(game, wmean, lever, by)
            np.testing.assert_allclose(told, by * lever.per_unit, atol=1e-12)
            share = game.weights[lever.actor, 0] / game.weights.sum()
            assert lever.per_unit[0] == pytest.approx(share)


@QUICK
@given(games())
def test_of_the_mean_all_are(game: Game) -> None:
    game = inner(game)
    exact = levers(game, "wmean")
    differences = levers(game, wmean_many)
    for lever, other in zip(exact, differences, strict=True):
        assert (lever.kind, lever.actor, lever.dimension) == (
            other.kind, other.actor, other.dimension,
        )  # fmt: skip
        np.testing.assert_allclose(lever.per_unit, other.per_unit, atol=1e-7)
        assert not other.jump.any()
        told = change(game, wmean, lever, 1e-6)
        np.testing.assert_allclose(told, 1e-6 * lever.per_unit, atol=1e-9)


@QUICK
@given(games())
def test_of_the_election_all_are(game: Game) -> None:
    game = inner(game)
    for lever in levers(game, "pce"):
        # a slope may differ on either side, as where a position is shared or midway between others
        by = 3e-6
        up, down = change(game, pce, lever, by), change(game, pce, lever, -by)
        np.testing.assert_allclose(0.5 * (up - down), by * lever.per_unit, atol=1e-7)
        np.testing.assert_allclose(0.5 * (up + down), lever.jump, atol=2e-5)


@QUICK
@given(st.integers(0, 2**32 - 1), st.integers(2, 12))
def test_of_an_election_with_nothing_in_line_all_are_on_either_side(seed: int, n: int) -> None:
    lot = np.random.default_rng(seed)
    game = one_game(
        lot.uniform(0.1, 0.9, n).tolist(),
        lot.uniform(0.2, 1.0, n).tolist(),
        lot.uniform(0.2, 0.9, n).tolist(),
    )
    for lever in levers(game, "pce", step=1e-6):
        assert not lever.jump.any()
        for by in (2e-7, -2e-7):
            told = change(game, pce, lever, by)
            np.testing.assert_allclose(told, by * lever.per_unit, rtol=1e-2, atol=1e-10)


def test_leaving_a_shared_position_jumps_unless_it_stays_with_it() -> None:
    game = one_game([0.1, 0.1, 0.1, 0.9], [1.0] * 4, [0.5] * 4)
    jumps = [lever.jump[0] for lever in levers(game) if lever.kind == "position"]
    assert jumps[0] == jumps[1] == jumps[2] != 0.0
    assert jumps[3] == 0.0
    told = change(game, pce, levers(game)[0], 1e-7)
    assert told[0] == pytest.approx(jumps[0], abs=1e-5)
    for lever in levers(game, together=0.01):
        assert lever.jump[0] == 0.0


@QUICK
@given(games(apart=0.02, reference=True))
def test_of_medians_and_nash_solutions_positions_are(game: Game) -> None:
    game = inner(game)
    for model, name in ((wmedian, "wmedian"), (nbs, "nbs")):
        if name == "nbs" and "holds" in nbs(game).note:
            continue
        for lever in levers(game, name):
            if lever.kind == "position" and not lever.jump.any():
                told = change(game, model, lever, 2e-6), change(game, model, lever, -2e-6)
                both = 0.5 * (told[0] - told[1])
                np.testing.assert_allclose(both, 2e-6 * lever.per_unit, atol=1e-7)


def test_at_the_ends_of_the_scale_only_one_side_is_tried() -> None:
    seen: list[Floats] = []

    def model(positions: Floats, capability: Floats, salience: Floats) -> Floats:
        assert ((positions >= 0.0) & (positions <= 1.0)).all()
        assert ((salience >= 0.0) & (salience <= 1.0)).all()
        assert (capability >= 0.0).all()
        seen.append(positions)
        return wmean_many(positions, capability, salience)

    game = one_game([0.0, 1.0, 0.5], [1.0, 0.0, 2.0], [1.0, 0.5, 0.0])
    exact = levers(game, "wmean")
    for lever, other in zip(levers(game, model), exact, strict=True):
        np.testing.assert_allclose(lever.per_unit, other.per_unit, atol=1e-4)
    assert len(seen) == 1
    assert seen[0].shape == (2 * 9 + 1, 3, 1)


def test_dimensions_have_their_own_levers() -> None:
    game = Game(
        ("a", "b"), np.array([[0.2, 0.9], [0.6, 0.4]]), np.array([1.0, 2.0]),
        np.array([[0.5, 0.2], [0.3, 0.6]]),
    )  # fmt: skip
    for model in ("wmean", "pce"):
        for lever in levers(game, model):
            if lever.dimension is not None:
                assert lever.per_unit[1 - lever.dimension] == 0.0
    assert [lever.kind for lever in levers(game)].count("capability") == 2


def test_without_a_reference_nash_levers_are_those_of_the_mean() -> None:
    game = one_game([0.2, 0.6], [1.0, 2.0], [0.5, 0.5])
    for lever, other in zip(levers(game, "nbs"), levers(game, "wmean"), strict=True):
        assert np.array_equal(lever.per_unit, other.per_unit)


def test_an_unknown_model_has_none() -> None:
    with pytest.raises(GameError, match="no levers of 'eum'; there are of pce"):
        levers(one_game([0.2, 0.6], [1.0, 2.0], [0.5, 0.5]), "eum")
