"""How far the forecast moves with each number of a game: its derivatives, and where it jumps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from foedus.lenses.bargaining.baselines import nbs_many, wmean_many, wmedian_many
from foedus.lenses.bargaining.game import Floats, Game, GameError
from foedus.lenses.bargaining.pce import pce_many, refuse_weightless

Many = Callable[[Floats, Floats, Floats], Floats]
"""Forecasts `(P, D)` of games: positions `(P, n, D)`, capability `(P, n)`, salience `(P, n, D)`."""

STEP = 1e-5
"""How far a position, salience or share of a capability is moved to either side."""


@dataclass(frozen=True, eq=False)
class Lever:
    """What one number of a game does to the forecast `(D,)`, all on the scale from 0 to 1.

    A small change d of the number moves the forecast by `jump + d * per_unit`. There is a jump
    where an actor shares its position with others and leaves them: there is then one position more
    to elect. Where the slope differs on either side (at a shared position, midway between two
    others), `per_unit` is between both. Positions and saliences are moved within [0, 1].
    """

    kind: str
    """`position`, `salience` or `capability`."""
    actor: int
    dimension: int | None
    """None for a capability."""
    per_unit: Floats
    jump: Floats


def levers(
    game: Game, model: str | Many = "pce", together: float = 0.0, step: float = STEP
) -> tuple[Lever, ...]:
    """The derivative of the forecast by each actor's position, salience and capability.

    `model` is `wmean`, whose derivatives are known in closed form, `pce`, `wmedian` or `nbs`, or a
    function that plays many games; these are played again a little to either side. `together` is
    that of `pce`. `step` is how far, and should be well above what a model rounds positions to.
    Raises GameError for an unknown model or where nobody has weight.
    """
    refuse_weightless(game)
    if model == "wmean" or (model == "nbs" and game.reference is None):
        return _of_mean(game)
    return _by_differences(game, _played(game, model, together), step)


def _of_mean(game: Game) -> tuple[Lever, ...]:
    """Moving x by d moves the mean by w d / W; a weight moves it towards or from its position."""
    weights = game.weights
    total = weights.sum(axis=0)
    pull = (game.positions - (weights * game.positions).sum(axis=0) / total) / total
    dims = total.size
    out = []
    for i, c in enumerate(game.capability):
        for d in range(dims):
            here = np.arange(dims) == d
            out.append(_lever("position", i, d, here * weights[i] / total))
            out.append(_lever("salience", i, d, here * c * pull[i]))
        out.append(_lever("capability", i, None, game.salience[i] * pull[i]))
    return tuple(out)


def _lever(kind: str, actor: int, dimension: int | None, per_unit: Floats) -> Lever:
    return Lever(kind, actor, dimension, per_unit, np.zeros(per_unit.size))


def _played(game: Game, model: str | Many, together: float) -> Many:
    if not isinstance(model, str):
        return model
    reference = game.reference

    def nash(positions: Floats, capability: Floats, salience: Floats) -> Floats:
        assert reference is not None
        return nbs_many(positions, capability, salience, reference[None])[0]

    def election(positions: Floats, capability: Floats, salience: Floats) -> Floats:
        return pce_many(positions, capability, salience, together=together)[0]

    known: dict[str, Many] = {
        "pce": election, "wmean": wmean_many, "wmedian": wmedian_many, "nbs": nash,
    }  # fmt: skip
    if model not in known:
        raise GameError(f"there are no levers of {model!r}; there are of {', '.join(known)}")
    return known[model]


def _by_differences(game: Game, many: Many, step: float) -> tuple[Lever, ...]:
    """Two games for each lever, neither the game itself, which comes first."""
    moved = _moved(game, step)
    size = 2 * len(moved) + 1
    positions = np.repeat(game.positions[None], size, axis=0)
    capability = np.repeat(game.capability[None], size, axis=0)
    salience = np.repeat(game.salience[None], size, axis=0)
    for k, (kind, i, d, _, pair) in enumerate(moved):
        rows = slice(2 * k + 1, 2 * k + 3)
        if kind == "capability":
            capability[rows, i] = pair
        else:
            (positions if kind == "position" else salience)[rows, i, d] = pair
    told = many(positions, capability, salience)
    out = []
    for k, (kind, i, d, value, (low, high)) in enumerate(moved):
        below, above = told[2 * k + 1], told[2 * k + 2]
        slope = (above - below) / (high - low)
        jump = below + (value - low) * slope - told[0]
        # what a bend of the curve makes of it is less than the step
        jump = np.where(np.abs(jump) < step, 0.0, jump)
        out.append(Lever(kind, i, d, slope, jump))
    return tuple(out)


Moved = tuple[str, int, int | None, float, tuple[float, float]]


def _moved(game: Game, step: float) -> list[Moved]:
    """Kind, actor, dimension, value, and the two values that are tried."""
    out: list[Moved] = []
    for i, c in enumerate(game.capability):
        for d, (x, s) in enumerate(zip(game.positions[i], game.salience[i], strict=True)):
            pair = _pair(x, min(step, _gap(game.positions[:, d], x) / 4.0), 1.0)
            out.append(("position", i, d, float(x), pair))
            out.append(("salience", i, d, float(s), _pair(s, step * _size(s), 1.0)))
        out.append(("capability", i, None, float(c), _pair(c, step * _size(c), np.inf)))
    return out


def _pair(value: float, step: float, most: float) -> tuple[float, float]:
    """Two values to either side, or both on one side where there is no room on the other."""
    if value - step < 0.0:
        return value + step, value + 2.0 * step
    if value + step > most:
        return value - 2.0 * step, value - step
    return value - step, value + step


def _size(value: float) -> float:
    return value if value > 0.0 else 1.0


def _gap(spots: Floats, x: float) -> float:
    """The distance to the nearest different position."""
    away = np.abs(spots - x)
    return float(min(away[away > 0.0], default=1.0))
