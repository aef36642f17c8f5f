"""`foedus dependence`: how the worth of a pact can be shared, and who would stand with whom."""

from __future__ import annotations

from typing import Any

import click

from foedus.cli.options import json_option
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files

MISSING = ("refuse", "zero")


class PayoffsType(click.ParamType[dict[str, float]]):
    """What each member gets, as in `A=3,B=4`."""

    name = "A=3,B=4"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, float]:
        """By member, each named once, every number finite."""
        if isinstance(value, dict):
            return value
        out: dict[str, float] = {}
        for part in str(value).split(","):
            name, sign, said = (each.strip() for each in part.rpartition("="))
            if not (sign and name):
                self.fail(f"{value!r} should be payoffs as in {self.name}", param, ctx)
            if name in out:
                self.fail(f"{value!r} names {name!r} twice", param, ctx)
            out[name] = self._number(said, param, ctx)
        return out

    def _number(
        self, said: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:  # fmt: skip
        from foedus.lenses.cells import plain_number

        found = plain_number(said)
        if found is None:
            self.fail(f"{said!r} should be a number", param, ctx)
        return found


@click.command("dependence")
@click.argument("file")
@json_option
@click.option("--missing", type=click.Choice(MISSING), default="refuse", show_default=True,
              help="Refuse a table that lacks some sets, or count those as 0.")  # fmt: skip
@click.option("--quota", type=float, metavar="Q", help="What it takes to pass, in a vote.")
@click.option("--payoffs", type=PayoffsType(), metavar="A=3,B=4",
              help="How the whole is divided: who can object?")  # fmt: skip
@click.option("--partition", metavar="A+B;C",
              help="Who stands with whom: does it last? Default: all together.")  # fmt: skip
@click.option("--csv", type=FILE, metavar="FILE",
              help="Write all divisions by member, or all partitions, as a table.")  # fmt: skip
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw the divisions, or the partition: .svg, .png or .html.")  # fmt: skip
def command(
    file: str, as_json: bool, missing: str, quota: float | None, payoffs: dict[str, float] | None,
    partition: str | None, csv: str | None, picture: str | None,
) -> None:  # fmt: skip
    """Say how the worth of all can be shared, and who would rather stand with whom.

    FILE: a table (.csv) with columns coalition and worth; member and weight, for a vote; member,
    partner and value, or member, coalition and value, for preferences; or a case with a section
    dependence (.yaml, or its id).
    """
    wanted = {"csv": csv, "picture": picture}
    files = asked_files(file, wanted)
    from foedus.lenses.table import coalition_worths

    opened = coalition_worths(file, missing=missing, quota=quota)
    account = opened.account(partition=partition, payoffs=payoffs)
    write_files(files, account.picture, lambda _, path: account.write_table(path))
    if as_json:
        print_json(account.to_dict())
        return
    from foedus.cli.screen_dependence import show

    print_screen(lambda out: show(account, out), files)
