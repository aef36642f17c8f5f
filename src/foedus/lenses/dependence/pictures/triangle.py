"""Three members' ways to share the whole as points of a triangle, with the core.

Barycentric coordinates: the triangle holds every way to share the whole in which nobody has less
than it is worth alone; at a corner one member has all that they gain by being together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.lenses.drawing import WIDTH, finished, rows, wrapped
from foedus.lenses.plane import Plane, shortened

EDGE = 330.0
"""Length of a side."""
HIGH = EDGE * math.sqrt(3.0) / 2.0
LEFT, TOP, FOOT = 90.0, 34.0, 40.0
"""Room beside, above and beneath the triangle."""
OUTSIDE = 0.35
"""How far outside the triangle points are still drawn, as a share of its side."""
TOGETHER = 6.0
"""Points nearer to each other than this are one mark."""
LINE, MORE = 20.0, 14.0
"""Height of a name, and of each more of its lines."""
LETTERS = 34
"""Letters of a line of what marks are called."""

Row = dict[str, Any]
Point = tuple[float, float]


class Triangle:
    """The imputations of a game of three: `alone` is what each is worth by itself."""

    def __init__(self, alone: Sequence[float], total: float) -> None:
        self.alone, self.gain = tuple(alone), total - sum(alone)

    def holds(self) -> bool:
        """Whether there is anything to share."""
        size = max(1e-12, *map(abs, self.alone), abs(self.gain))
        return math.isfinite(self.gain) and self.gain > 1e-9 * size

    def at(self, payoffs: Sequence[float]) -> Point:
        """Where a way to share stands, in sides of the triangle from its lower left corner.

        The first member's corner is at the top, the second's at the left, the third's at the right.
        """
        first, _, third = ((x - a) / self.gain for x, a in zip(payoffs, self.alone, strict=True))
        return third + first / 2.0, first * math.sqrt(3.0) / 2.0


def near(point: Point) -> bool:
    """Whether a point is near enough to the triangle to be drawn."""
    x, y = point
    return -OUTSIDE <= x <= 1.0 + OUTSIDE and -OUTSIDE <= y <= 0.87 + OUTSIDE


def specification(
    triangle: Triangle,
    called: Sequence[str],
    core: Sequence[Sequence[float]],
    points: Mapping[str, Sequence[float]],
    strong: str,
) -> tuple[Row, list[str]]:
    """The picture, and what lies too far outside to be drawn.

    `core` are its corners in order round it, `points` ways to share by name, of which one is
    `strong`.
    """
    placed = {name: triangle.at(payoffs) for name, payoffs in points.items()}
    shown = {name: spot for name, spot in placed.items() if near(spot)}
    low = min([0.0, *(y for _, y in shown.values())])
    high = max([0.866, *(y for _, y in shown.values())])
    foot = TOP + EDGE * high
    left = LEFT + EDGE * max([0.0, *(-x for x, _ in shown.values())])

    def spot(point: Point) -> Point:
        return round(left + EDGE * point[0], 1), round(foot - EDGE * point[1], 1)

    height = foot - EDGE * low + FOOT
    plane = Plane(WIDTH + 60.0, height)
    marks = _marks({name: spot(at) for name, at in shown.items()}, points, called, strong)
    right = max([left + EDGE, *(row["x"] for row in marks)]) + 34.0
    corners = [spot(at) for at in ((0.5, 0.75**0.5), (0.0, 0.0), (1.0, 0.0))]
    edge = [
        {"corner of the core": k, **_parts(called, corner), "x": x, "y": y}
        for k, corner in enumerate(core, 1)
        for x, y in [spot(triangle.at(corner))]
    ]
    layers = [
        *_frame(plane, corners),
        *_core(plane, edge),
        *_points(plane, marks, right, height),
        *_names(plane, corners, called),
    ]
    return finished(plane.drawn(layers)), [name for name in placed if name not in shown]


def _frame(plane: Plane, corners: Sequence[Point]) -> list[Any]:
    """The triangle with lines at each quarter."""
    import altair as alt

    lines = alt.Chart(rows([{"xs": [x for x, _ in corners], "ys": [y for _, y in corners]}]))
    for name, steps in (("side", "[0, 1, 2]"), ("part", "[0, 0.25, 0.5, 0.75]")):
        lines = lines.transform_calculate(**{name: steps}).transform_flatten([name])
    ends = {}
    for axis in "xy":
        one, two, other = (f"datum.{axis}s[(datum.side + {k}) % 3]" for k in range(3))
        ends[axis] = f"{one} + datum.part * ({other} - {one})"
        ends[f"{axis}2"] = f"{two} + datum.part * ({other} - {two})"
    lines = lines.transform_calculate(**ends).encode(**plane.at(), x2="x2:Q", y2="y2:Q")
    return [
        lines.transform_filter("datum.part > 0").mark_rule(style="part"),
        lines.transform_filter("datum.part == 0").mark_rule(style="today"),
    ]


def _core(plane: Plane, table: Sequence[Row]) -> list[Any]:
    """The core filled; a thick line or a spot where it is no more than that."""
    import altair as alt

    if not table:
        return []
    chart = alt.Chart(rows([*table, table[0]])).transform_window(place="row_number()")
    chart = chart.encode(**plane.at(), order="place:Q")
    flat = len(table) < 3
    return [
        chart.mark_line(style="band", filled=True, fillOpacity=0.3),
        chart.mark_line(
            style="line",
            strokeWidth=18 if flat else 1.4,
            strokeOpacity=0.3 if flat else 1.0,
            strokeJoin="round",
            strokeCap="round",
        ),
    ]


def _marks(
    spots: Mapping[str, Point],
    points: Mapping[str, Sequence[float]],
    called: Sequence[str],
    strong: str,
) -> list[Row]:
    """A row for each mark; ways to share that fall on one place are one."""
    out: list[Row] = []
    for name, (x, y) in spots.items():
        same = next((row for row in out if math.hypot(row["x"] - x, row["y"] - y) < TOGETHER), None)
        if same is not None:
            same["division"] += f", {name}"
            same["strong"] |= name == strong
            continue
        parts = _parts(called, points[name])
        out.append({"division": name, **parts, "strong": name == strong, "x": x, "y": y})
    return out


def _parts(called: Sequence[str], payoffs: Sequence[float]) -> Row:
    """What each has, under a name that is no other column's, whatever members are called."""
    return {f"to {name}": part for name, part in zip(called, payoffs, strict=True)}


