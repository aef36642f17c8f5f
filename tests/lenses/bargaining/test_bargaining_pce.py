"""The probabilistic Condorcet election beside a plain reference, and what must not change it."""

from __future__ import annotations

import numpy as np
import pytest
from bargaining_games import games, one_game
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.bargaining.game import Floats, Game, GameError
from foedus.lenses.bargaining.pce import ELECTIONS, TOGETHER, pce, pce_many

QUICK = settings(max_examples=60, deadline=None)
FLOOR = 1e-8


def reference(positions: Floats, weights: Floats, election: str) -> tuple[Floats, Floats]:
    """The different positions and their probabilities, by iteration, as it is written down."""
    points = np.unique(positions)
    m = points.size
    shares = weights / weights.sum()
    coalition = np.full((m, m), FLOOR)
    for a in range(m):
        for b in range(m):
            for x, w in zip(positions, shares, strict=True):
                if a != b:
                    coalition[a, b] += w * max(0.0, abs(x - points[b]) - abs(x - points[a]))
    beats = coalition / (coalition + coalition.T)
    if election == "conditional":
        logs = np.log(beats).sum(axis=1)
        out = np.exp(logs - logs.max())
        return points, out / out.sum()
    challenge = np.full((m, m), 1.0 / m)
    if election == "markov-incentive":
        incentive = coalition * beats + 1e-10 * np.eye(m)
        challenge = incentive / incentive.sum(axis=0)
    # the option that holds, j, is challenged by i, and by itself with what is left
    step = beats * challenge
    np.fill_diagonal(step, 0.0)
    np.fill_diagonal(step, 1.0 - step.sum(axis=0))
    step = np.linalg.matrix_power(step, 1 << 20)
    return points, step[:, 0]


@QUICK
@given(games(), st.sampled_from(sorted(ELECTIONS)))
def test_it_is_the_reference(game: Game, election: str) -> None:
    play = pce(game, election)
    points, chance = reference(game.positions[:, 0], game.weights[:, 0], election)
    assert play.distribution is not None
    (told,) = play.distribution
    assert np.array_equal(told.points, points)
    np.testing.assert_allclose(told.probability, chance, atol=1e-6)
    assert told.probability.sum() == pytest.approx(1.0)
    assert play.forecast[0] == pytest.approx(told.mean, abs=1e-12)
    assert game.positions.min() - 1e-12 <= play.forecast[0] <= game.positions.max() + 1e-12


def test_a_fixed_point_solves_its_equation() -> None:
    game = one_game([0.0, 0.2, 0.7, 1.0], [1.0, 2.0, 1.5, 0.5], [0.9, 0.3, 0.6, 1.0])
    play = pce(game)
    assert play.distribution is not None
    p = play.distribution[0].probability
    x, w = game.positions[:, 0], game.weights[:, 0] / game.weights.sum()
    gain = np.abs(x[:, None, None] - x[None, None, :]) - np.abs(x[:, None, None] - x[None, :, None])
    coalition = FLOOR + (w[:, None, None] * np.clip(gain, 0.0, None)).sum(axis=0)
    beats = coalition / (coalition + coalition.T)
    np.testing.assert_allclose(p, (beats * (p[:, None] + p[None, :])).sum(axis=1) / 4, atol=1e-14)


@QUICK
@given(games(), st.sampled_from(sorted(ELECTIONS)), st.randoms(use_true_random=False))
def test_who_comes_first_does_not_matter(game: Game, election: str, lot: object) -> None:
    order = list(range(len(game.actors)))
    lot.shuffle(order)  # type: ignore[attr-defined]
    other = Game(
        tuple(game.actors[i] for i in order),
        game.positions[order], game.capability[order], game.salience[order],
    )  # fmt: skip
    np.testing.assert_allclose(pce(other, election).forecast, pce(game, election).forecast)


@QUICK
@given(games(), st.sampled_from(sorted(ELECTIONS)))
def test_doubling_every_capability_changes_nothing(game: Game, election: str) -> None:
    other = Game(game.actors, game.positions, 2.0 * game.capability, game.salience)
    assert np.array_equal(pce(other, election).forecast, pce(game, election).forecast)


@QUICK
@given(games(apart=0.01), st.sampled_from(sorted(ELECTIONS)))
def test_a_mirrored_and_a_shrunk_game_are_settled_alike(game: Game, election: str) -> None:
    told = pce(game, election).forecast
    mirrored = Game(game.actors, 1.0 - game.positions, game.capability, game.salience)
    np.testing.assert_allclose(pce(mirrored, election).forecast, 1.0 - told, atol=1e-6)
    small = Game(game.actors, 0.25 + 0.5 * game.positions, game.capability, game.salience)
    np.testing.assert_allclose(pce(small, election).forecast, 0.25 + 0.5 * told, atol=1e-4)


