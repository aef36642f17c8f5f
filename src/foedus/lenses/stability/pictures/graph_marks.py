"""The marks of which the picture of a conflict's graph is made.

Curves are worked out by the picture itself from the rows of its moves, so that the numbers behind
it are one row a move and one row a state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.lenses.drawing import WIDTH, finished, rows
from foedus.lenses.stability.pictures.graph_plan import INSIDE, LINE, ROOM

WHOLE, FAINT = "improvement", "other move"
HEAD = 7.0
"""Length of an arrow's head."""
DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [14, 4], [2, 2, 2, 6])
"""One a decision maker: arrows are not told apart by colour alone."""
WHITE = {"fill": "white", "size": 560}
BROAD = {"fill": "white", "size": 600, "strokeWidth": 2}
DARK = {"filled": True, "size": 640}
LOOKS: tuple[tuple[str, str, str, dict[str, Any], str], ...] = (
    ("no equilibrium", "circle", "ring", WHITE, "black"),
    ("no equilibrium, pact broken", "circle", "ring", WHITE, "black"),
    ("no equilibrium, pact holds", "circle", "interval", DARK, "black"),
    ("equilibrium", "square", "today", DARK, "white"),
    ("equilibrium, pact holds", "square", "today", DARK, "white"),
    ("equilibrium, pact broken", "square", "today", BROAD, "black"),
)
"""Kind of a state, shape, style, what else, and what its id is written in."""

Row = dict[str, Any]


def specification(
    states: Sequence[Row], moves: Sequence[Row], called: Sequence[str], width: float, height: float
) -> Row:
    """The picture of a table of states and a table of moves; `called` are the decision makers."""
    import altair as alt

    data = rows(states)
    used = [name for name in called if any(row["by"] == name for row in moves)]
    plane = _Plane(width, height)
    lines, heads = plane.arrows(alt.Chart(rows(moves)), data, called, used) if moves else ([], [])
    chart = alt.Chart(data)
    layers = [plane.ring(chart), *lines, *plane.nodes(chart), *plane.words(chart), *heads]
    if any(row["moves away"] is not None for row in states):
        layers.append(plane.titles(chart))
    return finished(alt.layer(*layers).properties(width=plane.width, height=plane.height))


