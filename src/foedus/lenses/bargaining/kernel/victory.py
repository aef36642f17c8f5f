"""Who wins when two coalitions meet."""

from __future__ import annotations

from foedus.lenses.compiled import inner

VICTORY = {"linear": 0, "square": 1, "quartic": 2, "octic": 3, "binary": -1}
"""KTAB's rules: how often strengths are squared before they are compared; -1: the stronger wins."""
BINARY = VICTORY["binary"]
RATIO = 1.1
"""From this ratio of strengths on the stronger side wins for sure under the binary rule."""
UPSET = 1e-6
"""Odds that remain to the weaker side."""


@inner
def beats(rule: int, ours: float, theirs: float) -> float:
    """The probability that a coalition of strength `ours` > 0 beats one of strength `theirs`."""
    if rule == BINARY:
        if ours >= RATIO * theirs:
            return 1.0 / (1.0 + UPSET)
        if theirs >= RATIO * ours:
            return UPSET / (1.0 + UPSET)
        return (ours / (ours + theirs) * (RATIO + 1.0) - 1.0) / (RATIO - 1.0)
    for _ in range(rule):
        ours *= ours
        theirs *= theirs
    return ours / (ours + theirs)
