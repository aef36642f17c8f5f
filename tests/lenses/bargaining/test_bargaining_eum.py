"""The expected utility model beside published runs and a plain reference, and its properties."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bargaining_games import games, one_game
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.bargaining.eum import (
    EUM_VARIANTS,
    Encounter,
    eum,
    eum_many,
    eum_many_rests,
)
from foedus.lenses.bargaining.game import Floats, Game, GameError, Play
from foedus.lenses.compiled import jit

PUBLISHED = Path(__file__).parents[2] / "published" / "bargaining"
QUICK = settings(max_examples=40, deadline=None)
VARIANT = st.sampled_from(sorted(EUM_VARIANTS))
EVERY = pytest.mark.parametrize("variant", EUM_VARIANTS)
SAME = 1e-12
CYCLING = 121
"""The seed of a game that goes round in a circle as printed."""


@dataclass
class Scale:
    """What turns positions from 0 to 1 back."""

    low: float
    width: float

    def back(self, values: Any) -> Floats:
        return np.asarray(self.low + self.width * np.asarray(values))


def published(case: str) -> tuple[Game, Scale]:
    with (PUBLISHED / "cases.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["case"] == case]
    x, c, s = (
        [float(row[what]) for row in rows] for what in ("position", "capability", "salience")
    )
    scale = Scale(min(x), max(x) - min(x))
    places = [(at - scale.low) / scale.width for at in x]
    return one_game(places, c, [keen / 100.0 for keen in s]), scale


def told(play: Play, scale: Scale, game: Game) -> tuple[Floats, Floats]:
    """Medians and means by round, on the table's own scale."""
    weights = game.weights[:, 0] / game.weights.sum()
    assert play.median is not None
    return scale.back(play.median[:, 0]), scale.back(play.history[:, :, 0] @ weights)


def lower_median(x: Sequence[float], w: Sequence[float]) -> float:
    """The position that no other beats by votes; the lower of two."""
    for at in sorted(x):
        if sum(b for a, b in zip(x, w, strict=True) if a <= at) >= sum(w) / 2 * (1 - SAME):
            return at
    raise AssertionError


def utility(
    x: Sequence[float], s: Sequence[float], i: int, j: int, r: float, p: float, span: float,
    mu: float, q: float, code: bool,
) -> float:  # fmt: skip
    """What i expects of challenging j: the four utilities as they are printed."""
    d = abs(x[i] - x[j]) / span
    win, lose, stay = (2 - 4 * base**r for base in (0.5 - 0.5 * d, 0.5 + 0.5 * d, 0.5))
    expected = s[j] * (p * win + (1 - p) * lose) + (1 - s[j]) * win - q * stay
    if code:
        return expected
    m = 0.25 * (abs(x[i] - mu) + abs(x[i] - x[j])) / span
    better = abs(x[i] - mu) < abs(x[i] - x[j])
    return expected - (1 - q) * (2 - 4 * (0.5 - m if better else 0.5 + m) ** r)


def chances(
    x: Sequence[float], w: Sequence[float], r: Sequence[float], span: float, code: bool
) -> list[list[float]]:
    """Votes for i against j over the votes of that pair, or of every ordered pair."""
    n = len(x)
    apart = [[(abs(x[k] - x[i]) / span) ** r[k] for i in range(n)] for k in range(n)]
    votes = [
        [[w[k] * (apart[k][j] - apart[k][i]) for k in range(n)] for j in range(n)] for i in range(n)
    ]
    everything = sum(abs(v) for row in votes for pair in row for v in pair)
    return [
        [
            sum(max(0.0, v) for v in votes[i][j])
            / (everything if code else sum(abs(v) for v in votes[i][j]))
            if abs(x[i] - x[j]) > SAME * span
            else 0.0
            for j in range(n)
        ]
        for i in range(n)
    ]


