"""The parts, beside plain references written apart."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from numpy.polynomial import Legendre
from scipy.stats import ks_2samp
from sensitivity_functions import ROWS, of, uniforms

from foedus.ensemble.sensitivity.chaos import chaos
from foedus.ensemble.sensitivity.delta import classes_for, delta
from foedus.ensemble.sensitivity.jackknife import products, square, standard_error
from foedus.ensemble.sensitivity.legendre import legendre
from foedus.ensemble.sensitivity.noise import highest
from foedus.ensemble.sensitivity.pawn import distances, slice_of
from foedus.ensemble.sensitivity.sample import Sample, dummies
from foedus.ensemble.sensitivity.search import Search
from foedus.ensemble.sensitivity.selection import forward
from foedus.ensemble.sensitivity.simulation import simulate
from foedus.ensemble.sensitivity.sobol import design, indices
from foedus.ensemble.sensitivity.surrogate import LOG_ODDS, PLAIN, Surrogate


def test_legendre_polynomials_are_those_of_numpy() -> None:
    u = np.random.default_rng(1).random((20, 2))
    mine = legendre(u, 6)
    for k in range(7):
        theirs = np.sqrt(2 * k + 1) * Legendre.basis(k, domain=[0.0, 1.0])(u)
        assert mine[:, k] == pytest.approx(theirs.T)


def test_legendre_polynomials_are_orthonormal() -> None:
    nodes, weights = np.polynomial.legendre.leggauss(12)
    basis = legendre((nodes[:, None] + 1.0) / 2.0, 8)[0]
    assert basis * (weights / 2.0) @ basis.T == pytest.approx(np.eye(9), abs=1e-12)


def test_forward_selection_takes_the_term_that_lowers_the_error_most() -> None:
    rng = np.random.default_rng(4)
    terms = np.vstack([np.ones(60), rng.normal(size=(8, 60))])
    terms[3] += 0.8 * terms[2]
    z = 2.0 + terms[3] - 0.7 * terms[5] + 0.1 * rng.normal(size=60)
    path = forward(terms @ terms.T, terms @ z, 6, np.ones(9))

    def error(chosen: list[int]) -> float:
        _, left, *_ = np.linalg.lstsq(terms[chosen].T, z, rcond=None)
        return float(left[0])

    chosen = [0]
    for _ in range(5):
        chosen.append(min(set(range(9)) - set(chosen), key=lambda t: error([*chosen, t])))
    assert path.chosen.tolist() == chosen
    for size in (1, 3, 6):
        solved = np.linalg.lstsq(terms[chosen[:size]].T, z, rcond=None)[0]
        assert path.coefficients(size) == pytest.approx(solved)
        assert path.predictions(terms, 6)[size - 1] == pytest.approx(solved @ terms[chosen[:size]])


def test_a_square_without_bias_is_the_mean_over_different_pairs() -> None:
    means = np.random.default_rng(2).normal(size=(5, 3, 4))
    pairs = list(permutations(range(5), 2))
    by_hand = np.mean([(means[r] * means[s]).sum(axis=1) for r, s in pairs], axis=0)
    assert square(products(means)) == pytest.approx(by_hand)


def test_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    values = np.random.default_rng(2).normal(size=8)
    left_out = (values.sum() - values) / 7
    assert standard_error(left_out) == pytest.approx(values.std(ddof=1) / np.sqrt(8))


@pytest.mark.parametrize(("count", "place"), [(19, 1), (39, 2), (99, 5)])
def test_the_level_of_noise_is_the_largest_but_few(count: int, place: int) -> None:
    values = np.random.default_rng(1).permutation(np.arange(1.0, count + 1.0))
    assert highest(values) == count + 1 - place


@pytest.mark.parametrize("ties", [False, True])
def test_distances_are_those_of_kolmogorov_and_smirnov(ties: bool) -> None:
    rng = np.random.default_rng(3)
    u, y = rng.random((90, 2)), rng.random(90)
    y = np.round(y, 1) if ties else y
    labels = slice_of(u, 5)
    mine = distances(labels, y, np.full(90, 1 / 90), 5)
    for place in range(5):
        for column in range(2):
            theirs = ks_2samp(y[labels[:, column] == place], y).statistic
            assert mine[place, column] == pytest.approx(theirs)
    assert {int(n) for c in range(2) for n in np.bincount(labels[:, c])} <= {17, 18, 19}


def test_weights_stand_for_repeated_draws() -> None:
    rng = np.random.default_rng(3)
    u, y, times = rng.random((60, 1)), rng.random(60), rng.integers(1, 4, 60)
    labels = slice_of(u, 4)
    repeated = distances(
        np.repeat(labels, times, axis=0), np.repeat(y, times), np.ones(times.sum()), 4
    )
    assert distances(labels, y, times.astype(float), 4) == pytest.approx(repeated)


def test_delta_of_a_column_that_is_the_outcome() -> None:
    """With M classes of equal count the classes do not overlap: 1 - 1 / M."""
    u = uniforms(4096, 2, 1)
    found = delta(u, u[:, 0])
    assert found.raw[0] == pytest.approx(1.0 - 1.0 / classes_for(4096), abs=0.08)
    assert found.value[1] < 0.15


def test_classes_follow_the_published_rule() -> None:
    """min(ceil(n^(2 / (7 + tanh((1500 - n) / 500)))), 48), worked out by hand."""
    assert [classes_for(n) for n in (64, 512, 1500, 10**6)] == [3, 5, 9, 48]


def test_simulated_variances_are_sums_of_squared_coefficients() -> None:
    terms = np.array([(0, 0, 0, 0), (2, 1, 2, 0), (5, 2, 5, 0), (2, 1, 5, 3)])
    surrogate = Surrogate(terms, np.array([4.0, 1.0, 0.5, 0.8]), PLAIN)
    sets = [np.array(s) for s in ([2], [5], [2, 5], [0, 1])]
    first, total = simulate(surrogate, sets, 1)
    assert first == pytest.approx([1.0, 0.25, 1.89, 0.0], abs=0.06)
    assert total == pytest.approx([1.64, 0.89, 1.89, 0.0], abs=0.06)


def test_what_is_explained_is_of_draws_not_seen() -> None:
    """Of pure noise nothing is, though a fit to the draws themselves would."""
    u = uniforms(128, 10, 1)
    y = np.random.default_rng(5).random(128)
    sample = Sample.of(u, y, None, 8)
    search = Search.over(sample, legendre(sample.u, 8))
    for scale in (PLAIN, LOG_ODDS):
        assert chaos(search, scale).explained < 0.1


def test_log_odds_go_forth_and_back() -> None:
    y = np.array([0.0, 0.01, 0.5, 1.0])
    there = LOG_ODDS.forth(y)
    assert LOG_ODDS.back(there) == pytest.approx([0.001, 0.01, 0.5, 0.999])
    assert np.all(np.isfinite(LOG_ODDS.back(np.array([-1e4, 1e4]))))


def test_dummies_are_uniform_and_know_nothing() -> None:
    sample = Sample.of(uniforms(512, 3, 1), of(ROWS[0], uniforms(512, 3, 1)), None, 8)
    columns = dummies(sample, 30, 1)
    assert columns.mean(axis=0) == pytest.approx(np.full(30, 0.5), abs=0.01)
    assert columns.var(axis=0) == pytest.approx(np.full(30, 1 / 12), abs=0.005)
    with_real = np.corrcoef(columns.T, sample.u.T)[:30, 30:]
    assert np.abs(with_real).max() < 0.2
    assert dummies(sample, 30, 1).tobytes() == columns.tobytes()
    assert dummies(sample, 30, 2).tobytes() != columns.tobytes()


def test_a_design_mixes_columns() -> None:
    a, b, ab = design(64, 3, [[0, 2]], 1)
    assert np.array_equal(ab[:, [0, 2]], b[:, [0, 2]])
    assert np.array_equal(ab[:, 1], a[:, 1])
    assert not np.any(a == b)
    with pytest.raises(ValueError, match="60 rows: give 8 times a power of two"):
        design(60, 3, [[0]], 1)


def test_a_design_of_groups() -> None:
    row = ROWS[0]
    groups = [[0, 2], [1]]
    a, b, *mixed = (of(row, u) for u in design(4096, 3, groups, 2))
    pair, one = indices(a, b, mixed, sizes=[2, 1])
    assert pair.first is not None
    assert one.total is not None
    assert pair.first.value == pytest.approx(0.5576, abs=0.02)
    assert one.total.value == pytest.approx(0.4424, abs=0.02)
    assert (pair.size, one.size) == (2, 1)
    with pytest.raises(ValueError, match="the same at every point"):
        indices(np.ones(64), np.ones(64), [np.ones(64)])
