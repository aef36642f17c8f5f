"""The signed network as a picture: camps, friends and foes, and the ties under strain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.lenses.balance.network import NetworkError
from foedus.lenses.balance.pictures.layout import Layout, discs, oval, seats
from foedus.lenses.drawing import WIDTH, finished, rows
from foedus.lenses.plane import Plane, shortened

NAMED = 60
"""Up to so many actors everybody is named."""
DOTS, LINES = 2000, 150
"""The most dots, and the most strained ties, of a large network that are drawn."""
CROWDED = 150
"""Up to so many ties those without strain are drawn too."""
LETTERS, SIDE = 26, 200.0
"""Letters of a name, and the room for it at each side."""
ACROSS = WIDTH + 60.0
BAND = 24.0
"""Width of the band through a camp."""
ACTORS, TIES = "actors", "ties"
"""The tables behind the picture."""
FRIENDS, FOES = "friends", "foes"
CALM, STRAINED = "explained by the camps", "under strain"
MEMBER, OTHER = "member of the pact", "other"

SIDES: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -18},
    "right": {"align": "left", "dx": 18},
}
"""How a name stands beside its place."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Actor:
    """Who stands in the picture; no two have the same name. `beside` are more columns of it."""

    name: str
    camp: int
    member: bool
    beside: tuple[tuple[str, float | None], ...] = ()


@dataclass(frozen=True)
class Tie:
    """What lies between two actors (places in their list); `strain` 0 where the camps explain it.

    `beside` are more columns of the table behind the picture.
    """

    one: int
    other: int
    friends: bool
    weight: float
    strain: float
    beside: tuple[tuple[str, float | None], ...] = ()


def specification(actors: Sequence[Actor], ties: Sequence[Tie]) -> tuple[Row, str]:
    """The picture, and a sentence or two on how to read it and on what is left out.

    Raises NetworkError where nobody has a tie.
    """
    if not actors or not ties:
        raise NetworkError("there are no ties to draw")
    return (_named if len(actors) <= NAMED else _crowd)(actors, ties)


def _named(actors: Sequence[Actor], ties: Sequence[Tie]) -> tuple[Row, str]:
    """Everybody by name on an oval."""
    layout = oval(
        np.array([actor.camp for actor in actors], np.int64),
        np.array([(tie.one, tie.other) for tie in ties], np.int64),
        np.array([tie.weight for tie in ties]),
        ACROSS,
        SIDE,
    )
    shown = ties if len(ties) <= CROWDED else [tie for tie in ties if tie.strain > 0.0]
    plane = Plane(ACROSS, layout.height)
    people, lines = _people(actors, layout), _lines(actors, shown)
    layers = [*_bands(plane), *_ties(plane, lines, swing=True), *_nodes(plane, 90), *_words(plane)]
    bold = "; filled dots with bold names are members of the pact"
    left = len(ties) - len(shown)
    said = (
        f"Each grey band is a camp{bold if any(actor.member for actor in actors) else ''}."
        f"{f' {left:,} ties without strain are not drawn.' if left else ''}"
    )
    return _spec(plane, layers, people, lines), said


def _spec(plane: Plane, layers: Sequence[Any], people: list[Row], lines: list[Row]) -> Row:
    """The specification with the tables of actors and of ties beside it, each once."""
    spec = finished(plane.drawn(layers))
    spec["datasets"] = {**spec.get("datasets", {}), ACTORS: people, TIES: lines}
    return spec


def _people(actors: Sequence[Actor], layout: Layout) -> list[Row]:
    """A row for each actor, in the order in which one goes round."""
    labels = shortened([actor.name for actor in actors], LETTERS)
    return [
        {
            "actor": actors[i].name,
            "label": labels[i],
            "camp": f"camp {actors[i].camp + 1}",
            "part": MEMBER if actors[i].member else OTHER,
            **dict(actors[i].beside),
            "side": "left" if layout.left[i] else "right",
            "x": round(float(layout.x[i]), 1),
            "y": round(float(layout.y[i]), 1),
            "place": int(layout.walk[i]),
        }
        for i in np.argsort(layout.walk).tolist()
    ]


