"""How forecasts of the same rows stand: each with its scores, models beside the baselines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.record.panels import Panel
from foedus.record.scoring.bootstrap import NOTHING, Clusters, Span
from foedus.record.scoring.calibration import Bin, calibration, calibration_error
from foedus.record.scoring.proper import checked, log_losses, square_losses

FloatArray = npt.NDArray[np.float64]

FEW = 5
"""Rows of the rarer outcome below which no skill is told: chance decides it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a panel holds; ``years`` are the first and the last."""

    years: tuple[int, int]
    n: int
    events: int
    clusters: int

    @classmethod
    def of(cls, panel: Panel) -> Extent:
        """Of a panel with rows."""
        years = (int(panel.year.min()), int(panel.year.max()))
        return cls(years, len(panel), int(panel.event.sum()), int(np.unique(panel.cluster).size))

    @property
    def few(self) -> bool:
        """Whether so little happened, or did not, that nothing can be told of skill."""
        return min(self.events, self.n - self.events) < FEW

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "years": list(self.years), "n": self.n, "events": self.events,
            "clusters": self.clusters,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marks:
    """The scores of one forecaster: `log_score` and `brier` lower, `auc` higher is better.

    ``log_score`` is infinite where something happened that was called impossible.
    """

    log_score: float
    brier: float
    calibration_error: float
    auc: float | None
    intervals: Mapping[str, Span]
    bins: tuple[Bin, ...]

    @classmethod
    def of(cls, predicted: FloatArray, panel: Panel, clusters: Clusters) -> Marks:
        """Of forecasts, (n,), for the rows of a panel."""
        event = panel.event
        lost, squares = log_losses(predicted, event), square_losses(predicted, event)
        bins = calibration(predicted, event, panel.cluster)
        area = clusters.auc(predicted, event)
        spans = {"log_score": clusters.mean(lost), "brier": clusters.mean(squares), "auc": area}
        return cls(
            float(lost.mean()), float(squares.mean()), calibration_error(bins), area.value, spans,
            bins,
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """As plain data; what is infinite or not known is None."""
        return {
            "log_score": self.log_score if math.isfinite(self.log_score) else None,
            "brier": self.brier,
            "calibration_error": self.calibration_error,
            "auc": self.auc,
            "intervals": {
                name: {"low": span.low, "high": span.high} for name, span in self.intervals.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """A model's scores and its skill against every baseline; ``against`` is the best of those."""

    name: str
    marks: Marks
    skills: Mapping[str, Span]
    against: str

    @property
    def skill(self) -> Span:
        """The skill against the best baseline: 1 is perfect, 0 no better, below 0 worse."""
        return self.skills[self.against]

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        skill = {**self.skill.to_dict(), "against": self.against}
        return {"name": self.name, **self.marks.to_dict(), "skill": skill}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Models beside the baselines on the same rows, the model asked for first."""

    extent: Extent
    baselines: Mapping[str, Marks]
    models: Mapping[str, Standing]

    @property
    def model(self) -> Standing:
        """The model asked for."""
        return next(iter(self.models.values()))

    @property
    def best(self) -> str:
        """Whose log score is lowest, of models and baselines; the simpler one of equals."""
        scores = {name: marks.log_score for name, marks in self.baselines.items()}
        scores |= {name: standing.marks.log_score for name, standing in self.models.items()}
        return min(scores, key=lambda name: scores[name])

    def to_dict(self) -> dict[str, Any]:
        """As plain data: the model, and the baselines with the model's skill against each."""
        skills = self.model.skills
        return {
            "n": self.extent.n,
            "events": self.extent.events,
            "model": self.model.to_dict(),
            "baselines": {
                name: {**marks.to_dict(), "skill": skills[name].to_dict()}
                for name, marks in self.baselines.items()
            },
        }


def compare(
    panel: Panel, models: Mapping[str, FloatArray], baselines: Mapping[str, FloatArray], seed: int
) -> Comparison:  # fmt: skip
    """How forecasts, (n,) by name, for the rows of a panel stand.

    Raises ValueError for forecasts that are no probabilities, or not one a row.
    """
    extent, clusters = Extent.of(panel), Clusters(panel.cluster, seed)
    said = {name: checked(values, extent.n) for name, values in {**models, **baselines}.items()}
    lost = {name: log_losses(values, panel.event) for name, values in said.items()}
    marks = {name: Marks.of(values, panel, clusters) for name, values in said.items()}
    against = min(baselines, key=lambda name: marks[name].log_score)

    def skill(model: str, baseline: str) -> Span:
        return NOTHING if extent.few else clusters.skill(lost[model], lost[baseline])

    standings = {
        model: Standing(model, marks[model], {b: skill(model, b) for b in baselines}, against)
        for model in models
    }
    return Comparison(extent, {name: marks[name] for name in baselines}, standings)
