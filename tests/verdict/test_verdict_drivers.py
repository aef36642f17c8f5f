from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from foedus.lenses.lens import Draws, Floats
from foedus.verdict.analysis import Analysis
from foedus.verdict.drivers import drivers

LABELS = {"a": "A", "b": "B", "c": "C", "fixed": "F"}


def sample(size: int = 256, seed: int = 1) -> Draws:
    rng = np.random.default_rng(seed)
    table = rng.random((size, 4))
    table[:, 3] = 0.5
    return Draws(("a", "b", "c", "fixed"), table, np.arange(size), np.full(size, 1.0 / size))


def test_they_are_spearmans_rank_correlations() -> None:
    draws = sample()
    holds = draws["a"] ** 3 - 0.4 * np.exp(draws["b"]) + 0.1 * np.round(draws["c"], 1)
    found = {d.path: d for d in drivers(draws, holds, draws.weights, LABELS)}
    for path in ("a", "b", "c"):
        assert found[path].correlation == pytest.approx(spearmanr(draws[path], holds).statistic)
        assert found[path].low < found[path].correlation < found[path].high
        assert found[path].label == LABELS[path]


def test_the_strongest_comes_first_and_what_is_fixed_not_at_all() -> None:
    draws = sample()
    found = drivers(draws, draws["a"] - 3.0 * draws["b"], draws.weights, LABELS)
    assert [d.path for d in found] == ["b", "a", "c"]
    assert [d.matters for d in found] == [True, True, False]


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_monotone_answer_has_the_sign_of_its_slope(sign: float) -> None:
    draws = sample()
    (first, *_) = drivers(draws, np.tanh(sign * draws["a"]), draws.weights, LABELS)
    assert first.path == "a"
    assert first.correlation == pytest.approx(sign)
    assert sign * first.at_low < sign * first.at_high
    ends = np.sort(np.tanh(sign * draws["a"]))
    fifth = int(0.2 * 256)
    assert sorted((first.at_low, first.at_high)) == pytest.approx(
        [ends[:fifth].mean(), ends[-fifth:].mean()]
    )


def test_only_quantities_with_a_label_are_looked_at() -> None:
    draws = sample()
    found = drivers(draws, draws["a"] + draws["b"], draws.weights, {"b": "B"})
    assert [d.path for d in found] == ["b"]


def test_draws_without_weight_do_not_count() -> None:
    draws = sample()
    holds = np.where(np.arange(256) % 4 == 0, -99.0, draws["a"])
    weights = np.where(np.arange(256) % 4 == 0, 0.0, 1.0)
    (first, *_) = drivers(draws, holds, weights, LABELS)
    assert first.correlation == pytest.approx(1.0)


def test_an_answer_without_spread_or_too_few_draws_has_none() -> None:
    draws = sample()
    assert drivers(draws, np.full(256, 0.5), draws.weights, LABELS) == []
    few = draws.part(0, 7)
    assert drivers(few, few["a"], few.weights, LABELS) == []


def test_the_interval_covers_about_95_per_cent() -> None:
    rng = np.random.default_rng(7)
    missed, runs = 0, 300

    def correlated(size: int) -> tuple[Floats, Floats]:
        one, two = rng.standard_normal((2, size))
        return one, 0.6 * one + 0.8 * two

    truth = spearmanr(*correlated(200_000)).statistic
    for _ in range(runs):
        one, two = correlated(128)
        draws = Draws(("a",), one[:, None], np.arange(128), np.full(128, 1 / 128))
        (found,) = drivers(draws, two, draws.weights, {"a": "A"})
        missed += not found.low <= truth <= found.high
    assert 0.02 <= missed / runs <= 0.09


def test_the_toys_drivers_point_the_way_one_expects(answer: Analysis) -> None:
    found = {d.path: d.correlation for d in answer.drivers if d.matters}
    assert found["endurance.position.now"] > 0.0
    assert found.get("endurance.opponents.strength", -1.0) < 0.0
    frame = answer.to_frame()
    for path, correlation in found.items():
        expected = spearmanr(frame[path], frame["endurance.holds"]).statistic
        assert correlation == pytest.approx(expected)
