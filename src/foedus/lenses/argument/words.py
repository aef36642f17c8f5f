"""Names and numbers of the argument lens, as people read them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.lenses.lens import percent
from foedus.lenses.wording import listed

Row = Mapping[str, Any]

MANY = 5
"""Hypotheses named in a row."""
MOST = math.log(1e6)
"""Logarithms of ratios beyond this, either way, are told as that."""
STEPS: dict[int | str, str] = {-2: "II", -1: "I", 0: "N", 1: "C", 2: "CC", "na": "NA"}
"""The letters of ACH for the steps of consistency."""


def short(says: str, name: str, most: int = 60) -> str:
    """What a hypothesis or an item is called: what it says if that is short, else its id."""
    flat = says.rstrip(".")
    return f"“{flat}”" if len(flat) <= most else f"“{name.replace('-', ' ')}”"


@dataclass(frozen=True)
class Names:
    """What to call hypotheses and items, by id; one of each may share an id."""

    hypotheses: Mapping[str, str]
    items: Mapping[str, str]

    def all_of(self, hypotheses: Iterable[str]) -> str:
        """Hypotheses in a row, the first of many."""
        told = [self.hypotheses[name] for name in hypotheses]
        more = len(told) - MANY
        return listed([*told[:MANY], f"{more} more"] if more > 1 else told)


def called(data: Row) -> Names:
    """What to call hypotheses and items."""
    tables = (data["hypotheses"], data["items"])
    return Names(*({i: short(row["says"], i) for i, row in table.items()} for table in tables))


def times(log: float, places: int | None = None) -> str:
    """A ratio for people, of its logarithm: to three digits, within a million either way.

    With so many decimal `places` where they tell as much.
    """
    if abs(log) > MOST:
        return "over 1e6" if log > 0.0 else "under 1e-6"
    ratio = math.exp(log)
    if places is not None and 0.1 <= ratio < 100.0:
        return f"{ratio:.{places}f}"
    return number(ratio)


def times_span(log: Row, places: int | None = None) -> str:
    """A ratio with its interval, of their logarithms."""
    value, low, high = (times(log[key], places) for key in ("value", "low", "high"))
    return value + between(low, high, " ({})")


def between(low: str, high: str, form: str) -> str:
    """The ends of an interval; nothing where they are told alike."""
    return "" if low == high else form.format(f"{low} to {high}")


def span(interval: Row, form: str = " ({})", bare: str = "") -> str:
    """A chance for people, with its interval in some form; with `bare` if it has none."""
    low, high = percent(interval["low"]), percent(interval["high"])
    return percent(interval["value"]) + (between(low, high, form) or bare)


def number(value: float) -> str:
    """A number to three digits, with a true minus."""
    return f"{value:.3g}".replace("-", "−")


def points(share: float) -> str:
    """A change of a chance in points, with its sign."""
    value = round(100 * share, 1)
    return f"{value:+.1f}".replace("-", "−") if value else "0.0"
