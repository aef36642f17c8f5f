from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from foedus.record.scoring.proper import brier_score, checked, log_losses, log_score
from foedus.record.scoring.ranking import auc, resampled_auc

CHANCES = st.floats(0.01, 0.99)
COARSE = st.integers(1, 99).map(lambda k: k / 100)


def drawn(seed: int, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Forecasts with many ties, and what happened."""
    rng = np.random.default_rng(seed)
    predicted = np.round(rng.uniform(0.02, 0.98, n), 1 + seed % 2) * 0.9 + 0.05
    return predicted, (rng.uniform(size=n) < predicted).astype(float)


def test_by_hand() -> None:
    predicted, event = np.array([0.2, 0.5, 0.9]), np.array([0.0, 1.0, 1.0])
    lost = [-math.log(0.8), -math.log(0.5), -math.log(0.9)]
    np.testing.assert_allclose(log_losses(predicted, event), lost, rtol=1e-14)
    assert log_score(predicted, event) == pytest.approx(sum(lost) / 3, rel=1e-14)
    assert brier_score(predicted, event) == pytest.approx((0.04 + 0.25 + 0.01) / 3, rel=1e-14)
    assert auc(predicted, event) == 1.0


@pytest.mark.parametrize("seed", range(6))
def test_as_scikit_learn_does(seed: int) -> None:
    predicted, event = drawn(seed)
    assert log_score(predicted, event) == pytest.approx(log_loss(event, predicted), rel=1e-12)
    assert brier_score(predicted, event) == pytest.approx(
        brier_score_loss(event, predicted), rel=1e-12
    )
    assert auc(predicted, event) == pytest.approx(roc_auc_score(event, predicted), rel=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_resampled_areas_as_scikit_learn_weighs_them(seed: int) -> None:
    predicted, event = drawn(seed, 150)
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, 12, 150)
    times = rng.multinomial(12, np.full(12, 1 / 12), size=20).astype(float)
    found = resampled_auc(predicted, event, cluster, times)
    expected = [roc_auc_score(event, predicted, sample_weight=row[cluster]) for row in times]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_resampled_areas_are_unknown_where_all_came_out_alike() -> None:
    predicted, event = np.array([0.1, 0.4, 0.3]), np.array([0.0, 1.0, 0.0])
    times = np.array([[1.0, 1.0, 1.0], [2.0, 0.0, 1.0], [0.0, 3.0, 0.0], [1.0, 2.0, 0.0]])
    found = resampled_auc(predicted, event, np.arange(3), times)
    np.testing.assert_array_equal(found, [1.0, np.nan, np.nan, 1.0])


def test_the_area_is_unknown_where_all_came_out_alike() -> None:
    assert auc(np.array([0.1, 0.2]), np.zeros(2)) is None
    assert auc(np.array([0.1, 0.2]), np.ones(2)) is None


def test_equal_forecasts_rank_nothing() -> None:
    assert auc(np.full(7, 0.3), np.array([0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0])) == 0.5


@settings(max_examples=50)
@given(CHANCES, CHANCES)
def test_nothing_does_better_than_honesty(truth: float, said: float) -> None:
    def expected(chance: float, score: object) -> float:
        lost = [score(np.array([chance]), np.array([float(e)])) for e in (0, 1)]  # type: ignore[operator]
        return float((1 - truth) * lost[0] + truth * lost[1])

    for score in (log_score, brier_score):
        assert expected(truth, score) <= expected(said, score) + 1e-12


@settings(max_examples=50)
@given(st.lists(st.tuples(COARSE, st.booleans()), min_size=1, max_size=30))
def test_seen_from_the_other_side_it_is_the_same(pairs: list[tuple[float, bool]]) -> None:
    predicted = np.array([chance for chance, _ in pairs])
    event = np.array([float(happened) for _, happened in pairs])
    assert log_score(1 - predicted, 1 - event) == pytest.approx(log_score(predicted, event))
    assert brier_score(1 - predicted, 1 - event) == pytest.approx(brier_score(predicted, event))
    area = auc(predicted, event)
    if area is not None:
        assert auc(-predicted, event) == pytest.approx(1 - area)
        assert auc(np.log(predicted), event) == pytest.approx(area)


def test_calling_impossible_what_happened_costs_everything() -> None:
    assert log_score(np.array([0.0, 0.5]), np.array([1.0, 1.0])) == math.inf
    assert log_score(np.array([1.0, 0.0]), np.array([1.0, 0.0])) == 0.0


@pytest.mark.parametrize(
    ("values", "says"),
    [([0.1], "2 forecasts"), ([0.1, 1.2], "forecast 2 is 1.2"), ([float("nan"), 0], "is nan")],
)
def test_forecasts_are_probabilities(values: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        checked(values, 2)
