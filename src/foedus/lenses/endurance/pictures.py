"""The endurance finding in pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from foedus.case import Case
from foedus.lenses.drawing import (
    WIDTH,
    finished,
    lines_of,
    names,
    rows,
    share,
    spans,
)
from foedus.lenses.endurance.cause_pictures import split, strengths
from foedus.lenses.endurance.finding import TRENDS
from foedus.lenses.endurance.model import DAYS, Endurance
from foedus.lenses.endurance.play_pictures import effort, exit_map, hazard, loss
from foedus.lenses.lens import Finding, Picture


def pictures(case: Case, finding: Finding) -> tuple[Picture, ...]:
    """Draw the finding, in the order in which a reader would ask.

    What the finding does not have (the split, for a scenario) is left out.
    """
    data = finding.data
    drawn = [
        survival(case, data),
        first_leaver(case, data),
        hazard(case, data),
        effort(case, data),
        exit_map(data),
        trends(data),
        split(case, data) if data["split"] is not None else None,
        loss(case, data),
        strengths(data) if data["strengths"] is not None else None,
    ]
    return tuple(picture for picture in drawn if picture is not None)


def survival(case: Case, data: Mapping[str, Any]) -> Picture:
    """How long the pact stays whole, and how long it holds."""
    import altair as alt

    section = case.sections["endurance"]
    assert isinstance(section, Endurance)
    points = data["survival"]
    curves = {"whole and still going on": points, "holds": [p["holds"] for p in points]}
    steps = [dt.timedelta(days=p["t"] * DAYS[section.step]) for p in points]
    table = [
        {"date": (case.as_of + step).isoformat(), "curve": curve}
        | {key: p[key] for key in ("value", "low", "high")}
        for curve, along in curves.items()
        for step, p in zip(steps, along, strict=True)
    ]
    x = alt.X("date:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(tickCount=6))
    y = share("value", "chance")
    base = alt.Chart(rows(table)).encode(x=x)
    band = (
        base.transform_filter("datum.curve != 'holds'")
        .mark_area(style="band", opacity=0.18)
        .encode(y=alt.Y(**{**y, "shorthand": "low:Q"}), y2="high:Q")
    )
    line = base.mark_line(style="line").encode(
        y=alt.Y(**y),
        strokeDash=alt.StrokeDash("curve:N", title=None, sort=list(curves)),
    )
    end = alt.Chart(rows([{"date": case.horizon.isoformat(), "at": "horizon"}])).encode(x=x)
    chart = alt.layer(
        end.mark_rule(style="today"),
        band,
        line,
        end.mark_text(style="note", align="right", dx=-5, baseline="top").encode(
            text="at:N", y=alt.value(2)
        ),
    )
    must = names(case, case.pact.members)
    return Picture(
        "survival",
        "How long does the pact last?",
        "Solid: all members are in and the contest goes on, with the band from the 5 % to the 95 %"
        " point over the draws. Dashed: the pact holds, that is "
        + " and ".join(must[m] for m in case.pact.holds_while)
        + " have not left; an end by victory or settlement with them in counts as held.",
        finished(chart.properties(width=WIDTH, height=260)),
    )


CAUSES = {
    "several at once": "several leave at once",
    "victory": "ends in victory",
    "defeat": "ends in defeat",
    "settlement": "ends in a settlement",
}


def first_leaver(case: Case, data: Mapping[str, Any]) -> Picture:
    """Who leaves first, and how the pact ends."""
    import altair as alt

    called = names(case, case.pact.members)
    first = [{"who": called[m], "share": v} for m, v in data["first_leaver"].items()]
    first.sort(key=lambda row: -row["share"])
    base = alt.Chart(rows(first)).encode(
        y=lines_of("who", [row["who"] for row in first]),
        x=alt.X(**share("share", "of the pacts that someone leaves, the share left first by")),
    )
    bars = alt.layer(
        base.mark_bar(style="bar", height=13),
        base.mark_text(style="note", align="left", dx=5).encode(
            text=alt.Text("share:Q", format=".0%")
        ),
    ).properties(width=WIDTH - 180, height=alt.Step(26))
    ends = [
        {"what": f"{called[c]} leaves first" if c in called else CAUSES[c]}
        | {key: row[key] for key in ("value", "low", "high")}
        for c, row in data["incidence"].items()
    ]
    y = lines_of("what", [row["what"] for row in ends])
    top = max(0.05, *(row["high"] for row in ends))
    below = spans(rows(ends), y, "chance by the horizon, and how", min(1.0, 1.05 * top))
    chart = alt.vconcat(bars, below, spacing=28)
    return Picture(
        "first-leaver",
        "Who leaves first, and how does the pact end?",
        "Above: among the futures in which someone leaves, who is first. Below: the chance of each"
        " end by the horizon, its mean and its 5 % to 95 % points over the draws; what is missing"
        " to 100 % is the chance that the pact is whole and the contest goes on.",
        finished(chart),
    )


def trends(data: Mapping[str, Any]) -> Picture:
    """What the front may do, and whether the pact holds then."""
    import altair as alt

    table = []
    for trend in reversed(TRENDS):
        ranges, means = data["trend_intervals"][trend], data["trends"][trend]
        table += [
            {"front": trend, "what": "chance of this trend", **ranges["probability"]},
            {"front": trend, "what": "holds if moved so by hand", **ranges["holds_if"]},
        ]
        if means["holds_given"] is not None:
            given = means["holds_given"]
            what = "holds where it came so"
            table.append({"front": trend, "what": what, "value": given, "low": None, "high": None})
    kinds = ["chance of this trend", "holds if moved so by hand", "holds where it came so"]
    x = share("value", "chance")
    base = alt.Chart(rows(table)).encode(
        y=lines_of("front", list(reversed(TRENDS))),
        yOffset=alt.YOffset("what:N", sort=kinds, scale=alt.Scale(paddingOuter=0.35)),
        color=alt.Color("what:N", sort=kinds, legend=None),
    )
    chart = alt.layer(
        base.mark_rule(style="span").encode(x=alt.X(**{**x, "shorthand": "low:Q"}), x2="high:Q"),
        base.mark_point(style="kind").encode(
            x=alt.X(**x), shape=alt.Shape("what:N", title=None, sort=kinds)
        ),
    )
    return Picture(
        "trends",
        "What may the front do, and does the pact hold then?",
        "Each trend's chance by itself; the chance that the pact holds were the front moved that"
        " way by hand, along a straight line; and in the futures in which it came so. A falling"
        " front is partly the consequence of an exit, so the last overstates what the fall does.",
        finished(chart.properties(width=WIDTH - 60, height=190)),
    )
