"""The base_rate kernel against closed forms, integrals, and draws made apart from it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.lenses.base_rate.kernel import (
    Shrunk,
    concentration,
    joint_chance,
    log_odds,
    narrowed,
    survive,
    together,
    yearly_force,
)
from foedus.lenses.base_rate.kernel.shrinkage import LEAST, MOST, SPREAD, USUAL

RATES = st.floats(1e-4, 0.9)
VARIANCES = st.floats(0.0, 6.0)
ENDLESS = 1e9
"""So many rows that a class is certain."""


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(seed))


def laplace(force: float, variance: float) -> float:
    """`E exp(-Z force)` by integrating over the gamma distribution of Z, mean 1."""
    frailty = stats.gamma(1.0 / variance, scale=variance)
    points = frailty.ppf(np.linspace(1e-12, 1.0 - 1e-12, 400_001))
    return float(np.exp(-points * force).mean())


# Rates of nested classes


def test_the_widest_class_starts_from_jeffreys_prior() -> None:
    (rate,) = narrowed(np.array([3.0]), np.array([20.0]), np.array([1.0]))
    assert rate == Shrunk(3.5, 17.5)
    assert rate.mean == pytest.approx(3.5 / 21.0, rel=1e-15)


@pytest.mark.parametrize(("events", "rows", "worth"), [(2, 110, 50), (0, 4, 30), (7, 26, 200)])
def test_a_narrower_class_is_the_posterior_on_a_grid(events: int, rows: int, worth: float) -> None:
    """Under a wide class of a certain rate, 12 %: its density times the chance of the counts."""
    found = narrowed(
        np.array([0.12 * ENDLESS, events]), np.array([ENDLESS, rows]), np.array([1.0, worth])
    )[-1]
    grid = np.linspace(0.0, 1.0, 200_001)[1:-1]
    density = stats.beta.pdf(grid, 0.12 * worth, 0.88 * worth) * stats.binom.pmf(events, rows, grid)
    density /= density.sum()
    mean = float(density @ grid)
    assert found.mean == pytest.approx(mean, abs=1e-5)
    spread = float(np.sqrt(density @ (grid - mean) ** 2))
    assert stats.beta.std(found.a, found.b) == pytest.approx(spread, rel=1e-2)


@given(
    wide=st.tuples(st.integers(0, 50), st.integers(50, 500)),
    narrow=st.tuples(st.integers(0, 20), st.integers(20, 200)),
    worth=st.floats(1.0, 1e4),
)
def test_a_rate_lies_between_its_own_share_and_the_wider_class(
    wide: tuple[int, int], narrow: tuple[int, int], worth: float
) -> None:
    events, rows = (np.array(pair, dtype=float) for pair in zip(wide, narrow, strict=True))
    first, second = narrowed(events, rows, np.array([1.0, worth]))
    ends = sorted((first.mean, narrow[0] / narrow[1]))
    assert ends[0] - 1e-12 <= second.mean <= ends[1] + 1e-12


@pytest.mark.parametrize("worth", [1.0, 30.0, 1e5])
def test_a_class_without_rows_has_the_wider_rate(worth: float) -> None:
    first, second = narrowed(np.array([27.0, 0.0]), np.array([67.0, 0.0]), np.array([1.0, worth]))
    assert second.mean == pytest.approx(first.mean, rel=1e-12)


@pytest.mark.parametrize("worth", [30.0, 1000.0, 1e5])
def test_a_class_without_rows_is_not_surer_than_the_wider_one(worth: float) -> None:
    first, second = narrowed(np.array([27.0, 0.0]), np.array([67.0, 0.0]), np.array([1.0, worth]))
    assert log_odds(second)[1] >= 0.95 * log_odds(first)[1]


@pytest.mark.parametrize(("a", "b"), [(22.5, 469.5), (0.5, 0.5), (4.74, 20.77), (3.0, 1.0)])
def test_log_odds_by_integration(a: float, b: float) -> None:
    """Over the log odds x themselves, whose density is that of the rate times p (1 - p)."""
    x = np.linspace(-30.0, 30.0, 600_001)
    p = 1.0 / (1.0 + np.exp(-x))
    weight = stats.beta.pdf(p, a, b) * p * (1.0 - p)
    weight /= weight.sum()
    mean, spread = log_odds(Shrunk(a, b))
    assert mean == pytest.approx(float(weight @ x), abs=1e-5)
    assert spread == pytest.approx(np.sqrt(weight @ (x - mean) ** 2), rel=1e-4)


@pytest.mark.parametrize("worth", [10.0, 40.0, 150.0])
def test_a_known_concentration_is_recovered_from_simulated_sisters(worth: float) -> None:
    draws = rng(3)
    rows = np.full(1500, 120.0)
    rates = draws.beta(0.15 * worth, 0.85 * worth, rows.size)
    events = draws.binomial(120, rates).astype(float)
    found = concentration(events, rows, np.zeros(rows.size, dtype=np.intp))
    assert found == pytest.approx(worth, rel=0.15)


def test_the_concentration_is_the_best_of_a_grid() -> None:
    events = np.array([5.0, 40.0, 0.0, 12.0, 3.0])
    rows = np.array([50.0, 160.0, 20.0, 60.0, 90.0])
    family = np.array([0, 1, 0, 1, 0])
    grid = np.exp(np.linspace(np.log(LEAST), np.log(MOST), 401))
    means = 1.0 / (1.0 + np.exp(-np.linspace(-12.0, 6.0, 2000)))

    def best(worth: float, one: int) -> float:
        told = stats.betabinom.logpmf(
            events[family == one], rows[family == one].astype(int),
            worth * means[:, None], worth * (1.0 - means[:, None]),
        )  # fmt: skip
        return float(np.log(np.exp(told.sum(axis=1)).mean()))

    height = [
        best(w, 0) + best(w, 1) - 0.5 * (np.log(w / USUAL) / SPREAD) ** 2 for w in grid
    ]  # fmt: skip
    assert concentration(events, rows, family) == pytest.approx(grid[np.argmax(height)], rel=0.05)


def test_sisters_that_are_alike_are_worth_the_most() -> None:
    rows = np.full(50, 200.0)
    assert concentration(0.1 * rows, rows, np.zeros(50, dtype=np.intp)) > 5.0 * USUAL


def test_without_rows_everything_is_drawn_to_the_wider_class() -> None:
    nothing = np.zeros(3)
    one = np.zeros(3, dtype=np.intp)
    assert concentration(nothing, nothing, one) == USUAL
    some = concentration(np.array([9.0, 1.0]), np.array([20.0, 20.0]), one[:2])
    assert some < USUAL / 2.0
    assert concentration(
        np.array([9.0, 1.0, 0.0]), np.array([20.0, 20.0, 0.0]), one
    ) == pytest.approx(some, rel=1e-6)
    alone = np.arange(2)
    assert concentration(np.array([9.0, 1.0]), np.array([20.0, 20.0]), alone) == USUAL


# Exits that come together


@pytest.mark.parametrize("variance", [0.3, 1.7, 5.0])
@pytest.mark.parametrize("hazard", [0.01, 0.14, 0.6])
def test_the_force_gives_the_hazard_when_frailty_is_integrated_out(
    hazard: float, variance: float
) -> None:
    force = float(yearly_force(np.array(hazard), variance))
    assert 1.0 - laplace(force, variance) == pytest.approx(hazard, rel=1e-3)


@pytest.mark.parametrize("variance", [0.3, 1.7, 5.0])
def test_joint_chances_by_drawing_the_frailty(variance: float) -> None:
    hazard = np.array([0.05, 0.2, 0.4])
    force = yearly_force(hazard, variance)
    size = 400_000
    draws = rng(11)
    shared = draws.gamma(1.0 / variance, variance, size)
    left = draws.uniform(size=(size, 3)) < -np.expm1(-shared[:, None] * force)
    for who in product((False, True), repeat=3):
        seen = float(np.all(left == np.array(who), axis=1).mean())
        told = joint_chance(force, np.array(who), variance)
        assert told == pytest.approx(seen, abs=4.0 * np.sqrt(max(told, 1e-6) / size))


@given(hazard=st.lists(RATES, min_size=1, max_size=5), variance=VARIANCES)
def test_joint_chances_over_all_subsets_sum_to_one(hazard: list[float], variance: float) -> None:
    force = yearly_force(np.array(hazard), variance)
    every = [
        joint_chance(force, np.array(who), variance)
        for who in product((False, True), repeat=len(hazard))
    ]
    assert sum(every) == pytest.approx(1.0, abs=1e-10)
    assert min(every) > -1e-12


@given(hazard=st.lists(RATES, min_size=2, max_size=4), variance=VARIANCES)
def test_each_member_leaves_as_often_as_alone(hazard: list[float], variance: float) -> None:
    force = yearly_force(np.array(hazard), variance)
    for i, own in enumerate(hazard):
        alone = joint_chance(force[i : i + 1], np.array([True]), variance)
        marginal = sum(
            joint_chance(force, np.array(who), variance)
            for who in product((False, True), repeat=len(hazard))
            if who[i]
        )
        assert alone == pytest.approx(own, rel=1e-9, abs=1e-12)
        assert marginal == pytest.approx(own, abs=1e-9)


@given(hazard=st.lists(RATES, min_size=2, max_size=4), data=st.data())
@pytest.mark.parametrize("variance", [0.0, 1e-10, 1e-7])
def test_without_variance_members_leave_independently(
    variance: float, hazard: list[float], data: st.DataObject
) -> None:
    who = np.array(data.draw(st.lists(st.booleans(), min_size=len(hazard), max_size=len(hazard))))
    chances = np.array(hazard)
    apart = float(np.prod(np.where(who, chances, 1.0 - chances)))
    told = joint_chance(yearly_force(chances, variance), who, variance)
    assert told == pytest.approx(apart, abs=1e-5)


@given(hazard=st.floats(0.01, 0.6), other=st.floats(0.01, 0.6))
def test_the_more_is_shared_the_more_leave_together(hazard: float, other: float) -> None:
    both = np.array([True, True])
    ratio = []
    for variance in (0.0, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0):
        force = yearly_force(np.array([hazard, other]), variance)
        ratio.append(joint_chance(force, both, variance) / (hazard * other))
    assert ratio[0] == pytest.approx(1.0, rel=1e-9)
    assert np.all(np.diff(ratio) > 0.0)


def test_of_two_the_joint_exit_has_a_closed_form() -> None:
    """`1 - 2 (1 - h) + (1 + 2 v f)^(-1/v)` with `v f = (1 - h)^-v - 1`."""
    h, v = 0.138, 1.7
    by_hand = 1.0 - 2.0 * (1.0 - h) + (2.0 * (1.0 - h) ** -v - 1.0) ** (-1.0 / v)
    force = yearly_force(np.array([h, h]), v)
    assert joint_chance(force, np.array([True, True]), v) == pytest.approx(by_hand, rel=1e-10)
    assert float(together(force.sum(), v)) == pytest.approx(1.0 - 2.0 * h + by_hand, rel=1e-10)


# Through a span of years


@given(
    hazard=st.lists(st.lists(RATES, min_size=3, max_size=3), min_size=1, max_size=4),
    variance=VARIANCES,
)
def test_marginals_are_products_and_all_stay_within_frechets_bounds(
    hazard: list[list[float]], variance: float
) -> None:
    yearly = np.array(hazard)[None]
    each, every = survive(yearly, np.ones(3), variance)
    np.testing.assert_allclose(each[0], np.prod(1.0 - yearly[0], axis=1), rtol=1e-9)
    assert every[0] <= each[0].min() + 1e-12
    assert every[0] >= max(0.0, each[0].sum() - (len(hazard) - 1)) - 1e-12
    assert every[0] >= np.prod(each[0]) - 1e-12  # what is shared never parts them


def test_all_stay_by_drawing_every_years_frailty() -> None:
    hazard = np.array([[[0.25, 0.14, 0.1], [0.1, 0.1, 0.3]]])
    share = np.array([1.0, 1.0, 0.4])
    variance, size = 1.7, 300_000
    force = yearly_force(hazard[0], variance) * share
    shared = rng(5).gamma(1.0 / variance, variance, (size, 3))
    stay = np.exp(-np.einsum("sk,mk->sm", shared, force))
    each, every = survive(hazard, share, variance)
    np.testing.assert_allclose(each[0], stay.mean(axis=0), atol=4e-3)
    assert every[0] == pytest.approx(float(stay.prod(axis=1).mean()), abs=4e-3)


@pytest.mark.parametrize("variance", [0.0, 1.7])
def test_at_once_all_are_still_in(variance: float) -> None:
    each, every = survive(np.full((2, 3, 1), 0.3), np.zeros(1), variance)
    assert np.all(each == 1.0)
    assert np.all(every == 1.0)


@given(part=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0), variance=VARIANCES)
def test_the_longer_the_span_the_fewer_stay(part: float, more: float, variance: float) -> None:
    hazard = np.array([[[0.2], [0.05]]])
    first, second = sorted((part, more))
    soon, later = (survive(hazard, np.array([x]), variance) for x in (first, second))
    assert np.all(later[0] <= soon[0] + 1e-12)
    assert later[1][0] <= soon[1][0] + 1e-12
