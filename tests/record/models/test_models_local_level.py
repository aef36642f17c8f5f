"""The drifting hazard against its own posterior written apart, and against what must be so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models_toy import chance, log_posterior, posterior
from sklearn.linear_model import LogisticRegression

from foedus.record.models.local_level import Drift, FittingError, Level, fit_level

DRIFTS = [Drift(0.1, 0.01, 0.4), Drift(0.3, 0.0, 0.2), Drift(0.0, 0.0, 0.5), Drift(0.02, 0.2, 0.1)]
GAPS = [1900, 1901, 1902, 1905, 1911]


def rows(
    n: int = 150, seed: int = 0, years: list[int] = GAPS, odds: float = -1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two covariates, events and years; not every year between the first and the last has rows."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    year = rng.choice(years, size=n)
    event = rng.uniform(size=n) < chance(odds + x @ [0.6, -0.3] + 0.03 * (year - years[0]))
    return x, event.astype(float), year


def level_at(level: Level, years: Any) -> np.ndarray:
    return np.array([level.of_year(float(year))[1] for year in years])


def odds_variance(level: Level, x: np.ndarray, year: float) -> float:
    """Of one row's log odds in a year."""
    on, _, left = level.of_year(year)
    z = np.concatenate([[1.0], x, on])
    return float(z @ level.covariance @ z + left)


@pytest.mark.parametrize("drift", DRIFTS)
def test_mode_and_curvature_are_those_of_the_posterior(drift: Drift) -> None:
    x, event, year = rows(seed=3)
    found = fit_level(x, event, year, drift, 0.5)
    told = posterior(x, event, year, GAPS, drift, 0.5)
    np.testing.assert_allclose(found.beta, told.mode[:3], atol=2e-5)
    np.testing.assert_allclose(level_at(found, GAPS), told.mode[3:], atol=2e-5)
    np.testing.assert_allclose(found.covariance[:3, :3], told.covariance[:3, :3], atol=1e-5)
    here = [np.flatnonzero(found.years == one)[0] + 3 for one in GAPS]
    np.testing.assert_allclose(
        found.covariance[np.ix_(here, here)], told.covariance[3:, 3:], atol=2e-5
    )
    np.testing.assert_allclose(found.covariance[:3, here], told.covariance[:3, 3:], atol=2e-5)


def test_nothing_near_the_mode_is_more_likely() -> None:
    x, event, year = rows(seed=8)
    found = fit_level(x, event, year, DRIFTS[0], 0.3)
    of = log_posterior(x, event, year, GAPS, DRIFTS[0], 0.3)
    at = np.concatenate([found.beta, level_at(found, GAPS)])
    rng = np.random.default_rng(1)
    best = of(at)
    for _ in range(200):
        assert of(at + 0.01 * rng.normal(size=at.size)) < best


@pytest.mark.parametrize("drift", DRIFTS)
@pytest.mark.parametrize("asked", [1904, 1930])
def test_chances_are_means_over_the_posterior_and_the_years_to_come(
    drift: Drift, asked: int
) -> None:
    x, event, year = rows(seed=5)
    new = np.array([[0.0, 0.0], [1.5, -1.0], [-2.0, 3.0]])
    found = fit_level(x, event, year, drift, 0.5).predict(new, np.full(3, asked))
    years = sorted({*GAPS, asked})  # a year without rows is known by the prior of the level alone
    told = posterior(x, event, year, years, drift, 0.5)
    at = np.random.default_rng(2).multivariate_normal(told.mode, told.covariance, size=100_000)
    u = at[:, 3 + years.index(asked)]
    for row, p in zip(new, found, strict=True):
        assert p == pytest.approx(chance(at[:, 0] + at[:, 1:3] @ row + u).mean(), abs=2e-3)


def test_the_normal_approximation_is_near_the_whole_posterior() -> None:
    """Few rows and few events, where it is worst: by importance sampling from a wider t."""
    x, event, year = rows(60, seed=7, years=[1950, 1951, 1952, 1953], odds=-2.2)
    assert 3 <= event.sum() <= 12
    drift, years = Drift(0.1, 0.0, 0.4), [1950, 1951, 1952, 1953]
    fitted = fit_level(x, event, year, drift, 0.3)
    of = log_posterior(x, event, year, years, drift, 0.3)
    rng, df = np.random.default_rng(5), 8.0
    mode = np.concatenate([fitted.beta, fitted.level])
    root = np.linalg.cholesky(fitted.covariance)
    z = rng.normal(size=(20_000, mode.size)) / np.sqrt(rng.chisquare(df, (20_000, 1)) / df)
    at = mode + z @ root.T
    height = np.array([of(one) for one in at])
    under = -0.5 * (df + mode.size) * np.log1p((z**2).sum(axis=1) / df)
    weight = np.exp(height - under - (height - under).max())
    assert weight.sum() ** 2 / (weight**2).sum() > 5000
    for row in ([0.0, 0.0], [1.5, 1.0]):
        truly = weight @ chance(at[:, 0] + at[:, 1:3] @ row + at[:, 6]) / weight.sum()
        assert fitted.predict(np.array([row]), np.array([1953]))[0] == pytest.approx(truly, rel=0.1)


