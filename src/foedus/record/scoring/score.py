"""How good a model would have been: fitted on one panel, asked of another that came after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from foedus.record.panels import Panel
from foedus.record.scoring.baselines import baseline_forecasts
from foedus.record.scoring.bootstrap import RESAMPLES
from foedus.record.scoring.standing import Comparison, Extent, compare
from foedus.record.tasks import Task, task_named

FloatArray = npt.NDArray[np.float64]
Forecaster = Callable[[Panel, Panel], FloatArray]
"""Fits on one panel and gives a chance, (n,), for every row of another."""
ERA = 10
"""Years of an era."""


class ScoreError(ValueError):
    """Panels that cannot be scored; the message says why, and what would be right."""

    bad_input = True


@dataclass(frozen=True, slots=True)
class Era:
    """How forecasts stood in some years; ``few``: too little happened to tell."""

    name: str
    comparison: Comparison

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        extent = self.comparison.extent
        return {
            "era": self.name, "years": list(extent.years), "clusters": extent.clusters,
            "few": extent.few, "best": None if extent.few else self.comparison.best,
            **self.comparison.to_dict(), "all": others(self.comparison),
        }  # fmt: skip


@dataclass(frozen=True, eq=False)
class Score:
    """How a model, others and the baselines did on years that none of them had seen.

    ``rolling``: fitted anew as time went on, each year asked of what was known before it;
    ``train`` is then what was known when the last year was asked. ``eras`` are told if asked for.
    ``forecasts`` has what everyone said of every row of ``panel``, (n,) by name.
    """

    task: Task
    train: Extent
    comparison: Comparison
    eras: tuple[Era, ...]
    panel: Panel
    forecasts: Mapping[str, FloatArray]
    seed: int
    overlap: bool = False
    rolling: bool = False

    @property
    def test(self) -> Extent:
        """What was asked."""
        return self.comparison.extent

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus score --json`."""
        return {
            "task": self.task.name,
            **self.comparison.to_dict(),
            "seed": self.seed,
            "resamples": RESAMPLES,
            "rolling": self.rolling,
            "overlap": self.overlap,
            "train": self.train.to_dict(),
            "test": self.test.to_dict(),
            "calibration": [one.to_dict() for one in self.comparison.model.marks.bins],
            "eras": [era.to_dict() for era in self.eras],
            "all": others(self.comparison),
        }


def others(comparison: Comparison) -> dict[str, Any]:
    """Every model's scores as plain data, by name."""
    return {name: standing.to_dict() for name, standing in comparison.models.items()}


def score(
    task: Task | str,
    train: Any,
    test: Any,
    model: str | None = None,
    *,
    by_era: bool = False,
    allow_overlap: bool = False,
    seed: int = 1,
) -> Score:
    """Fit on ``train``, predict ``test``, and say how good that was, beside the baselines.

    The panels are frames with the task's columns, or `Panel`s. ``model`` is the name of a model,
    the task's best simple one by default, or "all". With ``by_era`` every decade of the test is
    told by itself. Raises PanelError for a frame that is no panel, ScoreError for panels that
    cannot be scored: without events, or a test that begins before the training ends, which
    ``allow_overlap`` allows.
    """
    from foedus.record.scoring.forecasting import forecasters

    asked = task_named(task) if isinstance(task, str) else task
    known, later = Panel.of(train, asked), Panel.of(test, asked)
    said = forecasters(asked, model)
    check_pair(known, later, allow_overlap)
    # many small products: threads that wait for each other cost more than they bring
    with threadpool_limits(1, "blas"):
        models = {name: forecaster(known, later) for name, forecaster in said.items()}
        baselines = baseline_forecasts(known, later)
        return stand(known, later, models, baselines, by_era=by_era, seed=seed)


def stand(
    train: Panel,
    test: Panel,
    models: Mapping[str, FloatArray],
    baselines: Mapping[str, FloatArray],
    *,
    by_era: bool,
    seed: int,
    rolling: bool = False,
) -> Score:
    """The score of forecasts that are made: (n,) by name, for the rows of ``test``."""
    eras = eras_of(test, models, baselines, seed) if by_era else ()
    return Score(
        task=test.task,
        train=Extent.of(train),
        comparison=compare(test, models, baselines, seed),
        eras=eras,
        panel=test,
        forecasts={**models, **baselines},
        seed=seed,
        overlap=not rolling and bool(test.year.min() <= train.year.max()),
        rolling=rolling,
    )


def eras_of(
    test: Panel, models: Mapping[str, FloatArray], baselines: Mapping[str, FloatArray], seed: int
) -> tuple[Era, ...]:  # fmt: skip
    """How forecasts, (n,) by name, stood in every decade of a panel."""
    decades = test.year // ERA * ERA
    out = []
    for first in np.unique(decades):
        inside = decades == first
        cut = [{name: v[inside] for name, v in said.items()} for said in (models, baselines)]
        out.append(Era(f"{first}s", compare(test.where(inside), cut[0], cut[1], seed)))
    return tuple(out)


def check_train(train: Panel) -> None:
    """Raise ScoreError if nothing can be learnt from a panel."""
    _both_outcomes(train, "to learn from")


def check_pair(train: Panel, test: Panel, allow_overlap: bool) -> None:
    """Raise ScoreError unless the one panel can be learnt from and the other asked after it."""
    check_train(train)
    _both_outcomes(test, "to be scored")
    last, first = int(train.year.max()), int(test.year.min())
    if first <= last and not allow_overlap:
        raise ScoreError(
            f"the test begins in {first}, but the training ends in {last}: forecasts are scored on"
            f" later years alone, from {last + 1} on; --allow-overlap scores them all the same"
        )


def _both_outcomes(panel: Panel, purpose: str) -> None:
    if not len(panel):
        raise ScoreError(f"{panel.file}: has no rows {purpose}")
    events, column = int(panel.event.sum()), panel.task.event
    if events in (0, len(panel)):
        what = "no events" if events == 0 else "nothing but events"
        raise ScoreError(
            f"{panel.file}: has {what}: {column} is {min(events, 1)} in all {len(panel)} rows;"
            f" some of each are needed {purpose}"
        )
