"""Exits that come together: a gamma frailty shared by the members of a pact in a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ALONE = 1e-9
"""A frailty of less variance than this counts as none."""


def yearly_force(hazard: Floats, variance: float) -> Floats:
    """The force behind a member's yearly chance of leaving, given the frailty's variance.

    With frailty `Z`, gamma distributed with mean 1, a member stays a year with chance
    `exp(-Z force)`, so `E exp(-Z force) = (1 + variance force)^(-1 / variance) = 1 - hazard`
    (Vaupel, Manton & Stallard 1979). Any shape; hazards from 0 to under 1.
    """
    cumulative = -np.log1p(-np.asarray(hazard, dtype=float))
    if variance < ALONE:
        return np.asarray(cumulative)
    return np.asarray(np.expm1(variance * cumulative) / variance)


def together(force: Floats, variance: float) -> Floats:
    """The chance that all stay a year, from the sum of their forces."""
    if variance < ALONE:
        return np.asarray(np.exp(-force))
    return np.asarray(np.exp(-np.log1p(variance * force) / variance))


def joint_chance(force: Floats, left: NDArray[np.bool_], variance: float) -> float:
    """The chance that just those of `left` `(m,)` leave in a year, and the others stay.

    From forces `(m,)`, by inclusion and exclusion over those who leave.
    """
    stay, leave = float(force[~left].sum()), force[left]
    sums, signs = np.zeros(1), np.ones(1)
    for one in leave:
        sums, signs = np.concatenate([sums, sums + one]), np.concatenate([signs, -signs])
    return float(signs @ together(stay + sums, variance))
