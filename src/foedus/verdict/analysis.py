"""From a case to an answer: draws, lenses, and the findings side by side."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from foedus import __version__
from foedus.case import Case
from foedus.ensemble.draws import Floats, Table
from foedus.ensemble.engine import Outcomes, Session, engine_of
from foedus.ensemble.run import Progress, Run, at_modes
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Draws, Finding, Interval, Lens
from foedus.verdict import evidence as pieces
from foedus.verdict.able import able, bears, check_able, find, lacking, speaker
from foedus.verdict.again import again
from foedus.verdict.assumptions import AssumptionCheck, check_assumptions, unchecked
from foedus.verdict.conditions import Breaking, breaking
from foedus.verdict.drawn import CAP, STABLE, Amount, draw
from foedus.verdict.drivers import Driver, drivers
from foedus.verdict.indicators import Watched, watch
from foedus.verdict.influence import Influences, influences
from foedus.verdict.pooling import Pooled, pooled
from foedus.verdict.scenarios import Scenario, scenario_of
from foedus.verdict.show import as_dict, as_html
from foedus.verdict.views import ARGUMENT, Pair, View, pairs, views
from foedus.verdict.words import words

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, eq=False)
class Analysis:
    """The answer to a case's question, with what it rests on.

    `holds` is the probability that the pact holds to the horizon: endurance anchored on the base
    rate, its mean over draws with the 5 % and 95 % points. `sampling_error` are one standard error
    of value, low and high, from independent scramblings of the draws. `given` is the case before
    options changed it. `evidence` is None unless it was asked for. `lost` names draws that are
    missing; `stopped` says that somebody called the rest off.
    """

    case: Case
    given: Case
    draws: Draws
    uniforms: Floats = field(repr=False)
    seed: int
    version: str
    options: Mapping[str, Any]
    findings: Mapping[str, Finding]
    missing: Mapping[str, tuple[str, ...]]
    holds: Interval
    sampling_error: Interval
    drivers: tuple[Driver, ...]
    assumptions: tuple[AssumptionCheck, ...]
    unchecked: Mapping[str, str]
    indicators: tuple[Watched, ...]
    views: tuple[View, ...]
    pairs: tuple[Pair, ...]
    pooled: Pooled | None
    evidence: tuple[pieces.Weighed, ...] | None
    scenarios: tuple[Scenario, ...]
    lost: tuple[str, ...]
    stopped: bool

    @property
    def words(self) -> str:
        """The probability in ICD 203 words."""
        return words(self.holds.value)

    @property
    def range_words(self) -> str:
        """The interval in ICD 203 words."""
        low, high = words(self.holds.low), words(self.holds.high)
        return low if low == high else f"{low} to {high}"

    @cached_property
    def influences(self) -> Influences:
        """Which uncertain quantities drive the answer, computed when first asked for."""
        spoken = self.spoken
        return influences(
            self.case, self.draws, self.uniforms, spoken.columns["holds"], spoken.weights,
            self.bears, self.seed,
        )  # fmt: skip

    @cached_property
    def breaking(self) -> Breaking:
        """Under which conditions the pact breaks, computed when first asked for."""
        spoken = self.spoken
        return breaking(
            self.case, self.draws, spoken.columns["holds"], spoken.weights, self.bears, self.seed
        )

    @property
    def spoken(self) -> Finding:
        """The finding whose probability is the headline."""
        return speaker(self.findings)

    def bears(self, path: str) -> bool:
        """Whether a quantity bears on the headline."""
        return bears(path, self.spoken.lens, self.case)

    @property
    def beside(self) -> Mapping[str, Floats]:
        """What the verdict itself knows of each draw, by name: `(draws,)` each."""
        return {"pooled": self.pooled.column} if self.pooled is not None else {}

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus analyze --json`."""
        return as_dict(self)

    def to_frame(self) -> DataFrame:
        """One row a draw: every quantity and every lens's columns. Needs pandas."""
        import pandas as pd

        from foedus.verdict.saving.tidy import DRAW, columns

        return pd.DataFrame(columns(self)).set_index(DRAW)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write all of it to one file, from which it can be read and run again.

        Raises SavedRunError for what could not be read again, and OSError as the system does.
        """
        from foedus.verdict.saving.saved import save

        save(self, path)

    def _repr_html_(self) -> str:
        return as_html(self)


def analyze(
    case: Case,
    *,
    draws: int | str = 512,
    seed: int = 1,
    set_values: Mapping[str, Any] | None = None,
    scenario: str | None = None,
    lenses: Iterable[str] | None = None,
    compare_scenarios: bool = True,
    evidence: bool = False,
    tolerance: float = STABLE,
    most: int = CAP,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    limit: float | None = None,
) -> Analysis:
    """Answer the case's question.

    `draws` is a power of two from 8, or "auto": doubled from 512 until the sampling error of value,
    low and high is under `tolerance`, to `most` at the most. `scenario` and `set_values` (path to
    value) change the case; the case as it stands is then one of the comparisons, and lends its
    calibration, if it is complete. With `evidence` it is told what the answer would be without each
    piece of evidence, which takes up to twice as long again.
    With a `limit` in seconds, TooLongError is raised before anything that is likely to take longer.
    The same case, seed and version give the same answer for any number of `workers` (threads,
    default one a processor) and on any `cluster` (see `foedus.ensemble.engine.engine_of`). Stopped
    by KeyboardInterrupt, it answers from the draws that are finished, and says so. Raises CaseError
    for values that do not fit, NoLensError when no lens can answer, and ValueError for a number of
    draws or a lens there is not.
    """
    asked = None if lenses is None else list(lenses)
    given = case.without_outcome()
    main = given.scenario(scenario) if scenario else given
    main = main.with_values(set_values) if set_values else main
    main = main.without_outcome()
    chosen, missing = able(main, asked)
    comparable = main is not given and not any(lacking(lens, given) for lens in chosen)
    cases = {"": main}
    if comparable:
        cases["as-in-the-file"] = given
    if compare_scenarios:
        for name in given.scenarios:
            if name != scenario:
                other = given.scenario(name)
                other = other.with_values(set_values) if set_values else other
                cases[name] = other.without_outcome()
    for name, one in cases.items():
        check_able(one, chosen, name)
    reference = at_modes(given, chosen) if comparable else None
    modes = at_modes(main, chosen, reference)
    table = Table.over(list(cases.values()), seed)
    options = {
        "draws": draws, "scenario": scenario, "set": dict(set_values or {}), "lenses": asked,
        "compare_scenarios": compare_scenarios, "tolerance": tolerance, "most": most,
        "evidence": evidence,
    }  # fmt: skip
    with engine_of(workers, cluster).open() as session:
        amount = Amount(draws, tolerance, most)
        runs, stopped = draw(cases, chosen, table, amount, modes, session, progress, limit)
        answer = _verdict(runs, chosen, missing, table, options, given, stopped)
        if not evidence or stopped:
            return answer
        return _with_evidence(answer, chosen, modes, session, progress)


def _verdict(
    runs: Mapping[str, Run],
    lenses: tuple[Lens, ...],
    missing: Mapping[str, tuple[str, ...]],
    table: Table,
    options: Mapping[str, Any],
    given: Case,
    stopped: bool,
) -> Analysis:
    main = runs[""]
    findings = find(main, lenses)
    spoken = speaker(findings)
    holds, weights = spoken.columns["holds"], spoken.weights
    assert spoken.holds is not None

    def matters(path: str) -> bool:
        return bears(path, spoken.lens, main.case)

    checks = check_assumptions(main.case, main.draws, holds, weights, findings, matters)
    seen = views(main.case, findings, weights)
    labels = {path: main.case.label(path) for path in main.draws if matters(path)}
    return Analysis(
        case=main.case,
        given=given,
        draws=main.draws,
        uniforms=table.of(main.draws),
        seed=table.seed,
        version=__version__,
        options=options,
        findings=findings,
        missing=missing,
        holds=spoken.holds,
        sampling_error=sampling_error(holds, weights),
        drivers=tuple(drivers(main.draws, holds, weights, labels)),
        assumptions=tuple(checks),
        unchecked=unchecked(main.case, main.draws, findings, matters),
        indicators=watch(main.case, checks),
        views=seen,
        pairs=pairs(seen, weights),
        pooled=pooled(main.case, findings, seen, weights),
        evidence=None,
        scenarios=tuple(
            scenario_of(name, run, spoken, lenses, given) for name, run in runs.items() if name
        ),
        lost=tuple(str(one) for one in main.lost),
        stopped=stopped,
    )


def _with_evidence(
    answer: Analysis,
    lenses: tuple[Lens, ...],
    modes: Outcomes,
    session: Session,
    progress: Progress | None,
) -> Analysis:
    """The answer, with what hangs on each piece of evidence; without it if that is stopped."""
    spoken = answer.spoken
    if spoken.lens == ARGUMENT:  # evidence speaks there by its cells: its linchpins tell
        return replace(answer, evidence=())

    def evaluate(few: Draws, others: Mapping[str, Draws]) -> dict[str, tuple[Floats, Floats]]:
        return again(answer.case, few, others, spoken.lens, lenses, modes, session, progress)

    try:
        found = pieces.weigh(
            answer.case, answer.draws, answer.uniforms, spoken.columns["holds"], spoken.weights,
            answer.bears, evaluate,
        )  # fmt: skip
    except KeyboardInterrupt:
        return replace(answer, stopped=True)
    except Exception as error:
        if not getattr(error, "bad_input", False):
            raise
        lost = f"what hangs on each piece of evidence cannot be told: {error}"
        return replace(answer, lost=(*answer.lost, lost))
    return replace(answer, evidence=found)
