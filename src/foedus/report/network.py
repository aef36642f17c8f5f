"""The pact and its opponents as a picture: who stands with whom, and who needs whom.

The layout is computed here, the same for the same case: members on a circle, opponents down the
right side, each member's people and forces down the left.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from foedus.case import Case
from foedus.lenses.drawing import WIDTH, finished, names, rows
from foedus.lenses.lens import Picture

GETS = re.compile(r"[^.]+\.members\.([^.]+)\.gets_from\.([^.]+)")
ROW = 21
"""Height of a line of small names."""
RADIUS, RING = 92, 138
PARTS = 8
"""How many people and forces of one member are named."""
APART = 9
"""How far apart the two ties of a pair run."""


@dataclass(frozen=True)
class Spot:
    """Where an actor stands, in pixels from the top left."""

    x: float
    y: float


def network(case: Case) -> Picture:
    """Members, what they give each other, their people, and their opponents."""
    import altair as alt

    called = names(case, case.actors)
    count = sum(a.part_of in case.pact.members for a in case.actors.values())
    lines = min(count, PARTS * len(case.pact.members)) + len(case.pact.members)
    height = float(max(2 * RING + 30, ROW * lines, 34 * len(case.pact.opponents)))
    middle = Spot(WIDTH * 0.52, height / 2)
    spots = _circle(case.pact.members, middle)
    parts = _parts(case, called, spots, height)
    base = _Canvas(height)
    layers = [
        base.dots([{"x": middle.x, "y": middle.y}], "ring", 4.0 * RING**2),
        base.lines(_belongs(parts, spots), "part"),
        base.lines(_against(case, height), "against"),
        *base.ties(_ties(case, spots, called)),
        base.dots([_at(called[m], spots[m]) for m in spots], "dot", 620),
        base.words([_named(called[m], spots[m], middle) for m in spots], "strong", "center"),
        base.words([{"actor": n, "x": 148.0, "y": y} for _, n, y in parts], "note", "right"),
        base.words(_opponents(case, called, height), "cell", "left"),
    ]
    kept = [layer for layer in layers if layer is not None]
    chart = alt.layer(*kept).properties(width=WIDTH + 60, height=height)
    return Picture(
        "network",
        "Who stands with whom, and who needs whom",
        "Arrows run from the member that gives to the one that gets; the wider, the more it would"
        " miss the other. Left: the people and forces that are part of a member. Right, dashed:"
        " the opponents, against the pact as a whole.",
        finished(chart),
    )


def _circle(members: tuple[str, ...], middle: Spot) -> dict[str, Spot]:
    """Members on a circle, the first at the top left, as near as their number allows."""
    turn = 2 * math.pi / len(members)
    first = turn / 2 - math.pi
    return {
        m: Spot(
            middle.x + RADIUS * math.cos(first + k * turn),
            middle.y + RADIUS * math.sin(first + k * turn),
        )
        for k, m in enumerate(members)
    }


def _parts(
    case: Case, called: dict[str, str], spots: dict[str, Spot], height: float
) -> list[tuple[str, str, float]]:
    """(member, name, y) of all who are part of a member; too many of one are summed up."""
    out: list[tuple[str, str, float]] = []
    y = 0.0
    for member in sorted(spots, key=lambda m: (round(spots[m].y), round(spots[m].x))):
        mine = [called[a] for a, actor in case.actors.items() if actor.part_of == member]
        if len(mine) > PARTS:
            mine = [*mine[: PARTS - 1], f"and {len(mine) - PARTS + 1} more"]
        for name in mine:
            out.append((member, name, y))
            y += ROW
        y += ROW * bool(mine)
    top = (height - (y - 2 * ROW)) / 2
    return [(member, name, top + y) for member, name, y in out]


def _at(name: str, spot: Spot) -> dict[str, Any]:
    return {"actor": name, "x": spot.x, "y": spot.y}


def _named(name: str, spot: Spot, middle: Spot) -> dict[str, Any]:
    """A member's name, above it in the upper half and below it in the lower."""
    return _at(name, Spot(spot.x, spot.y + (27 if spot.y > middle.y + 1 else -25)))


def _down(count: int, place: int, height: float, row: float) -> float:
    return height / 2 + (place - (count - 1) / 2) * row


def _belongs(parts: list[tuple[str, str, float]], spots: dict[str, Spot]) -> list[dict[str, Any]]:
    """A bracket beside each member's people, and a line from it to the member."""
    out = []
    for member in dict.fromkeys(m for m, _, _ in parts):
        ys = [y for m, _, y in parts if m == member]
        first, last = ys[0] - 7, ys[-1] + 7
        middle, spot = (first + last) / 2, spots[member]
        out.append({"x": 157.0, "y": first, "x2": 157.0, "y2": last})
        out.append({"x": 157.0, "y": middle, "x2": spot.x, "y2": spot.y})
    return out