@pytest.mark.parametrize("election", ELECTIONS)
def test_a_position_alone_is_certain(election: str) -> None:
    for n in (1, 3):
        play = pce(one_game([0.3] * n, [1.0] * n, [0.5] * n), election)
        assert play.forecast.tolist() == [0.3]
        assert play.distribution is not None
        assert play.distribution[0].probability.tolist() == pytest.approx([1.0])


@pytest.mark.parametrize("election", ELECTIONS)
def test_the_weight_of_two_decides_between_them(election: str) -> None:
    play = pce(one_game([0.0, 1.0], [1.0, 3.0], [0.5, 0.5]), election)
    assert play.forecast[0] == pytest.approx(0.75, abs=1e-7)


@QUICK
@given(games(n=6), st.sampled_from(sorted(ELECTIONS)))
def test_many_games_are_each_as_alone(game: Game, election: str) -> None:
    lot = np.random.default_rng(1)
    positions = np.stack([game.positions, lot.uniform(size=game.positions.shape)])
    capability = np.stack([game.capability, game.capability[::-1]])
    salience = np.stack([game.salience, game.salience])
    forecast, probability = pce_many(positions, capability, salience, election)
    for k in range(2):
        alone = Game(game.actors, positions[k], capability[k], salience[k])
        assert np.array_equal(forecast[k], pce(alone, election).forecast)
    np.testing.assert_allclose(probability.sum(axis=1), 1.0)
    np.testing.assert_allclose((probability * positions).sum(axis=1), forecast, atol=1e-9)


def test_those_who_share_a_position_share_its_probability_by_weight() -> None:
    game = one_game([0.0, 0.0, 1.0, 1.0], [1.0, 3.0, 2.0, 2.0], [0.5] * 4)
    _, probability = pce_many(
        game.positions[None], game.capability[None], game.salience[None]
    )  # fmt: skip
    assert probability[0, :, 0] == pytest.approx([0.125, 0.375, 0.25, 0.25])
    idle = one_game([0.0, 0.5, 0.5], [1.0, 1.0, 1.0], [0.5, 0.0, 0.0])
    _, probability = pce_many(idle.positions[None], idle.capability[None], idle.salience[None])
    assert probability[0, 1, 0] == probability[0, 2, 0] > 0.0


@QUICK
@given(games(levels=4), st.integers(0, 2**32 - 1))
def test_positions_that_are_almost_the_same_stand_together(game: Game, seed: int) -> None:
    noise = np.random.default_rng(seed).uniform(-0.001, 0.001, game.positions.shape)
    near = Game(
        game.actors, np.clip(game.positions + noise, 0.0, 1.0), game.capability, game.salience
    )  # fmt: skip
    told = pce(near, together=TOGETHER).forecast
    np.testing.assert_allclose(told, pce(game).forecast, atol=0.01)


def test_almost_the_same_is_another_game_unless_it_stands_together() -> None:
    same = one_game([0.0, 0.0, 0.0, 1.0], [1.0] * 4, [0.5] * 4)
    near = one_game([0.0, 1e-6, 2e-6, 1.0], [1.0] * 4, [0.5] * 4)
    assert abs(pce(near).forecast[0] - pce(same).forecast[0]) > 0.05
    assert pce(near, together=1e-3).forecast[0] == pytest.approx(pce(same).forecast[0], abs=1e-5)
    assert pce(near, together=1.0).forecast[0] == pytest.approx(0.25, abs=1e-5)


def test_many_options_do_not_underflow() -> None:
    n = 250
    spread = one_game(np.linspace(0.0, 1.0, n).tolist(), [1.0] * n, [0.5] * n)
    for election in ELECTIONS:
        assert pce(spread, election).forecast[0] == pytest.approx(0.5, abs=1e-9)


def test_each_dimension_is_by_itself_and_says_so() -> None:
    positions = np.array([[0.0, 1.0], [1.0, 0.5], [0.4, 0.0]])
    salience = np.array([[0.5, 0.2], [0.1, 0.9], [0.3, 0.3]])
    both = pce(Game(("a", "b", "c"), positions, np.ones(3), salience))
    assert "by itself" in both.note
    for d in range(2):
        alone = one_game(positions[:, d].tolist(), [1.0] * 3, salience[:, d].tolist())
        assert pce(alone).forecast[0] == both.forecast[d]
        assert pce(alone).note == ""


def test_what_cannot_be_run_says_why() -> None:
    game = one_game([0.0, 1.0], [1.0, 1.0], [0.5, 0.5])
    with pytest.raises(GameError, match="no election 'fair'; there are markov-uniform"):
        pce(game, "fair")
    with pytest.raises(GameError, match="together should be from 0 to 1"):
        pce(game, together=np.nan)
    idle = one_game([0.0, 1.0], [1.0, 1.0], [0.0, 0.0])
    with pytest.raises(GameError, match="nobody has any weight"):
        pce(idle)
    forecast, _ = pce_many(idle.positions[None], idle.capability[None], idle.salience[None])
    assert np.isnan(forecast).all()
