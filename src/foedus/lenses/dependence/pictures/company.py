"""Who stands with whom, how well each fares there, and by which notions that lasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.lenses.dependence.sentences import number
from foedus.lenses.drawing import WIDTH, finished, lines_of, rows, wrapped
from foedus.lenses.lens import Picture
from foedus.lenses.plane import shortened

SIDE = 200
SHOWN = 30
"""The most members drawn."""
NOTIONS = {
    "individually_rational": "nobody would rather be alone",
    "nash": "nobody would rather move",
    "individual": "… to where it is welcome",
    "contractual": "… and is let go besides",
    "core": "no set would rather be by itself",
    "strict_core": "… not even if some are no better off",
}
"""Notions of stability, in the order in which they are told."""


def company_picture(told: Mapping[str, Any], called: Mapping[str, str], title: str) -> Picture:
    """The partition asked about: everybody's utility in it, and which notions it meets."""
    import altair as alt

    everybody = [
        (place, member) for place, group in enumerate(told["partition"]) for member in group
    ]
    seen = everybody[:SHOWN]
    labels = shortened([called[member] for _, member in seen], 30)
    table: list[dict[str, Any]] = [
        {
            "member": label,
            "set": f"set {place + 1}",
            "utility": float(told["utility"][member]),
            "said": number(told["utility"][member]),
        }
        for label, (place, member) in zip(labels, seen, strict=True)
    ]
    low = min(0.0, *(row["utility"] for row in table))
    high = max(0.0, *(row["utility"] for row in table))
    if low == high:
        high = 1.0
    order = _apart(table)
    x = alt.X(
        "utility:Q",
        title="utility where it stands",
        scale=alt.Scale(domain=[low, high], nice=False, padding=40),
        axis=alt.Axis(tickCount=5, grid=False),
    )
    # a blank line between sets
    domain = alt.Scale(domain=order)
    base = alt.Chart(rows(table)).encode(x=x, y=lines_of("member", order).scale(domain))
    negative = "datum.utility < 0"
    above = alt.layer(
        base.mark_bar(style="bar", height=13),
        base.transform_filter(f"!({negative})")
        .mark_text(style="note", align="left", dx=5)
        .encode(text="said:N"),
        base.transform_filter(negative)
        .mark_text(style="note", align="right", dx=-5)
        .encode(text="said:N"),
    ).properties(width=WIDTH - SIDE, height=alt.Step(22))
    chart = alt.vconcat(above, _notions(told), spacing=26)
    more = len(everybody) - len(seen)
    return Picture(
        "company",
        f"Who stands with whom, and does it last?{f' {title}' if title else ''}",
        "Above: everybody’s utility in the set in which it stands, sets apart. Below: what it takes"
        " to last, whether this partition does (filled) or not (hollow), and if not, who would go;"
        " at the right, how many partitions would last."
        + (f" {more} more members are not drawn." if more else ""),
        finished(chart),
    )


def _apart(table: list[dict[str, Any]]) -> list[str]:
    """The members down the side, with blanks, no two alike, between sets."""
    out: list[str] = []
    for row, before in zip(table, [None, *table], strict=False):
        if before is not None and before["set"] != row["set"]:
            out.append(" " * (1 + len(out)))
        out.append(row["member"])
    return out


def _notions(told: Mapping[str, Any]) -> Any:
    """A line for each notion: whether it is met, why not, and by how many partitions."""
    import altair as alt

    table: list[dict[str, Any]] = []
    for notion, says in NOTIONS.items():
        if notion not in told["holds"]:
            continue
        holds = bool(told["holds"][notion])
        why = "holds" if holds else told["reasons"].get(notion) or "does not hold"
        stable = (told["stable"] or {}).get(notion)
        table.append(
            {
                "notion": says,
                "holds": holds,
                "why": wrapped(why, 46, 2),
                "partitions": "" if stable is None else f"{stable['count']:,}",
            }
        )
    base = alt.Chart(rows(table)).encode(y=lines_of("notion", [row["notion"] for row in table]))
    said: dict[str, Any] = {"baseline": "middle", "lineBreak": "\n", "fontSize": 11}
    across = WIDTH - SIDE
    head = alt.Chart(rows([{"head": "partitions that would last"}]))
    return alt.layer(
        base.transform_filter("datum.holds").mark_point(style="dot").encode(x=alt.value(8)),
        base.transform_filter("!datum.holds")
        .mark_point(style="hollow", fill="white")
        .encode(x=alt.value(8)),
        base.mark_text(style="cell", align="left", **said).encode(x=alt.value(22), text="why:N"),
        base.mark_text(style="cell", align="right", **said).encode(
            x=alt.value(across), text="partitions:N"
        ),
        head.mark_text(style="note", align="right", fontSize=11).encode(
            x=alt.value(across), y=alt.value(-6), text="head:N"
        ),
    ).properties(width=across, height=alt.Step(32))
