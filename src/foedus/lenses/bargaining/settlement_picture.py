"""The picture of one issue: its scale, who stands where, what each accepts, where it settles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.lenses.bargaining.sentences import number
from foedus.lenses.drawing import WIDTH, finished, lines_of, rows, wrapped
from foedus.lenses.lens import Picture, percent

SIDE = 170
"""Room for the names at the left."""
NOTES = 120
"""Room for what is said at the right."""
ACROSS = WIDTH - SIDE - NOTES + 60
"""Length of the scale, in pixels."""
LETTER = 6.2
"""Width of a letter of the labels, in pixels, or a little more."""
ROW = 30

Row = Mapping[str, Any]


def settlement(name: str, issue: Row, called: Mapping[str, str]) -> Picture:
    """Where an issue settles, among the positions and the red lines."""
    import altair as alt

    scale = issue["scale"]
    x = alt.Scale(domain=[scale["low"], scale["high"]], nice=False, zero=False)
    parts = [_chances(issue, x), _actors(issue, called, x), _models(issue, x)]
    if scale["points"]:
        parts.insert(0, _labels(issue, x))
    chart = alt.vconcat(*parts, spacing=14)
    return Picture(
        f"settlement-{name}",
        f"Where does it settle? {issue['says']}",
        _caption(issue),
        finished(chart),
    )


def _caption(issue: Row) -> str:
    variant = issue["variants"][issue["distribution"]["variant"]]["says"]
    failed = [row["says"] for row in issue["variants"].values() if row["failed"] is not None]
    return (
        f"Top: the chance of settlements over all draws ({variant}). Upright lines: the headline’s"
        " mean settlement (solid) and the weighted mean (dashed). Middle: where each actor stands,"
        " with its 5 % to 95 % points; filled for members, hollow for others; the larger, the more"
        " weight (capability times salience). Grey bars: what a member accepts, its red lines"
        " where a bar ends in a tick; at the right, how often the settlement crosses them. Bottom:"
        " each model’s settlement." + (f" Not drawn: {', '.join(failed)}." if failed else "")
    )


def _x(scale: Any, field: str, *, ruled: bool = False) -> Any:
    """A place on the issue's scale; layers of one panel agree on whether it has an axis."""
    import altair as alt

    axis = alt.Axis(tickCount=6) if ruled else None
    return alt.X(f"{field}:Q", scale=scale, axis=axis, title=None)


def _labels(issue: Row, scale: Any) -> Any:
    """The labelled points over the scale, in as many lines as they need to stay apart."""
    import altair as alt

    table, heights = _placed(issue["scale"], 17)
    total = sum(heights)
    base = alt.Chart(rows(table)).encode(x=_x(scale, "at"))
    layers = [
        base.mark_rule(style="bound").encode(
            y=alt.Y("below:Q", scale=alt.Scale(domain=[total, 0], nice=False), axis=None),
            y2=alt.datum(total),
        )
    ]
    for align in ("left", "center", "right"):
        layers.append(
            base.transform_filter(f"datum.align == '{align}'")
            .mark_text(
                style="note", align=align, baseline="top", lineBreak="\n", fontSize=11,
                lineHeight=13,
            )
            .encode(
                y=alt.Y("top:Q", scale=alt.Scale(domain=[total, 0], nice=False), axis=None),
                text="point:N",
            )
        )  # fmt: skip
    return alt.layer(*layers).properties(width=ACROSS, height=total)


def _placed(scale: Row, letters: int) -> tuple[list[dict[str, Any]], list[float]]:
    """Labels wrapped and put into lines so that none overlaps another; and the lines' heights."""
    width = scale["high"] - scale["low"]
    ends: list[float] = []
    lines: list[list[dict[str, Any]]] = []
    for point in scale["points"]:
        text = wrapped(point["says"], letters, 5)
        long = LETTER * max(len(line) for line in text.split("\n"))
        at = (point["at"] - scale["low"]) / width * ACROSS
        align = "left" if at < long / 2 else "right" if at > ACROSS - long / 2 + 40 else "center"
        start = at - {"left": 0.0, "center": long / 2, "right": long}[align]
        row = next((k for k, end in enumerate(ends) if start > end + 8.0), len(ends))
        if row == len(ends):
            ends.append(0.0)
            lines.append([])
        ends[row] = start + long
        lines[row].append({"at": point["at"], "point": text, "align": align})
    heights = [
        13.0 * max(str(label["point"]).count("\n") + 1 for label in line) + 6.0 for line in lines
    ]
    for k, line in enumerate(lines):
        for label in line:
            tall = 13.0 * (str(label["point"]).count("\n") + 1)
            label |= {"top": sum(heights[:k]), "below": sum(heights[:k]) + tall + 2.0}
    return [label for line in lines for label in line], heights


