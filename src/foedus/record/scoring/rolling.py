"""Models as they would have done year by year, knowing only what was known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from foedus.record.panels import Panel
from foedus.record.scoring.baselines import BASELINES, baseline_forecasts
from foedus.record.scoring.score import Forecaster, Score, ScoreError, check_train, stand
from foedus.record.tasks import Task, task_named

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

YEARS = 10
"""How many years of history there have to be before the first forecast."""
EVENTS = 50
"""How many events there have to be before the first forecast."""


def rolling(
    task: Task | str,
    frame: Any,
    model: str | None = None,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Score:
    """Ask every year of a panel of models that know only the years before it.

    A row's outcome is known when the next year's row is asked, so models are fitted on all rows of
    earlier years; the first year asked has ten years and fifty events before it. The frame has the
    task's columns, or is a `Panel`. ``model`` is the name of one, or "all"; by default all are
    asked that are not slow. Slow ones are fitted anew every ten years only, the others and the
    baselines every year. Every decade is told by itself. Raises
    PanelError for a frame that is no panel, ScoreError for one that is too short.
    """
    from foedus.record.scoring.forecasting import rolling_forecasters

    asked = task_named(task) if isinstance(task, str) else task
    panel = Panel.of(frame, asked)
    check_train(panel)
    said = rolling_forecasters(asked, model)
    years = years_asked(panel)
    rows = np.isin(panel.year, years)
    models = {name: np.full(len(panel), np.nan) for name in said}
    baselines = {name: np.full(len(panel), np.nan) for name in BASELINES}
    # many small products: threads that wait for each other cost more than they bring
    with threadpool_limits(1, "blas"):
        for done, year in enumerate(years.tolist()):
            _fill(baselines, panel, year, year, baseline_forecasts)
            for name, (forecaster, stands) in said.items():
                if done % stands == 0:
                    last = int(years[min(done + stands, years.size) - 1])
                    _fill({name: models[name]}, panel, year, last, _alone(name, forecaster))
            if progress is not None:
                progress(done + 1, years.size)
        return stand(
            panel.where(panel.year < years[-1]),
            panel.where(rows),
            {name: values[rows] for name, values in models.items()},
            {name: values[rows] for name, values in baselines.items()},
            by_era=True,
            seed=seed,
            rolling=True,
        )


def years_asked(panel: Panel) -> IntArray:
    """The years of a panel with enough before them; ScoreError if there are none."""
    years = np.unique(panel.year)
    events = np.array([panel.event[panel.year < year].sum() for year in years])
    found: IntArray = years[(years >= years[0] + YEARS) & (events >= EVENTS)]
    if not found.size:
        raise ScoreError(
            f"{panel.file}: is too short to roll over: a year can be asked with {YEARS} years and"
            f" {EVENTS} events before it; there are {years[-1] - years[0] + 1} years and"
            f" {int(panel.event.sum())} events"
        )
    return found


def _fill(
    into: Mapping[str, FloatArray],
    panel: Panel,
    first: int,
    last: int,
    ask: Callable[[Panel, Panel], Mapping[str, FloatArray]],
) -> None:
    """Write into arrays over all rows what is said of some years from what came before them."""
    rows = (panel.year >= first) & (panel.year <= last)
    for name, values in ask(panel.where(panel.year < first), panel.where(rows)).items():
        into[name][rows] = values


def _alone(name: str, ask: Forecaster) -> Callable[[Panel, Panel], Mapping[str, FloatArray]]:
    return lambda train, test: {name: ask(train, test)}
