"""Small made panels for the models, and a posterior of a drifting hazard written apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from foedus.record.models.local_level import Drift

KINDS = ("troops", "bases", "weapons", "material", "training", "funding", "intel")
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
FLAGS = ("wartime", "asymm_", "specthrt_", "rivals_inside", "shared_rival")


def chance(odds: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-odds))


def sponsors(n: int = 300, seed: int = 4) -> dict[str, Any]:
    """Sponsors by year: the young, the narrow and those of rebels leave more often."""
    rng = np.random.default_rng(seed)
    age = rng.integers(0, 12, n)
    rebel = rng.integers(0, 2, n)
    kinds = {kind: (rng.uniform(size=n) < 0.4).astype(float) for kind in KINDS}
    odds = -1.0 - 0.1 * age + 0.4 * rebel - 0.2 * sum(kinds.values())
    return {
        "year": 1975 + rng.integers(0, 20, n),
        "age": age,
        "exit": (rng.uniform(size=n) < chance(odds + 0.8)).astype(float),
        "conf": rng.integers(0, 40, n),
        "rebel": rebel.astype(float),
        **kinds,
    }


def alliances(n: int = 400, seed: int = 5) -> dict[str, Any]:
    """Alliances by year, with every column that a model looks at."""
    rng = np.random.default_rng(seed)
    flags = {name: (rng.uniform(size=n) < 0.3).astype(float) for name in (*OBLIGATIONS, *FLAGS)}
    dem = rng.normal(size=n)
    odds = -1.5 + 0.7 * flags["wartime"] - 0.4 * dem
    return {
        "year": 1880 + rng.integers(0, 60, n),
        "age": rng.integers(0, 50, n),
        "any": (rng.uniform(size=n) < chance(odds)).astype(float),
        "atopid": np.arange(n),
        "dem_min": dem,
        "capchg": rng.exponential(0.2, n),
        **flags,
    }


def some(frame: dict[str, Any], rows: Any) -> dict[str, Any]:
    """Some rows of a frame."""
    return {name: np.asarray(values)[rows] for name, values in frame.items()}


@dataclass(frozen=True)
class Posterior:
    """The mode of `(a, b, u)` and the inverse of minus the Hessian there."""

    mode: np.ndarray
    covariance: np.ndarray


def levels_covariance(years: list[int], drift: Drift) -> np.ndarray:
    """Of a sum of yearly steps, one slope and a shock a year, by what each year is made of."""
    first = min(years)
    span = max(years) - first + 1
    made_of = np.zeros((len(years), span + 1 + len(years)))
    for k, year in enumerate(years):
        for past in range(first, year + 1):
            made_of[k, past - first] = drift.step
        made_of[k, span] = drift.slope * (year - first + 1)
        made_of[k, span + 1 + k] = drift.shock
    return made_of @ made_of.T


def log_posterior(
    x: np.ndarray, event: np.ndarray, year: np.ndarray, years: list[int], drift: Drift,
    spread: float,
) -> Any:  # fmt: skip
    """The log posterior, up to a constant, as a function of `(a, b, u)`."""
    apart = np.linalg.inv(levels_covariance(years, drift))
    place = [years.index(int(one)) for one in year]
    share = event.mean()
    k = x.shape[1]

    def of(at: np.ndarray) -> float:
        a, b, u = at[0], at[1 : 1 + k], at[1 + k :]
        p = chance(a + x @ b + u[place])
        likelihood = np.sum(np.where(event == 1.0, np.log(p), np.log1p(-p)))
        prior = (a - np.log(share / (1.0 - share))) ** 2 / 4.0 + (b**2).sum() / spread**2
        return float(likelihood - 0.5 * prior - 0.5 * u @ apart @ u)

    return of


def posterior(
    x: np.ndarray, event: np.ndarray, year: np.ndarray, years: list[int], drift: Drift,
    spread: float,
) -> Posterior:  # fmt: skip
    """The mode by a quasi-Newton search, the curvature by differences; `years` may have no rows."""
    of = log_posterior(x, event, year, years, drift, spread)
    size = 1 + x.shape[1] + len(years)
    share = event.mean()
    start = np.zeros(size)
    start[0] = np.log(share / (1.0 - share))
    found = minimize(lambda at: -of(at), start, method="BFGS", jac="3-point")
    h = 1e-3
    step = np.eye(size) * h
    curved = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            curved[i, j] = curved[j, i] = (
                of(found.x + step[i] + step[j]) - of(found.x + step[i] - step[j])
                - of(found.x - step[i] + step[j]) + of(found.x - step[i] - step[j])
            ) / (4.0 * h * h)  # fmt: skip
    return Posterior(found.x, np.linalg.inv(-curved))
