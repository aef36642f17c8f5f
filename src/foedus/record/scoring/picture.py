"""Calibration as a picture: what was said against what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from foedus.lenses.drawing import PERCENT, WIDTH, finished, rows
from foedus.lenses.lens import Picture

if TYPE_CHECKING:
    from foedus.record.scoring.score import Score

FloatArray = npt.NDArray[np.float64]

SIDE = 380
"""Height of the plot, in pixels."""
BARS = 40
"""How many bars the forecasts are counted in."""


def calibration_picture(score: Score) -> Picture:
    """The model's bins with their intervals, the line of perfect calibration, and all forecasts."""
    import altair as alt

    model = score.comparison.model
    said = score.forecasts[model.name]
    bins = [
        {
            "predicted": one.predicted, "observed": one.observed, "low": one.interval[0],
            "high": one.interval[1],
        }
        for one in model.marks.bins
    ]  # fmt: skip
    top = min(1.0, 1.08 * max(max(one["high"], one["predicted"]) for one in bins))
    scale = alt.Scale(domain=[0.0, top], nice=False)
    axis = alt.Axis(format=PERCENT if top > 0.1 else ".1%", tickCount=5)
    channel = {"scale": scale, "axis": axis}
    chart = alt.vconcat(_bins(bins, top, channel), _histogram(said, top, channel), spacing=12)
    return Picture(
        "calibration",
        f"{model.name}: did as much happen as was said?",
        _caption(score, int((said > top).sum())),
        finished(chart),
    )


def _bins(bins: list[dict[str, float]], top: float, channel: dict[str, Any]) -> Any:
    """What was said against what happened, with the line on which they agree."""
    import altair as alt

    x = alt.X("predicted:Q", title=None, **channel)
    base = alt.Chart(rows(bins)).encode(x=x)
    even = alt.Chart(rows([{"x": 0.0, "y": 0.0}, {"x": top, "y": top}]))
    return alt.layer(
        even.mark_line(style="against").encode(
            x=alt.X("x:Q", title=None, **channel), y=alt.Y("y:Q", **channel)
        ),
        base.mark_rule(style="span").encode(
            y=alt.Y("low:Q", title="share that happened", **channel), y2="high:Q"
        ),
        base.mark_point(style="dot").encode(y=alt.Y("observed:Q", **channel)),
    ).properties(width=WIDTH - 120, height=SIDE)


def _histogram(said: FloatArray, top: float, channel: dict[str, Any]) -> Any:
    """How often each chance was given; what is beyond the edge stands in the last bar."""
    import altair as alt

    counts, edges = np.histogram(np.minimum(said, top), bins=BARS, range=(0.0, top))
    bars = [
        {"low": float(low), "high": float(high), "rows": int(n), "none": 0}
        for low, high, n in zip(edges[:-1], edges[1:], counts, strict=True)
        if n
    ]
    return (
        alt.Chart(rows(bars))
        .mark_bar(style="bar", opacity=0.75)
        .encode(
            x=alt.X("low:Q", title="chance that the model gave", **channel),
            x2="high:Q",
            y=alt.Y("rows:Q", title="rows", axis=alt.Axis(tickCount=3)),
            y2="none:Q",
        )
        .properties(width=WIDTH - 120, height=70)
    )


def _caption(score: Score, beyond: int) -> str:
    first, last = score.test.years
    how = "each year asked of the years before it" if score.rolling else "none seen in fitting"
    if score.overlap:
        how = "of which some were seen in fitting"
    last_bar = f", the last bar with {beyond:,} that are higher still" if beyond else ""
    return (
        f"{score.task.name}, {first}–{last}, {score.test.n:,} rows, {how}. Dots: forecasts in ten"
        " equally full bins, their mean against the share that happened, with its 5 % to 95 %"
        " points; equal forecasts stand together. On the dashed line as much happened as was said;"
        f" above it more. Below: how often each chance was given{last_bar}. Calibration error"
        f" {score.comparison.model.marks.calibration_error:.3f}."
    )
