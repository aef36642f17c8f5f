"""From a case to an answer: draws, lenses, and the findings side by side."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus import __version__
from foedus.case import Case
from foedus.ensemble.draws import SCRAMBLINGS, Floats, Table
from foedus.ensemble.run import Outcomes, Progress, Run, at_modes, in_order, run
from foedus.lenses.lens import Draws, Finding, Interval, Lens, Outcome
from foedus.lenses.table import LENSES
from foedus.verdict.assumptions import AssumptionCheck, check_assumptions
from foedus.verdict.drivers import Driver, drivers
from foedus.verdict.show import as_dict, as_html
from foedus.verdict.words import words

if TYPE_CHECKING:
    from pandas import DataFrame

HEADLINE = "endurance"
"""The lens whose probability is the headline, if it can look at the case."""
FEW = 128
"""Draws that scenarios and other comparisons share with the main case."""
START, CAP = 512, 8192
"""Where `auto` begins and ends."""
TRIAL = 2
"""Draws taken on trial to estimate how long all will take."""
STABLE = 0.01
"""Sampling error at which `auto` stops."""


class TooLongError(Exception):
    """The analysis would take longer than allowed; `seconds` is the estimate."""

    bad_input = True

    def __init__(self, seconds: float) -> None:
        super().__init__(f"this would take about {seconds / 60:.0f} minutes")
        self.seconds = seconds


class NoLensError(Exception):
    """No lens that speaks of the pact's survival can look at the case; says what they miss."""

    bad_input = True


@dataclass(frozen=True)
class Scenario:
    """The answer for a variant of the case, beside the main one on the same draws.

    `shares` are what lenses report that give a share and no probability. `change` is the mean
    difference of the probability, draw by draw, `change_error` its sampling error (one standard
    error).
    """

    id: str
    says: str
    note: str | None
    because: tuple[str, ...]
    values: Mapping[str, Any]
    holds: Interval
    change: float
    change_error: float
    headline: str
    first_leaver: Mapping[str, float]
    shares: Mapping[str, Interval]


