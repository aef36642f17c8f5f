"""Words that dates are made of."""

from __future__ import annotations

from foedus.reading.dates.tables import listed, ordered

MONTHS: dict[str, int] = {
    name: n for n, names in enumerate(ordered("months"), 1) for name in names.split("/")
}
SHORT = listed("short")
"""Abbreviations, which need a day, a year or a capital beside them."""
DAYS: dict[str, int] = {name: n for n, name in enumerate(ordered("days"))}
"""Days of the week as `datetime.date.weekday` counts them."""
SEASONS: dict[str, int] = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's numbers (level 1), of the northern hemisphere's names."""
FIRST_MONTH: dict[int, int] = {21: 3, 22: 6, 23: 9, 24: 12}
"""The month a season starts in; winter is counted to the year it starts in."""
UNITS: dict[str, str] = {
    form: unit
    for unit in ("hour", "day", "week", "month", "year", "decade", "century")
    for form in (unit, "centuries" if unit == "century" else unit + "s")
} | {"fortnight": "fortnight", "weekend": "weekend"}
NUMBERS: dict[str, int] = {word: n for n, word in enumerate(ordered("numbers"))} | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
VAGUE = listed("vague")
"""Words for numbers that are not told."""
PARTS: dict[str, str] = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late", "later": "later", "earlier": "earlier",
}  # fmt: skip
HALVES: dict[str, tuple[int, int]] = {
    "half": (2, 6), "quarter": (4, 3), "third": (3, 4),
}  # fmt: skip
"""Parts of a year: how many, and of how many months each."""
ORDINALS: dict[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
NOW: dict[str, int] = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
BACK = listed("back")
AHEAD = listed("ahead")
THIS = listed("this")
FUTURE = listed("future")
"""Words before a date that put it after the text's own date."""
PERFECT = listed("perfect")
ABOUT = listed("about")
PERHAPS = listed("perhaps")
YEAR_AFTER = listed("year after")
"""Words after which four figures are a year."""
MONTH_AFTER = listed("month after")
"""Words after which `May` and `March` are months."""
COUNTED = listed("counted")
"""Words that show the figures before them to be a count."""
