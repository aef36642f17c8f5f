"""Sensitivity of an outcome to the quantities behind it, from one table of draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from foedus.ensemble.sensitivity.answers import ColumnIndices, Index, Noise, Sensitivity
from foedus.ensemble.sensitivity.columns import density, first_order, pawn, total
from foedus.ensemble.sensitivity.fitted import fit
from foedus.ensemble.sensitivity.groups import Groups, grouped, members
from foedus.ensemble.sensitivity.noise import highest
from foedus.ensemble.sensitivity.sample import Sample

CONSTANT = "the outcome is the same in every draw"
CERTAIN = "no quantity is uncertain"


def sensitivity(
    u: ArrayLike,
    y: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    replicates: int = 8,
    groups: Groups | None = None,
    seed: int = 1,
    with_delta: bool = True,
) -> Sensitivity:
    """Which columns of `u` (n, d) drive the outcome `y` (n,), with 95 % intervals.

    `u` are independent uniform numbers, draw k of replicate k % `replicates`; draws of weight zero
    are left out. `groups` are groupings, each of named groups of columns; a column may be in
    several groups, whose shares then do not add up. The method's page says how each index is
    estimated. Raises ValueError where `Sample.of` does, above all with fewer than 64 draws that
    count, and for a group's column that there is not.
    """
    sample = Sample.of(u, y, weights, replicates)
    sets = members(groups or {}, sample.u.shape[1])
    if sample.constant or sample.u.shape[1] == 0:
        why = CONSTANT if sample.constant else CERTAIN
        none = Noise(0.0, None, 0.0, None)
        return Sensitivity((), {}, none, 0.0, why, sample.variance, sample.y.size)
    fitted = fit(sample, seed)
    firsts, first_level = first_order(fitted)
    totals: tuple[Index | None, ...] = (None,) * len(firsts)
    rivals = np.zeros(0)
    if fitted.told:
        totals, rivals = total(fitted, firsts)
    pawns, pawn_level = pawn(fitted)
    deltas: tuple[Index | None, ...] = (None,) * len(firsts)
    delta_level = None
    if with_delta:
        deltas, delta_level = density(fitted)
    return Sensitivity(
        tuple(ColumnIndices(*each) for each in zip(firsts, totals, pawns, deltas, strict=True)),
        grouped(fitted, sets, rivals),
        Noise(first_level, highest(rivals) if rivals.size else None, pawn_level, delta_level),
        fitted.best.explained,
        fitted.words(),
        sample.variance,
        sample.y.size,
    )
