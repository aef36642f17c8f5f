"""The picture of one table's turns: who moves where in a model in which positions move."""

from __future__ import annotations

from typing import Any

from foedus.lenses.bargaining.game import Play
from foedus.lenses.bargaining.opening import OpenedTable
from foedus.lenses.bargaining.variants import VARIANTS
from foedus.lenses.drawing import WIDTH, finished, rows
from foedus.lenses.lens import Picture

ACROSS = WIDTH - 190
"""Width of the plotting area, in pixels; the names stand to its right."""
LEAST = 260
"""The least height."""
APART = 15.0
"""The least distance between two names, in pixels."""
NAMED = 60
"""The most actors whose names are written."""


def table_picture(opened: OpenedTable, play: Play, variant: str) -> Picture:
    """Everybody's position by turn, one plot for each dimension."""
    import altair as alt

    dims = opened.table.dimensions
    plots = [_plot(opened, play, d) for d in range(len(dims))]
    chart = plots[0] if len(plots) == 1 else alt.vconcat(*plots, spacing=24)
    title = "Who moves where?" + (f" {opened.title}" if opened.title else "")
    return Picture(
        "turns", title,
        f"Positions by turn; model: {VARIANTS[variant].says} ({variant}). {ending(play)} It shows"
        " who pulls whom; where it ends is not the forecast.",
        finished(chart),
    )  # fmt: skip


def ending(play: Play) -> str:
    """How a game ends, in a sentence."""
    if play.cycle:
        return f"The game goes round in a cycle of {play.cycle} turns."
    if play.converged is False:
        return "The game does not come to rest."
    return "The game comes to rest."


def _plot(opened: OpenedTable, play: Play, d: int) -> Any:
    import altair as alt

    table = opened.table
    history = table.on_scale(play.history)[:, :, d]
    low, high = table.scale[d]
    height = max(LEAST, int(APART * min(len(table.actors), NAMED)))
    last = max(history.shape[0] - 1, 1)
    told = [
        {"turn": turn, "actor": actor, "position": float(history[turn, i])}
        for i, actor in enumerate(table.actors)
        for turn in range(history.shape[0])
    ]
    base = alt.Chart(rows(told)).encode(
        x=alt.X(
            "turn:Q",
            title="turn",
            scale=alt.Scale(domain=[0, last], nice=False),
            axis=alt.Axis(tickMinStep=1, tickCount=min(last, 10), format="d", grid=False),
        ),
        y=alt.Y(
            "position:Q",
            title="position on the scale" if len(table.dimensions) == 1 else table.dimensions[d],
            scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        ),
        detail="actor:N",
    )
    layers = [base.mark_line(style="line"), base.mark_point(style="dot", size=30)]
    if len(table.actors) <= NAMED:
        ends = [height * (high - float(place)) / (high - low) for place in history[-1]]
        layers += _names(opened, ends, height)
    return alt.layer(*layers).properties(width=ACROSS, height=height)


def _names(opened: OpenedTable, ends: list[float], height: int) -> list[Any]:
    """Names at the right, each as near to its line's end as there is room."""
    import altair as alt

    actors = opened.table.actors
    order = sorted(range(len(actors)), key=lambda i: (ends[i], i))
    out = []
    for i, place in zip(order, _spaced([ends[i] for i in order], float(height)), strict=True):
        name = opened.names[actors[i]]
        out.append(
            alt.Chart(rows([{"actor": name}]))
            .mark_text(style="note", align="left", fontSize=12)
            .encode(x=alt.value(ACROSS + 12), y=alt.value(place), text="actor:N")
        )
    return out


def _spaced(wishes: list[float], bottom: float) -> list[float]:
    """Ascending places, at least a name's height apart, none beneath the bottom."""
    places: list[float] = []
    for wish in wishes:
        places.append(max(wish, places[-1] + APART) if places else max(wish, 0.0))
    limit = bottom
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], limit)
        limit = places[k] - APART
    return places
