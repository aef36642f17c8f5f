"""A signed network on one screen: its camps, what is under strain, and what would relax it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from foedus.cli.printing import number, print_columns, say

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.lenses.table import NetworkAccount

NAMED = 240
"""The most characters of the names of one camp."""
SHORT = 22
"""The most characters of names within a row."""
LONGEST = 24
"""The most of one name."""
ROWS = 5
"""Rows of a table."""
DATES = 6
"""Rows of the table of dates, the last ones."""
TRIADS = ("all friends", "one foe", "two foes", "all foes")
"""Kinds of triads, by their number of ties between foes."""


def show(account: NetworkAccount, out: Console) -> None:
    """Print the network: no more than a screen."""
    _head(account, out)
    _frustration(account, out)
    _camps(account, out)
    _strained(account, out)
    _realignments(account, out)
    _pact(account, out)
    _history(account, out)
    _indices(account, out)
    _notes(account, out)


def _head(account: NetworkAccount, out: Console) -> None:
    opened, network = account.opened, account.network
    if opened.title:
        out.print(f"[bold]{escape(opened.title)}[/bold]")
    foes = int((network.signs < 0).sum())
    told = [
        f"{opened.network.size:,} actors",
        f"{network.ties:,} ties: {network.ties - foes:,} friends, {foes:,} foes",
    ]
    if opened.date:
        told.append(f"as of {opened.date}")
    if (network.weights != 1.0).any():
        told.append(f"all ties weigh {number(float(network.weights.sum()))}")
    say(out, "; ".join(told))
    if opened.at_modes:
        say(out, "every uncertain number at its most likely value", "dim")


def _frustration(account: NetworkAccount, out: Console) -> None:
    """How much is left unexplained, by how many camps there may be."""
    rows = []
    for camps, found in account.by_camps.items():
        asked = camps == str(account.camps)
        at_least = "proved" if found.proved else f"at least {number(found.bound)}"
        optima = found.optima
        rows.append([
            f"{'any number' if camps == 'any' else camps}{' ←' if asked else ''}",
            number(found.value), at_least, str(1 + int(found.assignment.max())),
            "–" if optima is None else f"{optima:,}", _short(account.line_index(found)),
        ])  # fmt: skip
    out.print()
    header = ["camps at most", "frustration", "bound", "used", "best divisions", "line index"]
    print_columns(out, header, rows, 1)


def _camps(account: NetworkAccount, out: Console) -> None:
    """Who stands with whom, the largest camp first."""
    camps: dict[int, list[str]] = {}
    for actor, camp in zip(account.network.actors, account.best.assignment.tolist(), strict=True):
        camps.setdefault(camp, []).append(_called(account, actor))
    out.print()
    most = max(NAMED // len(camps), 120)
    ranked = sorted(camps.values(), key=lambda names: -len(names))
    for k, names in enumerate(ranked[:ROWS]):
        say(out, f"camp {k + 1}: {_listed(names, most)}")
    _more(out, len(ranked) - ROWS, "camps")


def _strained(account: NetworkAccount, out: Console) -> None:
    """The ties that the camps leave unexplained, the weightiest first."""
    ties = sorted((tie for tie in account.strains if tie.strained), key=lambda t: -t.strained)
    out.print()
    if not ties:
        out.print("No tie is under strain: friends stand inside, foes across.")
        return
    rows = []
    for tie in ties[:ROWS]:
        a, b = (_called(account, account.network.actors[i]) for i in account.network.ends[tie.tie])
        word = "friends, apart" if account.network.signs[tie.tie] > 0 else "foes, together"
        share = "–" if tie.share is None else f"{100 * tie.share:.0f} %"
        rows.append([f"{a} – {b}", word, number(tie.strained), share, f"{tie.triangles:,}"])
    header = ["under strain", "are", "weight", "of best divisions", "bad triangles"]
    print_columns(out, header, rows, 2)
    _more(out, len(ties) - ROWS, "ties")


def _realignments(account: NetworkAccount, out: Console) -> None:
    """Other divisions, the cheapest first."""
    if not account.realignments:
        return
    rows = []
    for one in account.realignments[:ROWS]:
        who = "; ".join(
            f"{_named(account, join.moves)} → {_named(account, join.finds) or 'alone'}"
            for join in one.joins
        )
        sure = "" if one.proved else "at most "
        rows.append([who, f"{sure}{number(one.cost)}", str(len(one.relieved))])
    out.print()
    print_columns(out, ["if they stood elsewhere", "more strain", "ties relieved"], rows, 1)


def _pact(account: NetworkAccount, out: Console) -> None:
    """What it costs the pact to stay together, to part, and that each leaves."""
    if account.split is None:
        return
    split, actors = account.split, account.network.actors
    names = [_called(account, actors[i]) for i in split.members]
    sure = "" if split.proved else " (not proved)"
    out.print()
    say(
        out,
        f"The pact of {_listed(names, 60)}: frustration {number(split.together)} with all of them"
        f" in one camp, {number(split.apart)} with them split{sure}",
    )
    ranked = sorted(zip(split.leaves, names, strict=True))
    told = [f"{name} {number(cost)}" for cost, name in ranked]
    say(out, f"more strain if one alone leaves (below 0: less): {_listed(told, 150)}")


def _history(account: NetworkAccount, out: Console) -> None:
    """How it moved over the last dates."""
    if len(account.moments) < 2:
        return
    words = {True: "together", False: "split", None: "–"}
    rows = []
    for moment in account.moments[-DATES:]:
        bound = "" if moment.proved else f" (≥ {number(moment.bound)})"
        rows.append([
            str(moment.date), words[moment.together], f"{moment.nodes:,}", f"{moment.ties:,}",
            f"{number(moment.value)}{bound}", _short(moment.line_index),
            _short(moment.triangle_index),
        ])  # fmt: skip
    header = ["date", "pact", "actors", "ties", "frustration", "line index", "triangles"]
    columns = range(len(header)) if account.pact else (0, *range(2, len(header)))
    out.print()
    print_columns(
        out, [header[k] for k in columns], [[row[k] for k in columns] for row in rows],
        2 if account.pact else 1,
    )  # fmt: skip
    earlier = len(account.moments) - DATES
    if earlier > 0:
        out.print(f"[dim]and {earlier:,} earlier[/dim]")


def _indices(account: NetworkAccount, out: Console) -> None:
    counts = account.triangles.census.tolist()
    told = ", ".join(f"{count:,} {kind}" for kind, count in zip(TRIADS, counts, strict=True))
    out.print()
    say(
        out,
        f"triangles balanced {_short(account.triangle_index)} ({told}); closed"
        f" walks balanced {_short(account.walk_index)}; least eigenvalue"
        f" {_short(account.least_eigenvalue)}",
        "dim",
    )


def _notes(account: NetworkAccount, out: Console) -> None:
    for note in account.notes:
        say(out, note)


def _called(account: NetworkAccount, actor: str) -> str:
    """What people call an actor, cut if it is long."""
    name = account.opened.called(actor)
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _named(account: NetworkAccount, places: Sequence[int]) -> str:
    """The first of some actors, by their places, and how many more."""
    return _listed([_called(account, account.network.actors[i]) for i in places], SHORT)


def _listed(names: Sequence[str], most: int) -> str:
    """Names with commas between, as many as there is room for, and how many more."""
    shown: list[str] = []
    for name in names:
        if shown and len(", ".join([*shown, name])) > most:
            break
        shown.append(name)
    left = len(names) - len(shown)
    return ", ".join(shown) + (f" and {left:,} more" if left else "")


def _more(out: Console, left: int, what: str) -> None:
    if left > 0:
        out.print(f"[dim]and {left:,} more {what}[/dim]")


def _short(value: float | None) -> str:
    """An index, to three digits; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"