def octant(a: float, b: float, at: float, other: float, code: bool) -> tuple[int, float] | None:
    """Rank and end of the encounter in which an actor gives way, if it does."""
    if b <= SAME or abs(a) <= SAME:
        return None
    if a > 0:
        return (0, other) if b > a + SAME else None
    if b > -a + SAME:
        return 1, at + (other - at) * abs(a / b)
    return None if code else (2, other)


def reference_round(
    x: list[float], w: list[float], s: list[float], variant: str, q: float, span: float
) -> tuple[list[float], list[float]]:
    """Positions after a round, and the exponents with which it was played."""
    n, code = len(x), variant == "scholz-code"
    r = [1.0] * n
    if max(x) - min(x) <= SAME * span:
        return x, r
    mu = lower_median(x, w)
    p = chances(x, w, r, span, code)
    danger = [
        sum(utility(x, s, j, i, 1.0, p[j][i], span, mu, q, code) for j in range(n) if j != i)
        for i in range(n)
    ]
    low, high = min(danger), max(danger)
    if high - low > SAME:
        risks = [(2 * one - high - low) / (high - low) for one in danger]
        r = [(1 - risk / 3) / (1 + risk / 3) for risk in risks]
    p = chances(x, w, r if code else [1.0] * n, span, code)
    ends = []
    for i in range(n):
        offers = []
        for j in range(n):
            if abs(x[i] - x[j]) <= SAME * span:
                continue
            a = utility(x, s, i, j, r[i], p[i][j], span, mu, q, code)
            b = utility(x, s, j, i, r[i if code else j], p[j][i], span, mu, q, code)
            met = octant(a, b, x[i], x[j], code)
            if met is None:
                continue
            key = abs(met[1] - x[i]) / span
            if code and met[0] == 1:
                key = (abs(a) * x[i] + abs(b) * x[j]) / (abs(a) + abs(b)) / span
            offers.append((met[0], -b if variant == "eu-first" else 0.0, key, j, met[1]))
        for column in range(4):
            best = min((offer[column] for offer in offers), default=0.0)
            offers = [offer for offer in offers if offer[column] <= best + SAME]
        ends.append(offers[0][4] if offers else x[i])
    return ends, r


def reference(game: Game, variant: str, rounds: int, q: float) -> tuple[Floats, Floats]:
    """Positions and exponents by round, of actors that all have weight."""
    x, s, w = (list(map(float, v[:, 0])) for v in (game.positions, game.salience, game.weights))
    span = 1.0 if variant == "eu-first" else (max(x) - min(x)) or 1.0
    history, risks = [x], [[1.0] * len(x)]
    for _ in range(rounds):
        x, r = reference_round(x, w, s, variant, q, span)
        history.append(x)
        risks.append(r)
    return np.array(history), np.array(risks)


def random_game(seed: int, n: int | None = None, dims: int = 1) -> Game:
    """Positions, capabilities and saliences without ties."""
    rng = np.random.default_rng(seed)
    n = n or int(rng.integers(2, 9))
    salience = rng.uniform(0.05, 1.0 / dims, (n, dims))
    return Game(
        tuple(f"a{i}" for i in range(n)), rng.random((n, dims)), rng.uniform(0.1, 1, n), salience
    )


# published runs


def test_scholz_code_gives_the_history_that_its_port_printed() -> None:
    game, scale = published("emission1994")
    rounds = json.loads((PUBLISHED / "golden_emission_scholzcode_jmckib.json").read_text())
    play = eum(game, "scholz-code")
    medians, means = told(play, scale, game)
    assert play.risk is not None
    for turn, golden in enumerate(rounds["rounds"]):
        np.testing.assert_allclose(
            scale.back(play.history[turn, :, 0]), list(golden["positions"].values()), atol=1e-10
        )
        np.testing.assert_allclose(play.risk[turn], list(golden["risk"].values()), atol=1e-10)
        assert medians[turn] == pytest.approx(golden["median"], abs=1e-10)
        assert means[turn] == pytest.approx(golden["mean"], abs=1e-10)
    assert len(rounds["rounds"]) == len(play.history) == 11
    assert scale.back(play.forecast)[0] == pytest.approx(means[-1])


