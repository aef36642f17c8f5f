"""`foedus balance`: which ties of a signed network are under strain, and what would relax them."""

from __future__ import annotations

import csv
from math import isnan
from typing import Any

import click

from foedus.cli.options import json_option
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files

READINGS = ("changes", "snapshots")


class NamesType(click.ParamType[tuple[str, ...]]):
    """Names with commas between; one with a comma inside stands in double quotes."""

    name = "A,B,…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names, at least two."""
        if isinstance(value, tuple):
            return value
        parts = next(csv.reader([str(value)], skipinitialspace=True), [])
        names = tuple(" ".join(part.split()) for part in parts)
        if len(names) < 2 or not all(names):
            self.fail(f"{value!r} should be two names or more, with commas between", param, ctx)
        return names


class SecondsType(click.FloatRange):
    """Seconds, a number of them."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Seconds within the range, in which `nan` would otherwise be."""
        seconds = float(super().convert(value, param, ctx))
        if isnan(seconds):
            self.fail(f"should be more than 0, not {seconds}", param, ctx)
        return seconds


@click.command("balance")
@click.argument("file")
@json_option
@click.option("--camps", type=click.IntRange(2, 8), metavar="K",
              help="At most so many camps; default: 2, or as the case says.")  # fmt: skip
@click.option("--pact", type=NamesType(), metavar="A,B,…",
              help="What would parting cost these? Default: a case's members.")  # fmt: skip
@click.option("--date", metavar="DATE", help="The network then (YYYY, YYYY-MM, or a day);"
              " default: at the last date.")  # fmt: skip
@click.option("--dates", type=click.Choice(READINGS), default="changes", show_default=True,
              help="A tie holds till the pair’s next, or each date is a network.")  # fmt: skip
@click.option("--seconds", type=SecondsType(0.01, 86_400.0), metavar="S",
              help="For each frustration index; default: 10.")  # fmt: skip
@click.option("--csv", "actors", type=FILE, metavar="FILE",
              help="Write each actor’s camp and cost of moving, as a table.")  # fmt: skip
@click.option("--edges", type=FILE, metavar="FILE",
              help="Write the ties and which are strained, as a table.")  # fmt: skip
@click.option("--graphml", type=FILE, metavar="FILE", help="Write the network as GraphML.")
@click.option("--gexf", type=FILE, metavar="FILE", help="Write the network as GEXF, for Gephi.")
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw the network by camps: .svg, .png or .html.")  # fmt: skip
def command(
    file: str, as_json: bool, camps: int | None, pact: tuple[str, ...] | None, date: str | None,
    dates: str, seconds: float | None, actors: str | None, edges: str | None, graphml: str | None,
    gexf: str | None, picture: str | None,
) -> None:  # fmt: skip
    """Find the ties under strain in the signed network in FILE, and what would relax them.

    FILE: a list of ties (.csv) with columns source, target, and sign or weight, and date if need
    be; GraphML or GEXF (.graphml, .gexf); or a case with a section balance (.yaml, or its id).
    """
    wanted = {
        "csv": actors, "edges": edges, "graphml": graphml, "gexf": gexf, "picture": picture,
    }  # fmt: skip
    files = asked_files(file, wanted)
    from foedus.lenses.table import signed_network

    opened = signed_network(file, date=date, dates=dates)
    account = opened.account(camps=camps, pact=pact, seconds=seconds)
    write_files(files, account.picture, account.export)
    if as_json:
        print_json(account.to_dict())
        return
    from foedus.cli.screen_balance import show

    print_screen(lambda out: show(account, out), files)
