from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_pact import changed

from foedus.case import Case, CaseError, loads
from foedus.lenses.lens import Interval
from foedus.lenses.table import SECTIONS
from foedus.verdict.assumptions import AssumptionCheck
from foedus.verdict.indicators import watch

chances = st.floats(0.02, 0.98)


def sure(value: float) -> Interval:
    return Interval(value, value, value)


def check(name: str, stands: float, fails: float, failure: float) -> AssumptionCheck:
    return AssumptionCheck(
        name, f"{name} is so.", (), (), None, sure(stands), sure(fails), sure(failure), "so",
        0.01, 0.01,
    )  # fmt: skip


def watched(indicators: str) -> Case:
    block = f"indicators:\n{indicators}scenarios:\n"
    return loads(changed(("scenarios:\n", block)), SECTIONS, "toy.yaml")


SURE = "  sign: {says: A sign is seen., assumption: keen}\n"


def judged(stands: float, fails: float) -> Case:
    told = f"if_stands: {stands}, if_fails: {fails}"
    return watched(f"  sign: {{says: A sign is seen., assumption: keen, {told}}}\n")


def entropy(p: float) -> float:
    return -sum(q * math.log2(q) for q in (p, 1.0 - p) if q > 0.0)


@given(chances, chances, chances, chances, chances)
def test_bits_are_the_mutual_information_of_the_joint_table(
    stands: float, fails: float, failure: float, if_stands: float, if_fails: float
) -> None:
    (one,) = watch(judged(if_stands, if_fails), [check("keen", stands, fails, failure)])
    joint = {}
    for sign in (True, False):
        for holds in (True, False):
            total = 0.0
            for chance, held, seen in (
                (1.0 - failure, stands, if_stands),
                (failure, fails, if_fails),
            ):
                total += chance * (held if holds else 1.0 - held) * (seen if sign else 1.0 - seen)
            joint[sign, holds] = total
    signs = {s: joint[s, True] + joint[s, False] for s in (True, False)}
    ends = {h: joint[True, h] + joint[False, h] for h in (True, False)}
    expected = sum(
        p * math.log2(p / (signs[s] * ends[h])) for (s, h), p in joint.items() if p > 0.0
    )
    assert one.bits == pytest.approx(expected, abs=1e-9)
    assert one.chance == pytest.approx(signs[True])
    assert one.seen == pytest.approx(joint[True, True] / signs[True])
    move = sum(signs[s] * abs(joint[s, True] / signs[s] - ends[True]) for s in signs)
    assert one.move == pytest.approx(move, abs=1e-9)


def test_a_sure_sign_tells_whether_the_assumption_fails() -> None:
    (one,) = watch(watched(SURE), [check("keen", 0.9, 0.3, 0.25)])
    assert not one.judged
    assert (one.chance, one.seen, one.unseen) == pytest.approx((0.25, 0.3, 0.9))
    expected = entropy(0.75) - 0.25 * entropy(0.3) - 0.75 * entropy(0.9)
    assert one.bits == pytest.approx(expected)
    assert "30 %" in one.sentence
    assert "at most" in one.sentence


def test_a_sign_as_likely_either_way_tells_nothing() -> None:
    (one,) = watch(judged(0.4, 0.4), [check("keen", 0.9, 0.3, 0.25)])
    assert one.bits == pytest.approx(0.0, abs=1e-12)
    assert one.move == pytest.approx(0.0, abs=1e-12)


def test_no_sign_tells_more_than_a_sure_one() -> None:
    told = check("keen", 0.9, 0.3, 0.25)
    (sure_one,) = watch(watched(SURE), [told])
    (vague,) = watch(judged(0.2, 0.7), [told])
    assert vague.bits < sure_one.bits
    assert vague.judged


def test_they_come_by_what_they_tell_and_those_that_tell_nothing_are_left_out() -> None:
    case = watched(
        "  weak: {says: One., assumption: calm}\n"
        "  strong: {says: Two., assumption: keen}\n"
        "  loose: {says: Three.}\n"
        "  unknown: {says: Four., assumption: rising}\n"
    )
    never = AssumptionCheck("rising", "", (), (), None, sure(0.5), None, sure(0.0), "", 0.0, 0.0)
    found = watch(case, [check("calm", 0.6, 0.5, 0.2), check("keen", 0.9, 0.1, 0.5), never])
    assert [one.id for one in found] == ["strong", "weak"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("assumption: keen, if_stands: 0.2", "give both if_stands and if_fails"),
        ("if_stands: 0.2, if_fails: 0.3", "need the assumption"),
        ("assumption: keen, if_stands: 1.2, if_fails: 0.3", "at most 1"),
    ],
)
def test_half_told_signs_are_refused(told: str, said: str) -> None:
    with pytest.raises(CaseError, match=said):
        watched(f"  sign: {{says: A sign., {told}}}\n")
