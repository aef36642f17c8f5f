"""Dates told from the text's own: `yesterday`, `on Friday`, `last February`, `the past month`."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reading.dates.clock import OPEN_YEAR, YEARS, Clock, edtf
from foedus.reading.dates.words import (
    AHEAD,
    BACK,
    DAYS,
    FUTURE,
    MONTHS,
    NOW,
    NUMBERS,
    PERFECT,
    SEASONS,
    THIS,
    UNITS,
    VAGUE,
)  # fmt: skip

NEAR = 8
"""Words before a weekday among which `will` puts it after the text's date."""
MOST = 9999
"""No more than so many units are counted."""


def relative(w: Sequence[str], i: int, clock: Clock) -> tuple[str, int] | None:
    """EDTF of the relative date that begins at a word, and the word after it."""
    word = w[i]
    if word in NOW:
        return clock.days(NOW[word]), i + 1
    if word in DAYS:
        return clock.weekday(DAYS[word], _where(w, i)), i + 1
    if word == "the":
        return _shifted(w, i + 1, clock) if i + 1 < len(w) and w[i + 1] not in DAYS else None
    if word in {"recent", "these"}:
        return _recent(w, i, clock)
    if word in BACK or word in AHEAD or word in THIS or word in {"earlier", "later"}:
        return _shifted(w, i, clock)
    if word in {"for", "over", "during", "within"}:
        return _lasting(w, i, clock)
    return _ago(w, i, clock)


def _at(w: Sequence[str], i: int) -> str:
    return w[i] if 0 <= i < len(w) else ""


def _where(w: Sequence[str], i: int) -> str:
    """Whether the words before put a date ahead of the text's own."""
    return "ahead" if not FUTURE.isdisjoint(w[max(0, i - NEAR) : i]) else "past"


def count(w: Sequence[str], i: int) -> tuple[int | None, int] | None:
    """A number in words or figures, None for a vague one, and the word after it."""
    word = _at(w, i)
    if word in {"a", "an"} and _at(w, i + 1) in VAGUE:
        i, word = i + 1, w[i + 1]
    if word in VAGUE:
        return None, i + 1 + (_at(w, i + 1) == "of")
    if word in NUMBERS:
        return NUMBERS[word], i + 1
    digits = word.replace(",", "")
    if digits.isdecimal() and len(digits) <= 4:
        return min(int(digits), MOST), i + 1
    return None


def _shifted(w: Sequence[str], i: int, clock: Clock) -> tuple[str, int] | None:
    """`last February`, `this spring`, `the past month`, `the next two years`, `later this week`."""
    word = w[i]
    if word in {"earlier", "later"}:
        return _shifted(w, i + 1, clock) if _at(w, i + 1) in THIS else None
    ahead = word in AHEAD
    if not (ahead or word in BACK or word in THIS):
        return None
    where = "next" if ahead else "last" if word in BACK else "this"
    name = _at(w, i + 1)
    if name in DAYS:
        if where == "this":
            where = "ahead" if _where(w, i) == "ahead" else "past"
        return clock.weekday(DAYS[name], where), i + 2
    if name in MONTHS:
        return edtf(clock.month_named(MONTHS[name], where), MONTHS[name]), i + 2
    if name in SEASONS:
        return edtf(clock.season_named(SEASONS[name], where), SEASONS[name]), i + 2
    if name in {"night", "evening", "morning", "afternoon"}:
        if where == "next":
            return None
        return clock.days(-1 if where == "last" else 0), i + 2
    if name in UNITS and name != "hour":
        running = word == "past" or (word in {"last", "coming"} and _at(w, i - 1) == "the")
        if running or name.endswith("s"):
            return clock.span(UNITS[name], 1, ahead), i + 2
        return clock.unit(UNITS[name], {"next": 1, "last": -1, "this": 0}[where]), i + 2
    number = count(w, i + 1)
    if number is None or where == "this" or _at(w, number[1]) not in UNITS:
        return None
    return _span(number[0], UNITS[w[number[1]]], ahead, clock), number[1] + 1


def _span(number: int | None, unit: str, ahead: bool, clock: Clock) -> str:
    """So many units up to the text's date, or after it; if nobody says how many, an open start."""
    if number is not None:
        return clock.span(unit, number, ahead)
    if clock.now is None:
        return OPEN_YEAR
    return f"{clock.now}/" if ahead else f"/{clock.now}"


def _recent(w: Sequence[str], i: int, clock: Clock) -> tuple[str, int] | None:
    """`recent weeks`."""
    if w[i] != "recent" or _at(w, i + 1) not in UNITS:
        return None
    return _span(None, UNITS[w[i + 1]], False, clock), i + 2


def _lasting(w: Sequence[str], i: int, clock: Clock) -> tuple[str, int] | None:
    """`for over three decades` of what has lasted: from about then up to the text's date."""
    j = i + 1
    while _at(w, j) in {"over", "more", "than", "nearly", "almost", "about", "at", "least", "some",
                        "around", "the", "past", "last"} and j < i + 5:  # fmt: skip
        j += 1
    number = count(w, j)
    if number is None or _at(w, number[1]) not in UNITS:
        return None
    unit, end = UNITS[w[number[1]]], number[1] + 1
    if not {"past", "last"}.isdisjoint(w[i:j]):
        return _span(number[0], unit, False, clock), end
    if PERFECT.isdisjoint(w[max(0, i - 16) : i]) or w[i] == "within" or unit == "hour":
        return None
    if number[0] is None or clock.now is None:
        return _span(number[0], unit, False, clock), end
    then = clock.ago(unit, number[0])
    now = str(clock.year) if unit in YEARS else clock.now
    return (f"/{now}" if "X" in then else f"{then}/{now}"), end


def _ago(w: Sequence[str], i: int, clock: Clock) -> tuple[str, int] | None:
    """`three weeks ago`, `a month ago`; `several years ago` is only before the text's date."""
    number = count(w, i)
    if number is None or _at(w, number[1]) not in UNITS or _at(w, number[1] + 1) != "ago":
        return None
    end = number[1] + 2
    if number[0] is None:
        return (OPEN_YEAR if clock.now is None else f"/{clock.now}"), end
    return clock.ago(UNITS[w[number[1]]], number[0]), end
