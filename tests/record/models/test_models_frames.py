"""Fitting and asking: any frame, any order of rows, columns and numbers that are missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from models_toy import KINDS, alliances, some, sponsors

from foedus.record.models import DEFAULT, MODELS, ModelError, fit, predict
from foedus.record.models.design import COVARIATES
from foedus.record.models.local_level import FittingError
from foedus.record.panels import Panel, PanelError
from foedus.record.tasks import TASKS, TaskError

FRAMES = {"sponsor-exit": sponsors, "alliance-end": alliances}
EVENT = {"sponsor-exit": "exit", "alliance-end": "any"}
QUICK = [name for name, model in MODELS.items() if not model.slow]


class Column:
    """A column that numpy can read, and nothing else."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self.values, dtype=dtype)


class PolarsLike:
    """What a polars frame shows: names in `columns`, a column by its name."""

    def __init__(self, frame: dict[str, Any]) -> None:
        self.frame = frame
        self.columns = list(frame)

    def __getitem__(self, name: str) -> Column:
        return Column(self.frame[name])


def chances(
    task: str, train: Any, test: Any, model: str = "drifting-hazard"
) -> np.ndarray:  # fmt: skip
    return predict(fit(task, train, model), test)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("task", TASKS)
def test_every_kind_of_frame_gives_the_same_numbers(task: str, model: str) -> None:
    import pandas as pd
    import pyarrow as pa

    train, test = FRAMES[task](200, seed=1), FRAMES[task](60, seed=2)
    told = chances(task, train, test, model)
    assert told.shape == (60,)
    kinds = {
        "pandas": pd.DataFrame, "arrow": pa.table, "polars": PolarsLike,
        "panel": lambda frame: Panel.of(frame, task),
    }  # fmt: skip
    if MODELS[model].slow:
        kinds = {"arrow": kinds["arrow"]}
    for kind, made in kinds.items():
        np.testing.assert_array_equal(
            chances(task, made(train), made(test), model), told, err_msg=kind
        )


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("task", TASKS)
def test_the_order_of_rows_does_not_matter(task: str, model: str) -> None:
    train, test = FRAMES[task](200, seed=1), FRAMES[task](50, seed=2)
    rng = np.random.default_rng(3)
    mixed, asked = rng.permutation(train["year"].size), rng.permutation(50)
    near = 2e-4 if MODELS[model].slow else 1e-9
    np.testing.assert_allclose(
        chances(task, some(train, mixed), some(test, asked), model),
        chances(task, train, test, model)[asked], atol=near,
    )  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_what_happened_is_not_asked_of_rows_to_forecast(model: str) -> None:
    fitted = fit("sponsor-exit", sponsors(), model)
    test = sponsors(40, seed=9)
    told = predict(fitted, test)
    np.testing.assert_array_equal(predict(fitted, test | {"exit": 1.0 - test["exit"]}), told)
    blank = {name: values for name, values in test.items() if name not in ("exit", "conf")}
    np.testing.assert_array_equal(predict(fitted, blank), told)


@pytest.mark.parametrize("model", ["drifting-hazard", "weibull", "cox"])
def test_missing_numbers_are_the_median_of_training(model: str) -> None:
    train, test = alliances(401, seed=1), alliances(80, seed=2)
    gone = np.random.default_rng(3).choice(401, 60, replace=False)
    train["dem_min"][gone] = np.nan
    train["capchg"][gone[:40]] = np.nan  # an odd number is left, so the logarithm of the median
    test["dem_min"][:20] = np.nan  # is the median of the logarithms
    test["capchg"][10:30] = np.nan
    filled = dict(train), dict(test)
    for name in ("dem_min", "capchg"):
        middle = np.nanmedian(train[name])
        for frame in filled:
            frame[name] = np.where(np.isnan(frame[name]), middle, frame[name])
    # the median of the filled column is that of the numbers there were, so both fits are one
    np.testing.assert_allclose(
        chances("alliance-end", train, test, model),
        chances("alliance-end", *filled, model), rtol=1e-6,
    )  # fmt: skip


def test_one_kind_of_support_unknown_makes_breadth_unknown() -> None:
    train = sponsors(301)
    fitted = fit("sponsor-exit", train)
    test = some(sponsors(2, seed=8), [0, 0])
    test["troops"] = np.array([np.nan, 0.0])
    breadth = np.sum([train[kind] for kind in KINDS], axis=0)
    for place, kind in enumerate(KINDS):
        test[kind][1] = 1.0 if place < np.median(breadth) else 0.0
    p = predict(fitted, test)
    assert p[0] == pytest.approx(p[1], rel=1e-12)


