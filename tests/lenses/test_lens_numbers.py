from __future__ import annotations

import numpy as np
import pytest

from foedus.lenses.lens import Interval, percent, weighted_quantile


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (1e-9, "under 1 %"),
        (0.0099, "under 1 %"),
        (0.01, "1 %"),
        (0.444, "44 %"),
        (0.99, "99 %"),
        (0.991, "over 99 %"),
        (1.0, "100 %"),
    ],
)
def test_per_cent_never_rounds_to_certainty(share: float, said: str) -> None:
    assert percent(share) == said


def test_equal_weights_give_hazens_quantiles() -> None:
    values = np.random.default_rng(1).random(40)
    points = (0.05, 0.25, 0.5, 0.95)
    expected = np.quantile(values, points, method="hazen")
    assert weighted_quantile(values, np.ones(40), points) == pytest.approx(list(expected))


def test_an_interval_is_over_the_draws_that_count() -> None:
    values = np.array([0.1, np.nan, 0.3, 0.9])
    weights = np.array([1.0, 1.0, 3.0, 0.0])
    interval = Interval.over(values, weights)
    assert interval.value == pytest.approx(0.25)
    assert 0.1 <= interval.low <= interval.high <= 0.3
    assert interval.to_dict() == {"value": interval.value, "low": 0.1, "high": interval.high}


def test_an_interval_over_nothing_is_not_a_number() -> None:
    for values, weights in ((np.array([np.nan]), np.ones(1)), (np.ones(2), np.zeros(2))):
        assert all(np.isnan(list(Interval.over(values, weights).to_dict().values())))
