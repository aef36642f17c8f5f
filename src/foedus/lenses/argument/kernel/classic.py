"""Analysis of competing hypotheses as it is done by hand: count what speaks against (Heuer 1999).

A matrix is `(H, E)`: hypotheses by items, steps from -2 to 2, with `applies` false where an item
says nothing of a hypothesis; what does not apply is left out, which is not the same as neutral.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def inconsistency(steps: Ints, applies: Bools, weight: Floats | None = None) -> Floats:
    """How much speaks against each hypothesis `(H,)`: 1 for I and 2 for II; the least is best.

    What is consistent counts nothing: it refutes no rival (Heuer 1999, ch. 8, step 5). `weight`
    `(E,)` multiplies each item, as credibility and relevance do in the ACH program of PARC.
    """
    against = np.where(applies, np.maximum(-steps, 0), 0).astype(float)
    return np.asarray((against if weight is None else against * weight).sum(axis=1))


def ranks(scores: Floats) -> Ints:
    """Places `(H,)` from 1 for the least score; equals share a place."""
    return np.asarray(1 + (scores[None, :] < scores[:, None] - 1e-9).sum(axis=1))


def diagnosticity(steps: Ints, applies: Bools) -> Ints:
    """How many steps each item sets hypotheses apart `(E,)`: most less least consistent, 0 to 4.

    0: equally consistent with all that it applies to, so of no use (Heuer 1999, ch. 8, step 3).
    """
    most = np.where(applies, steps, -3).max(axis=0)
    least = np.where(applies, steps, 3).min(axis=0)
    return np.maximum(most - least, 0)


def told_apart(steps: Ints, applies: Bools) -> Ints:
    """How many items tell each two hypotheses apart `(H, H)`: both apply, at different steps."""
    differ = steps[:, None, :] != steps[None, :, :]
    return np.asarray((differ & applies[:, None, :] & applies[None, :, :]).sum(axis=2))
