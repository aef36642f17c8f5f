"""The balance lens on a pact."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from balance_toy import with_balance
from lens_contract import LensContract, drawn, look, told

from foedus.case import Case
from foedus.lenses.balance import dividing, likely
from foedus.lenses.balance.setting import Setting
from foedus.lenses.lens import Draws, Finding
from foedus.lenses.table import LENSES
from foedus.verdict.analysis import analyze

LENS = LENSES["balance"]
THREE = ("balance:\n", "balance:\n  camps: 3\n")
TRIO = ("members: [north, south]", "members: [north, south, envoy]")

SCOUT = (
    "  envoy: {name: The envoy",
    "  scout: {name: The scout, kind: group}\n  envoy: {name: The envoy",
)
FIGHTING = (
    "    fighting: {between: [south, rival], sign: -1, weight: 0.9, note: Before they dealt.}\n",
    "",
)
SENT = "    sent: {between: [north, envoy], sign: 1, date: 2014}\n"
HEARD = "    heard: {between: [envoy, rival], sign: {mode: 0.5, low: -0.5, high: 1}, weight: 0.5}\n"
WITHOUT_SOUTH = (
    SCOUT,
    FIGHTING,
    ("between: [north, south]", "between: [north, envoy]"),
    (SENT, SENT.replace("envoy", "rival")),
    ("between: [south, rival]", "between: [envoy, rival]"),
)


class TestBalanceLens(LensContract):
    lens = LENS
    case = with_balance()
    incomplete = with_balance(("envoy], sign: 1,", "envoy],"))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return {
            f"{member} {what}": value
            for member in finding.data["members"]
            for what, value in (
                ("moving", finding.data["cost_of_moving"][member]["value"]),
                ("leaving", finding.data["split"]["leaves"][member]["value"]),
                ("first", finding.data["orderings"]["leaves_first"][member]),
            )
        }

    def test_it_names_what_it_lacks(self) -> None:
        assert self.lens.missing(self.incomplete) == ("balance.ties.sent.sign",)


def every_division(
    case: Case, draws: Draws, camps: int
) -> tuple[list[tuple[int, ...]], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Every way to put everybody into a camp, and its cost in each draw, by the definition."""
    actors = Setting.of(case).actors
    divisions = list(product(range(camps), repeat=len(actors)))
    cost = np.zeros((draws.size, len(divisions)))
    for name in Setting.of(case).ties:
        one, other = (actors.index(a) for a in case.sections["balance"].ties[name].between)
        sign, weight = (draws[f"balance.ties.{name}.{what}"] for what in ("sign", "weight"))
        for k, division in enumerate(divisions):
            wrong = sign < 0 if division[one] == division[other] else sign > 0
            cost[:, k] += np.where(wrong, weight, 0.0)
    return divisions, cost


@pytest.mark.parametrize("swaps", [(), (THREE,), (TRIO,), (THREE, TRIO)])
def test_every_draw_is_what_trying_every_division_gives(swaps: tuple[tuple[str, str], ...]) -> None:
    case = with_balance(*swaps)
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    arrays, setting = outcome.arrays, Setting.of(case)
    divisions, cost = every_division(case, draws, setting.section.camps)
    place = {division: k for k, division in enumerate(divisions)}
    np.testing.assert_allclose(arrays["frustration"], cost.min(axis=1), atol=1e-12)
    np.testing.assert_array_equal(arrays["bound"], arrays["frustration"])
    np.testing.assert_allclose(
        arrays["two_camps"], every_division(case, draws, 2)[1].min(axis=1), atol=1e-12
    )
    members = list(setting.members)
    together = np.array([len({d[i] for i in members}) == 1 for d in divisions])
    both, apart = cost[:, together].min(axis=1), cost[:, ~together].min(axis=1)
    np.testing.assert_allclose(arrays["together"], both, atol=1e-12)
    np.testing.assert_allclose(arrays["apart"], apart, atol=1e-12)
    holding = np.where(both < apart - 1e-9, 1.0, np.where(both > apart + 1e-9, 0.0, 0.5))
    np.testing.assert_array_equal(arrays["share_holding"], holding)
    for k, member in enumerate(members):
        rest = [i for i in members if i != member]
        alone = np.array(
            [len({d[i] for i in rest}) == 1 and d[member] != d[rest[0]] for d in divisions]
        )
        np.testing.assert_allclose(arrays["leaves"][:, k], cost[:, alone].min(axis=1), atol=1e-12)
    for d in range(draws.size):
        camp = arrays["camp"][d].tolist()
        found = cost[d, place[tuple(camp)]]
        assert found == pytest.approx(arrays["frustration"][d])
        weight = np.maximum(*setting.costs(draws))[d]
        assert arrays["strained"][d] @ weight == pytest.approx(found)
        for i in range(len(camp)):
            changed = [
                cost[d, place[(*camp[:i], other, *camp[i + 1 :])]]
                for other in range(setting.section.camps)
                if other != camp[i]
            ]
            assert arrays["cost_of_moving"][d, i] == pytest.approx(min(changed) - found, abs=1e-9)
        line = 1.0 - 2.0 * found / weight.sum()
        assert arrays["line_index"][d] == pytest.approx(line)


