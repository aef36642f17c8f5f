"""What is told of the members' games over all draws, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.dependence.game import named
from foedus.lenses.dependence.kernel.tables import excess, tolerance_at
from foedus.lenses.dependence.power import (
    CLOSE,
    can_threaten,
    dependence,
    others_loss,
    own_loss,
    threat,
)
from foedus.lenses.lens import Floats, Interval, weighted_quantile

WAYS = ("shapley", "banzhaf", "nucleolus")
"""Ways to share the whole that are told over draws."""
RATIOS = ("banzhaf",)
"""Those that are in proportion to something, which may come near 0: told by their median."""


class Told:
    """The arrays of the members' games, and what is told of them.

    `weights` `(P,)` are 0 for draws that are left out, and not all 0.
    """

    def __init__(
        self, members: tuple[str, ...], arrays: Mapping[str, Floats], weights: Floats
    ) -> None:
        self.members, self.arrays, self.weights = members, arrays, weights
        self.loss = arrays["loss"]
        self.rounding = tolerance_at(arrays["worth"], arrays["payoffs"])

    def left_out(self) -> float:
        """The share of draws that are left out."""
        return float(np.mean(self.weights == 0.0))

    def sets(self) -> list[dict[str, Any]]:
        """What every set is worth, and how often it would gain by being on its own."""
        worth, gain = self.arrays["worth"], self.arrays["gain"]
        misses = excess(worth, self.arrays["payoffs"])
        least = self.rounding[:, None]
        blocks, gains = misses > least, gain > least
        return [
            {
                "members": list(named(self.members, mask)),
                "worth": self.over(worth[:, mask]),
                "excess": self.over(misses[:, mask]),
                "blocks": self.share(blocks[:, mask]),
                "most": self.share(self.arrays["blocking"] == mask),
                "gains": self.share(gains[:, mask]),
                "foremost": self.share(self.arrays["leaving"] == mask),
            }
            for mask in range(1, worth.shape[1])
        ]

    def shares(self) -> dict[str, dict[str, dict[str, float]]]:
        """What each member has, and would have by other ways to share the whole."""
        told = {name: self.by_member(self.arrays[name]) for name in ("payoffs", *WAYS)}
        for name in RATIOS:
            for i, member in enumerate(self.members):
                told[name][member] = self._middle(self.arrays[name][:, i])
        return told

    def losses(self) -> dict[str, dict[str, dict[str, float]]]:
        """What each member (first) would lose were another (second), or itself, gone."""
        return {member: self.by_member(self.loss[:, i]) for i, member in enumerate(self.members)}

    def power(self) -> dict[str, dict[str, Any]]:
        """By member: what it and the others lose by its leaving, and if it can threaten to."""
        own, others, depends = own_loss(self.loss), others_loss(self.loss), dependence(self.loss)
        ratio, order = self.arrays["propensity"], threat(self.loss)
        return {
            member: {
                "own_loss": self.over(own[:, i]),
                "others_loss": self.over(others[:, i]),
                "depends": self.over(depends[:, i]),
                "propensity": self._middle(ratio[:, i]),
                "undefined": self.share(np.isnan(ratio[:, i])),
                "can_threaten": self.share(can_threaten(order[:, i])),
                "alone": self.over(self.arrays["alone"][:, i]),
                "outside": self.over(self.arrays["outside"][:, i]),
                "leaves": self.share(self.arrays["gain"][:, 1 << i] > self.rounding),
            }
            for i, member in enumerate(self.members)
        }

    def nobody_loses(self) -> float:
        """How often nobody would lose by anybody's leaving."""
        return self.share(np.asarray((self.loss <= 0.0).all(axis=(1, 2))))

    def unsaid(self, way: str) -> float:
        """How often there is no such way to share the whole."""
        return self.share(np.asarray(np.isnan(self.arrays[way]).any(axis=1)))

    def balance(self) -> list[dict[str, Any]]:
        """By pair: what each would lose without the other, and who depends more, how often."""
        return [
            self._pair(i, j)
            for i in range(len(self.members))
            for j in range(i + 1, len(self.members))
        ]

    def orderings(self) -> dict[str, dict[str, float]]:
        """Who comes first, in what share of draws; those who come first together share a draw."""
        return {
            "power": self._first(others_loss(self.loss)),
            "threat": self._first(threat(self.loss), others_loss(self.loss)),
            "depends": self._first(dependence(self.loss)),
        }

    def sharing(self) -> dict[str, Any]:
        """Whether the whole can be shared so that nobody is better off without the others."""
        possible = self.arrays["core_empty"] == 0.0
        moved = self.arrays["moved"]
        return {
            "possible": self.share(possible),
            "as_divided": self.share(self.arrays["blocking"] == 0),
            "by_transfers": self.share(possible & (moved > self.rounding)),
            "least_core": self.over(self.arrays["least_core"]),
            "subsidy": self.over(self.arrays["subsidy"]),
            "moved": self.over(moved),
            "transfers": self.by_member(self.arrays["transfers"]),
        }

    def stability(self) -> dict[str, float]:
        """How often nobody gains, alone or in any set, by being without the others."""
        return {key: self.mean(self.arrays[key]) for key in ("individually_stable", "core_stable")}

    def over(self, values: Floats) -> dict[str, float]:
        """Mean, 5 % and 95 % point."""
        return Interval.over(values, self.weights).to_dict()

    def mean(self, values: Floats) -> float:
        """The mean over draws."""
        return Interval.over(values, self.weights).value

    def share(self, found: NDArray[np.bool_]) -> float:
        """The share of draws."""
        return float(np.average(found, weights=self.weights))

    def by_member(self, table: Floats) -> dict[str, dict[str, float]]:
        """A table `(P, n)` over draws, by member."""
        return {member: self.over(table[:, i]) for i, member in enumerate(self.members)}

    def _middle(self, values: Floats) -> dict[str, float]:
        """Median, 5 % and 95 % point of those draws that have a number.

        A mean of ratios with denominators near 0 would say nothing.
        """
        kept = np.isfinite(values) & (self.weights > 0.0)
        if not kept.any():
            return dict.fromkeys(("value", "low", "high"), float("nan"))
        points = weighted_quantile(values[kept], self.weights[kept], (0.5, 0.05, 0.95))
        return dict(zip(("value", "low", "high"), points, strict=True))

    def _pair(self, i: int, j: int) -> dict[str, Any]:
        one, other = self.loss[:, i, j], self.loss[:, j, i]
        least = CLOSE * np.maximum(np.abs(one), np.abs(other))
        return {
            "one": self.members[i],
            "other": self.members[j],
            "one_loses": self.over(one),
            "other_loses": self.over(other),
            "difference": self.over(one - other),
            "one_depends_more": self.share(one - other > least),
            "other_depends_more": self.share(other - one > least),
        }

    def _first(self, *keys: Floats) -> dict[str, float]:
        """The share of draws in which each member's key is the largest; later keys break ties."""
        leads = np.ones(keys[0].shape, bool)
        for key in keys:
            top = np.where(leads, key, -np.inf).max(axis=1, keepdims=True)
            near = np.where(np.isfinite(top), CLOSE * np.abs(top), 0.0)
            leads &= key >= top - near
        shares = leads / leads.sum(axis=1, keepdims=True)
        return {member: self.mean(shares[:, i]) for i, member in enumerate(self.members)}
