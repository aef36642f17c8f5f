"""`foedus bargaining`: where the bargaining over a table of actors settles, by every model."""

from __future__ import annotations

from math import isfinite
from typing import Any

import click

from foedus.cli.options import json_option
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files


class NumbersType(click.ParamType[tuple[float, ...]]):
    """Numbers with commas between; so many of them, or any number if `count` is None."""

    def __init__(self, name: str, count: int | None = None) -> None:
        self.name, self.count = name, count

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """As floats, all of them finite."""
        if isinstance(value, tuple):
            return value
        try:
            found = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            found = ()
        right = found and all(map(isfinite, found)) and self.count in (None, len(found))
        if not right:
            self.fail(f"{value!r} should be {self.name}, in numbers", param, ctx)
        return found


@click.command("bargaining")
@click.argument("file")
@json_option
@click.option("--case", "chosen", metavar="NAME", help="Which case of a table with several.")
@click.option("--issue", metavar="ID", help="Which issue of a case file with several.")
@click.option("--salience-unit", type=click.Choice(["auto", "share", "percent"]), default="auto",
              help="Default: auto, percent if any exceeds 1.")  # fmt: skip
@click.option("--scale", type=NumbersType("LOW,HIGH", 2), metavar="LOW,HIGH",
              help="Ends of the scale; default: the outermost positions.")  # fmt: skip
@click.option("--reference", type=NumbersType("A or A,B,…"), metavar="A[,B…]",
              help="What holds without agreement, by dimension; for nbs.")  # fmt: skip
@click.option("--variant", "variants", multiple=True, metavar="NAME",
              help="Only this model; may be repeated. Default: all.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1, 1000), metavar="N",
              help="Rounds of the expected-utility model; default: 10.")  # fmt: skip
@click.option("--csv", type=FILE, metavar="FILE", help="Write all positions by turn, as a table.")
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw positions by turn: .svg, .png or .html.")  # fmt: skip
def command(
    file: str, as_json: bool, chosen: str | None, issue: str | None, salience_unit: str,
    scale: tuple[float, float] | None, reference: tuple[float, ...] | None,
    variants: tuple[str, ...], rounds: int | None, csv: str | None, picture: str | None,
) -> None:  # fmt: skip
    """Forecast where the bargaining among the actors in FILE settles, by every model.

    FILE: a table (.csv) with columns actor, position, capability and salience, and dim and case if
    need be; a table of KTAB (.csv, .xml); or a case with a section bargaining (.yaml, or its id).
    """
    wanted = {"csv": csv, "picture": picture}
    files = asked_files(file, wanted)
    from foedus.lenses.table import actor_table

    opened = actor_table(
        file, case=chosen, issue=issue, salience_unit=salience_unit, scale=scale
    )  # fmt: skip
    account = opened.account(variants=variants, rounds=rounds, reference=reference)
    write_files(files, account.picture, lambda _, path: account.write_histories(path))
    if as_json:
        print_json(account.to_dict())
        return
    from foedus.cli.screen_bargaining import show

    print_screen(lambda out: show(account, out), files)
