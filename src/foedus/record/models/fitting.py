"""Fit a model on one panel, and ask it about another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.case.nearest import did_you_mean, quoted
from foedus.record.models.table import DEFAULT, MODELS, Predictor
from foedus.record.panels import FloatArray, Panel
from foedus.record.tasks import Task, task_named


class ModelError(ValueError):
    """A model that nobody knows; the message says which there are."""

    bad_input = True


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model fitted on a panel: its name, the task, and the years it has seen."""

    name: str
    task: Task
    years: tuple[int, int]
    predictor: Predictor

    def describe(self) -> dict[str, Any]:
        """What was fitted, as plain data."""
        return {"name": self.name, "years": list(self.years), **self.predictor.describe()}


def fit(task: str | Task, frame: Any, model: str | None = None) -> Fitted:
    """A model of a task, fitted on a data frame with the panel's columns.

    `frame` is a pandas or polars data frame, a pyarrow table, a mapping of arrays or a Panel.
    Raises TaskError, ModelError and PanelError with what would be right, FittingError when the
    rows tell nothing.
    """
    asked = task_named(task) if isinstance(task, str) else task
    name = model or DEFAULT[asked.name]
    if name not in MODELS:
        raise ModelError(f"no model is called {quoted(name)}{did_you_mean(name, MODELS)}")
    panel = Panel.of(frame, asked)
    if not len(panel):
        from foedus.record.panels import PanelError

        raise PanelError(panel.file, "", "has no rows to learn from")
    years = (int(panel.year.min()), int(panel.year.max()))
    return Fitted(name, asked, years, MODELS[name].fit(panel))


def predict(fitted: Fitted, frame: Any) -> FloatArray:
    """`(n,)` chances of the task's event, one for each row of a data frame.

    The event's column need not be there. Raises PanelError with what would be right.
    """
    return fitted.predictor.predict(Panel.of(frame, fitted.task, outcome=False))
