"""Dates in words as EDTF: absolute, partial, relative, and what is no date."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.dates import dates
from foedus.reading.text import Text

PUBLISHED = "2016-05-09"
"""A Monday."""


def told(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    """The words of each date, and its EDTF."""
    read = Text.of(text)
    return [(read.text[d.start : d.end], d.edtf) for d in dates(read, published)]


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("It began in May 2016.", "May 2016", "2016-05"),
        ("It began on 5 June 2015.", "5 June 2015", "2015-06-05"),
        ("It began on June 5th, 2014.", "June 5th, 2014", "2014-06-05"),
        ("It began on the 5th of June 2014.", "the 5th of June 2014", "2014-06-05"),
        ("It began on 2015-06-05.", "2015-06-05", "2015-06-05"),
        ("It ended in autumn 2015.", "autumn 2015", "2015-23"),
        ("It ended in the winter of 2015-16.", "the winter of 2015-16", "2015-24"),
        ("In the 1990s they fought.", "the 1990s", "199X"),
        ("In the early 1990s they fought.", "the early 1990s", "1990/1993~"),
        ("In the 20th century they fought.", "the 20th century", "19XX"),
        ("They have fought since 2011.", "since 2011", "2011/.."),
        ("They fought until 1 May 2016.", "until 1 May 2016", "../2016-05-01"),
        ("They will leave by 2020.", "by 2020", "../2020"),
        ("It was around 2012.", "around 2012", "2012~"),
        ("He died possibly in May 2016.", "possibly in May 2016", "2016-05?"),
        ("From May to July 2015 it rained.", "From May to July 2015", "2015-05/2015-07"),
        ("Between 3 and 5 June 2015 he ran.", "Between 3 and 5 June 2015", "2015-06-03/2015-06-05"),
        ("They met on 5–7 June 2015.", "5–7 June 2015", "2015-06-05/2015-06-07"),
        ("The years 2011-2015 were hard.", "2011-2015", "2011/2015"),
        ("It was the end of 2015.", "the end of 2015", "2015-09~/2015-12"),
        ("In mid-May 2014 it began.", "mid-May 2014", "2014-05-11~/2014-05-20~"),
        ("In the first half of 2015 it grew.", "the first half of 2015", "2015-01/2015-06"),
        ("The 2012 Geneva text holds.", "2012", "2012"),
    ],
)  # fmt: skip
def test_dates_that_tell_their_year(text: str, words: str, edtf: str) -> None:
    assert told(text) == [(words, edtf)]
    assert told(text, None) == [(words, edtf)]


@pytest.mark.parametrize(
    ("text", "edtf", "unknown"),
    [
        ("He said so in early May.", "2016-05-01/2016-05-10~", "XXXX-05"),
        ("He left on Friday.", "2016-05-06", "XXXX-XX-XX"),
        ("They will meet on Friday.", "2016-05-13", "XXXX-XX-XX"),
        ("He left last Monday.", "2016-05-02", "XXXX-XX-XX"),
        ("A truce of last February held.", "2016-02", "XXXX-02"),
        ("It said so in November.", "2015-11", "XXXX-11"),
        ("It went on this spring.", "2016-21", "XXXX-21"),
        ("It began last autumn.", "2015-23", "XXXX-23"),
        ("In the past month it rose.", "2016-04-09/2016-05-09", "XXXX"),
        ("He came yesterday.", "2016-05-08", "XXXX-XX-XX"),
        ("He came last week.", "2016-05-02/2016-05-08", "XXXX-XX-XX"),
        ("He came last year.", "2015", "XXXX"),
        ("He comes next month.", "2016-06", "XXXX-XX"),
        ("He came three weeks ago.", "2016-04-18~", "XXXX-XX-XX"),
        ("He came two years ago.", "2014~", "XXXX"),
        ("He came several years ago.", "/2016-05-09", "XXXX"),
        ("It grew in recent weeks.", "/2016-05-09", "XXXX"),
        ("It has lasted for over three decades.", "1986~/2016", "XXXX"),
        ("On Jan. 10 forces struck.", "2016-01-10", "XXXX-01-10"),
        ("Between 3 and 5 June they met.", "2015-06-03/2015-06-05", "XXXX-06-03/XXXX-06-05"),
    ],
)
def test_relative_dates_are_counted_or_left_open(text: str, edtf: str, unknown: str) -> None:
    assert [found for _, found in told(text)] == [edtf]
    assert [found for _, found in told(text, None)] == [unknown]


def test_what_is_relative_says_so() -> None:
    read = Text.of("In May 2016 he left. On Friday he came.")
    assert [found.relative for found in dates(read, PUBLISHED)] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "They lost 2000 troops.",
        "The fall of the city was quick.",
        "They may march on the capital.",
        "The Arab Spring was long.",
        "The second attack came first.",
        "The last stand of the past.",
        "It will last for two years.",
        "Over 300 people sat there.",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("published", ["2016-05", "2016", "garbage", "2016-13-99", ""])
def test_a_text_dated_roughly_leaves_days_open(published: str) -> None:
    assert told("He left on Friday.", published) == [("Friday", "XXXX-XX-XX")]


def test_a_month_is_enough_to_count_months() -> None:
    assert told("He left last month.", "2016-05") == [("last month", "2016-04")]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_the_week_before(day: datetime.date, number: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    found = datetime.date.fromisoformat(told(f"He left on {name}.", day.isoformat())[0][1])
    assert found.weekday() == number
    assert datetime.timedelta(0) <= day - found <= datetime.timedelta(6)


@given(st.text("0123456789 May-–,./andsincefrom", max_size=60), st.sampled_from([None, PUBLISHED]))
def test_any_text_is_read(text: str, published: str | None) -> None:
    read = Text.of(text)
    found = dates(read, published)
    assert all(0 <= d.start < d.end <= len(text) and d.edtf for d in found)
    assert list(found) == sorted(found, key=lambda d: d.start)


@pytest.mark.parametrize("piece", ["since May ", "2015 - ", "early ", "the ", "from 3 and "])
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert isinstance(dates(Text.of(piece * 20_000), PUBLISHED), tuple)
