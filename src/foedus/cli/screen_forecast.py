"""A forecast log on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING

from foedus.cli.printing import print_columns, say
from foedus.cli.screen import VIEWS
from foedus.lenses.lens import percent
from foedus.record.log.scored import GROUPS
from foedus.record.log.tallies import ENOUGH, FEW_CASES, HEADLINE

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.record.log import Chance, Forecast
    from foedus.record.log.scored import Group, Report, Resolved, Score
    from foedus.record.log.tallies import Mean, Scores, Tally

SHOWN = 10
"""Rows of a table; more stand in --json and --csv."""
DIGITS = 16
"""Digits of a SHA-256 that are shown; so many are enough for `--head`."""
TITLES: dict[Group, str] = {
    "forecasts": "Made in time",
    "hindsight": "With hindsight: the case told its end",
    "late": "Late: made after the end",
}
BASELINES = {"half": "0.5", "climatology": "other cases"}


def show_added(entry: Forecast, log: str, out: Console) -> None:
    """Print a forecast that was just logged, and how to resolve it."""
    say(out, entry.question, "bold")
    told = [f"Holds to {entry.horizon}: {_span(entry.probability)}"]
    beside = {name: c for name, c in entry.views.items() if c != entry.probability}
    told += [f"{VIEWS.get(name, name)} {percent(c.value)}" for name, c in beside.items()]
    if entry.pooled is not None and len(entry.views) > 1:
        told.append(f"pooled {percent(entry.pooled.value)}")
    say(out, "; ".join(told))
    say(out, f"Logged in {log} as {entry.id}, {entry.made_at:%Y-%m-%d %H:%M} UTC{_marks(entry)}.")
    say(out, f"To be found out by: {entry.resolution_source}", "dim")
    where = "" if log == "forecasts.jsonl" else f" --log {quote(log)}"
    say(
        out,
        f"Afterwards: foedus forecast resolve {entry.id} held|broken|void --on DATE"
        f" --source TEXT{where}",
        "dim",
    )


def show_resolved(one: Resolved, out: Console) -> None:
    """Print what came of a forecast, and its scores."""
    say(out, one.forecast.question, "bold")
    again = f"; {one.corrected} earlier kept in the log" if one.corrected else ""
    chance = _span(one.forecast.probability)
    say(out, f"{one.resolution.result} ({one.resolution.on}); forecast was {chance}{again}.")
    if not one.scores:
        say(out, "Void is not scored.", "dim")
        return
    rows = [
        (_called(name), percent(score.probability), _surprise(score), f"{score.brier:.3f}")
        for name, score in one.scores.items()
    ]
    print_columns(out, ("", "said", "log score", "Brier"), rows, 1)
    if one.group != "forecasts":
        say(out, f"{TITLES[one.group]}; it is scored apart.", "dim")


def show_report(told: Report, out: Console) -> None:
    """Print what is open, what is resolved, and the scores."""
    log = told.log
    many, void = len(log.forecasts), len(told.void)
    apart = f", {void} void" if void else ""
    say(
        out,
        f"{many} forecast{'' if many == 1 else 's'}: {len(told.open)} open,"
        f" {len(told.resolved)} resolved{apart}",
        "bold",
    )
    _warnings(told, out)
    _open(told, out)
    _resolved(told, out)
    for group in GROUPS:
        if group in told.tallies:
            _tally(TITLES[group], told.tallies[group], out)
    if log.head is not None:
        out.print()
        say(out, f"{log.file}: {len(log.entries)} lines, SHA-256 {log.head[:DIGITS]}", "dim")


def _warnings(told: Report, out: Console) -> None:
    if told.log.torn is not None:
        say(
            out,
            f"! line {told.log.torn} is not whole: whoever wrote it was stopped. It does not count;"
            " the next that is added puts it aside.",
        )
    back = told.log.backwards
    if back:
        which = ", ".join(str(number) for number in back[:SHOWN])
        more = ", …" if len(back) > SHOWN else ""
        one = len(back) == 1
        say(
            out,
            f"! line{'' if one else 's'} {which}{more} {'says' if one else 'say'} to have been"
            " written before the line above: a clock was wrong, or the time is not true.",
        )


def _open(told: Report, out: Console) -> None:
    rows = [
        (
            f"{one.forecast.horizon}{' overdue' if one.overdue else ''}",
            one.forecast.case,
            one.forecast.id,
            _span(one.forecast.probability),
        )
        for one in told.open
    ]
    _table(out, ("open until", "case", "id", "holds"), rows, 3)


def _resolved(told: Report, out: Console) -> None:
    rows = [
        (
            f"{one.resolution.result} {one.resolution.on}",
            one.forecast.case,
            one.forecast.id,
            percent(one.forecast.probability.value),
            _surprise(one.scores[HEADLINE]),
            f"{one.scores[HEADLINE].brier:.3f}",
        )
        for one in told.resolved
    ]
    _table(out, ("came", "case", "id", "said", "log score", "Brier"), rows, 3)


def _table(
    out: Console, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], words: int
) -> None:  # fmt: skip
    if not rows:
        return
    out.print()
    print_columns(out, header, rows[:SHOWN], words)
    if len(rows) > SHOWN:
        say(out, f"and {len(rows) - SHOWN} more in --json and --csv", "dim")


def _tally(title: str, tally: Tally, out: Console) -> None:
    out.print()
    cases = "1 case" if tally.cases == 1 else f"{tally.cases} cases"
    say(out, f"{title}: {tally.n} resolved on {cases}, {tally.held} held", "bold")
    every = [(_called(name), scores) for name, scores in tally.scores.items()]
    every += [(BASELINES[name], scores) for name, scores in tally.baselines.items()]
    rows = [(name, str(s.n), _mean(s.log_score), _mean(s.brier)) for name, s in every]
    print_columns(out, ("", "n", "log score (90 %)", "Brier (90 %)"), rows, 1)
    say(out, _skill(tally.scores[HEADLINE]))
    _calibration(tally, out)
    if tally.cases < FEW_CASES:
        say(out, f"Intervals from fewer than {FEW_CASES} cases are likely too narrow.", "dim")


def _skill(scores: Scores) -> str:
    told = []
    for name, words in (("half", "0.5 for all"), ("climatology", "the share of other cases")):
        saved = scores.skill[name]["log_score"]
        if saved.value is None:
            return f"{scores.impossible} of them called impossible what came: no skill can be told."
        sides = ""
        if saved.low is not None and saved.high is not None:
            sides = f" ({100 * saved.low:+.0f} to {100 * saved.high:+.0f})"
        told.append(f"{100 * saved.value:+.0f} %{sides} on {words}")
    return f"Log score saved by the headline: {', '.join(told)}."


def _calibration(tally: Tally, out: Console) -> None:
    rows = [
        (
            f"{percent(one.bin.low)} to {percent(one.bin.high)}",
            str(one.bin.n),
            percent(one.bin.predicted),
            f"{percent(one.bin.observed)} ({percent(one.bin.interval[0])} to"
            f" {percent(one.bin.interval[1])})",
        )
        for one in tally.calibration
    ]
    print_columns(out, ("of those given", "n", "mean", "held (90 %)"), rows, 1)
    if not all(one.enough for one in tally.calibration):
        say(
            out,
            f"Too few to tell calibration: a line of fewer than {ENOUGH} cases cannot show that a"
            " forecaster is 20 points off.",
            "dim",
        )


def _mean(mean: Mean) -> str:
    if mean.value is None:
        return "infinite"
    sides = "" if mean.low is None else f" ({mean.low:.3f} to {mean.high:.3f})"
    return f"{mean.value:.3f}{sides}"


def _surprise(score: Score) -> str:
    return "infinite" if score.log_score is None else f"{score.log_score:.3f}"


def _called(name: str) -> str:
    return VIEWS.get(name, name)


def _span(chance: Chance) -> str:
    return f"{percent(chance.value)} ({percent(chance.low)} to {percent(chance.high)})"


def _marks(entry: Forecast) -> str:
    marks = [word for word, set_ in (("hindsight", entry.hindsight), ("late", entry.late)) if set_]
    return f", marked {' and '.join(marks)}" if marks else ""
