"""The way from one case's answer to another's, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any

from foedus.lenses.drawing import WIDTH, finished, lines_of, rows, share, wrapped
from foedus.lenses.lens import Picture
from foedus.report.text import chance, points

if TYPE_CHECKING:
    from foedus.verdict.comparing.compare import Comparison

TOP = 12
"""How many parts are drawn; the others are drawn together."""
SIDE = 265
"""Room for the names at the side."""
KINDS = ("the chance that it holds", "raised by", "lowered by")


def waterfall(told: Comparison) -> Picture:
    """Which changes lead from the chance before to the chance after, the largest first."""
    import altair as alt

    table = _table(told)
    names = [row["name"] for row in table]
    base = alt.Chart(rows(table)).encode(y=lines_of("name", names))
    title = "chance that the pact holds to the horizon"
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS)), title=None)
    bars = base.mark_bar(height=14).encode(
        x=alt.X(**share("start", title)), x2="end:Q", color=colour
    )
    steps = alt.Chart(rows(_joints(table))).mark_rule(style="part")
    joints = steps.encode(x=alt.X(**share("at", title)), y=lines_of("name", names), y2="next:N")
    errors = (
        base.transform_filter("isValid(datum.least)")
        .mark_rule(style="today")
        .encode(x=alt.X(**share("least", title)), x2="most:Q")
    )
    said = base.mark_text(style="note", align="left", dx=6).encode(
        x=alt.X(**share("edge", title)), text="said:N"
    )
    chart = alt.layer(joints, bars, errors, said)
    tall = 40 if any("\n" in name for name in names) else 28
    return Picture(
        "waterfall",
        "What moved the answer",
        f"From {chance(told.before.value)} ({told.names[0]}) to {chance(told.after.value)}"
        f" ({told.names[1]}): what each change adds, averaged over the orders in which they can be"
        " made. Lines at the ends: two standard errors either way.",
        finished(chart.properties(width=WIDTH - SIDE + 30, height=alt.Step(tall))),
    )


def _table(told: Comparison) -> list[dict[str, Any]]:
    """A row a bar, from the answer before to the answer after."""
    steps = [(part.label, part.part, part.error) for part in told.parts]
    if len(steps) > TOP:
        rest = steps[TOP - 1 :]
        steps = steps[: TOP - 1]
        steps.append((f"{len(rest)} others", sum(part for _, part, _ in rest), float("nan")))
    if told.structure:
        steps.append(("settings and structure", told.structure, told.structure_error))
    at = told.before.value
    out = [_level(told.names[0], at)]
    for name, part, error in steps:
        out.append(_step(name, at, part, error))
        at += part
    return _told_apart([*out, _level(told.names[1], told.after.value)])


def _told_apart(table: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows under names that differ, so that none shares another's line."""
    names = [row["name"] for row in table]
    before = [names[:place].count(name) for place, name in enumerate(names)]
    return [
        {**row, "name": f"{row['name']} ({count + 1})"} if count else row
        for row, count in zip(table, before, strict=True)
    ]


def _level(name: str, value: float) -> dict[str, Any]:
    return {
        "name": wrapped(name), "start": 0.0, "end": value, "edge": value, "kind": KINDS[0],
        "said": chance(value), "least": None, "most": None,
    }  # fmt: skip


def _step(name: str, start: float, part: float, error: float) -> dict[str, Any]:
    end = start + part
    known = isfinite(error)
    least, most = max(end - 2 * error, 0.0), min(end + 2 * error, 1.0)
    return {
        "name": wrapped(name), "start": start, "end": end,
        "edge": max(start, most if known else end),
        "kind": KINDS[1] if part >= 0 else KINDS[2], "said": points(part),
        "least": least if known else None, "most": most if known else None,
    }  # fmt: skip


def _joints(table: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where one bar ends and the next begins."""
    pairs = pairwise(table)
    return [{"name": a["name"], "next": b["name"], "at": a["end"]} for a, b in pairs]
