"""The spatial model of politics beside KTAB's printed histories and a plain reference."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bargaining_games import one_game
from bargaining_smp_reference import Settings, World, election, played

from foedus.lenses.bargaining.game import Floats, Game, GameError
from foedus.lenses.bargaining.rules import CHOICES
from foedus.lenses.bargaining.smp import (
    ABSTAIN,
    KTAB,
    Rules,
    contests,
    smp,
    smp_many,
    smp_played,
)

PUBLISHED = Path(__file__).parents[2] / "published" / "bargaining"
PRINTED = 0.05 + 1e-9
"""What one decimal on a scale to 100 leaves open."""
GOLDEN = {
    "emission1994": ("emis", 4.0, 10.0),
    "ktab_soe_policy": ("SOE-Policy", 0.0, 100.0),
    "ktab_dummy3d": ("dummyData_3Dim", 0.0, 100.0),
}


def published(case: str) -> Game:
    """An actor table, its scale put on 0 to 1."""
    _, low, high = GOLDEN[case]
    with (PUBLISHED / "cases.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["case"] == case]
    actors = tuple(dict.fromkeys(row["actor"] for row in rows))
    shape = len(actors), len({row["dim"] for row in rows})
    positions = np.array([float(row["position"]) for row in rows]).reshape(shape)
    salience = np.array([float(row["salience"]) for row in rows]).reshape(shape)
    capability = np.array([float(row["capability"]) for row in rows]).reshape(shape)[:, 0]
    return Game(actors, (positions - low) / (high - low), capability, salience / 100.0)


def some_game(seed: int, n: int = 6, dims: int = 1) -> Game:
    """A game without ties."""
    rng = np.random.default_rng(seed)
    salience = rng.uniform(0.1, 0.99, (n, dims)) / dims
    names = tuple(f"a{i}" for i in range(n))
    return Game(names, rng.random((n, dims)), rng.uniform(1.0, 100.0, n), salience)


def reference(game: Game, rules: Mapping[str, str], most: int = 100) -> Floats:
    given = game.capability, game.salience, game.positions
    return played(*given, Settings(**rules), game.accommodation, most)[0]


@pytest.mark.parametrize("case", GOLDEN)
def test_every_turn_that_ktab_printed(case: str) -> None:
    file = json.loads((PUBLISHED / f"ktab_out_{GOLDEN[case][0]}.json").read_text("utf-8"))
    game = published(case)
    assert list(game.actors) == file["actors"]
    printed = np.array(file["positions_0_100_by_actor_dim_turn"]).transpose(2, 0, 1)
    play = smp(game)
    assert play.variant == "smp:ktab"
    assert play.converged
    assert play.history.shape == printed.shape  # it stops when KTAB stops
    assert np.abs(100 * play.history - printed).max() <= PRINTED


@pytest.mark.parametrize("case", ["emission1994", "ktab_dummy3d"])
def test_the_reference_is_ktab_as_well(case: str) -> None:
    game = published(case)
    np.testing.assert_allclose(smp(game).history, reference(game, {}), atol=1e-9)


@pytest.mark.parametrize(
    ("rule", "option"),
    [(rule, option) for rule, all_ in CHOICES.items() for option in all_ if rule != "choice"],
)
def test_every_rule_beside_the_reference(rule: str, option: str) -> None:
    for seed, dims in ((1, 1), (2, 2), (3, 1)):
        game = some_game(seed, dims=dims)
        history = smp(game, rules=Rules(most_turns=3, **{rule: option})).history
        np.testing.assert_allclose(history, reference(game, {rule: option}, 3), atol=1e-9)


def test_rules_together_beside_the_reference() -> None:
    rng = np.random.default_rng(7)
    for seed in range(12):
        options = {k: str(rng.choice(v)) for k, v in CHOICES.items() if k != "choice"}
        game = some_game(seed, n=5, dims=1 + seed % 2)
        history = smp(game, rules=Rules(most_turns=3, **options)).history
        np.testing.assert_allclose(history, reference(game, options, 3), atol=1e-9, err_msg=options)


def test_without_and_with_full_commitment_third_parties_are_mute() -> None:
    for seed in range(6):
        game = some_game(seed)
        none = contests(game, rules=Rules(third_party="no-commit"))
        full = contests(game, rules=Rules(third_party="full-commit"))
        np.testing.assert_allclose(none.chance, full.chance, atol=1e-12)
        louder = replace(game, salience=np.where(np.arange(6)[:, None] < 2, game.salience, 0.01))
        alone = contests(louder, rules=Rules(third_party="no-commit")).chance
        np.testing.assert_allclose(alone[0, 1], none.chance[0, 1], atol=1e-12)


def test_a_near_ally_helps_only_where_it_may_abstain() -> None:
    game = one_game([0.0, 0.01, 1.0, 0.5], [100.0, 100.0, 100.0, 1e-6], [0.9] * 4)
    assert contests(game).chance[0, 2] == pytest.approx(0.4297, abs=5e-5)
    assert contests(game, rules=ABSTAIN).chance[0, 2] == pytest.approx(2 / 3, abs=5e-3)
    far = contests(game, rules=replace(ABSTAIN, indifference=1.0)).chance[0, 2]
    assert far == pytest.approx(0.5)


def test_a_near_ally_never_lowers_a_chance_under_abstention() -> None:
    rng = np.random.default_rng(5)
    lowered = 0
    for _ in range(40):
        x = np.concatenate([rng.random(4), [0.0]])
        x[4] = np.clip(x[0] + rng.uniform(-0.01, 0.01), 0.0, 1.0)
        c, s = rng.uniform(1.0, 100.0, 5), rng.uniform(0.1, 0.9, 5)
        # salience counts in contests alone, so that attitudes to risk stay as they are
        shy, keen = (one_game(x, c, [*s[:4], salience]) for salience in (0.001, 0.95))
        apart = np.flatnonzero(np.abs(x - x[0]) > 0.05)
        before, after = (contests(g, rules=ABSTAIN).chance[0, apart] for g in (shy, keen))
        assert (after >= before - 1e-12).all()
        before, after = (contests(g).chance[0, apart] for g in (shy, keen))
        lowered += int((after < before).sum())
    assert lowered > 0  # as KTAB has it


def test_ideals_follow_as_accommodation_says() -> None:
    for seed in range(4):
        game = some_game(seed, n=5, dims=1 + seed % 2)
        rng = np.random.default_rng(seed)
        share = rng.random((5, 5))
        share *= rng.random((5, 1)) / share.sum(axis=1, keepdims=True)
        moved = replace(game, accommodation=share)
        np.testing.assert_allclose(
            smp(moved, rules=Rules(most_turns=5)).history, reference(moved, {}, 5), atol=1e-9
        )
    same = replace(game, accommodation=np.eye(5))
    np.testing.assert_array_equal(smp(same).history, smp(game).history)


def test_a_game_without_end_says_so() -> None:
    game = replace(published("emission1994"), accommodation=np.zeros((10, 10)))
    play = smp(game)
    assert play.converged is False
    assert play.history.shape[0] == 101
    assert "still moved after 100 turns" in play.note
    assert play.cycle is None
    assert play.forecast[0] == pytest.approx(
        float(game.weights[:, 0] @ play.history[-1, :, 0] / game.weights.sum())
    )


@pytest.mark.parametrize(("seed", "length"), [(141, 2), (120, 3)])
def test_a_cycle_is_told_by_its_length(seed: int, length: int) -> None:
    play = smp(replace(some_game(seed, n=4), accommodation=np.zeros((4, 4))))
    assert play.converged is False
    assert play.cycle == length
    assert f"in a cycle of {length}" in play.note
    np.testing.assert_allclose(play.history[-1], play.history[-1 - length], atol=1e-9)
    assert np.abs(play.history[-1] - play.history[-2]).max() > 1e-3


def test_ledger_and_attitudes_are_those_of_the_reference() -> None:
    game = some_game(11, n=7, dims=2)
    play = smp(game)
    _, worlds = played(game.capability, game.salience, game.positions)
    assert play.risk is not None
    assert play.risk.shape == play.history.shape[:2]
    for t, world in enumerate(worlds):
        np.testing.assert_allclose(play.risk[t], world.risk, atol=1e-9)
        offers = [offer for offer in play.ledger if offer.turn == t + 1]
        expected = world.turn()[1]
        assert len(offers) == len(expected)
        for offer, (bargain, chosen) in zip(offers, expected, strict=True):
            assert (offer.proposer, offer.receiver) == (bargain.first, bargain.second)
            assert offer.chosen == chosen
            assert offer.value == pytest.approx(bargain.gain, abs=1e-9)
            np.testing.assert_allclose(
                (offer.for_proposer, offer.for_receiver), bargain.places, atol=1e-9
            )


def test_contests_are_those_of_the_reference() -> None:
    game = some_game(4, n=5)
    view = contests(game)
    world = World(
        Settings(), game.capability.tolist(), game.salience, game.positions, game.positions
    )
    for i in range(5):
        for j in range(5):
            if i == j:
                assert np.isnan(view.chance[i, j])
                continue
            assert view.chance[i, j] == pytest.approx(world.chance(i, i, j), abs=1e-12)
            assert view.gain[i, j] == pytest.approx(world.gain(i, j), abs=1e-12)


def test_forecast_and_distribution_are_of_the_last_positions() -> None:
    game = some_game(9, n=6, dims=2)
    play = smp(game)
    last = play.history[-1]
    weights = game.weights
    np.testing.assert_allclose(play.forecast, (weights * last).sum(0) / weights.sum(0))
    assert play.distribution is not None
    for d, spread in enumerate(play.distribution):
        assert spread.probability.sum() == pytest.approx(1.0)
        np.testing.assert_array_equal(spread.points, np.unique(last[:, d]))


def test_chance_takes_offers_by_their_probabilities() -> None:
    game = some_game(3, n=4)
    rules = Rules(choice="stochastic", most_turns=1)
    copies = 4000
    given = [
        np.repeat(x[None], copies, 0) for x in (game.positions, game.capability, game.salience)
    ]
    _, final = smp_many(*given, rules=rules, seed=1)
    s = Settings()
    world = World(s, game.capability.tolist(), game.salience, game.positions, game.positions)
    offers = [offer for i in range(4) for offer in world.offers(i)]
    for k in range(4):
        mine = [None, *(offer for offer in offers if k in (offer.first, offer.second))]
        won = election(s, world.c, [[world.worth(a, offer) for a in range(4)] for offer in mine])
        places = [
            game.positions[k, 0] if o is None else o.places[0 if o.first == k else 1][0]
            for o in mine
        ]
        mean = float(np.dot(won, places))
        error = np.sqrt(np.dot(won, (np.array(places) - mean) ** 2) / copies)
        assert abs(final[:, k, 0].mean() - mean) <= 4 * error + 1e-9


def test_the_same_seed_gives_the_same_play() -> None:
    game, rules = some_game(8), Rules(choice="stochastic")
    one, two, other = (smp(game, rules=rules, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.history, two.history)
    assert one.cycle is None
    assert one.history.shape != other.history.shape or (one.history != other.history).any()
    again = smp(game, rules=rules, seed=np.random.SeedSequence(1))
    np.testing.assert_array_equal(one.history, again.history)
    final = smp_many(game.positions[None], game.capability[None], game.salience[None],
                     rules=rules, seed=1)[1]  # fmt: skip
    np.testing.assert_array_equal(one.history[-1], final[0])


@pytest.mark.parametrize("rules", [KTAB, ABSTAIN, Rules(bargaining="initiator-receiver")])
def test_many_games_are_as_many_single_ones(rules: Rules) -> None:
    all_ = [some_game(seed, n=5, dims=2) for seed in range(8)]
    change = np.array([np.eye(5) * share for share in np.linspace(0.3, 1.0, 8)])
    given = [
        np.array([getattr(g, f) for g in all_]) for f in ("positions", "capability", "salience")
    ]
    for accommodation in (None, change, change[2]):
        many = smp_played(*given, accommodation=accommodation, rules=rules)
        for p, game in enumerate(all_):
            own = change[p] if accommodation is change else accommodation
            play = smp(replace(game, accommodation=own), rules=rules)
            np.testing.assert_array_equal(many.final[p], play.history[-1])
            np.testing.assert_allclose(many.forecast[p], play.forecast, atol=1e-12)
            assert many.turns[p] == (len(play.history) - 1 if play.converged else 0)


def test_who_has_no_weight_takes_no_part() -> None:
    game = some_game(2, n=6)
    salience = game.salience.copy()
    salience[3] = 0.0
    idle = replace(game, salience=salience)
    rest = [0, 1, 2, 4, 5]
    without = Game(tuple("abcde"), game.positions[rest], game.capability[rest], salience[rest])
    play = smp(idle)
    np.testing.assert_array_equal(play.history[:, rest], smp(without).history)
    assert (play.history[:, 3] == game.positions[3]).all()
    assert "a3" in play.note
    assert {o.proposer for o in play.ledger} | {o.receiver for o in play.ledger} <= set(rest)
    assert np.isnan(contests(idle).chance[3]).all()
    both = [np.array([getattr(g, f) for g in (game, idle)]) for f in
            ("positions", "capability", "salience")]  # fmt: skip
    final = smp_many(*both)[1]
    np.testing.assert_array_equal(final[0], smp(game).history[-1])
    np.testing.assert_array_equal(final[1], play.history[-1])


def test_the_order_of_actors_does_not_matter_without_ties() -> None:
    for seed in range(8):
        game = some_game(seed, n=7)
        order = np.random.default_rng(seed).permutation(7)
        shuffled = Game(
            tuple("abcdefg"), game.positions[order], game.capability[order], game.salience[order]
        )
        np.testing.assert_allclose(smp(shuffled).history, smp(game).history[:, order], atol=1e-9)


def test_moving_along_the_scale_moves_the_play() -> None:
    for seed in range(8):
        game = some_game(seed)
        low = replace(game, positions=0.6 * game.positions)
        for shift in (0.1234, 0.4):  # multiples of the rounding
            high = replace(low, positions=low.positions + shift)
            np.testing.assert_allclose(smp(high).history, smp(low).history + shift, atol=1e-9)
        high = replace(low, positions=low.positions + 0.100037)
        one = Rules(most_turns=1)
        moved = smp(high, rules=one).history - smp(low, rules=one).history
        assert np.abs(moved - 0.100037).max() <= 1e-4 + 1e-9


def test_doubling_all_capabilities_changes_nothing() -> None:
    for seed in range(8):
        game = some_game(seed)
        double = replace(game, capability=2.0 * game.capability)
        np.testing.assert_allclose(smp(double).history, smp(game).history, atol=1e-9)


def test_of_equally_good_choices_the_first_counts() -> None:
    """Twins promise their target the same, and are offered the same."""
    for one, twins, other in ((0.2, 0.1, 0.4), (0.2, 0.9, 0.4), (0.0, 1.0, 0.5), (0.0, 0.8, 0.8)):
        for capability in ([1, 1, 1, 1], [50, 90, 90, 20], [20, 60, 60, 80]):
            game = one_game([one, twins, twins, other], capability, [0.6] * 4)
            play = smp(game, rules=Rules(most_turns=1))
            _, worlds = played(game.capability, game.salience, game.positions, most=1)
            expected = [(b.first, b.second, chosen) for b, chosen in worlds[0].turn()[1]]
            assert [(o.proposer, o.receiver, o.chosen) for o in play.ledger] == expected
            assert not [o for o in play.ledger if o.receiver == 2]


def test_who_agrees_has_nothing_to_bargain_over() -> None:
    play = smp(one_game([0.4] * 5, [1, 2, 3, 4, 5], [0.5] * 5))
    assert play.ledger == ()
    assert play.converged
    assert play.forecast[0] == pytest.approx(0.4)
    assert (play.risk == 0.0).all()


def test_elections_of_many_lopsided_options_still_add_up() -> None:
    n = 120
    rng = np.random.default_rng(0)
    game = one_game(rng.random(n), 10.0 ** rng.uniform(-3, 3, n), rng.uniform(0.1, 1.0, n))
    play = smp(game, rules=Rules(victory="octic", voting="cubic", most_turns=1))
    assert np.isfinite(play.history).all()
    assert play.distribution is not None
    assert play.distribution[0].probability.sum() == pytest.approx(1.0)


def test_what_cannot_be_played_says_why() -> None:
    with pytest.raises(GameError, match="needs 3 to 250 actors with weight, here are 2"):
        smp(one_game([0.0, 1.0], [1, 1], [0.5, 0.5]))
    with pytest.raises(GameError, match="here are 2"):
        smp(one_game([0.0, 1.0, 0.5], [1, 1, 0], [0.5, 0.5, 0.5]))
    with pytest.raises(GameError, match="here are 251"):
        smp(one_game([0.5] * 251, [1] * 251, [0.5] * 251))
    game = some_game(0)
    with pytest.raises(GameError, match="needs a seed"):
        smp(game, rules=Rules(choice="stochastic"))
    with pytest.raises(GameError, match=r"third party is semi-commit or .* not 'neutral'"):
        Rules(third_party="neutral")
    with pytest.raises(GameError, match="at least 1 turn"):
        Rules(most_turns=0)
    with pytest.raises(GameError, match="indifference"):
        Rules(indifference=-1.0)
    with pytest.raises(GameError, match="accommodation"):
        smp(replace(game, accommodation=np.ones((6, 6))))
    given = game.positions[None], game.capability[None], game.salience[None]
    with pytest.raises(GameError, match="needs a seed"):
        smp_many(*given, rules=Rules(choice="stochastic"))
    with pytest.raises(GameError, match="P by n by D"):
        smp_many(game.positions, game.capability, game.salience)
    with pytest.raises(GameError, match="1 by 6"):
        smp_many(given[0], game.capability, given[2])
    with pytest.raises(GameError, match="6 by 6"):
        smp_many(*given, accommodation=np.eye(5))
    with pytest.raises(GameError, match="here are 2"):
        smp_many(given[0][:, :2], given[1][:, :2], given[2][:, :2])


def test_games_that_chance_left_with_two_actors_stand_still() -> None:
    game = some_game(0, n=3)
    given = [np.repeat(x[None], 2, 0) for x in (game.positions, game.capability, game.salience)]
    given[2][1, 0] = 0.0
    many = smp_played(*given)
    np.testing.assert_array_equal(many.final[1], game.positions)
    np.testing.assert_array_equal(many.final[0], smp(game).history[-1])
    assert np.isfinite(many.forecast).all()
