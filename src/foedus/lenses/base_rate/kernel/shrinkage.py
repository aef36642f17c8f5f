"""Rates of nested classes, each drawn towards the wider one: empirical Bayes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import betaln, digamma, polygamma

Floats = NDArray[np.float64]

ROOT = 0.5
"""Both parameters of the widest class's prior (Jeffreys 1946)."""
LEAST, MOST = 1.0, 1e5
"""How many rows the wider class is worth: the range in which it is looked for."""


class Shrunk(NamedTuple):
    """A class's rate as a beta distribution."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The rate that is expected."""
        return self.a / (self.a + self.b)


def narrowed(events: Floats, rows: Floats, worth: Floats) -> list[Shrunk]:
    """The rates of a chain of classes, from the widest to the narrowest.

    `events` and `rows` `(L,)` count each class's own, `worth` `(L,)` is how many rows the class
    before is worth to it (that of the first is not used). A class's prior is a beta distribution
    around the mean of the wider one (Gelman et al. 2013, 5.1).
    """
    out: list[Shrunk] = []
    for k in range(events.size):
        if k == 0:
            a, b = ROOT, ROOT
        else:
            mean = out[-1].mean
            a, b = worth[k] * mean, worth[k] * (1.0 - mean)
        out.append(Shrunk(float(a + events[k]), float(b + rows[k] - events[k])))
    return out


def log_odds(rate: Shrunk) -> tuple[float, float]:
    """Mean and standard deviation of the log odds of a rate that is beta distributed."""
    mean = digamma(rate.a) - digamma(rate.b)
    variance = polygamma(1, rate.a) + polygamma(1, rate.b)
    return float(mean), float(np.sqrt(variance))


def concentration(events: Floats, rows: Floats, wider: Floats) -> float:
    """How many rows the wider class is worth, by the likelihood of the narrower ones.

    `events` and `rows` `(C,)` of sister classes, `wider` `(C,)` the rate of the class that
    each lies in. Maximises the beta-binomial likelihood (Skellam 1948). Classes without rows tell
    nothing; with none at all the answer is the most that is looked for: all is drawn to the wider.
    """
    there = rows > 0
    e, n, p = events[there], rows[there], wider[there]
    if e.size == 0:
        return MOST

    def against(log_worth: float) -> float:
        worth = np.exp(log_worth)
        a, b = worth * p, worth * (1.0 - p)
        return -float(np.sum(betaln(a + e, b + n - e) - betaln(a, b)))

    found = minimize_scalar(against, bounds=(np.log(LEAST), np.log(MOST)), method="bounded")
    return float(np.exp(found.x))
