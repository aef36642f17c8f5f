from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from record_toy import panel, rows, stand_in

from foedus.record.panels import Panel
from foedus.record.scoring.baselines import AgeHazard, history_rate, recent_rate
from foedus.record.scoring.rolling import rolling, years_asked
from foedus.record.scoring.score import ScoreError


def rate(train: Panel, test: Panel) -> Any:
    return np.full(len(test), history_rate(train))


WHOLE = panel()


def test_years_are_asked_that_have_enough_before_them() -> None:
    years = years_asked(WHOLE)
    events = {year: WHOLE.event[WHOLE.year < year].sum() for year in range(1950, 1980)}
    assert years.tolist() == [y for y in range(1960, 1980) if events[y] >= 50]
    assert years.size > 5


def test_ten_years_are_waited_for() -> None:
    many = rows([1900 + k // 20 for k in range(400)], [k % 2 for k in range(400)])
    assert years_asked(many).tolist() == list(range(1910, 1920))


def test_a_panel_that_is_too_short_is_refused() -> None:
    short = WHOLE.where(WHOLE.year < 1958)
    with pytest.raises(ScoreError, match=r"too short to roll over.*there are 8 years"):
        rolling("sponsor-exit", short)


def test_baselines_know_the_years_before_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, rate=rate)
    found = rolling("sponsor-exit", WHOLE)
    first = int(years_asked(WHOLE)[0])
    assert found.test.years == (first, 1979)
    for year in (first, 1979):
        before, now = WHOLE.where(WHOLE.year < year), found.panel.year == year
        age = AgeHazard.of(before).at(found.panel.age[now])
        np.testing.assert_allclose(found.forecasts["history"][now], history_rate(before))
        np.testing.assert_allclose(found.forecasts["last20"][now], recent_rate(before))
        np.testing.assert_allclose(found.forecasts["age"][now], age)
    np.testing.assert_array_equal(found.forecasts["rate"], found.forecasts["history"])


def test_a_model_is_asked_each_year_of_what_it_has_not_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = []

    def spy(train: Panel, test: Panel) -> Any:
        asked.append((int(train.year.max()), sorted(set(test.year.tolist()))))
        return rate(train, test)

    stand_in(monkeypatch, spy=spy)
    rolling("sponsor-exit", WHOLE)
    assert asked == [(year - 1, [year]) for year in years_asked(WHOLE).tolist()]


def test_a_model_may_stand_for_some_years(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def spy(train: Panel, test: Panel) -> Any:
        asked.append((int(train.year.max()), sorted(set(test.year.tolist()))))
        return rate(train, test)

    stand_in(monkeypatch, stands=4, spy=spy)
    found = rolling("sponsor-exit", WHOLE)
    years = years_asked(WHOLE).tolist()
    assert [last for last, _ in asked] == [year - 1 for year in years[::4]]
    assert [year for _, some in asked for year in some] == years
    now = found.panel.year == years[3]
    before = WHOLE.where(WHOLE.year < years[0])
    np.testing.assert_allclose(found.forecasts["spy"][now], history_rate(before))


def test_what_comes_later_changes_no_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, rate=rate)
    turned = WHOLE.event.copy()
    turned[WHOLE.year >= 1975] = 1.0 - turned[WHOLE.year >= 1975]
    first, second = rolling("sponsor-exit", WHOLE), rolling("sponsor-exit", panel(exit=turned))
    early = first.panel.year <= 1975  # 1975 itself is asked before its outcome is known
    for name, said in first.forecasts.items():
        np.testing.assert_array_equal(said[early], second.forecasts[name][early])
    assert first.comparison.model.marks.log_score != second.comparison.model.marks.log_score


def test_all_models_are_asked_and_decades_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(train: Panel, test: Panel) -> Any:
        return np.full(len(test), 0.5)

    stand_in(monkeypatch, rate=rate, half=half)
    found = rolling("sponsor-exit", WHOLE)
    assert list(found.comparison.models) == ["rate", "half"]
    assert [era.name for era in found.eras] == ["1960s", "1970s"]
    assert found.rolling
    assert not found.overlap
    told = found.to_dict()
    assert told["rolling"] is True
    assert all(set(era["all"]) == {"rate", "half"} for era in told["eras"])
    assert all(era["best"] != "half" for era in told["eras"])
    assert list(rolling("sponsor-exit", WHOLE, "half").comparison.models) == ["half"]


def test_progress_counts_years(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, rate=rate)
    told: list[tuple[int, int]] = []
    rolling("sponsor-exit", WHOLE, progress=lambda done, total: told.append((done, total)))
    many = years_asked(WHOLE).size
    assert told == [(k + 1, many) for k in range(many)]