def _points(plane: Plane, marks: list[Row], right: float, height: float) -> list[Any]:
    """Marks in the triangle, each led to its name at the right."""
    import altair as alt

    order = sorted(marks, key=lambda row: (row["y"], row["x"]))
    labels = [wrapped(row["division"], LETTERS, 4) for row in order]
    tall = [LINE + MORE * label.count("\n") for label in labels]
    down = spaced([row["y"] for row in order], tall, 4.0, height - 4.0)
    for row, label, y in zip(order, labels, down, strict=True):
        first = y - MORE / 2 * label.count("\n")
        row |= {"label": label, "at": right, "middle": y, "first line": first}
    chart = alt.Chart(rows(order)).encode(**plane.at())
    says = chart.encode(**plane.at("at", "first line"), text="label:N")
    out = [chart.mark_rule(style="bound").encode(x2="at:Q", y2="middle:Q")]
    looks: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("!", {"style": "hollow", "fill": "white"}, "cell"),
        ("", {"style": "today", "filled": True, "shape": "diamond", "size": 150}, "strong"),
    )
    written: dict[str, Any] = {
        "align": "left",
        "dx": 5,
        "fontSize": 12.5,
        "lineBreak": "\n",
        "lineHeight": MORE,
    }
    for yes, mark, word in looks:
        out.append(chart.transform_filter(f"{yes}datum.strong").mark_point(opacity=1, **mark))
        mine = says.transform_filter(f"{yes}datum.strong")
        out.append(mine.mark_text(style=word, baseline="middle", **written))
    return out


def _names(plane: Plane, corners: Sequence[Point], called: Sequence[str]) -> list[Any]:
    """Members at their corners."""
    import altair as alt

    away = (-16.0, 20.0, 20.0)
    table = [
        {"member": name, "x": x, "y": y + dy}
        for name, (x, y), dy in zip(shortened(called, 24), corners, away, strict=True)
    ]
    chart = alt.Chart(rows(table)).encode(**plane.at(), text="member:N")
    return [chart.mark_text(style="strong", fontSize=13)]


def spaced(
    wishes: Sequence[float], tall: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Middles of lines so tall, in this order and apart, as near as can be to those wished for."""
    ends, places = top, []
    for wish, high in zip(wishes, tall, strict=True):
        places.append(max(wish, ends + high / 2))
        ends = places[-1] + high / 2
    limit = bottom
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], limit - tall[k] / 2)
        limit = places[k] - tall[k] / 2
    return places
