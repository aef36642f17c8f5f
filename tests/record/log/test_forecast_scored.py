from __future__ import annotations

import csv
import datetime as dt
import io
import json
from math import log as ln
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forecasts_toy import AFTER, HORIZON, MADE, judgement
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.record.log import Chance, Log, add, read, resolve
from foedus.record.log.picture import picture
from foedus.record.log.scored import Report, report
from foedus.record.log.tallies import ENOUGH, climatology, tally
from foedus.record.log.telling import as_csv, as_dict

TODAY = AFTER.date()


def share(value: float) -> Chance:
    return Chance(value=value, low=value, high=value)


def kept(path: Path, *rows: tuple[str, float, str | None, dict[str, Any]]) -> Log:
    """A log of forecasts: case, probability, what came, other content."""
    for case, value, result, other in rows:
        changed = {"case": case, **other}
        now = changed.pop("now", MADE)
        on = changed.pop("on", HORIZON)
        one = add(path, judgement(value, **changed), source="x", late=True, now=now)
        if result is not None:
            resolve(path, one.id, result, on=on, source="y", now=AFTER)  # type: ignore[arg-type]
    return read(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "forecasts.jsonl"


@pytest.fixture
def told(path: Path) -> Report:
    """Two forecasts on one pact and one on another."""
    views = {"views": {"base_rate": share(0.9)}}
    rows = (("a", 0.8, "held", views), ("a", 0.6, "broken", {}), ("b", 0.5, "held", views))
    return report(kept(path, *rows), TODAY)


def test_scores_of_each_forecast(told: Report) -> None:
    scores = {
        (one.forecast.case, name): score for one in told.resolved
        for name, score in one.scores.items() if one.held
    }  # fmt: skip
    assert set(scores) == {(c, n) for c in "ab" for n in ("headline", "base_rate")}
    assert scores["a", "headline"].log_score == pytest.approx(-ln(0.8))
    assert scores["a", "headline"].brier == pytest.approx(0.04)
    assert scores["b", "base_rate"].log_score == pytest.approx(-ln(0.9))
    (broken,) = (one.scores["headline"] for one in told.resolved if not one.held)
    assert (broken.log_score, broken.brier) == pytest.approx((-ln(0.4), 0.36))


def test_means_and_their_intervals_by_hand(told: Report) -> None:
    tally = told.tallies["forecasts"]
    assert (tally.n, tally.cases, tally.held) == (3, 2, 2)
    headline = tally.scores["headline"]
    a, b = (-ln(0.8) - ln(0.4)) / 2, -ln(0.5)
    # two cases are drawn with replacement: a twice (1 in 4), b twice (1 in 4), or both
    assert headline.log_score.value == pytest.approx((2 * a + b) / 3)
    assert headline.log_score.low == pytest.approx(a)
    assert headline.log_score.high == pytest.approx(b)
    brier = headline.brier
    assert (brier.value, brier.low, brier.high) == pytest.approx((0.65 / 3, 0.2, 0.25))
    base = tally.scores["base_rate"]
    assert (base.n, base.cases) == (2, 2)
    assert base.brier.value == pytest.approx(0.01)


def test_baselines_by_hand(told: Report) -> None:
    tally = told.tallies["forecasts"]
    half, others = tally.baselines["half"], tally.baselines["climatology"]
    assert half.log_score.value == pytest.approx(ln(2))
    assert half.brier.value == pytest.approx(0.25)
    # of a half held, of b all: for a (1 + 1/2) / 2, for b (1/2 + 1/2) / 2
    assert others.log_score.value == pytest.approx((-ln(0.75) - ln(0.25) - ln(0.5)) / 3)
    assert others.brier.value == pytest.approx((0.0625 + 0.5625 + 0.25) / 3)
    skill = tally.scores["headline"].skill
    assert skill["half"]["brier"].value == pytest.approx(1 - 0.65 / 0.75)
    assert skill["climatology"]["brier"].value == pytest.approx(1 - 0.65 / 0.875)
    # on the two forecasts that have the view: 0.75 and 0.5, both held
    view = tally.scores["base_rate"].skill["climatology"]["brier"]
    assert view.value == pytest.approx(1 - 0.02 / (0.0625 + 0.25))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12))
def test_climatology_of_the_other_cases_alone(rows: list[tuple[int, bool]]) -> None:
    event = np.array([float(held) for _, held in rows])
    cluster = np.array([case for case, _ in rows])
    for place, got in enumerate(climatology(event, cluster)):
        by_case: dict[int, list[float]] = {}
        for case, held in rows:
            if case != cluster[place]:
                by_case.setdefault(case, []).append(float(held))
        means = [sum(ends) / len(ends) for ends in by_case.values()]
        assert got == pytest.approx((sum(means) + 0.5) / (len(means) + 1))


def test_one_case_has_no_interval(path: Path) -> None:
    tally = report(kept(path, ("a", 0.8, "held", {}), ("a", 0.7, "held", {})), TODAY).tallies[
        "forecasts"
    ]
    assert tally.scores["headline"].brier.value == pytest.approx(0.065)
    assert (tally.scores["headline"].brier.low, tally.scores["headline"].brier.high) == (None, None)
    assert tally.baselines["climatology"].brier.value == pytest.approx(0.25)


