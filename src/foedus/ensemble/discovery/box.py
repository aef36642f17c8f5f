"""Boxes: restrictions on columns, what lies inside, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Restriction:
    """A closed interval on one column; `None` where that side is free.

    A limit lies in the middle between the two neighbouring draws that it parts.
    """

    column: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Box:
    """Restrictions that hold together, and how well they tell the breaks from the rest.

    `coverage` is the share of all breaks that lie inside, `density` the share of breaks among what
    lies inside, `mass` the share of all draws inside; all by weight, from 0 to 1 (Bryant & Lempert
    2010).
    """

    restrictions: tuple[Restriction, ...]
    coverage: float
    density: float
    mass: float


def contains(box: Box, x: Floats) -> Bools:
    """Which rows of `x`, `(draws, columns)`, lie in the box: `(draws,)`."""
    inside = np.ones(len(x), dtype=np.bool_)
    for restriction in box.restrictions:
        column = x[:, restriction.column]
        if restriction.low is not None:
            inside &= column >= restriction.low
        if restriction.high is not None:
            inside &= column <= restriction.high
    return inside


def tradeoff(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """The boxes that no other beats in both coverage and density, by falling coverage.

    Along them density rises strictly: the price of explaining fewer breaks.
    """
    front: list[Box] = []
    for box in sorted(boxes, key=lambda b: (-b.coverage, -b.density, len(b.restrictions))):
        if not front or box.density > front[-1].density:
            front.append(box)
    return tuple(front)


def between(lower: float, upper: float) -> tuple[float, float]:
    """The middle between two neighbouring draws, as limit from above and as limit from below.

    First the high end of an interval that keeps `lower` and not `upper`, then the low end of one
    that keeps `upper` and not `lower`. They differ only where the two are neighbouring floats.
    """
    middle = lower / 2.0 + upper / 2.0
    high = middle if lower <= middle < upper else lower
    low = middle if lower < middle <= upper else upper
    return high, low
