"""`foedus forecast`: a log of dated forecasts, and how good they were."""

from __future__ import annotations

import datetime as dt
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.options import (
    DrawsType,
    json_option,
    progress_bar,
    seed_option,
    set_option,
    settings_of,
    workers_option,
)
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.record.log import Chance, Judgement
    from foedus.record.log.scored import Report
    from foedus.verdict.analysis import Analysis

STOPPED = 130
"""Exit code of a run that somebody stopped."""


class Date(click.ParamType[dt.date]):
    """A day."""

    name = "DATE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day, checked."""
        from foedus.case.fields import DAY_MEANT, whole_date

        found = whole_date(value)
        if found is None:
            self.fail(f"{value!r} {DAY_MEANT}", param, ctx)
        return found


log_option = click.option(
    "--log", default="forecasts.jsonl", show_default=True, envvar="FOEDUS_LOG", show_envvar=True,
    metavar="FILE", help="The log.",
)  # fmt: skip
note_option = click.option("--note", metavar="TEXT", help="What a reader should know.")


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


@click.group("forecast")
def command() -> None:
    """Keep a track record: log forecasts, resolve them, see their scores."""


@command.command("add")
@click.argument("case")
@click.option("--source", metavar="TEXT",
              help="How it will be found out whether the pact held.")  # fmt: skip
@click.option(
    "--draws", type=DrawsType(automatic=False), default=512, show_default=True, help="How many."
)
@seed_option
@set_option
@note_option
@click.option("--late", is_flag=True, help="Keep it though the horizon is over, marked.")
@log_option
@json_option
@workers_option
def add_command(
    case: str, source: str | None, draws: int, seed: int, settings: tuple[str, ...],
    note: str | None, late: bool, log: str, as_json: bool, workers: int | None,
) -> None:  # fmt: skip
    """Analyze CASE and append its forecast to the log.

    Nothing in the log is ever changed. A case that tells its own outcome is marked as hindsight.
    """
    from foedus.lenses.table import load
    from foedus.record.log import add

    loaded = load(case)
    values = settings_of(settings)
    resolved_by = _source(loaded, source)
    _check(loaded.with_values(values) if values else loaded, log, late)
    answer = _analysis(loaded, draws, seed, values, as_json, workers)
    judged = _judgement(answer, loaded.outcome is not None)
    entry = add(log, judged, source=resolved_by, note=note, late=late, now=now())
    if as_json:
        from foedus.record.log.telling import forecast

        print_json({"log": log, "forecast": forecast(entry)})
        return
    from foedus.cli.screen_forecast import show_added

    print_screen(lambda out: show_added(entry, log, out), {})


def _source(case: Case, given: str | None) -> str:
    if given is not None:
        return given
    if case.outcome is None:
        raise click.UsageError(
            "--source is missing: say how it will be found out whether the pact held, as in"
            " --source 'both foreign ministries, on the day'"
        )
    return case.outcome.source or case.outcome.says


def _check(case: Case, log: str, late: bool) -> None:
    """See before the work that the log can be read and the forecast comes in time."""
    from pathlib import Path

    from foedus.record.log import read
    from foedus.record.log.file import too_late

    today = now().date()
    if case.horizon < today and not late:
        raise click.UsageError(f"{case.file}: {too_late(case.horizon, today)}")
    if Path(log).exists():
        read(log)


def _analysis(
    case: Case, draws: int, seed: int, values: dict[str, Any], quiet: bool, workers: int | None
) -> Analysis:
    from foedus.verdict.able import NoLensError
    from foedus.verdict.analysis import analyze

    try:
        with progress_bar(quiet) as progress:
            answer = analyze(
                case, draws=draws, seed=seed, set_values=values, workers=workers,
                progress=progress,
            )  # fmt: skip
    except NoLensError as error:
        raise click.UsageError(f"{case.file}: {error}") from None
    if answer.stopped:
        click.echo("stopped; nothing was logged", err=True)
        raise click.exceptions.Exit(STOPPED)
    if not isfinite(answer.holds.value):
        raise click.UsageError(f"{case.file}: no draw has an answer, so nothing was logged")
    return answer


