"""`foedus analyze`: the answer to a case's question."""

from __future__ import annotations

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

LONG = 120.0
"""Seconds above which a run has to be asked for with --yes."""


@click.command("analyze")
@click.argument("case")
@click.option("--draws", type=DrawsType(), default=512, show_default=True,
              help="How many, or auto: doubled until the answer is stable.")  # fmt: skip
@seed_option
@set_option
@click.option("--scenario", metavar="NAME", help="Answer for one of the case's scenarios.")
@click.option("--lens", "lenses", multiple=True, metavar="NAME",
              help="Only this lens. May be repeated.")  # fmt: skip
@json_option
@click.option("--report", type=click.Path(dir_okay=False, writable=True), metavar="FILE",
              help="Write the report, one HTML file.")  # fmt: skip
@workers_option
@click.option("--yes", is_flag=True, help="Go ahead even if it takes more than two minutes.")
def command(
    case: str, draws: int | str, seed: int, settings: tuple[str, ...], scenario: str | None,
    lenses: tuple[str, ...], as_json: bool, report: str | None, workers: int | None, yes: bool,
) -> None:  # fmt: skip
    """Answer the question of CASE: a file, or the id of a packaged case."""
    from foedus.lenses.table import LENSES, load
    from foedus.verdict.analysis import NoLensError, TooLongError, analyze

    for name in lenses:
        if name not in LENSES:
            raise click.UsageError(f"there is no lens {name!r}; there are: {', '.join(LENSES)}")
    loaded = load(case)
    values = settings_of(settings)
    try:
        with progress_bar(as_json) as progress:
            answer = analyze(
                loaded, draws=draws, seed=seed, set_values=values, scenario=scenario,
                lenses=lenses or None, workers=workers, progress=progress,
                limit=None if yes else LONG,
            )  # fmt: skip
    except NoLensError as error:
        raise click.UsageError(f"{loaded.file}: {error}") from None
    except TooLongError as error:
        raise click.UsageError(f"{error}; add --yes to go ahead, or take fewer --draws") from None
    if report:
        from foedus.report import write

        write(answer, report)
    if as_json:
        import json

        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, allow_nan=False))
        return
    from foedus.cli.screen import page, show

    with page() as out:
        show(answer, out)
    if report:
        click.echo(f"\nReport: {report}")
