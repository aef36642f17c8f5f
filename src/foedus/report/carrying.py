"""Which evidence carries the answer: what is shown of it, and its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.lenses.drawing import finished, lines_of, rows, wrapped
from foedus.lenses.lens import Picture
from foedus.report.figures import sized

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis
    from foedus.verdict.evidence import Weighed

SHOWN = 20
"""Pieces in the table."""
DRAWN = 12
"""Pieces in the picture."""
STEP = 46
"""Height of a line of the picture."""


def carriers(analysis: Analysis) -> tuple[Weighed, ...]:
    """Every source, then the pieces on which most hangs for sure."""
    hanging = [one for one in analysis.evidence or () if one.aside is not None]
    sources = [one for one in hanging if one.kind == "source"]
    return (*sources, *[one for one in hanging if one.kind == "evidence"][:SHOWN])


def carries(analysis: Analysis) -> Picture | None:
    """How the answer moves without each source, and without the pieces that carry most."""
    import altair as alt

    table: list[dict[str, Any]] = []
    for one in carriers(analysis):
        if one.aside is None or len(table) == DRAWN:
            continue
        change = one.aside.change
        what = f"{one.says} (source)" if one.kind == "source" else one.says
        table.append(
            {
                "evidence": wrapped(what if len(what) < 90 else f"{what[:88]}…"),
                "change": change.value,
                "low": change.low,
                "high": change.high,
                "worse": one.worse.change.value if one.worse else None,
            }
        )
    if not table:
        return None
    axis = alt.Axis(format="+.0%", tickCount=7)
    moves: dict[str, Any] = {"title": "change of the chance that the pact holds", "axis": axis}
    base = alt.Chart(rows(table)).encode(y=lines_of("evidence", [row["evidence"] for row in table]))
    zero = alt.Chart(rows([{"none": 0.0}])).mark_rule(style="bound")
    chart = alt.layer(
        zero.encode(x=alt.X("none:Q", **moves)),
        base.mark_rule(style="span").encode(x=alt.X("low:Q", **moves), x2="high:Q"),
        base.mark_point(style="hollow", fill="white").encode(x=alt.X("worse:Q", **moves)),
        base.mark_point(style="dot").encode(x=alt.X("change:Q", **moves)),
    )
    return Picture(
        "carries",
        "What if a piece of evidence were set aside?",
        "Filled: set aside, with the 95 % interval of sampling. Hollow: its credibility one step"
        " worse. Left of the upright line the pact would be less likely to hold: such evidence"
        " speaks for it.",
        finished(sized(chart, STEP)),
    )
