"""A table of draws as the estimators take it: checked, without draws of weight zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FEWEST = 64
"""Draws with a weight above zero there have to be."""
SAME = 1e-12
"""Range of an outcome, relative to its size, up to which it counts as the same in every draw."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws that count, replicate by replicate: uniforms `u` (n, d), outcome `y` (n,), weights.

    Weights `w` (n,) sum to 1. Replicate r, an independent sample, is the draws `parts[r]`; `point`
    (n,) is each draw's place in its replicate, counted before any was left out.
    """

    u: Floats
    y: Floats
    w: Floats
    parts: tuple[slice, ...]
    point: Ints

    @property
    def replicates(self) -> int:
        """Number of independent samples."""
        return len(self.parts)

    @property
    def constant(self) -> bool:
        """Whether the outcome is the same in every draw."""
        return bool(np.ptp(self.y) <= SAME * max(1.0, float(np.abs(self.y).max())))

    @property
    def mean(self) -> float:
        """Mean of the outcome."""
        return float(self.w @ self.y)

    @property
    def variance(self) -> float:
        """Variance of the outcome; 0 where it is constant."""
        return 0.0 if self.constant else float(self.w @ np.square(self.y - self.mean))

    def means(self, values: Floats) -> Floats:
        """Mean of `values` (..., n) in each replicate: (replicates, ...)."""
        return np.stack(
            [values[..., part] @ (self.w[part] / self.w[part].sum()) for part in self.parts]
        )

    def others(self, left: int) -> Ints:
        """The draws of all replicates but one."""
        part = self.parts[left]
        return np.delete(np.arange(self.y.size), np.arange(part.start, part.stop))

    @staticmethod
    def of(u: ArrayLike, y: ArrayLike, weights: ArrayLike | None, replicates: int) -> Sample:
        """The sample of a table whose draw k belongs to replicate k % `replicates`.

        Raises ValueError where shapes do not fit, uniforms leave [0, 1], a value is not finite,
        a weight is negative, fewer than 64 draws count, there are fewer than 3 replicates, or one
        has no draw that counts.
        """
        u, y = np.asarray(u, dtype=np.float64), np.asarray(y, dtype=np.float64)
        if u.ndim != 2 or y.shape != u.shape[:1]:
            raise ValueError(f"uniforms {u.shape} and outcome {y.shape}: give (n, d) and (n,)")
        w = np.ones(y.size) if weights is None else np.asarray(weights, dtype=np.float64)
        if w.shape != y.shape or not np.all(w >= 0.0) or not np.all(np.isfinite(w)):
            raise ValueError("weights: give one finite number, zero or more, for each draw")
        if replicates < 3:
            raise ValueError(f"{replicates} replicates: intervals need at least 3")
        kept = w > 0.0
        point, replicate = divmod(np.flatnonzero(kept), replicates)
        u, y, w = u[kept], y[kept], w[kept]
        if y.size < FEWEST:
            raise ValueError(f"{y.size} draws count: sensitivity needs at least {FEWEST}")
        sizes = np.bincount(replicate, minlength=replicates)
        if not np.all(sizes):
            raise ValueError("a replicate has no draw that counts: give more draws")
        if not (np.all(np.isfinite(y)) and np.all((u >= 0.0) & (u <= 1.0))):
            raise ValueError("uniforms have to lie in [0, 1], outcomes to be finite")
        order = np.argsort(replicate, kind="stable")
        ends = np.cumsum(sizes).tolist()
        parts = tuple(slice(e - n, e) for e, n in zip(ends, sizes.tolist(), strict=True))
        return Sample(u[order], y[order], w[order] / w.sum(), parts, point[order])


def dummies(sample: Sample, count: int, seed: int) -> Floats:
    """Columns that have nothing to do with the outcome: (n, count).

    Further columns of the same kind as those of the table: Sobol points, each replicate scrambled
    by itself. With few points they stick to the others as the table's own columns do.
    """
    from scipy.stats import qmc

    columns = sample.u.shape[1]
    power = int(np.ceil(np.log2(max(int(sample.point.max()) + 1, 2))))
    out = np.empty((sample.y.size, count))
    for r, part in enumerate(sample.parts):
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1, r)))
        points = qmc.Sobol(columns + count, rng=rng).random_base2(power)
        out[part] = points[sample.point[part], columns:]
    return out
