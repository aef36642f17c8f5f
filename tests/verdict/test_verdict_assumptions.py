from __future__ import annotations

import numpy as np
import pytest
from toy_pact import toy

from foedus.case import Case
from foedus.lenses.lens import Draws, Finding, Interval
from foedus.verdict.analysis import Analysis
from foedus.verdict.assumptions import AssumptionCheck, check_assumptions, unchecked

STAKE = "endurance.members.north.stake"
TRENDS = ("falling", "flat", "improving")


def every(path: str) -> bool:
    return True


def checked(case: Case, answer: Analysis, weights: np.ndarray | None = None) -> dict:
    finding = answer.findings["endurance"]
    heavy = finding.weights if weights is None else weights
    found = check_assumptions(
        case, answer.draws, finding.columns["holds"], heavy, answer.findings, every
    )
    return {check.id: check for check in found}


def front(*trends: str) -> Case:
    return toy(("fails_when: {front: falling}", f"fails_when: {{front: [{', '.join(trends)}]}}"))


def test_they_come_in_the_cases_order_with_what_it_says(answer: Analysis) -> None:
    assert [check.id for check in answer.assumptions] == ["rising", "keen", "calm"]
    rising, keen, _ = answer.assumptions
    assert (rising.says, rising.because) == ("The front does not fall.", ("e1",))
    assert (keen.says, keen.doubted_by) == ("North cares.", ("e2",))
    assert "0.5" in keen.method
    assert "straight line" in rising.method


@pytest.mark.parametrize("failing", [("falling",), ("flat", "falling"), ("improving",)])
def test_an_assumption_on_the_front_weights_paths_by_their_chance(
    failing: tuple[str, ...], answer: Analysis
) -> None:
    columns = answer.findings["endurance"].columns
    weights = answer.findings["endurance"].weights

    def expected(trends: list[str]) -> Interval:
        chances = np.array([columns[f"front.{t}.probability"] for t in trends])
        held = np.array([columns[f"front.{t}.holds_if"] for t in trends])
        return Interval.over((chances * held).sum(axis=0) / chances.sum(axis=0), weights)

    check = checked(front(*failing), answer)["rising"]
    standing = [t for t in TRENDS if t not in failing]
    assert check.stands.to_dict() == pytest.approx(expected(standing).to_dict())
    assert check.fails.to_dict() == pytest.approx(expected(list(failing)).to_dict())
    chance = sum(columns[f"front.{t}.probability"] for t in failing)
    assert check.probability_of_failure.to_dict() == pytest.approx(
        Interval.over(chance, weights).to_dict()
    )


def test_the_opposite_assumption_stands_where_this_one_fails(answer: Analysis) -> None:
    one = checked(front("falling"), answer)["rising"]
    two = checked(front("flat", "improving"), answer)["rising"]
    assert one.stands == two.fails
    assert one.fails == two.stands
    assert one.load == pytest.approx(-two.load)
    chance = one.probability_of_failure.value + two.probability_of_failure.value
    assert chance == pytest.approx(1.0)


def test_an_assumption_that_cannot_stand_has_no_answer_for_it(answer: Analysis) -> None:
    check = checked(front("falling", "flat", "improving"), answer)["rising"]
    assert check.stands is None
    assert check.load is None
    assert check.probability_of_failure.value == pytest.approx(1.0)


@pytest.mark.parametrize("side", ["below", "above"])
def test_an_assumption_on_a_quantity_is_a_masked_mean(side: str, answer: Analysis) -> None:
    case = toy((f"{{quantity: {STAKE}, below: 0.5}}", f"{{quantity: {STAKE}, {side}: 0.5}}"))
    check = checked(case, answer)["keen"]
    values, holds = answer.draws[STAKE], answer.findings["endurance"].columns["holds"]
    failing = values < 0.5 if side == "below" else values > 0.5
    assert 0 < failing.sum() < 64
    for interval, which in ((check.fails, failing), (check.stands, ~failing)):
        assert interval.value == pytest.approx(holds[which].mean())
        one = Interval.over(holds[which], np.ones(which.sum()))
        assert interval.to_dict() == pytest.approx(one.to_dict())
    share = pytest.approx(failing.mean())
    chance = check.probability_of_failure
    assert (chance.value, chance.low, chance.high) == (share, share, share)
    assert check.load == pytest.approx(holds[~failing].mean() - holds[failing].mean())


def test_where_no_draw_has_it_so_there_is_no_answer(answer: Analysis) -> None:
    calm = answer.assumptions[2]
    assert calm.fails is None
    assert calm.load is None
    assert calm.stands == answer.holds
    assert calm.probability_of_failure == Interval(0.0, 0.0, 0.0)
    assert answer.to_dict()["assumptions"][2]["fails"] is None
    assert "no draw" in answer._repr_html_()


def test_draws_without_weight_do_not_count(answer: Analysis) -> None:
    failing = answer.draws[STAKE] < 0.5
    weights = np.where(failing, 0.0, 1.0)
    check = checked(toy(), answer, weights)["keen"]
    assert check.fails is None
    assert check.probability_of_failure.value == 0.0


def test_without_a_lens_that_follows_the_front_it_is_left_out(pact: Case) -> None:
    draws = Draws.at_modes(pact)
    finding = Finding("other", "?", "Something.", columns={"holds": np.array([0.5])})
    found = check_assumptions(pact, draws, np.array([0.5]), np.ones(1), {"other": finding}, every)
    assert [check.id for check in found] == ["keen", "calm"]
    assert all(isinstance(check, AssumptionCheck) for check in found)


def test_what_cannot_be_checked_is_named_with_the_reason(answer: Analysis) -> None:
    assert answer.unchecked == {
        "calm": "endurance.position.now above 0.9 in no draw: it never fails"
    }
    nothing = unchecked(answer.case, answer.draws, {}, every)
    assert "follows the front" in nothing["rising"]

    def none(path: str) -> bool:
        return False

    idle = unchecked(answer.case, answer.draws, answer.findings, none)
    assert set(idle) == {"keen", "calm"}
    assert "does not bear" in idle["keen"]
    found = check_assumptions(
        answer.case, answer.draws, answer.findings["endurance"].columns["holds"],
        answer.findings["endurance"].weights, answer.findings, none,
    )  # fmt: skip
    assert [check.id for check in found] == ["rising"]


def test_its_sampling_errors_are_those_of_the_scramblings(answer: Analysis) -> None:
    keen = answer.assumptions[1]
    failing = answer.draws[STAKE] < 0.5
    holds = answer.findings["endurance"].columns["holds"]
    means = [holds[k::8][failing[k::8]].mean() for k in range(8)]
    assert keen.fails_error == pytest.approx(np.std(means, ddof=1) / np.sqrt(8))
