"""A matrix on one screen: who leads by counting and by weighing, what decides, what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.markup import escape

from foedus.cli.printing import number, print_columns, say
from foedus.lenses.lens import percent
from foedus.lenses.wording import listed

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.lenses.table import MatrixAccount

Row = Mapping[str, Any]

ITEMS = 6
"""Items that are told one by one, those that carry most first."""
CELLS = 3
"""Changes of cells that are told."""
NAME = 22
"""The most letters of a hypothesis beside the matrix."""
LETTERS = {-2: "II", -1: "I", 0: "N", 1: "C", 2: "CC", "na": "NA"}
"""The letters of ACH for the steps of consistency."""
COLUMN = 11
"""The most letters of an item above the matrix."""


def show(account: MatrixAccount, out: Console) -> None:
    """Print both rankings, the matrix of what tells most, what decides, and what to beware of."""
    data = account.data
    matrix = account.opened.matrix
    if matrix.title:
        out.print(f"[bold]{escape(matrix.title)}[/bold]")
    say(out, account.headline)
    _rankings(data, out)
    _agreement(data, out)
    _matrix(account, out)
    _linchpins(data, out)
    _cells(data, out)
    _pairs(account, out)
    for warning in account.warnings:
        say(out, f"! {warning}")


def _span(interval: Row) -> str:
    value = f"{_percent(interval['value'])} %"
    if interval["low"] == interval["high"]:
        return value
    return f"{value} ({_percent(interval['low'])} to {_percent(interval['high'])})"


def _percent(share: float) -> str:
    """Per cent, to a tenth near the ends, and never a rounded 0 or 100."""
    value = 100.0 * share
    if 1.0 <= value <= 99.0 or value in (0.0, 100.0):
        return f"{value:.0f}"
    return f"{min(max(value, 0.1), 99.9):.1f}"


def _rankings(data: Row, out: Console) -> None:
    """Every hypothesis, the likeliest first, with its scores by counting."""
    holds = {True: "yes", False: "no", None: "–"}
    rows = [
        [
            name, holds[row["holds"]], _span(row["posterior"]), f"{row['rank']}.",
            number(row["inconsistency"]), f"{row['inconsistency_rank']}.",
            f"{row['weighted_inconsistency']:.1f}", f"{row['weighted_rank']}.",
        ]
        for name, row in sorted(data["hypotheses"].items(), key=lambda pair: pair[1]["rank"])
    ]  # fmt: skip
    out.print()
    print_columns(
        out,
        ["hypothesis", "pact holds", "chance", "", "against", "", "weighted", ""],
        rows,
        1,
    )


def _agreement(data: Row, out: Console) -> None:
    """Whether counting and weighing agree on which comes first, and the prior it began from."""
    least = data["least_inconsistent"]
    if data["leader"] not in least:
        say(
            out,
            f"They disagree: least speaks against {listed(least)}, yet {data['leader']} is"
            " likelier, for what speaks for it and how items are rated and grouped.",
        )
    prior = data["prior"]
    if prior["holds"] is not None:
        before = {"flat": "flat over hypotheses", "case": "the case's", "table": "the table's",
                  "asked": "as asked"}  # fmt: skip
        say(
            out,
            f"Chance that the pact holds: {_span(data['holds'])}, from a prior of"
            f" {_span(prior['holds'])}, {before[prior['from']]}.",
        )


def _matrix(account: MatrixAccount, out: Console) -> None:
    """As many columns as there is room for, those first that tell hypotheses apart most."""
    data, items = account.data, account.telling
    names = sorted(data["hypotheses"], key=lambda name: data["hypotheses"][name]["rank"])
    left = min(NAME, max(map(cell_len, names)))
    room, shown = out.width - left, list[str]()
    for item in items:
        wide = 2 + min(COLUMN, cell_len(item))
        if wide > room:
            break
        room -= wide
        shown.append(item)
    rows = [[_cut(name, left), *(account.letters(name, item) for item in shown)] for name in names]
    out.print()
    print_columns(out, ["", *(_cut(item, COLUMN) for item in shown)], rows, 1)
    rest = len(items) - len(shown)
    if rest:
        more = "1 more item that tells" if rest == 1 else f"{rest} more items that tell"
        say(out, f"and {more} less, in --csv and --picture", "dim")


def _cut(text: str, most: int) -> str:
    return text if cell_len(text) <= most else f"{text[: most - 1]}…"


def _linchpins(data: Row, out: Console) -> None:
    """The items that carry most."""
    sided = data["log_ratio"] is not None
    rows = [
        [row["item"], *_carried(row, sided), percent(row["leader_changes"]), _rated(data, row)]
        for row in data["linchpins"][:ITEMS]
    ]
    head = ["likelihood ratio", "points without"] if sided else ["points that move"]
    out.print()
    print_columns(out, ["linchpins", *head, "leader changes", "rated"], rows, 1)
    none = [name for name, row in data["items"].items() if row["strength"]["value"] < 1e-9]
    if none:
        more = f" and {len(none) - ITEMS} more" if len(none) > ITEMS else ""
        say(out, f"No help in telling hypotheses apart: {', '.join(none[:ITEMS])}{more}.")


def _carried(row: Row, sided: bool) -> list[str]:
    if not sided:
        return [f"{100 * row['moves']['value']:.1f}"]
    low, high = (math.exp(row["log_ratio"][end]) for end in ("low", "high"))
    ratio = math.exp(row["log_ratio"]["value"])
    return [
        f"{ratio:.2f} ({low:.2f} to {high:.2f})",
        f"{100 * row['holds_change']['value']:+.1f}",
    ]


def _rated(data: Row, row: Row) -> str:
    return data["items"][row["item"]]["rating"] or "–"


def _cells(data: Row, out: Console) -> None:
    """Single cells that decide which hypothesis leads."""
    turning = [row for row in data["changes"] if row["changes_leader"]]
    central = data["at_modes"]["leader"]
    out.print()
    if central != data["leader"]:
        say(out, f"It is close: at the most likely values {central} leads.")
    if not turning:
        say(out, "No single cell, a step up or down or not applicable, changes which one leads.")
        return
    told = [
        f"{row['hypothesis']} / {row['item']} from {LETTERS[row['now']]} to {LETTERS[row['then']]}"
        f" ({row['leader']} leads)"
        for row in turning[:CELLS]
    ]
    more = f"; and {len(turning) - CELLS} more" if len(turning) > CELLS else ""
    say(out, f"Changes of one cell after which another leads: {'; '.join(told)}{more}.")


def _pairs(account: MatrixAccount, out: Console) -> None:
    """Hypotheses that nothing tells apart."""
    alike = [row for row in account.data["pairs"] if row["items"] == 0]
    if alike:
        names = account.names
        told = "; ".join(f"{names[row['one']]} and {names[row['other']]}" for row in alike[:CELLS])
        more = f"; and {len(alike) - CELLS} more pairs" if len(alike) > CELLS else ""
        say(out, f"No item tells apart {told}{more}.")
