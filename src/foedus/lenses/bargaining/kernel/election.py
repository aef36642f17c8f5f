"""Probabilistic Condorcet elections: the chance of each option when coalitions vote by pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.bargaining.kernel.victory import beats
from foedus.lenses.bargaining.kernel.votes import Voting, vote
from foedus.lenses.compiled import inner, jit

Floats = NDArray[np.float64]

ELECTION = {"conditional": 0, "markov-uniform": 1, "markov-incentive": 2}
"""KTAB's elections: the one that beats all others, or where a chain of challenges comes to rest."""
CONDITIONAL, UNIFORM, INCENTIVE = ELECTION.values()
LEAST = 1e-8
"""Strength of a coalition of nobody, which avoids 0/0."""
LEAST_INCENTIVE = 1e-10
"""Incentive to challenge oneself, so that an option that nobody challenges stays."""
UNIFORM_TOLERANCE = 1e-6
INCENTIVE_TOLERANCE = 1e-8
MOST_STEPS = 1000
"""Steps of a chain; 10 to 30 is usual."""


@jit
def elect(
    weights: Floats, utility: Floats, options: int, voting: Voting, victory: int, election: int,
    strength: Floats, chance: Floats, won: Floats,
) -> None:  # fmt: skip
    """Fill `won[:options]`: the probability of each option; sums to 1.

    `utility[m, k]` is what option m is worth to the voter k of weight `weights[k]`. `strength` and
    `chance`, at least `(options, options)`, and `won` are filled: the strength of those for i over
    j, and the probability that i beats j.
    """
    _coalitions(weights, utility, options, voting, strength)
    for i in range(options):
        for j in range(i):
            chance[i, j] = beats(victory, strength[i, j], strength[j, i])
            chance[j, i] = 1.0 - chance[i, j]
        chance[i, i] = 0.5
    if election == CONDITIONAL:
        _beats_all(chance, options, won)
    else:
        incentive = election == INCENTIVE
        _challenges(strength, chance, options, incentive)
        _settle(strength, chance, options, incentive, won)


@inner
def _coalitions(
    weights: Floats, utility: Floats, options: int, voting: Voting, strength: Floats
) -> None:
    """Add up the votes of those for i over j, each pair voted on as the later over the earlier.

    The order matters to the asymmetric rule alone, which weighs a loss more than the same gain.
    """
    for i in range(options):
        strength[i, i] = LEAST
        for j in range(i):
            here, there = utility[i], utility[j]
            ours, theirs = LEAST, LEAST
            for k in range(weights.size):
                by_k = vote(voting, weights[k], here[k] - there[k])
                ours += max(by_k, 0.0)
                theirs += max(-by_k, 0.0)
            strength[i, j] = ours
            strength[j, i] = theirs


@inner
def _beats_all(chance: Floats, options: int, won: Floats) -> None:
    total = 0.0
    for i in range(options):
        won[i] = 1.0
        for j in range(options):
            won[i] *= chance[i, j]
        total += won[i]
    if not total > 1e-300:  # too many factors for a product
        top = -np.inf
        for i in range(options):
            won[i] = 0.0
            for j in range(options):
                won[i] += np.log(chance[i, j])
            top = max(top, won[i])
        total = 0.0
        for i in range(options):
            won[i] = np.exp(won[i] - top)
            total += won[i]
    for i in range(options):
        won[i] /= total


@inner
def _challenges(strength: Floats, chance: Floats, options: int, incentive: bool) -> None:
    """Turn strengths into the probabilities that i challenges j, if by incentive."""
    if not incentive:
        return
    for i in range(options):
        for j in range(options):
            strength[i, j] *= chance[i, j]
        strength[i, i] += LEAST_INCENTIVE
    for j in range(options):
        total = 0.0
        for i in range(options):
            total += strength[i, j]
        for i in range(options):
            strength[i, j] /= total


@inner
def _settle(challenge: Floats, chance: Floats, options: int, incentive: bool, won: Floats) -> None:
    """The fixed point of challenges, halfway at a time; the new values wait in the diagonal."""
    for i in range(options):
        won[i] = 1.0 / options
    tolerance = INCENTIVE_TOLERANCE if incentive else UNIFORM_TOLERANCE
    for _ in range(MOST_STEPS):
        change = 0.0
        for i in range(options):
            new = 0.0
            for j in range(options):
                if incentive:
                    odds = 0.5 if i == j else chance[i, j]
                    met = won[i] * challenge[j, i] + won[j] * challenge[i, j]
                    new += odds * met
                else:
                    odds = 0.5 if i == j else chance[i, j]
                    new += odds * (won[i] + won[j]) / options
            chance[i, i] = new
            change = max(change, abs(new - won[i]))
        for i in range(options):
            won[i] = (won[i] + chance[i, i]) / 2.0
        if change <= tolerance:
            break
