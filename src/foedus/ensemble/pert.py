"""Modified PERT distributions from a mode and 5 % and 95 % points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, betaincinv, betaln, xlog1py, xlogy

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


@dataclass(frozen=True)
class Pert:
    """The distribution of an uncertain quantity: a beta distribution on its support, truncated.

    `a` and `b` shape it on (`start`, `end`); `least` and `most` are where it ends after truncation,
    `below` and `above` the shares of the whole beta distribution below those.
    """

    start: float
    end: float
    a: float
    b: float
    below: float
    above: float
    least: float
    most: float

    @staticmethod
    def of(quantity: Quantity) -> Pert:
        """The distribution of a quantity that is not fixed."""
        start, end = pert_support(
            quantity.mode, quantity.low, quantity.high,
            quantity.low <= quantity.least, quantity.high >= quantity.most,
        )  # fmt: skip
        s = (quantity.mode - start) / (end - start)
        a, b = 1.0 + SHAPE * s, 1.0 + SHAPE * (1.0 - s)
        ends = np.clip((np.array([quantity.least, quantity.most]) - start) / (end - start), 0, 1)
        below, above = (float(share) for share in betainc(a, b, ends))
        least, most = max(start, quantity.least), min(end, quantity.most)
        return Pert(start, end, a, b, below, above, least, most)

    def at(self, uniforms: Floats) -> Floats:
        """The values at uniform numbers: `(draws,)` in, `(draws,)` out."""
        shares = self.below + uniforms * (self.above - self.below)
        values = self.start + (self.end - self.start) * betaincinv(self.a, self.b, shares)
        return np.asarray(np.clip(values, self.least, self.most))

    def share_below(self, values: Floats) -> Floats:
        """The chance of less than each value."""
        inside = np.clip((values - self.start) / (self.end - self.start), 0.0, 1.0)
        share = (betainc(self.a, self.b, inside) - self.below) / (self.above - self.below)
        return np.asarray(np.clip(share, 0.0, 1.0))

    def log_density(self, values: Floats) -> Floats:
        """Logarithm of the density at each value; minus infinity outside."""
        inside = (values - self.start) / (self.end - self.start)
        kept = (values >= self.least) & (values <= self.most)
        inside = np.clip(inside, 0.0, 1.0)
        density = xlogy(self.a - 1.0, inside) + xlog1py(self.b - 1.0, -inside)
        whole = betaln(self.a, self.b) + np.log((self.end - self.start) * (self.above - self.below))
        return np.where(kept, density - whole, -np.inf)


def pert(quantity: Quantity, uniforms: Floats) -> Floats:
    """Values of a quantity at uniform numbers: `(draws,)` in, `(draws,)` out.

    A fixed quantity gives its mode. Otherwise a PERT distribution with the quantity's low and high
    as 5 % and 95 % points; where low or high stands on an end of the legal range it is the end of
    the support, and elsewhere the distribution is truncated to that range.
    """
    if quantity.fixed:
        return np.full(uniforms.shape, quantity.mode)
    return Pert.of(quantity).at(uniforms)