def test_scholz_code_against_the_table_that_was_printed_with_it() -> None:
    """Table 2 gives medians and means of rounds 1 to 8 to one decimal.

    Seven of its eight medians are those of the program, cut off; that of round 2 is not (9.61,
    where 9.9 is printed). Its means, some cut off and some rounded, are within 0.062.
    """
    game, scale = published("emission1994")
    told_by = json.loads((PUBLISHED / "cases_meta.json").read_text())["emission1994"]
    medians, means = told(eum(game, "scholz-code"), scale, game)
    cut = np.floor(medians[1:9] * 10.0 + 1e-9) / 10.0
    differing = np.flatnonzero(np.abs(cut - told_by["scholz_table2_median"]) > 1e-9)
    assert differing.tolist() == [1]
    assert medians[2] == pytest.approx(9.611, abs=1e-3)
    gap = np.abs(means[1:9] - told_by["scholz_table2_mean"])
    assert gap.max() < 0.062
    np.testing.assert_allclose(
        medians, [7, 8.416, 9.611, 9.962, 9.962, 9.962, 7.472, 8.825, 9.671, 9.671, 7], atol=1e-3
    )
    expected = [7.390, 7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572, 7.325, 7.242]
    np.testing.assert_allclose(means, expected, atol=1e-3)


def test_as_printed_emission_stays_at_seven() -> None:
    """The algorithm as printed does not give the table printed with it."""
    game, scale = published("emission1994")
    play = eum(game, "printed")
    medians, means = told(play, scale, game)
    np.testing.assert_allclose(medians, 7.0, atol=1e-9)
    assert means[0] == pytest.approx(7.390, abs=1e-3)
    assert means[-1] == pytest.approx(7.0, abs=1e-9)
    assert play.converged
    assert play.cycle is None
    assert play.note == ""


def test_the_sultan_table() -> None:
    game, scale = published("sultan1997")
    medians, means = told(eum(game, "printed"), scale, game)
    assert medians[0] == pytest.approx(13.9)
    np.testing.assert_allclose(medians[1:], 13.75, atol=1e-9)
    # the votes of every ordered pair are so many that nobody is ever moved
    still = eum(game, "scholz-code")
    medians, means = told(still, scale, game)
    np.testing.assert_allclose(medians, 13.9)
    np.testing.assert_allclose(means, 13.620, atol=5e-4)
    assert still.converged
    assert still.ledger == ()


# the reference


@QUICK
@given(games(), VARIANT, st.sampled_from([1.0, 0.7, 0.0]))
def test_it_is_the_reference(game: Game, variant: str, q: float) -> None:
    play = eum(game, variant, rounds=4, q=q)
    history, risk = reference(game, variant, 4, q)
    assert play.risk is not None
    np.testing.assert_allclose(play.risk, risk, atol=1e-9)
    np.testing.assert_allclose(play.history[:, :, 0], history, atol=1e-9)


@QUICK
@given(st.integers(0, 10**6), VARIANT)
def test_it_is_the_reference_without_ties_for_many_rounds(seed: int, variant: str) -> None:
    game = random_game(seed)
    history, _ = reference(game, variant, 10, 1.0)
    np.testing.assert_allclose(eum(game, variant).history[:, :, 0], history, atol=1e-9)


# who moved whom


