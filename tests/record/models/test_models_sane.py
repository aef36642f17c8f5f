"""Chances are chances: on any small panel, any year asked, any age."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from models_toy import KINDS, alliances, some, sponsors

from foedus.record.models import MODELS, fit, predict
from foedus.record.models.local_level import FittingError

QUICK = [name for name, model in MODELS.items() if not model.slow]
NUMBER = st.floats(-1e6, 1e6).map(lambda v: round(v, 3)) | st.just(float("nan"))


@st.composite
def panels(draw: st.DrawFn) -> dict[str, Any]:
    """Alliances with few rows: years near or far, covariates that may stand still or be missing."""
    n = draw(st.integers(2, 12))
    first = draw(st.sampled_from([1, 1800, 1980]))
    apart = draw(st.sampled_from([0, 1, 40]))
    frame: dict[str, Any] = {
        "year": first + np.array(draw(st.lists(st.integers(0, apart), min_size=n, max_size=n))),
        "age": draw(st.lists(st.integers(0, 9999), min_size=n, max_size=n)),
        "any": [0.0, 1.0, *draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=n, max_size=n))][:n],
        "atopid": np.arange(n),
    }
    for name in ("dem_min", "capchg", "wartime", "defense"):
        kind = draw(st.sampled_from(["none", "same", "drawn"]))
        if kind == "same":
            frame[name] = np.full(n, draw(NUMBER))
        elif kind == "drawn":
            frame[name] = draw(st.lists(NUMBER, min_size=n, max_size=n))
    return frame


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(panels(), st.sampled_from(QUICK), st.integers(0, 300))
def test_chances_lie_between_0_and_1(frame: dict[str, Any], model: str, ahead: int) -> None:
    fitted = fit("alliance-end", frame, model)
    p = predict(fitted, frame)
    assert p.shape == (len(frame["age"]),)
    later = predict(fitted, frame | {"year": np.asarray(frame["year"]) + ahead})
    for chance in (p, later):
        assert ((chance > 0.0) & (chance < 1.0)).all()
    for k in range(2):  # one row
        one = predict(fitted, some(frame, [k]))
        np.testing.assert_allclose(one, p[k], rtol=1e-9)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "changed",
    [
        {"year": np.full(200, 1990)},
        {"year": np.where(np.arange(200) < 100, 1, 3)},
        {"age": np.zeros(200, dtype=int)},
        {"age": np.where(np.arange(200) < 199, 2, 9999)},
        {kind: np.ones(200) for kind in KINDS},
        {"rebel": np.full(200, np.nan)},
        {"rebel": np.where(np.arange(200) < 199, 0.0, 1.0)},
    ],
    ids=["one-year", "early", "all-new", "one-old", "same-support", "no-client", "one-rebel"],
)
def test_odd_panels_are_fitted(model: str, changed: dict[str, Any]) -> None:
    train = sponsors(200) | changed
    try:
        fitted = fit("sponsor-exit", train, model)
    except FittingError:  # a shape cannot be told from one age
        assert model == "weibull"
        assert not train["age"].any()
        return
    test = sponsors(40, seed=6) | {"age": np.arange(40) * 250, "year": 1975 + np.arange(40) * 10}
    for frame in (train, test, some(test, [3])):
        p = predict(fitted, frame)
        assert ((p > 0.0) & (p < 1.0)).all()


@pytest.mark.parametrize("model", QUICK)
def test_two_rows_are_enough(model: str) -> None:
    frame = some(alliances(2), [0, 1]) | {"any": np.array([0.0, 1.0])}
    p = predict(fit("alliance-end", frame, model), alliances(30, seed=8))
    assert ((p > 0.2) & (p < 0.8)).all()


@pytest.mark.parametrize("model", QUICK)
def test_asking_about_nothing_is_answered_with_nothing(model: str) -> None:
    fitted = fit("alliance-end", alliances(), model)
    assert predict(fitted, some(alliances(), slice(0, 0))).shape == (0,)
