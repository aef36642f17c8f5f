"""Modified PERT distributions from a mode and 5 % and 95 % points."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, betaincinv

from foedus.case import Quantity

SHAPE = 4.0
"""Weight of the mode in the PERT distribution (Malcolm et al. 1959); `modified` when free."""
LOW, HIGH = 0.05, 0.95

Floats = NDArray[np.float64]


@lru_cache(maxsize=4096)
def pert_support(
    mode: float, low: float, high: float, low_is_end: bool = False, high_is_end: bool = False
) -> tuple[float, float]:
    """The support (A, B) of the PERT distribution with this mode and these points.

    `low` and `high` are its 5 % and 95 % points, or, where said, the ends of its support. The
    distribution is Beta(1 + 4 s, 5 - 4 s) on (A, B) with s = (mode - A)/(B - A) (Vose 2008); s
    solves one equation in one unknown. Needs low < high and low <= mode <= high.
    """
    if low_is_end and high_is_end:
        return low, high

    def points(s: float) -> tuple[float, float]:
        a, b = 1.0 + SHAPE * s, 1.0 + SHAPE * (1.0 - s)
        return (
            0.0 if low_is_end else float(betaincinv(a, b, LOW)),
            1.0 if high_is_end else float(betaincinv(a, b, HIGH)),
        )

    def off(s: float) -> float:
        first, last = points(s)
        return (s - first) - (mode - low) / (high - low) * (last - first)

    s = 0.0 if off(0.0) >= 0.0 else 1.0 if off(1.0) <= 0.0 else float(brentq(off, 0.0, 1.0))
    first, last = points(s)
    width = (high - low) / (last - first)
    start = low - first * width
    return start, start + width


def pert(quantity: Quantity, uniforms: Floats) -> Floats:
    """Values of a quantity at uniform numbers: `(draws,)` in, `(draws,)` out.

    A fixed quantity gives its mode. Otherwise a PERT distribution with the quantity's low and high
    as 5 % and 95 % points; where low or high stands on an end of the legal range it is the end of
    the support, and elsewhere the distribution is truncated to that range.
    """
    if quantity.fixed:
        return np.full(uniforms.shape, quantity.mode)
    start, end = pert_support(
        quantity.mode, quantity.low, quantity.high,
        quantity.low <= quantity.least, quantity.high >= quantity.most,
    )  # fmt: skip
    s = (quantity.mode - start) / (end - start)
    a, b = 1.0 + SHAPE * s, 1.0 + SHAPE * (1.0 - s)
    first, last = np.clip((np.array([quantity.least, quantity.most]) - start) / (end - start), 0, 1)
    below, above = betainc(a, b, first), betainc(a, b, last)
    values = start + (end - start) * betaincinv(a, b, below + uniforms * (above - below))
    return np.asarray(np.clip(values, max(start, quantity.least), min(end, quantity.most)))
