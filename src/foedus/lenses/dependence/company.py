"""What is told of the actors' company: who would rather stand with whom, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from foedus.lenses.dependence.game import Hedonic, named
from foedus.lenses.dependence.hedonic import stability, stable_partitions
from foedus.lenses.dependence.kernel.hedonic import NOTIONS, deviations
from foedus.lenses.dependence.kernel.tables import Floats
from foedus.lenses.dependence.setting import Setting
from foedus.lenses.lens import Draws, Interval

FEW = 10
"""Objecting sets, and stable partitions, that are told by name."""


def company(
    setting: Setting, arrays: Mapping[str, Floats], weights: Floats, modes: Draws
) -> dict[str, Any]:
    """How often today's partition is stable, by notion, and who would rather stand elsewhere.

    `at_modes` tells of the most likely values: the moves, the set that objects most, and all stable
    partitions.
    """
    actors = setting.actors
    found, counts = np.unique(arrays["objecting"], return_inverse=True)
    held = np.bincount(counts, weights) / weights.sum()
    sets = sorted(zip(found.tolist(), held.tolist(), strict=True), key=lambda pair: -pair[1])

    def mean(values: Floats) -> float:
        return Interval.over(values, weights).value

    return {
        "actors": list(actors),
        "partition": [list(group) for group in setting.partition],
        "holds": {notion: mean(arrays["hedonic"][:, k]) for k, notion in enumerate(NOTIONS)},
        "movers": {
            actor: {"wants": mean(arrays["mover"][:, i]), "welcome": mean(arrays["welcome"][:, i])}
            for i, actor in enumerate(actors)
        },
        "objecting": [
            {"members": list(named(actors, mask)), "share": share}
            for mask, share in sets[:FEW]
            if mask and share > 0.0
        ],
        "at_modes": _central(setting, modes),
    }


def _central(setting: Setting, modes: Draws) -> dict[str, Any]:
    """The most likely values' game: what unsettles today's partition, and which are stable."""
    game = Hedonic(setting.actors, setting.utility(modes)[0])
    today, every = stability(game, setting.partition), stable_partitions(game)
    against = today.reasons["core"]
    return {
        "utility": dict(today.utility),
        "holds": today.holds,
        "moves": _moves(setting, game),
        "objecting": list(against.who) if against is not None else None,
        "stable": {
            notion: {
                "count": every.count(notion),
                "partitions": [
                    [list(group) for group in partition] for partition in every.listed(notion, FEW)
                ],
            }
            for notion in NOTIONS
        },
    }


def _moves(setting: Setting, game: Hedonic) -> list[dict[str, Any]]:
    """Every move that an actor would gain by, the greatest gain first."""
    moves = deviations(game.utility, setting.blocks)
    targets: tuple[tuple[str, ...], ...] = (*setting.partition, ())
    out = [
        {
            "actor": actor,
            "to": list(target),
            "gain": float(moves.gain[i, k]),
            "welcome": bool(moves.welcomed[i, k]),
            "released": bool(moves.released[i, k]),
        }
        for i, actor in enumerate(setting.actors)
        for k, target in enumerate(targets)
        if moves.gain[i, k] > 0.0
    ]
    return sorted(out, key=lambda row: -row["gain"])
