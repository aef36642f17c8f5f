"""Sobol indices by design: for whoever can evaluate the model again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.ensemble.sensitivity.answers import GroupIndices
from foedus.ensemble.sensitivity.jackknife import index, reach, standard_error
from foedus.ensemble.sensitivity.sample import Floats


def design(
    n: int, d: int, groups: Sequence[Sequence[int]], seed: int, *, replicates: int = 8
) -> list[Floats]:
    """Uniforms at which to evaluate the model: A, B, then for each group A with its columns of B.

    Each is (n, d). Scrambled Sobol points, `replicates` scramblings, row k of scrambling
    k % `replicates` (Saltelli et al. 2010). Raises ValueError unless n is `replicates` times a
    power of two.
    """
    from scipy.stats import qmc

    points = n // replicates
    if points < 1 or points * replicates != n or points & (points - 1):
        raise ValueError(f"{n} rows: give {replicates} times a power of two")
    u = np.empty((points, replicates, 2 * d))
    for r in range(replicates):
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(5, r)))
        u[:, r] = qmc.Sobol(2 * d, rng=rng).random(points)
    a, b = np.split(u.reshape(n, 2 * d), 2, axis=1)
    out = [a, b]
    for columns in groups:
        mixed = a.copy()
        mixed[:, list(columns)] = b[:, list(columns)]
        out.append(mixed)
    return out


def indices(
    y_a: Floats, y_b: Floats, y_ab: Sequence[Floats], *,
    sizes: Sequence[int] | None = None, replicates: int = 8,
) -> tuple[GroupIndices, ...]:  # fmt: skip
    """First-order (closed) and total index of each group from the outcomes of a `design`.

    Saltelli et al. 2010's first-order and Jansen 1999's total estimator; 95 % intervals by leaving
    out each replicate. `sizes` are the groups' numbers of columns, 1 by default. The design has no
    dummy: an index is above the noise where its interval leaves out 0. Raises ValueError where the
    outcome is the same everywhere.
    """
    if np.ptp(np.concatenate([y_a, y_b])) == 0.0:
        raise ValueError("the outcome is the same at every point: nothing to divide up")
    centre = float(np.mean(np.concatenate([y_a, y_b, *y_ab])))
    a, b, ab = y_a - centre, y_b - centre, np.stack(y_ab, axis=1) - centre
    whole = _shares(a, b, ab)
    replicate = np.arange(a.size) % replicates
    keep = [replicate != r for r in range(replicates)]
    half = reach(replicates) * standard_error(np.stack([_shares(a[k], b[k], ab[k]) for k in keep]))
    out = []
    for place in range(ab.shape[1]):
        first, total = (
            index(v, v - h, v + h, h) for v, h in zip(whole[:, place], half[:, place], strict=True)
        )
        out.append(GroupIndices(first, total, sizes[place] if sizes else 1))
    return tuple(out)


def _shares(a: Floats, b: Floats, ab: Floats) -> Floats:
    """First-order and total shares: (2, groups)."""
    variance = np.var(np.concatenate([a, b]))
    first = np.mean(b[:, None] * (ab - a[:, None]), axis=0)
    total = 0.5 * np.mean(np.square(ab - a[:, None]), axis=0)
    return np.asarray(np.stack([first, total]) / variance)