def test_networks_too_wide_for_tables_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    case = with_balance(TRIO)
    draws = drawn(case, 16)
    narrow = look(LENS, case, draws)
    monkeypatch.setattr(dividing, "CELLS", 2)
    wide = look(LENS, case, draws)
    assert wide.shared["setting"].whole.layout is None
    for key in ("frustration", "bound", "together", "apart", "leaves", "share_holding"):
        np.testing.assert_allclose(wide.arrays[key], narrow.arrays[key], atol=1e-9)
    (lacks,) = LENS.missing(with_balance(THREE))
    assert lacks.startswith("balance.camps: 2 (")
    slices = [look(LENS, case, draws.part(first, first + 4)) for first in range(0, 16, 4)]
    for key in ("frustration", "camp", "leaves"):
        joined = np.concatenate([part.arrays[key] for part in slices])
        assert joined.tobytes() == wide.arrays[key].tobytes()


def test_the_share_holding_is_that_of_less_strain_together() -> None:
    case = with_balance()
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    finding = LENS.find(case, draws, outcome)
    assert finding.holds is None
    assert finding.share_holding is not None
    assert finding.share_holding.value == outcome.arrays["share_holding"].mean()
    assert 0.0 < finding.share_holding.value < 1.0
    assert finding.data["members_together"] == finding.share_holding.to_dict()
    margin = outcome.arrays["apart"] - outcome.arrays["together"]
    assert finding.data["split"]["margin"]["value"] == pytest.approx(margin.mean())


def test_who_leaves_first_is_counted_and_shared_among_equals() -> None:
    case = with_balance(TRIO)
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    first = LENS.find(case, draws, outcome).data["orderings"]["leaves_first"]
    expected = dict.fromkeys(("north", "south", "envoy"), 0.0)
    for leaves in outcome.arrays["leaves"]:
        cheapest = [k for k in range(3) if leaves[k] <= leaves.min() + 1e-9]
        for k in cheapest:
            expected[("north", "south", "envoy")[k]] += 1 / len(cheapest) / 64
    assert first == pytest.approx(expected)
    assert len(set(expected.values())) > 1
    assert "the one whose leaving costs least is" in " ".join(told(LENS, case).reasons)


def test_a_realignment_for_every_tie_that_is_relieved_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(likely, "SHOWN", 0)
    (row,) = told(LENS, with_balance()).data["realignments"]
    assert row["relieved"] == ["foes"]


def test_what_is_told_of_the_most_likely_values() -> None:
    data = told(LENS, with_balance()).data
    best = data["likely"]
    assert (best["value"], best["proved"], best["optima"]) == (0.8, True, 1)
    assert best["line_index"] == pytest.approx(1 - 1.6 / 3.9)
    assert best["camps"] == {"north": 0, "south": 0, "envoy": 0, "rival": 0}
    assert best["strained"] == ["foes"]
    assert best["ties"]["foes"]["share_of_optima"] == 1.0
    assert best["ties"]["foes"]["unbalanced_triangles"] == 2
    assert best["triangle_index"] == 0.0
    assert data["census"] == {"+++": 0, "++-": 2, "+--": 0, "---": 0}
    first = data["realignments"][0]
    assert first["cost"] == pytest.approx(0.3)
    assert first["joins"] == [{"moves": ["rival"], "finds": []}]
    assert first["to_change"] == ["dealing", "heard"]
    assert first["relieved"] == ["foes"]
    assert [row["value"] for row in data["by_camps"].values()] == pytest.approx([0.8] * 4)
    told_then = [(row["date"], row["value"], row["together"]) for row in data["history"]]
    assert told_then == [(None, 0.0, True), ("2014", 0.5, True), ("2015-09", 0.8, True)]


def test_strain_is_told_by_tie_and_adds_up() -> None:
    case = with_balance()
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    data = LENS.find(case, draws, outcome).data
    strain = data["strain"]
    assert set(strain) == {"friends", "foes", "dealing", "sent", "heard"}
    assert sum(row["strain"]["value"] for row in strain.values()) == pytest.approx(
        data["frustration"]["value"]
    )
    sign = draws["balance.ties.dealing.sign"]
    assert strain["dealing"]["friends"] == pytest.approx((sign > 0).mean())
    assert strain["dealing"]["foes"] == pytest.approx((sign < 0).mean())
    for e, name in enumerate(strain):
        assert strain[name]["strained"] == outcome.arrays["strained"][:, e].mean()


