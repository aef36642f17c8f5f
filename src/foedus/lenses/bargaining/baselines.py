"""Forecasts that let nobody move: weighted mean, weighted median, Nash bargaining solution."""

from __future__ import annotations

import numpy as np

from foedus.lenses.bargaining.game import Distribution, Floats, Game, Play
from foedus.lenses.bargaining.kernel import baselines as kernel
from foedus.lenses.bargaining.kernel.baselines import Bools
from foedus.lenses.bargaining.pce import by_dimension, distributions, refuse_weightless

NO_AGREEMENT = "no settlement is a gain for everybody, so the reference point holds"
NO_REFERENCE = "no reference point is given, so this is the weighted mean"


def wmean(game: Game) -> Play:
    """The mean of all positions, weighted by capability times salience.

    The compromise model; to first order the Nash bargaining solution where no agreement is far
    worse than any settlement (Achen, in Thomson et al., The European Union Decides, 2006). Each
    dimension is by itself. Raises GameError where nobody has weight.
    """
    refuse_weightless(game)
    forecast = kernel.means(game.positions[None], game.weights[None])[0]
    return _play("wmean", game, forecast, by_dimension(game))


def wmedian(game: Game) -> Play:
    """The position that no other beats in a vote weighted by capability times salience.

    The least position with at least half of the weight at or below it: of two in an exact tie the
    lower (Black, The Theory of Committees and Elections, 1958). Each dimension is by itself. Raises
    GameError where nobody has weight.
    """
    refuse_weightless(game)
    forecast = wmedian_many(*_one(game))[0]
    return _play("wmedian", game, forecast, by_dimension(game))


def nbs(game: Game) -> Play:
    """The Nash bargaining solution: most `sum of w log(u(x) - u(reference))`.

    Utility falls with the distance from one's position. Everybody with weight gains only if all
    stand on one side of the reference point; otherwise the reference point holds. Without a
    reference point it is the weighted mean. `note` says which of these it was. Each dimension is by
    itself. Nash, Econometrica 18(2), 1950, with weights. Raises GameError where nobody has weight.
    """
    refuse_weightless(game)
    if game.reference is None:
        forecast = kernel.means(game.positions[None], game.weights[None])[0]
        return _play("nbs", game, forecast, _said(by_dimension(game), NO_REFERENCE))
    settled, gains = nbs_many(*_one(game), game.reference[None])
    return _play("nbs", game, settled[0], _said(by_dimension(game), _held(gains[0])))


def wmean_many(positions: Floats, capability: Floats, salience: Floats) -> Floats:
    """Weighted means `(P, D)` of many games; NaN where nobody has weight.

    `positions` and `salience` are `(P, n, D)`, `capability` `(P, n)`, here and below.
    """
    return kernel.means(positions, capability[:, :, None] * salience)


def wmedian_many(positions: Floats, capability: Floats, salience: Floats) -> Floats:
    """Weighted medians `(P, D)` of many games, the lower on an exact tie; NaN without weight."""
    positions, weights = _ready(positions, capability, salience)
    forecast = np.empty((positions.shape[0], positions.shape[2]))
    kernel.medians(positions, weights, forecast)
    return forecast


def nbs_many(
    positions: Floats, capability: Floats, salience: Floats, reference: Floats
) -> tuple[Floats, Bools]:
    """Nash bargaining solutions of many games, and whether everybody gains, both `(P, D)`.

    Where not everybody can gain it is the `reference` `(P, D)` itself; NaN where nobody has weight.
    """
    positions, weights = _ready(positions, capability, salience)
    shape = positions.shape[0], positions.shape[2]
    forecast, gains = np.empty(shape), np.empty(shape, np.bool_)
    here = np.ascontiguousarray(np.broadcast_to(reference, shape), np.float64)
    kernel.nash(positions, weights, here, forecast, gains)
    return forecast, gains


def voices(game: Game) -> tuple[Distribution, ...]:
    """The positions with their shares of the weight, a dimension each: no model at all.

    What a distribution over settlements has to beat. Raises GameError where nobody has weight.
    """
    refuse_weightless(game)
    return distributions(game.positions, game.weights / game.weights.sum(axis=0))


def _one(game: Game) -> tuple[Floats, Floats, Floats]:
    return game.positions[None], game.capability[None], game.salience[None]


def _ready(positions: Floats, capability: Floats, salience: Floats) -> tuple[Floats, Floats]:
    weights = np.ascontiguousarray(capability[:, :, None] * salience, np.float64)
    return np.ascontiguousarray(positions, np.float64), weights


def _play(variant: str, game: Game, forecast: Floats, note: str) -> Play:
    return Play(variant, history=game.positions[None].copy(), forecast=forecast, note=note)


def _held(gains: Bools) -> str:
    """What to say of the dimensions in which nothing was agreed."""
    if gains.all():
        return ""
    if gains.size == 1:
        return NO_AGREEMENT
    where = ", ".join(str(d + 1) for d in np.flatnonzero(~gains))
    return f"in dimension {where} {NO_AGREEMENT}"


def _said(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
