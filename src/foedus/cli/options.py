"""What several commands ask in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

Progress = Callable[[int, int], None]


class DrawsType(click.ParamType[int | str]):
    """A power of two of draws, or, where that is possible, `auto`."""

    def __init__(self, automatic: bool = True) -> None:
        self.automatic = automatic
        self.name = "N|auto" if automatic else "N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        """The number, checked."""
        if value == "auto" and self.automatic:
            return "auto"
        try:
            number = int(value)
        except ValueError:
            number = 0
        if number < 8 or number > 65536 or number & (number - 1):
            other = ", or auto" if self.automatic else ""
            self.fail(f"{value!r} should be a power of two from 8 to 65536{other}", param, ctx)
        return number


seed_option = click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Of the draws."
)
workers_option = click.option(
    "--workers", type=click.IntRange(1, 256), default=None,
    help="Threads; default one a processor. The answer does not depend on it.",
)  # fmt: skip
cluster_option = click.option(
    "--cluster", metavar="ADDRESS",
    help="A Dask cluster, tcp://HOST:PORT, or local:N processes. The answer does not depend on it.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
set_option = click.option(
    "--set", "settings", multiple=True, metavar="PATH=VALUE",
    help="Change a value of the case, as in endurance.position.now=-0.4. May be repeated.",
)  # fmt: skip


def settings_of(pairs: tuple[str, ...]) -> dict[str, Any]:
    """Path to value from `--set PATH=VALUE`; the value is read as in a case file."""
    from foedus.case.tree import read

    out = {}
    for pair in pairs:
        path, sign, value = pair.partition("=")
        if not sign or not path.strip():
            raise click.UsageError(f"--set {pair!r}: should be PATH=VALUE")
        text = f"value: {value}\n"
        out[path.strip()] = read(text, f"--set {path.strip()}").data.get("value")
    return out


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on the error stream while draws are made; none if nobody watches."""
    import sys

    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("preparing", total=None)
        yield lambda done, total: bar.update(
            task, description="drawing", completed=done, total=total
        )
