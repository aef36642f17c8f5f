"""What is told of one issue, as plain data: over all draws, and at the most likely values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.bargaining.at_modes import at_modes
from foedus.lenses.bargaining.game import Floats
from foedus.lenses.bargaining.model import points_of
from foedus.lenses.bargaining.setting import Ground, labelled
from foedus.lenses.bargaining.variants import ELECTED, MOVING, NAMES, VARIANTS, Variant
from foedus.lenses.lens import Draws, Interval, weighted_quantile

BINS = 50
"""Parts of the scale in which the distribution of settlements is told."""


class Told:
    """One issue's arrays, and what is told of them."""

    def __init__(
        self,
        k: int,
        ground: Ground,
        draws: Draws,
        modes: Draws,
        arrays: Mapping[str, Floats],
        headline: str,
    ) -> None:
        self.ground, self.headline = ground, headline
        self.modes = ground.games(modes)
        self.weights = draws.weights
        self.n = len(ground.actors)
        self.arrays = {key: array[:, k] for key, array in arrays.items() if array.ndim > 1}
        games = ground.games(draws)
        self.positions = ground.back(games.positions[:, :, 0])
        self.salience, self.capability = games.salience[:, :, 0], games.capability
        self.accepted = ground.accepted(draws)
        self.settlement = self.arrays["forecast"][:, NAMES.index(headline)]
        self.referred = games.reference is not None

    def data(self) -> dict[str, Any]:
        """Everything told of the issue, in the finding's shape."""
        ground, scale = self.ground, self.ground.issue.scale
        settlement = self._over(self.settlement)
        variants = self._variants()
        people = {actor: self._actor(i) for i, actor in enumerate(ground.actors)}
        return {
            "says": ground.issue.says,
            "scale": {
                "low": scale.low,
                "high": scale.high,
                "points": [
                    {"id": name, "at": point.at, "says": point.says}
                    for name, point in points_of(scale).items()
                ],
            },
            "headline": self.headline,
            "settlement": settlement | {"words": labelled(ground.issue, settlement["value"])},
            "distribution": self._distribution(),
            "variants": variants,
            "spread": self._spread(variants),
            "members": {ground.actors[i]: people[ground.actors[i]] for i in ground.members},
            "others": {ground.actors[i]: people[ground.actors[i]] for i in ground.others},
            "chance_acceptable": self._over(self.arrays["chance"]) if ground.lined else None,
            "strain": self._strain(),
            **at_modes(ground, self.modes, self.headline),
        }

    def _over(self, values: Floats) -> dict[str, float]:
        return Interval.over(values, self.weights).to_dict()

    def _mean(self, values: Floats) -> float:
        return Interval.over(values, self.weights).value

    def _share(self, found: NDArray[np.bool_]) -> float:
        return float(np.average(found, weights=self.weights))

    def _distribution(self) -> dict[str, Any]:
        """Probabilities of settlements in equal parts of the scale, averaged over the draws."""
        low, width = self.ground.low, self.ground.width
        chance = self.arrays["probability"][:, : self.n] * self.weights[:, None]
        kept = np.isfinite(chance).all(axis=1)
        part = np.clip(((self.positions - low) / width * BINS).astype(int), 0, BINS - 1)
        held = np.bincount(part[kept].ravel(), chance[kept].ravel(), BINS)
        total = held.sum()
        if not total > 0.0:
            return {"variant": self._election(), "points": [], "low": None, "high": None}
        ends = weighted_quantile(self.positions[kept].ravel(), chance[kept].ravel(), (0.05, 0.95))
        middles = low + width * (np.arange(BINS) + 0.5) / BINS
        return {
            "variant": self._election(),
            "points": [
                {"at": at, "probability": share}
                for at, share in zip(middles.tolist(), (held / total).tolist(), strict=True)
            ],
            "low": ends[0],
            "high": ends[1],
        }

    def _election(self) -> str:
        return self.headline if self.headline.startswith("pce") else ELECTED

    def _variants(self) -> dict[str, dict[str, Any]]:
        """Every model's settlement, and why it has none or how far it can be trusted."""
        return {
            name: self._variant(v, variant) for v, (name, variant) in enumerate(VARIANTS.items())
        }

    def _variant(self, v: int, variant: Variant) -> dict[str, Any]:
        forecast = self.arrays["forecast"][:, v]
        failed = variant.lacks(self.n, self.referred) or None
        lost = float(np.average(~np.isfinite(forecast), weights=self.weights))
        if failed is None and lost == 1.0:
            failed = "no draw has a settlement: nobody has any weight"
        shares = {key: self.arrays[key][:, v] for key in ("settled", "agreed")}
        return {
            "says": variant.says,
            **self._over(forecast),
            "failed": failed,
            "without": lost,
            **{
                key: self._mean(column) if np.isfinite(column).any() else None
                for key, column in shares.items()
            },
        }

    def _spread(self, variants: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
        """How far the models' mean settlements lie apart."""
        known = {name: row["value"] for name, row in variants.items() if row["failed"] is None}
        if not known:
            return None
        lowest, highest = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
        low, high = known[lowest], known[highest]
        return {
            "low": low,
            "high": high,
            "lowest": lowest,
            "highest": highest,
            "of_scale": (high - low) / self.ground.width,
        }

    def _actor(self, i: int) -> dict[str, Any]:
        """Where an actor stands, what it accepts, and what is asked of it."""
        weight = self.capability * self.salience
        total = weight.sum(axis=1)
        share = np.divide(weight[:, i], total, out=np.full(total.shape, np.nan), where=total > 0)
        asked = self.settlement - self.positions[:, i]
        ends = {}
        for end, key in enumerate(("least", "most")):
            values = self.accepted[:, i, end]
            ends[key] = self._over(values) if np.isfinite(values).any() else None
        lined = self.ground.has_lines(i)
        below = self.settlement < self.accepted[:, i, 0]
        above = self.settlement > self.accepted[:, i, 1]
        return {
            "position": self._over(self.positions[:, i]),
            "salience": self._over(self.salience[:, i]),
            "capability": self._over(self.capability[:, i]),
            "weight": self._over(share),
            "accepts": ends if lined else None,
            "acceptable": self._mean(self.arrays["acceptable"][:, i]) if lined else None,
            "crossed": {"below": self._share(below), "above": self._share(above)}
            if lined
            else None,
            "asked_to_move": self._over(asked),
            "asked": self._over(np.abs(asked)),
            "ends": {
                name: self._over(column)
                for name, column in zip(MOVING, self.arrays["final"][:, :, i].T, strict=True)
                if np.isfinite(column).any()
            },
        }

    def _strain(self) -> dict[str, Any] | None:
        """How differently the settlement treats the members, in shares of the scale.

        `positions`: how far they lie apart; `asked`: how much more is asked of one than of another;
        `opposite`: the share of draws in which the settlement lies between them, so that some are
        asked to come up and others to come down.
        """
        members = list(self.ground.members)
        if len(members) < 2:
            return None
        places = self.positions[:, members]
        asked = self.settlement[:, None] - places
        width = self.ground.width
        up, down = asked > 0.01 * width, asked < -0.01 * width
        opposite = np.asarray(up.any(axis=1) & down.any(axis=1))
        return {
            "positions": self._over(np.ptp(places, axis=1) / width),
            "asked": self._over(np.ptp(np.abs(asked), axis=1) / width),
            "opposite": self._share(opposite),
        }
