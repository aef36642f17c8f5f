"""How the level moved: known from earlier years alone, and tracking what is known to have moved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.record.models.local_level import Drift, FittingError, fit_level
from foedus.record.panels import Panel
from foedus.record.rates.eras import levels

DRIFT = Drift(0.15, 0.0, 0.2)


def made(years: int = 30, each: int = 40, seed: int = 1, odds: Any = None) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    year = np.repeat(1900 + np.arange(years), each)
    level = np.full(years, -1.5) if odds is None else np.asarray(odds)
    p = 1.0 / (1.0 + np.exp(-np.repeat(level, each)))
    return {
        "year": year, "age": np.zeros(year.size), "atopid": np.arange(year.size),
        "any": (rng.uniform(size=year.size) < p).astype(float),
    }  # fmt: skip


def panel(frame: dict[str, Any]) -> Panel:
    return Panel.of(frame, "alliance-end")


def whole(frame: dict[str, Any]) -> float:
    share = frame["any"].mean()
    return float(np.log(share / (1.0 - share)))


@pytest.mark.parametrize("cut", [1910, 1920, 1929])
def test_a_year_knows_nothing_of_itself_or_later(cut: int) -> None:
    frame = made()
    changed = frame | {"any": np.where(frame["year"] >= cut, 1.0 - frame["any"], frame["any"])}
    one, other = levels(panel(frame), DRIFT), levels(panel(changed), DRIFT)
    known = one.years <= cut
    assert known.any()
    np.testing.assert_array_equal(one.years[known], other.years[: known.sum()])
    assert one.sd[known].tobytes() == other.sd[: known.sum()].tobytes()
    # the mean is told above the whole panel's rate, which later rows do change
    np.testing.assert_allclose(
        one.mean[known] + whole(frame), other.mean[: known.sum()] + whole(changed), atol=1e-12
    )
    later = one.years > cut + 1
    if later.any():
        off = one.mean[later] + whole(frame) - other.mean[-later.sum() :] - whole(changed)
        assert (np.abs(off) > 1e-3).all()


def test_rows_cut_off_change_nothing_before() -> None:
    frame = made()
    short = {name: values[frame["year"] < 1920] for name, values in frame.items()}
    one, other = levels(panel(frame), DRIFT), levels(panel(short), DRIFT)
    assert other.years[-1] == 1920.0
    same = np.isin(one.years, other.years)
    assert one.sd[same].tobytes() == other.sd.tobytes()
    np.testing.assert_allclose(one.mean[same] + whole(frame), other.mean + whole(short), atol=1e-12)


def test_levels_begin_with_twenty_events_and_end_after_the_last_year() -> None:
    frame = made()
    found = levels(panel(frame), DRIFT)
    before = [frame["any"][frame["year"] < year].sum() for year in range(1901, 1931)]
    assert found.years.tolist() == [
        year for year, events in zip(range(1901, 1931), before, strict=True) if events >= 20
    ]
    assert found.years[-1] == 1930.0
    assert levels(panel(frame), DRIFT, least_events=100).years[0] > found.years[0]


def test_a_level_is_the_forecast_without_the_years_own_shock() -> None:
    frame = made(12)
    found = levels(panel(frame), DRIFT)
    # a year without rows, so that all is as before: its level is the year before it, one step on
    x = np.zeros((frame["any"].size, 0))
    fitted = fit_level(x, frame["any"], frame["year"], DRIFT, 1.0)
    draws = np.random.default_rng(4).multivariate_normal(
        np.concatenate([fitted.beta, fitted.level]), fitted.covariance, size=200_000
    )
    # the walk given all levels: by regression on a simulation of the process itself
    rng = np.random.default_rng(5)
    walk = np.cumsum(rng.normal(0.0, DRIFT.step, (200_000, 13)), axis=1)
    seen = walk[:, :12] + rng.normal(0.0, DRIFT.shock, (200_000, 12))
    on, *_ = np.linalg.lstsq(seen, walk[:, 12], rcond=None)
    left = np.var(walk[:, 12] - seen @ on)
    told = draws[:, 0] + draws[:, 1:] @ on
    assert found.years[-1] == 1912.0
    assert found.mean[-1] == pytest.approx(told.mean() - whole(frame), abs=0.02)
    assert found.sd[-1] == pytest.approx((told.var() + left) ** 0.5, rel=0.03)


def test_a_level_that_moves_is_tracked() -> None:
    odds = np.linspace(-2.5, 0.0, 40)
    frame = made(40, 80, seed=2, odds=odds)
    found = levels(panel(frame), Drift(0.2, 0.0, 0.1))
    truth = np.append(odds, odds[-1])[(found.years - 1900).astype(int)]
    off = found.mean + whole(frame) - truth
    assert (np.abs(off) < 3.5 * np.hypot(found.sd, 0.1)).all()
    assert np.corrcoef(found.mean, truth)[0, 1] > 0.95
    assert abs(off[10:].mean()) < 0.25  # it comes after, for it knows the years before alone


def test_a_level_that_stays_is_found_and_known_ever_better() -> None:
    frame = made(60, 60, seed=3)
    found = levels(panel(frame), Drift(0.02, 0.0, 0.1))
    assert np.abs(found.mean[-20:]).max() < 0.25
    assert found.sd[-1] < 0.5 * found.sd[0]


def test_errors_are_honest() -> None:
    off = []
    for seed in range(8):
        rng = np.random.default_rng([seed, 5])
        walk = -1.5 + np.cumsum(rng.normal(0.0, 0.15, 26))
        frame = made(25, 60, seed=seed, odds=walk[:25] + rng.normal(0.0, 0.2, 25))
        found = levels(panel(frame), DRIFT)
        last = found.mean[-1] + whole(frame) - walk[25]
        off.append(last / found.sd[-1])
    assert 0.4 < np.sqrt(np.mean(np.square(off))) < 1.8


def test_too_few_events_give_no_level() -> None:
    frame = made(5, 10)
    assert frame["any"].sum() < 20
    with pytest.raises(FittingError, match="fewer than 20 events"):
        levels(panel(frame), DRIFT)
