"""The strokes that pictures share, so that every lens's pictures read alike.

Altair is imported when something is drawn, never before. Looks (fonts, colours) are not decided
here: marks name a style, and whoever shows the picture brings the theme that says what it looks
like. Text of a case only ever goes in as data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.case import Case

if TYPE_CHECKING:
    import altair as alt

Row = Mapping[str, Any]

WIDTH = 620
"""Width of a picture's plotting area, in pixels."""
PERCENT = ".0%"
PLUS = "datum.value == 0 ? '0' : format(datum.value, '{}')"
"""An axis's labels with their sign, zero without one; to be filled with a format."""


def names(case: Case, ids: Iterable[str]) -> dict[str, str]:
    """What to call actors: their names, with the id behind where two are called the same."""
    called = {i: case.actors[i].name if i in case.actors else i for i in ids}
    known = list(called.values())
    return {i: name if known.count(name) == 1 else f"{name} ({i})" for i, name in called.items()}


def rows(values: Iterable[Row]) -> alt.InlineData:
    """Rows as inline data."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in values])


def finished(chart: Any) -> dict[str, Any]:
    """The specification of a chart, without the look that altair would give it."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec.pop("config", None)
    return spec


def share(field: str, title: str | None, top: float | None = 1.0, **scale: Any) -> dict[str, Any]:
    """A channel's arguments for a probability: whole per cent, from 0 to `top`."""
    import altair as alt

    domain: dict[str, Any] = {} if top is None else {"domain": [0.0, top]}
    return {
        "shorthand": f"{field}:Q",
        "title": title,
        "scale": alt.Scale(**domain, **scale),
        "axis": alt.Axis(format=PERCENT, tickCount=5),
    }


def lines_of(field: str, order: Sequence[str], title: str | None = None) -> alt.Y:
    """Categories down the side, in the order given; line breaks in their names are kept."""
    import altair as alt

    return alt.Y(
        f"{field}:N",
        title=title,
        sort=list(order),
        axis=alt.Axis(
            labelExpr=r"split(datum.label, '\n')", labelLimit=0, labelPadding=10, ticks=False
        ),
    )


def spans(
    data: alt.InlineData, y: alt.Y, title: str, top: float | None = 1.0, height: int = 26
) -> Any:
    """A dot with its interval on each line: fields `value`, `low`, `high`."""
    import altair as alt

    base = alt.Chart(data).encode(y=y)
    x = share("value", title, top)
    line = base.mark_rule(style="span").encode(x=alt.X(**{**x, "shorthand": "low:Q"}), x2="high:Q")
    dot = base.mark_point(style="dot").encode(x=alt.X(**x))
    return alt.layer(line, dot).properties(width=WIDTH - 180, height=alt.Step(height))


def wrapped(text: str, width: int = 40, most: int = 3) -> str:
    """Text broken into short lines for the side of a picture; what is too long ends in a dash."""
    import textwrap

    return "\n".join(
        textwrap.wrap(text, width, max_lines=most, placeholder=" …", break_on_hyphens=False)
    )
