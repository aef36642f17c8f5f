"""The surrogates of a sample beside its dummies: what variance-based indices are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.chaos import Chaos, chaos
from foedus.ensemble.sensitivity.first_order import Effects, effects, noise
from foedus.ensemble.sensitivity.legendre import legendre
from foedus.ensemble.sensitivity.sample import Floats, Ints, Sample, dummies
from foedus.ensemble.sensitivity.search import Search, degrees
from foedus.ensemble.sensitivity.surrogate import scales
from foedus.ensemble.sensitivity.total import Shares, shares

DUMMIES = 99
"""Dummy columns behind the noise levels."""
RIVALS = 19
"""Of them, those that the surrogate may choose: they give the level of totals."""
ENOUGH = 0.5
"""Share of the variance that must be explained before totals are told."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """The better surrogate, the effects in the sample, and first-order indices of dummies.

    `dummy` (n, 99) are the dummies' columns, `null` (99,) their first-order indices.
    """

    sample: Sample
    best: Chaos
    effects: Effects
    dummy: Floats
    null: Floats
    seed: int

    @property
    def told(self) -> bool:
        """Whether enough of the variance is explained to tell totals."""
        return self.best.explained >= ENOUGH

    def shares(self, sets: list[Ints]) -> Shares:
        """Shares of sets of columns; the rivals stand behind the sample's own."""
        return shares(self.best, self.effects, sets, self.seed)

    def words(self) -> str:
        """What was fitted, in words."""
        terms = self.best.whole.terms
        alone, two = int((terms[:, 3] == 0).sum()) - 1, int((terms[:, 3] > 0).sum())
        named = self.best.whole.scale.name
        share = 100.0 * self.best.explained
        return (
            f"polynomial chaos of {named}: {alone} terms of one quantity, {two} of two; "
            f"it explains {share:.0f} % of the variance of draws it has not seen"
        )


def fit(sample: Sample, seed: int) -> Fitted:
    """The surrogates of a sample; the scale that predicts unseen draws better is taken."""
    columns = sample.u.shape[1]
    dummy = dummies(sample, DUMMIES, seed)
    degree = max(degrees(columns + RIVALS)[0], _degree(sample.y.size))
    basis = legendre(np.hstack([sample.u, dummy[:, :RIVALS]]), degree)
    search = Search.over(sample, basis)
    fits = [chaos(search, scale) for scale in scales(sample.y)]
    found = effects(sample, fits[0], basis)
    null = noise(sample, fits[0], found, dummy, degree)
    best = max(fits, key=lambda each: each.explained)
    return Fitted(sample, best, found, dummy, null, seed)


def _degree(draws: int) -> int:
    """Highest degree of a column's own effect that so many draws can tell from noise."""
    return 4 if draws < 256 else 6 if draws < 1024 else 8
