"""Total indices, and closed first-order indices of groups, from the better surrogate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.chaos import Chaos
from foedus.ensemble.sensitivity.first_order import Effects
from foedus.ensemble.sensitivity.sample import Floats, Ints
from foedus.ensemble.sensitivity.simulation import simulate
from foedus.ensemble.sensitivity.surrogate import PLAIN, touches

LEFT_OUT_POINTS = 1024
"""Points at which the surrogates with a replicate left out are evaluated."""


@dataclass(frozen=True, eq=False)
class Shares:
    """Closed first-order and total share of sets of columns: values (s,), left out (R, s)."""

    first: Floats
    first_left_out: Floats
    total: Floats
    total_left_out: Floats


def shares(chaos: Chaos, effects: Effects, sets: Sequence[Ints], seed: int) -> Shares:
    """The shares of these sets of columns.

    On the outcome's own scale they are sums of squared coefficients (Sudret 2008), each unbiased;
    on another the surrogates are evaluated.
    """
    if chaos.whole.scale is PLAIN:
        return _summed(effects, sets)
    whole = simulate(chaos.whole, sets, seed)
    out = [simulate(part, sets, seed, LEFT_OUT_POINTS) for part in chaos.left_out]
    first, total = (np.stack([part[k] for part in out]) for k in (0, 1))
    of = effects.left_out[:, None]
    return Shares(whole[0] / effects.variance, first / of, whole[1] / effects.variance, total / of)


def _summed(effects: Effects, sets: Sequence[Ints]) -> Shares:
    """Sums of the effects within, and touching, each set."""
    within, touching = [], []
    for columns in sets:
        one, two = touches(effects.terms, columns)
        alone = effects.mains[columns].sum(axis=0)
        within.append(alone + effects.pairs[one & two].sum(axis=0))
        touching.append(alone + effects.pairs[one | two].sum(axis=0))
    return Shares(*effects.share(np.stack(within)), *effects.share(np.stack(touching)))
