"""Cases with an answer of their own: closed forms, value iteration, one-shot games, dominance."""

import math
from dataclasses import replace

import endurance_oracle as oracle
import numpy as np
import pytest
from endurance_games import equal, foresee, level, lot, packed, solve, table, today
from scipy.optimize import root

from foedus.lenses.endurance import kernel

FULL, TOKEN, LEAVE = kernel.FULL, kernel.TOKEN, kernel.LEAVE


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.parametrize("safe", [{"pace": 0.0}, {"opponents": 0.01, "determinism": 10.0}])
def test_who_gets_much_from_the_others_never_leaves(n, safe):
    g = equal(n, gets_from=50.0, **safe)
    ahead = foresee(solve(g), today(g, horizon=100))
    assert ahead.causes[-1, : n + 1].sum() < 1e-6
    assert ahead.causes[-1, n + kernel.DEFEAT] < 1e-6


def test_who_gets_nothing_leaves_so_the_last_test_can_fail():
    g = equal(2, gets_from=0.0, pace=0.0)
    assert foresee(solve(g), today(g, horizon=100)).causes[-1, :3].sum() > 0.5


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("trust", [1, 2, 3])
def test_at_random_a_third_leaves_every_period(n, trust):
    g = lot(7, n, trust=trust, precision=0.0, pace=0.0, settle_chance=0.0)
    ahead = foresee(solve(g), today(g, horizon=9, position=0.25))
    exact = (2.0 / 3.0) ** (n * np.arange(10))
    np.testing.assert_allclose(ahead.survival, exact, rtol=1e-12)
    np.testing.assert_allclose(ahead.holds, exact, rtol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_a_future_play_is_static_logit(n, seed):
    """No future and nothing from the others: three numbers and a softmax, at every position."""
    nothing = tuple((0.0,) * n for _ in range(n))
    g = lot(seed, n, 7, 1, patience=0.0, gets_from=nothing, divergence=0.0)
    play = solve(g).policy()
    for k in range(5):
        x = -1.0 + 2.0 * (k + 1) / 6.0
        for i in range(n):
            here = g.stake[i] * x - g.presence_cost[i]
            away = g.stake_outside[i] * g.stake[i] * x + g.outside_option[i]
            cost = g.effort_cost[i]
            q = [here - cost, here - g.token * cost, away - g.exit_cost[i] + g.leave_bonus]
            e = np.exp(g.precision * np.array(q))
            np.testing.assert_allclose(play[i, :, 0, k], e / e.sum(), rtol=0.0, atol=1e-9)


def value_iteration(g):
    """Values and action values of one best-replying member in {0}, by plain value iteration."""
    value = {}
    for members in oracle.subsets(g):
        stage = oracle.Stage(g, members)
        value[members] = np.zeros(len(stage.index))
        for _ in range(5000):
            q = stage.now[:, :, 0] + g.patience * sum(
                chance @ value[rest] for rest, chance in stage.on.items()
            )
            new = q.max(axis=1)
            moved, value[members] = np.abs(new - value[members]).max(), new
            if moved < 1e-14:
                break
    return value[(0,)], q


LAMBDAS = [0.5, 2.0, 14.0, 50.0, 200.0, 2e3, 2e4, 2e5]


@pytest.mark.parametrize("precision", LAMBDAS)
@pytest.mark.parametrize("seed", range(4))
def test_one_member_alone_is_within_logit_of_value_iteration(seed, precision):
    g = lot(seed, 1, 7, 1, precision=precision)
    best, q = value_iteration(g)
    ours = solve(g).worth()[0, 0]
    gap = np.abs(ours - best).max()
    assert np.all(ours <= best + 1e-9)
    assert gap <= 2.0 / (math.e * precision * (1.0 - g.patience)) + 1e-9
    ranked = np.sort(q, axis=1)
    clear = (ranked[:, 2] - ranked[:, 1]).min() > 20.0 / precision
    if clear:
        assert gap < 1e-6
    if precision == max(LAMBDAS):
        assert clear  # so that the sharper bound is not vacuous


def test_the_great_are_exploited_by_the_small():
    """Olson & Zeckhauser (1966): one does what the other would do if it were alone."""
    g = oracle.Numbers(
        stake=(1.0, 0.5),
        capability=(0.6, 0.6),
        effort_cost=(1.0, 1.0),
        presence_cost=(0.05, 0.05),
        aim=(0.5, 0.5),
        exit_cost=(1e4, 1e4),
        outside_option=(0.0, 0.0),
        stake_outside=(1.0, 1.0),
        gets_from=((0.0, 0.0), (0.0, 0.0)),
        opponents=0.35,
        determinism=4.0,
        pace=0.35,
        token=0.2,
        coordination=0.0,
        divergence=0.0,
        settle_chance=0.02,
        settle_width=0.5,
        patience=0.97,
        precision=200.0,
        trust=1,
    )
    found = solve(g)
    both, alone = found.policy()[:, FULL, 0, level(g, 0.0)], found.policy(0b10)[0, FULL, 0]
    assert both[0] > 0.95
    assert both[1] < 0.15
    assert alone[level(g, 0.0)] > 0.85


@pytest.mark.parametrize("effort_cost", [0.1, 0.2, 0.5])
@pytest.mark.parametrize("trust", [2, 3])
def test_effort_rises_with_monitoring(effort_cost, trust):
    """Two equal members, exit barred (at an effort cost of 1 it falls again beyond .8)."""
    games = [
        equal(
            2,
            trust=trust,
            effort_cost=effort_cost,
            exit_cost=1e4,
            coordination=1.5,
            opponents=1.0,
            precision=40.0,
            monitoring=monitoring,
        )
        for monitoring in (0.0, 0.2, 0.4, 0.6, 0.8)
    ]
    effort = [solve(g).policy()[0, FULL, -1, level(g, 0.0)] for g in games]
    assert np.all(np.diff(effort) > 0.001)
    assert effort[-1] - effort[0] > 0.02


def logistic(z):
    return 1.0 / (1.0 + np.exp(-z))


ONE_SHOT = [
    # stakes, capabilities, costs, opponents, determinism, spoils, retribution, lambda
    ((1.0, 1.0), (1.0, 1.0), (0.2, 0.2), 1.0, 2.0, 0.0, 0.0, 14.0),
    ((1.0, 0.5), (0.6, 0.6), (1.0, 1.0), 0.35, 4.0, 0.0, 0.0, 8.0),
    ((2.0, 0.4), (0.5, 1.5), (2.0, 0.3), 1.2, 3.0, 1.0, 0.5, 5.0),
    ((0.3, 1.2), (2.0, 0.7), (1.0, 2.0), 0.8, 1.0, 0.0, 2.0, 30.0),
]


@pytest.mark.parametrize("row", ONE_SHOT)
def test_a_contest_decided_in_one_period_is_a_two_by_two_game(row):
    """Three levels and a front that always moves: effort once, then victory or defeat."""
    stake, capability, cost, opponents, determinism, spoils, retribution, precision = row
    g = replace(
        equal(2, exit_cost=1e5, gets_from=0.15, levels=3, trust=1, pace=1.0, patience=0.9),
        stake=stake,
        capability=capability,
        effort_cost=cost,
        opponents=opponents,
        determinism=determinism,
        spoils=spoils,
        retribution=retribution,
        precision=precision,
    )
    delta = g.patience

    def worth(i, mine, other):
        force = capability[i] * mine + capability[1 - i] * other
        up = logistic(determinism * (force - opponents))
        won = stake[i] + 0.15 + spoils * capability[i] / sum(capability)
        lost = -stake[i] * (1.0 + retribution)
        flow = 0.15 - g.presence_cost[i] - cost[i] * mine
        return (1.0 - delta) * flow + delta * (up * won + (1.0 - up) * lost)

    def gaps(odds):
        out = []
        for i in (0, 1):
            p = logistic(odds[1 - i])
            gain = sum(
                w * (worth(i, 1.0, e) - worth(i, g.token, e))
                for w, e in ((p, 1.0), (1.0 - p, g.token))
            )
            out.append(odds[i] - precision * gain)
        return out

    answer = root(gaps, [0.0, 0.0], options={"xtol": 1e-14})
    assert np.abs(answer.fun).max() < 1e-11
    np.testing.assert_allclose(
        solve(g).policy()[:, FULL, 0, 0], logistic(answer.x), rtol=0.0, atol=1e-9
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("precision", [2.0, 6.0])
def test_staying_for_each_other_once_is_a_fixed_point_too(seed, precision):
    """No future: what the other brings and its distance count only if it stays."""
    g = lot(seed, 2, 5, 1, patience=0.0, precision=precision, exit_cost=(0.1, 0.2))

    def logits(i, other_stays, x):
        p = g.capability
        apart = g.divergence * p[1 - i] / sum(p) * abs(g.aim[0] - g.aim[1])
        here = g.stake[i] * x - g.presence_cost[i]
        here += other_stays * (g.gets_from[i][1 - i] - apart)
        away = g.stake_outside[i] * g.stake[i] * x + g.outside_option[i]
        away += g.leave_bonus - g.exit_cost[i]
        cost = g.effort_cost[i]
        e = np.exp(precision * np.array([here - cost, here - g.token * cost, away]))
        return e / e.sum()

    play = solve(g).policy()
    for k, x in enumerate((-0.5, 0.0, 0.5)):
        found = root(
            lambda s, x=x: [s[i] - 1.0 + logits(i, s[1 - i], x)[LEAVE] for i in (0, 1)],
            [2.0 / 3.0, 2.0 / 3.0],
            options={"xtol": 1e-14},
        ).x
        for i in (0, 1):
            np.testing.assert_allclose(
                play[i, :, 0, k], logits(i, found[1 - i], x), rtol=0.0, atol=1e-9
            )


BAD_SIZES = [
    ((0, 11, 3), "members"),
    ((7, 11, 2), "members"),
    ((-1, 11, 2), "members"),
    ((2, 2, 3), "front levels"),
    ((2, 0, 3), "front levels"),
    ((2, 11, 0), "trust levels"),
    ((6, 11, 3), "joint states"),
    ((2, 11, 17), "joint states"),
]


@pytest.mark.parametrize(("sizes", "words"), BAD_SIZES)
def test_sizes_that_are_not_solved_are_refused_with_what_to_give(sizes, words):
    with pytest.raises(ValueError, match=words) as error:
        kernel.layout(*sizes)
    assert "give" in str(error.value)


@pytest.mark.parametrize("sizes", [(6, 11, 2), (5, 11, 3), (1, 3, 1), (2, 11, 16)])
def test_the_largest_and_smallest_sizes_are_taken(sizes):
    lay = kernel.layout(*sizes)
    assert (lay.members, lay.levels, lay.trust) == sizes
    assert lay.states[-1] == (sizes[2] ** sizes[0] if sizes[0] > 1 else 1)


def test_a_row_of_another_number_of_members_is_refused():
    with pytest.raises(ValueError, match="3 members"):
        kernel.solve(packed(equal(2)), table(equal(3)))
