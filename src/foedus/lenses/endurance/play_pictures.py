"""Pictures of what the members would do, by where the front stands and how far trust goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.case import Case
from foedus.lenses.drawing import PLUS, WIDTH, finished, names, rows, share
from foedus.lenses.endurance.model import Endurance
from foedus.lenses.lens import Picture

if TYPE_CHECKING:
    import altair as alt

AXIS = "position of the front: −1 defeat, +1 victory"


def hazard(case: Case, data: Mapping[str, Any]) -> Picture:
    """When does a member leave?"""
    import altair as alt

    y = share("value", "leaves in a step", None, type="sqrt", nice=False)
    y["axis"] = alt.Axis(format=".0%", values=[0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1])
    return Picture(
        "hazard",
        "When does a member leave?",
        "The chance that each member leaves in a step, by where the front stands. Solid: the"
        " partners trust each other fully, with the 5 % to 95 % band over the draws; dashed: trust"
        f" is lost. The scale is stretched near zero. {_today_said(case)}",
        _by_position(case, data, "leave", y),
    )


def effort(case: Case, data: Mapping[str, Any]) -> Picture:
    """When does a member do its full part?"""
    return Picture(
        "effort",
        "When does a member give full effort?",
        "The chance of full effort in a step, by where the front stands; the rest is token effort"
        " or leaving. Solid: full trust, with the 5 % to 95 % band over the draws; dashed: trust"
        f" is lost. {_today_said(case)}",
        _by_position(case, data, "full_effort", share("value", "full effort")),
    )


def exit_map(data: Mapping[str, Any]) -> Picture:
    """Where is an exit near?"""
    import altair as alt

    by = data["by_position"]
    levels = len(by["some_leave"])
    called = {0: "lost", levels - 1: "full"} if levels > 1 else {0: "not told apart"}
    if levels == 3:
        called[1] = "half"
    table = [
        {
            "trust": called.get(k, f"{k} of {levels - 1}"),
            "position": f"{at:+.2g}".replace("-", "−") if at else "0",
            "chance": chance,
        }
        for k, line in enumerate(by["some_leave"])
        for at, chance in zip(by["positions"], line, strict=True)
    ]
    trust = list(dict.fromkeys(row["trust"] for row in reversed(table)))
    base = alt.Chart(rows(table)).encode(
        x=alt.X(
            "position:N",
            title=AXIS,
            sort=[row["position"] for row in table[: len(by["positions"])]],
            axis=alt.Axis(labelAngle=0),
        ),
        y=alt.Y("trust:N", title="trust", sort=trust),
    )
    chart = alt.layer(*_cells(base, "chance", ".0%", 0.5))
    return Picture(
        "exit-map",
        "Where is an exit near?",
        "The chance that at least one member leaves in a step, by where the front stands and how"
        " far the partners trust each other; the mean over the draws.",
        finished(chart.properties(width=WIDTH, height=alt.Step(38))),
    )


def loss(case: Case, data: Mapping[str, Any]) -> Picture:
    """Who loses what when whom goes?"""
    import altair as alt

    called = names(case, case.pact.members)
    table = [
        {
            "loser": called[i],
            "gone": called[j],
            **cell,
            "span": f"{cell['low']:.2f}–{cell['high']:.2f}",
        }
        for i, others in data["loss"].items()
        for j, cell in others.items()
    ]
    order = list(called.values())
    base = alt.Chart(rows(table)).encode(
        x=alt.X(
            "gone:N",
            title="if this one goes",
            sort=order,
            axis=alt.Axis(labelAngle=0, orient="top"),
        ),
        y=alt.Y("loser:N", title="this one loses", sort=order),
    )
    most = max(abs(row["value"]) for row in table)
    spans = base.mark_text(style="cell", dy=9, fontSize=10).encode(
        text="span:N", color=_on("value", 0.55 * most)
    )
    chart = alt.layer(*_cells(base, "value", ".2f", 0.55 * most, dy=-7), spans)
    return Picture(
        "loss",
        "Who loses what when whom goes?",
        "What each member would lose, from today on, were another gone: in units of payoff a"
        " step, mean and 5 % to 95 % points over the draws.",
        finished(chart.properties(width=min(WIDTH - 150, 150 * len(order)), height=alt.Step(52))),
    )


def _on(field: str, dark_from: float) -> Any:
    import altair as alt

    test = f"datum.{field} > {dark_from:.6g}"
    return alt.condition(test, alt.value("white"), alt.value("black"))


def _cells(
    base: alt.Chart, field: str, form: str, dark_from: float, dy: int = 0
) -> list[alt.Chart]:
    """A table of shaded cells with their numbers, legible on light and dark alike."""
    import altair as alt

    shade = alt.Color(f"{field}:Q", legend=None, scale=alt.Scale(domainMin=0.0))
    return [
        base.mark_rect(style="tile").encode(color=shade),
        base.mark_text(style="cell", dy=dy).encode(
            text=alt.Text(f"{field}:Q", format=form), color=_on(field, dark_from)
        ),
    ]


def _by_position(
    case: Case, data: Mapping[str, Any], key: str, y: dict[str, Any]
) -> dict[str, Any]:
    """A panel a member: chance against position, for full and for lost trust."""
    import altair as alt

    by = data["by_position"]
    called = names(case, case.pact.members)
    table = [
        {"member": called[m], "trust": trust, "position": at, **cell}
        for m, curves in by[key].items()
        for trust, cells in curves.items()
        for at, cell in zip(by["positions"], cells, strict=True)
    ]
    x = alt.X(
        "position:Q",
        title=None,
        scale=alt.Scale(domain=[-1, 1]),
        axis=alt.Axis(values=[-1, -0.5, 0, 0.5, 1], labelExpr=PLUS.format("+~g")),
    )
    base = alt.Chart().encode(x=x)
    band = (
        base.transform_filter("datum.trust == 'full trust'")
        .mark_area(style="band", opacity=0.18)
        .encode(y=alt.Y(**{**y, "shorthand": "low:Q"}), y2="high:Q")
    )
    line = base.mark_line(style="line").encode(
        y=alt.Y(**y),
        strokeDash=alt.StrokeDash("trust:N", title=None, sort=["full trust", "lost trust"]),
    )
    columns = min(len(called), 3)
    chart = alt.layer(*_today(case, x), band, line, data=rows(table)).properties(
        width=(WIDTH - 20 * (columns - 1)) // columns, height=200
    )
    facet = alt.Facet("member:N", title=None, sort=list(called.values()))
    return finished(chart.facet(facet=facet, columns=columns))


def _today(case: Case, x: alt.X) -> list[alt.Chart]:
    """Where the front stands today: its interval shaded, its most likely place a line."""
    import altair as alt

    section = case.sections["endurance"]
    assert isinstance(section, Endurance)
    now = section.position.now
    if now is None:
        return []
    base = alt.Chart(rows([{"position": now.mode, "from": now.low, "to": now.high}]))
    line = base.mark_rule(style="today").encode(x=x)
    if now.fixed:
        return [line]
    return [base.mark_rect(style="interval", opacity=0.5).encode(x="from:Q", x2="to:Q"), line]


def _today_said(case: Case) -> str:
    section = case.sections["endurance"]
    assert isinstance(section, Endurance)
    now = section.position.now
    if now is None:
        return ""
    shaded = "" if now.fixed else f" (shaded: {now.low:g} to {now.high:g})"
    said = f"{now.mode:g}{shaded}".replace("-", "−")
    where = AXIS.removeprefix("position of the front: ")
    return f"Across: the front ({where}); the upright line is today, {said}."
