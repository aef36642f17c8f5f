"""Calendar points in words: a day, a month, a season, a year, a decade, or a part of one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace

from foedus.reading.dates.point import Point
from foedus.reading.dates.words import (
    COUNTED,
    DAYS,
    HALVES,
    MONTH_AFTER,
    MONTHS,
    ORDINALS,
    PARTS,
    SEASONS,
    SHORT,
    YEAR_AFTER,
)  # fmt: skip

YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
YEARS = re.compile(r"((?:1[0-9]|20)\d\d)[-/](\d\d|\d{4})")
DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
DAYS_RUN = re.compile(r"(0?[1-9]|[12]\d|3[01])-(0?[1-9]|[12]\d|3[01])")
ISO = re.compile(r"((?:1[0-9]|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
DECADE = re.compile(r"((?:1[0-9]|20)\d)0(?:[’'])?s")
CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
DECADE_NAMES = {f"{name}ties": n for n, name in enumerate(("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"), 2)}  # noqa: E501  # fmt: skip


def point(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """The point that begins at a word (lower-cased words, and as written), and where it ends."""
    word = w[i]
    if word in PARTS or word == "the":
        return _part(w, ws, i)
    if word in DAYS:
        j = i + 1 + (i + 1 < len(w) and w[i + 1] in {",", "the"})
        found = point(w, ws, j) if j < len(w) else None
        return found if found and found[0].day else None
    if word in MONTHS:
        return _month_first(w, ws, i)
    if word in SEASONS:
        return _season(w, ws, i)
    if word[0].isdigit():
        return _figures(w, ws, i)
    if "-" in word and word.split("-", 1)[0] in PARTS:
        return _hyphened(w, ws, i)
    return _ordinal(w, ws, i) if word in ORDINALS else None


def _at(w: Sequence[str], i: int) -> str:
    return w[i] if 0 <= i < len(w) else ""


def _part(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """`early May`, `the end of 2015`, `the 5th of June`, `the 1990s`, `the spring of 2015`."""
    j = i + 1 if w[i] == "the" else i
    word = _at(w, j)
    if word in PARTS and word not in {"later", "earlier"}:
        k = j + 1
        while _at(w, k) in {"of", "in", "the", "-"} or (k == j + 1 and _at(w, k) in PARTS):
            k += 1
        inner = point(w, ws, k) if k < len(w) and k - j < 5 and _at(w, k) != "the" else None
        if inner and inner[0].day is None and inner[0].part is None:
            return replace(inner[0], part=PARTS[word]), inner[1]
        return None
    if j == i or not word:
        return None
    if word in DECADE_NAMES:
        return Point(masked=f"19{DECADE_NAMES[word]}X"), j + 1
    found = CENTURY.fullmatch(word)
    if found and _at(w, j + 1) == "century":
        return Point(masked=f"{int(found[1]) - 1:02d}XX"), j + 2
    if found and _at(w, j + 1) == "of" and _at(w, j + 2) in MONTHS:
        rest = _month_first(w, ws, j + 2)
        if rest and rest[0].day is None:
            return replace(rest[0], day=int(found[1])), rest[1]
    if word in SEASONS or DECADE.fullmatch(word) or word in ORDINALS:
        return point(w, ws, j)
    return None


def _hyphened(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """`mid-May`, `late-2015`."""
    first, rest = w[i].split("-", 1)
    inner = point([rest, *w[i + 1 : i + 5]], [rest.capitalize(), *ws[i + 1 : i + 5]], 0)
    if (
        not inner
        or inner[0].day
        or (rest[:4].isdigit() and not YEAR.fullmatch(rest) and "s" not in rest)
    ):
        return None
    return replace(inner[0], part=PARTS[first]), i + inner[1]


def _ordinal(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """`first half of 2015`, `third quarter of last year` is left out: only years that are told."""
    if _at(w, i + 1) not in HALVES or _at(w, i + 2) != "of" or not YEAR.fullmatch(_at(w, i + 3)):
        return None
    count, _ = HALVES[w[i + 1]]
    number = count if ORDINALS[w[i]] < 0 else ORDINALS[w[i]]
    if number > count:
        return None
    return Point(int(w[i + 3]), part=f"{number}:{w[i + 1]}"), i + 4


def _year_at(w: Sequence[str], j: int) -> tuple[int | None, int]:
    """The year that stands at a word, maybe after a comma or `of`, and the word after it."""
    k = j + 1 if _at(w, j) in {",", "of"} else j
    return (int(w[k]), k + 1) if YEAR.fullmatch(_at(w, k)) else (None, j)


def _month_first(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """`May 2016`, `June 5`, `Jan. 10, 2017`, `May 3-5`, or the bare month where it can be one."""
    if not ws[i][0].isupper():
        return None
    month, j = MONTHS[w[i]], i + 1
    if w[i] in SHORT or w[i] == "sept":
        j += _at(w, j) == "."
    run = DAYS_RUN.fullmatch(_at(w, j))
    day = DAY.fullmatch(_at(w, j))
    if run or day:
        days = (int(run[1]), int(run[2])) if run else (int(day[1]), None)  # type: ignore[index]
        if not run and _at(w, j + 1) in {"-", "–"} and DAY.fullmatch(_at(w, j + 2)):
            days, j = (days[0], int(DAY.fullmatch(w[j + 2])[1])), j + 2  # type: ignore[index]
        year, end = _year_at(w, j + 1)
        return Point(year, month, days[0], run=days[1]), end
    year, end = _year_at(w, j)
    if year:
        return Point(year, month), end
    if (w[i] in {"may", "march"} or w[i] in SHORT) and _at(w, i - 1) not in MONTH_AFTER:
        return None
    return Point(None, month), i + 1


def _season(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """`autumn 2015`, `winter of 2015-16`; bare only after `the`, `in`, `early` and the like."""
    if _at(w, i - 1) in {"arab", "prague", "hot", "to"}:
        return None
    season, j = SEASONS[w[i]], i + 1
    k = j + 1 if _at(w, j) == "of" else j
    span = YEARS.fullmatch(_at(w, k))
    if span:
        return Point(int(span[1]), season), k + 1
    if YEAR.fullmatch(_at(w, k)):
        return Point(int(w[k]), season), k + 1
    where = _at(w, i - 1)
    sure = where in {"early", "late", "mid", "since", "until"} or (
        where == "the" and _at(w, i - 2) in {"in", "since", "until", "by", "during", "from"}
    )
    if sure and w[i] != "fall" and _at(w, j) != "of" and ws[i].islower():
        return Point(None, season), j
    return None


def _figures(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    """What begins with figures."""
    word = w[i]
    found = ISO.fullmatch(word)
    if found:
        return _checked(Point(int(found[1]), int(found[2]), int(found[3])), i + 1)
    found = DECADE.fullmatch(word)
    if found:
        return Point(masked=f"{found[1]}X"), i + 1
    day, run = DAY.fullmatch(word), DAYS_RUN.fullmatch(word)
    if day or run:
        return _day_first(w, ws, i, day, run)
    if YEAR.fullmatch(word) and _is_year(w, i):
        return Point(int(word)), i + 1
    return None


def _day_first(
    w: Sequence[str],
    ws: Sequence[str],
    i: int,
    day: re.Match[str] | None,
    run: re.Match[str] | None,
) -> tuple[Point, int] | None:
    """`5 June 2015`, `3-5 June`, `3 – 5 June`, `5th of June`."""
    j, last = i + 1, int(run[2]) if run else None
    if day and _at(w, j) in {"-", "–"} and DAY.fullmatch(_at(w, j + 1)):
        last, j = int(DAY.fullmatch(w[j + 1])[1]), j + 2  # type: ignore[index]
    j += _at(w, j) == "of"
    if _at(w, j) not in MONTHS or not ws[j][0].isupper():
        return None
    month = MONTHS[w[j]]
    j += 2 if _at(w, j + 1) == "." and w[j] in SHORT and YEAR.fullmatch(_at(w, j + 2)) else 1
    year, j = _year_at(w, j)
    first = int((day or run)[1])  # type: ignore[index]
    return _checked(Point(year, month, first, run=last), j)


def _is_year(w: Sequence[str], i: int) -> bool:
    """Whether four figures are a year and no count."""
    before, after = _at(w, i - 1), _at(w, i + 1)
    if before in {"$", "€", "£", "#"} or after in COUNTED or _at(w, i + 2) in COUNTED:
        return False
    ranged = after in {"-", "–"} and YEAR.fullmatch(_at(w, i + 2)) is not None
    return before in YEAR_AFTER or ranged


def _checked(found: Point, end: int) -> tuple[Point, int] | None:
    """None for a day that no month has."""
    last = monthrange(found.year or 2000, found.month or 1)[1]
    return (found, end) if (found.run or found.day or 1) <= last else None
