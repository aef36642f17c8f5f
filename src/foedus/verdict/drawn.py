"""Making the draws: as many as asked, or doubled until the answer is stable, or until stopped."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.case import Case
from foedus.ensemble.draws import SCRAMBLINGS, Table
from foedus.ensemble.engine import Outcomes, Session
from foedus.ensemble.run import Interrupted, Progress, Run, run
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Lens, Outcome
from foedus.verdict.able import find, speaker

FEW = 128
"""Draws that scenarios and other comparisons share with the main case."""
START, CAP = 512, 8192
"""Where `auto` begins, and where it ends unless told otherwise."""
STABLE = 0.01
"""Sampling error at which `auto` stops unless told otherwise."""
TRIAL = 2
"""Draws taken on trial to estimate how long all will take."""


class TooLongError(Exception):
    """The analysis would take longer than allowed; `seconds` is the estimate."""

    bad_input = True

    def __init__(self, seconds: float) -> None:
        super().__init__(f"this would take about {seconds / 60:.0f} minutes")
        self.seconds = seconds


@dataclass(frozen=True)
class Amount:
    """How many draws are asked for.

    `draws` is their number, or "auto": doubled from 512 until the sampling error of value, low and
    high is under `tolerance`, to `most` draws.
    """

    draws: int | str = 512
    tolerance: float = STABLE
    most: int = CAP

    @property
    def automatic(self) -> bool:
        """Whether the number is found on the way."""
        return self.draws == "auto"

    @property
    def first(self) -> int:
        """How many to begin with."""
        return min(START, self.most) if self.automatic else int(self.draws)


def draw(
    cases: Mapping[str, Case],
    lenses: tuple[Lens, ...],
    table: Table,
    amount: Amount,
    modes: Outcomes,
    session: Session,
    progress: Progress | None = None,
    limit: float | None = None,
) -> tuple[dict[str, Run], bool]:
    """The runs of all cases, the first one's first, and whether they were stopped before the end.

    Raises TooLongError before anything that would take longer than `limit` seconds, and
    KeyboardInterrupt when stopped before anything was finished.
    """
    main = next(iter(cases.values()))
    size, runs = amount.first, None
    each = _seconds(main, lenses, table, modes) if limit is not None else 0.0
    while True:
        few = min(FEW, size)
        solves = size + few * (len(cases) - 1)
        if limit is not None and each * solves / session.workers > limit:
            raise TooLongError(each * solves / session.workers)
        try:
            runs = run(
                cases, lenses, table, table.uniforms(size), modes, few,
                earlier=runs, progress=progress, session=session,
            )  # fmt: skip
        except Interrupted as stopped:
            return dict(stopped.runs), True
        if not amount.automatic or 2 * size > amount.most:
            return runs, False
        spoken = speaker(find(next(iter(runs.values())), lenses))
        error = sampling_error(spoken.columns["holds"], spoken.weights)
        if max(error.value, error.low, error.high) < amount.tolerance:
            return runs, False
        size *= 2


def _seconds(case: Case, lenses: tuple[Lens, ...], table: Table, modes: Outcomes) -> float:
    """How long one draw takes, from a few taken on trial."""
    draws = table.draws(case, table.uniforms(SCRAMBLINGS)[:TRIAL])
    start = time.perf_counter()
    inputs: dict[str, Outcome] = {}
    for lens in lenses:
        inputs[lens.name] = lens.run(case, draws, inputs, modes[lens.name])
    return (time.perf_counter() - start) / TRIAL
