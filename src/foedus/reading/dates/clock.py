"""The text's own date, and what is counted from it.

EDTF is ISO 8601-2:2019, annex A (Library of Congress, Extended Date/Time Format). What cannot be
counted because the text's date is not known, or not known finely enough, keeps the digits that are
known and has X for the rest.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from foedus.reading.dates.words import FIRST_MONTH

GIVEN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
OPEN_DAY = "XXXX-XX-XX"
OPEN_YEAR = "XXXX"
YEARS = {"year": 1, "decade": 10, "century": 100}
DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
CENTURY = 100
DECADE = 10


def edtf(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """A calendar date; a month may be a season's number."""
    out = OPEN_YEAR if year is None else f"{year:04d}"
    if month is not None:
        out += f"-{month:02d}"
    return out if day is None else f"{out}-{day:02d}"


@dataclass(frozen=True, slots=True)
class Clock:
    """When the text was published, as finely as is known."""

    year: int | None = None
    month: int | None = None
    day: date | None = None

    @staticmethod
    def of(published: str | None) -> Clock:
        """From EDTF: a day, a month, a season (its year only) or a year; the start of a range."""
        found = GIVEN.match(published or "")
        if not found:
            return Clock()
        year, month, day = (int(part) if part else None for part in found.groups())
        if not year or (month and month > 12):
            return Clock(year or None)
        if month and day and 1 <= day <= monthrange(year, month)[1]:
            return Clock(year, month, date(year, month, day))
        return Clock(year, month or None)

    @property
    def now(self) -> str | None:
        """The text's date itself."""
        if self.year is None:
            return None
        return self.day.isoformat() if self.day else edtf(self.year, self.month)

    def days(self, count: int) -> str:
        """The day so many days after."""
        return OPEN_DAY if self.day is None else _plus(self.day, count).isoformat()

    def weekday(self, number: int, where: str) -> str:
        """The day of the week: `last` before, `next` after, `past`, `ahead` with the day itself."""
        if self.day is None:
            return OPEN_DAY
        back = (self.day.weekday() - number) % 7
        if where in ("past", "last"):
            return self.days(-(back or (7 if where == "last" else 0)))
        return self.days((7 - back) % 7 or (7 if where == "next" else 0))

    def month_named(self, month: int, where: str) -> int | None:
        """The year of the month that is meant."""
        if self.year is None or self.month is None:
            return None
        if where == "this":
            return self.year
        if where in ("past", "last"):
            gone = month < self.month or (where == "past" and month == self.month)
            return self.year if gone else self.year - 1
        return self.year if month > self.month else self.year + 1

    def season_named(self, season: int, where: str) -> int | None:
        """The year of the season that is meant; winter has the year it starts in."""
        if self.year is None or self.month is None:
            return None
        first = FIRST_MONTH[season]
        shift = int(season == 24 and self.month < 3)
        began = self.month >= first or shift
        inside = 0 <= (self.month - first) % 12 <= 2
        latest = self.year - shift if began else self.year - 1
        if where == "last":
            return latest - 1 if inside else latest
        if where == "next":
            return latest + 1
        if where == "this":
            return latest if inside else self.year
        return latest

    def unit(self, unit: str, shift: int) -> str:
        """The calendar unit so many after that of the text: `this week`, `last month`."""
        if unit in YEARS:
            if self.year is None:
                return OPEN_YEAR
            if unit == "year":
                return edtf(self.year + shift)
            size = YEARS[unit]
            start = str(self.year // size + shift)
            return start + "X" * (4 - len(start))
        if unit == "month":
            return edtf(*self._months(shift)) if self.month else "XXXX-XX"
        if self.day is None:
            return OPEN_DAY
        if unit in DAYS_OF:
            monday = _plus(self.day, -self.day.weekday() + 7 * shift)
            if unit == "day":
                return self.days(shift)
            return f"{monday.isoformat()}/{_plus(monday, 6).isoformat()}"
        if unit == "weekend":
            saturday = _plus(self.day, 5 - self.day.weekday() + 7 * shift)
            return f"{saturday.isoformat()}/{_plus(saturday, 1).isoformat()}"
        return self.days(0)

    def span(self, unit: str, count: int, ahead: bool = False) -> str:
        """The past (or coming) so many units: an interval that ends (starts) at the text's date."""
        if self.now is None:
            return OPEN_YEAR
        other = self.ago(unit, -count if ahead else count, exact=True)
        if "X" in other:
            return f"{self.now}/" if ahead else f"/{self.now}"
        return f"{self.now}/{other}" if ahead else f"{other}/{self.now}"

    def ago(self, unit: str, count: int, exact: bool = False) -> str:
        """So many units before; of weeks and longer ones only about (`~`)."""
        mark = "" if exact else "~"
        if unit in YEARS:
            if self.year is None:
                return OPEN_YEAR
            year = self.year - YEARS[unit] * count
            if year < 1:
                return OPEN_YEAR
            if exact and unit == "year" and self.day:
                return _same_day(self.day, year)
            return edtf(year) + "~"
        if unit == "month":
            if not self.month:
                return "XXXX-XX"
            year, month = self._months(-count)
            if exact and self.day:
                return edtf(year, month, min(self.day.day, monthrange(year, month)[1]))
            return edtf(year, month) + mark
        if unit == "hour":
            return self.days(-(count // 24))
        if unit == "day":
            return self.days(-count)
        found = self.days(-DAYS_OF.get(unit, 7) * count)
        return found if "X" in found else found + mark

    def _months(self, shift: int) -> tuple[int, int]:
        """Year and month so many months after."""
        year, month = divmod((self.year or 0) * 12 + (self.month or 1) - 1 + shift, 12)
        return min(max(year, 1), 9999), month + 1


def _plus(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _same_day(day: date, year: int) -> str:
    last = monthrange(year, day.month)[1]
    return edtf(year, day.month, min(day.day, last))