def test_columns_that_are_not_there_are_left_out_and_told() -> None:
    train, test = alliances(), alliances(30, seed=9)
    whole = fit("alliance-end", train)
    assert whole.describe()["left_out"] == []
    for name in ("dem_min", "asymm_"):
        del train[name]
    train["wartime"] = np.ones(train["year"].size)
    train["capchg"] = np.full(train["year"].size, np.nan)
    told = {
        "democracy of the weakest", "asymmetric", "wartime", "log change of capabilities",
    }  # fmt: skip
    for model in ("drifting-hazard", "still-hazard", "cox", "weibull"):
        assert set(fit("alliance-end", train, model).describe()["left_out"]) == told
    fitted = fit("alliance-end", train)
    names = {covariate.name for covariate in COVARIATES["alliance-end"]}
    assert set(fitted.describe()["coefficients"]) == (names - told) | {"intercept"}
    np.testing.assert_array_equal(
        predict(fitted, test), predict(fitted, test | {"dem_min": 9.0 + np.zeros(30)})
    )


@pytest.mark.parametrize("model", QUICK)
def test_the_needed_columns_are_enough(model: str) -> None:
    bare = {name: sponsors()[name] for name in ("year", "age", "exit", "conf")}
    p = chances("sponsor-exit", bare, bare, model)
    assert ((p > 0.0) & (p < 1.0)).all()


@pytest.mark.parametrize("model", ["drifting-hazard", "cox", "weibull"])
def test_units_do_not_matter(model: str) -> None:
    train, test = alliances(), alliances(50, seed=9)
    told = chances("alliance-end", train, test, model)
    for frame in (train, test):
        frame["dem_min"] = 1000.0 - 250.0 * frame["dem_min"]
    np.testing.assert_allclose(chances("alliance-end", train, test, model), told, rtol=1e-5)


def test_a_coefficient_is_for_one_standard_deviation() -> None:
    train = alliances(2000)
    found = fit("alliance-end", train).describe()["coefficients"]
    assert found["wartime"]["value"] > 3.0 * found["wartime"]["error"] > 0.0
    assert found["democracy of the weakest"]["value"] < 0.0
    # the prior alone would leave 0.15; many rows leave what their number leaves
    assert 0.02 < found["defense"]["error"] < 0.15
    test = some(alliances(1, seed=9), [0, 0, 0]) | {"atopid": np.arange(3)}
    test["dem_min"] = train["dem_min"].mean() + train["dem_min"].std() * np.array([-1.0, 0.0, 1.0])
    odds = np.log(p := predict(fit("alliance-end", train), test)) - np.log1p(-p)
    np.testing.assert_allclose(np.diff(odds), found["democracy of the weakest"]["value"], rtol=0.1)


def test_years_and_names_are_told() -> None:
    frame = sponsors()
    fitted = fit("sponsor-exit", frame)
    assert (fitted.name, fitted.task) == (DEFAULT["sponsor-exit"], TASKS["sponsor-exit"])
    assert fitted.years == (frame["year"].min(), frame["year"].max())
    for model in MODELS:
        said = fit("sponsor-exit", frame, model).describe()
        assert said["name"] == model
        assert said["years"] == list(fitted.years)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("event", [0.0, 1.0])
def test_rows_with_one_outcome_tell_nothing(model: str, event: float) -> None:
    frame = sponsors(50)
    with pytest.raises(FittingError, match=r"event") as caught:
        fit("sponsor-exit", frame | {"exit": np.full(50, event)}, model)
    assert caught.value.bad_input
    with pytest.raises(FittingError):
        fit("sponsor-exit", some(frame, [0]), model)


def test_a_name_that_nobody_knows_brings_the_nearest() -> None:
    with pytest.raises(ModelError, match=r"drifting-hazard") as caught:
        fit("sponsor-exit", sponsors(), "drifting-hazrd")
    assert caught.value.bad_input
    with pytest.raises(ModelError, match=r"weibull"):
        fit("sponsor-exit", sponsors(), "weibul")
    with pytest.raises(TaskError, match=r"alliance-end"):
        fit("alliance-ends", alliances())


def test_frames_that_cannot_be_used_are_told() -> None:
    frame = sponsors()
    with pytest.raises(PanelError, match=r"exit is nan|exit.*missing"):
        fit("sponsor-exit", frame | {"exit": np.where(frame["age"] > 3, np.nan, frame["exit"])})
    with pytest.raises(PanelError, match=r"no rows"):
        fit("sponsor-exit", some(frame, slice(0, 0)))
    with pytest.raises(PanelError, match=r"age"):
        predict(fit("sponsor-exit", frame), {"year": [2000]})


def test_the_default_is_one_of_the_models() -> None:
    assert set(DEFAULT) == set(TASKS)
    assert set(DEFAULT.values()) <= set(QUICK)
