from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from foedus.record.scoring.calibration import (
    Bin,
    bin_of,
    calibration,
    calibration_error,
    share_interval,
)

FORECASTS = st.lists(st.integers(0, 12).map(lambda k: k / 12), min_size=1, max_size=60)


def test_two_bins_by_hand() -> None:
    predicted = np.array([0.1, 0.2, 0.3, 0.4])
    event = np.array([0.0, 1.0, 0.0, 0.0])
    low, high = calibration(predicted, event, bins=2)
    assert (low.low, low.high, low.n) == (0.1, 0.2, 2)
    assert low.predicted == pytest.approx(0.15)
    assert low.observed == 0.5
    assert high.predicted == pytest.approx(0.35)
    assert high.observed == 0.0
    # (2 · |0.15 − 0.5| + 2 · |0.35 − 0|) / 4
    assert calibration_error((low, high)) == pytest.approx(0.35)


def test_ties_go_where_their_middle_is() -> None:
    # ranks: three of 0.1 have their middle at 1.5 of 5, two of 0.2 at 4 of 5
    assert bin_of(np.array([0.2, 0.1, 0.1, 0.2, 0.1]), 2).tolist() == [1, 0, 0, 1, 0]
    # four of 0.1 have theirs at 2 of 6: in the second of three bins, which begins at 2
    assert bin_of(np.array([0.1, 0.1, 0.1, 0.1, 0.2, 0.3]), 3).tolist() == [1, 1, 1, 1, 2, 2]


def test_one_forecast_for_all_is_one_bin() -> None:
    event = np.array([0.0, 0.0, 1.0, 0.0])
    (only,) = calibration(np.full(4, 0.4), event)
    assert only.n == 4
    assert calibration_error((only,)) == pytest.approx(0.15)


@pytest.mark.parametrize("n", [10, 37, 200, 1003])
def test_different_forecasts_fill_bins_equally(n: int) -> None:
    rng = np.random.default_rng(n)
    predicted = rng.permutation(n) / n
    where = bin_of(predicted)
    counts = np.bincount(where, minlength=10)
    assert counts.max() - counts.min() <= 1
    assert (np.diff(where[np.argsort(predicted)]) >= 0).all()


def test_as_an_even_split_of_sorted_rows() -> None:
    rng = np.random.default_rng(5)
    predicted = rng.uniform(size=300)
    event = (rng.uniform(size=300) < predicted).astype(float)
    parts = np.array_split(np.argsort(predicted), 10)
    expected = np.mean([abs(predicted[p].mean() - event[p].mean()) for p in parts])
    assert calibration_error(calibration(predicted, event)) == pytest.approx(expected)


@settings(max_examples=60)
@given(FORECASTS, st.randoms(use_true_random=False))
def test_ties_stay_together_in_any_order(values: list[float], chance: object) -> None:
    predicted = np.array(values)
    where = bin_of(predicted)
    for value in np.unique(predicted):
        assert np.unique(where[predicted == value]).size == 1
    order = list(range(len(values)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(bin_of(predicted[order]), where[order])
    assert (np.diff(where[np.argsort(predicted, kind="stable")]) >= 0).all()


@settings(max_examples=40)
@given(FORECASTS)
def test_bins_hold_every_row_once(values: list[float]) -> None:
    predicted = np.array(values)
    event = (np.arange(predicted.size) % 3 == 0).astype(float)
    bins = calibration(predicted, event)
    assert sum(one.n for one in bins) == predicted.size
    assert sum(one.n * one.observed for one in bins) == pytest.approx(event.sum())
    assert sum(one.n * one.predicted for one in bins) == pytest.approx(predicted.sum())
    for one in bins:
        assert one.low - 1e-12 <= one.predicted <= one.high + 1e-12
        assert 0.0 <= one.interval[0] <= one.observed + 1e-12
        assert one.observed - 1e-12 <= one.interval[1] <= 1.0


@pytest.mark.parametrize(("k", "n"), [(0, 12), (3, 12), (7, 40), (12, 12)])
def test_shares_of_single_rows_as_wilson_has_them(k: int, n: int) -> None:
    event = np.r_[np.ones(k), np.zeros(n - k)]
    expected = binomtest(k, n).proportion_ci(0.90, "wilson")
    found = share_interval(event, np.arange(n))
    # single rows have a design effect of n/(n − 1), as the sample variance has
    if 0 < k < n:
        size = n - 1
        share, z = k / n, 1.6448536269514722
        middle = (share + z * z / (2 * size)) / (1 + z * z / size)
        half = z * np.sqrt(share * (1 - share) / size + (z / (2 * size)) ** 2) / (1 + z * z / size)
        assert found == pytest.approx((middle - half, middle + half), rel=1e-12)
        assert found == pytest.approx((expected.low, expected.high), abs=0.02)
    else:
        assert found == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_rows_that_repeat_each_other_count_once() -> None:
    event = np.array([1.0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
    alone = share_interval(event, np.arange(10))
    copied = share_interval(np.repeat(event, 8), np.repeat(np.arange(10), 8))
    assert copied == pytest.approx(alone, rel=1e-12)
    apart = share_interval(np.repeat(event, 8), np.arange(80))
    assert apart[1] - apart[0] < 0.5 * (copied[1] - copied[0])


def test_a_bin_is_plain_data() -> None:
    told = Bin(0.1, 0.2, 3, 0.15, 0.5, (0.3, 0.7)).to_dict()
    assert told == {
        "low": 0.1, "high": 0.2, "n": 3, "predicted": 0.15, "observed": 0.5,
        "interval": {"low": 0.3, "high": 0.7},
    }  # fmt: skip
