"""What holds of any game: symmetry, units, chances that add up, the same answer from any start."""

from dataclasses import fields, replace
from itertools import permutations

import endurance_oracle as oracle
import numpy as np
import pytest
from endurance_games import JUDGED, change, equal, foresee, lot, pack, solve, today
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.endurance import kernel

often = settings(max_examples=40, deadline=None, derandomize=True, database=None)
seeds = st.integers(0, 10**6)
shares = st.floats(0.0, 1.0)
games = st.builds(lot, seeds, st.integers(1, 3), levels=st.integers(3, 7), trust=st.integers(1, 3))
MEMBERS = (
    "stake",
    "capability",
    "effort_cost",
    "presence_cost",
    "aim",
    "exit_cost",
    "outside_option",
    "stake_outside",
)


@st.composite
def starts(draw, n):
    everyone = tuple(range(n))
    return oracle.Start(
        position=draw(st.floats(-0.95, 0.95)),
        trust=tuple(draw(shares) for _ in everyone),
        horizon=draw(st.floats(0.2, 15.0)),
        must=tuple(i for i in everyone if draw(st.booleans())),
        defeat_holds=draw(st.booleans()),
    )


@often
@given(games)
def test_policies_are_chances(g):
    found = solve(g)
    for members in range(1, 1 << g.n):
        play = found.policy(members)
        assert play.min() >= 0.0
        np.testing.assert_allclose(play.sum(axis=1), 1.0, rtol=0.0, atol=1e-12)


@often
@given(st.data(), games)
def test_what_can_happen_adds_up(data, g):
    start = data.draw(starts(g.n))
    ahead = foresee(solve(g), start)
    assert len(ahead.survival) == max(int(np.ceil(start.horizon - 1e-9)), 1) + 1
    one = ahead.survival + ahead.causes.sum(axis=1)
    np.testing.assert_allclose(one, 1.0, rtol=0.0, atol=1e-12)
    np.testing.assert_allclose(ahead.trends.sum(axis=(1, 2)), 1.0, rtol=0.0, atol=1e-12)
    np.testing.assert_allclose(ahead.trends[:, :, 1].sum(axis=1), ahead.holds, atol=1e-12)
    for table in (ahead.causes, ahead.trends, ahead.survival, ahead.path_holds):
        assert table.min() >= -1e-15
        assert table.max() <= 1.0 + 1e-12
    falling = (ahead.survival, ahead.holds, *ahead.path_survival, *ahead.path_holds)
    assert all(np.all(np.diff(curve) <= 1e-12) for curve in falling)
    assert np.all(np.diff(ahead.causes, axis=0) >= -1e-12)
    assert np.all(ahead.survival <= ahead.holds + ahead.causes.sum(axis=1) + 1e-12)
    assert np.all(ahead.path_survival <= ahead.path_holds + 1e-12)
    exits = ahead.causes[:, : g.n + 1].sum(axis=1)
    np.testing.assert_allclose(ahead.firsts.sum(axis=1), exits, rtol=0.0, atol=1e-12)
    assert np.all(ahead.firsts >= ahead.causes[:, : g.n] - 1e-15)
    assert np.all(ahead.blamed[:, 1] <= ahead.blamed[:, 0] + 1e-12)


@often
@given(st.data(), games)
def test_incidences_add_up_between_steps_too(data, g):
    start = data.draw(starts(g.n))
    ahead = foresee(solve(g), start)
    row, share = kernel.clock(start.horizon, ahead.survival)
    whole = kernel.at(start.horizon, ahead.survival)
    assert abs(float(kernel.read(row, share, ahead.survival)) - whole) < 1e-9
    assert abs(kernel.read(row, share, ahead.causes).sum() + whole - 1.0) < 1e-9


def permuted(g, order):
    """The same game with its members named in another order."""
    rows = {name: tuple(getattr(g, name)[i] for i in order) for name in MEMBERS}
    gets = tuple(tuple(g.gets_from[i][j] for j in order) for i in order)
    return replace(g, **rows, gets_from=gets)


