"""The level that an index of a quantity which does nothing stays under in 95 of 100 cases."""

from __future__ import annotations

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats

SUMS = 999
"""Sums of dummies behind the level of a group."""


def level(dummies: Floats, size: int, seed: int) -> float:
    """The 95 % level of the sum of the indices of `size` columns that do nothing.

    `dummies` (m,) are indices of single ones; their sums are drawn with replacement.
    """
    if size == 1:
        return highest(dummies)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(4, size)))
    sums = rng.choice(dummies, (SUMS, size)).sum(axis=1)
    return highest(sums)


def highest(dummies: Floats) -> float:
    """The value that one more of its kind exceeds with a chance of 5 %.

    With m exchangeable values it is the k-th largest, k = (m + 1) / 20: exact whatever their law.
    """
    place = max((dummies.size + 1) // 20, 1)
    return max(float(np.sort(dummies)[-place]), 0.0)