def _lines(actors: Sequence[Actor], ties: Sequence[Tie]) -> list[Row]:
    """A row for each tie, the strained last, so that they lie on top."""
    strains = [tie.strain for tie in ties if tie.strain > 0.0] or [1.0]
    most = max(strains) if min(strains) < max(strains) else 3.0 * max(strains)
    thin, broad = (1.4, 4.4) if len(actors) <= NAMED else (0.8, 1.2)
    calm = 0.75 if len(ties) <= 60 else 0.45
    return [
        {
            "one": actors[tie.one].name,
            "other": actors[tie.other].name,
            "tie": FRIENDS if tie.friends else FOES,
            "weight": tie.weight,
            **dict(tie.beside),
            "strain": STRAINED if tie.strain > 0.0 else CALM,
            "width": round(thin + broad * tie.strain / most, 2) if tie.strain > 0.0 else 1.1,
            "ink": 1.0 if tie.strain > 0.0 else calm,
        }
        for tie in sorted(ties, key=lambda tie: tie.strain)
    ]


def _bands(plane: Plane) -> list[Any]:
    """A broad pale band through the places of each camp."""
    import altair as alt

    chart = alt.Chart(alt.NamedData(ACTORS)).encode(**plane.at())
    broad: dict[str, Any] = {
        "style": "part",
        "strokeWidth": BAND,
        "strokeCap": "round",
        "strokeJoin": "round",
    }
    line = chart.mark_line(**broad).encode(detail="camp:N", order="place:Q")
    # a camp of one has no line
    return [line, chart.mark_point(style="interval", filled=True, size=BAND**2, strokeWidth=0)]


def _ties(plane: Plane, lines: list[Row], *, swing: bool) -> list[Any]:
    """Ties from one to the other: solid for friends, dashed for foes, coloured under strain."""
    import altair as alt

    if not lines:
        return []
    chart = alt.Chart(alt.NamedData(TIES))
    joins: dict[str, list[Any]] = {"one": ["xa", "ya", "ca"], "other": ["xb", "yb", "cb"]}
    for end, axes in joins.items():
        data = alt.LookupData(data=alt.NamedData(ACTORS), key="actor", fields=["x", "y", "camp"])
        chart = chart.transform_lookup(lookup=end, from_=data, as_=axes)
    chart = chart.transform_calculate(**_middles(plane, swing))
    chart = chart.transform_calculate(t="[0, 1, 2]" if swing else "[0, 2]")
    chart = chart.transform_flatten(["t"]).transform_calculate(
        **{f"{a}t": f"[datum.{a}a, datum.{a}m, datum.{a}b][datum.t]" for a in "xy"}
    )
    strained = any(row["strain"] == STRAINED for row in lines)
    look: dict[str, Any] = {"symbolType": "stroke", "symbolSize": 900, "symbolOpacity": 1.0}
    coloured = alt.Legend(values=[STRAINED], symbolStrokeWidth=3, **look) if strained else None
    kinds = alt.Scale(domain=[FRIENDS, FOES], range=[[1, 0], [5, 4]])
    mark = chart.mark_line(style="part", interpolate="basis", opacity=1)
    return [
        mark.encode(
            **plane.at("xt", "yt"),
            order="t:Q",
            detail=["one:N", "other:N"],
            color=alt.Color("strain:N", scale=alt.Scale(domain=[CALM, STRAINED]), legend=coloured),
            strokeDash=alt.StrokeDash(
                "tie:N", scale=kinds, legend=alt.Legend(symbolStrokeWidth=1.5, **look)
            ),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            strokeOpacity=alt.StrokeOpacity("ink:Q", scale=None),
        )
    ]


def _middles(plane: Plane, swing: bool) -> dict[str, str]:
    """The point each tie is drawn towards: inwards, away from the band on which its ends stand."""
    half = {"x": plane.width / 2, "y": plane.height / 2}
    steps = {f"{a}h": f"(datum.{a}a + datum.{a}b) / 2" for a in "xy"}
    if swing:
        steps["far"] = f"sqrt(pow({half['x']} - datum.xh, 2) + pow({half['y']} - datum.yh, 2)) + 1"
        steps["long"] = "sqrt(pow(datum.xa - datum.xb, 2) + pow(datum.ya - datum.yb, 2))"
        steps["pull"] = "datum.ca == datum.cb ? min(0.45 * datum.long / datum.far, 0.6) : 0.12"
    for a in "xy":
        inward = f" + datum.pull * ({half[a]} - datum.{a}h)" if swing else ""
        steps[f"{a}m"] = f"datum.{a}h{inward}"
    return steps


