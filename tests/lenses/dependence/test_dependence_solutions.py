"""All solutions of one game, and what is said of those that do not exist."""

from __future__ import annotations

import numpy as np
import pytest
from dependence_certificates import Floats, game

from foedus.lenses.dependence.game import Game, GameError
from foedus.lenses.dependence.solutions import judge, solve, transfers

NAMES = tuple("abcdefghijklmnopqrst")
GLOVES = game(3, lambda s: float(0 in s and len(s) > 1))
MAJORITY = game(3, lambda s: float(len(s) > 1))


def named(worth: Floats) -> Game:
    return Game(NAMES[: int(worth.size).bit_length() - 1], worth)


def test_a_market_with_one_seller_is_told_in_full() -> None:
    found = solve(named(GLOVES))
    assert list(found.divisions) == [
        "equal", "shapley", "banzhaf", "tau", "gately", "nucleolus", "prenucleolus", "kernel",
    ]  # fmt: skip
    assert found.reasons == {}
    assert found.divisions["shapley"].payoffs == pytest.approx({"a": 2 / 3, "b": 1 / 6, "c": 1 / 6})
    assert found.divisions["nucleolus"].payoffs == {"a": 1.0, "b": 0.0, "c": 0.0}
    assert found.banzhaf_raw == {"a": 3.0, "b": 1.0, "c": 1.0}
    assert found.core is not None
    assert not found.core.empty
    assert found.core.corners == ({"a": 1.0, "b": 0.0, "c": 0.0},)
    assert found.core.subsidy == 0.0
    holds = {name: told.holds for name, told in found.properties.items()}
    assert holds == {
        "convex": False, "monotone": True, "essential": True, "superadditive": True,
        "balanced": True,
    }  # fmt: skip
    convex = found.properties["convex"]
    assert (convex.amount, convex.first, convex.second) == (1.0, ("a", "b"), ("a", "c"))


def test_what_can_be_said_against_sharing_by_shapley() -> None:
    told = solve(named(GLOVES)).divisions["shapley"]
    assert told.whole
    assert told.individually_rational
    assert not told.in_core
    assert told.most_missed == (("a", "b"), pytest.approx(1 / 6))
    assert told.in_kernel is False
    assert told.outweighing is not None
    assert told.outweighing.member == "a"
    assert told.in_bargaining_set is False
    assert told.objection is not None
    assert set(told.objection.offer) | {told.objection.against} == {"a", "b", "c"}
    assert told.propensity == pytest.approx({"a": 0.5, "b": -1.0, "c": -1.0})


def test_an_empty_core_is_shown_by_the_sets_that_bind_it() -> None:
    core = solve(named(MAJORITY)).core
    assert core is not None
    assert core.empty
    assert core.epsilon == pytest.approx(1 / 3)
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    assert dict(core.binding) == pytest.approx(dict.fromkeys(pairs, 0.5))
    assert core.subsidy == pytest.approx(0.5)
    assert core.corners == ()


def test_it_says_why_a_solution_does_not_exist() -> None:
    found = solve(named(game(3, lambda s: [0.0, 2.0, 1.0, 3.0][len(s)])))
    assert "tau" not in found.divisions
    assert found.reasons["tau"] == "the game is not quasi-balanced"
    assert "nucleolus" not in found.divisions
    assert "alone are worth more" in found.reasons["nucleolus"]
    assert "alone are worth more" in found.reasons["kernel"]
    assert "prenucleolus" in found.divisions
    assert found.divisions["equal"].individually_rational is False
    assert found.divisions["equal"].in_kernel is False
    assert found.properties["monotone"].second == ("a", "b")


@pytest.mark.parametrize(("n", "missing"), [(7, {"kernel", "bargaining_set"}), (13, {"core"})])
def test_it_says_when_there_are_too_many_members(n: int, missing: set[str]) -> None:
    found = solve(named(game(n, lambda s: float(len(s) > n / 2))))
    assert missing <= set(found.reasons)
    assert "shapley" in found.divisions
    assert found.divisions["equal"].in_kernel is None
    assert found.divisions["equal"].in_core is False


def test_a_convex_game_of_many_members_has_a_core_without_looking() -> None:
    found = solve(named(game(14, lambda s: float(len(s)) ** 2)))
    assert found.core is None
    assert found.properties["balanced"].holds
    assert found.properties["superadditive"].holds
    crossing = solve(named(game(14, lambda s: float(len(s) > 7))))
    assert crossing.properties["superadditive"].holds is None
    assert "up to 13 members" in crossing.reasons["superadditive"]
    assert "up to 12 members" in crossing.reasons["balanced"]


def test_one_member_alone_has_everything() -> None:
    found = solve(named(np.array([0.0, 3.0])))
    assert {tuple(d.payoffs.values()) for d in found.divisions.values()} == {(3.0,)}
    assert found.divisions["equal"].in_core
    assert found.core is None
    assert found.reasons["core"] == "there is one member only"
    assert transfers(named(np.array([0.0, 3.0])), [3.0]).total == 0.0  # type: ignore[union-attr]


def test_a_game_worth_nothing_is_solved() -> None:
    found = solve(named(np.zeros(8)))
    assert set(found.divisions["nucleolus"].payoffs.values()) == {0.0}
    assert found.divisions["equal"].in_core
    assert found.core is not None
    assert not found.core.empty


def test_payoffs_are_judged_as_they_are() -> None:
    told = judge(named(GLOVES), [0.25, 0.25, 0.25])
    assert not told.whole
    assert not told.in_core
    assert told.in_kernel is False
    assert told.outweighing is None
    with pytest.raises(GameError, match="3 members need as many payoffs, not 2"):
        judge(named(GLOVES), [0.5, 0.5])
    with pytest.raises(GameError, match="not a finite number"):
        judge(named(GLOVES), [0.5, 0.5, float("nan")])


def test_transfers_into_the_core() -> None:
    moved = transfers(named(GLOVES), [0.5, 0.5, 0.0])
    assert moved is not None
    assert moved.by_member == pytest.approx({"a": 0.5, "b": -0.5, "c": 0.0})
    assert moved.total == pytest.approx(0.5)
    assert transfers(named(MAJORITY), [1.0, 0.0, 0.0]) is None
    with pytest.raises(GameError, match=r"add up to 0\.5, but all together are worth 1"):
        transfers(named(GLOVES), [0.5, 0.0, 0.0])
    with pytest.raises(GameError, match="up to 12 members"):
        transfers(named(np.zeros(1 << 13)), np.zeros(13))
