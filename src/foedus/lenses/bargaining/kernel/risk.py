"""What positions are worth to actors, how much they risk, and what others think they do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import inner

Floats = NDArray[np.float64]

RANGE = {"min": (0.0, 1.0), "mid": (-0.5, 1.0), "max": (-1.0, 1.0)}
"""KTAB's ranges of risk attitudes: of the position least and most likely to prevail."""
VIEW = {"none": 0.0, "one-third": 1 / 3, "half": 0.5, "two-thirds": 2 / 3, "full": 1.0}
"""How far an actor sees others' own attitudes rather than take them for its own."""
SPAN = 1e-12
"""Chances that differ by no more are equal but for rounding."""


@inner
def worth(distance: float, risk: float) -> float:
    """The utility of a position at a distance in [0, 1] under a risk attitude in [-1, 1]."""
    return (1.0 - distance) * (1.0 + distance * risk)


@inner
def distances(ideals: Floats, places: Floats, salience: Floats, out: Floats) -> None:
    """Fill `out[m, i]`: how far the place m is from the ideal of i, as i weighs dimensions."""
    dims = places.shape[1]
    for i in range(ideals.shape[0]):
        scale = 0.0
        for d in range(dims):
            scale += salience[i, d] * salience[i, d]
        for m in range(places.shape[0]):
            if dims == 1:
                out[m, i] = abs(ideals[i, 0] - places[m, 0])
                continue
            total = 0.0
            for d in range(dims):
                step = (ideals[i, d] - places[m, d]) * salience[i, d]
                total += step * step
            out[m, i] = np.sqrt(total / scale)


@inner
def attitudes(chance: Floats, low: float, high: float, out: Floats) -> None:
    """Fill `out`: risk attitudes from the chance of each actor's position to prevail.

    The likelier, the more averse to risk; where all are equally likely, all are neutral.
    """
    least, most = np.inf, -np.inf
    for i in range(out.size):
        least = min(least, chance[i])
        most = max(most, chance[i])
    span = most - least
    for i in range(out.size):
        out[i] = low + (high - low) * (chance[i] - least) / span if span > SPAN else 0.0