@QUICK
@given(games(), VARIANT)
def test_the_ledger_tells_every_move(game: Game, variant: str) -> None:
    play = eum(game, variant, rounds=5)
    moved = {}
    for offer in play.ledger:
        assert isinstance(offer, Encounter)
        assert offer.kind != "compel" or variant != "scholz-code"
        before = play.history[offer.turn - 1, :, 0]
        assert offer.for_proposer == (before[offer.proposer],)
        assert offer.value > 0.0
        if offer.kind != "compromise":
            assert offer.for_receiver == offer.for_proposer
        if offer.chosen:
            assert (offer.turn, offer.receiver) not in moved
            moved[offer.turn, offer.receiver] = offer.for_receiver[0]
    for turn in range(1, len(play.history)):
        for i in range(len(game.actors)):
            end = moved.get((turn, i), play.history[turn - 1, i, 0])
            assert play.history[turn, i, 0] == pytest.approx(end, abs=SAME)


def test_kinds_of_encounter_in_the_first_round_of_emission() -> None:
    game, scale = published("emission1994")
    play = eum(game, "scholz-code", rounds=1)
    chosen = [met for met in play.ledger if isinstance(met, Encounter) and met.chosen]
    said = {
        game.actors[met.receiver]: (met.kind, float(scale.back(met.for_receiver)[0]))
        for met in chosen
    }
    belgium, luxembourg, ireland = (game.actors[i] for i in (1, 2, 7))
    assert said == {
        belgium: ("compromise", pytest.approx(8.4159, abs=1e-4)),
        luxembourg: ("confrontation", pytest.approx(7.0)),
        ireland: ("confrontation", pytest.approx(4.0)),
    }


# rest and cycles


def test_cycles_are_found() -> None:
    game = random_game(CYCLING)
    play = eum(game, "printed", rounds=30)
    assert play.cycle is not None
    assert play.cycle > 1
    assert play.converged is False
    assert f"a cycle of {play.cycle} rounds" in play.note
    np.testing.assert_allclose(play.history[-1], play.history[-1 - play.cycle], atol=SAME)


def test_what_does_not_come_to_rest_is_said() -> None:
    game, _ = published("emission1994")
    play = eum(game, "scholz-code")
    assert play.converged is False
    assert play.cycle is None
    assert "not converged after 10 rounds" in play.note


@EVERY
def test_one_actor_settles_at_its_position(variant: str) -> None:
    play = eum(one_game([0.3], [1.0], [0.5]), variant)
    assert play.forecast == pytest.approx([0.3])
    assert play.converged
    assert play.ledger == ()


@EVERY
def test_where_all_stand_together_nothing_moves(variant: str) -> None:
    play = eum(one_game([0.4] * 3, [1.0, 2.0, 3.0], [0.5, 1.0, 0.2]), variant)
    assert (play.history == 0.4).all()
    assert play.forecast == pytest.approx([0.4])
    assert play.risk is not None
    assert (play.risk == 1.0).all()


@EVERY
def test_equals_in_equal_danger_take_no_risks_and_do_not_move(variant: str) -> None:
    play = eum(one_game([0.1, 0.9], [1.0, 1.0], [0.6, 0.6]), variant, rounds=1)
    assert play.risk is not None
    assert (play.risk == 1.0).all()
    assert (play.history[0] == play.history[1]).all()


def test_the_first_of_two_equal_offers_is_taken() -> None:
    """Two strong equals at either side of a weak one, as far away."""
    game = one_game([0.5, 0.9, 0.1], [0.1, 1.0, 1.0], [0.2, 0.9, 0.9])
    turned = one_game([0.5, 0.1, 0.9], [0.1, 1.0, 1.0], [0.2, 0.9, 0.9])
    for variant in ("printed", "eu-first"):
        assert eum(game, variant, rounds=1).history[1, 0, 0] == pytest.approx(0.9)
        assert eum(turned, variant, rounds=1).history[1, 0, 0] == pytest.approx(0.1)


# what makes no difference


