"""Which states are stable, for whom and under which solution concept?"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints
from foedus.lenses.stability.kernel.order import Levels, levels

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")
CRISP = CONCEPTS[:4]
"""Answered by every engine; SIM needs options."""
MOST_JOINT = 2e9
"""Joint moves that SIM may have to look at: a minute or so."""
MOST_MOVES = 20_000_000
"""Moves that SIM may have to write out: some hundreds of megabytes."""
MANY = 1 << 16
"""From so many states on, decision makers are worked on in parallel."""

Fill = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Solution:
    """Stability of every state.

    `stable[concept]` is `(N, S)`: whether the state is stable for the decision maker. `left_out`
    says why a concept could not be answered.
    """

    conflict: Conflict
    stable: Mapping[str, Bools]
    left_out: Mapping[str, str]

    @cached_property
    def equilibria(self) -> Mapping[str, Bools]:
        """By concept, `(S,)`: whether the state is stable for every decision maker."""
        return {concept: np.all(table, axis=0) for concept, table in self.stable.items()}

    @cached_property
    def stuck(self) -> Bools:
        """`(N, S)`: stable under every concept only because no move exists at all."""
        return _stuck(self.conflict)


def solve(
    conflict: Conflict, concepts: Sequence[str] = CONCEPTS, workers: int | None = None
) -> Solution:
    """Find the stable states of a crisp model (Nash, GMR, SMR, SEQ: Fang, Hipel & Kilgour 1993).

    Unknown preferences and strengths are not looked at. In option form the work is linear in the
    states; on a graph with missing transitions, in the moves. Raises ConflictError for a concept
    there is not.
    """
    check_concepts(concepts)
    level = levels(conflict.utility)
    stable: dict[str, Bools] = {}
    left_out: dict[str, str] = {}
    if any(concept in CRISP for concept in concepts):
        stable = _crisp(conflict, level, workers)
    if "sim" in concepts:
        found = _simultaneous(conflict, level, workers)
        if isinstance(found, str):
            left_out["sim"] = found
        else:
            stable["sim"] = found
    asked = {concept: stable[concept] for concept in concepts if concept in stable}
    return Solution(conflict, asked, left_out)


def check_concepts(concepts: Sequence[str], known: Sequence[str] = CONCEPTS) -> None:
    """Raise ConflictError for the first concept that is none of those known here."""
    for concept in concepts:
        if concept not in known:
            raise ConflictError(
                f"there is no concept {concept!r} here; there are {', '.join(known)}"
            )


def _crisp(conflict: Conflict, level: Levels, workers: int | None) -> dict[str, Bools]:
    """Nash, GMR, SMR and SEQ by the engine that fits the model."""
    tables = {concept: np.empty(level.shape, np.bool_) for concept in CRISP}
    rows = tuple(tables.values())
    if conflict.moves is not None:
        fill = _on_graph(conflict, level, rows)
    elif _is_cube(conflict):
        fill = _on_cube(conflict, level, rows)
    else:
        fill = _on_cells(conflict, level, rows)
    _for_each(len(conflict.dms), fill, level.shape[1], workers)
    return tables


def _for_each(n: int, fill: Fill, states: int, workers: int | None) -> None:
    """Fill every decision maker's row; the result does not depend on the number of workers."""
    crew = min(n, workers or os.cpu_count() or 1) if states >= MANY else 1
    if crew == 1:
        for i in range(n):
            fill(i)
        return
    with ThreadPoolExecutor(crew) as pool:
        list(pool.map(fill, range(n)))


def _on_graph(conflict: Conflict, level: Levels, rows: tuple[Bools, ...]) -> Fill:
    from foedus.lenses.stability.kernel.graph import graph_stable, reversed_arcs

    first, to = conflict.arcs.first, conflict.arcs.to
    back, source = reversed_arcs(first, to)
    return lambda i: graph_stable(i, level, first, to, back, source, *rows)


