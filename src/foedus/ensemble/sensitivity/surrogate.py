"""A surrogate of the outcome: a polynomial of uniforms, on the outcome's own or another scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.sample import Flags, Floats, Ints

EDGE = 1e-3
"""Probabilities nearer to 0 or 1 count as this near when their log odds are taken."""


@dataclass(frozen=True)
class Scale:
    """Where the polynomial is fitted: `forth` takes outcomes there, `back` its values back."""

    name: str
    forth: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


def _log_odds(y: Floats) -> Floats:
    from scipy.special import logit

    return np.asarray(logit(np.clip(y, EDGE, 1.0 - EDGE)))


def _odds_back(g: Floats) -> Floats:
    from scipy.special import expit

    return np.asarray(expit(g))


PLAIN = Scale("the outcome itself", np.asarray, np.asarray)
LOG_ODDS = Scale("its log odds", _log_odds, _odds_back)


def scales(y: Floats) -> tuple[Scale, ...]:
    """The scales to try: the outcome's own, and log odds where all outcomes lie in [0, 1]."""
    return (PLAIN, LOG_ODDS) if y.min() >= 0.0 and y.max() <= 1.0 else (PLAIN,)


def values(terms: Ints, basis: Floats) -> Floats:
    """Values (m, n) of terms at a basis (d, degree + 1, n).

    A term (m, 4) is column, degree, column, degree: the product of two polynomials. An effect of
    one column has degree 0 in the second place, the constant in both.
    """
    return basis[terms[:, 0], terms[:, 1]] * basis[terms[:, 2], terms[:, 3]]


def touches(terms: Ints, columns: Ints) -> tuple[Flags, Flags]:
    """Whether the first, and the second, factor of each term depends on one of the columns."""
    return (
        np.isin(terms[:, 0], columns) & (terms[:, 1] > 0),
        np.isin(terms[:, 2], columns) & (terms[:, 3] > 0),
    )


@dataclass(frozen=True, eq=False)
class Surrogate:
    """A sum of terms (m, 4) with coefficients (m,), on a scale."""

    terms: Ints
    coefficients: Floats
    scale: Scale

    def __call__(self, basis: Floats) -> Floats:
        """The outcome it predicts at a basis (d, degree + 1, n): (n,)."""
        return self.scale.back(self.coefficients @ values(self.terms, basis))
