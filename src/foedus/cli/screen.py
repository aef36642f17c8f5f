"""The answer on one screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from math import isfinite
from shutil import get_terminal_size
from textwrap import shorten
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from foedus.lenses.lens import percent
from foedus.verdict.views import beyond

if TYPE_CHECKING:
    from foedus.lenses.lens import Finding, Interval
    from foedus.verdict.analysis import Analysis

BAR = 30
DRIVERS = 3
EVIDENCE = 6
ASSUMPTIONS = 3
SCENARIOS = 5


def span(interval: Interval | None) -> str:
    """An interval for people."""
    if interval is None:
        return "no draw"
    return f"{percent(interval.value)} ({percent(interval.low)} to {percent(interval.high)})"


def bar(interval: Interval, width: int = BAR) -> Text:
    """The interval as a bar from 0 to 100 %, its value marked."""
    low, high = round(interval.low * (width - 1)), round(interval.high * (width - 1))
    value = round(interval.value * (width - 1))
    text = Text()
    for place in range(width):
        inside = low <= place <= high
        mark = "●" if place == value else "━" if inside else "·"
        text.append(mark, style="bold" if place == value else "" if inside else "dim")
    return text


@contextmanager
def page() -> Iterator[Console]:
    """What is printed to it goes out at once, at the end, in the width and colours of the terminal.

    Not straight away, for rich takes a reader that has had enough for the end of the program.
    """
    console = Console(
        file=StringIO(), highlight=False, force_terminal=sys.stdout.isatty(),
        width=get_terminal_size().columns,
    )  # fmt: skip
    yield console
    assert isinstance(console.file, StringIO)
    click.echo(console.file.getvalue(), nl=False)


def show(answer: Analysis, out: Console) -> None:
    """Print the answer: no more than a screen."""
    out.print(f"[bold]{escape(answer.case.question)}[/bold]\n")
    headline = Text.assemble(
        (f"{answer.words}: {percent(answer.holds.value)} ", "bold"),
        f"({percent(answer.holds.low)} to {percent(answer.holds.high)})  ",
    )
    out.print(headline + bar(answer.holds))
    views(answer, out)
    if answer.spoken.lens == "base_rate":
        out.print(escape(answer.spoken.reasons[0]))
    for lens, lacks in answer.missing.items():
        if lens in answer.case.sections:
            out.print(
                f"[bold]![/bold] {lens} could not look: still needs {escape(', '.join(lacks))}"
            )
    for finding in answer.findings.values():
        first = finding.data.get("first_leaver")
        if first:
            ranked = sorted(first.items(), key=lambda pair: -pair[1])
            told = ", ".join(
                f"{escape(name(answer, i))} {percent(share)}" for i, share in ranked if share > 0
            )
            out.print(f"[dim]who leaves first[/dim]  {told}")
        if finding is not answer.spoken:  # its warnings stand in the report
            if finding.lens == "base_rate" and answer.views:
                continue  # its view stands above
            out.print(Text.assemble((finding.lens, "dim"), "  ", in_short(finding, out.width)))
            continue
        for warning in finding.warnings:
            out.print(f"[bold]![/bold] {escape(warning)}")
    assumptions(answer, out)
    scenarios(answer, out)
    pulls(answer, out)
    breaks(answer, out)
    evidence(answer, out)
    for gone in answer.lost:
        out.print(f"[bold]![/bold] {escape(gone)}")
    error = answer.sampling_error.value
    told = f"{100 * error:.1f} points" if isfinite(error) else "unknown with so few"
    out.print(
        f"[dim]{answer.draws.size} draws, seed {answer.seed}, sampling error {told}\n"
        f"foedus {answer.version}, case {escape(answer.case.id)} {answer.case.hash[:12]}[/dim]"
    )


def name(answer: Analysis, actor: str) -> str:
    """An actor's name."""
    return answer.case.actors[actor].name


def in_short(finding: Finding, width: int) -> str:
    """What a lens says first, on two lines at the most; the rest stands in the report."""
    told, stop, _ = finding.headline.partition(". ")
    room = 2 * width - len(finding.lens) - 8
    return shorten(told + stop.strip(), room, placeholder=" …")


VIEWS = {"endurance": "inside view", "base_rate": "outside view", "argument": "argument"}
"""What the screen calls the views that the headline and the pooled figure are made of."""


def views(answer: Analysis, out: Console) -> None:
    """The views of the pact's survival side by side, and pooled."""
    anchor = (answer.findings["endurance"].data if "endurance" in answer.findings else {}).get(
        "anchor"
    )
    if anchor and anchor["yearly_exit"] is not None:
        who = " and ".join(escape(name(answer, m)) for m in anchor["members"])
        rate = f"{100 * anchor['yearly_exit']:.3g} % a year"
        if anchor["from"] == "base_rate":
            spread = anchor["yearly_exit_interval"]
            rate = f"the base rate, {rate} ({percent(spread['low'])} to {percent(spread['high'])}),"
        out.print(f"[dim]anchored on[/dim] {rate} for {who}")
    beside = [view for view in answer.views if view.holds != answer.holds]
    told = [
        f"[dim]{VIEWS[v.name]}[/dim] {percent(v.holds.value) if v.certain else span(v.holds)}"
        for v in beside
    ]
    if answer.pooled is not None and len(answer.views) > 1:
        told.append(f"[dim]pooled views[/dim] {span(answer.pooled.holds)}")
    for k in range(0, len(told), 2):
        out.print("; ".join(told[k : k + 2]))
    apart = beyond(answer.views, answer.holds)
    if apart is not None:
        out.print(f"[bold]![/bold] {apart}")


