from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_toy import panel, rows

from foedus.record.scoring.baselines import (
    AgeHazard,
    baseline_forecasts,
    history_rate,
    recent_rate,
)


def test_the_rate_of_the_whole_history() -> None:
    assert history_rate(rows([1900, 1950, 1960, 1970], [1, 0, 0, 1])) == 0.5


def test_the_rate_of_the_last_twenty_years() -> None:
    # the last year is 1970, so 1951 to 1970 are recent and 1950 is not
    known = rows([1900, 1950, 1951, 1960, 1970, 1970], [1, 1, 1, 0, 0, 0])
    assert recent_rate(known) == 0.25


def test_a_recent_rate_is_never_certain() -> None:
    assert recent_rate(rows([1900, 1950, 1960], [1, 0, 0])) == pytest.approx(0.5 / 3)
    assert recent_rate(rows([1900, 1950, 1960], [0, 1, 1])) == pytest.approx(2.5 / 3)


def test_the_hazard_by_age_by_hand() -> None:
    known = rows([1900] * 5, [1, 0, 0, 1, 0], age=[0, 0, 5, 6, 60])
    hazard = AgeHazard.of(known)
    # each class with ten rows of the whole rate, 0.4; ages 5 and 6 are one class
    expected = {0: (1 + 4) / 12, 3: 0.4, 5: (1 + 4) / 12, 6: (1 + 4) / 12, 99: 4 / 11}
    found = hazard.at(np.array(list(expected)))
    np.testing.assert_allclose(found, list(expected.values()), rtol=1e-14)


def test_classes_of_age() -> None:
    known = rows([1900] * 60, [0, 1] * 30, age=list(range(60)))
    rates = AgeHazard.of(known).at(np.arange(60))
    edges = (np.flatnonzero(np.diff(rates)) + 1).tolist()
    assert set(edges) <= {1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=2, max_size=40))
def test_no_baseline_is_ever_certain(pairs: list[tuple[int, bool]]) -> None:
    event = [1, 0, *(int(happened) for _, happened in pairs)]
    age = [0, 0, *(years for years, _ in pairs)]
    known = rows(list(range(1900, 1900 + len(event))), event, age=age)
    for values in baseline_forecasts(known, panel()).values():
        assert values.shape == (360,)
        assert ((values > 0.0) & (values < 1.0)).all()


def test_baselines_know_the_training_panel_alone() -> None:
    whole = panel()
    known, later = whole.where(whole.year < 1970), whole.where(whole.year >= 1970)
    turned = panel(exit=1 - whole.event).where(whole.year >= 1970)
    first, second = baseline_forecasts(known, later), baseline_forecasts(known, turned)
    assert list(first) == ["history", "last20", "age"]
    for name in first:
        np.testing.assert_array_equal(first[name], second[name])
