"""`foedus compare`: what moved between two cases."""

from __future__ import annotations

import click

from foedus.cli.options import (
    DrawsType,
    cluster_option,
    json_option,
    progress_bar,
    seed_option,
    workers_option,
)
from foedus.cli.outputs import FILE, asked_files, print_screen, write_files

BY = ("quantity", "actor", "section")


@click.command("compare")
@click.argument("before")
@click.argument("after")
@click.option(
    "--draws", type=DrawsType(automatic=False), default=128, show_default=True, help="How many."
)
@click.option("--by", type=click.Choice(BY), default="quantity", show_default=True,
              help="What changed numbers are credited together by.")  # fmt: skip
@seed_option
@json_option
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw the way from before to after: .svg, .png or .html.")  # fmt: skip
@workers_option
@cluster_option
def command(
    before: str, after: str, draws: int, by: str, seed: int, as_json: bool,
    picture: str | None, workers: int | None, cluster: str | None,
) -> None:  # fmt: skip
    """Say what moved from BEFORE to AFTER: two cases, or a case and one of its scenarios."""
    files = asked_files(before, {"picture": picture})
    from foedus.lenses.table import load
    from foedus.verdict.able import NoLensError
    from foedus.verdict.comparing.compare import compare

    old = load(before)
    scenario = old.scenarios.get(after)
    if scenario is None:
        asked_files(after, {"picture": picture})
    new = load(after) if scenario is None else old.scenario(after)
    try:
        with progress_bar(as_json) as progress:
            told = compare(
                old, new, names=(before, after), draws=draws, seed=seed, by=by,
                because=scenario.because if scenario else (), workers=workers,
                cluster=cluster, progress=progress,
            )  # fmt: skip
    except NoLensError as error:
        raise click.UsageError(str(error)) from None
    if files:
        from foedus.report.waterfall import waterfall

        write_files(files, lambda: waterfall(told), lambda option, path: None)
    if as_json:
        import json

        click.echo(json.dumps(told.to_dict(), ensure_ascii=False, allow_nan=False))
        return
    from foedus.cli.screen_compare import show

    print_screen(lambda out: show(told, out), files)
