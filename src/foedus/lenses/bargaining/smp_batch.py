"""The spatial model of politics played many times, as an ensemble needs it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator, SeedSequence

from foedus.lenses.bargaining.game import Floats, GameError
from foedus.lenses.bargaining.kernel import smp as kernel
from foedus.lenses.bargaining.kernel.room import Ints, room
from foedus.lenses.bargaining.rules import KTAB, Rules
from foedus.lenses.bargaining.smp_setup import (
    FEWEST,
    Bools,
    encoded,
    refuse_accommodation,
    refuse_number,
    seated,
    settlement,
)

CHUNK = 512
"""Games whose lots are drawn at once."""


class Played(NamedTuple):
    """What came of many games."""

    forecast: Floats
    """`(P, D)`: the mean of the last positions by capability times salience."""
    final: Floats
    """`(P, n, D)`: where everybody ends."""
    turns: Ints
    """`(P,)`: after how many turns, or 0 where positions never came to rest."""


def smp_many(
    positions: Floats, capability: Floats, salience: Floats, *,
    accommodation: Floats | None = None, rules: Rules = KTAB,
    seed: int | SeedSequence | None = None,
) -> tuple[Floats, Floats]:  # fmt: skip
    """The forecasts `(P, D)` and last positions `(P, n, D)` of many games; as `smp_played`."""
    return smp_played(
        positions, capability, salience, accommodation=accommodation, rules=rules, seed=seed
    )[:2]


def smp_played(
    positions: Floats, capability: Floats, salience: Floats, *,
    accommodation: Floats | None = None, rules: Rules = KTAB,
    seed: int | SeedSequence | None = None,
) -> Played:  # fmt: skip
    """Play P games of the same actors, each as `smp` would.

    `positions` and `salience` are `(P, n, D)`, `capability` `(P, n)`; `accommodation` `(n, n)` for
    all, or `(P, n, n)`. Actors without capability or salience in a game take no part in it; where
    fewer than 3 are left nobody moves. Raises GameError for fewer than 3 or more than 250 actors,
    arrays that do not fit, or stochastic choice without a seed.
    """
    positions = np.ascontiguousarray(positions, np.float64)
    salience = np.ascontiguousarray(salience, np.float64)
    capability = np.ascontiguousarray(capability, np.float64)
    change = _accommodation(accommodation, positions, capability, salience)
    refuse_number(positions.shape[1])
    if rules.choice == "stochastic" and seed is None:
        raise GameError("a stochastic choice needs a seed")
    rng = np.random.default_rng(seed) if rules.choice == "stochastic" else None
    final = positions.copy()
    turns: Ints = np.ones(len(positions), np.int64)
    here = seated(capability, salience)
    for games, who in _companies(here):
        if who.sum() >= FEWEST:
            some = np.ix_(games, who)
            both = change if len(change) == 1 else change[games]
            played = _play(
                positions[some], capability[some], salience[some],
                np.ascontiguousarray(both[:, who][:, :, who]), rules, accommodation is None, rng,
            )  # fmt: skip
            final[some], turns[games] = played
    return Played(settlement(final, capability, salience), final, turns)


def _accommodation(
    given: Floats | None, positions: Floats, capability: Floats, salience: Floats
) -> Floats:
    """The accommodation as `(1 or P, n, n)`; GameError where the arrays do not fit."""
    if positions.ndim != 3 or salience.shape != positions.shape:
        raise GameError("positions and saliences of many games are P by n by D")
    games, n, _ = positions.shape
    if capability.shape != (games, n):
        raise GameError(f"capabilities of these games are {games} by {n}")
    if given is None:
        return np.eye(n)[None]
    if given.shape not in ((n, n), (games, n, n)):
        raise GameError(f"accommodation is {n} by {n}, or that for each game")
    refuse_accommodation(given)
    return np.asarray(given, np.float64).reshape(-1, n, n)


def _companies(here: Bools) -> list[tuple[Ints, Bools]]:
    """Games in which the same actors take part, and who they are."""
    if here.all():
        return [(np.arange(len(here)), here[0])] if len(here) else []
    kinds, kind = np.unique(here, axis=0, return_inverse=True)
    return [(np.flatnonzero(kind.reshape(-1) == k), kinds[k]) for k in range(len(kinds))]


def _play(
    positions: Floats, capability: Floats, salience: Floats, accommodation: Floats, rules: Rules,
    identity: bool, rng: Generator | None,
) -> tuple[Floats, Ints]:  # fmt: skip
    """Play games in which all take part; lots are drawn game by game."""
    games, n, dims = positions.shape
    final, ideals, turns = positions.copy(), positions.copy(), np.empty(games, np.int64)
    code, desk = encoded(rules, identity), room(n, dims)
    size = games if rng is None else CHUNK
    for start in range(0, games, size):
        part = slice(start, start + size)
        count = len(positions[part])
        lots = np.zeros((1, 1, n)) if rng is None else rng.random((count, rules.most_turns, n))
        change = accommodation if len(accommodation) == 1 else accommodation[part]
        kernel.many(
            final[part], ideals[part], capability[part], salience[part], change, code, lots,
            rules.most_turns, turns[part], desk,
        )  # fmt: skip
    return final, turns
