"""The dependence finding, and plain games, in pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.case import Case
from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.pictures.company import company_picture
from foedus.lenses.dependence.pictures.disruption import disruption
from foedus.lenses.dependence.pictures.divisions import (
    CALLED,
    DOTTED,
    TABLED,
    certain,
    joined,
    rounded,
    specification,
)
from foedus.lenses.dependence.pictures.triangle import Triangle
from foedus.lenses.dependence.pictures.triangle import specification as in_triangle
from foedus.lenses.dependence.sentences import number
from foedus.lenses.drawing import finished, lines_of, names, rows, wrapped
from foedus.lenses.lens import Finding, Picture, percent
from foedus.lenses.plane import shortened

TODAY = CALLED["payoffs"]

Row = Mapping[str, Any]
Names = Mapping[str, str]


def pictures(case: Case, finding: Finding) -> tuple[Picture, ...]:
    """Draw the finding, in the order in which a reader would ask.

    Who loses how much when whom goes; who could threaten to leave; how the whole could be shared.
    """
    data = finding.data
    called = names(case, data["members"])
    drawn = (losses(data, called), disruption(data, called), sharing(data, called))
    return tuple(picture for picture in drawn if picture is not None)


def losses(data: Row, called: Names) -> Picture | None:
    """Who loses how much by whose leaving."""
    import altair as alt

    members = data["members"]
    short = dict(zip(members, shortened([called[m] for m in members], 24), strict=True))
    found = data["losses"]
    if not all(math.isfinite(row["value"]) for part in found.values() for row in part.values()):
        return None
    top = max(row["value"] for part in found.values() for row in part.values())
    top = top if top > 0.0 else 1.0
    table = [
        {
            "who loses": short[one],
            "by whose going": wrapped(short[other], 13, 3),
            **(row := found[one][other]),
            "said": rounded(row["value"], top, "gains "),
            "span": f"{rounded(row['low'], top)} to {rounded(row['high'], top)}",
            "own": one == other,
        }
        for one in members
        for other in members
    ]
    columns = [wrapped(short[m], 13, 3) for m in members]
    lines = max(column.count("\n") for column in columns)
    base = alt.Chart(rows(table)).encode(
        x=alt.X(
            "by whose going:N", title="if this one went", sort=columns,
            axis=alt.Axis(
                labelAngle=0, orient="top", labelExpr=r"split(datum.label, '\n')", labelLimit=0,
                labelPadding=8 + 14 * lines,
            ),
        ),
        y=lines_of("who loses", list(short.values()), "this one would lose"),
    )  # fmt: skip
    shade = alt.Color("value:Q", legend=None, scale=alt.Scale(domain=[0.0, top], clamp=True))
    dark = alt.condition(f"datum.value > {0.55 * top!r}", alt.value("white"), alt.value("black"))
    chart = alt.layer(
        base.mark_rect(style="tile").encode(color=shade),
        base.transform_filter("datum.own").mark_rect(
            style="today", filled=False, strokeWidth=1.6, strokeDash=[4, 3]
        ),
        base.mark_text(style="strong", dy=-7).encode(text="said:N", color=dark),
        base.mark_text(style="cell", dy=11, fontSize=11).encode(text="span:N", color=dark),
    )
    return Picture(
        "losses",
        "Who needs whom?",
        "What the one at the left would lose if the one above went, the others staying: mean with"
        " the 5 % to 95 % points over the draws; the darker, the more. Dashed: what a member loses"
        f" by leaving itself{OWN[data['worth_from']]}. Compare a cell with the one across the"
        " diagonal: who loses more depends more.",
        finished(chart.properties(width=104 * len(members), height=alt.Step(54))),
    )


OWN = {"endurance": ", what leaving costs included", "given": "", "technology": ""}


def sharing(data: Row, called: Names) -> Picture | None:
    """How the whole could be shared: a triangle for three members, dots otherwise."""
    members = data["members"]
    central = data["at_modes"]
    if central is not None and len(members) == 3:
        worth, core = central["worth"], central["core"]
        drawn = _triangle(
            [worth[m] for m in members],
            worth["+".join(members)],
            [called[m] for m in members],
            [[corner[m] for m in members] for corner in (core or {}).get("corners") or ()],
            {
                name: [parts[m] for m in members]
                for name, parts in central["shares"].items()
                if parts is not None
            },
        )
        if drawn is not None:
            spec, told = drawn
            empty = core is not None and core["empty"]
            return Picture(
                "sharing", TITLE, f"At the most likely values. {told}{_core(empty, core)}", spec
            )
    shares = {
        name: parts
        for name, parts in data["shares"].items()
        if (name != "payoffs" or data["divided_today"])
        and all(math.isfinite(row["value"]) for row in parts.values())
    }
    if not shares:
        return None
    return Picture(
        "sharing",
        TITLE,
        "What each member has by each way to share the whole: mean with the 5 % to 95 % points over"
        f" the draws{_diamond(shares)}. In {percent(data['sharing']['possible'])} of draws the"
        " whole can be shared so that nobody, alone or in any set, is better off without the"
        " others.",
        specification(joined(shares), members, called),
    )


TITLE = "How can the whole be shared?"


def _diamond(shares: Mapping[str, Any]) -> str:
    return "; the diamond is how it is divided today" if "payoffs" in shares else ""


def _core(empty: bool, core: Row | None) -> str:
    if core is None:
        return ""
    if empty:
        return " There is no core: however the whole is shared, somebody is better off without."
    return (
        " Filled: the core, where nobody, alone or in any set, is better off without the others."
        " Within it every point is as good as any other by that measure."
    )


def _triangle(
    alone: Sequence[float],
    total: float,
    called: Sequence[str],
    corners: Sequence[Sequence[float]],
    points: Mapping[str, Sequence[float]],
) -> tuple[dict[str, Any], str] | None:
    """The triangle and how to read it; None where together they gain nothing over being alone."""
    triangle = Triangle(alone, total)
    if not triangle.holds():
        return None
    found = joined(
        {
            name: certain(dict(zip(map(str, range(3)), row, strict=True)))
            for name, row in points.items()
        }
    )
    named = {label: [parts[str(k)]["value"] for k in range(3)] for label, parts in found.items()}
    today = next((label for label in named if TODAY in label), "")
    spec, outside = in_triangle(triangle, called, corners, named, today)
    said = (
        "At a corner that member has all that the three gain by being together"
        f" ({number(triangle.gain)}), and the others what they have alone; lines are quarters of"
        " it."
    )
    if today and today not in outside:
        said += " The diamond is how it is divided today."
    if outside:
        said += f" Too far outside to be drawn: {'; '.join(outside)}."
    return spec, said


def table_picture(told: Row) -> Picture:
    """A plain game: how its worth can be shared, or who stands with whom and whether it lasts.

    `told` has `title`, `members`, `names`, `worth` by set, `total`, `solutions` by member, `core`
    (empty, and for three members its corners as `extreme`), `payoffs` and `hedonic`. Raises
    GameError where there is nothing to draw.
    """
    called = names_of(told)
    title = wrapped(str(told["title"]), 90, 1) if told["title"] else ""
    divisions = {**(told["solutions"] or {}), "payoffs": told["payoffs"]}
    points = {name: dict(parts) for name, parts in divisions.items() if parts}
    if not points:
        if told["hedonic"] is None:
            raise GameError("there is neither a way to share nor a partition to draw")
        return company_picture(told["hedonic"], called, title)
    members, core = told["members"], told["core"]
    head = f"{TITLE}{f' {title}' if title else ''}"
    if len(members) == 3 and told["worth"]:
        drawn = _triangle(
            [told["worth"][m] for m in members],
            told["total"],
            [called[m] for m in members],
            (core or {}).get("extreme") or (),
            {name: [parts[m] for m in members] for name, parts in points.items()},
        )
        if drawn is not None:
            spec, said = drawn
            return Picture("sharing", head, said + _core(bool(core and core["empty"]), core), spec)
    spec = specification(joined({k: certain(v) for k, v in points.items()}), members, called)
    said = "What each member has by each way to share the whole"
    said += _diamond(points) if len(members) <= DOTTED else "; the darker, the more"
    left = len(members) - TABLED
    more = f" {left} more members are not drawn." if left > 0 and len(members) > DOTTED else ""
    none = core is not None and core["empty"]
    return Picture("sharing", head, f"{said}.{_core(True, core) if none else ''}{more}", spec)


def names_of(told: Row) -> dict[str, str]:
    """What to call members, with the id behind where two are called the same."""
    found = {member: str(told["names"].get(member, member)) for member in told["members"]}
    known = list(found.values())
    return {m: name if known.count(name) == 1 else f"{name} ({m})" for m, name in found.items()}