@QUICK
@given(st.integers(0, 10**6), VARIANT, st.floats(0.1, 1.0), st.floats(0.0, 1.0))
def test_a_shift_or_a_smaller_scale_shifts_or_shrinks_the_result(
    seed: int, variant: str, factor: float, share: float
) -> None:
    """Shrinking makes no difference where distances are parts of the first range."""
    game = random_game(seed)
    shrunk = factor if variant != "eu-first" else 1.0
    x = game.positions if variant != "eu-first" else 0.5 * game.positions
    room = share * (1.0 - (x * shrunk).max())
    first = eum(Game(game.actors, x, game.capability, game.salience), variant, rounds=6)
    other = Game(game.actors, x * shrunk + room, game.capability, game.salience)
    second = eum(other, variant, rounds=6)
    np.testing.assert_allclose(second.history, first.history * shrunk + room, atol=1e-9)
    np.testing.assert_allclose(second.forecast, first.forecast * shrunk + room, atol=1e-9)


@QUICK
@given(st.integers(0, 10**6), st.sampled_from(["printed", "eu-first"]))
def test_a_scale_turned_round_turns_the_result_round(seed: int, variant: str) -> None:
    """Not so in Scholz's program, which prefers low compromises."""
    game = random_game(seed)
    turned = Game(game.actors, 1.0 - game.positions, game.capability, game.salience)
    play, other = (eum(one, variant, rounds=6) for one in (game, turned))
    np.testing.assert_allclose(other.history, 1.0 - play.history, atol=1e-9)


@QUICK
@given(st.integers(0, 10**6), VARIANT, st.randoms(use_true_random=False))
def test_the_order_of_the_actors_makes_no_difference(seed: int, variant: str, random: Any) -> None:
    game = random_game(seed)
    order = list(range(len(game.actors)))
    random.shuffle(order)
    other = Game(
        tuple(game.actors[i] for i in order),
        game.positions[order],
        game.capability[order],
        game.salience[order],
    )
    play, mixed = (eum(one, variant, rounds=6) for one in (game, other))
    np.testing.assert_allclose(mixed.history, play.history[:, order], atol=1e-9)
    assert mixed.forecast == pytest.approx(play.forecast)


@QUICK
@given(games(), VARIANT, st.sampled_from([0.125, 2.0, 1024.0]))
def test_the_unit_of_capability_makes_no_difference(
    game: Game, variant: str, factor: float
) -> None:
    other = Game(game.actors, game.positions, game.capability * factor, game.salience)
    play, same = (eum(one, variant) for one in (game, other))
    assert (play.history == same.history).all()
    assert (play.forecast == same.forecast).all()


@QUICK
@given(games(), VARIANT)
def test_nobody_leaves_the_range(game: Game, variant: str) -> None:
    play = eum(game, variant)
    assert play.history.min() >= game.positions.min() - SAME
    assert play.history.max() <= game.positions.max() + SAME


# actors without weight, dimensions, many games, bad input


@QUICK
@given(games(n=5), VARIANT, st.sampled_from(["salience", "capability"]))
def test_actors_without_weight_take_no_part(game: Game, variant: str, lacking: str) -> None:
    capability = np.append(game.capability, 0.0 if lacking == "capability" else 0.7)
    salience = np.vstack([game.salience, [0.0 if lacking == "salience" else 0.7]])
    x = np.vstack([game.positions, [1.0]])
    play = eum(Game((*game.actors, "idle"), x, capability, salience), variant)
    alone = eum(game, variant)
    assert (play.history[:, :5] == alone.history).all()
    assert (play.history[:, 5] == 1.0).all()
    assert play.forecast == alone.forecast
    assert "take no part and stay: idle" in play.note


@EVERY
def test_dimensions_are_each_by_itself(variant: str) -> None:
    game = random_game(5, n=6, dims=3)
    play = eum(game, variant)
    assert play.history.shape == (11, 6, 3)
    assert play.median is not None
    assert play.median.shape == (11, 3)
    assert play.risk is None
    assert "each of the 3 dimensions by itself" in play.note
    for d in range(3):
        one = Game(
            game.actors, game.positions[:, [d]], game.capability, game.salience[:, [d]].copy()
        )
        alone = eum(one, variant)
        assert (play.history[:, :, d] == alone.history[:, :, 0]).all()
        assert play.forecast[d] == alone.forecast[0]
        own = [o for o in play.ledger if isinstance(o, Encounter) and o.dimension == d]
        assert [o.for_receiver[d] for o in own] == [o.for_receiver[0] for o in alone.ledger]
        for offer in own:
            stood = play.history[offer.turn - 1, offer.receiver]
            others = [k for k in range(3) if k != d]
            assert [offer.for_receiver[k] for k in others] == stood[others].tolist()


