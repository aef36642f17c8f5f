"""A matrix on one screen: who leads by counting and by weighing, what decides, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.markup import escape

from foedus.cli.printing import number, print_columns, say
from foedus.lenses.lens import percent
from foedus.lenses.plane import shortened, wide
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
LEAST = 8
"""The least width of a name beside numbers."""
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
    _agreement(account, out)
    _matrix(account, out)
    _linchpins(account, out)
    _cells(data, out)
    _pairs(account, out)
    for warning in account.warnings:
        say(out, f"! {warning}")


def _span(interval: Row) -> str:
    value = f"{_percent(interval['value'])} %"
    low, high = _percent(interval["low"]), _percent(interval["high"])
    return value if low == high else f"{value} ({low} to {high})"


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
    head = ["hypothesis", "pact holds", "chance", "", "against", "", "weighted", ""]
    print_columns(out, head, _fitting(head, rows, out.width), 1)


def _fitting(head: list[str], rows: list[list[str]], width: int) -> list[list[str]]:
    """Rows whose names are cut so that all fits, no two alike."""
    others = [max(cell_len(row[k]) for row in (head, *rows)) for k in range(1, len(head))]
    room = max(LEAST, width - sum(others) - 2 * len(others))
    names = shortened([row[0] for row in rows], room)
    return [[name, *row[1:]] for name, row in zip(names, rows, strict=True)]


def _agreement(account: MatrixAccount, out: Console) -> None:
    """Whether counting and weighing agree on which comes first, and the prior it began from."""
    data = account.data
    if cause := account.disagreement:
        why = (
            "by the prior; the evidence alone makes one of the former likeliest"
            if cause == "prior"
            else "for what speaks for it and how items are rated and grouped"
        )
        say(
            out,
            f"They disagree: least speaks against {listed(data['least_inconsistent'])}, yet"
            f" {data['leader']} is likelier, {why}.",
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
    heads = dict(zip(items, shortened(items, COLUMN), strict=True))
    left = min(NAME, max(map(wide, names)))
    room, shown = out.width - left, list[str]()
    for item in items:
        room -= 2 + wide(heads[item])
        if room < 0:
            break
        shown.append(item)
    rows = [
        [cut, *(account.letters(name, item) for item in shown)]
        for cut, name in zip(shortened(names, left), names, strict=True)
    ]
    out.print()
    print_columns(out, ["", *(heads[item] for item in shown)], rows, 1)
    rest = len(items) - len(shown)
    if rest:
        more = "1 more item that tells" if rest == 1 else f"{rest} more items that tell"
        say(out, f"and {more} less, in --csv and --picture", "dim")


def _linchpins(account: MatrixAccount, out: Console) -> None:
    """The items that carry most."""
    data = account.data
    sided = data["log_ratio"] is not None
    rows = [
        [
            row["item"],
            *_carried(account, row, sided),
            percent(row["leader_changes"]),
            _rated(data, row),
        ]
        for row in data["linchpins"][:ITEMS]
    ]
    head = ["likelihood ratio", "points without"] if sided else ["points that move"]
    out.print()
    head = ["linchpins", *head, "leader changes", "rated"]
    print_columns(out, head, _fitting(head, rows, out.width), 1)
    none = [name for name, row in data["items"].items() if row["strength"]["value"] < 1e-9]
    if none:
        more = f" and {len(none) - ITEMS} more" if len(none) > ITEMS else ""
        say(out, f"No help in telling hypotheses apart: {', '.join(none[:ITEMS])}{more}.")


def _carried(account: MatrixAccount, row: Row, sided: bool) -> list[str]:
    if not sided:
        return [f"{100 * row['moves']['value']:.1f}"]
    return [account.brings(row["log_ratio"]), account.points(row["holds_change"]["value"])]


def _rated(data: Row, row: Row) -> str:
    return data["items"][row["item"]]["rating"] or "–"


def _cells(data: Row, out: Console) -> None:
    """Single cells that decide which hypothesis leads."""
    turning = [row for row in data["changes"] if row["changes_leader"]]
    central = data["at_modes"]["leaders"]
    out.print()
    if set(central).isdisjoint(data["leaders"]):
        say(out, f"It is close: at the most likely values {_lead(central)}.")
    if not turning:
        say(
            out,
            "No single cell, a step up or down or to or from NA, changes which one leads.",
        )
        return
    told = [
        f"{row['hypothesis']} / {row['item']} from {LETTERS[row['now']]} to {LETTERS[row['then']]}"
        f" ({_lead(row['leaders'])})"
        for row in turning[:CELLS]
    ]
    more = f"; and {len(turning) - CELLS} more" if len(turning) > CELLS else ""
    say(out, f"Changes of one cell after which another leads: {'; '.join(told)}{more}.")


def _lead(names: list[str]) -> str:
    more = [*names[:CELLS], f"{len(names) - CELLS} more"] if len(names) > CELLS + 1 else names
    return f"{listed(more)} {'leads' if len(names) == 1 else 'lead'}"


def _pairs(account: MatrixAccount, out: Console) -> None:
    """Hypotheses that nothing tells apart."""
    alike = [row for row in account.data["pairs"] if row["items"] == 0]
    if alike:
        names = account.names.hypotheses
        told = "; ".join(f"{names[row['one']]} and {names[row['other']]}" for row in alike[:CELLS])
        more = f"; and {len(alike) - CELLS} more pairs" if len(alike) > CELLS else ""
        say(out, f"No item tells apart {told}{more}.")
