"""Effects of one column and of chosen pairs: unbiased squares of chaos coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.chaos import Chaos
from foedus.ensemble.sensitivity.jackknife import products, square, squares_left_out
from foedus.ensemble.sensitivity.legendre import legendre
from foedus.ensemble.sensitivity.sample import Floats, Ints, Sample
from foedus.ensemble.sensitivity.surrogate import Surrogate, values


@dataclass(frozen=True, eq=False)
class Effects:
    """Products of replicates' coefficients, and the variance they are shares of.

    `mains` (d, R, R) for the effect of each column alone; `pairs` (m, R, R) for each of the `terms`
    (m, 4) of two columns; `variance`, and `left_out` (R,) with each replicate left out.
    """

    mains: Floats
    pairs: Floats
    terms: Ints
    variance: float
    left_out: Floats

    def share(self, pairs: Floats) -> tuple[Floats, Floats]:
        """Share of the variance for products (..., R, R): value, and with each replicate out."""
        out = squares_left_out(pairs)
        scaled = self.left_out.reshape(-1, *([1] * (out.ndim - 1)))
        return square(pairs) / self.variance, out / scaled


def effects(sample: Sample, chaos: Chaos, basis: Floats) -> Effects:
    """The effects in a sample, with the plain-scale surrogate as control variate.

    In replicate r a coefficient is that of the surrogate fitted without r, plus the mean in r of
    what that surrogate leaves times the polynomial: unbiased whatever the surrogate, and the better
    it predicts the less it varies (cross-fitting; Chernozhukov et al. 2018).
    """
    rest = sample.y - chaos.predicted
    mains = sample.means(basis[:, 1:] * rest)
    for r, surrogate in enumerate(chaos.left_out):
        alone = (surrogate.terms[:, 1] > 0) & (surrogate.terms[:, 3] == 0)
        terms = surrogate.terms[alone]
        mains[r, terms[:, 0], terms[:, 1] - 1] += surrogate.coefficients[alone]
    two = chaos.whole.terms[chaos.whole.terms[:, 3] > 0]
    pairs = sample.means(values(two, basis) * rest)
    for r, surrogate in enumerate(chaos.left_out):
        pairs[r] += _of_terms(surrogate, two)
    variances = _variance(sample, chaos)
    return Effects(products(mains), products(pairs[..., None]), two, variances[0], variances[1])


def noise(sample: Sample, chaos: Chaos, effects: Effects, u: Floats, degree: int) -> Floats:
    """First-order indices of columns (n, m) that the surrogate has not seen: (m,)."""
    rest = sample.y - chaos.predicted
    means = sample.means(legendre(u, degree)[:, 1:] * rest)
    return effects.share(products(means))[0]


def _of_terms(surrogate: Surrogate, terms: Ints) -> Floats:
    """The surrogate's coefficients of these terms; 0 where it has none."""
    have = {
        tuple(t): c for t, c in zip(surrogate.terms.tolist(), surrogate.coefficients, strict=True)
    }
    return np.array([have.get(tuple(term), 0.0) for term in terms.tolist()], dtype=np.float64)


def _variance(sample: Sample, chaos: Chaos) -> tuple[float, Floats]:
    """Variance of the outcome with the surrogate as control variate, and with each left out."""
    means = sample.means(sample.y - chaos.predicted)
    seconds = sample.means(sample.y**2 - chaos.predicted**2)
    for r, surrogate in enumerate(chaos.left_out):
        constant = (surrogate.terms[:, 1] == 0) & (surrogate.terms[:, 3] == 0)
        means[r] += surrogate.coefficients[constant].sum()
        seconds[r] += np.square(surrogate.coefficients).sum()
    pairs = products(means[:, None])
    least = 1e-3 * sample.variance
    size = seconds.size
    whole = float(seconds.mean() - square(pairs))
    out = (seconds.sum() - seconds) / (size - 1) - squares_left_out(pairs)
    return max(whole, least), np.maximum(out, least)
