"""What every picture looks like: one Vega-Lite configuration.

Colours are of the Okabe-Ito set, which people see alike with any colour vision; nothing is told by
colour alone. Styles are named by the pictures (`foedus.lenses.drawing`) and given their looks here.
"""

from __future__ import annotations

from typing import Any

INK, QUIET, FAINT = "#1c2127", "#5a6470", "#dfe3e8"
ACCENT, SECOND, THIRD = "#0072B2", "#D55E00", "#6f7883"
RAMP = ("#f2f6fa", "#b9d5e8", "#5ba3cf", "#0072B2", "#00466e")
FONT = "sans-serif"
"""Generic: the page's own font takes its place."""


def config() -> dict[str, Any]:
    """The configuration, fresh."""
    text = {"font": FONT, "color": INK, "fontSize": 12}
    return {
        "background": None,
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None},
        "mark": {"color": ACCENT},
        "axis": {
            "labelFont": FONT, "titleFont": FONT, "labelFontSize": 12, "titleFontSize": 12,
            "titleFontWeight": "normal", "labelColor": INK, "titleColor": QUIET,
            "gridColor": FAINT, "gridWidth": 0.8, "domain": False, "tickColor": FAINT,
            "tickSize": 4, "labelPadding": 6, "titlePadding": 10,
        },
        "axisY": {"ticks": False},
        "axisBand": {"grid": False, "ticks": False},
        "header": {
            "labelFont": FONT, "labelFontSize": 13, "labelFontWeight": "bold", "labelColor": INK,
            "labelAnchor": "start", "labelPadding": 8, "labelBaseline": "alphabetic",
            "labelLimit": 260,
        },
        "title": {
            "font": FONT, "fontSize": 13, "fontWeight": "bold", "color": INK, "anchor": "start",
            "offset": 10, "limit": 260,
        },
        "legend": {
            "orient": "top", "labelFont": FONT, "labelFontSize": 12, "labelColor": INK,
            "labelLimit": 0, "symbolStrokeWidth": 2, "symbolSize": 90, "symbolFillColor": INK,
            "offset": 10, "title": None,
            "columnPadding": 22,
        },
        "concat": {"spacing": 24},
        "facet": {"spacing": 20},
        "range": {
            "category": [THIRD, ACCENT, SECOND, "#009E73", "#CC79A7", "#E69F00"],
            "symbol": ["square", "circle", "diamond", "triangle-up", "cross"],
            "ramp": list(RAMP),
            "heatmap": list(RAMP),
        },
        "text": text,
        "style": {
            "band": {"color": ACCENT, "line": False},
            "line": {"color": ACCENT, "strokeWidth": 2.2, "strokeCap": "butt"},
            "span": {"color": ACCENT, "strokeWidth": 2, "strokeCap": "round", "opacity": 0.55},
            "dot": {"color": ACCENT, "filled": True, "size": 80, "opacity": 1},
            "hollow": {
                "stroke": ACCENT, "fill": "white", "filled": True, "size": 80, "opacity": 1,
                "strokeWidth": 2,
            },
            "kind": {"filled": True, "size": 80, "opacity": 1},
            "bar": {"color": ACCENT},
            "tile": {"stroke": "white", "strokeWidth": 2},
            "cell": {**text, "fontSize": 13},
            "note": {**text, "color": QUIET},
            "strong": {**text, "fontWeight": "bold", "fontSize": 14},
            "today": {"color": INK, "strokeWidth": 1.2},
            "bound": {"color": THIRD, "strokeWidth": 0.8, "strokeDash": [1, 3]},
            "interval": {"color": FAINT},
            "tie": {"color": ACCENT, "strokeCap": "butt", "opacity": 0.8},
            "against": {"color": QUIET, "strokeWidth": 1, "strokeDash": [4, 4]},
            "part": {"color": FAINT, "strokeWidth": 1.2},
            "ring": {"color": "#b4bcc6", "filled": False, "strokeWidth": 1},
        },
    }  # fmt: skip