def test_what_was_called_impossible_is_infinite(path: Path) -> None:
    told = report(kept(path, ("a", 0.0, "held", {}), ("b", 1.0, "held", {})), TODAY)
    scores = told.tallies["forecasts"].scores["headline"]
    assert scores.impossible == 1
    assert (scores.log_score.value, scores.log_score.low) == (None, None)
    assert scores.skill["half"]["log_score"].value is None
    assert scores.brier.value == pytest.approx(0.5)
    json.dumps(as_dict(told), allow_nan=False)
    assert ",inf," in as_csv(told)


def test_hindsight_and_late_forecasts_are_never_mixed_in(path: Path) -> None:
    after = dt.datetime(2021, 1, 15, tzinfo=dt.UTC)
    broke = {"on": dt.date(2020, 2, 15), "now": MADE}
    told = report(
        kept(
            path, ("a", 0.8, "held", {}), ("b", 0.8, "held", {"hindsight": True}),
            ("c", 0.8, "held", {"now": after}), ("d", 0.8, "broken", broke),
            ("e", 0.8, "broken", {"on": MADE.date()}),
            ("f", 0.8, "held", {"now": after, "hindsight": True}), ("g", 0.8, "void", {}),
        ),
        TODAY,
    )  # fmt: skip
    groups = {one.forecast.case: one.group for one in told.resolved}
    assert groups == {
        "a": "forecasts", "b": "hindsight", "c": "late", "d": "late", "e": "forecasts",
        "f": "hindsight",
    }  # fmt: skip
    assert {group: t.n for group, t in told.tallies.items()} == {
        "forecasts": 2, "hindsight": 2, "late": 2,
    }  # fmt: skip
    assert [one.forecast.case for one in told.void] == ["g"]
    assert told.void[0].scores == {}


def test_open_forecasts_stand_as_they_are_due(path: Path) -> None:
    later, sooner = {"horizon": dt.date(2030, 1, 1)}, {"horizon": dt.date(2020, 6, 1)}
    log = kept(path, ("a", 0.8, None, later), ("b", 0.8, None, sooner), ("c", 0.8, None, {}))
    for today, overdue in ((HORIZON, [True, False, False]), (TODAY, [True, True, False])):
        told = report(log, today)
        assert [one.forecast.case for one in told.open] == ["b", "c", "a"]
        assert [one.overdue for one in told.open] == overdue
    assert told.tallies == {}


def test_calibration_says_when_it_cannot_tell() -> None:
    many = 4 * ENOUGH
    cases = [f"c{k}" for k in range(many)]
    said = [{"headline": 0.25 if k % 2 else 0.75} for k in range(many)]
    held = [k % 4 != (1 if k % 2 else 0) for k in range(many)]
    low, high = tally(cases, held, said).calibration
    assert (low.bin.predicted, high.bin.predicted) == (0.25, 0.75)
    assert (low.bin.observed, high.bin.observed) == (0.5, 0.5)
    assert (low.cases, low.enough, high.enough) == (2 * ENOUGH, True, True)
    # as many forecasts on few cases tell no more than the cases do
    few = tally([f"c{k % 4}" for k in range(many)], held, said)
    assert [(one.cases, one.enough) for one in few.calibration] == [(2, False), (2, False)]
    assert few.calibration_error == pytest.approx(0.25)


def test_enough_is_what_finds_twenty_points() -> None:
    half = [1.6448536 * (0.25 / n) ** 0.5 for n in (ENOUGH - 1, ENOUGH)]
    assert half[0] > 0.2 >= half[1]


def test_the_table_has_a_row_a_forecast(told: Report, path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(told))))
    assert [row["case"] for row in rows] == ["a", "a", "b"]
    assert [row["result"] for row in rows] == ["held", "broken", "held"]
    assert [row["views.base_rate"] for row in rows] == ["0.9", "", "0.9"]
    assert [float(row["headline.brier"]) for row in rows] == pytest.approx([0.04, 0.36, 0.25])
    kept(path, ("c", 0.7, None, {"horizon": TODAY, "title": 'A "pact", so\ncalled'}))
    *_, last = csv.DictReader(io.StringIO(as_csv(report(read(path), TODAY))))
    assert (last["title"], last["result"], last["headline.brier"]) == (
        'A "pact", so\ncalled', "open", "",
    )  # fmt: skip


def test_the_picture_shows_every_forecast(told: Report, tmp_path: Path) -> None:
    drawn = picture(told)
    assert drawn is not None
    text = json.dumps(drawn.spec)
    assert all(one.forecast.id in text for one in told.resolved)
    assert "held 2021-01-01" in text
    assert "broken 2021-01-01" in text
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert picture(report(read(empty), TODAY)) is None


def test_the_same_log_gives_the_same_report(told: Report, path: Path) -> None:
    assert as_dict(report(read(path), TODAY)) == as_dict(told)
