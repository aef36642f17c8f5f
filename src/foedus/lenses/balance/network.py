"""A signed network as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class NetworkError(ValueError):
    """A signed network that cannot be: says what is wrong."""

    bad_input = True


@dataclass(frozen=True, eq=False)
class Network:
    """Who is tied to whom, as friend or as foe, and how strongly.

    `ends` `(m, 2)` are numbers of actors, the smaller first; no pair stands there twice. `signs`
    `(m,)` are +1 (friends) or -1 (foes), `weights` `(m,)` above 0. Actors without ties are allowed.
    Raises NetworkError for arrays that do not fit, a tie of an actor to itself, a pair tied twice,
    a sign that is neither, a weight that is not a finite number above 0, and a network with nobody.
    """

    actors: tuple[str, ...]
    ends: Ints
    signs: Ints
    weights: Floats

    def __post_init__(self) -> None:
        n, m = len(self.actors), self.signs.size
        if n == 0:
            raise NetworkError("a network needs at least one actor")
        if len(set(self.actors)) != n:
            raise NetworkError("an actor stands there twice")
        if self.ends.shape != (m, 2) or self.weights.shape != (m,):
            raise NetworkError(f"{m} signs need {m} pairs of ends and {m} weights")
        if m == 0:
            return
        first, second = self.ends.T
        if self.ends.min() < 0 or self.ends.max() >= n:
            raise NetworkError("a tie's end is no actor")
        if (first == second).any():
            at = self.actors[int(first[first == second][0])]
            raise NetworkError(f"{at} is tied to itself")
        if (first > second).any():
            raise NetworkError("the smaller end of a tie comes first")
        pairs, times = np.unique(first * n + second, return_counts=True)
        if (times > 1).any():
            one, other = divmod(int(pairs[times > 1][0]), n)
            raise NetworkError(f"{self.actors[one]} and {self.actors[other]} are tied twice")
        if not np.isin(self.signs, (-1, 1)).all():
            raise NetworkError("a sign is neither +1 nor -1")
        if not (np.isfinite(self.weights) & (self.weights > 0)).all():
            raise NetworkError("a weight is not a finite number above 0")

    @property
    def size(self) -> int:
        """How many actors there are."""
        return len(self.actors)

    def tied(self) -> Network:
        """The network of those who have ties; itself if nobody has."""
        some = np.unique(self.ends)
        if some.size in (0, self.size):
            return self
        actors = tuple(self.actors[i] for i in some)
        return Network(actors, np.searchsorted(some, self.ends), self.signs, self.weights)

    def costs(self) -> tuple[Floats, Floats]:
        """What it costs `(m,)` that the ends of a tie stand together, and that they stand apart."""
        foes = self.signs < 0
        return np.where(foes, self.weights, 0.0), np.where(foes, 0.0, self.weights)

    @property
    def ties(self) -> int:
        """How many ties there are."""
        return int(self.signs.size)
