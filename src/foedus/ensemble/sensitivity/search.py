"""Which effects of one or two columns go best with a response."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats, Ints, Sample
from foedus.ensemble.sensitivity.selection import Path, forward
from foedus.ensemble.sensitivity.surrogate import values

MAINS, PAIRS = 100, 100
"""Effects of one column, and of two, among which the last selection chooses."""
STEPS = 150
"""Most terms of a surrogate; no more than a quarter of the draws either."""
FADE = 0.8
"""How much less a gain counts for every degree beyond the first of a column."""
HEREDITY = np.array([0.3, 0.6, 1.0])
"""How much a pair's gain counts when none, one or both of its columns have an effect alone."""
PRICE = 2.0
"""Times the logarithm of the draws that a main effect must gain before its column counts."""


def degrees(columns: int) -> tuple[int, int]:
    """Highest degree of an effect of one column, and of each column in a pair."""
    for most, main, pair in ((30, 8, 5), (50, 6, 3), (100, 5, 3), (160, 4, 2)):
        if columns <= most:
            return main, pair
    return 3, 2


@dataclass(frozen=True, eq=False)
class Search:
    """What all selections of one sample share: `basis` (d, degree + 1, n) and products of rows.

    `rows` (p, n) are values of the terms `mains` (p, 4) of one column, scaled by the `root` of the
    draws' weights; `parts` (R, p, p) their products within each replicate.
    """

    sample: Sample
    basis: Floats
    root: Floats
    mains: Ints
    rows: Floats
    parts: Floats
    pair: int

    @staticmethod
    def over(sample: Sample, basis: Floats) -> Search:
        """The search over the columns of a basis."""
        columns = basis.shape[0]
        main, pair = degrees(columns)
        each = [(c, k, c, 0) for c in range(columns) for k in range(1, main + 1)]
        mains = np.array([(0, 0, 0, 0), *each])
        root = np.sqrt(sample.w * sample.y.size)
        rows = values(mains, basis) * root
        parts = np.stack([rows[:, part] @ rows[:, part].T for part in sample.parts])
        return Search(sample, basis, root, mains, rows, parts, pair)

    def choose(self, z: Floats, left: int | None) -> tuple[Ints, Floats, Path]:
        """Candidate terms (p, 4), their scaled values (p, n), and the path, for a response z (n,).

        Without the draws of replicate `left`. Effects of one column come first; those of two are
        screened by their products with what is left then (sure independence screening; Fan & Lv
        2008), and the last selection is among the best of both.
        """
        z = z * self.root
        if left is not None:
            z[self.sample.parts[left]] = 0.0
        keep = [r for r in range(self.sample.replicates) if r != left]
        draws = sum(self.sample.parts[r].stop - self.sample.parts[r].start for r in keep)
        steps = min(STEPS, draws // 4)
        favour = FADE ** (np.maximum(self.mains[:, 1], 1) - 1.0)
        path = forward(self.parts[keep].sum(axis=0), self.rows @ z, steps, favour)
        size = _worth(float(z @ z), draws, path)
        rest = z - path.predictions(self.rows, size)[-1]
        if left is not None:
            rest[self.sample.parts[left]] = 0.0
        gain = favour * (self.rows @ rest) ** 2
        gain[path.chosen[:size]] = np.inf
        kept = np.sort(np.argsort(-gain, kind="stable")[: MAINS + 1])
        pairs, counted = self._pairs(rest, self.mains[path.chosen[1:size], 0])
        terms = np.concatenate([self.mains[kept], pairs])
        full = np.concatenate([self.rows[kept], values(pairs, self.basis) * self.root])
        gram = full @ full.T
        if left is not None:
            out = full[:, self.sample.parts[left]]
            gram -= out @ out.T
        return terms, full, forward(gram, full @ z, steps, np.concatenate([favour[kept], counted]))

    def _pairs(self, rest: Floats, alone: Ints) -> tuple[Ints, Floats]:
        """The products of two columns that go best with `rest`, and how much each counts.

        `alone` are columns that have an effect of their own.
        """
        columns, degree = self.basis.shape[0], self.pair
        flat = self.basis[:, 1 : degree + 1].reshape(columns * degree, -1)
        with_rest = (flat * (rest * self.root)) @ flat.T
        first, second = np.triu_indices(columns * degree, 1)
        apart = first // degree != second // degree
        first, second = first[apart], second[apart]
        (i, k), (j, m) = divmod(first, degree), divmod(second, degree)
        known = np.isin(np.arange(columns), alone).astype(np.int64)
        counted = HEREDITY[known[i] + known[j]] * FADE ** (k + m)
        top = np.argsort(-counted * with_rest[first, second] ** 2, kind="stable")[:PAIRS]
        return np.stack([i[top], k[top] + 1, j[top], m[top] + 1], axis=1), counted[top]


def _worth(square: float, draws: int, path: Path) -> int:
    """Terms of the path that are worth their price (an information criterion)."""
    left = np.maximum(square - np.cumsum(path.weights**2), 1e-12 * square)
    size = np.arange(1, left.size + 1)
    return int(np.argmin(draws * np.log(left) + PRICE * np.log(draws) * size)) + 1
