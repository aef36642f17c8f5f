"""The number that makes members leave as often as a base rate says: solved at the modes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import LEAVE, Equilibrium, Game, solve, split
from foedus.lenses.lens import Floats, Outcome

TINY = 1e-300
"""What an exit chance too small for a float counts as, so that it has a logarithm."""
PROBE = 0.02
"""How far the number is first moved to see how the exit chance answers, in average units."""
REACH = 1.8
"""How far from its middle the curve is followed, in log rates; beyond, it goes on straight."""
GAP = 0.5
"""How far apart two of its points may lie, in log rates."""
FLAT = 1e-3
"""A step that gains less than this, in log rates, leads nowhere."""
MOST_POINTS = 40
FURTHEST = 20.0


class AnchorError(ValueError):
    """The anchor's rate cannot be reached."""

    bad_input = True


@dataclass(frozen=True, eq=False)
class Anchor:
    """What is added to every payoff of leaving, by the yearly exit chance that it brings about.

    `number` is that at the modes. `log_rates` and `numbers` `(N,)` are a curve through it, of one
    point where the rate is the same in every draw.
    """

    number: float
    log_rates: Floats
    numbers: Floats

    def of(self, rates: Floats) -> Floats:
        """`(P,)` numbers for yearly exit chances `(P,)`: straight between the curve's points."""
        if self.numbers.size == 1:
            return np.full(rates.size, self.number)
        x, y = self.log_rates, self.numbers
        at = np.log(rates)
        place = np.clip(np.searchsorted(x, at) - 1, 0, x.size - 2)
        slope = (y[place + 1] - y[place]) / (x[place + 1] - x[place])
        return np.asarray(y[place] + slope * (at - x[place]))


UNANCHORED = Anchor(0.0, np.zeros(1), np.zeros(1))


def by_base_rate(setting: Setting) -> bool:
    """Whether the anchor takes its rate from the base_rate lens."""
    return setting.section.anchor is not None and setting.section.anchor.yearly_exit is None


def rates(setting: Setting, size: int, inputs: Mapping[str, Outcome], modes: bool) -> Floats:
    """`(size,)` the anchor's yearly exit chance in every draw; ones where there is no anchor.

    With `modes`, that at the most likely values, whatever draws the inputs are of.
    """
    anchor = setting.section.anchor
    if anchor is None:
        return np.ones(size)
    if anchor.yearly_exit is not None:
        return np.full(size, anchor.yearly_exit)
    told = inputs["base_rate"]
    yearly = told.shared["yearly_at_modes"][None] if modes else told.arrays["yearly"]
    who = [told.shared["members"].index(member) for member in anchor.members]
    return np.asarray(yearly[:, who].mean(axis=1))


def solve_anchor(
    setting: Setting, game: Game, start: Equilibrium, inputs: Mapping[str, Outcome]
) -> tuple[Anchor, Equilibrium]:
    """The anchor at the modes, and the equilibrium with it.

    `game` and `start` are those of the most likely values. At a level front with full trust and all
    in, the mean over the anchor's members of the chance to have left within a year is made equal to
    the anchor's rate. Where the rate comes with an interval, the numbers for other rates are found
    too. Raises AnchorError when no number within +-20 reaches it.
    """
    rate = float(rates(setting, 1, inputs, modes=True)[0])
    exits = _Exits(setting, game, start)
    number = _root(lambda at: exits.log_rate(at) - np.log(rate), rate)
    equilibrium = exits.solved(number)
    if not by_base_rate(setting):
        return Anchor(number, np.zeros(1), np.array([number])), equilibrium
    found = _curve(exits, number, float(np.log(rate)))
    return Anchor(number, *(np.array(column) for column in zip(*found, strict=True))), equilibrium


def _curve(exits: _Exits, number: float, log_rate: float) -> list[tuple[float, float]]:
    """Log rates and numbers on both sides of the middle, no further apart than `GAP`, in order."""
    points = [(log_rate, number)]
    for sign in (-1.0, 1.0):
        step = PROBE
        while abs(points[-1][0] - log_rate) < REACH and len(points) < MOST_POINTS:
            at = points[-1][1] + sign * step
            there = exits.log_rate(at)
            if abs(there - points[-1][0]) > GAP and step > PROBE / 16.0:
                step /= 2.0
                continue
            if sign * (there - points[-1][0]) < FLAT or abs(at) > FURTHEST:
                break  # all leave, or none: no number gives rates beyond
            if abs(there - points[-1][0]) < GAP / 2.0:
                step *= 2.0
            points.append((there, at))
        points.reverse()
    return sorted(points)


class _Exits:
    """The anchor's members' yearly exit chance as a function of the number."""

    def __init__(self, setting: Setting, game: Game, start: Equilibrium) -> None:
        assert setting.section.anchor is not None
        self.setting, self.game, self.latest = setting, game, start
        self.who = [setting.members.index(m) for m in setting.section.anchor.members]

    def solved(self, number: float) -> Equilibrium:
        row = self.game._replace(leave_bonus=np.array([number])).packed()[0]
        self.latest = solve(row, self.setting.layout, self.latest.play)
        return self.latest

    def log_rate(self, number: float) -> float:
        levels = self.setting.layout.levels
        place, share = split((levels - 1) / 2.0, levels)
        leave = self.solved(number).policy()[self.who, LEAVE, -1]
        level = (1.0 - share) * leave[:, place - 1] + (share * leave[:, place] if share else 0.0)
        yearly = -np.expm1(self.setting.steps_a_year * np.log1p(-level))
        return float(np.log(max(yearly.mean(), TINY)))


def _root(excess: Callable[[float], float], rate: float) -> float:
    low = high = 0.0
    width = 0.05
    first = excess(0.0)
    while width < 40.0:
        if first > 0.0:
            low, high = low - width, low
            if excess(low) <= 0.0:
                break
        else:
            low, high = high, high + width
            if excess(high) >= 0.0:
                break
        width *= 2.0
    else:
        raise AnchorError(
            f"no payoff of leaving gives a yearly exit chance of {rate:g}; "
            "give another anchor, or a higher precision"
        )
    return float(brentq(excess, low, high, xtol=1e-12, rtol=1e-12))
