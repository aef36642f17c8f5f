"""Joint draws of all uncertain quantities: scrambled Sobol points, several scramblings at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case, Quantity
from foedus.ensemble.pert import pert
from foedus.lenses.lens import Draws

SCRAMBLINGS = 8
"""Independent scramblings; draw k is point k // 8 of scrambling k % 8."""
FEWEST = SCRAMBLINGS
"""Draws there are at least: one point of each scrambling."""
MOST = 2**16

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Uniform numbers for every path of one or several cases: the same for whoever asks.

    The columns are the sorted union of the cases' paths, fixed quantities included, so that two
    cases on one table differ by their judgements alone.
    """

    paths: tuple[str, ...]
    seed: int

    @staticmethod
    def over(cases: Sequence[Case], seed: int) -> Table:
        """The table of these cases."""
        paths = sorted({path for case in cases for path in case.quantities()})
        return Table(tuple(paths), seed)

    def uniforms(self, draws: int) -> Floats:
        """The first draws of the table: `(draws, paths)`.

        Scrambled Sobol points (Matoušek 1998). A larger number keeps the smaller's draws and adds
        to them. Raises ValueError unless `draws` is 8 times a power of two.
        """
        from scipy.stats import qmc

        points = draws // SCRAMBLINGS
        if points < 1 or points * SCRAMBLINGS != draws or points & (points - 1) or draws > MOST:
            raise ValueError(f"{draws} draws: give a power of two from {FEWEST} to {MOST}")
        out = np.empty((points, SCRAMBLINGS, len(self.paths)))
        for scrambling in range(SCRAMBLINGS):
            seed = np.random.SeedSequence(self.seed, spawn_key=(scrambling,))
            engine = qmc.Sobol(len(self.paths), rng=np.random.default_rng(seed))
            out[:, scrambling] = engine.random(points)
        return out.reshape(draws, len(self.paths))

    def of(self, draws: Draws) -> Floats:
        """The uniform numbers behind draws made from this table: `(draws, quantities)`.

        Rows and columns are in the draws' order.
        """
        points = -(-(int(draws.index.max()) + 1) // SCRAMBLINGS)
        whole = self.uniforms(SCRAMBLINGS * (1 << max(points - 1, 0).bit_length()))
        places = {path: place for place, path in enumerate(self.paths)}
        columns = np.array([places[path] for path in draws.paths], dtype=np.int64)
        return whole[draws.index[:, None], columns]

    def draws(self, case: Case, uniforms: Floats) -> Draws:
        """One case's draws at these uniform numbers, a prefix of the table."""
        quantities: Mapping[str, Quantity] = case.quantities()
        places = {path: place for place, path in enumerate(self.paths)}
        values = np.empty((uniforms.shape[0], len(quantities)))
        for column, (path, quantity) in enumerate(quantities.items()):
            values[:, column] = pert(quantity, uniforms[:, places[path]])
        size = uniforms.shape[0]
        return Draws(tuple(quantities), values, np.arange(size), np.full(size, 1.0 / size))
