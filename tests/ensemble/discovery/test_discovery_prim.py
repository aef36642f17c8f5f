from __future__ import annotations

import numpy as np
import pytest

from foedus.ensemble.discovery import Discovery, Wanted, contains, discover, tradeoff
from foedus.ensemble.discovery.choosing import choose, score
from foedus.ensemble.discovery.resampling import LARGEST, thinned
from foedus.ensemble.discovery.sample import sample
from foedus.ensemble.discovery.screening import LEVEL, p_values
from foedus.ensemble.discovery.search import Search

NOISE = 8
"""Columns that have no part in a planted box."""


def planted(
    dimensions: int, flipped: float, seed: int, draws: int = 2048
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draws, outcomes, and on which side each column bounds a box that holds a tenth of them.

    Upper sides on even columns, lower sides on odd ones, each `0.1 ** (1 / dimensions)` wide.
    """
    rng = np.random.default_rng(seed)
    x = rng.random((draws, dimensions + NOISE))
    upper = np.arange(dimensions) % 2 == 0
    side = 0.1 ** (1.0 / dimensions)
    box = np.where(upper, x[:, :dimensions] <= side, x[:, :dimensions] >= 1.0 - side).all(axis=1)
    y = np.where(rng.random(draws) < flipped, ~box, box).astype(float)
    return x, y, upper


@pytest.mark.parametrize("flipped", [0.0, 0.05, 0.1])
@pytest.mark.parametrize("dimensions", [2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_a_planted_box_is_found(dimensions: int, flipped: float) -> None:
    x, y, upper = planted(dimensions, flipped, seed=11 * dimensions)
    box = Search(0.05, 0.05, "lenient")(sample(x, y)).box
    assert [r.column for r in box.restrictions] == list(range(dimensions))
    side = 0.1 ** (1.0 / dimensions)
    for r, high in zip(box.restrictions, upper, strict=True):
        limit, free = (r.high, r.low) if high else (r.low, r.high)
        assert free is None
        assert limit == pytest.approx(side if high else 1.0 - side, abs=0.06)
    if flipped == 0.0:
        assert box.density > 0.9
        assert box.coverage > 0.8


def test_where_many_columns_tell_a_little_the_few_that_tell_most_are_told() -> None:
    rng = np.random.default_rng(5)
    x = rng.random((512, 30))
    strong, weak = x[:, :2] - 0.5, x[:, 2:14] - 0.5
    pull = 9.0 * strong.sum(axis=1) + 1.5 * weak.sum(axis=1) - 2.0
    y = (pull > 0.0).astype(float)
    box = Search(0.05, 0.05, "lenient")(sample(x, y)).box
    assert {0, 1} <= {r.column for r in box.restrictions}
    assert len(box.restrictions) <= 4
    # limits on the two strong columns alone, at the best of a grid of thresholds
    grid = np.linspace(0.0, 0.9, 19)
    best = 0.0
    for first in grid:
        for second in grid:
            inside = (x[:, 0] >= first) & (x[:, 1] >= second)
            if inside.mean() >= 0.05:
                coverage, density = y[inside].sum() / y.sum(), y[inside].mean()
                gain = (density - y.mean()) / (1.0 - y.mean())
                best = max(best, 2.0 * coverage * gain / (coverage + gain))
    assert score(box, y.mean()) >= best - 0.05


def test_two_boxes_are_found_one_after_the_other() -> None:
    rng = np.random.default_rng(7)
    x = rng.random((2048, 10))
    first = (x[:, 0] < 0.3) & (x[:, 1] < 0.5)
    second = (x[:, 2] > 0.8) & (x[:, 3] > 0.5)
    told = discover(x, (first | second).astype(float), boxes=4, resamples=4)
    assert sorted(tuple(r.column for r in f.box.restrictions) for f in told.boxes) == [
        (0, 1),
        (2, 3),
    ]
    assert told.coverage > 0.93
    assert told.density > 0.93
    assert told.reason


def direct(told: Discovery, x: np.ndarray, y: np.ndarray, w: np.ndarray) -> None:
    """Every figure of a discovery against counting."""
    left = np.ones(len(x), dtype=bool)
    for found in told.boxes:
        inside = contains(found.box, x) & left
        hits = (w * y)[inside].sum()
        assert found.box.coverage == pytest.approx(hits / (w * y).sum())
        assert found.box.density == pytest.approx(hits / w[inside].sum())
        assert found.box.mass == pytest.approx(w[inside].sum() / w.sum())
        for box in found.trajectory:
            held = contains(box, x) & left
            assert box.mass == pytest.approx(w[held].sum() / w.sum())
            assert box.coverage == pytest.approx((w * y)[held].sum() / (w * y).sum())
        left &= ~inside
    assert told.coverage == pytest.approx((w * y)[~left].sum() / (w * y).sum())
    assert told.mass == pytest.approx(w[~left].sum() / w.sum())
    assert told.density == pytest.approx((w * y)[~left].sum() / w[~left].sum())


def test_figures_of_all_boxes_are_what_counting_gives() -> None:
    rng = np.random.default_rng(8)
    x = np.round(rng.random((1500, 6)), 1)
    chance = 0.05 + 0.8 * ((x[:, 0] < 0.3) | ((x[:, 1] > 0.7) & (x[:, 2] > 0.5)))
    w = rng.random(1500)
    told = discover(x, chance, w, boxes=3, resamples=4)
    assert len(told.boxes) >= 2
    direct(told, x, chance, w)


def test_repeated_draws_are_weights() -> None:
    rng = np.random.default_rng(9)
    x = rng.random((600, 5))
    y = (x[:, 0] < 0.4) & (x[:, 3] > 0.6)
    times = rng.integers(1, 4, size=600)
    once = discover(x, y, times, boxes=1, resamples=0).boxes[0]
    often = discover(np.repeat(x, times, axis=0), np.repeat(y, times), boxes=1, resamples=0)
    assert once.box == often.boxes[0].box
    assert once.trajectory == often.boxes[0].trajectory


def test_the_tradeoff_of_a_trajectory_rises() -> None:
    x, y, _ = planted(3, 0.1, seed=2)
    front = tradeoff(discover(x, y, resamples=0).boxes[0].trajectory)
    assert len(front) > 20
    assert (np.diff([b.coverage for b in front]) < 0.0).all()
    assert (np.diff([b.density for b in front]) > 0.0).all()


def test_the_same_seed_gives_the_same_answer() -> None:
    x, y, _ = planted(2, 0.1, seed=3, draws=400)
    five, again, six = (discover(x, y, boxes=1, resamples=5, seed=s) for s in (5, 5, 6))
    assert five == again
    a, b = five.boxes[0], six.boxes[0]
    assert a.box == b.box
    assert a.density_interval != b.density_interval


@pytest.mark.parametrize(
    ("y", "reason"),
    [
        (np.zeros(400), "Too few draws break"),
        (np.ones(400), "Too few draws hold"),
        (np.r_[np.ones(9), np.zeros(391)], "Too few draws break"),
        (np.full(400, 0.5), "No box is denser"),
    ],
)
def test_nothing_to_explain_is_said(y: np.ndarray, reason: str) -> None:
    x = np.random.default_rng(1).random((400, 3))
    told = discover(x, y)
    assert not told.found
    assert told.boxes == ()
    assert told.reason.startswith(reason)


def test_rare_breaks_of_many_draws_are_not_explained() -> None:
    x = np.random.default_rng(1).random((5000, 2))
    told = discover(x, (x[:, 0] < 0.005).astype(float))
    assert not told.found
    assert "leaves too little" in told.reason


def test_columns_that_do_not_vary_are_said() -> None:
    told = discover(np.ones((100, 3)), np.arange(100) % 2)
    assert told.reason == "No column varies."


def test_chance_is_mostly_told_to_be_chance() -> None:
    found = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        x, y = rng.random((128, 12)), rng.random(128) < 0.3
        found += discover(x, y, boxes=1, resamples=4, seed=seed).found
    # 1 in 20 is expected; 7 or more of 40 would come about in less than 1 of 200 such tests
    assert found <= 6


def test_held_out_figures_are_of_draws_not_searched() -> None:
    """What is found in noise is dense where it was looked for, and not elsewhere."""
    rng = np.random.default_rng(21)
    x = rng.random((400, 6))
    y = ((x[:, 0] < 0.35) ^ (rng.random(400) < 0.35)).astype(float)
    big = rng.random((50_000, 6))
    truth = (big[:, 0] < 0.35) ^ (rng.random(50_000) < 0.35)
    found = discover(x, y, boxes=1, resamples=40).boxes[0]
    density = truth[contains(found.box, big)].mean()
    assert found.density_interval is not None
    assert found.coverage_interval is not None
    assert found.density_interval.low <= density <= found.density_interval.high
    assert found.density_interval.value < found.box.density
    assert found.null_density.high < found.box.density


def test_restrictions_that_matter_recur() -> None:
    x, y, _ = planted(2, 0.05, seed=6)
    found = discover(x, y, boxes=1, resamples=8).boxes[0]
    assert len(found.recurrence) == len(found.quasi_p) == len(found.box.restrictions) == 2
    for r, again in zip(found.box.restrictions, found.recurrence, strict=True):
        for told in (again.by_coverage, again.by_density):
            assert (told.low is None, told.high is None) == (r.low is None, r.high is None)
            assert 1.0 in (told.low, told.high)


def test_a_column_that_tells_only_inside_the_box_is_found() -> None:
    """Among all draws the third column shows too little to be peeled at once."""
    rng = np.random.default_rng(1)
    x = rng.random((256, 10))
    y = ((x[:, 0] < 0.4) & (x[:, 1] > 0.7) & (x[:, 2] < 0.8)).astype(float)
    of = sample(x, y)
    assert p_values(of)[2] > LEVEL
    free = Search(0.05, 0.05, "lenient")(of)
    assert [r.column for r in free.box.restrictions] == [0, 1, 2]
    wanted = Search(0.05, 0.05, "lenient", Wanted(index=2))(of)
    assert wanted.trajectory == free.trajectory


def test_the_wanted_box_is_given() -> None:
    x, y, _ = planted(3, 0.1, seed=4)
    free = discover(x, y, boxes=1, resamples=0).boxes[0].trajectory
    by_index = discover(x, y, boxes=1, resamples=2, wanted=Wanted(index=9)).boxes[0]
    assert by_index.chosen == 9
    assert by_index.trajectory == free
    dense = discover(x, y, boxes=1, resamples=2, wanted=Wanted(density=0.6)).boxes[0]
    enough = [b for b in free if b.density >= 0.6]
    assert free[dense.chosen].coverage == max(b.coverage for b in enough)
    wide = discover(x, y, boxes=1, resamples=2, wanted=Wanted(coverage=0.8)).boxes[0]
    enough = [b for b in free if b.coverage >= 0.8]
    assert free[wide.chosen].density == max(b.density for b in enough)
    with pytest.raises(ValueError, match="there is no 400"):
        discover(x, y, resamples=0, wanted=Wanted(index=400))
    assert choose(free, y.mean(), Wanted(density=2.0)) == int(np.argmax([b.density for b in free]))


def test_the_score_is_f1_where_breaks_are_rare_and_0_for_all_draws() -> None:
    x, y, _ = planted(2, 0.0, seed=5)
    whole, *_, last = Search(0.05, 0.05, "lenient")(sample(x, y)).trajectory
    assert score(whole, whole.density) == 0.0
    f1 = 2.0 * last.coverage * last.density / (last.coverage + last.density)
    assert score(last, 0.0) == pytest.approx(f1)


def test_screening_is_the_test_of_kolmogorov_and_smirnov() -> None:
    from scipy.stats import kstwobign

    rng = np.random.default_rng(12)
    x, y = rng.random((300, 4)), rng.random(300) < 0.4
    x[:, 0] += 0.2 * y
    x[:, 2:] = np.round(x[:, 2:], 1)
    told = p_values(sample(x, y.astype(float)))
    for j in range(4):
        at = np.sort(x[:, j])
        breaks = np.searchsorted(np.sort(x[y, j]), at, side="right") / y.sum()
        rest = np.searchsorted(np.sort(x[~y, j]), at, side="right") / (~y).sum()
        size = np.sqrt(y.sum() * (~y).sum() / 300)
        expected = kstwobign.sf(size * np.abs(breaks - rest).max())
        assert told[j] == pytest.approx(expected, abs=1e-9)


def test_many_draws_are_thinned_for_resamples() -> None:
    rng = np.random.default_rng(13)
    x, w = rng.random((LARGEST + 500, 3)), rng.random(LARGEST + 500)
    of = sample(x, x[:, 0], w)
    less = thinned(of, (1, ()))
    assert len(less.rows) == LARGEST
    assert less.base_rate == pytest.approx(of.base_rate, abs=0.02)
    for j in range(3):
        assert (np.diff(less.columns[j][less.order[j]]) >= 0.0).all()
    assert thinned(less, (1, ())) is less


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.ones(5)}, "x must be"),
        ({"y": np.ones(4)}, "y must be"),
        ({"x": np.array([[0.0], [np.nan], [1.0], [2.0], [3.0]])}, "draw 1 of column 0 is nan"),
        ({"y": np.array([0.0, 1.0, 2.0, 0.0, 0.0])}, "from 0 to 1"),
        ({"weights": -np.ones(5)}, "not below 0"),
        ({"weights": np.zeros(5)}, "not sum to 0"),
        ({"weights": np.ones(6)}, "weights must be"),
        ({"alpha": 0.0}, "alpha"),
        ({"mass_min": 1.0}, "mass_min"),
        ({"boxes": 0}, "boxes"),
        ({"objective": "best"}, "objective"),
    ],
)
def test_what_does_not_fit_is_said(change: dict[str, object], message: str) -> None:
    given: dict[str, object] = {"x": np.arange(5.0)[:, None], "y": np.array([0.0, 1, 0, 1, 0])}
    with pytest.raises(ValueError, match=message):
        discover(**(given | change))  # type: ignore[arg-type]