def _nodes(plane: Plane, size: float) -> list[Any]:
    """Hollow dots, filled ones for the pact's members."""
    import altair as alt

    chart = alt.Chart(alt.NamedData(ACTORS)).encode(**plane.at())
    other = chart.transform_filter(f"datum.part == '{OTHER}'")
    member = chart.transform_filter(f"datum.part == '{MEMBER}'")
    wide = min(1.5, 0.016 * size)
    return [
        other.mark_point(style="today", fill="white", strokeWidth=wide, size=size, opacity=1),
        member.mark_point(style="today", filled=True, size=max(40.0, 1.5 * size), opacity=1),
    ]


def _words(plane: Plane) -> list[Any]:
    """Names outside the oval, members' in bold."""
    import altair as alt

    chart = alt.Chart(alt.NamedData(ACTORS)).encode(**plane.at(), text="label:N")
    out = []
    for part, style in ((OTHER, "cell"), (MEMBER, "strong")):
        for side, look in SIDES.items():
            mine = chart.transform_filter(f"datum.part == '{part}' && datum.side == '{side}'")
            out.append(mine.mark_text(style=style, fontSize=12.5, **look))
    return out


def _crowd(actors: Sequence[Actor], ties: Sequence[Tie]) -> tuple[Row, str]:
    """Camps as discs, everybody a dot in them without a name, and the strained ties."""
    import altair as alt

    strained = sorted((tie for tie in ties if tie.strain > 0.0), key=lambda tie: -tie.strain)
    shown = strained[:LINES]
    near: dict[int, list[int]] = {}
    for tie in shown:
        near.setdefault(tie.one, []).append(tie.other)
        near.setdefault(tie.other, []).append(tie.one)
    order = sorted(range(len(actors)), key=lambda i: (not actors[i].member, i not in near, i))
    dots, patches, height = _patches(actors, order[:DOTS], near)
    plane = Plane(ACROSS, height)
    discs_ = alt.Chart(rows(patches))
    below = discs_.encode(**plane.at(y="foot"), text="says:N")
    look: dict[str, Any] = {"style": "cell", "baseline": "top", "lineBreak": "\n", "lineHeight": 15}
    lines = _lines(actors, shown)
    layers = [
        discs_.mark_point(style="interval", filled=True, opacity=1).encode(
            **plane.at(), size=alt.Size("area:Q", scale=None)
        ),
        *_nodes(plane, min(50.0, 0.25 * sum(row["area"] for row in patches) / len(dots))),
        *_ties(plane, lines, swing=False),
        below.mark_text(**look, stroke="white", strokeWidth=4, strokeJoin="round"),
        below.mark_text(**look),
    ]
    return _spec(plane, layers, dots, lines), _told(actors, len(dots), ties, len(strained))


def _patches(
    actors: Sequence[Actor], order: Sequence[int], near: Mapping[int, Sequence[int]]
) -> tuple[list[Row], list[Row], float]:
    """A row for each dot, a row for each disc, and the picture's height."""
    camps = sorted({actor.camp for actor in actors})
    sizes = [sum(actor.camp == camp for actor in actors) for camp in camps]
    patches, height = discs(sizes, ACROSS)
    own = [[i for i in order if actors[i].camp == camp] for camp in camps]
    dots = [
        {
            "actor": actors[i].name,
            "camp": f"camp {actors[i].camp + 1}",
            "part": MEMBER if actors[i].member else OTHER,
            **dict(actors[i].beside),
            "x": round(x, 1),
            "y": round(y, 1),
        }
        for i, (x, y) in sorted(seats(patches, own, near).items())
    ]
    told = [
        {
            "says": f"camp {camp + 1}\n{size:,} actor{'s' if size != 1 else ''}",
            "x": disc.x,
            "y": disc.y,
            "foot": disc.y + disc.radius + 10.0,
            "area": (2 * disc.radius + 8.0) ** 2,
        }
        for camp, size, disc in zip(camps, sizes, patches, strict=True)
    ]
    return dots, told, height


def _told(actors: Sequence[Actor], dots: int, ties: Sequence[Tie], strained: int) -> str:
    filled = ", filled for members of the pact" if any(a.member for a in actors) else ""
    some = f" {dots:,} of {len(actors):,} actors are drawn." if dots < len(actors) else ""
    shown = min(strained, LINES)
    lines = (
        f"Of {strained:,} ties under strain the {shown:,} strongest are drawn"
        if shown < strained
        else "Only the ties under strain are drawn"
    )
    return (
        "Each disc is a camp, its area by how many stand in it; each dot an actor"
        f"{filled}.{some} {lines}, none of the {len(ties) - strained:,} that the camps explain."
    )
