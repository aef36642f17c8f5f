"""A comparison on one screen."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from foedus.cli.screen import print_table, span
from foedus.verdict.words import words

if TYPE_CHECKING:
    from foedus.verdict.compare import Comparison


def points(share: float | None) -> str:
    """A change in percentage points."""
    return "" if share is None else f"{100 * share:+.1f}"


def show(told: Comparison, out: Console) -> None:
    """Print what moved."""
    for name, interval in zip(told.names, (told.before, told.after), strict=True):
        out.print(f"{escape(name)}: [bold]{words(interval.value)}[/bold], {span(interval)}")
    error = told.change_error
    off = f"{100 * error:.1f}" if isfinite(error) else "unknown with so few draws"
    out.print(f"moved by [bold]{points(told.change)}[/bold] points (sampling error {off})")
    bearing = [one for one in told.moved if one.bears]
    if bearing:
        rows = [(one.label, one.before, one.after, points(one.part)) for one in bearing]
        print_table(out, ("what moved it", "was", "is", "points"), rows)
        if told.together is not None and len(bearing) > 1:
            out.print(f"[dim]together, beyond their parts: {points(told.together)}[/dim]")
        untold = sum(one.part is None for one in bearing)
        if untold:
            out.print(f"[dim]the parts of {untold} quantities cannot be told apart[/dim]")
    elif not told.moved:
        out.print("no quantity differs")
    for lens, (was, now) in told.shares.items():
        out.print(f"{escape(lens)}, share holding: {span(was)}; then {span(now)}")
        changed = [one for one in told.moved if one.path.startswith(f"{lens}.")]
        if changed:
            there = [(one.label, one.before, one.after) for one in changed]
            print_table(out, ("changed there", "was", "is"), there)
    for line in told.other:
        out.print(f"[dim]also differs:[/dim] {escape(line)}")
    out.print(f"[dim]{told.draws} shared draws, seed {told.seed}[/dim]")
