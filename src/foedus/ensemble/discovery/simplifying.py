"""Which restrictions of a box matter, and the box without those that do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.discovery.box import Box
from foedus.ensemble.discovery.choosing import score
from foedus.ensemble.discovery.pasting import Sided
from foedus.ensemble.discovery.sample import Sample

SIGNIFICANT = 0.05
"""A side whose quasi-p-value is above this may be chance, and is dropped."""
SPARED = 0.01
"""A side is dropped, too, if the score falls by no more than this without it."""


@dataclass(frozen=True)
class Sides:
    """Something told of a restriction's two sides; `None` where that side is free."""

    low: float | None
    high: float | None


def quasi_p(of: Sample, box: Box) -> tuple[Sides, ...]:
    """For each restriction's sides, how likely chance alone had made the box as dense with it.

    With T draws in the box, H breaks among them, and the density q of the box without that side, it
    is P(Binomial(T, q) >= H) (Bryant & Lempert 2010). *Quasi*, for the box was chosen on the same
    draws. With unequal weights T is Kish's effective number and H is T times the density.
    """
    values = _quasi_p(Sided(of, box))
    return tuple(
        Sides(values.get((r.column, False)), values.get((r.column, True))) for r in box.restrictions
    )


def simplify(of: Sample, box: Box, spared: float = SPARED) -> Box:
    """The box without sides that may be chance, or whose leaving costs the score at most `spared`.

    One at a time, that without which the score is best, and all is weighed anew after it. At least
    one side stays. With `spared` below 0 only chance counts.
    """
    state = Sided(of, box)
    base_rate = of.base_rate
    while sum(not state.is_free(s) for s in range(len(state.sides))) > 1:
        values, now = _quasi_p(state), score(state.box(), base_rate)
        best, best_score = None, -1.0
        for s, side in enumerate(state.sides):
            if state.is_free(s):
                continue
            without = _score_without(state, s, base_rate)
            spare = values[side] > SIGNIFICANT or without >= now - spared
            if spare and without > best_score:
                best, best_score = s, without
        if best is None:
            break
        state.move(best, np.inf if state.sides[best][1] else -np.inf)
    return state.box()


def ranking(of: Sample, box: Box) -> NDArray[np.int64]:
    """The box's columns, those that matter most first: the last to go.

    Side by side is dropped, each time that without which the score is best.
    """
    state, gone = Sided(of, box), []
    left = list(range(len(state.sides)))
    while left:
        best = max(left, key=lambda s: _score_without(state, s, of.base_rate))
        state.move(best, np.inf if state.sides[best][1] else -np.inf)
        left.remove(best)
        gone.append(state.sides[best][0])
    return np.array(list(dict.fromkeys(reversed(gone))), dtype=np.int64)


def _score_without(state: Sided, s: int, base_rate: float) -> float:
    places = np.concatenate([state.within(), state.only(s)])
    box = state.sample.counted(state.lows, state.highs, *state.weigh(places))
    return score(box, base_rate)


def _quasi_p(state: Sided) -> dict[tuple[int, bool], float]:
    from scipy.special import betainc

    places = state.within()
    weight = state.weight[places]
    mass, hits = state.weigh(places)
    draws = mass**2 / float((weight**2).sum()) if mass > 0.0 else 0.0
    breaks = draws * hits / mass if mass > 0.0 else 0.0
    out = {}
    for s, side in enumerate(state.sides):
        if state.is_free(s):
            continue
        more_mass, more_hits = state.weigh(state.only(s))
        rate = (hits + more_hits) / (mass + more_mass) if mass + more_mass > 0.0 else 0.0
        # P(X >= H) of a binomial is the regularised incomplete beta function of q
        out[side] = float(betainc(breaks, draws - breaks + 1.0, rate)) if breaks > 0.0 else 1.0
    return out
