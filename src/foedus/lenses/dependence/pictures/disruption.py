"""What each member's leaving would cost the others, beside what it would cost itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from foedus.lenses.dependence.sentences import number
from foedus.lenses.drawing import WIDTH, finished, lines_of, rows
from foedus.lenses.lens import Picture, percent
from foedus.lenses.plane import shortened

SIDE, NOTES = 190, 170
"""Room for names at the left, and for what is said at the right."""

Row = Mapping[str, Any]
Names = Mapping[str, str]


def disruption(data: Row, called: Names) -> Picture | None:
    """What each member's leaving would cost the others, as a multiple of its own loss."""
    import altair as alt

    power = data["power"]
    members = sorted(data["members"], key=lambda m: -_order(power[m]))
    labels = shortened([called[m] for m in members], 28)
    table = [
        {"member": label, **_ratio(power[m])} for label, m in zip(labels, members, strict=True)
    ]
    known = [row for row in table if row["value"] is not None]
    if not known:
        return None
    most = max(row["value"] for row in known)
    top = 1.08 * max(2.0, most, min(max(row["high"] for row in known), 2.5 * max(most, 1.0)))
    low = min(0.0, *(row["value"] for row in known))
    scale = alt.Scale(domain=[1.08 * low, top], nice=False)
    plain = alt.Axis(grid=False, tickCount=6)
    base = alt.Chart(rows(table)).encode(y=lines_of("member", labels))
    has = base.transform_filter("isValid(datum.value)")
    title = "others’ loss by its leaving ÷ its own"
    x = alt.X("value:Q", title=title, scale=scale, axis=plain)
    across = WIDTH - SIDE - NOTES + 60
    one = alt.Chart(rows([{"even": 1.0}])).mark_rule(style="against")
    chart = alt.layer(
        has.mark_bar(style="bar", height=15, clip=True, opacity=0.6).encode(x=x),
        has.mark_rule(style="today", clip=True).encode(
            x=alt.X("low:Q", title=title, scale=scale, axis=plain), x2="high:Q"
        ),
        one.encode(x=alt.X("even:Q", title=title, scale=scale, axis=plain)),
        *(
            base.mark_text(style=style, align="left", fontSize=size, dy=dy).encode(
                x=alt.value(across + 10), text=f"{field}:N"
            )
            for field, style, size, dy in (("said", "cell", 12, 0), ("without", "note", 11, 14))
        ),
    ).properties(width=across, height=alt.Step(42))
    return Picture(
        "disruption",
        "Who could threaten to leave?",
        "Propensity to disrupt (Gately): how many times more the others would lose by a member’s"
        " leaving than it would itself; median (bar) with the 5 % to 95 % points (line) of the"
        " draws in which it has a number. Right of the dashed line at 1 the others would lose"
        " more. It has no number where a member would lose nothing by leaving: then its threat is"
        " worth more than any ratio says.",
        finished(chart),
    )


def _order(row: Row) -> float:
    """By how good a threat is: where leaving mostly costs nothing, first."""
    ratio = float(row["propensity"]["value"])
    return math.inf if row["undefined"] > 0.5 or math.isnan(ratio) else ratio


def _ratio(row: Row) -> dict[str, Any]:
    """The ratio with what is said of it; None where it has no number."""
    ratio, undefined = row["propensity"], row["undefined"]
    if not math.isfinite(ratio["value"]):
        nothing = {"said": "no number: loses nothing", "without": "by leaving, in any draw"}
        return {"value": None, "low": None, "high": None, **nothing}
    span = f"{number(ratio['value'])} ({number(ratio['low'])} to {number(ratio['high'])})"
    without = f"no number in {percent(undefined)}" if undefined > 0.0 else ""
    return {**ratio, "said": span, "without": without}
