"""A comparison on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from foedus.cli.printing import say
from foedus.cli.screen import print_table, span
from foedus.verdict.words import words

if TYPE_CHECKING:
    from foedus.verdict.comparing.compare import Comparison

MOST, MOST_EVIDENCE = 12, 8
"""Rows shown of what moved it, and of the evidence behind."""
SEEN = 0.0005
"""A part that rounds to nothing is not told, unless something accounts for it."""


def points(share: float | None, error: float | None = None) -> str:
    """A change in percentage points, give or take two standard errors where they are known."""
    if share is None:
        return ""
    off = f" ± {200 * error:.1f}" if error is not None and isfinite(error) else ""
    return f"{100 * share:+.1f}{off}"


def show(told: Comparison, out: Console) -> None:
    """Print what moved, and what moved it."""
    for name, interval in zip(told.names, (told.before, told.after), strict=True):
        out.print(f"{escape(name)}: [bold]{words(interval.value)}[/bold], {span(interval)}")
    error = told.change_error
    off = f"{100 * error:.1f}" if isfinite(error) else "unknown with so few draws"
    out.print(f"moved by [bold]{points(told.change)}[/bold] points (sampling error {off})")
    if any(one.bears for one in told.moved) or abs(told.structure) >= SEEN:
        movers(told, out)
        evidence(told, out)
    elif not told.moved:
        out.print("no quantity differs")
    if told.moves_nothing:
        say(out, f"new, moves nothing yet: {', '.join(told.moves_nothing)}", "dim")
    for lens, (was, now) in told.shares.items():
        out.print(f"{escape(lens)}, share holding: {span(was)}; then {span(now)}")
        changed = [one for one in told.moved if one.path.startswith(f"{lens}.")]
        if changed:
            there = [(one.label, one.before, one.after) for one in changed]
            print_table(out, ("changed there", "was", "is"), there)
    for line in told.other:
        out.print(f"[dim]also differs:[/dim] {escape(line)}")
    parts = f"; parts {told.method}" if told.method else ""
    out.print(f"[dim]{told.draws} shared draws, seed {told.seed}{parts}[/dim]")


def movers(told: Comparison, out: Console) -> None:
    """The parts of the move, the largest first."""
    moved = {one.path: one for one in told.moved}
    rows: list[tuple[str, ...]] = []
    for part in told.parts:
        numbers = ("", f"{len(part.paths)} numbers")
        if len(part.paths) == 1:
            one = moved[part.paths[0]]
            numbers = (one.before, one.after)
        rows.append((part.label, *numbers, points(part.part, part.error)))
    rows = shortened(rows, [part.part for part in told.parts], MOST)
    alone = [one for one in told.moved if one.bears and "not there" in (one.before, one.after)]
    rows += [(one.label, one.before, one.after, "") for one in alone]
    if alone or abs(told.structure) >= SEEN:
        label = "settings and structure"
        rows.append((label, "", "", points(told.structure, told.structure_error)))
    print_table(out, ("what moved it", "was", "is", "points"), rows)
    if told.together is not None and abs(told.together) >= SEEN:
        out.print(f"[dim]left over by draws that did not settle: {points(told.together)}[/dim]")


def evidence(told: Comparison, out: Console) -> None:
    """The same parts by the evidence that accounts for them."""
    credited = told.by_evidence
    if not any(one.evidence for one in credited):
        for one in credited:
            out.print(f"[dim]by evidence: {one.how}[/dim]")
        return
    rows: list[tuple[str, ...]] = [
        (f"{one.evidence}: {one.says}", one.how, points(one.part, one.part_error))
        if one.evidence
        else (one.how, "", points(one.part, one.part_error))
        for one in credited
    ]
    rows = shortened(rows, [one.part for one in credited], MOST_EVIDENCE)
    print_table(out, ("by evidence", "", "points"), rows)


def shortened(
    rows: Sequence[tuple[str, ...]], parts: Sequence[float], most: int
) -> list[tuple[str, ...]]:
    """The first rows, and one for all others with the sum of their parts."""
    if len(rows) <= most:
        return list(rows)
    kept = most - 1
    blank = ("",) * (len(rows[0]) - 2)
    return [*rows[:kept], (f"{len(rows) - kept} others", *blank, points(sum(parts[kept:])))]