def _chances(issue: Row, scale: Any) -> Any:
    """The distribution of settlements, with the headline's mean and the weighted mean named."""
    import altair as alt

    points = issue["distribution"]["points"]
    half = (issue["scale"]["high"] - issue["scale"]["low"]) / max(len(points), 1) / 2.0
    table = [
        {"from": p["at"] - 0.96 * half, "to": p["at"] + 0.96 * half, "chance": p["probability"]}
        for p in points
    ]
    bars = (
        alt.Chart(rows(table))
        .mark_bar(style="bar")
        .encode(
            x=_x(scale, "from"),
            x2="to:Q",
            y=alt.Y("chance:Q", axis=None, scale=alt.Scale(nice=False, zero=True)),
            y2=alt.datum(0.0),
        )
    )
    found, mean = issue["settlement"]["value"], issue["variants"]["wmean"]["value"]
    named = [
        {"place": found, "what": f"settlement {number(found, issue)}"},
        {"place": mean, "what": f"weighted mean {number(mean, issue)}"},
    ]
    sides: tuple[Any, Any] = ("right", "left") if found <= mean else ("left", "right")
    words = [
        alt.Chart(rows([row]))
        .mark_text(
            style="strong" if k == 0 else "note", align=side, dx=5 if side == "left" else -5,
            fontSize=12,
        )
        .encode(x=_x(scale, "place"), y=alt.value(-7), text="what:N")
        for k, (row, side) in enumerate(zip(named, sides, strict=True))
    ]  # fmt: skip
    return alt.layer(bars, *_uprights(issue, scale), *words).properties(width=ACROSS, height=64)


def _uprights(issue: Row, scale: Any, *, ruled: bool = False) -> list[Any]:
    """Lines at the headline's mean settlement and at the weighted mean."""
    import altair as alt

    places = {
        "today": issue["settlement"]["value"],
        "against": issue["variants"]["wmean"]["value"],
    }
    return [
        alt.Chart(rows([{"place": place}]))
        .mark_rule(style=style)
        .encode(x=_x(scale, "place", ruled=ruled))
        for style, place in places.items()
    ]


def _actors(issue: Row, called: Mapping[str, str], scale: Any) -> Any:
    """Positions, weights, accepted ranges and how often they are crossed."""
    import altair as alt

    table = [
        _line(actor, row, issue, called, side)
        for side in ("members", "others")
        for actor, row in sorted(
            issue[side].items(), key=lambda pair: -float(pair[1]["position"]["value"])
        )
    ]
    base = alt.Chart(rows(table)).encode(y=lines_of("actor", [row["actor"] for row in table]))
    size = alt.Size("weight:Q", legend=None, scale=alt.Scale(domain=[0, 0.5], range=[25, 420]))
    at = {field: _x(scale, field, ruled=True) for field in (*ENDS, "low", "position", "bar from")}
    others = base.transform_filter("datum.side != 'member'")
    layers = [
        base.transform_filter("datum.lined")
        .mark_bar(style="interval", height=16)
        .encode(x=at["bar from"], x2="bar to:Q"),
        *_uprights(issue, scale, ruled=True),
        *[
            base.transform_filter(f"isValid(datum['{end}'])")
            .mark_tick(style="today", thickness=3, size=20)
            .encode(x=at[end])
            for end in ENDS
        ],
        base.mark_rule(style="span").encode(x=at["low"], x2="high:Q"),
        base.transform_filter("datum.side == 'member'")
        .mark_point(style="dot")
        .encode(x=at["position"], size=size),
        others.mark_point(style="hollow", fill="white").encode(x=at["position"], size=size),
        *_crossings(base),
    ]
    return alt.layer(*layers).properties(width=ACROSS, height=alt.Step(ROW))


ENDS = ("accepts from", "accepts to")


def _crossings(base: Any) -> list[Any]:
    """How often each red line is crossed, at the right; strong where it mostly is."""
    import altair as alt

    return [
        base.transform_filter(f"datum.often == {often}")
        .mark_text(style=style, align="left", fontSize=12)
        .encode(x=alt.value(ACROSS + 12), text="red line:N")
        for often, style in (("true", "strong"), ("false", "note"))
    ]


def _line(actor: str, row: Row, issue: Row, called: Mapping[str, str], side: str) -> dict[str, Any]:
    """One actor's row, with the sentence at its right."""
    accepts = row["accepts"] or {"least": None, "most": None}
    least, most = (accepts[end] and accepts[end]["value"] for end in ("least", "most"))
    crossed = None if row["acceptable"] is None else 1.0 - row["acceptable"]
    return {
        "actor": called[actor],
        "side": "member" if side == "members" else "other",
        "position": row["position"]["value"],
        "low": row["position"]["low"],
        "high": row["position"]["high"],
        "weight": row["weight"]["value"],
        "accepts from": least,
        "accepts to": most,
        "bar from": issue["scale"]["low"] if least is None else least,
        "bar to": issue["scale"]["high"] if most is None else most,
        "lined": row["accepts"] is not None,
        "red line": "" if crossed is None else f"crossed in {percent(crossed)}",
        "often": crossed is not None and crossed >= 0.5,
    }


def _models(issue: Row, scale: Any) -> Any:
    """Every model's settlement with its interval."""
    import altair as alt

    table: Sequence[dict[str, Any]] = [
        {
            "model": row["says"],
            "value": row["value"],
            "low": row["low"],
            "high": row["high"],
            "first": name == issue["headline"],
        }
        for name, row in issue["variants"].items()
        if row["failed"] is None
    ]
    base = alt.Chart(rows(table)).encode(y=lines_of("model", [row["model"] for row in table]))
    value = _x(scale, "value", ruled=True)
    low = _x(scale, "low", ruled=True)
    others = base.transform_filter("!datum.first")
    layers = [
        base.mark_rule(style="span").encode(x=low, x2="high:Q"),
        *_uprights(issue, scale, ruled=True),
        base.transform_filter("datum.first").mark_point(style="dot").encode(x=value),
        others.mark_point(style="hollow", fill="white").encode(x=value),
    ]
    return alt.layer(*layers).properties(width=ACROSS, height=alt.Step(22))
