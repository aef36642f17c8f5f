"""`foedus stability`: which states of a graph model last, for whom, and how they are reached."""

from __future__ import annotations

import re
from typing import Any

import click

from foedus.cli.options import json_option
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")
UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


class SizeType(click.ParamType[int]):
    """An amount of memory, such as `2G` or `500M`."""

    name = "SIZE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """In bytes."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?([KMGT]?)B?", str(value).upper())
        size = 0
        if found:
            part = float(f"0.{found[2] or 0}")
            size = int((int(found[1]) + part) * UNITS[found[3]])
        if not 1 << 10 <= size <= 1 << 50:
            self.fail(f"{value!r} should be a size from 1K up, such as 500M or 2G", param, ctx)
        return size


@click.command("stability")
@click.argument("file")
@json_option
@click.option("--all", "every", is_flag=True, help="Every state and path, however many.")
@click.option("--state", metavar="ID",
              help="Why is this state stable for each, or not? What would break it?")  # fmt: skip
@click.option("--inverse", metavar="ID",
              help="Which rankings, and how many, would make this state stable?")  # fmt: skip
@click.option("--dm", metavar="NAME", help="With --state or --inverse: only this one.")
@click.option("--coalition", "coalitions", multiple=True, metavar='"A,B"',
              help="Let these decision makers act as one. May be repeated.")  # fmt: skip
@click.option("--reading", type=click.Choice(["a", "b", "c", "d"]),
              help="Of unknown preferences; default: all four.")  # fmt: skip
@click.option("--horizon", type=click.IntRange(1, 10_000), metavar="H",
              help="Foresee H moves (limited-move stability); and non-myopic.")  # fmt: skip
@click.option("--concept", type=click.Choice(CONCEPTS),
              help="Whose equilibria paths, jumps and picture are about; default: as the file"
              " says, else seq.")  # fmt: skip
@click.option("--csv", type=FILE, metavar="FILE", help="Write who is stable where, as a table.")
@click.option("--graphml", type=FILE, metavar="FILE", help="Write states and moves as GraphML.")
@click.option("--nfg", type=FILE, metavar="FILE", help="Write the normal form, for Gambit.")
@click.option("--save", type=FILE, metavar="FILE", help="Write the model as JSON.")
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw states and moves: .svg, .png or .html.")  # fmt: skip
@click.option("--limit", type=SizeType(), metavar="SIZE",
              help="Memory that large models may take, such as 500M or 2G.")  # fmt: skip
def command(
    file: str, as_json: bool, every: bool, state: str | None, inverse: str | None, dm: str | None,
    coalitions: tuple[str, ...], reading: str | None, horizon: int | None, concept: str | None,
    csv: str | None, graphml: str | None, nfg: str | None, save: str | None, picture: str | None,
    limit: int | None,
) -> None:  # fmt: skip
    """Find the equilibria of the graph model in FILE, and how they are reached.

    FILE: a model or a case (.yaml), the id of a packaged case, a published case (.json), one random
    model (.jsonl), or a file of GMCR+ (.gmcr).
    """
    if dm is not None and state is None and inverse is None:
        raise click.UsageError("--dm goes with --state or --inverse")
    if save and not save.lower().endswith(".json"):
        raise click.UsageError(f"--save {save}: should end in .json, by which it is read back")
    wanted = {"csv": csv, "graphml": graphml, "nfg": nfg, "save": save, "picture": picture}
    files = asked_files(file, wanted)
    from foedus.lenses.table import graph_model

    account = graph_model(file, limit).account(
        concept=concept, reading=reading, horizon=horizon, state=state, inverse=inverse, dm=dm,
        coalitions=coalitions, limit=limit,
    )  # fmt: skip
    write_files(
        files,
        account.picture,
        lambda kind, path: account.export("json" if kind == "save" else kind, path),
    )
    if as_json:
        print_json(account.to_dict())
        return
    from foedus.cli.screen_stability import show

    print_screen(lambda out: show(account, out, every), files)
