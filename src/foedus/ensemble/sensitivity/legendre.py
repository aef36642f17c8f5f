"""Shifted Legendre polynomials: orthonormal for a uniform number."""

from __future__ import annotations

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats


def legendre(u: Floats, degree: int) -> Floats:
    """Values of the polynomials of degree 0 to `degree` at uniforms (n, d): (d, degree + 1, n).

    Orthonormal on [0, 1]; Bonnet's recursion (Abramowitz & Stegun 1964, 22.7.10 and 22.2.11).
    """
    x = 2.0 * u.T - 1.0
    out = np.empty((x.shape[0], degree + 1, x.shape[1]))
    out[:, 0] = 1.0
    if degree:
        out[:, 1] = x
    for k in range(1, degree):
        out[:, k + 1] = ((2 * k + 1) * x * out[:, k] - k * out[:, k - 1]) / (k + 1)
    out *= np.sqrt(2.0 * np.arange(degree + 1) + 1.0)[:, None]
    return out