class _Plane:
    """A plain plane, in pixels from the top left."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = round(width), round(height)

    def at(self, x: str = "x", y: str = "y") -> dict[str, Any]:
        """Where a mark stands."""
        import altair as alt

        def place(field: str, most: float, reverse: bool) -> dict[str, Any]:
            scale = alt.Scale(domain=[0, most], reverse=reverse, nice=False, zero=False)
            return {"shorthand": f"{field}:Q", "scale": scale, "axis": None}

        return {
            "x": alt.X(**place(x, self.width, False)),
            "y": alt.Y(**place(y, self.height, True)),
        }

    def arrows(
        self, chart: Any, data: Any, called: Sequence[str], used: Sequence[str]
    ) -> tuple[list[Any], list[Any]]:
        """Curved lines, and their heads; strong for improvements, faint for other moves."""
        import altair as alt

        # the theme's first colour is its grey: it is left to the last decision maker who needs it
        scale = alt.Scale(domain=["", *called])
        look: dict[str, Any] = {"symbolType": "stroke", "symbolSize": 900, "symbolOpacity": 1.0}
        legend = alt.Legend(values=used, columns=_columns(used), symbolStrokeWidth=2.0, **look)
        dashes = [[1, 0], *(DASHES[k % len(DASHES)] for k in range(len(called)))]
        dashed = alt.Scale(domain=["", *called], range=dashes)
        routed = _routed(chart, data)
        lines, heads = [], []
        for kind, width, size, opacity in ((FAINT, 1.2, 45, 0.55), (WHOLE, 2.0, 75, 1.0)):
            mine = routed.transform_filter(f"datum.what == '{kind}'")
            line = _drawn_out(mine).mark_line(style="part", strokeWidth=width, opacity=opacity)
            lines.append(
                line.encode(
                    **self.at("xt", "yt"),
                    order="t:Q",
                    detail=["from:N", "to:N"],
                    color=alt.Color("by:N", scale=scale, legend=legend),
                    strokeDash=alt.StrokeDash("by:N", scale=dashed, legend=legend),
                )
            )
            head = mine.mark_point(style="kind", shape="triangle-up", size=size, opacity=opacity)
            heads.append(
                head.encode(
                    **self.at("x3", "y3"),
                    angle=alt.Angle("turn:Q", scale=None),
                    color=alt.Color("by:N", scale=scale, legend=None),
                )
            )
        return lines, heads

    def ring(self, chart: Any) -> Any:
        """Around the status quo."""
        mine = chart.transform_filter("datum['moves away'] === 0").encode(**self.at())
        return mine.mark_point(style="ring", size=1500, strokeWidth=1.4, opacity=1)

    def nodes(self, chart: Any) -> list[Any]:
        """Squares for equilibria, circles for others; dark or shaded where the pact holds."""
        import altair as alt

        letters = alt.condition("length(datum.state) > 3", alt.value(10), alt.value(12))
        told = ["state:N", "in words:N", "kind:N"]
        out = []
        for kind, shape, style, look, ink in LOOKS:
            mine = chart.transform_filter(f"datum.kind == '{kind}'").encode(**self.at())
            mark = mine.mark_point(style=style, shape=shape, opacity=1, **look)
            out.append(mark.encode(tooltip=told))
            short = mine.transform_filter(f"length(datum.state) <= {INSIDE}")
            out.append(
                short.mark_text(style="cell", color=ink).encode(text="state:N", size=letters)
            )
        return out

    def words(self, chart: Any) -> list[Any]:
        """What is written above and beneath the states, on a white rim."""
        look = {"style": "note", "fontSize": 10.5, "lineBreak": "\n"}
        rim = {"stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}
        up = f"datum.y - {ROOM} - {LINE} * (length(split(datum.above, '\\n')) - 1)"
        above = chart.transform_calculate(yt=up).encode(**self.at(y="yt"), text="above:N")
        beneath = chart.encode(**self.at(), text="beneath:N")
        return [
            mine.mark_text(**look, **where, **more)
            for mine, where in (
                (above, {"baseline": "bottom"}),
                (beneath, {"baseline": "top", "dy": ROOM}),
            )
            for more in (rim, {})
        ]

    def titles(self, chart: Any) -> Any:
        """How many moves each column is away, above it."""
        import altair as alt

        away = "datum['moves away']"
        title = (
            f"{away} === null ? 'not reached' : {away} == 0 ? 'status quo'"
            f" : {away} == 1 ? '1 move' : {away} + ' moves'"
        )
        columns = chart.transform_aggregate(x="min(x)", groupby=["moves away"])
        named = columns.transform_calculate(title=title).mark_text(style="note")
        return named.encode(x=self.at()["x"], y=alt.value(8), text="title:N")


def _columns(names: Sequence[str]) -> int:
    """How many names stand side by side in the legend."""
    return max(1, int((WIDTH + 60) / (62 + 7 * max(map(len, names)))))


def _routed(chart: Any, data: Any) -> Any:
    """Arrows with their way: from 0 by the control point 1 to the end 2, the head at 3."""
    import altair as alt

    for end, axes in (("from", ["xa", "ya"]), ("to", ["xb", "yb"])):
        chart = chart.transform_lookup(
            lookup=end, from_=alt.LookupData(data=data, key="state", fields=["x", "y"]), as_=axes
        )
    steps = {
        "x1": "(datum.xa + datum.xb) / 2 + 2 * datum.bend * (datum.yb - datum.ya)",
        "y1": "(datum.ya + datum.yb) / 2 + 2 * datum.bend * (datum.xa - datum.xb)",
        "long_a": "sqrt(pow(datum.x1 - datum.xa, 2) + pow(datum.y1 - datum.ya, 2))",
        "long_b": "sqrt(pow(datum.x1 - datum.xb, 2) + pow(datum.y1 - datum.yb, 2))",
        "turn": "atan2(datum.yb - datum.y1, datum.xb - datum.x1) * 180 / PI + 90",
    }
    for axis in "xy":
        for new, end, away in (("0", "a", ROOM), ("2", "b", ROOM + HEAD), ("3", "b", ROOM + 4)):
            steps[f"{axis}{new}"] = (
                f"datum.{axis}{end} + (datum.{axis}1 - datum.{axis}{end})"
                f" * {away} / datum.long_{end}"
            )
    for name, formula in steps.items():
        chart = chart.transform_calculate(**{name: formula})
    return chart


def _drawn_out(chart: Any) -> Any:
    """Points along each arrow."""
    chart = chart.transform_calculate(t="sequence(0, 1.001, 0.04)").transform_flatten(["t"])
    for axis in "xy":
        along = (
            f"(1 - datum.t) * (1 - datum.t) * datum.{axis}0"
            f" + 2 * datum.t * (1 - datum.t) * datum.{axis}1"
            f" + datum.t * datum.t * datum.{axis}2"
        )
        chart = chart.transform_calculate(**{f"{axis}t": along})
    return chart
