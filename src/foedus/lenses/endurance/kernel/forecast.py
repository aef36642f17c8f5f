"""From an equilibrium and a start to what is likely to happen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .chain import (
    DEFEAT,
    FALLING,
    FLAT,
    IMPROVING,
    VICTORY,
    follow_front,
    follow_path,
    transitions,
)
from .equilibrium import Equilibrium
from .game import Floats, Ints, Layout

CLAMP = 0.8
"""How far the clamped trends lead by the horizon: to victory's or defeat's side of the front."""


class Start(NamedTuple):
    """Where the pact stands today, and what is asked.

    `position` of the front (-1 to 1) and public `trust` in each member `(n,)` (0 to 1) are split
    linearly over the levels beside them. `horizon` is in steps and need not be whole; `must` is the
    bit mask of members whose leaving breaks the pact; `defeat_holds` whether a pact defeated with
    all of those in counts as held.
    """

    position: float
    trust: Floats
    horizon: float
    must: int
    defeat_holds: bool = False


class Forecast(NamedTuple):
    """Exact chances at times 0 ... T, T the horizon rounded up.

    `survival` (whole and going on) and `holds` (no member of `must` has left; ends in between count
    as `Start` says) are `(T+1,)`; `causes` `(T+1, n+4)` is the cumulative incidence of a whole
    pact's ends: each member alone, several at once, victory, defeat, settlement; `firsts`
    `(T+1, n)` who left first, exits at once shared equally; `trends` `(T+1, 3, 2)` the joint
    chances of the front below, at or above today's level and the pact broken or held; `blamed`
    `(T+1, 2)` the expected number of blames so far and of deserved ones; `path_survival` and
    `path_holds` `(3, T+1)` the same as the first two with the front clamped to a straight line
    falling to -0.8, flat, or rising to +0.8 by the horizon, without settlement.
    """

    survival: Floats
    holds: Floats
    causes: Floats
    firsts: Floats
    trends: Floats
    blamed: Floats
    path_survival: Floats
    path_holds: Floats


def split(place: float, levels: int) -> tuple[int, float]:
    """The level at or below a place (0 to levels - 1) and the share of the next level."""
    low = min(int(np.floor(place)), max(levels - 2, 0))
    return low, min(max(place - low, 0.0), 1.0)


def start_trust(trust: Floats, lay: Layout) -> Floats:
    """Distribution over the full pact's joint trust states `(T,)`, each member's split linearly."""
    states = int(lay.states[(1 << lay.members) - 1])
    if states == 1:
        return np.ones(1)
    out = np.ones(1)
    for share in trust:
        low, high = split(float(share) * (lay.trust - 1), lay.trust)
        mine = np.zeros(lay.trust)
        mine[low] += 1.0 - high
        mine[min(low + 1, lay.trust - 1)] += high
        out = np.multiply.outer(mine, out).ravel()
    return out


def path_levels(level: int, trend: int, horizon: float, steps: int, lay: Layout) -> Ints:
    """The front's level at times 0 ... steps along a straight line: `(steps+1,)`.

    The line leads from `level` at time 0 to +-0.8 at the horizon; the front follows it as fronts
    move here, a level at a time, once the line has got there. A start beyond the line's end stays.
    """
    far = CLAMP * (lay.levels - 1) / 2.0
    middle = (lay.levels - 1) / 2.0
    distance = {
        FALLING: max(level - (middle - far), 0.0),
        FLAT: 0.0,
        IMPROVING: max(middle + far - level, 0.0),
    }[trend]
    share = np.minimum(np.arange(steps + 1) / horizon, 1.0)
    gone = np.floor(distance * share + 1e-9).astype(np.int64)
    return np.asarray(level - gone if trend == FALLING else level + gone)


def forecast(equilibrium: Equilibrium, start: Start, paths: bool = True) -> Forecast:
    """Follow the equilibrium's chain from a start, with the front free and along three trends.

    Without `paths` the clamped trends are left out, and zero.
    """
    lay, game = equilibrium.layout, equilibrium.game
    n, interior, everyone = lay.members, lay.levels - 2, (1 << lay.members) - 1
    steps = max(int(np.ceil(start.horizon - 1e-9)), 1)
    free_moves, path_moves = np.empty(int(lay.move_at[-1])), np.empty(int(lay.move_at[-1]))
    blame = np.zeros((2, int(lay.value_at[-1]) // n))
    exits = np.zeros((1 << n, int(lay.states[everyone]) * interior))
    transitions(game, lay, False, equilibrium.play, free_moves, blame, exits)
    if paths:
        transitions(game, lay, True, equilibrium.play, path_moves, blame, exits)
    out = Forecast(
        np.zeros(steps + 1), np.zeros(steps + 1), np.zeros((steps + 1, n + 4)),
        np.zeros((steps + 1, n)),        np.zeros((steps + 1, 3, 2)), np.zeros((steps + 1, 2)),
        np.zeros((3, steps + 1)), np.zeros((3, steps + 1)),
    )  # fmt: skip
    trust = start_trust(start.trust, lay)
    low, high = split((start.position + 1.0) / 2.0 * (lay.levels - 1), lay.levels)
    for level, weight in ((low, 1.0 - high), (low + 1, high)):
        if weight == 0.0:
            continue
        part = Forecast(*(np.zeros_like(field) for field in out))
        if 0 < level < lay.levels - 1:
            mass = np.zeros(blame.shape[1])
            first = int(lay.value_at[everyone]) // n
            mass[first:].reshape(trust.size, interior)[:, level - 1] = trust
            follow_front(
                game, lay, free_moves, blame, exits, mass, level, start.must, start.defeat_holds,
                *part[:6],
            )  # fmt: skip
            for trend in (FALLING, FLAT, IMPROVING) if paths else ():
                path = path_levels(level, trend, start.horizon, steps, lay)
                follow_path(
                    lay, path_moves, trust, path, start.must,
                    part.path_survival[trend], part.path_holds[trend],
                )  # fmt: skip
        else:
            _over(level > 0, start.defeat_holds, n, part)
        for field, own in zip(out, part, strict=True):
            field += weight * own
    return out


def mixture(equilibrium: Equilibrium, start: Start) -> Floats:
    """What each member does in the next step: `(member, action)`, over the levels of the start.

    A start at victory or defeat is read at the level beside it.
    """
    lay = equilibrium.layout
    trust = start_trust(start.trust, lay)
    return np.asarray(
        sum(
            weight * np.tensordot(equilibrium.policy()[..., m], trust, axes=([2], [0]))
            for m, weight in beside(start.position, lay)
        )
    )


def beside(position: float, lay: Layout) -> list[tuple[int, float]]:
    """The interior levels (counted from 0) a position is split over, with their weights."""
    low, high = split((position + 1.0) / 2.0 * (lay.levels - 1), lay.levels)
    last = lay.levels - 3
    return [
        (min(max(level - 1, 0), last), weight)
        for level, weight in ((low, 1.0 - high), (low + 1, high))
        if weight > 0.0
    ]


def _over(won: bool, defeat_holds: bool, n: int, out: Forecast) -> None:
    """Fill in what is left to say when the contest is over at the start."""
    held = won or defeat_holds
    out.holds[:] = out.path_holds[:] = float(held)
    out.causes[:, n + (VICTORY if won else DEFEAT)] = 1.0
    out.trends[:, IMPROVING if won else FALLING, int(held)] = 1.0


def at(times: float, curve: Floats) -> float:
    """A chance between two steps, by interpolating its logarithm; `curve` is `(T+1,)`."""
    low, share = split(times, curve.size)
    a, b = float(curve[low]), float(curve[min(low + 1, curve.size - 1)])
    if share == 0.0 or a == b:
        return a
    if a <= 0.0 or b <= 0.0:
        return (1.0 - share) * a + share * b
    return float(a ** (1.0 - share) * b**share)


def clock(times: float, curve: Floats) -> tuple[int, float]:
    """The step at or before a time and the weight of the next that gives `at` for this curve.

    Used to read what adds up to a curve between steps so that it still adds up.
    """
    low, share = split(times, curve.size)
    a, b = float(curve[low]), float(curve[min(low + 1, curve.size - 1)])
    return low, share if a == b else (at(times, curve) - a) / (b - a)


def read(row: int, share: float, table: Floats) -> Floats:
    """A table `(T+1, ...)` at a `clock`'s reading."""
    following = table[min(row + 1, table.shape[0] - 1)]
    return np.asarray((1.0 - share) * table[row] + share * following)
