"""A calendar point as far as it is told, and the same in EDTF."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from foedus.reading.dates.clock import Clock, edtf
from foedus.reading.dates.words import FIRST_MONTH, HALVES


@dataclass(frozen=True, slots=True)
class Point:
    """What is told of a date; a month above 12 is a season."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    run: int | None = None
    """The last day, if it is several days of a month."""
    masked: str | None = None
    """A decade or a century in EDTF, such as 199X."""

    @property
    def relative(self) -> bool:
        """Whether the year is not told."""
        return self.year is None and self.masked is None


def written(found: Point, clock: Clock, where: str = "past") -> str:
    """The point in EDTF; a year that is not told is counted from the text's date."""
    if found.masked:
        return _part_of_decade(found) if found.part else found.masked
    year, month = found.year, found.month
    if year is None and month:
        named = clock.season_named if month in FIRST_MONTH else clock.month_named
        year = named(month, where)
    if found.run and found.day and found.run > found.day:
        return f"{edtf(year, month, found.day)}/{edtf(year, month, found.run)}"
    if found.part:
        return _part_of(found.part, year, month)
    return edtf(year, month, found.day)


def _part_of(part: str, year: int | None, month: int | None) -> str:
    """A third of a month or of a year, or a half or quarter: inner edges are only about right."""
    if year is None:
        return edtf(year, month)
    if ":" in part:
        number, name = part.split(":")
        size = HALVES[name][1]
        return f"{edtf(year, (int(number) - 1) * size + 1)}/{edtf(year, int(number) * size)}"
    if month is None:
        return {"early": f"{year}-01/{year}-04~", "mid": f"{year}-05~/{year}-08~",
                "late": f"{year}-09~/{year}-12"}[part]  # fmt: skip
    if month in FIRST_MONTH:
        return edtf(year, month) + "~"
    last = monthrange(year, month)[1]
    at = edtf(year, month)
    return {"early": f"{at}-01/{at}-10~", "mid": f"{at}-11~/{at}-20~",
            "late": f"{at}-21~/{at}-{last}"}[part]  # fmt: skip


def _part_of_decade(found: Point) -> str:
    """Thirds of a decade, as near as years allow; of a century only about."""
    masked, part = found.masked or "", found.part or ""
    if masked.count("X") > 1:
        return masked + "~"
    start = masked[:3]
    return {"early": f"{start}0/{start}3~", "mid": f"{start}4~/{start}6~",
            "late": f"{start}7~/{start}9"}[part]  # fmt: skip
