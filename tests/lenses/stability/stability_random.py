"""Random conflicts of a decent size: hypothesis finds corners, but draws mostly tiny models."""

from __future__ import annotations

import numpy as np

from foedus.lenses.stability.conflict import Conflict, Moves, graph, option_form


def random_conflict(seed: int, most: int = 24) -> Conflict:
    """By turns in option form, in option form with arcs deleted, and a bare graph; 2 to 4 DMs."""
    rng = np.random.default_rng([20160301, seed])
    n = int(rng.integers(2, 5))
    kind = seed % 3
    if kind == 2:
        states = int(rng.integers(6, 13))
        bare = _tables(rng, [{s: list(range(states)) for s in range(states)}] * n, 0.25)
        conflict = graph(bare, _utility(rng, n, states))
    else:
        owner = np.sort(np.concatenate([np.arange(n), rng.integers(0, n, 5 - n)]))
        every = rng.permutation(32)[: int(rng.integers(12, most + 1))]
        ways = rng.choice(["both", "both", "forward", "backward"], owner.size).tolist()
        conflict = option_form(
            owner.tolist(), _utility(rng, n, every.size), codes=np.sort(every), directions=ways
        )
        if kind == 1:
            rows = [
                {s: conflict.arcs.row(i, s).tolist() for s in range(every.size)} for i in range(n)
            ]
            fewer = Moves.of(_tables(rng, rows, 0.6), every.size)
            conflict = option_form(
                owner.tolist(), conflict.utility, codes=conflict.codes, moves=fewer
            )
    return conflict


def blurred(conflict: Conflict, seed: int, unknown: float = 0.2, much: float = 0.5) -> Conflict:
    """Some pairs of states unknown, some of the known preferences strong."""
    rng = np.random.default_rng([20160302, seed])
    n, states = conflict.utility.shape
    above = np.triu(rng.random((n, states, states)) < unknown, 1)
    unsure = above | above.swapaxes(1, 2)
    gain = conflict.utility[:, None, :] > conflict.utility[:, :, None]
    far = gain & ~unsure & (rng.random(gain.shape) < much)
    fields = {name: getattr(conflict, name) for name in Conflict.__dataclass_fields__}
    return Conflict(**{**fields, "unknown": unsure, "much": far})


def _utility(rng: np.random.Generator, n: int, states: int) -> np.ndarray:
    return rng.integers(0, states, (n, states))


def _tables(
    rng: np.random.Generator, rows: list[dict[int, list[int]]], share: float
) -> list[dict[int, list[int]]]:
    """Some of the arcs, never one to the state itself."""
    return [
        {s: [t for t in row if t != s and rng.random() < share] for s, row in table.items()}
        for table in rows
    ]
