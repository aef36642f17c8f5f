"""Running lenses over draws, for one case or several on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.ensemble.draws import Floats, Table
from foedus.ensemble.engine import BATCH as BATCH
from foedus.ensemble.engine import Batch, Context, Outcomes, Session, ThreadSession, Work
from foedus.ensemble.warming import compiling
from foedus.lenses.lens import Draws, Lens, Outcome

Progress = Callable[[int, int], None]
"""Told how many draws are done, and of how many."""
STOPPED = "stopped"
"""Why draws are missing that were called off."""


@dataclass(frozen=True)
class Lost:
    """Draws that were not computed, from the first up to, not including, the last, and why."""

    first: int
    last: int
    why: str

    def __str__(self) -> str:
        return f"draws {self.first} to {self.last - 1} are missing: {self.why}"


@dataclass(frozen=True, eq=False)
class Run:
    """One case's draws through all lenses; those `lost` are not among them."""

    case: Case
    draws: Draws
    outcomes: Outcomes
    lost: tuple[Lost, ...] = ()


class Interrupted(KeyboardInterrupt):
    """A run was stopped; `runs` hold the draws that were finished by then.

    A comparison of which nothing was finished is not among them.
    """

    def __init__(self, runs: Mapping[str, Run]) -> None:
        super().__init__("stopped")
        self.runs = runs


class AllLostError(Exception):
    """Not one draw of a case could be computed; says why."""

    bad_input = True


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


def run(
    cases: Mapping[str, Case],
    lenses: Sequence[Lens],
    table: Table,
    uniforms: Floats,
    modes: Outcomes,
    few: int,
    workers: int = 1,
    earlier: Mapping[str, Run] | None = None,
    progress: Progress | None = None,
    session: Session | None = None,
) -> dict[str, Run]:
    """Run lenses over a table's draws for every case.

    The first case gets all draws, the others the first `few`, on the same uniform numbers. With the
    runs of an `earlier`, smaller number only the draws added since are computed. The answer is the
    same for any number of `workers` (threads) and for any other `session`. What a lens raises is
    raised here, after the other batches have been called off. Raises Interrupted, with what is
    finished, when it is stopped, and AllLostError when no batch could be computed.
    """
    main = next(iter(cases))
    done = _asked(earlier[main]) if earlier else 0
    whole = {
        name: table.draws(case, uniforms if name == main else uniforms[:few])
        for name, case in cases.items()
    }
    work = Work(Context(cases, lenses, modes), whole, done, uniforms.shape[0], few)
    return _computed(work, session or ThreadSession(max(workers, 1)), earlier, progress)


def run_draws(
    cases: Mapping[str, Case],
    draws: Mapping[str, Draws],
    lenses: Sequence[Lens],
    modes: Outcomes,
    session: Session,
    progress: Progress | None = None,
) -> dict[str, Run]:
    """Run lenses over draws of one's own, numbered from 0 on, as many for each case.

    The first case's outcome on a draw is where the others' begin. Raises what `run` raises.
    """
    size = next(iter(draws.values())).size
    work = Work(Context(cases, lenses, modes), draws, 0, size, size)
    return _computed(work, session, None, progress)


def _computed(
    work: Work,
    session: Session,
    earlier: Mapping[str, Run] | None,
    progress: Progress | None,
) -> dict[str, Run]:
    """Every case's run, from batches as they finish."""
    cases = work.context.cases
    main = next(iter(cases))
    batches: list[Batch] = []
    done = work.first
    stopped: KeyboardInterrupt | None = None
    with closing(session.batches(work)) as coming:
        try:
            for batch in coming:
                batches.append(batch)
                done += batch.last - batch.first
                if progress:
                    progress(done, work.last)
        except KeyboardInterrupt as error:
            stopped = error
    batches.sort(key=lambda batch: batch.first)
    found = {name: _joined(name, work, batches, earlier) for name in cases}
    runs = {name: one for name, one in found.items() if one is not None}
    if stopped is not None:
        if main not in runs:
            raise stopped
        raise Interrupted(runs) from stopped
    if len(runs) < len(cases):
        raise AllLostError("; ".join(str(one) for one in _missing(work, batches)))
    return runs


def _asked(run: Run) -> int:
    """How many draws a run was asked for."""
    return run.draws.size + sum(one.last - one.first for one in run.lost)


def _missing(work: Work, batches: Sequence[Batch]) -> list[Lost]:
    """Draws without an outcome, from batches in order; those that never came were called off."""
    out, place = [], work.first
    for batch in batches:
        if place < batch.first:
            out.append(Lost(place, batch.first, STOPPED))
        if batch.lost:
            out.append(Lost(batch.first, batch.last, batch.lost))
        place = batch.last
    return [*out, Lost(place, work.last, STOPPED)] if place < work.last else out


def _joined(
    name: str, work: Work, batches: Sequence[Batch], earlier: Mapping[str, Run] | None
) -> Run | None:
    """One case's run over the batches that are finished; None if there is nothing."""
    mine = [batch for batch in batches if name in batch.outcomes]
    parts = [batch.outcomes[name] for batch in mine]
    rows = [np.arange(batch.first, batch.last) for batch in mine]
    size = work.draws[name].size
    lost = [
        Lost(one.first, min(one.last, size), one.why)
        for one in _missing(work, batches)
        if one.first < size
    ]
    before = earlier.get(name) if earlier else None
    if before is not None:
        parts.insert(0, before.outcomes)
        rows.insert(0, before.draws.index)
        lost = [*before.lost, *lost]
    if not parts:
        return None
    index = np.concatenate(rows)
    draws = work.draws[name]
    weights = np.full(index.size, 1.0 / index.size)
    lenses = [lens.name for lens in work.context.lenses]
    return Run(
        work.context.cases[name],
        Draws(draws.paths, draws.table[index], index, weights),
        {lens: Outcome.join([part[lens] for part in parts]) for lens in lenses},
        tuple(lost),
    )
