"""Conflicts for the tests of the stability lens: random ones, and any one as the oracle's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import numpy as np
import stability_oracle as oracle
from numpy.typing import NDArray

from foedus.lenses.stability.conflict import Conflict, Direction, Moves, Option, option_form

DIRECTIONS: tuple[Direction, ...] = ("both", "forward", "backward")


def plain(conflict: Conflict) -> oracle.Model:
    """The oracle's data of a conflict; what follows from options it works out itself."""
    n, states = len(conflict.dms), range(conflict.states)
    codes = None if conflict.codes is None else conflict.codes.tolist()
    given = conflict.moves
    if given is not None:
        moves = [[frozenset(given.row(i, s).tolist()) for s in states] for i in range(n)]
    else:
        assert codes is not None
        owners = [option.owner for option in conflict.options]
        moves = oracle.option_moves(codes, owners, [o.direction for o in conflict.options], n)
    return oracle.Model(
        moves=moves,
        utility=conflict.utility.tolist(),
        codes=codes,
        unknown=_triples(conflict.unknown),
        much=_triples(conflict.much),
    )


def _triples(mask: NDArray[np.bool_] | None) -> frozenset[tuple[int, int, int]]:
    return (
        frozenset()
        if mask is None
        else frozenset((i, s, t) for i, s, t in np.argwhere(mask).tolist())
    )


def truth(sets: Sequence[set[int]], states: int) -> NDArray[np.bool_]:
    """The oracle's sets, one for each decision maker, as the lens gives them: `(N, S)`."""
    return np.array([[s in one for s in range(states)] for one in sets], np.bool_)


def syria_iraq() -> Conflict:
    """Hipel, Kilgour & Kinsara 2014: Syria may release water or escalate, Iraq may attack."""
    ranking = {"Syria": [1, 3, 6, 2, 4, 5], "Iraq": [2, 4, 6, 1, 5, 3]}
    utility = [[-row.index(s) for s in range(1, 7)] for row in ranking.values()]
    return option_form(
        [0, 0, 1], utility, codes=[0, 1, 2, 4, 5, 6], dms=list(ranking), ids=range(1, 7)
    )


# Strategies ---------------------------------------------------------------------------------------


def payoffs(n: int, states: int, profiles: int | None = None) -> st.SearchStrategy[NDArray[Any]]:
    """`(N, S)` small whole numbers, so with ties, or strict rankings; `(P, N, S)` for many."""
    ties = st.lists(st.integers(0, max(1, states // 2)), min_size=states, max_size=states)
    row = st.one_of(ties, st.permutations(range(states)))
    one = st.lists(row, min_size=n, max_size=n)
    if profiles is None:
        return one.map(np.array)
    return st.lists(one, min_size=profiles, max_size=profiles).map(np.array)


@st.composite
def option_conflicts(
    draw: st.DrawFn, dms: tuple[int, int] = (1, 4), most: int = 40, deleted: bool | None = False
) -> Conflict:
    """In option form: infeasible states, irreversible options, ties; six options at most.

    With `deleted` some arcs are taken away, so that moves need not be transitive (None: perhaps).
    """
    n = draw(st.integers(*dms))
    owners = [i for i in range(n) for _ in range(draw(st.integers(0 if i else 1, 3)))][:6]
    ways = DIRECTIONS if draw(st.booleans()) else DIRECTIONS[:1]
    options = tuple(
        Option(f"o{o + 1}", i, draw(st.sampled_from(ways))) for o, i in enumerate(owners)
    )
    patterns = 1 << len(options)
    all_feasible = patterns <= most and draw(st.booleans())
    size = patterns if all_feasible else draw(st.integers(1, min(most, patterns)))
    codes = sorted(_lot(draw).choice(patterns, size, replace=False).tolist())
    moves = None
    if deleted if deleted is not None else draw(st.booleans()):
        whole = oracle.option_moves(codes, owners, [o.direction for o in options], n)
        moves = draw(_fewer([[sorted(row) for row in rows] for rows in whole]))
    return Conflict(
        dms=tuple(f"dm{i}" for i in range(n)),
        utility=draw(payoffs(n, len(codes))),
        options=options,
        codes=np.array(codes, np.int64),
        moves=moves,
        ids=range(1, len(codes) + 1),
        status_quo=draw(st.none() | st.integers(0, len(codes) - 1)),
    )


@st.composite
def graph_conflicts(draw: st.DrawFn, dms: tuple[int, int] = (1, 4), most: int = 9) -> Conflict:
    """Bare graphs, any arcs at all: intransitive, one-way, two decision makers on one arc."""
    n, states = draw(st.integers(*dms)), draw(st.integers(1, most))
    arcs = [[[t for t in range(states) if t != s] for s in range(states)] for _ in range(n)]
    return Conflict(
        dms=tuple(f"dm{i}" for i in range(n)),
        utility=draw(payoffs(n, states)),
        moves=draw(_fewer(arcs, (0.2, 0.4, 0.7))),
        status_quo=draw(st.none() | st.integers(0, states - 1)),
    )


def _lot(draw: st.DrawFn) -> np.random.Generator:
    return np.random.default_rng(draw(st.integers(0, 2**32 - 1)))


@st.composite
def _fewer(
    draw: st.DrawFn,
    arcs: Sequence[Sequence[Sequence[int]]],
    shares: Sequence[float] = (0.5, 0.7, 0.9),
) -> Moves:
    """Some of the arcs."""
    share = draw(st.sampled_from(shares))
    rng = _lot(draw)
    kept = [
        {s: [t for t in row if rng.random() < share] for s, row in enumerate(rows)} for rows in arcs
    ]
    return Moves.of(kept, len(arcs[0]))


def conflicts(dms: tuple[int, int] = (1, 4), most: int = 40) -> st.SearchStrategy[Conflict]:
    """Option form, option form with arcs deleted, and bare graphs; preferences known."""
    return st.one_of(
        option_conflicts(dms, most),
        option_conflicts(dms, most, deleted=True),
        graph_conflicts(dms, min(most, 9)),
    )


@st.composite
def unsure_conflicts(
    draw: st.DrawFn, kinds: st.SearchStrategy[Conflict] | None = None, much: bool = False
) -> Conflict:
    """Some pairs of states unknown to some decision makers; with `much`, strength as well."""
    conflict = draw(kinds if kinds is not None else conflicts(most=12))
    rng = _lot(draw)
    shape = (len(conflict.dms), conflict.states, conflict.states)
    above = np.triu(rng.random(shape) < draw(st.sampled_from((0.0, 0.1, 0.4))), 1)
    unknown = above | above.transpose(0, 2, 1)
    marked = replace(conflict, unknown=unknown)
    return draw(strong_conflicts(st.just(marked))) if much else marked


@st.composite
def strong_conflicts(draw: st.DrawFn, kinds: st.SearchStrategy[Conflict] | None = None) -> Conflict:
    """Some known preferences are strong: by a threshold of payoffs, or any of them."""
    conflict = draw(kinds if kinds is not None else conflicts(most=12))
    gain = conflict.utility[:, None, :] - conflict.utility[:, :, None]
    if draw(st.booleans()):
        much = gain >= draw(st.integers(1, 4))
    else:
        rng = _lot(draw)
        much = (gain > 0) & (rng.random(gain.shape) < 0.5)
    if conflict.unknown is not None:
        much &= ~conflict.unknown
    return replace(conflict, much=much)
