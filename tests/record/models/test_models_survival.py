"""Cox's and Weibull's models against the library asked directly, and against closed forms."""

from __future__ import annotations

import sys
import warnings
from typing import Any

import numpy as np
import pytest
from models_toy import FLAGS, OBLIGATIONS, alliances, some

from foedus.record.models import fit, predict
from foedus.record.models.survival import MissingLibraryError

NAMES = (*OBLIGATIONS, *FLAGS, "dem_min", "capchg")


def lives(
    n: int, draw: Any, last: int = 40, seed: int = 0, effect: float = 0.0
) -> dict[str, np.ndarray]:  # fmt: skip
    """Alliances that end at a drawn moment, by year; `wartime` scales the time by exp(-effect)."""
    rng = np.random.default_rng(seed)
    wartime = rng.integers(0, 2, n)
    end = draw(rng, n) * np.exp(-effect * wartime)
    whole = np.minimum(np.floor(end), last - 1).astype(int)
    tie = np.repeat(np.arange(n), whole + 1)
    age = np.concatenate([np.arange(k + 1) for k in whole])
    return {
        "year": 1900 + age, "age": age, "any": (age + 1 > end[tie]).astype(float),
        "atopid": tie, "wartime": wartime[tie].astype(float),
        "dem_min": rng.normal(size=n)[tie],
    }  # fmt: skip


def at_ages(ages: Any, wartime: float = 0.0) -> dict[str, Any]:
    n = len(ages)
    return {
        "year": np.full(n, 1950), "age": np.asarray(ages), "wartime": np.full(n, wartime),
        "dem_min": np.zeros(n),
    }  # fmt: skip


def standard(frame: dict[str, Any], train: dict[str, Any]) -> Any:
    """Standardised covariates, by the names of their columns."""
    import pandas as pd

    raw, base = ({name: f[name] for name in NAMES} for f in (frame, train))
    raw["capchg"], base["capchg"] = np.log(0.02 + raw["capchg"]), np.log(0.02 + base["capchg"])
    return pd.DataFrame({k: (raw[k] - base[k].mean()) / base[k].std() for k in NAMES})


def force(p: np.ndarray) -> np.ndarray:
    return -np.log1p(-p)


def test_cox_compares_rows_as_the_library_does() -> None:
    from lifelines import CoxTimeVaryingFitter

    train, test = alliances(1500, seed=1), alliances(60, seed=2)
    test["age"][:] = 7
    for name, values in test.items():  # beyond the training range a number counts as its end
        test[name] = np.clip(values, np.nanmin(train[name]), np.nanmax(train[name]))
    rows = standard(train, train).assign(
        id=np.arange(1500), start=train["age"], stop=train["age"] + 1, event=train["any"]
    )
    model = fit("alliance-end", train, "cox")
    told = CoxTimeVaryingFitter(penalizer=model.predictor.fitted.penalizer)
    told.fit(rows, id_col="id", event_col="event", start_col="start", stop_col="stop")
    ratio = np.exp(standard(test, train) @ told.params_).to_numpy()
    p = predict(model, test)
    np.testing.assert_allclose(force(p) / force(p)[0], ratio / ratio[0], rtol=1e-4)
    assert ratio.max() > 3.0 * ratio.min()


def test_cox_finds_the_level_of_each_age() -> None:
    """With covariates that tell nothing, the chance at an age is its share of ends."""
    frame = lives(4000, lambda rng, n: 25.0 * rng.weibull(0.7, n), last=20, seed=3)
    p = predict(fit("alliance-end", frame, "cox"), at_ages(np.arange(20), 0.5))
    shares = np.array([frame["any"][frame["age"] == k].mean() for k in range(20)])
    assert shares[0] > 2.0 * shares[10]  # a hazard that falls
    np.testing.assert_allclose(p, shares, rtol=0.08)


