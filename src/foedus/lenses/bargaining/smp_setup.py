"""What a spatial model needs before its first turn: who can take part, and rules as numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.bargaining.game import Floats, GameError
from foedus.lenses.bargaining.kernel.bargain import BARGAINING, INTERPOLATION
from foedus.lenses.bargaining.kernel.contest import COMMITMENT
from foedus.lenses.bargaining.kernel.election import ELECTION
from foedus.lenses.bargaining.kernel.risk import RANGE, VIEW
from foedus.lenses.bargaining.kernel.room import Code
from foedus.lenses.bargaining.kernel.victory import VICTORY
from foedus.lenses.bargaining.kernel.votes import VOTING
from foedus.lenses.bargaining.rules import Rules

Bools = NDArray[np.bool_]

FEWEST, MOST = 3, 250
"""How many actors with weight there may be, as in KTAB."""
SLACK = 1e-9


def encoded(rules: Rules, identity: bool) -> Code:
    """Rules as numbers; `identity` where ideals are the positions taken."""
    low, high = RANGE[rules.risk_range]
    return Code(
        voting=VOTING[rules.voting],
        victory=VICTORY[rules.victory],
        election=ELECTION[rules.election],
        commitment=COMMITMENT[rules.third_party],
        indifference=float(rules.indifference),
        low=low,
        high=high,
        outlook=VIEW[rules.risk_view],
        interpolation=INTERPOLATION[rules.interpolation],
        bargaining=BARGAINING[rules.bargaining],
        stochastic=rules.choice == "stochastic",
        identity=identity,
    )


def seated(capability: Floats, salience: Floats) -> Bools:
    """Who takes part, `(..., n)`: those with capability `(..., n)` and salience `(..., n, D)`.

    For others neither distances nor votes are defined.
    """
    return np.asarray((capability > 0.0) & (salience.sum(axis=-1) > 0.0))


def refuse_number(count: int) -> None:
    """Raise GameError unless so many actors can play."""
    if not FEWEST <= count <= MOST:
        raise GameError(
            f"the spatial model needs {FEWEST} to {MOST} actors with weight, here are {count}: "
            + ("a contest has third parties" if count < FEWEST else "its work grows with the cube")
        )


def refuse_accommodation(accommodation: Floats) -> None:
    """Raise GameError unless rows are shares that sum to at most 1."""
    proper = (accommodation >= 0.0).all() and np.isfinite(accommodation).all()
    if not proper or (accommodation.sum(axis=-1) > 1.0 + SLACK).any():
        raise GameError("the rows of an accommodation are shares that sum to at most 1")


def settlement(positions: Floats, capability: Floats, salience: Floats) -> Floats:
    """The mean of positions `(..., n, D)` weighted by capability times salience, `(..., D)`.

    By capability alone in a dimension that matters to nobody; NaN where nobody has any.
    """
    weights = capability[..., None] * salience
    weights = np.where(weights.sum(axis=-2, keepdims=True) > 0.0, weights, capability[..., None])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((weights * positions).sum(axis=-2) / weights.sum(axis=-2))