def test_what_people_read_names_camps_ties_and_realignments() -> None:
    finding = told(LENS, with_balance(), 64)
    said = " ".join(finding.reasons)
    assert (
        "less strain with Northland and Southland in one camp than with them apart in"
        in finding.headline
    )
    assert "what lies between The rival and Northland" in finding.headline
    assert "That leaves 0.8 of 3.9 unexplained: Northland and The rival (foes in one camp)." in said
    assert "The rival stands alone: 0.3 more under strain; relieves Northland–The rival" in said
    assert "Parting the members would put" in said
    assert "from 0 (before 2014) to 0.8 (2015-09)" in said
    assert "Southland and The rival (" in " ".join(finding.warnings)


def test_two_camps_that_make_strange_bedfellows_are_told() -> None:
    swaps = (
        (SENT, "    sent: {between: [north, envoy], sign: -1}\n"),
        ("sign: {mode: 0.5, low: -0.5, high: 1}, weight: 0.5", "sign: -1, weight: 0.5"),
        ("sign: {mode: 0.4, low: -0.6, high: 0.9}", "sign: -1"),
    )
    finding = told(LENS, with_balance(*swaps))
    data = finding.data
    assert (data["by_camps"]["2"]["value"], data["by_camps"]["3"]["value"]) == (0.5, 0.0)
    warned = " ".join(finding.warnings)
    assert "three leave 0 unexplained instead of 0.5, and part The envoy and The rival" in warned
    three = told(LENS, with_balance(THREE, *swaps))
    assert "bedfellows" not in " ".join(three.warnings)
    assert three.data["two_camps"]["value"] > three.data["frustration"]["value"]
    assert "(3) The rival" in " ".join(three.reasons)


def test_members_without_ties_are_left_out_and_said() -> None:
    other = ("members: [north, south]", "members: [north, rival, south, scout]")
    opponents = ("  opponents: [rival]\n", "")
    finding = told(LENS, with_balance(SCOUT, other, opponents))
    assert finding.data["members"] == ["north", "south", "rival"]
    assert any(said.startswith("The scout has no ties") for said in finding.warnings)
    assert finding.data["likely"]["camps"]["scout"] is None


def test_with_fewer_than_two_tied_members_nothing_is_said_of_them() -> None:
    finding = told(LENS, with_balance(*WITHOUT_SOUTH, (HEARD, "")))
    assert finding.share_holding is None
    assert finding.data["split"] is None
    assert finding.data["orderings"] == {"leaves_first": None}
    assert "share_holding" not in finding.columns
    assert finding.headline.startswith("Under strain most often is ")
    assert "Southland has no ties" in " ".join(finding.warnings)
    assert "not known" in " ".join(finding.warnings)
    likely = finding.data["likely"]
    assert likely["optima"] == 1  # where it might stand makes no further divisions
    assert likely["camps"]["south"] is None
    assert likely["cost_of_moving"]["south"] is None


def test_members_that_no_tie_links_stand_either_way() -> None:
    heard = HEARD.replace("envoy, rival", "south, scout")
    finding = told(LENS, with_balance(*WITHOUT_SOUTH, (HEARD, heard)))
    assert finding.share_holding is not None
    assert finding.share_holding.to_dict() == {"value": 0.5, "low": 0.5, "high": 0.5}
    assert finding.data["equal"] == 1.0
    assert "In 100 % of draws it is the same strain" in " ".join(finding.warnings)


def test_ties_without_a_circle_are_never_under_strain() -> None:
    swaps = (
        (SENT, ""),
        (HEARD, ""),
        FIGHTING,
        ("between: [south, rival]", "between: [south, envoy]"),
    )
    finding = told(LENS, with_balance(*swaps))
    assert "no tie is under strain in any draw" in finding.headline
    assert any(said.startswith("No ties close a circle") for said in finding.warnings)


def test_what_is_not_proved_is_said() -> None:
    case = with_balance()
    draws = drawn(case)
    outcome = look(LENS, case, draws)
    arrays = dict(outcome.arrays) | {"bound": 0.5 * outcome.arrays["bound"]}
    unsure = dataclasses.replace(outcome, arrays=arrays)
    assert "Not every draw" in " ".join(LENS.find(case, draws, unsure).warnings)
    assert "Not every draw" not in " ".join(LENS.find(case, draws, outcome).warnings)


def test_it_informs_beside_endurance_and_a_scenario_may_change_it() -> None:
    swaps = ("lost: {says: Ground is lost.",
             "lost: {balance.ties.friends.sign: -1, says: Ground is lost.")  # fmt: skip
    answer = analyze(with_balance(swaps), draws=16, workers=1)
    share = answer.findings["balance"].share_holding
    assert share is not None
    assert answer.holds == answer.findings["endurance"].holds
    lost = next(scenario for scenario in answer.scenarios if scenario.id == "lost")
    assert lost.shares["balance"].value < share.value - 0.2
    assert answer.to_dict()["balance"]["camps"] == 2