@EVERY
@pytest.mark.parametrize("q", [1.0, 0.6])
def test_many_games_are_each_what_one_is(variant: str, q: float) -> None:
    made = [random_game(seed, n=7, dims=2) for seed in range(30)]
    x = np.stack([game.positions for game in made])
    c = np.stack([game.capability for game in made])
    s = np.stack([game.salience for game in made])
    c[3, 2] = 0.0
    for told_by in ("mean", "median"):
        forecast, final, rests = eum_many_rests(x, c, s, variant, 12, q, told_by)
        for p, game in enumerate(made):
            one = Game(game.actors, x[p], c[p], s[p])
            play = eum(one, variant, 12, q, told_by)
            np.testing.assert_allclose(final[p], play.history[-1], atol=1e-10)
            np.testing.assert_allclose(forecast[p], play.forecast, atol=1e-10)
            assert bool(rests[p].all()) == play.converged
    assert x[0, 0, 0] == made[0].positions[0, 0]  # what was given is left as it was


def test_no_rounds_leave_everything_where_it_is() -> None:
    game = random_game(1)
    play = eum(game, rounds=0)
    assert (play.history == game.positions[None]).all()
    assert play.forecast[0] == pytest.approx(
        np.average(game.positions[:, 0], weights=game.weights[:, 0])
    )


def test_what_is_refused() -> None:
    game = random_game(1)
    for bad, says in (
        ({"variant": "scholz"}, "there is no variant 'scholz'"),
        ({"rounds": -1}, "-1 rounds"),
        ({"q": 1.5}, "from 0 to 1, not 1.5"),
        ({"forecast": "mode"}, "median or the mean"),
    ):
        with pytest.raises(GameError, match=says) as caught:
            eum(game, **bad)  # type: ignore[arg-type]
        assert caught.value.bad_input
    idle = one_game([0.2, 0.7], [1.0, 1.0], [0.0, 0.0])
    with pytest.raises(GameError, match="nobody has any weight"):
        eum(idle)
    forecast, final = eum_many(idle.positions[None], idle.capability[None], idle.salience[None])
    assert np.isnan(forecast).all()
    assert (final[0] == idle.positions).all()
    with pytest.raises(GameError, match="games of 2 actors"):
        eum_many(idle.positions[None], idle.capability[None, :1], idle.salience[None])


# powers


def test_powers_are_those_of_the_c_library() -> None:
    from foedus.lenses.bargaining.kernel.powers import logarithms, raised

    @jit
    def power(out: Floats, logs: Floats, base: Floats, exponent: Floats, count: int) -> None:
        logarithms(logs, base, 1.0, 0.0, count)
        raised(out, logs, exponent, count)

    rng = np.random.default_rng(0)
    base = np.concatenate(
        [rng.random(5000), rng.uniform(1.0, 2.0, 5000), 10.0 ** -rng.uniform(0, 99, 999)]
    )
    base[:3] = 1.0, 2.0, 0.5
    exponent = rng.uniform(0.5, 2.0, base.size)
    out, logs = np.empty_like(base), np.empty_like(base)
    power(out, logs, base, exponent, base.size)
    np.testing.assert_allclose(logs, np.log(base), rtol=2e-15)
    np.testing.assert_allclose(out, base**exponent, rtol=1e-13)
    power(out, logs, np.zeros(1), np.array([0.5]), 1)
    assert 0.0 <= out[0] < 1e-100
