"""How the level of a whole panel moved: what was known of it at the start of each year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from foedus.record.models.local_level import Drift, FittingError, fit_level
from foedus.record.panels import FloatArray, Panel

SPREAD = 1.0
"""Not used where there are no covariates, but asked for."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Log odds above the whole panel's rate: `(T,)` mean and standard deviation by year."""

    years: FloatArray
    mean: FloatArray
    sd: FloatArray


def levels(panel: Panel, drift: Drift, least_events: int = 20) -> Levels:
    """The level of each year, forecast from the rows of earlier years alone.

    From the first year before which `least_events` happened, to the year after the panel's last.
    The shock of the year itself is left out: it belongs to what ties share in a year.
    """
    whole = float(logit(panel.event.mean()))
    years, means, sds = [], [], []
    for year in range(int(panel.year.min()) + 1, int(panel.year.max()) + 2):
        known = panel.where(panel.year < year)
        if known.event.sum() < least_events:
            continue
        level = fit_level(np.zeros((len(known), 0)), known.event, known.year, drift, SPREAD)
        on, mean, left = level.of_year(float(year))
        z = np.concatenate([[1.0], on])
        variance = float(z @ level.covariance @ z) + left - drift.shock**2
        years.append(float(year))
        means.append(float(level.beta[0]) + mean - whole)
        sds.append(max(variance, 0.0) ** 0.5)
    if not years:
        raise FittingError(f"fewer than {least_events} events: no level can be told")
    return Levels(np.array(years), np.array(means), np.array(sds))
