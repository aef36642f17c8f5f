"""The picture of a game's turns: who moves where, and whom it brings together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.lenses.bargaining.variants import VARIANTS
from foedus.lenses.drawing import WIDTH, finished, rows
from foedus.lenses.lens import Picture

ACROSS, HEIGHT = WIDTH - 190, 300
"""The plotting area, in pixels; the names stand to its left, where lines have not yet met."""
APART = 15.0
"""The least distance between two names, in pixels."""

Row = Mapping[str, Any]


def turns(name: str, issue: Row, called: Mapping[str, str]) -> Picture:
    """Everybody's position by turn with every number at its most likely value."""
    import altair as alt

    told, scale = issue["turns"], issue["scale"]
    table = [
        {
            "turn": turn,
            "actor": called[actor],
            "position": place,
            "side": "member" if actor in issue["members"] else "other",
        }
        for actor, places in told["positions"].items()
        for turn, place in enumerate(places)
    ]
    last = max(row["turn"] for row in table)
    domain = alt.Scale(domain=[scale["low"], scale["high"]], nice=False, zero=False)
    x = alt.X(
        "turn:Q",
        title="turn",
        scale=alt.Scale(domain=[0, max(last, 1)], nice=False),
        axis=alt.Axis(tickMinStep=1, tickCount=min(max(last, 1), 10), format="d", grid=False),
    )
    y = alt.Y(
        "position:Q",
        title="position on the scale",
        scale=domain,
        axis=alt.Axis(orient="right"),
    )
    base = alt.Chart(rows(table)).encode(x=x, y=y, detail="actor:N")
    members = base.transform_filter("datum.side == 'member'")
    others = base.transform_filter("datum.side != 'member'")
    chart = alt.layer(
        others.mark_line(style="against"),
        members.mark_line(style="line"),
        others.mark_point(style="hollow", fill="white", size=40),
        members.mark_point(style="dot", size=55),
        *_names(issue, called),
    )
    return Picture(
        f"turns-{name}",
        f"Who moves where? {issue['says']}",
        f"Positions by turn at the most likely values ({VARIANTS[told['variant']].says}). Solid:"
        f" members; dashed: others. {_ending(told)} It shows who pulls whom; where it ends is not"
        " the forecast.",
        finished(chart.properties(width=ACROSS, height=HEIGHT)),
    )


def _ending(told: Row) -> str:
    if told["cycle"]:
        return f"The game goes round in a cycle of {told['cycle']} turns."
    if told["converged"] is False:
        return "The game does not come to rest."
    return "The game ends when moves have become small."


def _names(issue: Row, called: Mapping[str, str]) -> list[Any]:
    """The names at the left, members' in bold, each as near to its line as there is room."""
    import altair as alt

    scale = issue["scale"]
    width = scale["high"] - scale["low"]
    starts = {actor: places[0] for actor, places in issue["turns"]["positions"].items()}
    order = sorted(starts, key=lambda actor: (-starts[actor], actor))
    wishes = [HEIGHT * (scale["high"] - starts[actor]) / width for actor in order]
    table = [
        {"actor": called[actor], "side": actor in issue["members"], "px": px}
        for actor, px in zip(order, _spaced(wishes, 0.0, float(HEIGHT)), strict=True)
    ]
    out = []
    for member, style in ((True, "strong"), (False, "note")):
        for row in table:
            if row["side"] is member:
                out.append(
                    alt.Chart(rows([{"actor": row["actor"]}]))
                    .mark_text(style=style, align="right", fontSize=12)
                    .encode(x=alt.value(-12), y=alt.value(row["px"]), text="actor:N")
                )
    return out


def _spaced(wishes: Sequence[float], top: float, bottom: float) -> list[float]:
    """Ascending places, at least a name's height apart, kept between top and bottom if they fit."""
    places: list[float] = []
    for wish in wishes:
        places.append(max(wish, places[-1] + APART) if places else max(wish, top))
    limit = bottom
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], limit)
        limit = places[k] - APART
    return places
