"""A table of actors on one screen: who wants what, where each model sees it settle, who pulls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.markup import escape
from rich.text import Text

from foedus.cli.printing import number, print_columns, say

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.lenses.table import ActorAccount

ACTORS = 40
"""Rows of the table of actors."""
PULLS = 6
"""Lines about who moved whom, in a dimension."""
POINTS = 9
"""Bars of a distribution."""
BAR = 30
"""The length of a bar for certainty."""
SCALES = {
    "given": "as given",
    "file": "as the file has it",
    "positions": "from the outermost positions",
}
"""Where the ends of a scale are from."""


def show(account: ActorAccount, out: Console) -> None:
    """Print the table, every model's forecast, the election's distribution, and who moved whom."""
    _head(account, out)
    _actors(account, out)
    _models(account, out)
    _notes(account, out)
    _elections(account, out)
    _moves(account, out)
    say(out, "\n" + account.record["lesson"], "dim")


def span(pair: tuple[float, float] | None) -> str:
    """A range of places."""
    return "" if pair is None else f"{number(pair[0])} to {number(pair[1])}"


def _head(account: ActorAccount, out: Console) -> None:
    opened, table = account.opened, account.opened.table
    if opened.title:
        out.print(f"[bold]{escape(opened.title)}[/bold]")
    n, dims = account.game.positions.shape
    told = [f"{n:,} actors"]
    if dims > 1:
        told.append(f"{dims} dimensions")
    unit = "percent" if table.salience_unit == "percent" else "shares of 1"
    scales = [f"{number(low)} to {number(high)}" for low, high in table.scale]
    same = scales[:1] if len(set(scales)) == 1 else scales
    told.append(f"scale {', '.join(same)} ({SCALES[opened.scale_from]})")
    told.append(f"salience in {unit}")
    say(out, "; ".join(told))
    if opened.at_modes:
        say(out, "every uncertain number at its most likely value", "dim")


def _actors(account: ActorAccount, out: Console) -> None:
    """Who wants what, how much, and with what behind it."""
    table, dims = account.opened.table, account.opened.table.dimensions
    full = 100.0 if table.salience_unit == "percent" else 1.0
    header = ["actor", "capability"]
    for dimension in dims:
        tail = f" {dimension}" if len(dims) > 1 else ""
        header += [f"position{tail}", f"salience{tail}"]
    rows = []
    for i, actor in enumerate(table.actors[:ACTORS]):
        row = [account.opened.names[actor], number(float(table.capability[i]))]
        for d in range(len(dims)):
            row += [
                number(float(table.positions[i, d])), number(full * float(table.salience[i, d]))
            ]  # fmt: skip
        rows.append(row)
    out.print()
    print_columns(out, header, rows, 1)
    if len(table.actors) > ACTORS:
        out.print(f"[dim]and {len(table.actors) - ACTORS:,} more[/dim]")


def _models(account: ActorAccount, out: Console) -> None:
    """Every model's forecast, a line for each model and dimension."""
    dims = account.opened.table.dimensions
    several = len(dims) > 1
    header = ["model", *(["of"] if several else []), "end", "forecast", "range", "error"]
    rows: list[list[str]] = []
    for name in account.variants:
        forecast, ranges = account.forecast(name), account.ranges(name)
        for d, dimension in enumerate(dims):
            first = d == 0
            error = account.error(name) if first else None
            rows.append([
                name if first else "", *([dimension] if several else []),
                account.ending(name) if first else "",
                number(None if forecast is None else forecast[d]), span(ranges[d]),
                "" if error is None else f"{error:.1f}",
            ])  # fmt: skip
    out.print()
    print_columns(out, header, rows, 3 if several else 2)
    for dimension, pair in zip(dims, account.spread, strict=True):
        tail = f" of {dimension}" if several else ""
        if pair is not None:
            say(out, f"Forecasts{tail} over these models: {span(pair)}")
    issues = account.record["issues"]
    say(
        out,
        "range: 5 % to 95 % of an election’s distribution, or the outermost positions at the end;"
        f" error: mean error on {issues} real issues, in points of a scale from 0 to 100",
        "dim",
    )


def _notes(account: ActorAccount, out: Console) -> None:
    """What models say of their own answer, those that say the same together."""
    by_note: dict[str, list[str]] = {}
    for name in account.variants:
        if note := account.note(name):
            if account.forecast(name) is None and "reference_point" in note:
                note += " (--reference)"
            by_note.setdefault(note, []).append(name)
    if by_note:
        out.print()
    for note, names in by_note.items():
        say(out, f"{', '.join(names)}: {note}")


def _elections(account: ActorAccount, out: Console) -> None:
    """How likely each settlement is by the plain election, or by the first one asked for."""
    name = next((v for v in account.variants if account.distribution(v) is not None), None)
    if name is None:
        return
    told = account.distribution(name) or []
    for dimension, one in zip(account.opened.table.dimensions, told, strict=True):
        tail = f", {dimension}" if len(told) > 1 else ""
        out.print(f"\n[dim]{escape(f'Settlement by {name}{tail}')}[/dim]")
        pairs = list(zip(one["points"], one["probability"], strict=True))
        likely = sorted(sorted(pairs, key=lambda pair: -pair[1])[:POINTS])
        width = max(cell_len(number(at)) for at, _ in likely)
        for at, chance in likely:
            line = f"{number(at):>{width}}  {100 * chance:4.1f} %  {'━' * round(BAR * chance)}"
            out.print(Text(line.rstrip()))
        if len(pairs) > len(likely):
            out.print(f"[dim]and {len(pairs) - len(likely)} less likely[/dim]")


def _moves(account: ActorAccount, out: Console) -> None:
    """Who moved whom in the main model in which positions move."""
    if account.main is None:
        return
    dims, called = account.opened.table.dimensions, account.opened.names
    for d, dimension in enumerate(dims):
        tail = f", {dimension}" if len(dims) > 1 else ""
        found = account.pulls(d)
        out.print(f"\n[dim]{escape(f'Who moved whom ({account.main}{tail})')}[/dim]")
        if not found:
            out.print("nobody moves")
        for pull in found[:PULLS]:
            who = f"{called[pull['by']]} moved {called[pull['who']]}"
            share = f"{100 * pull['share']:.0f} % of all movement"
            say(out, f"{who} by {pull['moved']:+.3g}, {share}")
        if len(found) > PULLS:
            out.print(f"[dim]and {len(found) - PULLS} more[/dim]")
