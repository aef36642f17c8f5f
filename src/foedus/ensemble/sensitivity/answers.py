"""What a sensitivity analysis says: indices with intervals, and the level of mere noise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """One index: its value, its 95 % interval, and whether it is above the noise.

    Shares of the outcome's variance, or distances between distributions: from 0 to 1.
    """

    value: float
    low: float
    high: float
    above_noise: bool


@dataclass(frozen=True)
class ColumnIndices:
    """How much one quantity bears on the outcome.

    `first`: the share of the variance that goes away, on average, once the quantity is known.
    `total`: the share that is left, on average, while it alone is unknown; None where too little of
    the variance is explained to say. `pawn`, `delta`: how far the outcome's whole distribution
    moves once it is known, by the largest gap between distribution functions, and by the area
    between densities; `delta` is None where it was not asked for.
    """

    first: Index
    total: Index | None
    pawn: Index
    delta: Index | None


@dataclass(frozen=True)
class GroupIndices:
    """How much the quantities of a group bear on the outcome together.

    `first`: the share of the variance that goes away once all of them are known (the closed index);
    `total`: the share that is left while they alone are unknown. Both None where too little of the
    variance is explained to say. Shares of groups that overlap do not add up.
    """

    first: Index | None
    total: Index | None
    size: int


@dataclass(frozen=True)
class Noise:
    """The 95 % level of each index for a quantity that has nothing to do with the outcome."""

    first: float
    total: float | None
    pawn: float
    delta: float | None


@dataclass(frozen=True)
class Sensitivity:
    """Which quantities drive an outcome, from a table of draws.

    `columns` in the order of the table; empty where the outcome is the same in every draw, and then
    `variance` is 0. `explained` is the share of the variance that the surrogate predicts in draws
    it has not seen (Q²); what is left is not explained by what is in it. `surrogate` says in words
    what was fitted; `draws` counts those with a weight above zero.
    """

    columns: tuple[ColumnIndices, ...]
    groups: Mapping[str, Mapping[str, GroupIndices]]
    noise: Noise
    explained: float
    surrogate: str
    variance: float
    draws: int

    @property
    def unexplained(self) -> float:
        """The share of the variance that the surrogate does not predict."""
        return 1.0 - self.explained
