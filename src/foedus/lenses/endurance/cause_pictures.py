"""Pictures of what raises and what lowers the chance that the pact breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.case import Case
from foedus.lenses.drawing import PLUS, WIDTH, finished, lines_of, names, rows, share, wrapped
from foedus.lenses.endurance.finding import NAMED
from foedus.lenses.endurance.modes import FACTORS
from foedus.lenses.lens import Picture, percent


def split(case: Case, data: Mapping[str, Any]) -> Picture:
    """What raises and what lowers the chance of exits."""
    import altair as alt

    called = names(case, case.pact.members)
    heads = {"pact": "the pact breaks by the horizon"}
    heads |= {m: f"{called[m]} leaves in the next step" for m in case.pact.members}
    table = [
        {"factor": NAMED[factor], "whose": head, "adds": data["split"][factor][key]}
        for key, head in heads.items()
        for factor in FACTORS
    ]
    order = sorted(FACTORS, key=lambda factor: data["split"][factor]["pact"])

    def panel(key: str, first: bool) -> Any:
        sides = [NAMED[factor] for factor in order]
        y = lines_of("factor", sides) if first else alt.Y("factor:N", sort=sides, axis=None)
        mine = [row for row in table if row["whose"] == heads[key]]
        reach = 1.25 * max(0.02, *(abs(row["adds"]) for row in mine))
        x = alt.X(
            "adds:Q",
            title=None,
            scale=alt.Scale(domain=[-reach, reach], nice=False),
            axis=alt.Axis(labelExpr=PLUS.format("+.0%"), tickCount=3),
        )
        base = alt.Chart(rows(mine)).encode(x=x, y=y)
        zero = alt.Chart(rows([{"adds": 0.0}])).mark_rule(style="today").encode(x="adds:Q")
        title = alt.Title(
            "the pact breaks" if first else wrapped(called[key], 14).split("\n"), frame="group"
        )
        return alt.layer(base.mark_bar(style="bar", height=12), zero).properties(
            width=170 if first else max(60, 270 // len(called)), height=alt.Step(26), title=title
        )

    chart = alt.hconcat(*(panel(key, key == "pact") for key in heads), spacing=18)
    rest, pact = data["split"]["everything off"]["pact"], data["split"]
    whole = rest + sum(pact[factor]["pact"] for factor in FACTORS)
    return Picture(
        "split",
        "What pulls the members out, and what keeps them in?",
        "What each factor adds to the chance of an exit, averaged over the orders in which the"
        " factors can be switched on (Shapley), at the most likely values. Left: the pact breaks"
        f" by the horizon; with all factors off {percent(rest)}, with all on {percent(whole)}."
        " Right: each member leaves in the next step. Bars to the left keep members in.",
        finished(chart),
    )


def strengths(data: Mapping[str, Any]) -> Picture:
    """How the chance that the pact breaks depends on how strong the two sides are."""
    import altair as alt

    heads = {
        "opponents": "strength of the opponents",
        "coordination": "gain from coordination",
    }
    table = [
        {"of": heads[name], **point} for name, curve in data["strengths"].items() for point in curve
    ]
    x = alt.X(
        "times:Q",
        title="times the most likely value",
        scale=alt.Scale(type="log", nice=False),
        axis=alt.Axis(values=[0.4, 0.6, 0.8, 1, 1.25, 1.6, 2], format="~g"),
    )
    y = share("breaks", "chance that the pact breaks", None)
    base = alt.Chart().encode(x=x, y=alt.Y(**y))
    one = alt.Chart(rows([{"times": 1}])).mark_rule(style="today").encode(x="times:Q")
    chart = alt.layer(
        one, base.mark_line(style="line"), base.mark_point(style="dot"), data=rows(table)
    ).properties(width=WIDTH // 2 - 16, height=190)
    return Picture(
        "strengths",
        "Does the pact break when it is weak, or when it is not needed?",
        "The chance that the pact breaks by the horizon if one number alone were so many times"
        " its most likely value, all others at theirs. Where a curve rises at both ends, allies"
        " leave when they cannot win, and when they are not needed.",
        finished(
            chart.facet(facet=alt.Facet("of:N", title=None, sort=list(heads.values())), columns=2)
        ),
    )
