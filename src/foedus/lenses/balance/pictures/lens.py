"""The balance finding in pictures; that of a plain network is `plain_picture`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.case import Case
from foedus.lenses.balance.pictures.network import Actor, Tie, specification
from foedus.lenses.balance.pictures.plain import network_picture
from foedus.lenses.balance.sentences import number
from foedus.lenses.drawing import PERCENT, WIDTH, finished, lines_of, names, rows, share, wrapped
from foedus.lenses.lens import Finding, Picture, percent
from foedus.lenses.plane import shortened

__all__ = ["network_picture", "pictures"]

SELDOM = 0.05
"""Ties under strain in a smaller share of draws are drawn like those never under strain."""
MOST = 24
"""Actors, and ties, that a picture of bars names."""
SIDE = 270
"""Room for the names at the side."""
DATES = 24
"""The latest dates are drawn, so many at most."""

Row = Mapping[str, Any]


def pictures(case: Case, finding: Finding) -> tuple[Picture, ...]:
    """Draw the finding, in the order in which a reader would ask.

    Who stands with whom and which ties that does not explain; which ties are under strain, how
    often; what it would cost whom to move; how it came to be so, where ties are dated.
    """
    data = finding.data
    called = names(case, dict.fromkeys((*data["actors"], *case.pact.members)))
    drawn = (network(data, called), strains(data, called), moving(data, called), past(data))
    return tuple(picture for picture in drawn if picture is not None)


def network(data: Row, called: Mapping[str, str]) -> Picture | None:
    """The network in its camps at the most likely values, strain as over all draws."""
    camps = data["likely"]["camps"]
    seen = [actor for actor in data["actors"] if camps.get(actor) is not None]
    place = {actor: i for i, actor in enumerate(seen)}
    ties = [
        _tie(row, place)
        for row in data["strain"].values()
        if row["friends"] + row["foes"] > 0.0 and all(end in place for end in row["between"])
    ]
    if not ties:
        return None
    costs = data["cost_of_moving"]
    actors = [
        Actor(
            called[actor],
            camps[actor],
            actor in data["members"],
            (("cost of moving", costs[actor]["value"]),),
        )
        for actor in seen
    ]
    spec, told = specification(actors, ties)
    return Picture(
        "network",
        "Who stands with whom, and which ties does that not explain?",
        f"Camps at the most likely values. {told} Broad and in colour: ties under strain in at"
        f" least {percent(SELDOM)} of draws, the wider the more strain over all draws (share of"
        " draws times weight). Balance says what would be free of strain, not what will come.",
        spec,
    )


def _tie(row: Row, place: Mapping[str, int]) -> Tie:
    one, other = (place[end] for end in row["between"])
    often = row["strained"]
    return Tie(
        one,
        other,
        row["friends"] >= row["foes"],
        row["weight"]["value"],
        row["strain"]["value"] if often >= SELDOM else 0.0,
        (("share of draws under strain", often),),
    )


def strains(data: Row, called: Mapping[str, str]) -> Picture | None:
    """How often each tie is under strain."""
    found = sorted(data["strain"].items(), key=lambda item: -item[1]["strained"])
    kept = [row for _, row in found if row["strained"] >= 0.005]
    table = [
        {
            "tie": _pair(row, called),
            "share": row["strained"],
            "strain": row["strain"]["value"],
            "what": "friends" if row["friends"] >= row["foes"] else "foes",
        }
        for row in kept[: MOST // 2]
    ]
    if not table:
        return None
    more = len(kept) - len(table)
    return Picture(
        "strain",
        "Which ties are under strain, and how often?",
        "The share of draws in which the camps do not explain the tie: friends in different camps,"
        " or foes in one. Filled: friends; pale: foes. What is under strain may be relaxed by"
        f" somebody’s moving or by the tie’s changing.{_left_out(more, 'tie')}",
        finished(_bars(table, "tie", "share of draws under strain", "what == 'friends'")),
    )


def _pair(row: Row, called: Mapping[str, str]) -> str:
    one, other = shortened([called[end] for end in row["between"]], 30)
    return wrapped(f"{one} – {other}", 42, 2)


def _left_out(more: int, what: str) -> str:
    return f" {more} more {what}{'s are' if more > 1 else ' is'} not drawn." if more else ""


def _bars(table: Sequence[Row], field: str, title: str, filled: str) -> Any:
    """Bars of shares with what they say beside them."""
    import altair as alt

    order = [row[field] for row in table]
    lines = max(str(name).count("\n") for name in order) + 1
    top = min(1.0, 1.15 * max(0.05, *(row["share"] for row in table)))
    x = {**share("share", title, top), "axis": alt.Axis(format=PERCENT, tickCount=5, grid=False)}
    base = alt.Chart(rows(table)).encode(y=lines_of(field, order), x=alt.X(**x))
    return alt.layer(
        base.mark_bar(style="bar", height=13).encode(
            fillOpacity=alt.condition(f"datum.{filled}", alt.value(1.0), alt.value(0.35))
        ),
        base.mark_text(style="note", align="left", dx=5).encode(
            text=alt.Text("share:Q", format=".2~p")
        ),
    ).properties(width=WIDTH - SIDE, height=alt.Step(12 + 14 * lines))


def moving(data: Row, called: Mapping[str, str]) -> Picture | None:
    """What it would cost each actor to change camps alone."""
    import altair as alt

    costs = data["cost_of_moving"]
    members = [actor for actor in costs if actor in data["members"]]
    others = sorted((a for a in costs if a not in members), key=lambda a: costs[a]["value"])
    kept = sorted(members + others[: max(0, MOST - len(members))], key=lambda a: _value(costs[a]))
    if not any(costs[actor]["high"] > 0.0 for actor in kept):
        return None
    labels = shortened([called[actor] for actor in kept], 34)
    table = [
        {
            "actor": label,
            "part": "member" if actor in members else "other",
            **costs[actor],
            "said": number(costs[actor]["value"]),
        }
        for label, actor in zip(labels, kept, strict=True)
    ]
    top = 1.12 * max(row["high"] for row in table)
    scale = alt.Scale(domain=[0.0, top], nice=False)
    base = alt.Chart(rows(table)).encode(y=lines_of("actor", labels))
    title = "strain that its moving alone would add"
    plain = alt.Axis(grid=False, tickCount=6)
    x = alt.X("value:Q", title=title, scale=scale, axis=plain)
    pale = alt.condition("datum.part == 'member'", alt.value(0.75), alt.value(0.25))
    chart = alt.layer(
        base.mark_bar(style="bar", height=13).encode(x=x, fillOpacity=pale),
        base.mark_rule(style="today").encode(
            x=alt.X("low:Q", scale=scale, axis=plain), x2="high:Q"
        ),
        base.mark_text(style="note", align="right").encode(
            x=alt.value(WIDTH - SIDE + 44), text="said:N"
        ),
    ).properties(width=WIDTH - SIDE, height=alt.Step(24))
    return Picture(
        "moving",
        "What would it cost each to change camps alone?",
        "The least strain that going over to another camp would add, everybody else staying: mean"
        " (bar, and number at the right) with the 5 % to 95 % points over the draws (line). Filled:"
        " members of the pact; pale: others. The cheaper, the less its ties hold it where it is;"
        f" what it would gain elsewhere is not in it.{_left_out(len(costs) - len(kept), 'actor')}",
        finished(chart),
    )


def _value(row: Row) -> float:
    return float(row["value"])


def past(data: Row) -> Picture | None:
    """Frustration and line index at each date; None where ties have no dates."""
    import altair as alt

    moments = data["history"][-DATES:]
    if len(moments) < 2:
        return None
    table = [
        {
            "date": row["date"] or "before",
            "frustration": row["value"],
            "at least": row["bound"],
            "line index": row["line_index"],
            "ties": row["ties"],
            "members": TOGETHER[row["together"]],
        }
        for row in moments
    ]
    high = 1.1 * max(row["frustration"] for row in table) or 1.0
    low = min([0.8, *(row["line index"] - 0.05 for row in table if row["line index"] is not None)])
    last = len(data["history"]) > len(moments)
    chart = alt.vconcat(
        _course(table, "frustration", "weight under strain", (0.0, high), dated=False),
        _course(table, "line index", "line index", (low, 1.0), dated=True),
        spacing=28,
    )
    return Picture(
        "past",
        "How did the balance move?",
        "Above: the weight of ties that the camps leave unexplained; below: the line index, 1 where"
        " they explain every tie. Each at the most likely values, from the date on which a tie"
        " changed; filled where there is less strain with the pact’s members in one camp, hollow"
        " where there is not, or fewer than two had ties. Dates stand evenly apart,"
        " whatever time lies between them."
        f"{f' Only the last {DATES} dates are drawn.' if last else ''}",
        finished(chart),
    )


TOGETHER = {True: "together", False: "apart", None: "either way"}


def _course(
    table: Sequence[Row], field: str, title: str, ends: tuple[float, float], *, dated: bool
) -> Any:
    """A line by date in steps, a dot at each; and the dates beneath it, or not."""
    import altair as alt

    dates = [row["date"] for row in table]
    turned: dict[str, Any] = {
        "labelAngle": 0 if len(dates) <= 9 else -45,
        "labels": dated,
        "ticks": dated,
    }
    base = alt.Chart(rows(table)).encode(
        x=alt.X("date:O", title=None, sort=dates, axis=alt.Axis(grid=False, **turned)),
        y=alt.Y(
            f"{field}:Q",
            title=title,
            scale=alt.Scale(domain=list(ends), nice=False, zero=False),
            axis=alt.Axis(tickCount=4),
        ),
    )
    holding = "datum.members == 'together'"
    return alt.layer(
        base.mark_line(style="line", interpolate="step-after"),
        base.transform_filter(f"!({holding})").mark_point(style="hollow", fill="white"),
        base.transform_filter(holding).mark_point(style="dot"),
    ).properties(width=WIDTH - 60, height=110)
