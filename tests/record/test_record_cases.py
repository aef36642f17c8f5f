from __future__ import annotations

import json
import math

import pytest

from foedus.record.scoring.cases import Told, score_cases


def told(case: str, held: bool, **says: float) -> Told:
    spans = {name: (value, value - 0.05, value + 0.05) for name, value in says.items()}
    return Told(case, case.title(), "1917-01-01", "1917-12-31", held, spans)


CASES = [
    told("one", True, endurance=0.9, base_rate=0.8, headline=0.85),
    told("two", False, endurance=0.3, base_rate=0.6, headline=0.4),
    told("three", True, endurance=0.6, headline=0.6),
]


def test_views_are_scored_by_hand() -> None:
    found = score_cases(CASES)
    assert (len(found.cases), found.held) == (3, 2)
    endurance = found.views["endurance"]
    lost = [-math.log(0.9), -math.log(0.7), -math.log(0.6)]
    assert endurance.n == 3
    assert endurance.log_score == pytest.approx(sum(lost) / 3)
    assert endurance.brier == pytest.approx((0.01 + 0.09 + 0.16) / 3)
    assert endurance.even == pytest.approx(math.log(2))


def test_the_base_rate_is_compared_where_both_spoke() -> None:
    found = score_cases(CASES)
    base = (-math.log(0.8) - math.log(0.4)) / 2
    own = (-math.log(0.9) - math.log(0.7)) / 2
    assert found.views["endurance"].beside == (2, pytest.approx(base), pytest.approx(own))
    assert found.views["base_rate"].beside is None
    assert found.views["base_rate"].n == 2


def test_plain_data_and_its_caution() -> None:
    data = score_cases(CASES).to_dict()
    json.dumps(data, allow_nan=False)
    assert "hindsight" in data["caution"]
    assert data["cases"][1]["held"] is False
    assert data["cases"][1]["says"]["headline"]["value"] == 0.4
    assert "base_rate" not in data["cases"][2]["says"]
    assert data["views"]["headline"]["beside_base_rate"]["n"] == 2


def test_certainty_that_was_wrong_has_no_figure() -> None:
    data = score_cases([told("one", False, headline=1.0), told("two", True, headline=0.5)])
    assert data.views["headline"].log_score == math.inf
    assert data.to_dict()["views"]["headline"]["log_score"] is None


def test_no_case_is_no_score() -> None:
    found = score_cases([])
    assert found.to_dict()["n"] == 0
    assert found.views == {}
