"""`foedus compare`: what moved between two cases."""

from __future__ import annotations

import click

from foedus.cli.options import (
    DrawsType,
    json_option,
    progress_bar,
    seed_option,
    workers_option,
)


@click.command("compare")
@click.argument("before")
@click.argument("after")
@click.option("--draws", type=DrawsType(), default=128, show_default=True, help="How many.")
@seed_option
@json_option
@workers_option
def command(
    before: str, after: str, draws: int | str, seed: int, as_json: bool, workers: int | None
) -> None:
    """Say what moved from BEFORE to AFTER: two cases, or a case and one of its scenarios."""
    from foedus.lenses.table import load
    from foedus.verdict.analysis import NoLensError
    from foedus.verdict.compare import compare

    if draws == "auto":
        raise click.UsageError("compare takes a number of --draws")
    old = load(before)
    new = old.scenario(after) if after in old.scenarios else load(after)
    try:
        with progress_bar(as_json) as progress:
            told = compare(
                old, new, names=(before, after), draws=int(draws), seed=seed, workers=workers,
                progress=progress,
            )  # fmt: skip
    except NoLensError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        import json

        click.echo(json.dumps(told.to_dict(), ensure_ascii=False, allow_nan=False))
        return
    from foedus.cli.screen import page
    from foedus.cli.screen_compare import show

    with page() as out:
        show(told, out)
