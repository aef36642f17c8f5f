"""`foedus rerun`: does a saved run still come out the same?"""

from __future__ import annotations

import click

from foedus.cli.options import cluster_option, json_option, progress_bar, workers_option
from foedus.cli.outputs import (
    FILE,
    check_endings,
    check_outputs,
    print_json,
    print_screen,
    write_analysis,
)

OTHERWISE = 3
"""The exit code where the rerun came out otherwise, beyond what another processor explains."""


@click.command("rerun")
@click.argument("file")
@click.option("--save", type=FILE, metavar="FILE",
              help="Save the rerun; the same bytes if nothing differs.")  # fmt: skip
@click.option("--table", type=FILE, metavar="FILE",
              help="Write the rerun's table, .parquet or .csv.")  # fmt: skip
@click.option("--report", type=FILE, metavar="FILE",
              help="Write the rerun's report, one HTML file.")  # fmt: skip
@json_option
@workers_option
@cluster_option
@click.pass_context
def command(
    context: click.Context, file: str, save: str | None, table: str | None, report: str | None,
    as_json: bool, workers: int | None, cluster: str | None,
) -> None:  # fmt: skip
    """Run the analysis saved in FILE again, and say whether it is the same.

    Exit code 0 if it is the same, to the byte or to 1e-9, and 3 if it is not.
    """
    wanted = {"save": save, "table": table, "report": report}
    files = {option: path for option, path in wanted.items() if path is not None}
    check_outputs(file, files)
    check_endings(table, save)
    from foedus.verdict.saving.rerun import DIFFERS, rerun
    from foedus.verdict.saving.saved import load_run

    saved = load_run(file)
    with progress_bar(as_json) as progress:
        again = rerun(saved, workers=workers, cluster=cluster, progress=progress)
    write_analysis(again.answer, files)
    if as_json:
        print_json(again.to_dict())
    else:
        from foedus.cli.screen_rerun import show

        print_screen(lambda out: show(again, out), files)
    if again.result == DIFFERS:
        context.exit(OTHERWISE)
