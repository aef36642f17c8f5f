"""Reading forecasts: starts between levels, times between steps, the clamped trends, the ends."""

from dataclasses import replace

import endurance_oracle as oracle
import numpy as np
import pytest
from endurance_games import JUDGED, equal, foresee, lot, packed, solve, table, today

from foedus.lenses.endurance import kernel

SPLITS = [
    # place, levels, level at or below, share of the next
    (0.0, 3, 0, 0.0),
    (1.25, 3, 1, 0.25),
    (2.0, 3, 1, 1.0),
    (0.0, 1, 0, 0.0),
    (10.0, 11, 9, 1.0),
]


@pytest.mark.parametrize(("place", "levels", "low", "share"), SPLITS)
def test_a_place_between_levels_is_split(place, levels, low, share):
    assert kernel.split(place, levels) == (low, pytest.approx(share))


def test_trust_is_split_for_each_member_the_first_least_significant():
    mix = kernel.start_trust(np.array([0.75, 0.25]), kernel.layout(2, 5, 3))
    each = np.zeros(9)
    each[[1, 2, 4, 5]] = 0.25  # the first at level 1 or 2, the second (times 3) at 0 or 1
    np.testing.assert_allclose(mix, each)
    np.testing.assert_allclose(
        kernel.start_trust(np.array([1.0, 0.0]), kernel.layout(2, 5, 3))[2], 1
    )


CURVE = np.array([1.0, 0.5, 0.25, 0.0])
TIMES = [(0.0, 1.0), (1.0, 0.5), (1.5, 0.125**0.5), (2.5, 0.125), (3.0, 0.0)]


@pytest.mark.parametrize(("time", "chance"), TIMES)
def test_between_steps_the_logarithm_is_interpolated(time, chance):
    assert kernel.at(time, CURVE) == pytest.approx(chance, abs=1e-12)
    assert float(kernel.read(*kernel.clock(time, CURVE), CURVE)) == pytest.approx(chance)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_start_between_levels_is_a_mixture_of_its_levels(seed):
    g = lot(seed, 2, 5, 3)
    found = solve(g)
    between = foresee(found, today(g, position=0.1, trust=0.5))
    low, high = (foresee(found, today(g, position=x, trust=0.5)) for x in (0.0, 0.5))
    for mixed, a, b in zip(between, low, high, strict=True):
        np.testing.assert_allclose(mixed, 0.8 * a + 0.2 * b, rtol=0.0, atol=1e-12)


@pytest.mark.parametrize("defeat_holds", [False, True])
def test_only_those_who_must_stay_break_the_pact(defeat_holds):
    """The second leaves at once, the first never: what holds is what must."""
    g = replace(
        equal(2, levels=5, pace=0.6, determinism=0.0),
        gets_from=((0.0, 0.0), (0.0, 0.0)),
        exit_cost=(1e5, -1e5),
    )
    found = solve(g)

    def ahead(must):
        return foresee(found, today(g, horizon=200, must=must, defeat_holds=defeat_holds))

    assert ahead((0, 1)).holds[1] < 1e-12
    assert ahead((1,)).holds[1] < 1e-12
    first = ahead((0,))
    assert first.survival[1] < 1e-12
    defeat = first.trends[-1, kernel.FALLING].sum()
    assert 0.3 < defeat < 0.5
    if defeat_holds:
        assert first.holds[-1] > 1.0 - 1e-9
    else:
        assert first.trends[-1, kernel.FALLING, 1] < 0.05  # settled below the start, not defeated
        assert first.holds[-1] < 0.7
    np.testing.assert_allclose(ahead(()).holds, first.holds, atol=1e-12)


@pytest.mark.parametrize("steps", [12, 6])
def test_along_a_clamped_path_only_exits_end_the_pact(steps):
    g = equal(2, exit_cost=1e5, pace=0.9, settle_chance=0.2)
    ahead = foresee(solve(g), today(g, horizon=steps))
    np.testing.assert_allclose(ahead.path_survival, 1.0, rtol=0.0, atol=1e-12)
    assert ahead.survival[-1] < 0.9


