from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from dependence_toy import with_given, with_likings, with_technology

from foedus.lenses.dependence.account.opening import OpenedWorths, of_case
from foedus.lenses.dependence.game import Game, GameError
from foedus.lenses.dependence.solutions import transfers
from foedus.lenses.table import LENSES


def test_worths_given_by_a_case_count_at_their_modes() -> None:
    opened = of_case(with_given(), LENSES)
    assert (opened.form, opened.at_modes, opened.hedonic) == ("given", True, None)
    assert opened.names == {"north": "Northland", "south": "Southland", "envoy": "The envoy"}
    told = opened.account().to_dict()
    assert told["worth"] == {
        "north": 0.0, "south": 1.0, "north+south": 6.0, "envoy": 0.0, "north+envoy": 4.0,
        "south+envoy": 3.0, "north+south+envoy": 9.0,
    }  # fmt: skip
    assert told["payoffs"] == {"north": 5.0, "south": 3.0, "envoy": 1.0}
    assert told["transfers"]["total"] == 0.0
    other = opened.account(payoffs={"north": 3.0, "south": 2.0, "envoy": 4.0})
    assert other.divisions["payoffs"].most_missed == (("north", "south"), pytest.approx(1.0))
    assert other.transfers is not None
    assert other.transfers.total == pytest.approx(1.0)


def test_worths_from_a_technology() -> None:
    opened = of_case(with_technology(), LENSES)
    assert opened.form == "technology"
    told = opened.account().to_dict()
    assert told["payoffs"] is None
    # a third each, substitution a half, returns one and a half: (sum of roots / 3) ** 3
    assert told["worth"]["north"] == pytest.approx((1.0 / 3.0) ** 3)
    assert told["total"] == pytest.approx(((1.0 + 0.7**0.5 + 0.1**0.5) / 3.0) ** 3)


def test_likings_of_a_case_are_of_more_than_its_members() -> None:
    opened = of_case(with_likings(), LENSES)
    account = opened.account()
    assert opened.form == "endurance"
    assert account.members == ("north", "south")
    assert account.stability is not None
    assert account.stability.partition == (("north", "south"), ("rival",))
    assert account.stability.utility == pytest.approx({"north": 0.4, "south": 0.6, "rival": 0.0})
    # the rival would gain 0.2 with both, and the north minds
    nash, welcome = (account.stability.reasons[notion] for notion in ("nash", "individual"))
    assert nash is not None
    assert (nash.who, nash.joins) == (("rival",), ("north", "south"))
    assert welcome is None
    assert (
        account.says("nash", nash) == "The rival would rather join Northland and Southland (+0.2)"
    )
    moved = opened.account(partition="north;south+rival").stability
    assert moved is not None
    assert moved.partition == (("north",), ("south", "rival"))


def test_a_case_that_lacks_something_is_refused() -> None:
    case = with_given(
        ("      ne: {members: [north, envoy], worth: {mode: 4, low: 1, high: 8}}\n", "")
    )
    with pytest.raises(GameError, match=r"still needs dependence.given.sets: .* north\+envoy"):
        of_case(case, LENSES)
    with pytest.raises(GameError, match="no section dependence"):
        of_case(replace(case, sections={}), LENSES)


def test_every_number_told_is_finite() -> None:
    opened = of_case(with_given(), LENSES)

    def numbers(told: object) -> list[float]:
        if isinstance(told, dict):
            return [x for each in told.values() for x in numbers(each)]
        if isinstance(told, list | tuple):
            return [x for each in told for x in numbers(each)]
        return [told] if isinstance(told, float) else []

    found = numbers(opened.account().to_dict())
    assert len(found) > 50
    assert np.isfinite(found).all()


def test_payoffs_that_miss_the_whole_by_rounding_are_made_to_sum_to_it() -> None:
    worths = np.array([0.0, 0, 0, 0, 0, 0, 0, 100])
    opened = OpenedWorths("", {m: m for m in "ABC"}, "worths", Game(tuple("ABC"), worths), None)
    account = opened.account(payoffs={"A": 0.0, "B": 49.99996, "C": 50.0})
    judged = account.divisions["payoffs"]
    assert judged.whole
    assert judged.in_core
    assert judged.payoffs["A"] == 0.0
    assert sum(judged.payoffs.values()) == pytest.approx(100.0, abs=1e-12)
    assert account.transfers is not None


def test_payoffs_are_measured_by_the_whole_not_by_a_set_nobody_would_form() -> None:
    worths = np.array([0.0, 0, 0, -1e9, 0, 8, 8, 9])
    game = Game(tuple("ABC"), worths)
    opened = OpenedWorths("", {m: m for m in "ABC"}, "worths", game, None)
    with pytest.raises(GameError, match="add up to 900, but all together are worth 9"):
        opened.account(payoffs=dict.fromkeys("ABC", 300.0))
    with pytest.raises(GameError, match="add up to 900, but all together are worth 9"):
        transfers(game, [300.0] * 3)


def test_what_a_case_still_needs_is_said_once() -> None:
    case = with_given(("  worth: given\n", "  worth: endurance\n"))
    with pytest.raises(GameError) as refused:
        of_case(case, LENSES)
    assert str(refused.value).count("a section `endurance`") == 1
