"""What drives the answer, and under which conditions the pact breaks: the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.lenses.drawing import finished, lines_of, rows, share, wrapped
from foedus.lenses.lens import Picture
from foedus.report.figures import sized

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis
    from foedus.verdict.conditions import Circumstance

TOP = 12
"""Quantities in the tornado."""
STEP, BAR = 34, 16
"""Height of a line, and of a bar."""
SIDE = 300
"""Width and height of the trade-off."""


def tornado(analysis: Analysis) -> Picture | None:
    """The mean chance where each quantity is in its lowest and in its highest fifth."""
    import altair as alt

    top = analysis.influences.quantities[:TOP]
    if not top:
        return None
    middle = analysis.holds.value
    table: list[dict[str, Any]] = []
    for one in sorted(top, key=lambda one: -abs(one.swing.value)):
        for end, value in (("lowest", one.swing.at_low), ("highest", one.swing.at_high)):
            table.append(
                {"quantity": wrapped(one.label), "end": f"{end} fifth", "value": value}
                | {"headline": middle}
            )
    order = list(dict.fromkeys(row["quantity"] for row in table))
    base = alt.Chart(rows(table)).encode(y=lines_of("quantity", order))
    x = alt.X(**_chance("value"))
    line = alt.Chart(rows([{"headline": middle}])).mark_rule(style="bound")
    bars = base.mark_bar(height=BAR, opacity=0.85).encode(
        x=x,
        x2="headline:Q",
        color=alt.Color(
            "end:N",
            scale=alt.Scale(domain=["lowest fifth", "highest fifth"], range=["#c9d3dc", "#0069a6"]),
            legend=alt.Legend(title="where it is in its", orient="top"),
        ),
    )
    chart = alt.layer(bars, line.encode(x=alt.X(**_chance("headline"))))
    return Picture(
        "tornado",
        "On which numbers does the answer hang?",
        "The mean chance that the pact holds where a quantity is in the lowest fifth of what was"
        " judged possible (light) and in the highest (dark), the others varying freely. The upright"
        " line is the headline.",
        finished(sized(chart, STEP)),
    )


def _chance(field: str) -> dict[str, Any]:
    return share(field, "chance that the pact holds to the horizon")


def limits(analysis: Analysis) -> Picture | None:
    """The best circumstances found: each limited quantity's range, and the part of it inside."""
    import altair as alt

    found = shown(analysis)
    if found is None:
        return None
    table: list[dict[str, Any]] = []
    for one in found.conditions:
        values = analysis.draws[one.path]
        least, most = float(values.min()), float(values.max())
        width = most - least
        low = least if one.low is None else one.low
        high = most if one.high is None else one.high
        note = f"{low:.2g} to {high:.2g} of {least:.2g} to {most:.2g}"
        table.append(
            {
                "quantity": wrapped(one.label), "from": (low - least) / width,
                "to": (high - least) / width, "start": 0.0, "end": 1.0, "note": note,
            }
        )  # fmt: skip
    base = alt.Chart(rows(table)).encode(y=lines_of("quantity", [row["quantity"] for row in table]))
    axis = alt.Axis(format=".0%", tickCount=5, title="share of the range that was drawn")
    chart = alt.layer(
        base.mark_rule(style="span").encode(x=alt.X("start:Q", axis=axis), x2="end:Q"),
        base.mark_bar(height=BAR, color="#0069a6").encode(x="from:Q", x2="to:Q"),
        base.mark_text(style="note", dy=-15, align="left").encode(x="from:Q", text="note:N"),
    )
    return Picture(
        "limits",
        "Where does the pact break?",
        "The quantities that mark the circumstances described first: thin, all values that were"
        " drawn; thick, the part in which the pact breaks so often.",
        finished(sized(chart, 52)),
    )


def shown(analysis: Analysis) -> Circumstance | None:
    """The circumstances that are told first, if any are found."""
    found = analysis.breaking
    return found.boxes[0] if found.boxes else None


def tradeoff(analysis: Analysis) -> Picture | None:
    """Coverage against density along the search, with what was told."""
    import altair as alt

    points = analysis.breaking.tradeoff
    told = shown(analysis)
    if len(points) < 3 or told is None:
        return None
    table = [
        {"coverage": p.coverage, "density": p.density, "restrictions": str(p.restrictions)}
        for p in points
    ]
    x = alt.X(**share("coverage", "coverage: share of all breaks"))
    y = alt.Y(**share("density", "density: share of draws that break"))
    base = alt.Chart(rows(table)).encode(x=x, y=y)
    mark = [{"coverage": told.coverage, "density": told.density}]
    chart = alt.layer(
        base.mark_line(style="span", interpolate="step-after"),
        base.mark_point(style="hollow", fill="white"),
        alt.Chart(rows(mark)).mark_point(style="dot", size=140).encode(x=x, y=y),
    ).properties(width=SIDE, height=SIDE)
    return Picture(
        "tradeoff",
        "How many breaks, how surely?",
        "Each point is a set of conditions that the search came by: the more surely the pact breaks"
        " under them, the fewer of the breaks they explain. Filled: those described first.",
        finished(chart),
    )
