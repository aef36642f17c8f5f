"""How good forecasts were, on one screen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.markup import escape

from foedus.cli.printing import print_columns, say
from foedus.record.scoring.bootstrap import RESAMPLES

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.record.scoring.bootstrap import Span
    from foedus.record.scoring.cases import CasesScore, Told
    from foedus.record.scoring.score import Score
    from foedus.record.scoring.standing import Comparison, Extent, Marks

BASELINES = {
    "history": "the rate of all years known",
    "last20": "that of the last 20 years known",
    "age": "the hazard by age",
}

SAME = 5e-4
"""Skill that is printed as 0."""


def show(score: Score, out: Console, table: bool) -> None:
    """Print the scores, the skill against every baseline, and what that comes to."""
    out.print(f"[bold]{escape(score.task.asks)}[/bold]")
    say(out, _asked(score))
    if score.overlap:
        say(
            out,
            "The test begins before the training ends: these scores flatter, and are no forecasts.",
            "bold",
        )
    out.print()
    _scores(score.comparison, out)
    out.print()
    say(out, "; ".join(f"{name}: {says}" for name, says in BASELINES.items()), "dim")
    say(
        out,
        "Log score: mean −ln of the chance given to what happened, lower is better. Skill: the"
        " share of a baseline's log score that is saved; in a model's row against the best"
        f" baseline, {score.comparison.model.against}, in a baseline's row that of"
        f" {score.comparison.model.name} against it. 90 % intervals from {RESAMPLES:,} resamples"
        f" of {score.task.clusters}.",
        "dim",
    )
    out.print()
    say(out, conclusion(score.comparison))
    if score.eras:
        out.print()
        _eras(score, out)
    if table:
        out.print()
        _table(score, out)


def conclusion(comparison: Comparison) -> str:
    """What the scores come to, no more than they can carry."""
    model = comparison.model
    skill, against = model.skill, model.against
    if skill.value is None:
        if not math.isfinite(model.marks.log_score):
            return f"{model.name} called something impossible that happened: no score is worse."
        return "Too little happened to tell whether the model is better than its baselines."
    if skill.low is None or skill.high is None:
        return "All rows belong together, so that nothing says how sure the skill is."
    saved = f"{_signed(skill.value)} % of its log score"
    if skill.low > 0.0:
        return f"{model.name} is better than the best baseline, {against}: {saved} saved."
    if skill.high < 0.0:
        return f"{model.name} is worse than the best baseline, {against}: {saved} saved."
    if abs(skill.value) < SAME:
        return f"{model.name} did as well as the best baseline, {against}, and no better."
    better = "better" if skill.value > 0.0 else "worse"
    return (
        f"{model.name} did {better} than the best baseline, {against} ({saved} saved), but not by"
        " more than chance might: the interval has 0 in it."
    )


def _asked(score: Score) -> str:
    unit = score.task.clusters
    model = score.comparison.model.name
    test = _extent(score.test, unit)
    if score.rolling:
        return f"{score.task.name}: {model}, every year asked of the years before it. {test}"
    return (
        f"{score.task.name}: {model}. Fitted on {_extent(score.train, unit)}. Asked of {test}"
    )  # fmt: skip


def _extent(extent: Extent, clusters: str) -> str:
    first, last = extent.years
    years = str(first) if first == last else f"{first}–{last}"
    return f"{years}: {extent.n:,} rows, {extent.events:,} events, {extent.clusters:,} {clusters}"


def _scores(comparison: Comparison, out: Console) -> None:
    """Everyone's scores, the models first."""
    rows = [
        [name, *_marks(standing.marks), _span(standing.skill)]
        for name, standing in comparison.models.items()
    ]
    skills = comparison.model.skills
    rows += [
        [name, *_marks(marks), _span(skills[name])] for name, marks in comparison.baselines.items()
    ]
    header = ["", "log score", "Brier", "cal. error", "AUC", "skill, %"]
    print_columns(out, header, rows, 1)


def _marks(marks: Marks) -> list[str]:
    return [
        _figure(marks.log_score), _figure(marks.brier), _figure(marks.calibration_error, 3),
        "–" if marks.auc is None else f"{marks.auc:.3f}",
    ]  # fmt: skip


