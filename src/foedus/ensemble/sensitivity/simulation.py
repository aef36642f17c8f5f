"""Indices of a surrogate by evaluating it: for scales on which its coefficients do not say them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.ensemble.sensitivity.legendre import legendre
from foedus.ensemble.sensitivity.sample import Flags, Floats, Ints
from foedus.ensemble.sensitivity.surrogate import Surrogate, touches

POINTS = 4096
"""Points at which a surrogate is evaluated for each set of columns."""


def simulate(
    surrogate: Surrogate, sets: Sequence[Ints], seed: int, points: int = POINTS
) -> tuple[Floats, Floats]:
    """Closed first-order and total variance (not share) of each set of columns: (sets,), (sets,).

    Saltelli et al. 2010's first-order and Jansen 1999's total estimator, at scrambled Sobol points
    of the columns in the surrogate.
    """
    from scipy.stats import qmc

    terms = surrogate.terms
    used, places = np.unique(terms[:, [0, 2]], return_inverse=True)
    i, j = places.reshape(-1, 2).T
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))
    u = qmc.Sobol(2 * used.size, rng=rng).random(points)
    degree = int(terms[:, [1, 3]].max())
    a, b = (legendre(part, degree) for part in (u[:, : used.size], u[:, used.size :]))
    (left_a, right_a), (left_b, right_b) = ((x[i, terms[:, 1]], x[j, terms[:, 3]]) for x in (a, b))
    of_a = surrogate.coefficients @ (left_a * right_a)
    f_a = surrogate.scale.back(of_a)
    f_b = surrogate.scale.back(surrogate.coefficients @ (left_b * right_b))
    f_b = f_b - f_b.mean()
    first, total = np.zeros(len(sets)), np.zeros(len(sets))
    for place, columns in enumerate(sets):
        in_left, in_right = touches(terms, columns)
        some = in_left | in_right
        if not some.any():
            continue
        moved = _mixed(in_left, left_a, left_b, some) * _mixed(in_right, right_a, right_b, some)
        change = surrogate.coefficients[some] @ (moved - left_a[some] * right_a[some])
        f_ab = surrogate.scale.back(of_a + change)
        first[place] = np.mean(f_b * (f_ab - f_a))
        total[place] = 0.5 * np.mean(np.square(f_ab - f_a))
    return first, total


def _mixed(from_b: Flags, a: Floats, b: Floats, some: Flags) -> Floats:
    """Factors of some terms, those `from_b` at b and the others at a."""
    return np.where(from_b[some, None], b[some], a[some])
