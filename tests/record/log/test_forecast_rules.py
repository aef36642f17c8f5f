from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from forecasts_toy import AFTER, HORIZON, MADE, judgement, lines, log, resealed, rewrite

from foedus.record.log import LogError, add, read, resolve
from foedus.record.log.scored import report

DAY = dt.timedelta(days=1)
AS_OF = judgement().as_of
TODAY = AFTER.date()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "forecasts.jsonl"


@pytest.mark.parametrize(
    ("result", "on", "message"),
    [
        ("held", HORIZON - DAY, "is before the horizon, 2021-01-01"),
        ("held", HORIZON, None),
        ("held", TODAY, None),
        ("held", TODAY + DAY, "is still to come: it is 2021-02-01"),
        ("broken", HORIZON + DAY, "the pact held to it, and 'held' would be right"),
        ("broken", HORIZON, None),
        ("broken", AS_OF, None),
        ("broken", AS_OF - DAY, "and 'void' would be right"),
        ("void", AS_OF - DAY, None),
        ("void", HORIZON + DAY, None),
        ("void", TODAY + DAY, "is still to come"),
    ],
)
def test_an_end_has_to_fit_its_forecast(
    result: Any, on: dt.date, message: str | None, path: Path
) -> None:
    (one,) = log(path, 1)
    before = path.read_bytes()
    if message is None:
        assert resolve(path, one.id, result, on=on, source="x", now=AFTER).on == on
        return
    with pytest.raises(LogError, match=message):
        resolve(path, one.id, result, on=on, source="x", now=AFTER)
    assert path.read_bytes() == before


def test_nothing_is_resolved_twice_unless_corrected(path: Path) -> None:
    one, other = log(path, 2)
    with pytest.raises(LogError, match="not resolved yet, so there is nothing to correct"):
        resolve(path, one.id, "held", on=HORIZON, source="x", correct=True, now=AFTER)
    first = resolve(path, one.id, "held", on=HORIZON, source="x", now=AFTER)
    with pytest.raises(LogError, match="is resolved: held on 2021-01-01; to correct it add --c"):
        resolve(path, one.id, "broken", on=HORIZON, source="y", now=AFTER)
    second = resolve(path, one.id, "broken", on=HORIZON, source="y", correct=True, now=AFTER)
    third = resolve(path, one.id, "void", on=HORIZON, source="z", correct=True, now=AFTER)
    assert read(path).resolutions == {one.id: (first, second, third)}
    told = report(read(path), TODAY)
    assert [r.forecast.id for r in told.void] == [one.id]
    assert told.void[0].corrected == 2
    assert [o.forecast.id for o in told.open] == [other.id]


def test_a_forecast_is_found_by_first_digits_or_by_its_case(path: Path) -> None:
    one, other = log(path, 2)
    alone = add(path, judgement(case="the-other"), source="x", now=MADE)
    end = resolve(path, one.id[:4], "held", on=HORIZON, source="x", now=AFTER)
    assert end.forecast == one.id
    kept = read(path)
    assert kept.find(other.id) == other
    assert kept.find("the-other") == alone
    for given, message in (
        (one.id[:3], "there is no forecast"), ("", "there is no forecast"),
        ("league", f"'league' stands for {one.id}, {other.id}; give one"),
        (end.id, "is a resolution, not a forecast"),
        ("nothing here", "there is no forecast 'nothing here'"),
        (f"{one.id[:-1]}x", f"did you mean '{one.id}'"),
        ("the-othr", "did you mean 'the-other'"),
    ):  # fmt: skip
        with pytest.raises(LogError, match=message):
            kept.find(given)


def test_digits_that_stand_for_two_are_refused(path: Path) -> None:
    made = log(path, 20)
    digits = [one.id[0] for one in made]
    twice = next(d for d in digits if digits.count(d) > 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("foedus.record.log.reading.FEWEST", 1)
        with pytest.raises(LogError, match=f"'{twice}' stands for .*, .*; give one"):
            read(path).find(twice)


def test_what_stands_in_the_file_has_to_fit_too(path: Path) -> None:
    one, other = log(path, 2)
    resolve(path, one.id, "held", on=HORIZON, source="x", now=AFTER)
    data = lines(path)
    for change, message in (
        ({"on": "2020-12-31"}, "on: 2020-12-31 is before the horizon"),
        ({"on": "2021-02-02"}, "on: 2021-02-02 is still to come"),
        ({"forecast": "0123456789"}, "forecast: no line above has the forecast 0123456789"),
        ({"corrects": other.id}, "corrects: should be left out"),
        ({"result": "maybe"}, "result: 'maybe' is not one of held, broken, void"),
    ):
        rewrite(path, [*data[:2], resealed({**data[2], **change})])
        with pytest.raises(LogError) as wrong:
            read(path)
        assert str(wrong.value).startswith(f"{path}:3: {message}")


@pytest.mark.parametrize(
    ("now", "late", "marked"),
    [
        (MADE, False, False),
        (MADE, True, False),
        (dt.datetime(2021, 1, 1, 23, 59, tzinfo=dt.UTC), False, False),
        (dt.datetime(2021, 1, 2, tzinfo=dt.UTC), True, True),
    ],
)
def test_late_is_what_comes_after_the_horizon(
    now: dt.datetime, late: bool, marked: bool, path: Path
) -> None:
    assert add(path, judgement(), source="x", late=late, now=now).late is marked


def test_time_is_kept_in_utc(path: Path) -> None:
    east = dt.timezone(dt.timedelta(hours=9))
    one = add(path, judgement(), source="x", now=dt.datetime(2020, 3, 2, 1, 0, tzinfo=east))
    assert lines(path)[0]["made_at"] == "2020-03-01T16:00:00Z"
    assert one.made_on == dt.date(2020, 3, 1)
    for name, day in (("late", 2), ("in time", 1)):
        now = dt.datetime(2021, 1, 2, 8 + day, 0, tzinfo=east) - dt.timedelta(hours=1)
        late = add(path, judgement(), source=name, late=True, now=now).late
        assert late is (name == "late")
