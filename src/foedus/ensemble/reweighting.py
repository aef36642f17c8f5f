"""Draws made under one judgement told as draws under another: importance weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.case import Quantity
from foedus.ensemble.pert import Pert
from foedus.lenses.lens import Draws, Floats

LEAST_SHARE = 0.5
"""Share of the draws that must be left in effect for reweighted figures to be sound."""
MOST_OUTSIDE = 0.005
"""Chance of values beyond what could be drawn, up to which reweighted figures are sound."""


@dataclass(frozen=True, eq=False)
class Reweighted:
    """Weights that make draws stand for other judgements of some quantities.

    `weights` `(draws,)` are the draws' own times the ratio of densities, and sum to 1; `effective`
    is Kish's effective number of draws as a share of those that counted before; `outside` the
    chance that the other judgements give to values beyond what was drawn from, which no weight can
    bring back: it bounds how far a reweighted probability is off for that reason.
    """

    weights: Floats
    effective: float
    outside: float

    @property
    def sound(self) -> bool:
        """Whether figures from these weights may be told."""
        return self.effective >= LEAST_SHARE and self.outside <= MOST_OUTSIDE


def reweighted(
    draws: Draws,
    weights: Floats,
    was: Mapping[str, Quantity],
    now: Mapping[str, Quantity],
) -> Reweighted:
    """Weights under other judgements: self-normalised importance sampling (Owen 2013, section 9.2).

    `was` and `now` are the old and the new judgement of each quantity that is judged anew, by path;
    the others stay. A quantity that is fixed on either side cannot be reweighted: nothing is then
    effective.
    """
    if any(was[path].fixed or now[path].fixed for path in now):
        return Reweighted(weights / weights.sum(), 0.0, 1.0)
    log_ratio, inside = np.zeros(draws.size), 1.0
    for path, quantity in now.items():
        old, new = Pert.of(was[path]), Pert.of(quantity)
        log_ratio += new.log_density(draws[path]) - old.log_density(draws[path])
        ends = new.share_below(np.array([old.least, old.most]))
        inside *= float(ends[1] - ends[0])
    log_ratio = np.where(weights > 0.0, log_ratio, -np.inf)
    most = log_ratio.max()
    if not np.isfinite(most):
        return Reweighted(weights / weights.sum(), 0.0, 1.0)
    made = weights * np.exp(log_ratio - most)
    made /= made.sum()
    kept = weights / weights.sum()
    effective = float(np.sum(kept**2) / np.sum(made**2))
    return Reweighted(made, effective, 1.0 - inside)