def _eras(score: Score, out: Console) -> None:
    """Log scores by decade, and who was best."""
    comparison = score.comparison
    names = [*list(comparison.models)[:1], *comparison.baselines]
    rows = []
    for era in score.eras:
        extent = era.comparison.extent
        marks: Mapping[str, Marks] = {
            **{name: one.marks for name, one in era.comparison.models.items()},
            **era.comparison.baselines,
        }
        best = "too few events" if extent.few else era.comparison.best
        figures = [_figure(marks[name].log_score) for name in names]
        rows.append([era.name, best, f"{extent.n:,}", str(extent.events), *figures])
    print_columns(out, ["decade", "best", "rows", "events", *names], rows, 2)
    told = [era for era in score.eras if not era.comparison.extent.few]
    wins = {name: sum(era.comparison.best == name for era in told) for name in _names(comparison)}
    listed = ", ".join(f"{name} {many}" for name, many in wins.items() if many)
    say(out, f"Log score by decade. Best in how many of {len(told)}: {listed or 'none'}.", "dim")


def _names(comparison: Comparison) -> list[str]:
    return [*comparison.models, *comparison.baselines]


def _table(score: Score, out: Console) -> None:
    """The model's calibration, bin by bin."""
    rows = [
        [
            f"{_percent(one.low)}–{_percent(one.high)}", f"{one.n:,}", _percent(one.predicted),
            _percent(one.observed), f"{_percent(one.interval[0])} to {_percent(one.interval[1])}",
        ]
        for one in score.comparison.model.marks.bins
    ]  # fmt: skip
    header = ["forecasts %", "rows", "mean %", "happened %", "5 % to 95 % point"]
    print_columns(out, header, rows, 1)


def show_cases(score: CasesScore, out: Console) -> None:
    """Print what every view said of every case, what came, and how good that was."""
    many = len(score.cases)
    out.print(f"[bold]{many} packaged case{'' if many == 1 else 's'} whose end is known[/bold]")
    from foedus.record.scoring.cases import EVEN, HINDSIGHT

    say(out, f"{score.held} held. {HINDSIGHT[0].upper()}{HINDSIGHT[1:]}: they illustrate, and prove"
             " nothing.")  # fmt: skip
    if not many:
        return
    out.print()
    names = list(score.views)
    rows = [[one.case, "held" if one.held else "broke", *_said(one, names)] for one in score.cases]
    print_columns(out, ["case", "came", *names], rows, 2)
    out.print()
    table = []
    for name, view in score.views.items():
        beside = f"{_figure(view.beside[1])} (n {view.beside[0]})" if view.beside else ""
        low, high = view.interval.low, view.interval.high
        interval = "" if low is None or high is None else f"{low:.2f} to {high:.2f}"
        table.append(
            [name, str(view.n), _figure(view.log_score), interval, _figure(view.brier), beside]
        )
    even = -math.log(EVEN)
    table.append([f"always {EVEN}", str(many), _figure(even), "", _figure(EVEN**2), ""])
    header = ["", "cases", "log score", "5 % to 95 %", "Brier", "base rate there"]
    print_columns(out, header, table, 1)
    say(
        out,
        "Above: the chance to hold, in per cent, with its 5 % and 95 % points. Log score: lower is"
        " better; intervals resample cases. Base rate there: its log score on the same cases.",
        "dim",
    )
    better = [f"{name} (of {v.n})" for name, v in score.views.items() if v.log_score < even]
    say(out, f"Better than always saying {EVEN}: {', '.join(better) or 'none'}.")


def _said(one: Told, names: list[str]) -> list[str]:
    out = []
    for name in names:
        if name not in one.says:
            out.append("–")
            continue
        value, low, high = (100.0 * part for part in one.says[name])
        out.append(f"{value:.0f} {low:.0f}–{high:.0f}")
    return out


def _figure(value: float, digits: int = 4) -> str:
    return f"{value:.{digits}f}" if math.isfinite(value) else "∞"


def _percent(share: float) -> str:
    return f"{100.0 * share:.1f}"


def _signed(share: float) -> str:
    text = f"{100.0 * share:+.1f}".replace("-", "−")
    return "0.0" if text in ("+0.0", "−0.0") else text


def _span(span: Span) -> str:
    if span.value is None:
        return "–"
    if span.low is None or span.high is None:
        return _signed(span.value)
    return f"{_signed(span.value)} ({_signed(span.low)} to {_signed(span.high)})"
