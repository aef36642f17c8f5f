"""Survival of the members and of the pact, from yearly hazards by year ahead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.base_rate.kernel.frailty import together, yearly_force

Floats = NDArray[np.float64]


def survive(hazard: Floats, share: Floats, variance: float) -> tuple[Floats, Floats]:
    """Chances to have stayed through a span: each member `(P, m)`, and all of them `(P,)`.

    `hazard` `(P, m, K)` is each member's chance of leaving in the k-th piece were it a whole year,
    `share` `(K,)` how much of a year each piece is. The frailty is drawn anew each year and shared
    by the members; a piece of a year has that share of the year's force.
    """
    force = yearly_force(hazard, variance) * share
    each = together(force, variance).prod(axis=2)
    return each, together(force.sum(axis=1), variance).prod(axis=1)