@pytest.mark.parametrize("order", list(permutations(range(3)))[1:])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_members_does_not_matter(order, seed):
    g = lot(seed, 3, 5, 3)
    other = permuted(g, order)
    first, second = solve(g), solve(other)
    for tau in oracle.trusts(g, range(3)):
        ours = first.policy()[:, :, pack(g, tau)][list(order)]
        theirs = second.policy()[:, :, pack(g, [tau[i] for i in order])]
        np.testing.assert_allclose(theirs, ours, rtol=0.0, atol=1e-8)
    start = oracle.Start(0.1, (0.2, 0.9, 0.6), 6.5, (0, 1))
    where = [order.index(i) for i in range(3)]
    moved = replace(start, trust=tuple(start.trust[i] for i in order), must=(where[0], where[1]))
    a, b = foresee(first, start), foresee(second, moved)
    columns = [*order, *range(3, 7)]
    np.testing.assert_allclose(b.causes, a.causes[:, columns], rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(b.firsts, a.firsts[:, list(order)], rtol=0.0, atol=1e-8)
    for name in ("survival", "holds", "trends", "blamed", "path_survival", "path_holds"):
        np.testing.assert_allclose(getattr(b, name), getattr(a, name), rtol=0.0, atol=1e-8)


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.parametrize("precision", [3.0, 14.0])
def test_equal_members_play_equally(n, precision):
    g = equal(n, levels=7, precision=precision, opponents=1.2)
    found = solve(g)
    for tau in oracle.trusts(g, range(n)):
        for order in permutations(range(n)):
            here = found.policy()[:, :, pack(g, tau)][list(order)]
            there = found.policy()[:, :, pack(g, [tau[i] for i in order])]
            np.testing.assert_allclose(here, there, rtol=0.0, atol=1e-8)
    leaves = foresee(found, today(g)).causes[-1, :n]
    np.testing.assert_allclose(leaves, leaves[0], rtol=0.0, atol=1e-8)


PAYOFFS = (
    "stake",
    "effort_cost",
    "presence_cost",
    "divergence",
    "exit_cost",
    "outside_option",
    "spoils",
    "leave_bonus",
    "gets_from",
)


def times(value, factor):
    if isinstance(value, tuple):
        return tuple(times(v, factor) for v in value)
    return value * factor


@often
@given(games)
def test_the_unit_of_payoffs_does_not_matter(g):
    tripled = {name: times(getattr(g, name), 3.0) for name in PAYOFFS}
    other = replace(g, **tripled, precision=g.precision / 3.0)
    a, b = solve(g), solve(other)
    np.testing.assert_allclose(b.play, a.play, rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(b.value, 3.0 * a.value, rtol=0.0, atol=1e-7)


@pytest.mark.parametrize("name", [f.name for f in fields(oracle.Numbers)])
def test_every_number_moves_play(name):
    """So that none is read from its neighbour's place, or not at all."""
    g = lot(5, 2, 5, 3)
    value = getattr(g, name)
    if name in ("levels", "trust"):
        return
    if name in MEMBERS:
        changed = [change(g, i, **{name: value[i] * 0.8 + 0.01}) for i in (0, 1)]
    elif name == "gets_from":
        rows = [[list(row) for row in value] for _ in (0, 1)]
        for i in (0, 1):
            rows[i][i][1 - i] += 0.1
        changed = [replace(g, gets_from=tuple(map(tuple, r))) for r in rows]
    elif name == "blame_after":
        changed = [replace(g, blame_after=tuple(b * 0.5 for b in value))]
    else:
        changed = [replace(g, **{name: value * 0.8 + 0.01})]
    for other in changed:
        assert np.abs(solve(other).play - solve(g).play).max() > 1e-6


@pytest.mark.parametrize("bonus", [-0.2, 0.05, 0.3])
def test_the_anchors_number_is_an_exit_cost_in_average_units(bonus):
    g = lot(8, 3, 5, 2, leave_bonus=0.0)
    cheaper = tuple(f - bonus / (1.0 - g.patience) for f in g.exit_cost)
    a, b = solve(replace(g, leave_bonus=bonus)), solve(replace(g, exit_cost=cheaper))
    np.testing.assert_allclose(a.play, b.play, rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(a.value, b.value, rtol=0.0, atol=1e-8)


@often
@given(st.data(), games)
def test_another_games_policies_lead_to_the_same_equilibrium(data, g):
    other = data.draw(st.builds(lot, seeds, st.just(g.n), st.just(g.levels), st.just(g.trust)))
    warm = solve(g, solve(other).play)
    np.testing.assert_allclose(warm.play, solve(g).play, rtol=0.0, atol=1e-6)


@pytest.mark.parametrize("near", [{"precision": 20.0}, {"opponents": 2.2}, {"coordination": 0.0}])
def test_the_first_judgements_are_found_from_their_neighbours(near):
    warm = solve(JUDGED, solve(replace(JUDGED, **near)).play)
    np.testing.assert_allclose(warm.play, solve(JUDGED).play, rtol=0.0, atol=1e-6)


def test_solving_twice_gives_the_same_bytes():
    a, b = solve(JUDGED), solve(JUDGED)
    assert a.play.tobytes() == b.play.tobytes()
    assert foresee(a, today(JUDGED)).holds.tobytes() == foresee(b, today(JUDGED)).holds.tobytes()


def test_a_warm_start_is_left_as_it_was():
    start = solve(lot(3, 2)).play.copy()
    before = start.tobytes()
    solve(lot(4, 2), start)
    assert start.tobytes() == before
