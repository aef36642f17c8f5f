"""Pictures of the verdict: the views side by side, assumptions and scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from foedus.lenses.drawing import WIDTH, finished, lines_of, rows, share, wrapped
from foedus.lenses.lens import Interval, Picture
from foedus.report.text import chance
from foedus.verdict.words import WORDS

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis

SIDE = 265
"""Room for the names at the side."""


def views(seen: Sequence[tuple[str, Interval]]) -> Picture:
    """What each view says of the pact's chances, on one scale with the ICD 203 terms' bounds."""
    import altair as alt

    table: list[dict[str, Any]] = [
        {"view": wrapped(name), **interval.to_dict()} for name, interval in seen
    ]
    bounds = alt.Chart(rows([{"bound": end} for end, _ in WORDS[:-1]]))
    y = lines_of("view", [row["view"] for row in table])
    chart = alt.layer(
        bounds.mark_rule(style="bound").encode(x=alt.X(**_x("bound"))),
        *_spans(alt.Chart(rows(table)).encode(y=y)),
    )
    terms = "; ".join(f"{term} to {chance(end)}" for end, term in WORDS)
    return Picture(
        "views",
        "The views side by side",
        f"Mean, with the 5 % to 95 % points over the draws. Dotted: where the terms of ICD 203"
        f" end ({terms}).",
        finished(sized(chart, 44)),
    )


def assumptions(analysis: Analysis) -> Picture | None:
    """Every assumption: the pact's chances if it stands and if it fails."""
    checked = [c for c in in_order(analysis) if c.stands is not None or c.fails is not None]
    if not checked:
        return None
    table = [
        {
            "assumption": wrapped(c.says),
            "stands": c.stands.value if c.stands else None,
            "fails": c.fails.value if c.fails else None,
            "how likely to fail": c.probability_of_failure.value,
        }
        for c in checked
    ]
    return Picture(
        "assumptions",
        "What if an assumption fails?",
        "The chance that the pact holds if the assumption stands (filled) and if it fails (hollow);"
        " at the right, how likely it is to fail. The upright line is the headline.",
        finished(_pairs(table, "assumption", ("stands", "fails"), analysis, "how likely to fail")),
    )


def in_order(analysis: Analysis) -> list[Any]:
    """The assumptions checked: those about the front first, then as the case has them."""
    front = [c for c in analysis.assumptions if of_front(analysis, c.id)]
    return front + [c for c in analysis.assumptions if c not in front]


def of_front(analysis: Analysis, name: str) -> bool:
    """Whether an assumption is about how the front moves."""
    return hasattr(analysis.case.assumptions[name].fails_when, "front")


def scenarios(analysis: Analysis) -> Picture | None:
    """The what-ifs beside the case as it stands."""
    import altair as alt

    if not analysis.scenarios:
        return None
    changed = analysis.options.get("scenario") or analysis.options.get("set")
    base = "the variant asked about" if changed else "the case as it stands"
    seen = [(base, analysis.holds)] + [(s.says, s.holds) for s in analysis.scenarios]
    table: list[dict[str, Any]] = [
        {"scenario": wrapped(name), **holds.to_dict()} for name, holds in seen
    ]
    y = lines_of("scenario", [row["scenario"] for row in table])
    chart = alt.layer(_headline(analysis), *_spans(alt.Chart(rows(table)).encode(y=y)))
    return Picture(
        "scenarios",
        "The variants side by side",
        "The chance that the pact holds, mean with the 5 % to 95 % points over the draws. The"
        " upright line is the headline.",
        finished(sized(chart, 46)),
    )


def _x(field: str) -> dict[str, Any]:
    return share(field, "chance that the pact holds to the horizon")


def _spans(base: Any) -> list[Any]:
    import altair as alt

    return [
        base.mark_rule(style="span").encode(x=alt.X(**_x("low")), x2="high:Q"),
        base.mark_point(style="dot").encode(x=alt.X(**_x("value"))),
        base.mark_text(style="note", dy=-12).encode(
            x=alt.X(**_x("value")), text=alt.Text("value:Q", format=".0%")
        ),
    ]


def _headline(analysis: Analysis) -> Any:
    import altair as alt

    line = alt.Chart(rows([{"headline": analysis.holds.value}]))
    return line.mark_rule(style="bound").encode(x=alt.X(**_x("headline")))


def _pairs(
    table: list[dict[str, Any]],
    name: str,
    ends: tuple[str, str],
    analysis: Analysis,
    beside: str | None = None,
) -> Any:
    """Two dots a line, joined: the first filled, the second hollow."""
    import altair as alt

    filled, hollow = ends
    base = alt.Chart(rows(table)).encode(y=lines_of(name, [row[name] for row in table]))
    layers = [
        _headline(analysis),
        base.mark_rule(style="span").encode(x=alt.X(**_x(hollow)), x2=f"{filled}:Q"),
        base.mark_point(style="hollow", fill="white").encode(x=alt.X(**_x(hollow))),
        base.mark_point(style="dot").encode(x=alt.X(**_x(filled))),
    ]
    if beside:
        right = WIDTH - SIDE + 95
        head = alt.Chart(rows([{"head": beside}])).mark_text(style="note", align="right")
        layers += [
            base.mark_text(style="note", align="right").encode(
                x=alt.value(right), text=alt.Text(f"{beside}:Q", format=".0%")
            ),
            head.encode(x=alt.value(right), y=alt.value(-8), text="head:N"),
        ]
    return sized(alt.layer(*layers), 46 if any("\n" in row[name] for row in table) else 28)


def sized(chart: Any, step: int) -> Any:
    """A chart with room for names at its side, a line for each of its categories."""
    import altair as alt

    return chart.properties(width=WIDTH - SIDE + 30, height=alt.Step(step))
