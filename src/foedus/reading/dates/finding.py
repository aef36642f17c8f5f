"""Dates of a text: points, relative dates, and the words before that make them intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from foedus.reading.dates.clock import Clock
from foedus.reading.dates.point import Point, written
from foedus.reading.dates.points import YEAR, YEARS, point
from foedus.reading.dates.relative import NEAR, count, relative
from foedus.reading.dates.tables import listed
from foedus.reading.dates.words import (
    ABOUT,
    AHEAD,
    BACK,
    DAYS,
    FUTURE,
    MONTHS,
    NOW,
    NUMBERS,
    ORDINALS,
    PARTS,
    PERHAPS,
    SEASONS,
    THIS,
    UNITS,
    VAGUE,
)  # fmt: skip
from foedus.reading.model import Date
from foedus.reading.text import Sentence, Text

STARTS = frozenset(
    [*MONTHS, *DAYS, *SEASONS, *NOW, *PARTS, *NUMBERS, *VAGUE, *ORDINALS, *BACK, *AHEAD, *THIS]
) | {"the", "for", "over", "during", "within", "recent", "earlier", "later"}
SIGNS = frozenset(
    [*MONTHS, *DAYS, *SEASONS, *NOW, *UNITS, "nineties", "eighties", "seventies", "sixties",
     "morning", "night", "evening", "afternoon"]
)  # fmt: skip
"""A sentence without one of these, and without figures, has no date."""
OPENING = {"since": "{}/..", "until": "../{}", "till": "../{}", "before": "../{}", "by": "../{}",
           "after": "{}/.."}  # fmt: skip
TO = listed("to")


def dates(text: Text, published: str | None) -> tuple[Date, ...]:
    """The dates of a text as EDTF, in its order.

    `published` is the text's own date (EDTF); relative ones are counted from it, and keep X for
    what cannot be counted. `since 2011` is `2011/..`, `around` marks with ~, `possibly` with ?.
    """
    clock = Clock.of(published)
    return tuple(found for s in text.sentences for found in _in_sentence(s, clock))


def _in_sentence(sentence: Sentence, clock: Clock) -> Iterator[Date]:
    w = [word.lower() for word in sentence.words]
    if SIGNS.isdisjoint(w) and not any(word[0].isdigit() or "-" in word for word in w):
        return
    i, n = 0, len(w)
    while i < n:
        word = w[i]
        if word in STARTS or word[0].isdigit() or word.startswith(("mid-", "early-", "late-")):
            found = _range(w, sentence.words, i, clock) or _single(w, sentence.words, i, clock)
            if found:
                edtf, end, told = found
                start, edtf = _opened(w, i, edtf)
                last = sentence.at(end - 1).end
                yield Date(start=sentence.starts[start], end=last, edtf=edtf, relative=told)
                i = end
                continue
        i += 1


def _single(
    w: Sequence[str], ws: Sequence[str], i: int, clock: Clock
) -> tuple[str, int, bool] | None:
    """One date: EDTF, the word after it, and whether it is relative."""
    at = point(w, ws, i)
    if at:
        where = "past" if FUTURE.isdisjoint(w[max(0, i - NEAR) : i]) else "ahead"
        return written(at[0], clock, where), at[1], at[0].relative
    from_now = relative(w, i, clock)
    return (*from_now, True) if from_now else None


def _range(
    w: Sequence[str], ws: Sequence[str], i: int, clock: Clock
) -> tuple[str, int, bool] | None:
    """`between 3 and 5 June`, `May to July 2015`, `2011-2015`."""
    years = YEARS.fullmatch(w[i])
    if years and (len(years[2]) == 4 or int(years[2]) > 12):
        last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        return (f"{years[1]}/{last}", i + 1, False) if last > years[1] else None
    if i and w[i - 1] in {"between", "from"} and w[i].isdecimal() and len(w[i]) <= 2:
        return _bare_day(w, ws, i, clock)
    first = _range_start(w, ws, i)
    if not first or first[1] >= len(w) or w[first[1]] not in TO:
        return None
    if w[first[1]] in {"and", "or"} and (i == 0 or w[i - 1] != "between"):
        return None
    k = first[1] + 1
    second = point(w, ws, k) if k < len(w) else None
    if second is None and k < len(w) and YEAR.fullmatch(w[k]):
        second = Point(int(w[k])), k + 1
    if not second or (second[0].relative and not first[0].relative and first[0].masked):
        return None
    return _joined(first[0], second[0], second[1], clock)


def _range_start(w: Sequence[str], ws: Sequence[str], i: int) -> tuple[Point, int] | None:
    if YEAR.fullmatch(w[i]) and i and w[i - 1] in {"between", "from"}:
        return Point(int(w[i])), i + 1
    return point(w, ws, i)


def _bare_day(
    w: Sequence[str], ws: Sequence[str], i: int, clock: Clock
) -> tuple[str, int, bool] | None:
    """The first day of `between 3 and 5 June`."""
    day = count(w, i)
    if not day or not day[0] or i + 2 >= len(w) or w[i + 1] not in TO:
        return None
    second = point(w, ws, i + 2)
    if not second or not second[0].day:
        return None
    return _joined(replace(second[0], day=day[0]), second[0], second[1], clock)


def _joined(first: Point, second: Point, end: int, clock: Clock) -> tuple[str, int, bool]:
    """An interval; what one end leaves out, the other tells."""
    if first.year is None and second.year is not None and not first.masked:
        first = replace(first, year=second.year)
    if second.year is None and first.year is not None and second.month:
        second = replace(second, year=first.year + (second.month < (first.month or 0)))
    told = first.relative or second.relative
    left, right = written(first, clock).split("/")[0], written(second, clock).split("/")[-1]
    return f"{left}/{right}", end, told


def _opened(w: Sequence[str], i: int, edtf: str) -> tuple[int, str]:
    """The words before: since, until, around, possibly; where the date begins with them."""
    j = i - 1
    while j >= 0 and w[j] in {"the", "in", "on", "of", "at", "least", "as", "early"} and i - j < 3:
        j -= 1
    word = w[j] if j >= 0 else ""
    if word in {"between", "from"} and "/" in edtf:
        return j, edtf
    if "/" in edtf:
        return (j, edtf) if word in {"since", "until"} and i - j == 1 else (i, edtf)
    if word in OPENING and not edtf.startswith("/"):
        return j, OPENING[word].format(edtf)
    if word in ABOUT and "X" not in edtf:
        return j, edtf + ("" if edtf.endswith("~") else "~")
    if word in PERHAPS and "X" not in edtf:
        return j, edtf.rstrip("~") + ("%" if edtf.endswith("~") else "?")
    return i, edtf
