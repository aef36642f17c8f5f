"""The base_rate finding in pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from foedus.case import Case
from foedus.lenses.base_rate.sentences import KINDS, alike, class_words
from foedus.lenses.base_rate.setting import DAYS_A_YEAR
from foedus.lenses.drawing import WIDTH, finished, lines_of, names, rows, share, spans, wrapped
from foedus.lenses.lens import Finding, Picture
from foedus.lenses.wording import sentence


def pictures(case: Case, finding: Finding) -> tuple[Picture, ...]:
    """Draw the finding: how long such pacts last, and how the class was narrowed."""
    return survival(case, finding.data), classes(case, finding.data)


def survival(case: Case, data: Mapping[str, Any]) -> Picture:
    """How the chance that all are still in falls to the horizon."""
    import altair as alt

    table = [
        {"date": (case.as_of + dt.timedelta(days=p["years"] * DAYS_A_YEAR)).isoformat()}
        | {key: p[key] for key in ("value", "low", "high")}
        for p in data["curve"]
    ]
    base = alt.Chart(rows(table)).encode(x=alt.X("date:T", title=None))
    y = share("value", "still together")
    band = base.mark_area(style="band", opacity=0.18).encode(
        y=alt.Y(**{**y, "shorthand": "low:Q"}), y2="high:Q"
    )
    line = base.mark_line(style="line").encode(y=alt.Y(**y))
    chart = alt.layer(band, line).properties(width=WIDTH, height=200)
    return Picture(
        "base-rate-survival",
        "How long such pacts last",
        f"{sentence(KINDS[data['kind']])}, by their record alone: the chance that all who count are"
        " still in, with its 5 % and 95 % points.",
        finished(chart),
    )


def classes(case: Case, data: Mapping[str, Any]) -> Picture:
    """Each class of the ties from wide to narrow, with the rate it was drawn to."""
    called = names(case, [name for name in data["classes"] if name in case.actors])
    table, order = [], []
    for who, chain in alike(data["classes"], called):
        for step in chain:
            counted = f"({step['ends']:,} of {step['n']:,})"
            line = wrapped(f"{who}: {class_words(step['class'])} {counted}", 50)
            if line not in order:
                order.append(line)
                table.append({"line": line} | step["rate"])
    top = min(1.0, 1.15 * max(row["high"] for row in table))
    chart = spans(rows(table), lines_of("line", order), "ends within a year", top, height=36)
    return Picture(
        "base-rate-classes",
        "How the class was narrowed",
        "Yearly rate of each class from wide to narrow, each drawn towards the wider one; in"
        " brackets how many ended, of how many counted.",
        finished(chart),
    )