def _row(case: Case, height: float) -> float:
    return min(44.0, height / max(len(case.pact.opponents), 1))


def _opponents(case: Case, called: dict[str, str], height: float) -> list[dict[str, Any]]:
    count, row = len(case.pact.opponents), _row(case, height)
    return [
        {"actor": called[o], "x": WIDTH - 62.0, "y": _down(count, k, height, row)}
        for k, o in enumerate(case.pact.opponents)
    ]


def _against(case: Case, height: float) -> list[dict[str, Any]]:
    """From each opponent toward the middle of the pact, to the ring around it."""
    out = []
    middle = Spot(WIDTH * 0.52, height / 2)
    for k in range(len(case.pact.opponents)):
        y = _down(len(case.pact.opponents), k, height, _row(case, height))
        start = Spot(WIDTH - 68.0, y)
        angle = math.atan2(start.y - middle.y, start.x - middle.x)
        end = Spot(middle.x + RING * math.cos(angle), middle.y + RING * math.sin(angle))
        out.append({"x": start.x, "y": start.y, "x2": end.x, "y2": end.y})
    return out


def _ties(case: Case, spots: dict[str, Spot], called: dict[str, str]) -> list[dict[str, Any]]:
    """What each member gets from each other, from giver to getter, the two of a pair side by side.

    Without such numbers every pair has one plain tie.
    """
    gets = {}
    for path, quantity in case.quantities().items():
        found = GETS.fullmatch(path)
        if found and found[1] in spots and found[2] in spots and quantity.mode > 0:
            gets[found[2], found[1]] = quantity.mode
    members = list(spots)
    plain = {(a, b): 1.0 for i, a in enumerate(members) for b in members[i + 1 :]}
    most = max((gets or plain).values())
    out = []
    for (giver, getter), value in (gets or plain).items():
        one, two = spots[giver], spots[getter]
        long = math.hypot(two.x - one.x, two.y - one.y)
        along = Spot((two.x - one.x) / long, (two.y - one.y) / long)
        side = APART / 2 if gets else 0.0
        shift = Spot(-along.y * side, along.x * side)
        begin, end = (24.0, long - 30.0)
        out.append(
            {
                "from": called[giver], "to": called[getter], "gets": value,
                "x": one.x + along.x * begin + shift.x, "y": one.y + along.y * begin + shift.y,
                "x2": one.x + along.x * end + shift.x, "y2": one.y + along.y * end + shift.y,
                "width": 1.0 + 6.0 * value / most,
                "turn": math.degrees(math.atan2(along.y, along.x)) + 90.0 if gets else None,
            }
        )  # fmt: skip
    return out


class _Canvas:
    """A plain plane, in pixels from the top left."""

    def __init__(self, height: float) -> None:
        self.height = height

    def _channels(self) -> dict[str, Any]:
        import altair as alt

        def place(field: str, most: float, reverse: bool) -> dict[str, Any]:
            scale = alt.Scale(domain=[0, most], reverse=reverse, nice=False, zero=False)
            return {"shorthand": f"{field}:Q", "scale": scale, "axis": None}

        return {
            "x": alt.X(**place("x", WIDTH + 60.0, False)),
            "y": alt.Y(**place("y", self.height, True)),
        }

    def lines(self, table: list[dict[str, Any]], style: str) -> Any:
        import altair as alt

        if not table:
            return None
        chart = alt.Chart(rows(table)).mark_rule(style=style)
        return chart.encode(**self._channels(), x2="x2:Q", y2="y2:Q")

    def ties(self, table: list[dict[str, Any]]) -> list[Any]:
        import altair as alt

        chart = alt.Chart(rows(table))
        width = alt.StrokeWidth("width:Q", scale=None, legend=None)
        lines = chart.mark_rule(style="tie").encode(
            **self._channels(), x2="x2:Q", y2="y2:Q", strokeWidth=width
        )
        if all(row["turn"] is None for row in table):
            return [lines]
        ends = [{**row, "x": row["x2"], "y": row["y2"]} for row in table]
        heads = alt.Chart(rows([{k: r[k] for k in ("x", "y", "turn", "width")} for r in ends]))
        angle = alt.Angle("turn:Q", scale=None)
        size = alt.Size("width:Q", scale=alt.Scale(domain=[1, 7], range=[50, 190]), legend=None)
        mark = heads.mark_point(style="dot", shape="triangle-up")
        return [lines, mark.encode(**self._channels(), angle=angle, size=size)]

    def dots(self, table: list[dict[str, Any]], style: str, size: float) -> Any:
        import altair as alt

        mark = alt.Chart(rows(table)).mark_point(style=style, size=size)
        return mark.encode(**self._channels())

    def words(self, table: list[dict[str, Any]], style: str, align: Any) -> Any:
        import altair as alt

        if not table:
            return None
        mark = alt.Chart(rows(table)).mark_text(style=style, align=align)
        return mark.encode(**self._channels(), text="actor:N")
