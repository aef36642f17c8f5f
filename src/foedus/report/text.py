"""Words, dates and numbers as a reader wants them."""

from __future__ import annotations

import math
import re
from typing import Any
from urllib.parse import urlsplit

from foedus.lenses.lens import Interval, percent
from foedus.verdict.words import words as icd

NARROW = "\u00a0"
"""A space that a line does not break at, between a number and its sign."""
NOTHING = "–"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, and those that turn the order of the text around them."""


def visible(text: str) -> str:
    """The text with unseen characters spelled out, so that none can mislead the eye."""
    return UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def chance(share: float | None) -> str:
    """A probability, or a dash where there is none."""
    if share is None or not math.isfinite(share):
        return NOTHING
    return glued(percent(share))


def glued(text: str) -> str:
    """Text in which no line breaks between a number and its per cent sign."""
    return re.sub(r"(\d) %", rf"\1{NARROW}%", text)


def span(interval: Interval | None) -> str:
    """Low and high of a probability: `3 % to 98 %`."""
    if interval is None or not math.isfinite(interval.value):
        return NOTHING
    return f"{chance(interval.low)} to {chance(interval.high)}"


def points(change: float) -> str:
    """A difference of probabilities, in percentage points with its sign."""
    if not math.isfinite(change):
        return NOTHING
    return f"{100 * change:+.1f}".replace("-", "−") + f"{NARROW}points"


def number(value: float | None) -> str:
    """A number to three figures."""
    if value is None or not math.isfinite(value):
        return NOTHING
    return f"{value:.3g}".replace("-", "−")


def words(probability: float) -> str:
    """The ICD 203 term, or what stands in for it when there is no number."""
    return icd(probability) if 0.0 <= probability <= 1.0 else "no answer"


def day(date: Any) -> str:
    """`2016-05-31`, `2016-05` or `2016` as people write it."""
    if date is None:
        return ""
    year, *rest = str(date).split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"


def outward(url: str | None) -> str | None:
    """An address that may be made a link: http or https, and nothing hidden in it."""
    if not url or UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
