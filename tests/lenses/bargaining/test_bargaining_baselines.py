"""Weighted mean, weighted median and Nash bargaining solution, beside plain references."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from bargaining_games import games, one_game
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.bargaining.baselines import (
    NO_AGREEMENT,
    NO_REFERENCE,
    nbs,
    nbs_many,
    voices,
    wmean,
    wmean_many,
    wmedian,
    wmedian_many,
)
from foedus.lenses.bargaining.game import Game, GameError, Play
from foedus.lenses.bargaining.record import ISSUES, RECORD

QUICK = settings(max_examples=100, deadline=None)
Model = Callable[[Game], Play]
MODELS: tuple[Model, ...] = (wmean, wmedian, nbs)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def turned(game: Game, scale: float, shift: float) -> Game:
    reference = None if game.reference is None else shift + scale * game.reference
    return Game(
        game.actors, shift + scale * game.positions, game.capability, game.salience,
        reference=reference,
    )  # fmt: skip


@each_model
@QUICK
@given(games(reference=True), st.floats(0.1, 0.9))
def test_a_scale_is_only_a_scale(model: Model, game: Game, scale: float) -> None:
    told = model(game).forecast
    shift = 0.5 * (1.0 - scale)
    other = model(turned(game, scale, shift)).forecast
    np.testing.assert_allclose(other, shift + scale * told, atol=1e-9)


@each_model
@QUICK
@given(games(reference=True, idle=True), st.permutations(range(8)))
def test_who_comes_first_does_not_matter(model: Model, game: Game, lot: list[int]) -> None:
    order = [i for i in lot if i < len(game.actors)]
    other = Game(
        tuple(game.actors[i] for i in order),
        game.positions[order], game.capability[order], game.salience[order],
        reference=game.reference,
    )  # fmt: skip
    np.testing.assert_allclose(model(other).forecast, model(game).forecast, atol=1e-12)


@each_model
@QUICK
@given(games(reference=True))
def test_doubling_every_capability_changes_nothing(model: Model, game: Game) -> None:
    other = Game(
        game.actors, game.positions, 2.0 * game.capability, game.salience, reference=game.reference
    )
    assert np.array_equal(model(other).forecast, model(game).forecast)


@each_model
@QUICK
@given(games(reference=True), st.floats(0.0, 1.0))
def test_an_actor_of_no_salience_changes_nothing(model: Model, game: Game, spot: float) -> None:
    more = Game(
        (*game.actors, "idle"),
        np.vstack([game.positions, [[spot]]]),
        np.append(game.capability, 7.0),
        np.vstack([game.salience, [[0.0]]]),
        reference=game.reference,
    )
    np.testing.assert_allclose(model(more).forecast, model(game).forecast, atol=1e-12)


@each_model
def test_one_actor_gets_what_it_wants(model: Model) -> None:
    assert model(one_game([0.3], [2.0], [0.1], 0.9)).forecast[0] == pytest.approx(0.3)


@each_model
@QUICK
@given(games())
def test_forecasts_lie_between_the_outermost_positions(model: Model, game: Game) -> None:
    told = model(game).forecast[0]
    assert game.positions.min() - 1e-12 <= told <= game.positions.max() + 1e-12


@QUICK
@given(games(idle=True))
def test_the_mean_is_the_sum_of_shares(game: Game) -> None:
    weights = [Fraction(w) for w in game.weights[:, 0]]
    exact = sum(w * Fraction(x) for w, x in zip(weights, game.positions[:, 0], strict=True))
    assert wmean(game).forecast[0] == pytest.approx(float(exact / sum(weights)), abs=1e-12)


@QUICK
@given(games(idle=True))
def test_no_position_beats_the_median(game: Game) -> None:
    x, w = game.positions[:, 0], game.weights[:, 0]
    told = wmedian(game).forecast[0]
    assert told in x
    for other in x:
        votes = (w * (np.abs(x - other) - np.abs(x - told))).sum()
        distances = w * np.sign(np.abs(x - other) - np.abs(x - told))
        assert votes >= -1e-9
        assert distances.sum() >= -1e-9


def test_of_two_medians_the_lower_is_taken() -> None:
    assert wmedian(one_game([0.2, 0.8], [1.0, 1.0], [0.5, 0.5])).forecast[0] == 0.2
    assert wmedian(one_game([0.8, 0.2], [1.0, 1.0], [0.5, 0.5])).forecast[0] == 0.2
    # 0.1 + 0.2 against 0.3, which rounding tells apart
    assert wmedian(one_game([0.8, 0.2, 0.1], [0.3, 0.1, 0.2], [1.0] * 3)).forecast[0] == 0.2
    assert wmedian(one_game([0.1, 0.2, 0.8], [0.3, 0.1, 0.2], [1.0] * 3)).forecast[0] == 0.1


@QUICK
@given(games(reference=True, idle=True))
def test_the_nash_solution_is_the_best_of_all_points(game: Game) -> None:
    assert game.reference is not None
    play = nbs(game)
    keep = game.weights[:, 0] > 0.0
    x, w, here = game.positions[keep, 0], game.weights[keep, 0], game.reference[0]
    grid = np.linspace(0.0, 1.0, 2001)[:, None]
    gain = np.abs(x - here) - np.abs(grid - x)
    open_to_all = (gain > 1e-12).all(axis=1)
    if not (x > here).all() and not (x < here).all():
        assert not open_to_all.any()
        assert play.forecast[0] == here
        assert play.note == NO_AGREEMENT
        return
    assert play.note == ""
    product = (w * np.log(gain[open_to_all])).sum(axis=1)
    mine = np.abs(x - here) - np.abs(play.forecast[0] - x)
    assert (mine > 0.0).all()
    assert (w * np.log(mine)).sum() >= product.max() - 1e-12


def test_the_nash_solution_of_two_by_hand() -> None:
    # gains are x and 0.8 - x beyond 0.4, so that with equal weights both gain 0.4
    assert nbs(one_game([0.4, 1.0], [1, 1], [1, 1], 0.0)).forecast[0] == pytest.approx(0.4)
    # weights 1 and 3: 3 / x = 1 / (0.8 - x)
    assert nbs(one_game([0.4, 1.0], [1, 3], [1, 1], 0.0)).forecast[0] == pytest.approx(0.6)
    assert nbs(one_game([0.6, 0.0], [1, 3], [1, 1], 1.0)).forecast[0] == pytest.approx(0.4)


def test_the_nash_solution_states_its_rule() -> None:
    game = one_game([0.2, 1.0], [1.0, 1.0], [0.5, 0.5])
    assert nbs(game).note == NO_REFERENCE
    assert np.array_equal(nbs(game).forecast, wmean(game).forecast)
    both = Game(
        ("a", "b"), np.array([[0.2, 0.5], [1.0, 0.6]]), np.ones(2), np.full((2, 2), 0.5),
        reference=np.array([0.6, 0.0]),
    )  # fmt: skip
    assert "in dimension 1 no settlement" in nbs(both).note
    assert "by itself" in nbs(both).note


@QUICK
@given(games(n=5, reference=True))
def test_many_games_are_each_as_alone(game: Game) -> None:
    assert game.reference is not None
    lot = np.random.default_rng(2)
    positions = np.stack([game.positions, lot.uniform(size=game.positions.shape)])
    capability = np.stack([game.capability, game.capability[::-1]])
    salience = np.stack([game.salience, game.salience])
    given_ = (positions, capability, salience)
    reference = np.stack([game.reference, game.reference])
    many = {
        wmean: wmean_many(*given_),
        wmedian: wmedian_many(*given_),
        nbs: nbs_many(*given_, reference)[0],
    }
    for model, told in many.items():
        for k in range(2):
            alone = Game(
                game.actors, positions[k], capability[k], salience[k], reference=reference[k]
            )
            assert np.array_equal(model(alone).forecast, told[k])


def test_voices_are_the_shares_of_weight() -> None:
    (told,) = voices(one_game([0.5, 0.0, 0.5], [1.0, 2.0, 1.0], [0.5, 0.5, 0.5]))
    assert told.points.tolist() == [0.0, 0.5]
    assert told.probability.tolist() == [0.5, 0.5]
    assert told.mean == 0.25


@pytest.mark.parametrize("model", [*MODELS, voices])
def test_without_any_weight_nothing_is_forecast(model: Model) -> None:
    with pytest.raises(GameError, match="nobody has any weight"):
        model(one_game([0.0, 1.0], [1.0, 1.0], [0.0, 0.0]))


def test_without_any_weight_a_batch_has_no_number() -> None:
    nobody = np.zeros((1, 2, 1)), np.ones((1, 2)), np.zeros((1, 2, 1))
    assert np.isnan(wmean_many(*nobody)).all()
    assert np.isnan(wmedian_many(*nobody)).all()
    forecast, gains = nbs_many(*nobody, np.ones((1, 1)))
    assert np.isnan(forecast).all()
    assert not gains.any()


def test_the_record_is_in_order() -> None:
    errors = [row.error for row in RECORD if row.error is not None]
    assert errors == sorted(errors)
    assert ISSUES == 353
    assert RECORD[0].variant == "pce"
    assert all(row.crps == row.error for row in RECORD if row.variant == "wmean")
