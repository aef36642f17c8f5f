from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from foedus.record.scoring.bootstrap import NOTHING, Clusters, Span


def test_resamples_draw_as_many_clusters_as_there_are() -> None:
    clusters = Clusters(np.array([7, 7, 3, 9, 9, 9]), seed=1)
    assert clusters.many == 3
    assert clusters.times.shape == (2000, 3)
    np.testing.assert_array_equal(clusters.times.sum(axis=1), 3)
    np.testing.assert_allclose(clusters.times.mean(axis=0), 1.0, atol=0.06)


def test_sums_are_those_of_the_rows_drawn() -> None:
    cluster = np.array([5, 2, 5, 8, 2, 2])
    values = np.array([1.0, 10.0, 2.0, 100.0, 20.0, 30.0])
    clusters = Clusters(cluster, seed=4, resamples=50)
    # clusters in the order of their ids: 2, 5, 8
    expected = [float(t @ np.array([60.0, 3.0, 100.0])) for t in clusters.times]
    np.testing.assert_allclose(clusters.sums(values), expected)


def test_two_clusters_by_hand() -> None:
    # one row each: drawn are (a, a), (a, b) and (b, b) with ¼, ½ and ¼; the ends are the extremes
    clusters = Clusters(np.array([1, 2]), seed=1)
    lost, baseline = np.array([0.1, 0.6]), np.array([0.2, 0.8])
    assert clusters.mean(lost) == Span(pytest.approx(0.35), pytest.approx(0.1), pytest.approx(0.6))
    assert clusters.skill(lost, baseline) == Span(
        pytest.approx(0.3), pytest.approx(0.25), pytest.approx(0.5)
    )


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    cluster = np.arange(40) // 4
    one, same, other = (Clusters(cluster, seed=seed) for seed in (1, 1, 2))
    assert one.times.tobytes() == same.times.tobytes()
    assert one.times.tobytes() != other.times.tobytes()


def test_what_is_no_better_has_no_skill_in_any_resample() -> None:
    lost = np.random.default_rng(1).uniform(0.1, 1.0, 60)
    assert Clusters(np.arange(60) // 6, 1).skill(lost, lost) == Span(0.0, 0.0, 0.0)


@settings(max_examples=20)
@given(st.floats(0.1, 3.0), st.integers(0, 100))
def test_a_constant_share_saved_is_sure(times: float, seed: int) -> None:
    baseline = np.random.default_rng(seed).uniform(0.1, 1.0, 30)
    found = Clusters(np.arange(30) // 3, seed, 100).skill(times * baseline, baseline)
    for end in (found.value, found.low, found.high):
        assert end == pytest.approx(1.0 - times)


def test_a_single_cluster_cannot_tell() -> None:
    clusters = Clusters(np.zeros(5, dtype=int), seed=1)
    assert clusters.mean(np.ones(5)) == Span(1.0, None, None)


def test_what_is_infinite_has_no_figure() -> None:
    clusters, ones = Clusters(np.arange(3), seed=1), np.ones(3)
    lost = np.array([1.0, np.inf, 1.0])
    assert clusters.mean(lost) == NOTHING
    assert clusters.skill(lost, ones) == clusters.skill(ones, lost) == NOTHING
    assert clusters.skill(ones, np.zeros(3)) == NOTHING


def test_the_area_has_an_interval() -> None:
    rng = np.random.default_rng(2)
    predicted = rng.uniform(size=90)
    event = (rng.uniform(size=90) < predicted).astype(float)
    cluster = np.arange(90) // 5
    clusters = Clusters(cluster, 1, resamples=300)
    found = clusters.auc(predicted, event)
    drawn = [roc_auc_score(event, predicted, sample_weight=t[cluster]) for t in clusters.times]
    assert found.value == pytest.approx(roc_auc_score(event, predicted))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(drawn, [0.05, 0.95])))
    assert clusters.auc(predicted, np.zeros(90)) == NOTHING


def covered(by_cluster: bool) -> float:
    """How often the interval of a mean has the truth, of rows that are alike within clusters."""
    rng = np.random.default_rng(11)
    cluster = np.repeat(np.arange(50), 8)
    hits = 0
    for trial in range(200):
        losses = 1.0 + rng.normal(size=50)[cluster] + rng.normal(size=400)
        ids = cluster if by_cluster else np.arange(400)
        span = Clusters(ids, trial, resamples=300).mean(losses)
        assert span.low is not None
        assert span.high is not None
        hits += span.low <= 1.0 <= span.high
    return hits / 200


def test_intervals_have_the_truth_as_often_as_they_say() -> None:
    # 90 % asked; four standard errors of 200 trials are 8.5 points
    assert covered(by_cluster=True) == pytest.approx(0.90, abs=0.085)
    assert covered(by_cluster=False) < 0.75
