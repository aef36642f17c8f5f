"""Forecasts without any moves: weighted mean, weighted median, Nash bargaining solution."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import jit

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TIE = 1e-12
"""Half the weight, to within this share of all of it, is an exact tie that rounding has blurred."""
HALVINGS = 60
"""Enough to find a root on [0, 1] to the last digit."""


def means(positions: Floats, weights: Floats) -> Floats:
    """Weighted means `(P, D)` of `(P, n, D)` arrays; NaN where nobody has weight."""
    total = weights.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray((positions * weights).sum(axis=1) / total)


@jit
def medians(positions: Floats, weights: Floats, forecast: Floats) -> None:
    """Fill `forecast` `(P, D)` with the weighted medians of `(P, n, D)` arrays.

    The least position with at least half of the weight at or below it, which is the lower of two on
    an exact tie; NaN where nobody has weight.
    """
    games, n, dims = positions.shape
    order = np.empty(n, np.int64)
    for g in range(games):
        for d in range(dims):
            total = 0.0
            for i in range(n):
                total += weights[g, i, d]
                k = i
                while k > 0 and positions[g, order[k - 1], d] > positions[g, i, d]:
                    order[k] = order[k - 1]
                    k -= 1
                order[k] = i
            forecast[g, d] = np.nan
            if total > 0.0:
                below = 0.0
                k = -1
                while 2.0 * below < total * (1.0 - TIE):
                    k += 1
                    below += weights[g, order[k], d]
                forecast[g, d] = positions[g, order[k], d]


@jit
def nash(
    positions: Floats, weights: Floats, reference: Floats, forecast: Floats, gains: Bools
) -> None:
    """Fill `forecast` and `gains` `(P, D)`: the settlement, and whether everybody gains by it.

    Utility is 1 less the distance to one's position `(P, n, D)`. All with weight gain only where
    they stand on one side of `reference` `(P, D)`; then the settlement makes the most of
    `sum of w log(u(x) - u(reference))`, and otherwise it is the reference itself.
    """
    games, n, dims = positions.shape
    for g in range(games):
        for d in range(dims):
            here = reference[g, d]
            least, most, total = np.inf, -np.inf, 0.0
            for i in range(n):
                if weights[g, i, d] > 0.0:
                    total += weights[g, i, d]
                    least = min(least, positions[g, i, d] - here)
                    most = max(most, positions[g, i, d] - here)
            side = 1.0
            if most < 0.0:
                side, least, most = -1.0, -most, -least
            gains[g, d] = least > 0.0 and total > 0.0
            if total == 0.0:
                forecast[g, d] = np.nan
                continue
            forecast[g, d] = here
            if not gains[g, d]:
                continue
            # all gain by going on to the nearest position; its holder gains nothing at twice that
            low, high = least, min(most, 2.0 * least)
            for _ in range(HALVINGS):
                step = 0.5 * (low + high)
                slope = 0.0
                for i in range(n):
                    if weights[g, i, d] > 0.0:
                        wants = side * (positions[g, i, d] - here)
                        if step <= wants:
                            slope += weights[g, i, d] / step
                        else:
                            slope -= weights[g, i, d] / (2.0 * wants - step)
                if slope > 0.0:
                    low = step
                else:
                    high = step
            forecast[g, d] = here + side * 0.5 * (low + high)
