"""The picture of a log: what was said, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.lenses.drawing import WIDTH, finished, lines_of, rows, share, wrapped
from foedus.lenses.lens import Picture
from foedus.record.log.entry import Forecast
from foedus.record.log.scored import Report

MOST = 40
"""Forecasts that are drawn, the latest."""
SIDE = 200
"""Pixels for names at the left, and as many for what came at the right."""
APART = {"forecasts": "", "hindsight": ", with hindsight", "late": ", late"}


def picture(told: Report) -> Picture | None:
    """Every forecast's probability with its interval and what came of it; None if there is none."""
    import altair as alt

    lines = _lines(told)
    if not lines:
        return None
    y = lines_of("forecast", [row["forecast"] for row in lines])
    x = share("value", "chance that the pact holds to the horizon")
    base = alt.Chart(rows(lines)).encode(y=y)
    held = base.transform_filter("datum.state == 'held'")
    broken = base.transform_filter("datum.state == 'broken'")
    unknown = base.transform_filter("datum.state != 'held' && datum.state != 'broken'")
    across = {"x": alt.X(**x)}
    chart = alt.layer(
        base.mark_rule(style="span").encode(x=alt.X(**{**x, "shorthand": "low:Q"}), x2="high:Q"),
        held.mark_point(style="dot").encode(**across),
        broken.mark_point(style="hollow", fill="white").encode(**across),
        unknown.mark_point(style="kind", shape="diamond").encode(**across),
        base.mark_text(style="note", align="left").encode(
            x=alt.value(WIDTH - SIDE + 12), text="came:N"
        ),
    )
    return Picture(
        "forecasts",
        "What was said, and what came",
        f"{_cut(told)}The headline of each forecast with its 5 % to 95 % points, the highest"
        " first. Filled: the pact held; hollow: it broke; diamond: not known yet, or void. Of good"
        " forecasts the filled dots stand to the right of the hollow ones, and of those at 70 %"
        " seven in ten are filled.",
        finished(chart.properties(width=WIDTH - SIDE, height=alt.Step(38))),
    )


def _lines(told: Report) -> Sequence[dict[str, Any]]:
    ended = {one.forecast.id: one for one in (*told.resolved, *told.void)}
    overdue = {one.forecast.id for one in told.open if one.overdue}
    out = []
    for name, one in list(told.log.forecasts.items())[-MOST:]:
        end = ended.get(name)
        if end is None:
            state = "overdue since" if name in overdue else "open until"
            came = f"{state} {one.horizon}"
        else:
            state = end.resolution.result
            came = f"{state} {end.resolution.on}{APART[end.group]}"
        chance = one.probability
        out.append(
            {
                "forecast": _name(one),
                "state": state,
                "came": came,
                "value": chance.value,
                "low": chance.low,
                "high": chance.high,
            }
        )
    return sorted(out, key=lambda row: (-row["value"], row["forecast"]))


def _name(one: Forecast) -> str:
    return f"{wrapped(one.title, 30, 1)}\n{one.id}, {one.made_on}"


def _cut(told: Report) -> str:
    many = len(told.log.forecasts)
    return f"The last {MOST} of {many} forecasts. " if many > MOST else ""
