"""The argument finding, and plain matrices, in pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from foedus.lenses.argument.pictures.matrix import matrix_picture
from foedus.lenses.argument.words import MOST, called
from foedus.lenses.drawing import PERCENT, WIDTH, finished, lines_of, rows, wrapped
from foedus.lenses.lens import Picture
from foedus.lenses.plane import shortened

Row = Mapping[str, Any]

FEW = 14
"""Linchpins that are drawn."""
MARKS = (1e6, 1e4, 1e3, 100.0, 50.0, 20.0, 10.0, 4.0, 2.0, 1.25, 1.1, 1.05, 1.02, 1.01)
"""Ratios that an axis may mark, the largest first."""
APART = 0.25
"""How far apart marks stand at least, as a part of one side of the axis."""
LEAST = 1.02
"""The least width, as a ratio, of the axis that linchpins are drawn on."""


def pictures(data: Row) -> tuple[Picture, ...]:
    """Draw the finding, in the order in which a reader would ask.

    How the evidence fits, which hypothesis it favours, which items decide.
    """
    return matrix_picture(data), chances(data), linchpins(data)


def chances(data: Row) -> Picture:
    """Every hypothesis with its chance before and after the evidence."""
    import altair as alt

    names = called(data)
    sides = {True: " (holds)", False: " (does not hold)", None: ""}
    found = sorted(data["hypotheses"].items(), key=lambda pair: pair[1]["rank"])
    told = [names.hypotheses[name].strip("“”") + sides[row["holds"]] for name, row in found]
    table = [
        {
            "hypothesis": wrapped(text, 38, 3),
            "before": row["prior"]["value"],
            **row["posterior"],
        }
        for text, (_, row) in zip(shortened(told, 100), found, strict=True)
    ]
    x = alt.X(
        "value:Q", title="chance after the evidence", scale=alt.Scale(domain=[0.0, 1.0]),
        axis=alt.Axis(format=PERCENT, tickCount=5),
    )  # fmt: skip
    base = alt.Chart(rows(table)).encode(
        y=lines_of("hypothesis", [row["hypothesis"] for row in table])
    )
    chart = alt.layer(
        base.mark_rule(style="span").encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(style="hollow", fill="white", size=60).encode(x="before:Q"),
        base.mark_point(style="dot").encode(x=x),
    ).properties(width=WIDTH - 220, height=alt.Step(46))
    return Picture(
        "hypotheses",
        "Which hypothesis does the evidence favour?",
        "Filled: the chance after the evidence, mean with the 5 % to 95 % points over the draws."
        " Hollow: before it. The hypotheses share 100 % between them: if none of them is true, none"
        " of this holds.",
        finished(chart),
    )


def linchpins(data: Row) -> Picture:
    """The items that carry most, with what each brings."""
    import altair as alt

    names, sided = called(data), data["log_ratio"] is not None
    shown = data["linchpins"][:FEW]
    told = shortened([names.items[row["item"]].strip("“”") for row in shown], 66)
    table: list[dict[str, Any]] = []
    for text, row in zip(told, shown, strict=True):
        part = row["log_ratio"] if sided else row["moves"]
        ends = {key: _ratio(value) if sided else value for key, value in part.items()}
        table.append({"item": wrapped(text, 38, 2), **ends})
    base = alt.Chart(rows(table)).encode(y=lines_of("item", [row["item"] for row in table]))
    x = _axis(table) if sided else alt.X(
        "value:Q", title="share that changes hands without it", axis=alt.Axis(format=".1%")
    )  # fmt: skip
    layers = [
        base.mark_rule(style="span").encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(style="dot").encode(x=x),
    ]
    if sided:
        even = alt.Chart(rows([{"value": 1.0}])).mark_rule(style="against").encode(x="value:Q")
        layers.insert(0, even)
    return Picture(
        "linchpins",
        "Which items decide?",
        (
            "How many times as likely each item makes it that the pact holds, with all others as"
            " they are: right of the line it speaks for it, left against it."
            if sided
            else "How much of all chances changes hands between hypotheses if the item is left out."
        )
        + " Mean with the 5 % to 95 % points over the draws.",
        finished(alt.layer(*layers).properties(width=WIDTH - 220, height=alt.Step(34))),
    )


def _ratio(log: float) -> float:
    """A ratio of its logarithm, within what is told."""
    return math.exp(min(max(log, -MOST), MOST))


def _axis(table: list[dict[str, Any]]) -> Any:
    """An axis of ratios, as wide on the one side as on the other."""
    import altair as alt

    widest = max(
        [LEAST, *(max(row["high"], 1.0 / row["low"]) for row in table)],
    )
    return alt.X(
        "value:Q",
        title="likelihood ratio of the pact's holding",
        scale=alt.Scale(type="log", domain=[1.0 / widest, widest], nice=False),
        axis=alt.Axis(format=".3~g", values=_ticks(widest)),
    )


def _ticks(widest: float) -> list[float]:
    """Ratios to be marked on an axis: as many on the one side as on the other."""
    room = APART * math.log(widest)
    kept: list[float] = []
    for mark in MARKS:
        last = kept[-1] if kept else math.inf
        if mark <= widest and room <= math.log(mark) <= math.log(last) - room:
            kept.append(mark)
    return sorted([1.0, *kept, *(1.0 / mark for mark in kept)])


def table_picture(data: Row, title: str) -> Picture:
    """A plain matrix as a picture."""
    return matrix_picture(data, title)
