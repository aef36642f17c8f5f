"""Who moved whom in a game in which positions move: the ledger read for its pulls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from foedus.lenses.bargaining.game import Offer, Play

Side = Literal["among members", "between the sides", "among the others"]
SIDES: tuple[Side, ...] = ("among members", "between the sides", "among the others")
STILL = 1e-9
"""Moves, on a scale from 0 to 1, that are smaller are none."""


@dataclass(frozen=True, slots=True)
class Pull:
    """How far one actor was moved by bargains with another, on a scale from 0 to 1.

    `moved` is signed, `way` the whole distance gone there and back, `share` the part of all
    movement in the game.
    """

    who: int
    by: int
    moved: float
    way: float
    share: float


@dataclass(frozen=True, slots=True)
class Traffic:
    """What went on among members, between the sides, or among the others."""

    proposed: int
    chosen: int
    way: float
    """All movement by bargains there, on a scale from 0 to 1."""


def pulls(play: Play, dimension: int = 0) -> tuple[Pull, ...]:
    """Who was moved by whom, most first, in one dimension of a game with a ledger."""
    moved: dict[tuple[int, int], list[float]] = {}
    for turn in range(1, play.history.shape[0]):
        offers = [offer for offer in play.ledger if offer.turn == turn and offer.chosen]
        before, after = play.history[turn - 1, :, dimension], play.history[turn, :, dimension]
        for who in np.flatnonzero(np.abs(after - before) > STILL).tolist():
            by = _mover(offers, who, float(after[who]), dimension)
            if by is not None:
                moved.setdefault((who, by), []).append(float(after[who] - before[who]))
    total = sum(abs(step) for steps in moved.values() for step in steps)
    found = [
        Pull(who, by, sum(steps), way := sum(map(abs, steps)), way / total)
        for (who, by), steps in moved.items()
    ]
    return tuple(sorted(found, key=lambda pull: (-pull.way, pull.who, pull.by)))


def traffic(play: Play, members: Collection[int], dimension: int = 0) -> dict[Side, Traffic]:
    """How much was proposed, agreed and moved among members, between the sides, and elsewhere."""
    proposed, chosen = dict.fromkeys(SIDES, 0), dict.fromkeys(SIDES, 0)
    way = dict.fromkeys(SIDES, 0.0)
    for offer in play.ledger:
        side = side_of(offer.proposer, offer.receiver, members)
        proposed[side] += 1
        chosen[side] += offer.chosen
    for pull in pulls(play, dimension):
        way[side_of(pull.who, pull.by, members)] += pull.way
    return {side: Traffic(proposed[side], chosen[side], way[side]) for side in SIDES}


def side_of(one: int, two: int, members: Collection[int]) -> Side:
    """Between whom two actors' dealings are."""
    return SIDES[2 - (one in members) - (two in members)]


def _mover(offers: list[Offer], who: int, to: float, dimension: int) -> int | None:
    """With whom the bargain was that took somebody there: of several, the most valued."""
    fits = []
    for offer in offers:
        if offer.proposer == who:
            place, other = offer.for_proposer[dimension], offer.receiver
        elif offer.receiver == who:
            place, other = offer.for_receiver[dimension], offer.proposer
        else:
            continue
        fits.append((abs(place - to), -offer.value, other))
    if not fits:
        return None
    distance, _, other = min(fits)
    return other if distance <= 1e-6 else None