def breaks(answer: Analysis, out: Console) -> None:
    """Where the pact breaks, if draws not used to find it say so too, and what to watch."""
    found = answer.breaking
    best = found.boxes[0] if found.boxes else None
    tested = best.density_tested if best is not None else None
    if best is not None and tested is not None and tested.low > found.base_rate:
        where = " and ".join(str(one) for one in best.conditions)
        out.print(
            f"[dim]breaks where[/dim] {escape(where)}: {span(tested)} of such draws, against"
            f" {percent(found.base_rate)} of all"
        )
    if answer.indicators:
        says = shorten(answer.indicators[0].says, out.width - len("watch "), placeholder=" …")
        out.print(f"[dim]watch[/dim] {escape(says)}")


def print_table(out: Console, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a calm table; where it is too wide, its first column is cut and nothing else."""
    gap = 2
    widths = [max(len(row[k]) for row in (header, *rows)) for k in range(len(header))]
    room = out.width - sum(widths[1:]) - gap * (len(header) - 1)
    made = Table(box=None, padding=(0, gap, 0, 0), header_style="dim", pad_edge=False)
    first = max(min(widths[0], room), 12)
    made.add_column(header[0], width=first, no_wrap=True, overflow="ellipsis")
    for column, width in zip(header[1:], widths[1:], strict=True):
        made.add_column(column, width=width, no_wrap=True, justify="right")
    for row in rows:
        made.add_row(*(escape(cell) for cell in row))
    out.print()
    out.print(made)


def assumptions(answer: Analysis, out: Console) -> None:
    """What the pact's chances become if an assumption fails."""
    if not answer.assumptions:
        return
    first, *others = answer.assumptions
    weighty = sorted(others, key=lambda check: -abs(check.load or 0.0))
    rows = [
        (
            check.says,
            percent(check.stands.value) if check.stands else "no draw",
            percent(check.fails.value) if check.fails else "no draw",
            percent(check.probability_of_failure.value),
        )
        for check in (first, *weighty[: ASSUMPTIONS - 1])
    ]
    print_table(out, ("holds if …", "it stands", "it fails", "chance to fail"), rows)


def scenarios(answer: Analysis, out: Console) -> None:
    """The case's what-ifs beside it."""
    if not answer.scenarios:
        return
    strong = sorted(answer.scenarios, key=lambda scenario: -abs(scenario.change))[:SCENARIOS]
    rows = [
        (
            scenario.says,
            span(scenario.holds),
            f"{100 * scenario.change:+.0f}{give_or_take(scenario.change_error)}",
        )
        for scenario in answer.scenarios
        if scenario in strong
    ]
    print_table(out, ("what if …", "holds", "points"), rows)
    if len(strong) < len(answer.scenarios):
        out.print(f"[dim]and {len(answer.scenarios) - len(strong)} more in --report[/dim]")


def give_or_take(error: float) -> str:
    """Two standard errors in points, where they are known."""
    return f" ± {200 * error:.0f}" if isfinite(error) else ""


def pulls(answer: Analysis, out: Console) -> None:
    """The quantities that the answer rests on most."""
    strong = [driver for driver in answer.drivers if driver.matters][:DRIVERS]
    if not strong:
        return
    rows = [
        (
            driver.label,
            f"{driver.correlation:+.2f} ({driver.low:+.2f} to {driver.high:+.2f})",
            percent(driver.at_low),
            percent(driver.at_high),
        )
        for driver in strong
    ]
    print_table(out, ("rests on", "rank correlation", "at its low", "at its high"), rows)
    out.print()


def evidence(answer: Analysis, out: Console) -> None:
    """The evidence that carries the answer, where that was asked for."""
    if answer.evidence is None:
        return
    told = [one for one in answer.evidence if one.aside is not None][:EVIDENCE]
    if not told:
        out.print("[dim]without …[/dim] no number that rests on evidence bears on the answer")
        return
    rows = []
    for one in told:
        assert one.aside is not None
        change = one.aside.change
        half = (change.high - change.low) / 2.0
        name = f"{one.rating} {one.id}" + (" (source)" if one.kind == "source" else "")
        give = f" ± {100 * half:.0f}" if isfinite(half) else ", too few draws to tell how sure"
        rows.append((name, percent(one.aside.holds), f"{100 * change.value:+.0f}{give}"))
    print_table(out, ("without …", "holds", "points"), rows)
    settings = sorted({path for one in told for path in one.settings})
    if settings:
        out.print(
            f"[dim]left as they are, though they rest on it: {escape(', '.join(settings))}[/dim]"
        )
    out.print()
