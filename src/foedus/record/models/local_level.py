"""A discrete-time hazard whose level drifts from year to year: fitted by Laplace's approximation.

The log odds that a tie ends in year `t` are `a + x b + u_t`, where `u` is a local level with
drift and year shocks (Harvey 1989, section 2.3): a random walk of standard deviation `step` a year,
a slope, the same for all years, with standard deviation `slope`, and an independent shock of
standard deviation `shock` each year.
The coefficients `b` of standardised covariates have a normal prior of standard deviation `spread`
(ridge). Mode and curvature of the posterior are found by Newton's method; predictions are averaged
over the posterior and the years to come by Gauss-Hermite quadrature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from foedus.record.panels import FloatArray, IntArray

INTERCEPT_VARIANCE = 4.0
NEWTON_STEPS = 100
CLOSE = 1e-9
SMALLEST_STEP = 2.0**-20
POINTS = 61
"""Points of the quadrature."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How the level moves: standard deviations, on the log odds scale, a year.

    `step` is of a random walk, `slope` of one slope for all years, `shock` of each year by itself.
    """

    step: float
    slope: float
    shock: float

    def covariance(self, one: FloatArray, other: FloatArray, origin: float) -> FloatArray:
        """`(p, q)` covariance of the level in years `one` and `other`, zero at the origin."""
        a, b = one[:, None] - origin, other[None, :] - origin
        near = np.where(a * b > 0.0, np.minimum(np.abs(a), np.abs(b)), 0.0)
        walk = self.step**2 * near + self.slope**2 * a * b
        return np.asarray(walk + self.shock**2 * (a == b))


class FittingError(ValueError):
    """A panel from which a model cannot be fitted."""

    bad_input = True


@dataclass(frozen=True, slots=True)
class Level:
    """A fitted hazard: the posterior's mode and covariance of `(a, b, u)`."""

    drift: Drift
    years: FloatArray
    """`(T,)` every year that has rows, in order."""
    beta: FloatArray
    """`(1 + k,)` intercept and coefficients."""
    level: FloatArray
    """`(T,)`."""
    covariance: FloatArray
    """`(1 + k + T,) * 2`."""

    def of_year(self, year: float) -> tuple[FloatArray, float, float]:
        """Where the level of a year lies: weights `(T,)` on those known, mean, and variance."""
        at = np.array([float(year)])
        origin = self.years[0] - 1.0
        known = self.drift.covariance(self.years, self.years, origin)
        cross = self.drift.covariance(at, self.years, origin)[0]
        weights = np.linalg.solve(known, cross)
        left = float(self.drift.covariance(at, at, origin)[0, 0] - weights @ cross)
        return weights, float(weights @ self.level), max(left, 0.0)

    def predict(self, x: FloatArray, year: IntArray) -> FloatArray:
        """`(n,)` chances of ending, from `(n, k)` standardised covariates and `(n,)` years."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(POINTS)
        weights = weights / weights.sum()
        out = np.empty(year.size)
        for one in np.unique(year):
            rows = np.flatnonzero(year == one)
            on, mean, left = self.of_year(float(one))
            k = self.beta.size
            z = np.hstack([np.ones((rows.size, 1)), x[rows]])
            of_level = float(on @ self.covariance[k:, k:] @ on)
            with_level = self.covariance[:k, k:] @ on
            own = np.einsum("ij,jk,ik->i", z, self.covariance[:k, :k], z)
            variance = own + 2.0 * z @ with_level + of_level + left
            middle = z @ self.beta + mean
            spread = np.sqrt(np.maximum(variance, 0.0))
            out[rows] = expit(middle[:, None] + spread[:, None] * nodes) @ weights
        return out


def fit_level(
    x: FloatArray, event: FloatArray, year: IntArray, drift: Drift, spread: float
) -> Level:  # fmt: skip
    """The posterior of a drifting hazard.

    `x` `(n, k)` standardised covariates, `event` `(n,)` 0 or 1, `year` `(n,)`. Raises FittingError
    when all events, or none, happened.
    """
    share = float(event.mean())
    if not 0.0 < share < 1.0:
        told = "no event" if share == 0.0 else "nothing but events"
        raise FittingError(f"the training rows have {told}; a hazard needs both")
    n, k = x.shape
    seen, place = np.unique(year, return_inverse=True)
    years = seen.astype(float)
    a = np.hstack([np.ones((n, 1)), x])
    precision = np.concatenate([[1.0 / INTERCEPT_VARIANCE], np.full(k, spread**-2.0)])
    prior = np.concatenate([[logit(share)], np.zeros(k)])
    inverse = np.linalg.inv(drift.covariance(years, years, years[0] - 1.0))

    def odds(at: FloatArray) -> FloatArray:
        return np.asarray(a @ at[: k + 1] + at[k + 1 :][place])

    def height(at: FloatArray) -> float:
        e, off, u = odds(at), at[: k + 1] - prior, at[k + 1 :]
        likelihood = event @ e - np.logaddexp(0.0, e).sum()
        return float(likelihood - 0.5 * precision @ off**2 - 0.5 * u @ inverse @ u)

    def slopes(at: FloatArray) -> tuple[FloatArray, FloatArray]:
        p = expit(odds(at))
        weight, rest = p * (1.0 - p), event - p
        gradient = np.concatenate([
            a.T @ rest - precision * (at[: k + 1] - prior),
            np.bincount(place, rest, years.size) - inverse @ at[k + 1 :],
        ])  # fmt: skip
        cross = np.stack([np.bincount(place, a[:, j] * weight, years.size) for j in range(k + 1)])
        top = (a * weight[:, None]).T @ a + np.diag(precision)
        bottom = inverse + np.diag(np.bincount(place, weight, years.size))
        return gradient, np.block([[top, cross], [cross.T, bottom]])

    if not np.isfinite(x).all():
        raise FittingError("the covariates are not all finite numbers")
    at = np.concatenate([prior, np.zeros(years.size)])
    here = height(at)
    for _ in range(NEWTON_STEPS):
        gradient, curvature = slopes(at)
        move, size = np.linalg.solve(curvature, gradient), 1.0
        while (there := height(at + size * move)) < here and size > SMALLEST_STEP:
            size /= 2.0
        at, gained, here = at + size * move, there - here, there
        if gained < CLOSE:
            break
    covariance = np.asarray(np.linalg.inv(slopes(at)[1]))
    return Level(drift, years, at[: k + 1], at[k + 1 :], covariance)
