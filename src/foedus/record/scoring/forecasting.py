"""Models by name, as what fits on one panel and forecasts another."""

from __future__ import annotations

from functools import partial

import numpy.typing as npt
from numpy import float64

from foedus.case.nearest import did_you_mean, quoted
from foedus.record.models import DEFAULT, MODELS, fit, predict
from foedus.record.panels import Panel
from foedus.record.scoring.score import Forecaster, ScoreError
from foedus.record.tasks import Task

ALL = "all"
STANDS = 10
"""How many years a slow model stands before it is fitted anew."""


def forecasters(task: Task, model: str | None) -> dict[str, Forecaster]:
    """The forecaster of a model, or of all models, by name, the one asked for or the default first.

    Without a name it is the task's default. Raises ScoreError for a name there is not.
    """
    name = DEFAULT[task.name] if model in (None, ALL) else str(model)
    if name not in MODELS:
        raise ScoreError(f"no model is called {quoted(name)}{did_you_mean(name, [*MODELS, ALL])}")
    names = [name, *(other for other in MODELS if other != name)] if model == ALL else [name]
    return {each: partial(_forecast, each) for each in names}


def rolling_forecasters(task: Task, model: str | None) -> dict[str, tuple[Forecaster, int]]:
    """The same, each with the years it stands; without a name, all models that are not slow."""
    found = forecasters(task, model or ALL)
    if model is None:
        found = {name: one for name, one in found.items() if not MODELS[name].slow}
    return {name: (one, STANDS if MODELS[name].slow else 1) for name, one in found.items()}


def _forecast(model: str, train: Panel, test: Panel) -> npt.NDArray[float64]:
    return predict(fit(train.task.name, train, model), test)
