"""What is told of one issue at the most likely values: who pulls whom, what it hangs on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.lenses.bargaining.game import Floats, Game, GameError, Play
from foedus.lenses.bargaining.pulls import pulls, traffic
from foedus.lenses.bargaining.setting import Games, Ground
from foedus.lenses.bargaining.variants import VARIANTS

PULLING = "smp:abstain"
"""The model whose ledger says who pulls whom: allies do not work against each other in it."""
STEP = 0.1
"""Levers are compared by what a tenth does: of the scale, of full salience, of the capability."""
SHOWN = 12
"""Levers and pulls that are told."""


def at_modes(ground: Ground, games: Games, headline: str) -> dict[str, Any]:
    """Pulls, traffic, turns and levers of an issue's one game, on the issue's scale."""
    play = _played(games.game(0))
    return {
        "pulls": _pulls(ground, play),
        "traffic": _traffic(ground, play),
        "turns": _turns(ground, play),
        "levers": _levers(ground, games, headline),
    }


def _played(game: Game) -> Play | None:
    """The game with every number at its most likely value, as the model of the ledger plays it."""
    variant = VARIANTS[PULLING]
    if variant.lacks(len(game.actors), game.reference is not None):
        return None
    try:
        return variant.play(game)
    except GameError:  # nobody has weight: every model has said so
        return None


def _pulls(ground: Ground, play: Play | None) -> list[dict[str, Any]]:
    """Who is moved by whom at the most likely values, on the issue's scale, most first."""
    if play is None:
        return []
    return [
        {
            "who": ground.actors[pull.who],
            "by": ground.actors[pull.by],
            "moved": ground.width * pull.moved,
            "size": ground.width * pull.way,
            "share": pull.share,
        }
        for pull in pulls(play)[:SHOWN]
    ]


def _traffic(ground: Ground, play: Play | None) -> dict[str, dict[str, float]] | None:
    """How much was proposed, agreed and moved among members, between the sides, and elsewhere."""
    if play is None:
        return None
    return {
        side.replace(" ", "_"): {
            "proposed": counted.proposed,
            "chosen": counted.chosen,
            "size": ground.width * counted.way,
        }
        for side, counted in traffic(play, ground.members).items()
    }


def _turns(ground: Ground, play: Play | None) -> dict[str, Any] | None:
    """Everybody's position by turn at the most likely values."""
    if play is None:
        return None
    history = ground.back(play.history[:, :, 0])
    return {
        "variant": PULLING,
        "positions": dict(zip(ground.actors, history.T.tolist(), strict=True)),
        "converged": None if play.converged is None else bool(play.converged),
        "cycle": None if play.cycle is None else int(play.cycle),
    }


def _levers(ground: Ground, games: Games, headline: str) -> list[dict[str, Any]]:
    """What the headline's settlement hangs on at the most likely values, the largest first.

    `a_tenth` is what a tenth more does, on average over a tenth to either side: of the scale, of
    full salience, of the capability there is. So far and no nearer, because most models jump.
    `per_unit` is the same for one unit of the number. Both are in units of the issue's scale.
    """
    tried = [
        (kind, i)
        for kind in ("position", "salience", "capability")
        for i in range(len(ground.actors))
    ]
    many, steps = _moved(games, tried)
    forecast = ground.back(VARIANTS[headline].many(many).forecast).reshape(-1, 2)
    slopes = (forecast[:, 1] - forecast[:, 0]) / steps
    out = []
    for (kind, i), slope in zip(tried, slopes.tolist(), strict=True):
        if not math.isfinite(slope):
            return []
        actor = ground.actors[i]
        path = ground.capability[i] if kind == "capability" else ground.path(actor, kind)
        unit = ground.width if kind == "position" else 1.0
        tenth = STEP * (float(games.capability[0, i]) if kind == "capability" else 1.0)
        out.append(
            {
                "path": path,
                "actor": actor,
                "kind": kind,
                "per_unit": slope / unit,
                "a_tenth": slope * tenth,
            }
        )
    return sorted(out, key=lambda row: -abs(row["a_tenth"]))[:SHOWN]


def _moved(games: Games, tried: Sequence[tuple[str, int]]) -> tuple[Games, Floats]:
    """Two games for each number, a tenth less of it and a tenth more; and how far apart."""
    size = 2 * len(tried)
    arrays = {
        "position": np.repeat(games.positions, size, axis=0),
        "salience": np.repeat(games.salience, size, axis=0),
        "capability": np.repeat(games.capability, size, axis=0),
    }
    steps = np.empty(len(tried))
    for k, (kind, i) in enumerate(tried):
        here = arrays[kind][2 * k : 2 * k + 2].reshape(2, len(games.actors))  # a view
        value = here[0, i]
        if kind == "capability":
            pair = ((1.0 - STEP) * value, (1.0 + STEP) * value)
        else:
            pair = (max(value - STEP, 0.0), min(value + STEP, 1.0))
        here[:, i] = pair
        steps[k] = pair[1] - pair[0]
    reference = None if games.reference is None else np.repeat(games.reference, size, axis=0)
    moved = Games(
        games.actors, arrays["position"], arrays["capability"], arrays["salience"], reference
    )
    return moved, steps
