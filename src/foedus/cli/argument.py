"""`foedus argument`: hypotheses against evidence, by counting and by weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from foedus.cli.options import json_option
from foedus.cli.outputs import FILE, asked_files, print_json, print_screen, write_files

if TYPE_CHECKING:
    from foedus.lenses.table import MatrixAccount, OpenedMatrix

DRAWS, SEED = 512, 1
"""Draws of the numbers behind the steps, and their seed."""


class PriorType(click.ParamType[str | float]):
    """`flat`, or the chance that the pact holds."""

    name = "flat|P"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | float:
        """The chance, above 0 and below 1."""
        if isinstance(value, float):
            return value
        if value == "flat":
            return "flat"
        from foedus.lenses.cells import plain_number

        chance = plain_number(str(value))
        if chance is None or not 0.0 < chance < 1.0:
            self.fail(f"'{value}' should be flat, or a chance above 0 and below 1", param, ctx)
        return chance


@click.command("argument")
@click.argument("file")
@json_option
@click.option("--without", multiple=True, metavar="ITEM",
              help="Set an item of evidence aside. May be repeated.")  # fmt: skip
@click.option("--prior", type=PriorType(), metavar="flat|P",
              help="Before the evidence: flat, or the chance that the pact holds.")  # fmt: skip
@click.option("--shared", type=click.FloatRange(0, 1), metavar="R",
              help="How dependent items of one source are: 1 once, 0 not at all.")  # fmt: skip
@click.option("--csv", type=FILE, metavar="FILE",
              help="Write scores and matrix as a table.")  # fmt: skip
@click.option("--picture", type=FILE, metavar="FILE",
              help="Draw the matrix: .svg, .png or .html.")  # fmt: skip
def command(
    file: str, as_json: bool, without: tuple[str, ...], prior: str | float | None,
    shared: float | None, csv: str | None, picture: str | None,
) -> None:  # fmt: skip
    """Say which hypothesis the evidence favours, and which items decide.

    FILE: a matrix (.csv) with a column hypothesis and one for each item of evidence (or the other
    way round, with a column evidence), cells from -2 to 2, CC, C, N, I, II, or na; or a case with a
    section argument (.yaml, or its id).
    """
    files = asked_files(file, {"csv": csv, "picture": picture})
    from foedus.lenses.table import evidence_matrix

    opened = evidence_matrix(file).asking(without=without, prior=prior, shared=shared)
    account = drawn(opened)
    write_files(files, account.picture, lambda _, path: account.write_table(path))
    if as_json:
        print_json(account.to_dict())
        return
    from foedus.cli.screen_argument import show

    print_screen(lambda out: show(account, out), files)


def drawn(opened: OpenedMatrix) -> MatrixAccount:
    """The account over draws of every number, as an analysis makes them."""
    import numpy as np

    from foedus.ensemble.draws import Table
    from foedus.ensemble.pert import pert

    numbers = opened.quantities
    loose = tuple(sorted(path for path, quantity in numbers.items() if not quantity.fixed))
    uniforms = Table(loose, SEED).uniforms(DRAWS) if loose else np.zeros((1, 0))
    values = {path: np.full(len(uniforms), quantity.mode) for path, quantity in numbers.items()}
    for column, path in enumerate(loose):
        values[path] = pert(numbers[path], uniforms[:, column])
    return opened.account(values)