def test_without_exits_and_blame_the_front_is_a_random_walk():
    """No force on either side: the trend is that of a lazy walk, worked out with binomials."""
    g = equal(2, exit_cost=1e5, determinism=0.0, pace=0.4, settle_chance=0.0)
    ahead = foresee(solve(g), today(g, horizon=4))
    step = np.array([0.2, 0.6, 0.2])
    walk = step
    for _ in range(3):
        walk = np.convolve(walk, step)
    np.testing.assert_allclose(
        ahead.trends[-1, :, 1], [walk[:4].sum(), walk[4], walk[5:].sum()], rtol=0.0, atol=1e-12
    )


@pytest.mark.parametrize("blame", [0.0, 0.3, 1.0])
def test_blames_are_counted(blame):
    """Nobody leaves: two members' blames a period by outcome alone, or by token effort too."""
    by_outcome = equal(2, exit_cost=1e5, monitoring=0.0, settle_chance=0.0, pace=0.0)
    g = replace(by_outcome, blame_after=(blame,) * 3, precision=1e-9, exit_cost=(1e15, 1e15))
    counts = foresee(solve(g), today(g, horizon=5)).blamed
    np.testing.assert_allclose(counts[:, 0], 2.0 * blame * np.arange(6), atol=1e-6)
    np.testing.assert_allclose(counts[:, 1], blame * np.arange(6), atol=1e-6)  # half are token


@pytest.mark.parametrize(
    ("position", "defeat_holds", "cause", "holds"),
    [
        (1.0, False, kernel.VICTORY, 1.0),
        (-1.0, False, kernel.DEFEAT, 0.0),
        (-1.0, True, kernel.DEFEAT, 1.0),
    ],
)
def test_a_contest_that_is_over_stays_over(position, defeat_holds, cause, holds):
    g = lot(1, 2)
    ahead = foresee(solve(g), today(g, position=position, defeat_holds=defeat_holds))
    np.testing.assert_array_equal(ahead.survival, 0.0)
    np.testing.assert_array_equal(ahead.holds, holds)
    np.testing.assert_array_equal(ahead.causes[:, g.n + cause], 1.0)


def test_a_longer_horizon_continues_a_shorter_one():
    found = solve(JUDGED)
    short, long = (foresee(found, today(JUDGED, horizon=h)) for h in (5.5, 12))
    for name in ("survival", "holds", "causes", "firsts", "trends", "blamed"):
        np.testing.assert_allclose(
            getattr(short, name), getattr(long, name)[:7], rtol=0.0, atol=1e-14
        )


def test_paths_can_be_left_out():
    found, n = solve(lot(1, 2)), 2
    begin = kernel.Start(0.0, np.ones(n), 6.0, 3)
    bare, whole = kernel.forecast(found, begin, paths=False), kernel.forecast(found, begin)
    np.testing.assert_array_equal(bare.holds, whole.holds)
    assert not bare.path_holds.any()
    assert whole.path_holds.all()


def test_a_game_is_packed_a_row_a_draw():
    g = lot(1, 3)
    row = packed(g)
    assert row.shape == (18 + 8 * 3 + 9,)
    fields = (np.asarray(getattr(g, name), dtype=float) for name in kernel.Game._fields)
    two = kernel.Game(*(np.stack((f, 2.0 * f)) for f in fields))
    assert two.members == 3
    np.testing.assert_array_equal(two.packed(), [row, 2.0 * row])
    assert table(g).members == 3


def test_a_path_leads_from_today_to_its_end():
    """The oracle's own rule, by hand: four levels up over twelve months, three months a level."""
    path = oracle.path_of(JUDGED, 5, 1, today(JUDGED))
    assert path == [5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9]
    assert oracle.path_of(JUDGED, 9, 1, today(JUDGED)) == [9] * 13
    assert oracle.path_of(JUDGED, 2, -1, today(JUDGED, horizon=2)) == [2, 2, 1]
