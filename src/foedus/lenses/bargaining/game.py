"""A bargaining game as plain arrays, and what a model makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class GameError(ValueError):
    """A game that a model cannot run: says what is missing or wrong."""

    bad_input = True


@dataclass(frozen=True, eq=False)
class Game:
    """Who wants what on a scale from 0 to 1, how much, and with what behind it.

    `positions` `(n, D)` are in [0, 1], `capability` `(n,)` above 0, `salience` `(n, D)` in [0, 1]
    with a sum of at most 1 for each actor. `accommodation` `(n, n)`, rows summing to at most 1,
    says how far ideals follow the positions taken (own and others'); None: not at all others'.
    `reference` `(D,)` is what holds without agreement. Raises GameError for arrays that do not fit.
    """

    actors: tuple[str, ...]
    positions: Floats
    capability: Floats
    salience: Floats
    accommodation: Floats | None = None
    reference: Floats | None = None

    def __post_init__(self) -> None:
        n = len(self.actors)
        dims = self.positions.shape[1] if self.positions.ndim == 2 else 0
        if n == 0 or dims == 0:
            raise GameError("a game needs at least one actor and one dimension")
        if self.positions.shape != (n, dims) or self.salience.shape != (n, dims):
            raise GameError(f"positions and saliences should be {n} by {dims}")
        if self.capability.shape != (n,):
            raise GameError(f"there should be {n} capabilities")
        _within("a position", self.positions, 0.0, 1.0)
        _within("a salience", self.salience, 0.0, 1.0)
        _within("a capability", self.capability, 0.0, np.inf)
        if (self.salience.sum(axis=1) > 1.0 + 1e-9).any():
            raise GameError("an actor's saliences sum to more than 1")
        if self.accommodation is not None and self.accommodation.shape != (n, n):
            raise GameError(f"accommodation should be {n} by {n}")

    @property
    def weights(self) -> Floats:
        """Capability times salience, `(n, D)`."""
        return np.asarray(self.capability[:, None] * self.salience)


def _within(what: str, values: Floats, low: float, high: float) -> None:
    if not (np.isfinite(values) & (values >= low) & (values <= high)).all():
        raise GameError(f"{what} is not a number between {low:g} and {high:g}")


@dataclass(frozen=True, eq=False)
class Distribution:
    """Probabilities `(m,)` of settlements at `points` `(m,)`, ascending, in one dimension."""

    points: Floats
    probability: Floats

    @property
    def mean(self) -> float:
        """The expected settlement."""
        return float(self.points @ self.probability)


@dataclass(frozen=True, slots=True)
class Offer:
    """One bargain proposed: where proposer and receiver would stand after it."""

    turn: int
    proposer: int
    receiver: int
    for_proposer: tuple[float, ...]
    for_receiver: tuple[float, ...]
    value: float
    """What the proposer expects to gain by it, in the model's own units."""
    chosen: bool
    """Whether it came about."""


@dataclass(frozen=True, eq=False)
class Play:
    """What one model makes of a game.

    `history` `(T, n, D)` holds everybody's position by turn, the first as given; `forecast` `(D,)`.
    `converged` and `cycle` (its length) are None where the model has no turns or it is not known.
    """

    variant: str
    history: Floats
    forecast: Floats
    distribution: tuple[Distribution, ...] | None = None
    converged: bool | None = None
    cycle: int | None = None
    note: str = ""
    ledger: tuple[Offer, ...] = ()
    risk: Floats | None = None
    median: Floats | None = None
