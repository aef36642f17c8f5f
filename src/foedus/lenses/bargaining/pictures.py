"""The bargaining finding in pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foedus.case import Case
from foedus.lenses.bargaining.settlement_picture import settlement
from foedus.lenses.bargaining.turns_picture import turns
from foedus.lenses.drawing import finished, names, rows, wrapped
from foedus.lenses.lens import Finding, Picture, percent


def pictures(case: Case, finding: Finding) -> tuple[Picture, ...]:
    """Draw the finding, in the order in which a reader would ask.

    Where everybody stands and where it settles, issue by issue; who can live with what; who moves
    where. What the finding does not have is left out.
    """
    return tuple(_drawn(case, finding.data))


def _drawn(case: Case, data: Mapping[str, Any]) -> Iterator[Picture]:
    issues = data["issues"]
    everybody = [
        actor
        for issue in issues.values()
        for side in ("members", "others")
        for actor in issue[side]
    ]
    called = names(case, (*case.pact.members, *everybody))
    for name, issue in issues.items():
        yield settlement(name, issue, called)
    if data["share_holding"] is not None:
        yield acceptable(case, data)
    for name, issue in issues.items():
        if issue["turns"] is not None:
            yield turns(name, issue, called)


def acceptable(case: Case, data: Mapping[str, Any]) -> Picture:
    """Who can live with which settlement."""
    import altair as alt

    called = names(case, case.pact.members)
    table = [
        {
            "member": called[member],
            "issue": wrapped(issue["says"], 18, 4),
            "can live with it": (live := issue["members"][member]["acceptable"]),
            "said": percent(live),
        }
        for issue in data["issues"].values()
        for member in case.pact.members
        if member in issue["members"] and issue["members"][member]["accepts"] is not None
    ]
    columns = [wrapped(issue["says"], 18, 4) for issue in data["issues"].values()]
    lines = max(column.count("\n") for column in columns)  # they grow downwards from the first
    base = alt.Chart(rows(table)).encode(
        x=alt.X(
            "issue:N",
            title=None,
            sort=columns,
            scale=alt.Scale(domain=columns),
            axis=alt.Axis(
                labelAngle=0, orient="top", labelExpr=r"split(datum.label, '\n')", labelLimit=0,
                labelPadding=8 + 14 * lines,
            ),
        ),
        y=alt.Y("member:N", title=None, sort=list(called.values())),
    )  # fmt: skip
    shade = alt.Color("can live with it:Q", legend=None, scale=alt.Scale(domain=[0.0, 1.0]))
    dark = alt.condition("datum['can live with it'] > 0.55", alt.value("white"), alt.value("black"))
    chart = alt.layer(
        base.mark_rect(style="tile").encode(color=shade),
        base.mark_text(style="cell").encode(text="said:N", color=dark),
    )
    share = data["share_holding"]["value"]
    return Picture(
        "acceptable",
        "Which settlements can each member live with?",
        "The share of draws in which the settlement is inside what the member accepts; empty where"
        f" no red line is judged. In {percent(share)} of draws every member can live with every"
        " settlement.",
        finished(chart.properties(width=min(560, 160 * len(columns)), height=alt.Step(44))),
    )
