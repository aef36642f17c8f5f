"""Games for the tests of the bargaining lens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from foedus.lenses.bargaining.game import Game


def one_game(
    positions: Sequence[float],
    capability: Sequence[float],
    salience: Sequence[float],
    reference: float | None = None,
) -> Game:
    """A game of one dimension."""
    return Game(
        tuple(f"a{i}" for i in range(len(positions))),
        np.array(positions, float)[:, None],
        np.array(capability, float),
        np.array(salience, float)[:, None],
        reference=None if reference is None else np.array([reference]),
    )


@st.composite
def games(
    draw: st.DrawFn,
    n: int | None = None,
    levels: int = 20,
    apart: float = 0.0,
    idle: bool = False,
    reference: bool = False,
) -> Game:
    """Games of one dimension with positions on a grid, so that some are shared.

    `apart`: at least so far between any two different positions; `idle`: saliences may be 0.
    """
    size = draw(st.integers(1, 8)) if n is None else n
    cells = min(levels, int(1.0 / apart)) if apart else levels
    spots = draw(st.lists(st.integers(0, cells), min_size=size, max_size=size))
    weights = st.floats(0.05, 1.0)
    saliences = st.one_of(st.just(0.0), weights) if idle else weights
    capability = draw(st.lists(weights, min_size=size, max_size=size))
    salience = draw(st.lists(saliences, min_size=size, max_size=size))
    assume(sum(salience) > 0.0)
    here = draw(st.integers(0, cells)) / cells if reference else None
    return one_game([spot / cells for spot in spots], capability, salience, here)
