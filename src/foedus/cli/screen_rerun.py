"""A rerun on one screen."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from foedus.cli.printing import print_columns, say
from foedus.cli.screen import span
from foedus.verdict.saving.rerun import CLOSE, SAME
from foedus.verdict.saving.tidy import DRAW

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.verdict.saving.differing import Difference
    from foedus.verdict.saving.rerun import Rerun

PROCESSOR = ", as happens on another processor or with other libraries."
LONGEST = 60
"""Characters of a text that are shown."""


def show(again: Rerun, out: Console) -> None:
    """Print whether a rerun is the same, and if not what differs first."""
    draws = again.answer.draws.size
    if again.result == SAME:
        table = f"the table of {draws} draws and {again.compared} columns"
        say(out, f"The same to the byte: all findings, and {table}.", "bold")
    else:
        near = again.result == CLOSE
        say(out, f"The same to 1e-9{PROCESSOR}" if near else "Not the same.", "bold")
        _differences(again, out)
    _versions(again, out)
    out.print()
    say(out, again.answer.case.question, "bold")
    if again.result == SAME:
        say(out, f"{again.answer.words}: {span(again.answer.holds)}")
    else:
        told = [("saved", span(again.saved.holds)), ("now", span(again.answer.holds))]
        print_columns(out, ("", "holds"), told, 2)
    case = f"case {again.saved.case.id} {again.saved.case.hash[:12]}"
    say(out, f"{draws} draws, seed {again.saved.seed}, {case}", "dim")


def _differences(again: Rerun, out: Console) -> None:
    first = again.first
    assert first is not None
    where = "the table" if first.where == "table" else "the findings"
    say(out, f"First in {where}: {_of(first)}.")
    wheres = [one.where for one in again.differences]
    tables, findings = wheres.count("table"), wheres.count("findings")
    most = "" if again.largest is None else f", by {again.largest:.2g} at most"
    say(out, f"{tables} of {again.compared} columns and {findings} findings differ{most}.")


def _of(one: Difference) -> str:
    if one.how == "gone":
        return f"{one.name} is no longer there"
    if one.how == "new":
        return f"{one.name} is there now and was not"
    if one.name == DRAW:
        return f"{one.saved} draws were saved and there are {one.now} now"
    where = one.name if one.draw is None else f"{one.name}, draw {one.draw},"
    apart = "" if one.by is None else f"; {one.by:.2g} apart"
    if one.draw is not None and one.by is not None:
        apart += " at most in this column"
    return f"{where} was {_value(one.saved)} and is {_value(one.now)}{apart}"


def _value(value: Any) -> str:
    if value is None or (isinstance(value, float) and isnan(value)):
        return "nothing"
    text = repr(value) if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _versions(again: Rerun, out: Console) -> None:
    """Say which versions are other ones now."""
    rows = [
        (name, was or "unknown", now or "unknown")
        for name, (was, now) in again.versions.items()
        if was != now
    ]
    if rows:
        out.print()
        print_columns(out, ("other versions", "saved", "now"), rows, 1)