def _judgement(answer: Analysis, hindsight: bool) -> Judgement:
    from foedus.record.log import Judgement

    case = answer.case
    pooled = answer.pooled
    return Judgement(
        case=case.id,
        case_hash=case.hash,
        title=case.title,
        question=case.question,
        as_of=case.as_of,
        horizon=case.horizon,
        version=answer.version,
        seed=answer.seed,
        draws=answer.draws.size,
        set=dict(answer.options["set"]),
        lens=answer.spoken.lens,
        probability=_chance(answer.holds),
        views={view.name: _chance(view.holds) for view in answer.views},
        pooled=_chance(pooled.holds) if pooled is not None else None,
        hindsight=hindsight,
    )


def _chance(told: Any) -> Chance:
    from foedus.record.log import Chance

    # sums of weighted draws may end a rounding beyond the range
    return Chance(**{key: min(max(share, 0.0), 1.0) for key, share in told.to_dict().items()})


@command.command("resolve")
@click.argument("forecast", metavar="ID")
@click.argument("result", type=click.Choice(["held", "broken", "void"]))
@click.option("--on", type=Date(), required=True,
              help="When it broke, or was known to have held.")  # fmt: skip
@click.option("--source", metavar="TEXT", required=True, help="Who says so.")
@note_option
@click.option("--correct", is_flag=True,
              help="Take the place of an earlier resolution; both stay.")  # fmt: skip
@log_option
@json_option
def resolve_command(
    forecast: str, result: Any, on: dt.date, source: str, note: str | None, correct: bool,
    log: str, as_json: bool,
) -> None:  # fmt: skip
    """Append what came of a forecast.

    The pact held to the horizon, broke before it, or the forecast is void: what cannot be told, or
    whose question fell away, is not scored. ID is the forecast's, or its first digits, or the id of
    its case if that has no other.
    """
    from foedus.record.log import read, resolve
    from foedus.record.log.scored import report

    end = resolve(
        log, forecast, result, on=on, source=source, note=note, correct=correct, now=now()
    )
    told = report(read(log), now().date())
    (one,) = [r for r in (*told.resolved, *told.void) if r.forecast.id == end.forecast]
    if as_json:
        from foedus.record.log.telling import resolved

        print_json({"log": log, "resolution": end.id, "forecast": resolved(one)})
        return
    from foedus.cli.screen_forecast import show_resolved

    print_screen(lambda out: show_resolved(one, out), {})


@command.command("report")
@log_option
@click.option("--head", metavar="SHA256",
              help="See that the line of this SHA-256, and all before it, are there.")  # fmt: skip
@json_option
@click.option("--csv", "table", type=FILE, metavar="FILE", help="Write a row a forecast.")
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw what was said and what came: .svg, .png or .html.")  # fmt: skip
def report_command(
    log: str, head: str | None, as_json: bool, table: str | None, picture: str | None
) -> None:
    """Say what is open, what came, and how good it was.

    Forecasts of cases that told their end, or made after it, are scored apart.
    """
    files = asked_files(log, {"csv": table, "picture": picture})
    from foedus.record.log import read
    from foedus.record.log.scored import report

    kept = read(log)
    if head is not None:
        kept.check_holds(head)
    told = report(kept, now().date())
    _write(told, files)
    if as_json:
        from foedus.record.log.telling import as_dict

        print_json(as_dict(told))
        return
    from foedus.cli.screen_forecast import show_report

    print_screen(lambda out: show_report(told, out), files)


def _write(told: Report, files: dict[str, str]) -> None:
    from foedus.case import write_atomically
    from foedus.record.log.picture import picture
    from foedus.record.log.telling import as_csv

    if not files:
        return
    drawn = picture(told) if "picture" in files else None
    if "picture" in files and drawn is None:
        raise click.UsageError(
            f"{told.log.file}: has no forecasts yet, so there is nothing to draw"
        )

    def drawing() -> Any:
        return drawn

    write_files(files, drawing, lambda option, path: write_atomically(path, as_csv(told)))
