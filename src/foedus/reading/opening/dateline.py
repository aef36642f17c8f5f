"""The date that a line at the head of a text gives, as EDTF."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
FORMS = (
    re.compile(rf"(?<![\d/-]){YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? {MONTH},? {YEAR}\b", re.I),
    re.compile(rf"\b{MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? {YEAR}\b", re.I),
    re.compile(rf"\b{MONTH},? {YEAR}\b", re.I),
)
LONGEST = 200


def edtf(text: str) -> str | None:
    """The first date with a year in a short text, as EDTF: a day, or a month; else None.

    Dates in figures alone, such as 4/5/2016, are left: nobody knows which is the month.
    """
    for form in FORMS:
        found = form.search(text[:LONGEST])
        if found:
            return _written(found.groupdict())
    return None


def _written(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    month = int(parts.get("number") or 0) or MONTHS[(parts.get("month") or "").lower()]
    if parts.get("day") is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(parts["day"] or 0)).isoformat()
    except ValueError:
        return None
