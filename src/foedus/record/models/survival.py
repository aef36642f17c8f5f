"""Cox's and Weibull's models, by the lifelines library: the comparison everybody asks for."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.record.models.design import COVARIATES, Design
from foedus.record.models.local_level import FittingError
from foedus.record.panels import FloatArray, Panel

SPREAD = 0.5
"""Prior standard deviation of a coefficient, for a covariate one standard deviation up."""
PRIOR_ROWS = 50.0
"""How many rows of the mean hazard are added to each age."""
LEAST = 1e-4
"""No chance is said to be nearer to 0 or 1 than this: a step function has years without events."""


class MissingLibraryError(ImportError):
    """The survival library is not installed."""

    bad_input = True


@dataclass(frozen=True, slots=True)
class SurvivalModel:
    """A fitted model of lifelines, and the covariates that it looks at besides age."""

    name: str
    design: Design
    fitted: Any
    base: FloatArray
    """Cox: cumulative baseline hazard at whole ages from 0; Weibull: empty."""

    def predict(self, panel: Panel) -> FloatArray:
        """`(n,)` chances of ending in the year after each row's age."""
        if not len(panel):
            return np.zeros(0)
        frame = _frame(self.design, panel)
        if self.name == "cox":
            log_ratio = np.asarray(self.fitted.predict_log_partial_hazard(frame), dtype=float)
            age = np.minimum(panel.age, self.base.size - 2)
            gone = -np.expm1(-np.exp(log_ratio) * (self.base[age + 1] - self.base[age]))
        else:
            gone = self._weibull(frame, panel)
        return np.asarray(np.clip(gone, LEAST, 1.0 - LEAST))

    def describe(self) -> dict[str, Any]:
        """Coefficients by covariate, for one standard deviation."""
        params = self.fitted.params_
        return {
            "coefficients": {
                (" ".join(map(str, key)) if isinstance(key, tuple) else str(key)): float(value)
                for key, value in params.items()
            },
            "left_out": list(self.design.missing),
        }

    def _weibull(self, frame: Any, panel: Panel) -> FloatArray:
        params = self.fitted.params_
        scale = np.full(len(panel), float(params["lambda_"]["Intercept"]))
        for column in frame.columns:
            scale = scale + float(params["lambda_"][column]) * frame[column].to_numpy()
        shape = float(np.exp(params["rho_"]["Intercept"]))
        age = panel.age.astype(float)
        grown = ((age + 1.0) / np.exp(scale)) ** shape - (age / np.exp(scale)) ** shape
        return np.asarray(-np.expm1(-grown))


def fit_cox(panel: Panel) -> SurvivalModel:
    """Cox's proportional hazards on the tie's age, one row a year, with a normal prior.

    In counting-process form (Therneau & Grambsch 2000, 3.7). The hazard of each age is Breslow's,
    with `PRIOR_ROWS` rows of the mean hazard added: no single age is sure of itself. Raises
    FittingError when the fit fails, MissingLibraryError without the library.
    """
    lifelines = _lifelines()
    design, frame = _training(panel)
    model = lifelines.CoxTimeVaryingFitter(penalizer=SPREAD**-2 / len(panel))
    _quietly(lambda: model.fit(
        frame.assign(row=np.arange(len(panel))), id_col="row", event_col="event",
        start_col="age", stop_col="until",
    ))  # fmt: skip
    ratio = np.exp(np.asarray(model.predict_log_partial_hazard(_frame(design, panel)), dtype=float))
    ages = int(panel.age.max()) + 1
    events = np.bincount(panel.age, panel.event, ages)
    at_risk = np.bincount(panel.age, ratio, ages)
    mean = events.sum() / at_risk.sum()
    hazard = (events + PRIOR_ROWS * mean) / (at_risk + PRIOR_ROWS)
    return SurvivalModel("cox", design, model, np.cumsum([0.0, *-np.log1p(-hazard)]))


def fit_weibull(panel: Panel) -> SurvivalModel:
    """Weibull's model in accelerated time, each row entering at its age, with a normal prior.

    An end is known to the year: it counts as having come in the middle. Raises FittingError when
    the fit fails, MissingLibraryError without the library.
    """
    lifelines = _lifelines()
    design, frame = _training(panel)
    model = lifelines.WeibullAFTFitter(penalizer=SPREAD**-2 / len(panel))
    ended = frame.assign(until=frame["until"] - 0.5 * frame["event"])
    _quietly(lambda: model.fit(ended, duration_col="until", event_col="event", entry_col="age"))
    return SurvivalModel("weibull", design, model, np.zeros(0))


def _lifelines() -> Any:
    try:
        import lifelines
    except ImportError:
        raise MissingLibraryError(
            "cox and weibull need the lifelines library: pip install 'foedus[survival]'"
        ) from None
    return lifelines


def _training(panel: Panel) -> tuple[Design, Any]:
    if not 0.0 < float(panel.event.mean()) < 1.0:
        raise FittingError("the training rows have no event or nothing but events")
    after_age = COVARIATES[panel.task.name][1:]
    design = Design.of(panel, after_age)
    if not design.names:
        raise FittingError("the training rows have no covariate that varies")
    frame = _frame(design, panel)
    age = panel.age.astype(float)
    return design, frame.assign(age=age, until=age + 1.0, event=panel.event.astype(int))


def _frame(design: Design, panel: Panel) -> Any:
    import pandas as pd

    return pd.DataFrame(design.matrix(panel), columns=list(design.names))


def _quietly(fit: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fit()
        except Exception as wrong:
            first = (str(wrong).strip().splitlines() or ["no reason given"])[0].rstrip(": ")
            raise FittingError(f"the fit did not come to an end: {first}") from wrong
