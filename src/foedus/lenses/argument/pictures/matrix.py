"""The matrix as a heat map: hypotheses as rows, items as columns, the most telling first.

Hypotheses stand in rows, for so people weigh each against all evidence (Dhami et al. 2024).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.lenses.argument.telling import ordered
from foedus.lenses.argument.words import STEPS, short
from foedus.lenses.drawing import finished, lines_of, rows
from foedus.lenses.lens import Picture, percent
from foedus.lenses.plane import shortened

Row = Mapping[str, Any]

BAND = 24
"""Columns of the matrix beside each other; more items go into a further band below."""
MOST = 96
"""The most items that are drawn."""
SIDE, TALL, LEAST = 26, 28, 330
"""Least width and height of a cell, and least width of a band, in pixels."""
LETTERS = 26
"""The most letters of an item's name."""
SIDES = {True: " (holds)", False: " (does not hold)", None: ""}
"""Whether the pact holds under a hypothesis."""
KINDS = ("neutral", "consistent", "inconsistent")
"""Kinds of cells; the theme gives the first no colour, and the others one each."""


def matrix_picture(data: Row, title: str = "") -> Picture:
    """The whole matrix, in bands of 24 items; the letters tell what the colours do."""
    import altair as alt

    items = ordered(data)
    shown = items[:MOST]
    labels = _labels(data)
    called = dict(zip(shown, shortened(_names(data, shown), LETTERS), strict=True))
    even = -(-len(shown) // -(-len(shown) // BAND))
    bands = [shown[k : k + even] for k in range(0, len(shown), even)]
    charts = [_band(data, band, called, labels) for band in bands]
    chart = charts[0] if len(charts) == 1 else alt.vconcat(*charts)
    left = len(items) - len(shown)
    rest = f" {left} more items, which tell least, are not drawn." if left else ""
    return Picture(
        "matrix",
        f"How does the evidence fit? {title}".rstrip(),
        "CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent, NA not"
        " applicable, blank not placed; the darker, the stronger. Items that set hypotheses apart"
        " most come first. Beside each hypothesis: whether the pact holds under it, its chance"
        f" after the evidence, and how much is inconsistent with it, II counting twice.{rest}",
        finished(chart),
    )


def _names(data: Row, items: Sequence[str]) -> list[str]:
    """Items by their ids, which are short: what they say would not go over a column."""
    return [item.replace("-", " ") for item in items]


def _labels(data: Row) -> dict[str, str]:
    """What stands beside each row: the hypothesis, its chance, what speaks against it."""
    order = sorted(data["hypotheses"].items(), key=lambda pair: pair[1]["rank"])
    called = [short(row["says"], name, LETTERS).strip("“”") for name, row in order]
    cut = dict(zip((name for name, _ in order), shortened(called, LETTERS), strict=True))
    return {
        name: f"{cut[name]}{SIDES[row['holds']]}: {percent(row['posterior']['value'])} likely,"
        f" {row['inconsistency']:.0f} against"
        for name, row in order
    }


def _band(
    data: Row, items: Sequence[str], called: Mapping[str, str], labels: Mapping[str, str]
) -> Any:
    import altair as alt

    base = alt.Chart(rows(_cells(data, items, called, labels))).encode(
        x=alt.X(
            "item:N", title=None, sort=[called[item] for item in items],
            axis=alt.Axis(labelAngle=-55, labelAlign="right", labelLimit=0, ticks=False),
            scale=alt.Scale(domain=[called[item] for item in items]),
        ),
        y=lines_of("hypothesis", list(labels.values())),
    )  # fmt: skip
    kind = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(KINDS)))
    depth = alt.Opacity(
        "depth:Q", legend=None, scale=alt.Scale(domain=[0, 1, 2], range=[0.10, 0.38, 1.0])
    )
    dark = alt.condition("datum.depth == 2", alt.value("white"), alt.value("black"))
    return alt.layer(
        base.transform_filter("datum.kind != 'none'")
        .mark_rect(style="tile")
        .encode(color=kind, opacity=depth),
        base.mark_text(style="cell", fontSize=11).encode(text="letters:N", color=dark),
    ).properties(width=alt.Step(max(SIDE, LEAST // len(items))), height=alt.Step(TALL))


def _cells(
    data: Row, items: Sequence[str], called: Mapping[str, str], labels: Mapping[str, str]
) -> list[Row]:
    out: list[Row] = []
    for name, label in labels.items():
        for item in items:
            step = data["cells"][name].get(item)
            known = isinstance(step, int)
            kind = "none" if not known else KINDS[0 if step == 0 else 1 if step > 0 else 2]
            out.append({
                "hypothesis": label, "item": called[item], "kind": kind,
                "depth": abs(step) if known else 0,
                "letters": "" if step is None else STEPS[step],
            })  # fmt: skip
    return out
