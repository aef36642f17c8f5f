"""The family F(n, k) of large models by which graph-model solvers are compared.

n decision makers with k options each, every combination feasible and every move reversible; bit o
of a state is option o, and decision maker i owns options i k to i k + k - 1. Payoffs are quadratic
in the choices, with ties, drawn by NumPy's default generator from the seed 20160301.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability import Conflict, option_form

SEED = 20160301
EQUILIBRIA = {
    (3, 3): (1, 289, 289, 158),
    (5, 2): (1, 855, 855, 323),
    (3, 4): (1, 2703, 2703, 902),
    (4, 3): (1, 3290, 3290, 1792),
    (2, 6): (1, 1137, 1057, 77),
    (9, 1): (1, 332, 332, 56),
    (4, 4): (2, 62883, 62604, 58344),
    (5, 4): (3, 962024, 962024, 922807),
    (2, 10): (3, 324817, 324817, 209111),
    (10, 2): (3, 1043984, 1043969, 1013567),
    (6, 4): (4, 16509965, 16494455, 16483270),
}
"""How many states are Nash, GMR, SMR and SEQ equilibria."""


def family(n: int, k: int) -> Conflict:
    """The model F(n, k)."""
    options = n * k
    lot = np.random.default_rng(SEED)
    utility = np.empty((n, 1 << options), np.int16)
    for i in range(n):
        alone = lot.integers(-9, 10, options)
        some = lot.random((options, options)) < 0.3
        pairs = lot.integers(-4, 5, (options, options)) * np.triu(some, 1)
        utility[i] = _quadratic(alone, pairs)
    return option_form([o // k for o in range(options)], utility)


def _quadratic(alone: NDArray[np.int64], pairs: NDArray[np.int64]) -> NDArray[np.int16]:
    """Sum of alone[o] x_o and pairs[o, p] x_o x_p over all states, one option after another."""
    total = np.zeros(1, np.int16)
    for o in range(alone.size):
        added = np.full(1, alone[o], np.int16)
        for p in range(o):
            added = np.concatenate([added, added + np.int16(pairs[p, o])])
        total = np.concatenate([total, total + added])
    return total
