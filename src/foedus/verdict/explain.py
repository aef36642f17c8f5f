"""What one quantity does to the answer."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.case import Case, CaseError, Problem, Quantity
from foedus.case.nearest import did_you_mean, quoted
from foedus.ensemble.draws import Table
from foedus.ensemble.engine import engine_of
from foedus.ensemble.run import Progress, at_modes, in_order, run
from foedus.lenses.lens import Interval, Lens
from foedus.verdict.able import NoLensError, able, bears, behind, find, speaker
from foedus.verdict.drawn import FEW
from foedus.verdict.views import HEADLINE


@dataclass(frozen=True)
class Explanation:
    """A quantity, and the answer with it fixed at its low, most likely and high value.

    `as_judged` is the answer with the quantity drawn as the case says. The answer is the headline;
    for a quantity that does not bear on it, the share that the lens of its section reports: `lens`
    says whose figure it is, `measure` whether it is `holds` or `share_holding`.
    """

    path: str
    label: str
    quantity: Quantity
    as_judged: Interval
    at: tuple[tuple[float, Interval], ...]
    draws: int
    seed: int
    lens: str
    measure: str


def find_quantity(case: Case, path: str) -> Quantity:
    """The quantity at a path. Raises CaseError, with the nearest path, when there is none."""
    quantities = case.quantities()
    if path not in quantities:
        hint = did_you_mean(path, quantities)
        message = f"there is no quantity {quoted(path)}{hint}"
        raise CaseError([Problem(case.file, None, path, message)])
    return quantities[path]


def explain(
    case: Case,
    path: str,
    *,
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """What a quantity does to the answer, on shared draws and one calibration."""
    given = case.without_outcome()
    quantity = find_quantity(given, path)
    values = sorted({quantity.low, quantity.mode, quantity.high})
    cases = {"": given} | {str(v): given.with_values({path: v}) for v in values}
    lenses = _asked(given, path)
    table = Table.over(list(cases.values()), seed)
    modes = at_modes(given, lenses)
    with engine_of(workers, cluster).open() as session:
        runs = run(
            cases, lenses, table, table.uniforms(draws), modes, draws, progress=progress,
            session=session,
        )  # fmt: skip

    findings = find(runs[""], lenses)
    lens, measure = path.partition(".")[0], "share_holding"
    if lens not in findings or findings[lens].holds is not None:
        lens, measure = speaker(findings).lens, "holds"

    def told(name: str) -> Interval:
        said = find(runs[name], lenses)[lens]
        interval = said.holds or said.share_holding
        if interval is None:
            raise NoLensError(f"of this case {lens} reports neither a probability nor a share")
        return interval

    return Explanation(
        path,
        given.label(path),
        quantity,
        told(""),
        tuple((float(v), told(str(v))) for v in values),
        draws,
        seed,
        lens,
        measure,
    )


def _asked(case: Case, path: str) -> tuple[Lens, ...]:
    """The lenses whose answer a quantity bears on: the headline's, or else its own section's."""
    lenses = {lens.name: lens for lens in able(case)[0]}
    section = path.partition(".")[0]
    told = HEADLINE if bears(path, HEADLINE, case) else section
    if told not in lenses:
        return tuple(lenses.values())
    return in_order({name: lenses[name] for name in behind(told, case)}, case)
