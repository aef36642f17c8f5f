"""The endurance game on plain arrays, without any case.

>>> from foedus.lenses.endurance.kernel import Game, Start, forecast, layout, solve

`Game` holds the numbers, `layout` the shape of the state space, `solve` finds the logit Markov
perfect equilibrium and `forecast` what follows from it: exact survival, incidence by cause, trends.
"""

from .chain import DEFEAT, FALLING, FLAT, IMPROVING, SETTLEMENT, SEVERAL, VICTORY
from .equilibrium import Equilibrium, solve
from .forecast import (
    Forecast,
    Start,
    at,
    beside,
    clock,
    forecast,
    mixture,
    read,
    split,
    start_trust,
)
from .game import DOWN, FULL, LEAVE, STILL, TOKEN, UP, Game, Layout, layout

__all__ = [
    "DEFEAT",
    "DOWN",
    "FALLING",
    "FLAT",
    "FULL",
    "IMPROVING",
    "LEAVE",
    "SETTLEMENT",
    "SEVERAL",
    "STILL",
    "TOKEN",
    "UP",
    "VICTORY",
    "Equilibrium",
    "Forecast",
    "Game",
    "Layout",
    "Start",
    "at",
    "beside",
    "clock",
    "forecast",
    "layout",
    "mixture",
    "read",
    "solve",
    "split",
    "start_trust",
]
