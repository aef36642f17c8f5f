"""Running lenses over draws, for one case or several on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

import numpy as np

from foedus.case import Case
from foedus.ensemble.draws import Floats, Table
from foedus.ensemble.warming import compiling
from foedus.lenses.lens import Draws, Lens, Outcome

BATCH = 16
"""Draws a worker takes at a time. Results do not depend on it, nor on the number of workers."""

Outcomes = Mapping[str, Outcome]
Progress = Callable[[int, int], None]
"""Told how many draws are done, and of how many."""


@dataclass(frozen=True, eq=False)
class Run:
    """One case's draws through all lenses."""

    case: Case
    draws: Draws
    outcomes: Outcomes


def in_order(lenses: Mapping[str, Lens], *cases: Case) -> tuple[Lens, ...]:
    """The lenses in an order in which each comes after those it needs for any of the cases.

    Raises ValueError when lenses need each other, or one that is left out.
    """
    needs = {
        name: {need for case in cases for need in lens.needs(case)} for name, lens in lenses.items()
    }
    done: dict[str, Lens] = {}
    waiting = dict(lenses)
    while waiting:
        ready = [name for name in waiting if needs[name] <= done.keys()]
        if not ready:
            raise ValueError(f"lenses need each other or one that is left out: {sorted(waiting)}")
        for name in ready:
            done[name] = waiting.pop(name)
    return tuple(done.values())


def at_modes(case: Case, lenses: Sequence[Lens], reference: Outcomes | None = None) -> Outcomes:
    """Every lens at the case's most likely values, as the start of its draws.

    `reference` are the outcomes of the case that this one is compared with, whose calibration holds
    for both.
    """
    draws = Draws.at_modes(case)
    out: dict[str, Outcome] = {}
    with compiling(case, lenses) as wait:
        for lens in lenses:
            start = reference.get(lens.name) if reference else None
            wait(lens.name)
            out[lens.name] = lens.run(case, draws, out, start)
    return out


def _batch(
    cases: Mapping[str, Case],
    lenses: Sequence[Lens],
    draws: Mapping[str, Draws],
    modes: Outcomes,
) -> dict[str, Outcomes]:
    """One batch of draws through all cases; the first case's outcomes start the others'."""
    out: dict[str, Outcomes] = {}
    start = modes
    for name, case in cases.items():
        mine: dict[str, Outcome] = {}
        for lens in lenses:
            mine[lens.name] = lens.run(case, draws[name], mine, start[lens.name])
        out[name] = mine
        if start is modes:
            start = mine
    return out


def run(
    cases: Mapping[str, Case],
    lenses: Sequence[Lens],
    table: Table,
    uniforms: Floats,
    modes: Outcomes,
    few: int,
    workers: int,
    earlier: Mapping[str, Run] | None = None,
    progress: Progress | None = None,
) -> dict[str, Run]:
    """Run lenses over a table's draws for every case.

    The first case gets all draws, the others the first `few`, on the same uniform numbers. With the
    runs of an `earlier`, smaller number only the draws added since are computed. The answer is the
    same for any number of workers. What a lens raises is raised here, after the other batches have
    been called off.
    """
    total = uniforms.shape[0]
    done = next(iter(earlier.values())).draws.size if earlier else 0
    whole = {name: table.draws(case, uniforms) for name, case in cases.items()}
    main = next(iter(cases))

    def jobs() -> Iterator[tuple[int, int, dict[str, Case]]]:
        for first in range(done, total, BATCH):
            last = min(first + BATCH, total)
            yield first, last, {n: c for n, c in cases.items() if n == main or last <= few}

    parts: dict[int, dict[str, Outcomes]] = {}
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        pending: dict[Future[dict[str, Outcomes]], tuple[int, int]] = {}
        for first, last, here in jobs():
            draws = {name: whole[name].part(first, last) for name in here}
            pending[pool.submit(_batch, here, lenses, draws, modes)] = (first, last)
        finished = done
        try:
            while pending:
                ready, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in ready:
                    first, last = pending.pop(future)
                    parts[first] = future.result()
                    finished += last - first
                    if progress:
                        progress(finished, total)
        except BaseException:
            for future in pending:
                future.cancel()
            raise
    out = {}
    for name, case in cases.items():
        pieces = [parts[first][name] for first in sorted(parts) if name in parts[first]]
        if earlier:
            pieces.insert(0, earlier[name].outcomes)
        outcomes = {lens.name: Outcome.join([p[lens.name] for p in pieces]) for lens in lenses}
        size = total if name == main else min(few, total)
        mine = whole[name].part(0, size)
        out[name] = Run(case, replace(mine, weights=np.full(size, 1.0 / size)), outcomes)
    return out
