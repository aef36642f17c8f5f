"""`foedus analyze`: the answer to a case's question."""

from __future__ import annotations

import click

from foedus.cli.options import (
    DrawsType,
    cluster_option,
    json_option,
    progress_bar,
    seed_option,
    set_option,
    settings_of,
    workers_option,
)
from foedus.cli.outputs import FILE, asked_files, check_endings, write_analysis

LONG = 120.0
"""Seconds above which a run has to be asked for with --yes."""
STOPPED = 130
"""Exit code of a run that somebody stopped."""


@click.command("analyze")
@click.argument("case")
@click.option("--draws", type=DrawsType(), default=512, show_default=True,
              help="How many, or auto: doubled until the answer is stable.")  # fmt: skip
@click.option("--tolerance", type=click.FloatRange(0.0, 0.5, min_open=True), default=0.01,
              show_default=True, help="With auto: the sampling error to reach.")  # fmt: skip
@click.option("--most", type=DrawsType(automatic=False), default=8192, show_default=True,
              help="With auto: draws at the most.")  # fmt: skip
@seed_option
@set_option
@click.option("--scenario", metavar="NAME", help="Answer for one of the case's scenarios.")
@click.option("--lens", "lenses", multiple=True, metavar="NAME",
              help="Only this lens. May be repeated.")  # fmt: skip
@click.option("--evidence", is_flag=True,
              help="Say what the answer would be without each piece of evidence.")  # fmt: skip
@json_option
@click.option("--report", type=FILE, metavar="FILE", help="Write the report, one HTML file.")
@click.option("--table", type=FILE, metavar="FILE",
              help="Write every draw as a table: .parquet or .csv.")  # fmt: skip
@click.option("--save", type=FILE, metavar="FILE",
              help="Save the analysis (.foedus), to be read or run again.")  # fmt: skip
@workers_option
@cluster_option
@click.option("--yes", is_flag=True, help="Go ahead even if it takes more than two minutes.")
def command(
    case: str, draws: int | str, tolerance: float, most: int, seed: int,
    settings: tuple[str, ...], scenario: str | None, lenses: tuple[str, ...], evidence: bool,
    as_json: bool, report: str | None, table: str | None, save: str | None,
    workers: int | None, cluster: str | None, yes: bool,
) -> None:  # fmt: skip
    """Answer the question of CASE: a file, or the id of a packaged case.

    Stopped with Ctrl-C, it answers from the draws that are finished, and says so.
    """
    files = asked_files(case, {"report": report, "table": table, "save": save})
    check_endings(table, save)
    from foedus.lenses.table import LENSES, load
    from foedus.verdict.able import NoLensError
    from foedus.verdict.analysis import analyze
    from foedus.verdict.drawn import TooLongError

    for name in lenses:
        if name not in LENSES:
            raise click.UsageError(f"there is no lens {name!r}; there are: {', '.join(LENSES)}")
    loaded = load(case)
    values = settings_of(settings)
    try:
        with progress_bar(as_json) as progress:
            answer = analyze(
                loaded, draws=draws, tolerance=tolerance, most=most, seed=seed, set_values=values,
                scenario=scenario, lenses=lenses or None, evidence=evidence, workers=workers,
                cluster=cluster, progress=progress, limit=None if yes else LONG,
            )  # fmt: skip
    except NoLensError as error:
        raise click.UsageError(f"{loaded.file}: {error}") from None
    except TooLongError as error:
        raise click.UsageError(f"{error}; add --yes to go ahead, or take fewer --draws") from None
    write_analysis(answer, files)
    if as_json:
        import json

        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, allow_nan=False))
    else:
        from foedus.cli.screen import page, show

        with page() as out:
            show(answer, out)
        for k, (option, path) in enumerate(files.items()):
            click.echo(f"{option.title()}: {path}" if k else f"\n{option.title()}: {path}")
    if answer.stopped:
        raise click.exceptions.Exit(STOPPED)
