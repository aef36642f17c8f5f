"""What is computed once for a case, at its most likely values."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np

from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import (
    LEAVE,
    Equilibrium,
    Game,
    Start,
    at,
    forecast,
    mixture,
    solve,
)
from foedus.lenses.lens import Floats

FACTORS = ("dependence", "side deal", "divergence", "coordination", "blame", "position")
"""What the Shapley split of the exit chance switches off, one or several at a time."""
FACTORS_AT_STAKE = {"opponents": "opponents' strength", "coordination": "coordination"}
STRENGTHS = (0.4, 0.6, 0.8, 1.0, 1.25, 1.6, 2.0)
"""Multiples of a number at which its effect on the pact is looked at."""


def without(game: Game, start: Start, factors: frozenset[str]) -> tuple[Game, Start]:
    """The game and start with some of `FACTORS` switched off."""
    if "dependence" in factors:
        game = game._replace(gets_from=np.zeros_like(game.gets_from))
    if "side deal" in factors:
        game = game._replace(outside_option=np.zeros_like(game.outside_option))
    if "divergence" in factors:
        game = game._replace(divergence=np.zeros_like(game.divergence))
    if "coordination" in factors:
        game = game._replace(coordination=np.zeros_like(game.coordination))
    if "blame" in factors:
        game = game._replace(
            monitoring=np.ones_like(game.monitoring), blame_after=np.zeros_like(game.blame_after)
        )
    if "position" in factors:
        start = start._replace(position=0.0)
    return game, start


def exits(equilibrium: Equilibrium, start: Start) -> Floats:
    """Chance that the pact breaks by the horizon, then each member's of leaving next step."""
    ahead = forecast(equilibrium, start, paths=False)
    broken = 1.0 - at(start.horizon, ahead.holds)
    return np.concatenate(([broken], mixture(equilibrium, start)[:, LEAVE]))


def shapley_split(setting: Setting, game: Game, start: Start, known: Equilibrium) -> Floats:
    """Shapley split of the exit chances over `FACTORS`: `(factors + 1, 1 + n)`.

    The first row is what is left with all factors off; the others say what each adds, averaged over
    the orders of switching them on (Shapley 1953), and all rows sum to the chance itself. Columns
    as `exits` gives them.
    """
    chance: dict[frozenset[str], Floats] = {}
    solved: dict[frozenset[str], Equilibrium] = {}
    for count in range(len(FACTORS) + 1):
        for off in combinations(FACTORS, count):
            changed, begun = without(game, start, frozenset(off))
            played = frozenset(off) - {"position"}  # where it starts is not part of the game
            if played not in solved:
                solved[played] = solve(changed.packed()[0], setting.layout, known.play)
            chance[frozenset(off)] = exits(solved[played], begun)
    everything = frozenset(FACTORS)
    total = len(FACTORS)
    rows = [chance[everything]]
    for factor in FACTORS:
        gain = np.zeros_like(rows[0])
        for without_these, value in chance.items():
            if factor in without_these:
                on = total - len(without_these)
                weight = factorial(on) * factorial(total - on - 1) / factorial(total)
                gain = gain + weight * (chance[without_these - {factor}] - value)
        rows.append(gain)
    return np.array(rows)


def strength_curves(
    setting: Setting, game: Game, start: Start, known: Equilibrium
) -> dict[str, Floats]:
    """Chance that the pact breaks with the opponents, or coordination, at `STRENGTHS` times."""
    out = {}
    for name in FACTORS_AT_STAKE:
        values = []
        for factor in STRENGTHS:
            changed = game._replace(**{name: getattr(game, name) * factor})
            equilibrium = solve(changed.packed()[0], setting.layout, known.play)
            values.append(exits(equilibrium, start)[0])
        out[name] = np.array(values)
    return out