@dataclass(frozen=True, eq=False)
class Analysis:
    """The answer to a case's question, with what it rests on.

    `holds` is the probability that the pact holds to the horizon: endurance anchored on the base
    rate, its mean over draws with the 5 % and 95 % points. `sampling_error` are one standard error
    of value, low and high, from independent scramblings of the draws.
    """

    case: Case
    draws: Draws
    seed: int
    version: str
    options: Mapping[str, Any]
    findings: Mapping[str, Finding]
    missing: Mapping[str, tuple[str, ...]]
    holds: Interval
    sampling_error: Interval
    drivers: tuple[Driver, ...]
    assumptions: tuple[AssumptionCheck, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def words(self) -> str:
        """The probability in ICD 203 words."""
        return words(self.holds.value)

    @property
    def range_words(self) -> str:
        """The interval in ICD 203 words."""
        low, high = words(self.holds.low), words(self.holds.high)
        return low if low == high else f"{low} to {high}"

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus analyze --json`."""
        return as_dict(self)

    def to_frame(self) -> DataFrame:
        """One row a draw: every quantity and every lens's columns. Needs pandas."""
        import pandas as pd

        table: dict[str, Floats] = {path: self.draws[path] for path in self.draws}
        for lens, finding in self.findings.items():
            table |= {f"{lens}.{name}": column for name, column in finding.columns.items()}
        return pd.DataFrame(table, index=pd.Index(self.draws.index, name="draw"))

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
    workers: int | None = None,
    progress: Progress | None = None,
    limit: float | None = None,
) -> Analysis:
    """Answer the case's question.

    `draws` is a power of two from 8, or "auto": doubled from 512 until the sampling error of value,
    low and high is under 0.01, to 8192 at most. `scenario` and `set_values` (path to value) change
    the case; the case as it stands is then one of the comparisons, and lends its calibration, if it
    is complete.
    With a `limit` in seconds, TooLongError is raised before anything that is likely to take longer.
    The same case, seed and version give the same answer for any number of `workers` (default: one
    a processor). Raises CaseError for values that do not fit, NoLensError when no lens can answer,
    and ValueError for a number of draws or a lens there is not.
    """
    given = case.without_outcome()
    main = given.scenario(scenario) if scenario else given
    main = main.with_values(set_values) if set_values else main
    main = main.without_outcome()
    changed = main is not given
    chosen, missing = able(main, lenses)
    comparable = changed and not any(lacking(lens, given) for lens in chosen)
    cases = {"": main}
    if comparable:
        cases["as-in-the-file"] = given
    if compare_scenarios:
        for name in given.scenarios:
            if name != scenario:
                other = given.scenario(name)
                other = other.with_values(set_values) if set_values else other
                cases[name] = other.without_outcome()
    for name, case in cases.items():
        check_able(case, chosen, name)
    reference = at_modes(given, chosen) if comparable else None
    table = Table.over(list(cases.values()), seed)
    runs = _draw(
        cases, chosen, table, draws, workers or os.cpu_count() or 1, reference, progress, limit
    )
    return _verdict(
        runs,
        chosen,
        missing,
        seed,
        {"draws": draws, "scenario": scenario, "set": dict(set_values or {})},
        given,
    )


def able(
    case: Case, names: Iterable[str] | None = None
) -> tuple[tuple[Lens, ...], dict[str, tuple[str, ...]]]:
    """The lenses (all, or those named) that can look at the case, and what the others miss.

    With them come those whose outcome they need. Raises NoLensError when none can look.
    """
    wanted = list(LENSES) if names is None else list(dict.fromkeys(names))
    for name in wanted:
        if name not in LENSES:
            raise ValueError(f"there is no lens {name!r}; there are: {', '.join(LENSES)}")
    missing = {name: lacking(LENSES[name], case) for name in wanted}
    ready = [name for name in wanted if not missing[name]]
    if not ready:
        lacks = "; ".join(f"{name} still needs {', '.join(what)}" for name, what in missing.items())
        raise NoLensError(lacks or "no lens was asked")
    chosen = set().union(*(behind(name, case) for name in ready))
    found = in_order({name: lens for name, lens in LENSES.items() if name in chosen}, case)
    return found, {name: what for name, what in missing.items() if what}


def lacking(lens: Lens, case: Case) -> tuple[str, ...]:
    """What a case must still say before a lens, and those whose outcome it needs, can look."""
    return lens.missing(case) or tuple(
        what for need in lens.needs(case) for what in lacking(LENSES[need], case)
    )


def check_able(case: Case, lenses: tuple[Lens, ...], name: str) -> None:
    """See that lenses can look at a case that is to be compared. Raises NoLensError if not."""
    there = {lens.name for lens in lenses}
    for lens in lenses:
        if lacks := lacking(lens, case):
            raise NoLensError(f"{name}: {lens.name} still needs {', '.join(lacks)}")
        if absent := set(lens.needs(case)) - there:
            raise NoLensError(f"{name}: {lens.name} needs {', '.join(absent)}, which cannot look")


def usable(*cases: Case) -> tuple[Lens, ...]:
    """The lenses that can look at every one of some cases, each after those it needs."""
    fit = {
        name: lens
        for name, lens in LENSES.items()
        if not any(lacking(lens, case) for case in cases)
    }
    for case in cases:  # what one case needs another may lack
        fit = {name: lens for name, lens in fit.items() if set(lens.needs(case)) <= fit.keys()}
    return in_order(fit, *cases)


def _draw(
    cases: Mapping[str, Case],
    lenses: tuple[Lens, ...],
    table: Table,
    draws: int | str,
    workers: int,
    reference: Outcomes | None,
    progress: Progress | None,
    limit: float | None,
) -> dict[str, Run]:
    """Run all cases, doubling the draws until the answer is stable if asked to."""
    modes = at_modes(cases[""], lenses, reference)
    automatic = draws == "auto"
    size = START if automatic else int(draws)
    runs = None
    each = _seconds(cases[""], lenses, table, modes) if limit is not None else 0.0
    while True:
        solves = size + min(FEW, size) * (len(cases) - 1)
        if limit is not None and each * solves / workers > limit:
            raise TooLongError(each * solves / workers)
        runs = run(
            cases, lenses, table, table.uniforms(size), modes, min(FEW, size),
            workers, runs, progress,
        )  # fmt: skip
        if not automatic or size >= CAP:
            return runs
        findings = find(runs[""], lenses)
        spoken = speaker(findings)
        error = sampling_error(spoken.columns["holds"], spoken.weights)
        if max(error.value, error.low, error.high) < STABLE:
            return runs
        size *= 2


def _seconds(case: Case, lenses: tuple[Lens, ...], table: Table, modes: Outcomes) -> float:
    """How long one draw takes, from a few taken on trial."""
    draws = table.draws(case, table.uniforms(SCRAMBLINGS)[:TRIAL])
    start = time.perf_counter()
    inputs: dict[str, Outcome] = {}
    for lens in lenses:
        inputs[lens.name] = lens.run(case, draws, inputs, modes[lens.name])
    return (time.perf_counter() - start) / TRIAL


def find(run: Run, lenses: Iterable[Lens]) -> dict[str, Finding]:
    """What every lens says of a run."""
    return {lens.name: lens.find(run.case, run.draws, run.outcomes[lens.name]) for lens in lenses}


def speaker(findings: Mapping[str, Finding]) -> Finding:
    """The finding whose probability is the headline: endurance, else the first that has one."""
    speaking = [f for f in findings.values() if f.holds is not None]
    if not speaking:
        raise NoLensError("none of the lenses asked speaks of the pact's survival")
    return findings.get(HEADLINE, speaking[0])


def bears(path: str, spoken: str, lenses: Iterable[Lens], case: Case) -> bool:
    """Whether a quantity bears on what a lens says: not if it stands in another lens's section."""
    section = path.partition(".")[0]
    return section in behind(spoken, case) or section not in {lens.name for lens in lenses}


def behind(name: str, case: Case) -> set[str]:
    """A lens and all whose outcomes it needs for a case."""
    return {name}.union(*(behind(need, case) for need in LENSES[name].needs(case)))


def sampling_error(values: Floats, weights: Floats) -> Interval:
    """One standard error of mean, 5 % and 95 % point, from the draws' independent scramblings."""
    if values.size < 4 * SCRAMBLINGS:
        return Interval(float("nan"), float("nan"), float("nan"))
    apart = [
        Interval.over(values[k::SCRAMBLINGS], weights[k::SCRAMBLINGS]) for k in range(SCRAMBLINGS)
    ]
    table = np.array([[part.value, part.low, part.high] for part in apart])
    return Interval(*(table.std(axis=0, ddof=1) / np.sqrt(SCRAMBLINGS)).tolist())


def _verdict(
    runs: Mapping[str, Run],
    lenses: tuple[Lens, ...],
    missing: Mapping[str, tuple[str, ...]],
    seed: int,
    options: Mapping[str, Any],
    given: Case,
) -> Analysis:
    main = runs[""]
    findings = find(main, lenses)
    spoken = speaker(findings)
    holds, weights = spoken.columns["holds"], spoken.weights
    assert spoken.holds is not None
    paths = [path for path in main.draws if bears(path, spoken.lens, lenses, main.case)]
    labels = {path: main.case.label(path) for path in paths}
    return Analysis(
        case=main.case,
        draws=main.draws,
        seed=seed,
        version=__version__,
        options=options,
        findings=findings,
        missing=missing,
        holds=spoken.holds,
        sampling_error=sampling_error(holds, weights),
        drivers=tuple(drivers(main.draws, holds, weights, labels)),
        assumptions=tuple(check_assumptions(main.case, main.draws, holds, weights, findings)),
        scenarios=tuple(
            _scenario(name, runs[name], spoken, lenses, given) for name in runs if name
        ),
    )


def _scenario(
    name: str, run: Run, main: Finding, lenses: tuple[Lens, ...], given: Case
) -> Scenario:
    findings = find(run, lenses)
    spoken = speaker(findings)
    assert spoken.holds is not None
    size = run.draws.size
    both = np.minimum(spoken.weights, main.weights[:size])
    difference = spoken.columns["holds"] - main.columns["holds"][:size]
    told = given.scenarios.get(name)
    return Scenario(
        name,
        (told.says if told and told.says else None) or name.replace("-", " "),
        told.note if told else None,
        told.because if told else (),
        dict(told.values) if told else {},
        spoken.holds,
        float(np.average(difference, weights=both)),
        sampling_error(difference, both).value,
        spoken.headline,
        spoken.data.get("first_leaver", {}),
        {name: f.share_holding for name, f in findings.items() if f.share_holding is not None},
    )
