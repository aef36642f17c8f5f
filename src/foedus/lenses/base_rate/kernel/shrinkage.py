"""Rates of nested classes, each drawn towards the wider one: empirical Bayes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import betaln, digamma, expit, logsumexp, polygamma

Floats = NDArray[np.float64]

ROOT = 0.5
"""Both parameters of the widest class's prior (Jeffreys 1946)."""
LEAST, MOST = 1.0, 1e5
"""How many rows the wider class is worth: the range in which it is looked for."""
USUAL, SPREAD = 200.0, 1.5
"""Its prior: the most likely number of rows, and the standard deviation of its logarithm."""
MIDDLES, MIDDLE_POINTS = (-9.0, 4.0), 261
"""Log odds among which a family's mean is looked for."""


class Shrunk(NamedTuple):
    """A class's rate as a beta distribution."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The rate that is expected."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """How uncertain it is."""
        return self.mean * (1.0 - self.mean) / (self.a + self.b + 1.0)


def narrowed(events: Floats, rows: Floats, worth: Floats) -> list[Shrunk]:
    """The rates of a chain of classes, from the widest to the narrowest.

    `events` and `rows` `(L,)` count each class's own, `worth` `(L,)` is how many rows the class
    before is worth to it (that of the first is not used). A class's prior is a beta distribution
    around the wider one's rate (Gelman et al. 2013, 5.1), which is uncertain itself: mean and
    variance of the narrower rate are averaged over it.
    """
    out = [Shrunk(float(ROOT + events[0]), float(ROOT + rows[0] - events[0]))]
    for e, n, w in zip(events[1:], rows[1:], worth[1:], strict=True):
        wider = out[-1]
        mean = (e + w * wider.mean) / (n + w)
        variance = mean * (1.0 - mean) / (n + w + 1.0) + (w / (n + w)) ** 2 * wider.variance
        size = mean * (1.0 - mean) / variance - 1.0
        out.append(Shrunk(float(mean * size), float((1.0 - mean) * size)))
    return out


def log_odds(rate: Shrunk) -> tuple[float, float]:
    """Mean and standard deviation of the log odds of a rate that is beta distributed."""
    mean = digamma(rate.a) - digamma(rate.b)
    variance = polygamma(1, rate.a) + polygamma(1, rate.b)
    return float(mean), float(np.sqrt(variance))


def concentration(events: Floats, rows: Floats, family: NDArray[np.intp]) -> float:
    """How many rows the wider class is worth, by the likelihood of the narrower ones.

    `events` and `rows` `(C,)` of classes, `family` `(C,)` numbers the wider class of each.
    Maximises the beta-binomial likelihood (Skellam 1948), averaged over the mean of each family,
    every log odds alike: the wider class's own rate is that of its largest part, and no middle for
    the others. A weak prior keeps few sisters that happen to agree from making them equal for good
    (Chung et al. 2013). Families of one class tell nothing; with none that tells the answer is
    `USUAL`.
    """
    there = rows > 0
    e, n, kin = events[there], rows[there], family[there]
    if e.size == np.unique(kin).size:
        return USUAL
    means = expit(np.linspace(*MIDDLES, MIDDLE_POINTS))[:, None]
    members = kin[:, None] == np.unique(kin)

    def against(log_worth: float) -> float:
        worth = np.exp(log_worth)
        a, b = worth * means, worth * (1.0 - means)
        told = (betaln(a + e, b + n - e) - betaln(a, b)) @ members
        off = (log_worth - np.log(USUAL)) / SPREAD
        return 0.5 * off * off - float(logsumexp(told, axis=0).sum())

    found = minimize_scalar(against, bounds=(np.log(LEAST), np.log(MOST)), method="bounded")
    return float(np.exp(found.x))
