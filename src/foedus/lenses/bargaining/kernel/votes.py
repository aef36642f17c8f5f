"""How strongly an actor votes for one position over another."""

from __future__ import annotations

from foedus.lenses.compiled import inner

Voting = tuple[float, float, float, float]
VOTING: dict[str, Voting] = {
    "proportional": (1.0, 1.0, 0.0, 0.0),
    "binary": (0.0, 0.0, 0.0, 1.0),
    "proportional-binary": (0.8, 0.8, 0.0, 0.2),
    "proportional-cubic": (0.5, 0.5, 0.5, 0.0),
    "cubic": (0.0, 0.0, 1.0, 0.0),
    "asymmetric-prospect": (1.0, 2.0 / 3.0, 0.0, 0.0),
}
"""KTAB's voting rules: slopes of a loss and a gain, weights of the gain cubed and of its sign."""
SURE = 1e8
"""One over the difference of utilities from which on a binary vote counts in full."""


@inner
def vote(rule: Voting, weight: float, gain: float) -> float:
    """The vote of an actor of some weight that gains by the first of two positions.

    Negative: a vote for the second.
    """
    loss, win, cubic, binary = rule
    if loss == win and cubic == 0.0 and binary == 0.0:  # the usual rule, apart for speed
        return weight * gain
    slope = loss if gain < 0.0 else win
    sign = min(max(gain * SURE, -1.0), 1.0)
    return weight * (slope * gain + cubic * (gain * gain * gain) + binary * sign)
