"""Payoffs that somebody states: one a member, summing to what all together are worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.lenses.dependence.game import Floats, Game, GameError

SLACK = 1e-6
"""By how much stated payoffs may miss the whole, as a part of what they come to: for rounding."""


def fitting(game: Game, payoffs: Sequence[float] | Floats) -> Floats:
    """Payoffs as an array `(n,)`. Raises GameError for another number of them, or not finite."""
    shares = np.asarray(payoffs, np.float64)
    if shares.shape != (len(game.members),):
        raise GameError(f"{len(game.members)} members need as many payoffs, not {shares.size}")
    if not np.isfinite(shares).all():
        raise GameError("a payoff is not a finite number")
    return shares


def divided(game: Game, payoffs: Sequence[float] | Floats) -> Floats:
    """Payoffs that sum to the whole: what they miss it by for rounding is spread in proportion.

    Raises GameError if they miss it by more, or do not fit.
    """
    shares = fitting(game, payoffs)
    total, whole, size = shares.sum(), game.worth[-1], np.abs(shares).sum()
    if abs(total - whole) > SLACK * max(abs(whole), size):
        raise GameError(f"payoffs add up to {total:g}, but all together are worth {whole:g}")
    return shares + (whole - total) * np.abs(shares) / (size or 1.0)
