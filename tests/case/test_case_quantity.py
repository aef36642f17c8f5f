from __future__ import annotations

import math
import pickle
from typing import Annotated

import pytest
from case_toy import toy
from pydantic import TypeAdapter, ValidationError

from foedus.case import Quantity, Range, quantities


def test_a_plain_number_is_a_fixed_quantity() -> None:
    number = Quantity.model_validate(0.7)
    assert (number.mode, number.low, number.high) == (0.7, 0.7, 0.7)
    assert number.fixed
    assert number == Quantity(mode=0.7) == Quantity(mode=0.7, low=0.7, high=0.7)
    assert hash(number) == hash(Quantity(mode=0.7))


def test_low_and_high_spread_it() -> None:
    number = Quantity(mode=1, low=0, high=2, because=("e1",), prior=3)  # type: ignore[arg-type]
    assert not number.fixed
    assert number.because == ("e1",)
    assert number.prior is not None
    assert (number.prior.mode, number.prior.low, number.prior.high) == (3, 3, 3)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "should be a number or {mode, low, high}"),
        ("0.7", "should be a number or {mode, low, high}"),
        (None, "should be a number or {mode, low, high}"),
        (math.nan, "should be a finite number"),
        (math.inf, "should be a finite number"),
        (10**400, "should be a finite number"),
        ({"mode": "0.7"}, "should be a number"),
        ({"mode": True}, "should be a number"),
        ({"mode": 1, "low": 0}, "give both low and high, or neither"),
        ({"mode": 1, "high": 2}, "give both low and high, or neither"),
        ({"mode": 3, "low": 0, "high": 2}, "low 0, mode 3, high 2 are out of order"),
        ({"low": 0, "high": 2}, "Field required"),
        ({"mode": 1, "stray": 2}, "Extra inputs"),
    ],
)
def test_what_is_no_quantity(value: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("{", r"\{")):
        Quantity.model_validate(value)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Range(0, 3), "between 0 and 3"),
        (Range(0, math.inf), "at least 0"),
        (Range(0, math.inf, open_least=True), "above 0"),
        (Range(0, 3, open_least=True), "above 0 and at most 3"),
        (Range(-math.inf, 3), "at most 3"),
    ],
)
def test_a_range_says_itself_and_is_left_on_the_quantity(span: Range, said: str) -> None:
    number = TypeAdapter[Quantity](Annotated[Quantity, span]).validate_python(2)
    assert (number.least, number.most, number.least_open) == (
        span.least,
        span.most,
        span.open_least,
    )
    assert str(span) == said
    assert pickle.loads(pickle.dumps(number)).most == span.most


def test_a_range_checks_every_number() -> None:
    span = Range(0, 3, open_least=True)
    wrong = Quantity(mode=1, low=0, high=4, prior=5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="low is 0, high is 4, prior mode is 5; it should be abo"):
        span.on(wrong)


def test_without_a_range_everything_is_legal() -> None:
    number = Quantity(mode=1)
    assert (number.least, number.most, number.least_open) == (-math.inf, math.inf, False)


def test_quantities_walks_and_sorts() -> None:
    case = toy()
    assert [path for path, _ in quantities(case.sections["toy"])] == [
        "members.north-land.cost",
        "members.north-land.stake",
        "members.north-land.trust.south",
        "members.south.cost",
        "members.south.stake",
        "position.now",
        "position.pace",
    ]
    assert next(quantities(case.sections["toy"], "toy"))[0] == "toy.members.north-land.cost"
    assert case.quantities()["toy.position.pace"].most == 1
