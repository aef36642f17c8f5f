"""The drifting hazard: few covariates, shrunk, on a level that moves slowly in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from foedus.record.models.design import AGE_ALONE, COVARIATES, Design
from foedus.record.models.local_level import Drift, Level, fit_level
from foedus.record.panels import FloatArray, Panel

SPREAD = 0.15
"""Prior standard deviation of a coefficient, for a covariate one standard deviation up.

Tight, because the rows of one conflict or alliance tell less than as many rows apart.
"""
DRIFTS: Mapping[str, Drift] = MappingProxyType({
    "sponsor-exit": Drift(step=0.02, slope=0.0, shock=0.4),
    "alliance-end": Drift(step=0.1, slope=0.01, shock=0.4),
})  # fmt: skip
"""A panel of 25 years cannot tell drift from shocks, so its level stays near the whole record's;
the long one shows both a walk and a secular fall."""
STILL = Drift(step=0.0, slope=0.0, shock=0.4)


@dataclass(frozen=True, slots=True)
class DriftingHazard:
    """A fitted hazard with its covariates."""

    design: Design
    level: Level

    def predict(self, panel: Panel) -> FloatArray:
        """`(n,)` chances of ending."""
        return self.level.predict(self.design.matrix(panel), panel.year)

    def describe(self) -> dict[str, Any]:
        """Coefficients by covariate, for one standard deviation, and how the level moves."""
        drift = self.level.drift
        errors = self.level.covariance.diagonal() ** 0.5
        names = ("intercept", *self.design.names)
        return {
            "coefficients": {
                name: {"value": float(value), "error": float(error)}
                for name, value, error in zip(names, self.level.beta, errors, strict=False)
            },
            "left_out": list(self.design.missing),
            "drift": {"step": drift.step, "slope": drift.slope, "shock": drift.shock},
            "level": float(self.level.level[-1]),
        }


def fit_drifting(panel: Panel) -> DriftingHazard:
    """The hazard with all covariates on a drifting level."""
    return _fit(panel, len(COVARIATES[panel.task.name]), DRIFTS[panel.task.name])


def fit_still(panel: Panel) -> DriftingHazard:
    """The hazard with all covariates on a level that years shake but nothing moves."""
    return _fit(panel, len(COVARIATES[panel.task.name]), STILL)


def fit_age(panel: Panel) -> DriftingHazard:
    """The hazard by age alone on a drifting level."""
    return _fit(panel, AGE_ALONE, DRIFTS[panel.task.name])


def _fit(panel: Panel, covariates: int, drift: Drift) -> DriftingHazard:
    design = Design.of(panel, COVARIATES[panel.task.name][:covariates])
    level = fit_level(design.matrix(panel), panel.event, panel.year, drift, SPREAD)
    return DriftingHazard(design, level)
