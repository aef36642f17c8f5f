"""Ways to share the whole, member by member, as dots or as a table of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.lenses.drawing import WIDTH, finished, rows
from foedus.lenses.plane import shortened

CALLED = {
    "payoffs": "as divided today",
    "equal": "in equal parts",
    "shapley": "Shapley",
    "banzhaf": "Banzhaf",
    "tau": "tau value",
    "gately": "Gately",
    "nucleolus": "nucleolus",
    "prenucleolus": "prenucleolus",
    "kernel": "kernel",
}
"""Ways to share the whole, in the order in which they are told, as people call them."""
DOTTED = 6
"""Up to so many members there are dots; a table for more."""
TABLED = 40
"""The most members in a table."""
SAME = 1e-6
"""Relative difference up to which two ways to share are one."""

Row = Mapping[str, Any]
Parts = Mapping[str, Row]
"""By member: value, and low and high where there are draws."""


def joined(divisions: Mapping[str, Parts]) -> dict[str, Parts]:
    """Ways to share by what people call them; those that give the same to everybody are one."""
    kept: list[tuple[list[str], Parts]] = []
    size = max((abs(r["value"]) for p in divisions.values() for r in p.values()), default=0.0)
    for key, label in CALLED.items():
        parts = divisions.get(key)
        if not parts:
            continue
        for labels, others in kept:
            if all(
                abs(parts[m][end] - others[m][end]) <= SAME * size
                for m in parts
                for end in ("value", "low", "high")
            ):
                labels.append(label)
                break
        else:
            kept.append(([label], parts))
    return {", ".join(_short(labels)): parts for labels, parts in kept}


def _short(labels: list[str]) -> list[str]:
    """Without the prenucleolus where it is the nucleolus, as it is in most games."""
    both = CALLED["nucleolus"] in labels
    return [label for label in labels if not (both and label == CALLED["prenucleolus"])]


def certain(parts: Mapping[str, float]) -> dict[str, Row]:
    """Parts that are known, as those over draws are told."""
    return {member: {"value": x, "low": x, "high": x} for member, x in parts.items()}


def dots(divisions: Mapping[str, Parts], members: Sequence[str], called: Mapping[str, str]) -> Any:
    """Beneath each member's name a line for each way to share; today's way a diamond."""
    import altair as alt

    ways = dict(zip(divisions, shortened(list(divisions), 44), strict=True))
    people = dict(zip(members, shortened([called[m] for m in members], 60), strict=True))
    heads: list[dict[str, Any]] = [
        {"line": place * (len(ways) + 1), "head": people[member]}
        for place, member in enumerate(members)
    ]
    found = [
        {
            "member": people[member],
            "division": label,
            **divisions[way][member],
            "today": CALLED["payoffs"] in way,
            "line": head["line"] + k,
        }
        for head, member in zip(heads, members, strict=True)
        for k, (way, label) in enumerate(ways.items(), 1)
    ]
    low = min(0.0, *(row["low"] for row in found))
    high = max(0.0, *(row["high"] for row in found))
    room = 0.04 * (high - low) or 1.0
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    lines = alt.Scale(domain=list(range(len(heads) + len(found))))
    y = alt.Y("line:O", axis=None, scale=lines)
    x, spread = (
        alt.X(f"{end}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=6))
        for end in ("value", "low")
    )
    base = alt.Chart(rows(found)).encode(y=y)
    today = "datum.today"
    diamond: dict[str, Any] = {
        "style": "today",
        "filled": True,
        "shape": "diamond",
        "size": 120,
        "opacity": 1,
    }
    return alt.layer(
        base.mark_rule(style="span").encode(x=spread, x2="high:Q"),
        base.transform_filter(f"!{today}").mark_point(style="hollow", fill="white").encode(x=x),
        base.transform_filter(today).mark_point(**diamond).encode(x=x),
        base.mark_text(style="cell", align="right", fontSize=12).encode(
            x=alt.value(-10), text="division:N"
        ),
        alt.Chart(rows(heads))
        .mark_text(style="strong", align="left", fontSize=13)
        .encode(x=alt.value(2), y=y, text="head:N"),
    ).properties(width=WIDTH - 190, height=alt.Step(19))


def table(divisions: Mapping[str, Parts], members: Sequence[str], called: Mapping[str, str]) -> Any:
    """Members down, ways to share across, a number in each cell; the more the darker."""
    import altair as alt

    ways = list(divisions)
    short = shortened(ways, 30)
    people = shortened([called[m] for m in members[:TABLED]], 26)
    high = (
        max(0.0, *(row["value"] for parts in divisions.values() for row in parts.values())) or 1.0
    )
    found = [
        {
            "member": person,
            "division": label,
            "value": divisions[way][member]["value"],
            "said": rounded(divisions[way][member]["value"], high),
        }
        for member, person in zip(members[:TABLED], people, strict=True)
        for way, label in zip(ways, short, strict=True)
    ]
    base = alt.Chart(rows(found)).encode(
        x=alt.X(
            "division:N",
            title=None,
            sort=short,
            axis=alt.Axis(orient="top", labelAngle=-30, labelLimit=0, labelAlign="left"),
        ),
        y=alt.Y("member:N", title=None, sort=people, axis=alt.Axis(labelLimit=0)),
    )
    shade = alt.Scale(domain=[0.0, high], clamp=True)
    dark = alt.condition(f"datum.value > {0.55 * high!r}", alt.value("white"), alt.value("black"))
    return alt.layer(
        base.mark_rect(style="tile").encode(color=alt.Color("value:Q", legend=None, scale=shade)),
        base.mark_text(style="cell", fontSize=12).encode(text="said:N", color=dark),
    ).properties(width=min(WIDTH - 140, 74 * len(ways)), height=alt.Step(24))


def rounded(value: float, top: float, below: str = "−") -> str:
    """A number as exact as a picture of numbers up to `top` needs; `below` marks those under 0."""
    digits = 2 - math.floor(math.log10(top)) if top > 0.0 else 2
    exact = -4 <= digits <= 6
    text = f"{round(abs(value), digits):.{max(0, digits)}f}" if exact else f"{abs(value):.2g}"
    return f"{below}{text}" if value < 0.0 and float(text) else text


def specification(
    divisions: Mapping[str, Parts], members: Sequence[str], called: Mapping[str, str]
) -> dict[str, Any]:
    """The picture of ways to share the whole."""
    return finished((dots if len(members) <= DOTTED else table)(divisions, members, called))
