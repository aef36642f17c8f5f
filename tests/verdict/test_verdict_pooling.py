from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_pact import toy

from foedus.case import CaseError
from foedus.lenses.lens import Finding, Interval
from foedus.verdict.analysis import Analysis
from foedus.verdict.pooling import log_odds, log_pool, pooled
from foedus.verdict.views import pairs, views

chances = st.floats(0.01, 0.99)


def odds(p: float) -> float:
    return p / (1.0 - p)


def said(name: str, holds: list[float], **columns: list[float]) -> Finding:
    column = np.array(holds)
    data = {"anchor": {"yearly_exit": None}} if name == "endurance" else {}
    return Finding(
        name, "?", "So.", holds=Interval.over(column, np.ones(column.size)), data=data,
        columns={"holds": column, **{k: np.array(v) for k, v in columns.items()}},
    )  # fmt: skip


def together(*findings: Finding, **settings: object) -> tuple:
    case = toy().with_values(settings) if settings else toy()
    weights = np.full(findings[0].columns["holds"].size, 1.0)
    by_name = {f.lens: f for f in findings}
    seen = views(case, by_name, weights)
    return seen, pooled(case, by_name, seen, weights)


@given(chances, chances, st.floats(0.1, 5.0), st.floats(0.1, 5.0))
def test_a_log_pool_is_the_weighted_geometric_mean_of_the_odds(
    one: float, two: float, first: float, second: float
) -> None:
    found = log_pool([np.array([one]), np.array([two])], [first, second])
    total = first + second
    expected = odds(one) ** (first / total) * odds(two) ** (second / total)
    assert math.exp(found[0]) == pytest.approx(expected, rel=1e-9)


@given(chances, st.floats(0.1, 5.0), st.floats(0.1, 5.0))
def test_views_that_agree_are_left_where_they_are(p: float, first: float, second: float) -> None:
    found = log_pool([np.array([p]), np.array([p])], [first, second])
    assert found == pytest.approx(log_odds(np.array([p])))


@given(chances, chances, st.floats(0.05, 20.0))
def test_it_does_not_matter_whether_evidence_comes_before_or_after_pooling(
    one: float, two: float, ratio: float
) -> None:
    # the log pool is externally Bayesian (Genest 1984)
    def updated(p: float) -> float:
        new = odds(p) * ratio
        return new / (1.0 + new)

    before = log_pool([np.array([updated(one)]), np.array([updated(two)])], [1.0, 3.0])
    after = log_pool([np.array([one]), np.array([two])], [1.0, 3.0]) + math.log(ratio)
    assert before == pytest.approx(after, abs=1e-6)


def test_weights_that_sum_to_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        log_pool([np.array([0.5])], [0.0])
    zero = {"pooling.weights.endurance": 0.0, "pooling.weights.base_rate": 0.0}
    with pytest.raises(CaseError, match="sum to zero; at least one of them should be above 0"):
        toy().with_values(zero)
    with pytest.raises(CaseError, match=r"pooling\.weights\.argument.*at least 0"):
        toy().with_values({"pooling.weights.argument": -1.0})


def test_the_argument_enters_as_a_ratio_and_never_with_its_prior() -> None:
    endurance = said("endurance", [0.5, 0.8])
    rating = {"log_ratio": [9.0, 9.0], "log_ratio_unused": [math.log(3.0), math.log(0.5)]}
    for prior in ([0.1, 0.1], [0.99, 0.99]):
        _, found = together(endurance, said("argument", prior, **rating))
        assert found.column == pytest.approx([0.75, 2.0 / 3.0])
        assert found.weights == {"endurance": 1.0, "argument": 1.0}
        assert found.before.value == pytest.approx(0.65)
        assert found.ratio.value == pytest.approx(math.sqrt(1.5))


def test_the_case_may_ask_for_all_evidence_other_weights_and_extremising() -> None:
    endurance = said("endurance", [0.5])
    argument = said("argument", [0.5], log_ratio=[math.log(4.0)], log_ratio_unused=[0.0])
    _, found = together(endurance, argument, **{"pooling.evidence": "all"})
    assert found.column == pytest.approx([0.8])
    half = {"pooling.evidence": "all", "pooling.weights.argument": 0.5}
    _, found = together(endurance, argument, **half)
    assert found.column == pytest.approx([2.0 / 3.0])
    _, found = together(endurance, argument, **half, **{"pooling.extremise": 2.0})
    assert found.column == pytest.approx([0.8])
    _, found = together(endurance, argument, **{"pooling.weights.argument": 0.0})
    assert found.column == pytest.approx([0.5])
    assert found.ratio is None


def test_a_certain_view_has_no_veto() -> None:
    _, found = together(said("endurance", [1.0]), said("base_rate", [0.5]))
    assert found.column[0] == pytest.approx(1.0 / (1.0 + 1e-3), rel=1e-3)


def test_lenses_that_report_a_share_do_not_vote() -> None:
    informs = Finding("stability", "?", "So.", share_holding=Interval(0.01, 0.0, 0.02))
    alone = together(said("endurance", [0.7]))
    beside = together(said("endurance", [0.7]), informs)
    assert beside[1].holds == alone[1].holds
    assert [view.name for view in beside[0]] == ["endurance"]


def test_a_weight_alone_pools_nothing() -> None:
    _, found = together(said("endurance", [0.7]), **{"pooling.weights.endurance": 0.0})
    assert found is None


def test_every_two_views_are_set_against_each_other() -> None:
    seen, found = together(said("endurance", [0.5, 0.9]), said("base_rate", [0.6, 0.6]))
    (pair,) = pairs(seen, np.ones(2))
    assert (pair.one, pair.other, pair.higher) == ("endurance", "base_rate", 0.5)
    assert pair.difference.value == pytest.approx(0.1)
    assert found.spread == pytest.approx((0.6, 0.7))


def test_the_anchors_rate_is_a_view_and_the_anchored_figure_is_not(answer: Analysis) -> None:
    findings = dict(answer.findings)
    weights = findings["endurance"].weights
    seen = views(answer.case, findings, weights)
    assert [view.name for view in seen] == ["endurance", "base_rate"]
    inside, base = seen
    assert inside.holds.to_dict() == findings["endurance"].data["anchor"]["inside"]
    years = (answer.case.horizon - answer.case.as_of).days / 365.25
    assert base.holds.value == pytest.approx(0.8 ** (2 * years))
    assert base.certain
    assert base.because == ("e2",)
    found = pooled(answer.case, findings, seen, weights)
    expected = np.sqrt(odds(base.holds.value) * inside.column / (1.0 - inside.column))
    assert found.column / (1.0 - found.column) == pytest.approx(expected, rel=1e-4)
