"""What it costs that some actors stand together, or apart: costs with some pairs forced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.balance.network import Floats, Ints, Network

Pair = tuple[int, int]
Forced = Mapping[Pair, int]
"""Pairs, the smaller first, that must stand together (1) or apart (-1)."""


@dataclass(frozen=True, eq=False)
class Questions:
    """Sets of forced pairs to be priced, on ties and on pairs that are not tied.

    `ends` `(m', 2)` are the ties, then the pairs that are forced and not tied; `asked` `(Q, m')`
    is 1 where a question forces them together, -1 apart, 0 where they stand as they like.
    """

    ends: Ints
    ties: int
    asked: NDArray[np.int8]

    @staticmethod
    def of(ends: Ints, forced: Sequence[Forced]) -> Questions:
        """Of ties `(m, 2)` and what each question forces."""
        place = {(int(i), int(j)): e for e, (i, j) in enumerate(ends)}
        for question in forced:
            for pair in question:
                place.setdefault(pair, len(place))
        asked = np.zeros((len(forced), len(place)), np.int8)
        for q, question in enumerate(forced):
            for pair, way in question.items():
                asked[q, place[pair]] = way
        return Questions(np.array(list(place), np.int64).reshape(-1, 2), len(ends), asked)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.asked)

    def costs(self, together: Floats, apart: Floats) -> tuple[Floats, Floats]:
        """Costs `(P, m)` with every question put to each row: `(P * Q, m')` together and apart.

        Or of one network, `(m,)`.

        What is forced otherwise costs more than all ties of the row.
        """
        together, apart = np.atleast_2d(together, apart)
        beyond = 1.0 + np.ceil((together + apart).sum(axis=1))[:, None, None]
        out = []
        for costs, way in ((together, -1), (apart, 1)):
            whole = np.zeros((len(costs), 1, self.asked.shape[1]))
            whole[:, 0, : self.ties] = costs
            priced = np.where(self.asked == way, beyond, whole)
            out.append(priced.reshape(-1, self.asked.shape[1]))
        return out[0], out[1]


def forced_network(network: Network, forced: Forced) -> tuple[Network, float]:
    """The network with ties so strong that they are never frustrated, and what this hides.

    The frustration of the one asked for is that of the network returned and the number together:
    ties that say the opposite of what is forced are frustrated in any case.
    """
    beyond = float(np.ceil(network.weights.sum())) + 1.0
    signs, weights = network.signs.copy(), network.weights.copy()
    pairs = network.ends @ np.array([network.size, 1])
    hidden = 0.0
    more: dict[Pair, int] = {}
    for (i, j), way in forced.items():
        at = np.flatnonzero(pairs == i * network.size + j)
        if at.size == 0:
            more[i, j] = way
        else:
            hidden += float(weights[at[signs[at] != way]].sum())
            signs[at], weights[at] = way, beyond
    ends = np.concatenate([network.ends, np.array(list(more), np.int64).reshape(-1, 2)])
    signs = np.concatenate([signs, np.array(list(more.values()), np.int64)])
    weights = np.concatenate([weights, np.full(len(more), beyond)])
    return Network(network.actors, ends, signs, weights), hidden
