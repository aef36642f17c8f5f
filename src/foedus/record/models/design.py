"""Covariates: which columns a hazard model looks at, and how they become numbers to fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from foedus.record.panels import FloatArray, Panel

SUPPORT = ("troops", "bases", "weapons", "material", "training", "funding", "intel")
"""Kinds of support to a client, from any sponsor, that count for its breadth."""
FULL_AGE = 8
"""From this age on a sponsor's hazard no longer falls with age, in any era of the record."""
TINY, HUGE = 1e-12, 1e12
"""A covariate that varies by less, or more, than this is left out."""
SMALL_CHANGE = 0.02
"""Added to a change of capabilities before its logarithm is taken."""

Columns = Mapping[str, FloatArray]
Derived = Callable[[Columns], FloatArray]


@dataclass(frozen=True, slots=True)
class Covariate:
    """One number per row of a panel, made of the columns it needs."""

    name: str
    needs: tuple[str, ...]
    of: Derived


def _plain(name: str, as_named: str | None = None) -> Covariate:
    return Covariate(as_named or name, (name,), lambda c: c[name])


def _log_age(columns: Columns) -> FloatArray:
    return np.asarray(np.log1p(columns["age"]))


def _capped_log_age(columns: Columns) -> FloatArray:
    return np.asarray(np.log1p(np.minimum(columns["age"], FULL_AGE)))


def _breadth(columns: Columns) -> FloatArray:
    return np.asarray(np.sum([columns[kind] for kind in SUPPORT], axis=0))


def _log_change(columns: Columns) -> FloatArray:
    return np.asarray(np.log(SMALL_CHANGE + np.maximum(columns["capchg"], 0.0)))


COVARIATES: Mapping[str, tuple[Covariate, ...]] = MappingProxyType({
    "sponsor-exit": (
        Covariate("log age", ("age",), _capped_log_age),
        Covariate("breadth of support", SUPPORT, _breadth),
        _plain("rebel", "rebel client"),
    ),
    "alliance-end": (
        Covariate("log age", ("age",), _log_age),
        _plain("defense"),
        _plain("offense"),
        _plain("neutral", "neutrality"),
        _plain("nonagg", "non-aggression"),
        _plain("consul", "consultation"),
        _plain("wartime"),
        _plain("asymm_", "asymmetric"),
        _plain("specthrt_", "names a threat"),
        _plain("rivals_inside", "rivals inside"),
        _plain("shared_rival", "shared rival"),
        _plain("dem_min", "democracy of the weakest"),
        Covariate("log change of capabilities", ("capchg",), _log_change),
    ),
})  # fmt: skip
"""By task: few, and each better than nothing in most eras of the training panels."""
AGE_ALONE = 1
"""How many of a task's covariates, from the first, a model of age alone looks at."""


@dataclass(frozen=True, slots=True)
class Design:
    """Covariates of a training panel: which there are, and what makes their numbers comparable."""

    covariates: tuple[Covariate, ...]
    middle: FloatArray
    """What stands in for a number that is missing: the training median."""
    mean: FloatArray
    scale: FloatArray
    low: FloatArray
    high: FloatArray
    """The training range: numbers beyond it count as its ends."""
    missing: tuple[str, ...]
    """Covariates left out: the training panel lacks their columns, or they never vary."""

    @classmethod
    def of(cls, panel: Panel, covariates: tuple[Covariate, ...]) -> Design:
        """What a panel's covariates are to be measured by."""
        kept, rows, missing = [], [], []
        for covariate in covariates:
            values = _raw(panel, covariate)
            known = values[np.isfinite(values)]
            if not known.size or not TINY < np.ptp(known) < HUGE:
                missing.append(covariate.name)
                continue
            usual = float(np.median(known))
            filled = np.where(np.isfinite(values), values, usual)
            kept.append(covariate)
            rows.append((usual, filled.mean(), filled.std(), known.min(), known.max()))
        middle, mean, scale, low, high = np.array(rows, dtype=float).reshape(-1, 5).T
        return cls(tuple(kept), middle, mean, scale, low, high, tuple(missing))

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns of the matrix are called."""
        return tuple(covariate.name for covariate in self.covariates)

    def matrix(self, panel: Panel) -> FloatArray:
        """`(n, k)`: each covariate less its training mean, in training standard deviations."""
        out = np.empty((len(panel), len(self.covariates)))
        for j, covariate in enumerate(self.covariates):
            values = _raw(panel, covariate)
            filled = np.where(np.isfinite(values), values, self.middle[j])
            # what lies outside the training range is not known to go on as within it
            inside = np.clip(filled, self.low[j], self.high[j])
            out[:, j] = (inside - self.mean[j]) / self.scale[j]
        return out


def _raw(panel: Panel, covariate: Covariate) -> FloatArray:
    if any(name not in panel.columns for name in covariate.needs):
        return np.full(len(panel), np.nan)
    return covariate.of(panel.columns)