@pytest.mark.parametrize("spread", [0.05, 0.15, 1.0])
def test_a_level_that_cannot_move_is_ridge_regression(spread: float) -> None:
    x, event, year = rows(2000, seed=9)
    found = fit_level(x, event, year, Drift(0.0, 0.0, 1e-4), spread)
    ridge = LogisticRegression(C=spread**2, tol=1e-10, max_iter=2000).fit(x, event)
    np.testing.assert_allclose(found.beta[1:], ridge.coef_[0], atol=2e-5)
    # the intercept has a wide prior here and none there
    assert found.beta[0] == pytest.approx(ridge.intercept_[0], abs=1e-3)


def test_coefficients_and_levels_are_recovered_with_honest_errors() -> None:
    drift, truth = Drift(0.15, 0.0, 0.3), np.array([0.5, -0.3])
    off, off_level = [], []
    for seed in range(30):
        rng = np.random.default_rng([seed, 77])
        years = np.arange(1950, 1980)
        year = np.repeat(years, 60)
        u = np.cumsum(rng.normal(0.0, 0.15, 30)) + rng.normal(0.0, 0.3, 30)
        x = rng.normal(size=(year.size, 2))
        odds = -1.0 + x @ truth + np.repeat(u, 60)
        event = (rng.uniform(size=year.size) < chance(odds)).astype(float)
        found = fit_level(x, event, year, drift, 1.0)
        off.extend((found.beta[1:] - truth) / found.covariance.diagonal()[1:3] ** 0.5)
        at = [found.beta[0] + found.level[k] - (-1.0 + u[k]) for k in (0, 14, 29)]
        wide = [odds_variance(found, np.zeros(2), float(years[k])) ** 0.5 for k in (0, 14, 29)]
        off_level.extend(np.array(at) / wide)
    for z in (np.array(off), np.array(off_level)):
        assert 0.75 < np.sqrt(np.mean(z**2)) < 1.25
        assert abs(z.mean()) < 4.0 / np.sqrt(z.size)


def test_a_walk_widens_by_its_step_each_year() -> None:
    x, event, year = rows(seed=11)
    level = fit_level(x, event, year, Drift(0.2, 0.0, 0.3), 0.3)
    last = max(GAPS)
    first = odds_variance(level, np.ones(2), last + 1.0)
    for ahead in (2, 3, 10, 500):
        wider = odds_variance(level, np.ones(2), float(last + ahead))
        assert wider - first == pytest.approx(0.2**2 * (ahead - 1), rel=1e-6)
        assert level.of_year(float(last + ahead))[1] == pytest.approx(
            level.of_year(last + 1.0)[1], abs=1e-9
        )


def test_far_ahead_nears_one_half_but_slowly() -> None:
    x, event, year = rows(seed=11, odds=-2.0)
    level = fit_level(x, event, year, Drift(0.1, 0.0, 0.3), 0.3)
    ahead = np.array([1, 2, 5, 10, 30, 100, 300])
    p = level.predict(np.zeros((ahead.size, 2)), max(GAPS) + ahead)
    assert (np.diff(p) > 0.0).all()
    assert (p < 0.5).all()
    assert p[3] - p[0] < 0.02
    assert p[-1] > p[0] + 0.03


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(DRIFTS), st.integers(-1800, 3000))
def test_what_must_not_matter_does_not(seed: int, drift: Drift, moved: int) -> None:
    x, event, year = rows(80, seed=seed)
    if not 0.0 < event.mean() < 1.0:
        return
    level = fit_level(x, event, year, drift, 0.4)
    new, asked = x[:5], np.array([1900, 1903, 1911, 1915, 1950])
    p = level.predict(new, asked)
    assert ((p > 0.0) & (p < 1.0)).all()
    order = np.random.default_rng(seed).permutation(80)
    again = fit_level(x[order], event[order], year[order], drift, 0.4)
    np.testing.assert_allclose(again.predict(new, asked), p, atol=1e-7)
    later = fit_level(x, event, year + moved, drift, 0.4)
    np.testing.assert_allclose(later.predict(new, asked + moved), p, atol=1e-7)
    other = fit_level(-x, 1.0 - event, year, drift, 0.4)  # staying instead of leaving
    np.testing.assert_allclose(other.predict(-new, asked), 1.0 - p, atol=1e-7)
    np.testing.assert_allclose(other.beta[1:], level.beta[1:], atol=1e-6)
    swapped = fit_level(x[:, ::-1], event, year, drift, 0.4)
    np.testing.assert_allclose(swapped.predict(new[:, ::-1], asked), p, atol=1e-7)


def test_every_row_is_asked_by_itself() -> None:
    x, event, year = rows(seed=12)
    level = fit_level(x, event, year, DRIFTS[0], 0.4)
    asked = np.array([1911, 1903, 1990, 1903, 1911])
    together = level.predict(x[:5], asked)
    alone = [level.predict(x[k : k + 1], asked[k : k + 1])[0] for k in range(5)]
    np.testing.assert_allclose(together, alone, rtol=1e-12)
    assert level.predict(np.zeros((0, 2)), np.zeros(0, dtype=np.int64)).shape == (0,)


@pytest.mark.parametrize(("event", "told"), [(0.0, "no event"), (1.0, "nothing but events")])
def test_rows_that_tell_nothing_are_refused(event: float, told: str) -> None:
    x, _, year = rows()
    with pytest.raises(FittingError, match=told) as caught:
        fit_level(x, np.full(150, event), year, DRIFTS[0], 0.3)
    assert caught.value.bad_input
