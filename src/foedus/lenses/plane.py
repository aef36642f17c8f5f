"""A plain plane, in pixels from the top left, for pictures whose layout is computed beforehand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any


class Plane:
    """Where marks stand on a plane of some size."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = round(width), round(height)

    def at(self, x: str = "x", y: str = "y") -> dict[str, Any]:
        """The channels that put a mark where two of its fields say."""
        import altair as alt

        across = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        down = alt.Scale(domain=[0, self.height], nice=False, zero=False, reverse=True)
        return {
            "x": alt.X(f"{x}:Q", scale=across, axis=None),
            "y": alt.Y(f"{y}:Q", scale=down, axis=None),
        }

    def drawn(self, layers: Sequence[Any]) -> Any:
        """One chart of these layers."""
        import altair as alt

        return alt.layer(*layers).properties(width=self.width, height=self.height)


def shortened(texts: Sequence[str], most: int) -> list[str]:
    """Texts cut to so many letters, no two alike if none were before; wide letters count twice."""
    out = [_cut(text, most) for text in texts]
    seen: dict[str, int] = {}
    for place, text in enumerate(out):
        seen[text] = seen.get(text, 0) + 1
        if seen[text] > 1 or out.count(text) > 1:
            tail = f" ({seen[text]})"
            out[place] = _cut(texts[place], most - len(tail)) + tail
    return out


def wide(text: str) -> int:
    """How many letters' room a text takes: letters of East Asian scripts are twice as wide."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _cut(text: str, most: int) -> str:
    flat = " ".join(text.split())
    if wide(flat) <= most:
        return flat
    flat = flat[:most]
    while wide(flat) > most - 1:
        flat = flat[:-1]
    return f"{flat.rstrip()}…"
