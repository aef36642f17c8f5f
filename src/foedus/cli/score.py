"""`foedus score`: how good the forecasts are, on what they had not seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from foedus.cli.options import json_option, progress_bar, seed_option
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files

if TYPE_CHECKING:
    from foedus.cli.options import Progress
    from foedus.record.scoring.cases import CasesScore
    from foedus.record.scoring.score import Score

CASES = "cases"
DRAWS = 64
"""Draws for each packaged case: its chance to about a hundredth."""


@click.command("score")
@click.argument("task")
@click.option("--train", metavar="PANEL", help="What to fit on: .parquet or .csv.")
@click.option("--test", metavar="PANEL", help="What to predict, of later years.")
@click.option("--model", metavar="NAME|all", help="Default: the task's own model.")
@click.option("--rolling", is_flag=True,
              help="Ask every year of --train of the years before it; no --test.")  # fmt: skip
@click.option("--by-era", is_flag=True, help="Tell each decade by itself, too.")
@click.option("--table", is_flag=True, help="Print the calibration table, too.")
@click.option("--allow-overlap", is_flag=True,
              help="Score years that begin before the training ends.")  # fmt: skip
@seed_option
@json_option
@click.option("--csv", type=FILE, metavar="FILE",
              help="Write every forecast, of the model and the baselines.")  # fmt: skip
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw the calibration: .svg, .png or .html.")  # fmt: skip
def command(
    task: str, train: str | None, test: str | None, model: str | None, rolling: bool,
    by_era: bool, table: bool, allow_overlap: bool, seed: int, as_json: bool, csv: str | None,
    picture: str | None,
) -> None:  # fmt: skip
    """Say how good forecasts are on years they had not seen, beside plain baselines.

    TASK: sponsor-exit (will this state's support be gone next year?), alliance-end (will this
    alliance end next year?), or cases (what every view said of the packaged cases whose end is
    known; no panels).
    """
    if task == CASES:
        _refuse_all({
            "--train": train, "--test": test, "--model": model, "--rolling": rolling,
            "--by-era": by_era, "--table": table, "--allow-overlap": allow_overlap, "--csv": csv,
            "--picture": picture,
        })  # fmt: skip
        _cases(seed, as_json)
        return
    known, later = _panels(task, train, test, rolling, allow_overlap)
    wanted = {"csv": csv, "picture": picture}
    files = asked_files(known, wanted)
    if later is not None:
        asked_files(later, wanted)
    with progress_bar(as_json) as progress:
        if later is None:
            found = _rolled(task, known, model, seed, progress)
        else:
            found = _split(task, known, later, model, by_era, allow_overlap, seed)
    from foedus.record.scoring.picture import calibration_picture
    from foedus.record.scoring.rows import write_rows

    write_files(files, lambda: calibration_picture(found), lambda _, path: write_rows(found, path))
    if as_json:
        print_json(found.to_dict())
        return
    from foedus.cli.screen_score import show

    print_screen(lambda out: show(found, out, table), files)


def _refuse_all(given: Mapping[str, object]) -> None:
    """Refuse what has no meaning for the packaged cases."""
    refused = [name for name, value in given.items() if value]
    if refused:
        raise click.UsageError(f"{', '.join(refused)}: not for cases, which need no panels")


def _panels(
    task: str, train: str | None, test: str | None, rolling: bool, allow_overlap: bool
) -> tuple[str, str | None]:
    """The files to learn from and to be asked; options that do not go together are refused."""
    from foedus.record.tasks import TASKS

    if task not in TASKS:
        from foedus.case.nearest import did_you_mean, quoted

        known = did_you_mean(task, [*TASKS, CASES])
        raise click.UsageError(f"no task is called {quoted(task)}{known}")
    if train is None:
        raise click.UsageError("--train: is missing; it should be a panel, .parquet or .csv")
    if rolling:
        for name, given in {"--test": test, "--allow-overlap": allow_overlap}.items():
            if given:
                raise click.UsageError(f"{name}: not with --rolling, which asks years of --train")
    elif test is None:
        raise click.UsageError("--test: is missing; give a panel of later years, or --rolling")
    return train, test


def _rolled(
    task: str, train: str, model: str | None, seed: int, progress: Progress | None
) -> Score:
    from foedus.record.panels import read
    from foedus.record.scoring.rolling import rolling

    return rolling(task, read(train, task), model, seed=seed, progress=progress)


def _split(
    task: str, train: str, test: str, model: str | None, by_era: bool, allow_overlap: bool,
    seed: int,
) -> Score:  # fmt: skip
    from foedus.record.panels import read
    from foedus.record.scoring.score import score

    known, later = read(train, task), read(test, task)
    return score(
        task, known, later, model, by_era=by_era, allow_overlap=allow_overlap, seed=seed
    )  # fmt: skip


def _cases(seed: int, as_json: bool) -> None:
    with progress_bar(as_json) as progress:
        found = scored_cases(seed, progress)
    if as_json:
        print_json({**found.to_dict(), "seed": seed, "draws": DRAWS})
        return
    from foedus.cli.screen_score import show_cases

    print_screen(lambda out: show_cases(found, out), {})


def scored_cases(seed: int, progress: Progress | None = None) -> CasesScore:
    """What every view says of each packaged case whose end is known, and how good that was."""
    from foedus.case import packaged
    from foedus.lenses.table import load
    from foedus.record.scoring.cases import Told, score_cases
    from foedus.verdict.analysis import analyze
    from foedus.verdict.views import ARGUMENT, BASE_RATE, INSIDE

    lenses = (INSIDE, BASE_RATE, ARGUMENT)
    cases = [case for case in map(load, packaged()) if case.outcome is not None]
    told = []
    for done, case in enumerate(cases):
        assert case.outcome is not None
        answer = analyze(case, draws=DRAWS, seed=seed, lenses=lenses, compare_scenarios=False)
        says = {view.name: view.holds for view in answer.views}
        if answer.pooled is not None:
            says["pooled"] = answer.pooled.holds
        says["headline"] = answer.holds
        told.append(
            Told(
                case.id, case.title, case.as_of.isoformat(), case.horizon.isoformat(),
                case.outcome.held,
                {name: (one.value, one.low, one.high) for name, one in says.items()},
            )
        )  # fmt: skip
        if progress is not None:
            progress(done + 1, len(cases))
    return score_cases(told, seed=seed)
