from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.ensemble.sampling import error_of_mean


def test_the_error_of_a_mean_is_that_of_the_scramblings_means() -> None:
    values = np.random.default_rng(1).uniform(size=64)
    means = [values[k::8].mean() for k in range(8)]
    expected = np.std(means, ddof=1) / np.sqrt(8)
    assert error_of_mean(values, np.ones(64)) == pytest.approx(expected)


def test_values_without_weight_do_not_count() -> None:
    values = np.random.default_rng(2).uniform(size=64)
    weights = np.where(np.arange(64) < 32, 1.0, 0.0)
    spoilt = np.where(weights > 0, values, np.nan)
    assert error_of_mean(spoilt, weights) == pytest.approx(error_of_mean(values[:32], np.ones(32)))


@pytest.mark.parametrize("size", [8, 20])
def test_too_few_draws_tell_no_error(size: int) -> None:
    assert math.isnan(error_of_mean(np.arange(size, dtype=float), np.ones(size)))


def test_a_scrambling_without_weight_tells_no_error() -> None:
    weights = np.where(np.arange(64) % 8 == 3, 0.0, 1.0)
    assert math.isnan(error_of_mean(np.arange(64.0), weights))
