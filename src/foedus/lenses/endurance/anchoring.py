"""The number that makes members leave as often as a base rate says: solved at the modes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import LEAVE, Equilibrium, Game, solve, split
from foedus.lenses.lens import Draws, Floats, Outcome

TINY = 1e-300
"""What an exit chance too small for a float counts as, so that it has a logarithm."""
PROBE = 0.01
"""How far the number is moved to see how the exit chance answers, in average units."""
NODES = (-3.0, -1.5, -0.75, 0.75, 1.5, 3.0)
"""Where the curve is known besides its middle: log ratios of the exit chance, about."""


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


def rates(setting: Setting, draws: Draws, inputs: Mapping[str, Outcome]) -> Floats:
    """`(P,)` the anchor's yearly exit chance in every draw; ones where there is no anchor."""
    anchor = setting.section.anchor
    if anchor is None:
        return np.ones(draws.size)
    if anchor.yearly_exit is not None:
        return np.full(draws.size, anchor.yearly_exit)
    return _mean_of(
        setting, inputs["base_rate"].shared["members"], inputs["base_rate"].arrays["yearly"]
    )


def rate_at_modes(setting: Setting, inputs: Mapping[str, Outcome]) -> float:
    """The anchor's yearly exit chance at the most likely values."""
    anchor = setting.section.anchor
    assert anchor is not None
    if anchor.yearly_exit is not None:
        return anchor.yearly_exit
    shared = inputs["base_rate"].shared
    return float(_mean_of(setting, shared["members"], shared["yearly_at_modes"][None])[0])


def _mean_of(setting: Setting, told: tuple[str, ...], yearly: Floats) -> Floats:
    assert setting.section.anchor is not None
    who = [told.index(member) for member in setting.section.anchor.members]
    return np.asarray(yearly[:, who].mean(axis=1))


def solve_anchor(
    setting: Setting, game: Game, start: Equilibrium, rate: float
) -> tuple[Anchor, Equilibrium]:
    """The anchor at the modes, and the equilibrium with it.

    At a level front with full trust and all in, the mean over the anchor's members of the chance
    to have left within a year is made equal to `rate`. Where the rate comes with an interval, the
    numbers for other rates are found too. Raises AnchorError when no number within +-20 reaches it.
    """
    anchor = setting.section.anchor
    assert anchor is not None
    exits = _Exits(setting, game, start)
    number = _root(lambda at: exits.log_rate(at) - np.log(rate), rate)
    equilibrium = exits.solved(number)
    if anchor.yearly_exit is not None:
        return Anchor(number, np.zeros(1), np.array([number])), equilibrium
    slope = (exits.log_rate(number + PROBE) - np.log(rate)) / PROBE
    nodes = [number + step / slope for step in NODES]
    found = sorted([(np.log(rate), number), *((exits.log_rate(at), at) for at in nodes)])
    return Anchor(number, *(np.array(column) for column in zip(*found, strict=True))), equilibrium


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
