"""What is computed of every draw's game: ways to share the whole, losses, who gains by going."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.lenses.dependence.kernel.core import (
    cost_of_stability_many,
    least_core_many,
    transfers_many,
)
from foedus.lenses.dependence.kernel.hedonic import NOTIONS, deviations, objections, stable
from foedus.lenses.dependence.kernel.nucleolus import nucleolus_many
from foedus.lenses.dependence.kernel.tables import Floats, excess, sizes
from foedus.lenses.dependence.kernel.values import banzhaf, shapley
from foedus.lenses.dependence.power import foremost, gains, outside, propensity
from foedus.lenses.dependence.setting import Ground

Arrays = dict[str, Any]


def solved(ground: Ground) -> Arrays:
    """Everything about the games of members; `DependenceLens.run` says what it is."""
    known = {"settled": ground.settled}
    return _shares(ground) | _losses(ground) | _stability(ground) | known


def _shares(ground: Ground) -> Arrays:
    """How the whole could be shared."""
    worth, payoffs = ground.worth, ground.payoffs
    subsidy = cost_of_stability_many(worth)
    transfers = transfers_many(worth, payoffs)
    moved = np.abs(transfers[:, 0])
    for i in range(1, transfers.shape[1]):  # one by one: sums do not depend on other draws
        moved = moved + np.abs(transfers[:, i])
    return {
        "worth": worth,
        "payoffs": payoffs,
        "shapley": shapley(worth),
        "banzhaf": banzhaf(worth),
        "nucleolus": nucleolus_many(worth),
        "least_core": least_core_many(worth).epsilon,
        "core_empty": np.where(subsidy > 0.0, 1.0, 0.0),
        "transfers": transfers,
        "moved": moved / 2.0,
        "subsidy": subsidy,
    }


def _losses(ground: Ground) -> Arrays:
    """Who loses what by whose leaving."""
    n = ground.payoffs.shape[1]
    loss = ground.loss
    return {
        "loss": loss,
        "propensity": propensity(loss),
        "alone": np.stack([ground.values[:, 1 << i, i] for i in range(n)], axis=1),
        "outside": outside(ground.values, ground.exit_cost),
    }


def _stability(ground: Ground) -> Arrays:
    """Who gains by being without the others, as things are divided."""
    worth, gain = ground.worth, ground.gain
    rounding = ground.rounding
    better = gain > rounding[:, None]
    alone = better[:, sizes(ground.payoffs.shape[1]) == 1].any(axis=1)
    return {
        "gain": gain,
        "blocking": foremost(excess(worth, ground.payoffs), rounding),
        "leaving": foremost(gain, rounding),
        "individually_stable": np.where(alone, 0.0, 1.0),
        "core_stable": np.where(better.any(axis=1), 0.0, 1.0),
    }


def liked(utility: Floats, blocks: tuple[int, ...]) -> Arrays:
    """Whether everybody would stay where it stands, going by whom it likes to stand with.

    From utilities `(P, m, 2**m)` and today's partition; `DependenceLens.run` says what it gives.
    """
    held, moves = stable(utility, blocks), deviations(utility, blocks)
    wanted = moves.gain > 0.0
    whole = [next(b for b in blocks if b >> i & 1) for i in range(utility.shape[1])]
    now = np.stack([utility[:, i, block] for i, block in enumerate(whole)], axis=1)
    gain = np.where(objections(utility, blocks).strict, gains(utility, now), 0.0)
    return {
        "hedonic": np.stack([np.where(held[notion], 1.0, 0.0) for notion in NOTIONS], axis=1),
        "mover": np.where(wanted.any(axis=2), 1.0, 0.0),
        "welcome": np.where((wanted & moves.welcomed).any(axis=2), 1.0, 0.0),
        "objecting": foremost(gain, np.zeros(utility.shape[0])),
    }