def _on_cells(conflict: Conflict, level: Levels, rows: tuple[Bools, ...]) -> Fill:
    from foedus.lenses.stability.kernel.cells import by_cells, cells, cells_stable

    assert conflict.codes is not None
    n, states = level.shape
    table = cells(conflict.codes, conflict.owners, conflict.directions, n)
    listed = np.empty((n, states), np.int32)
    _for_each(n, lambda j: by_cells(level, table.of, table.begin, j, listed), states, None)
    return lambda i: cells_stable(i, level, *table, listed, *rows)


def _on_cube(conflict: Conflict, level: Levels, rows: tuple[Bools, ...]) -> Fill:
    from foedus.lenses.stability.kernel.cube import cube_stable, fibres

    n, states = level.shape
    low, width = _blocks(conflict)
    below = np.zeros((states, n), np.uint16)
    listed = np.empty((n, states), np.uint16)
    _for_each(n, lambda j: fibres(level, j, low[j], width[j], below, listed), states, None)
    return lambda i: cube_stable(i, level, low, width, below, listed, *rows)


def _blocks(conflict: Conflict) -> tuple[Ints, Ints]:
    """First option and number of options of each decision maker."""
    n = len(conflict.dms)
    width = np.bincount(conflict.owners, minlength=n).astype(np.int64)
    low = np.array([int(np.argmax(conflict.owners == i)) for i in range(n)], np.int64)
    return low, width


def _is_cube(conflict: Conflict) -> bool:
    """Whether all is feasible and reversible, and every decision maker's options stand together."""
    from foedus.lenses.stability.kernel.cube import WIDEST

    k = len(conflict.options)
    if conflict.states != 1 << k or conflict.directions.any() or conflict.codes is None:
        return False
    changes = np.count_nonzero(np.diff(conflict.owners)) + 1
    together = changes == np.unique(conflict.owners).size
    in_order = bool(np.array_equal(conflict.codes, np.arange(conflict.states)))
    return bool(together) and in_order and int(_blocks(conflict)[1].max()) < WIDEST


def _stuck(conflict: Conflict) -> Bools:
    """Who has no move at all, `(N, S)`; answered without writing moves out."""
    from foedus.lenses.stability.kernel.cells import cells, without_a_move

    if conflict.moves is not None:
        return np.asarray(np.diff(conflict.moves.first, axis=1) == 0)
    n = len(conflict.dms)
    if _is_cube(conflict):
        return np.repeat(_blocks(conflict)[1][:, None] == 0, conflict.states, axis=1)
    assert conflict.codes is not None
    return without_a_move(cells(conflict.codes, conflict.owners, conflict.directions, n))


def _simultaneous(conflict: Conflict, level: Levels, workers: int | None) -> Bools | str:
    """SIM, or why it cannot be answered."""
    if conflict.codes is None:
        return "simultaneous moves need options; this is a bare graph"
    if np.unique(conflict.codes).size < conflict.states:
        return "simultaneous moves need states that differ in their options"
    from foedus.lenses.stability.kernel.sim import sim_stable, sim_work

    n, states = level.shape
    if conflict.most_moves > MOST_MOVES:
        return f"about {conflict.most_moves:,} moves to look at; at most {MOST_MOVES:,} are"
    first, to = conflict.arcs.first, conflict.arcs.to
    work = sim_work(level, first, to)
    if work > MOST_JOINT:
        return f"up to {work:.1e} joint moves to look at; at most {MOST_JOINT:.0e} are"
    index = np.argsort(conflict.codes, kind="stable").astype(np.int32)
    masks = np.zeros(n, np.int64)
    for o, option in enumerate(conflict.options):
        masks[option.owner] |= 1 << o
    stable = np.empty((n, states), np.bool_)
    given = (level, conflict.codes, masks, conflict.codes[index], index, first, to, stable)
    _for_each(n, lambda i: sim_stable(i, *given), states, workers)
    return stable