def test_cox_recovers_proportional_hazards() -> None:
    """Exponential lives, those of `wartime` twice as fast: twice the force at every age."""
    frame = lives(4000, lambda rng, n: rng.exponential(30.0, n), seed=4, effect=np.log(2.0))
    fitted = fit("alliance-end", frame, "cox")
    ages = np.arange(0, 30, 3)
    slow, fast = (force(predict(fitted, at_ages(ages, war))) for war in (0.0, 1.0))
    assert (fast / slow > 1.85).all()
    assert (fast / slow < 2.15).all()


def test_weibull_is_the_librarys_survival_given_the_age() -> None:
    train, test = alliances(400, seed=1), alliances(60, seed=2)
    model = fit("alliance-end", train, "weibull")
    fitter, told = model.predictor.fitted, standard(test, train)
    told.columns = [
        *("defense", "offense", "neutrality", "non-aggression", "consultation", "wartime"),
        *("asymmetric", "names a threat", "rivals inside", "shared rival"),
        *("democracy of the weakest", "log change of capabilities"),
    ]
    p = predict(model, test)
    for k in range(0, 60, 3):
        stays = fitter.predict_survival_function(
            told.iloc[[k]], times=[1.0], conditional_after=[float(test["age"][k])]
        )
        assert p[k] == pytest.approx(1.0 - float(stays.iloc[0, 0]), rel=1e-6)


def test_weibull_finds_a_hazard_that_does_not_change() -> None:
    frame = lives(1000, lambda rng, n: rng.exponential(30.0, n), seed=5)
    p = predict(fit("alliance-end", frame, "weibull"), at_ages(np.arange(1, 40), 0.5))
    np.testing.assert_allclose(p, 1.0 - np.exp(-1.0 / 30.0), rtol=0.1)


@pytest.mark.parametrize(("shape", "scale"), [(1.5, 30.0), (0.7, 60.0)])
def test_weibull_recovers_lives_that_end_by_it(shape: float, scale: float) -> None:
    frame = lives(1000, lambda rng, n: scale * rng.weibull(shape, n), seed=6)
    p = predict(fit("alliance-end", frame, "weibull"), at_ages(ages := np.arange(3, 38), 0.5))
    grown = ((ages + 1.0) / scale) ** shape - (ages / scale) ** shape
    np.testing.assert_allclose(p, 1.0 - np.exp(-grown), rtol=0.15)


def test_weibull_recovers_how_much_faster_time_runs() -> None:
    frame = lives(1200, lambda rng, n: rng.exponential(40.0, n), seed=7, effect=np.log(2.0))
    fitted = fit("alliance-end", frame, "weibull")
    slow, fast = (force(predict(fitted, at_ages([10], war))) for war in (0.0, 1.0))
    assert fast[0] / slow[0] == pytest.approx(2.0, rel=0.15)


@pytest.mark.parametrize("model", ["cox", "weibull"])
def test_many_small_panels_bring_no_warning(model: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for seed in range(3):
            train = alliances(60, seed=seed)
            fitted = fit("alliance-end", train, model)
            p = predict(fitted, alliances(40, seed=seed + 100))
            assert ((p > 0.0) & (p < 1.0)).all()
            old = some(alliances(40, seed=seed), slice(None)) | {"age": np.full(40, 9999)}
            assert ((predict(fitted, old) > 0.0) & (predict(fitted, old) < 1.0)).all()


@pytest.mark.parametrize("model", ["cox", "weibull"])
def test_coefficients_are_told(model: str) -> None:
    said = fit("alliance-end", alliances(), model).describe()
    assert any("wartime" in name for name in said["coefficients"])
    assert all(np.isfinite(value) for value in said["coefficients"].values())


@pytest.mark.parametrize("model", ["cox", "weibull"])
def test_without_the_library_it_is_told_what_to_install(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lifelines", None)
    with pytest.raises(MissingLibraryError, match=r"pip install 'foedus\[survival\]'") as caught:
        fit("alliance-end", alliances(), model)
    assert caught.value.bad_input
