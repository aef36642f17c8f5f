"""The dependence lens on pacts."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import numpy as np
import pytest
from dependence_toy import with_given, with_likings, with_technology
from lens_contract import LensContract, drawn, look, told

from foedus.case import Case
from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.power import can_threaten
from foedus.lenses.dependence.setting import of_values
from foedus.lenses.dependence.solving import solved
from foedus.lenses.dependence.telling import Told
from foedus.lenses.lens import Draws, Finding, Outcome
from foedus.lenses.table import LENSES
from foedus.verdict.analysis import analyze

LENS = LENSES["dependence"]
NO_PAYOFFS = ("  payoffs: {north: {mode: 5, low: 3, high: 7}, south: 3, envoy: 1}\n", "")
POOR = ("worth: {mode: 9, low: 7, high: 12}", "worth: 5")
"""All three together are worth less than north and south can be: no core in most draws."""


LOPSIDED = (
    ("worth: {mode: 1, low: 0, high: 2, because: [e2]}", "worth: 1"),
    ("worth: {mode: 6, low: 3, high: 10, because: [e1]}", "worth: 6"),
    ("worth: {mode: 4, low: 1, high: 8}", "worth: 4"),
    ("worth: {mode: 3, low: 1, high: 7}", "worth: 3"),
    ("worth: {mode: 9, low: 7, high: 12}", "worth: 9"),
    ("{north: {mode: 5, low: 3, high: 7}, south: 3, envoy: 1}", "{north: 2, south: 2, envoy: 5}"),
)
"""All is certain: alone 0, 1 and 0, two together 6, 4 and 3, all 9; the envoy has most of it."""


def by_member(finding: Finding) -> dict[str, float]:
    """What the finding says of each member, by id."""
    data = finding.data
    out = {f"{m} first {key}": row[m] for key, row in data["orderings"].items() for m in row}
    for member, row in data["power"].items():
        for key in ("own_loss", "others_loss", "depends", "alone", "outside"):
            out |= {f"{member} {key} {end}": value for end, value in row[key].items()}
        out |= {f"{member} {key}": row[key] for key in ("undefined", "can_threaten", "leaves")}
    for way, shares in data["shares"].items():
        out |= {f"{member} {way}": row["value"] for member, row in shares.items()}
    for one, row in data["losses"].items():
        out |= {f"{one} without {other}": interval["value"] for other, interval in row.items()}
    for member, interval in data["sharing"]["transfers"].items():
        out[f"{member} transfers"] = interval["value"]
    return out


class TestDependenceOnEndurance(LensContract):
    lens = LENS
    case = with_likings()
    incomplete = with_likings(("dependence:\n", "dependence:\n  worth: given\n"))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        company = finding.data["company"]["movers"]
        return by_member(finding) | {f"{m} wants": row["wants"] for m, row in company.items()}


class TestDependenceOnGivenWorths(LensContract):
    lens = LENS
    case = with_given()
    incomplete = with_given(("      north: {members: [north], worth: 0}\n", ""))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return by_member(finding)


class TestDependenceOnTechnology(LensContract):
    lens = LENS
    case = with_technology()
    incomplete = with_technology((", envoy: 0.1}", "}"))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return by_member(finding)


def both(case: Case, size: int = 32) -> tuple[Draws, Outcome, Outcome]:
    """Draws, with what endurance and dependence make of them."""
    draws = drawn(case, size)
    endurance = look(LENSES["endurance"], case, draws)
    return draws, endurance, LENS.run(case, draws, {"endurance": endurance})


def test_everything_follows_from_what_endurance_says_each_has() -> None:
    _, endurance, found = both(with_likings())
    values, cost = endurance.arrays["values"], endurance.arrays["exit_cost"]
    for d in range(0, 32, 7):
        v, c, loss = values[d], cost[d], found.arrays["loss"][d]
        assert loss[0, 1] == pytest.approx(v[3, 0] - v[1, 0])
        assert loss[0, 0] == pytest.approx(v[3, 0] - (v[2, 0] - c[0]))
        ways = [max(v[1, 0], v[2, 0] - c[0]), max(v[2, 1], v[1, 1] - c[1])]
        worth = [0.0, *ways, v[3].sum()]
        assert found.arrays["worth"][d] == pytest.approx(worth)
        surplus = worth[3] - sum(ways)
        assert found.arrays["shapley"][d] == pytest.approx([w + surplus / 2.0 for w in ways])
        stays = all(v[3, i] >= ways[i] - 1e-9 for i in range(2))
        assert found.arrays["share_holding"][d] == stays
        assert found.arrays["core_empty"][d] == (surplus < 0.0)


def test_a_member_that_would_gain_by_leaving_has_no_propensity_and_is_named() -> None:
    swaps = (("outside_option: {mode: 0.05, low: 0.0, high: 0.1}", "outside_option: 1"),
             ("exit_cost: {mode: 1.0, low: 0.5, high: 2.0}", "exit_cost: 0"))  # fmt: skip
    finding = told(LENS, with_likings(*swaps))
    north = finding.data["power"]["north"]
    assert north["undefined"] == north["leaves"] == north["can_threaten"] == 1.0
    assert all(np.isnan(value) for value in north["propensity"].values())
    assert finding.data["stability"] == {"individually_stable": 0.0, "core_stable": 0.0}
    assert finding.share_holding is not None
    assert finding.share_holding.value == 0.0
    assert finding.headline.startswith("Northland could leave at no loss of its own in 100 % of")
    assert "is not a number in draws in which a member would lose nothing" in str(finding.warnings)
    assert "would gain" in finding.reasons[0]


def test_transfers_keep_a_member_that_would_gain_by_leaving() -> None:
    """North and south could make 6 by themselves and have 4 of the whole: the envoy has to give."""
    finding = told(LENS, with_given(*LOPSIDED), 8)
    sharing = finding.data["sharing"]
    assert finding.data["stability"]["core_stable"] == 0.0
    assert sharing["possible"] == sharing["by_transfers"] == 1.0
    assert sharing["as_divided"] == 0.0
    assert sharing["moved"]["value"] == pytest.approx(2.0)
    assert sharing["transfers"]["envoy"]["value"] == pytest.approx(-2.0)
    foremost = {"+".join(row["members"]): row["foremost"] for row in finding.data["sets"]}
    assert foremost["north+south"] == 1.0
    said = " ".join(finding.reasons)
    assert "Who would gain most by being without the others: Northland and Southland (100" in said
    assert "The envoy 2 would go out" in said


def test_who_depends_more_and_who_can_threaten_follows_from_how_it_is_divided() -> None:
    """North has 2 and leaves 3 of the others' 7; by Shapley it would have 3.5."""
    finding = told(LENS, with_given(*LOPSIDED), 8)
    data = finding.data
    shapley = {member: row["value"] for member, row in data["shares"]["shapley"].items()}
    assert shapley == pytest.approx({"north": 3.5, "south": 3.5, "envoy": 2.0})
    ratios = {member: row["propensity"]["value"] for member, row in data["power"].items()}
    assert ratios == pytest.approx(
        {"north": (7 - 3) / 2, "south": (7 - 4) / 1, "envoy": (4 - 6) / 5}
    )
    threats = {member: row["can_threaten"] for member, row in data["power"].items()}
    assert threats == {"north": 1.0, "south": 1.0, "envoy": 0.0}
    assert data["orderings"]["threat"] == {"north": 0.0, "south": 1.0, "envoy": 0.0}
    assert data["orderings"]["power"] == {"north": 1.0, "south": 0.0, "envoy": 0.0}
    alike, *lopsided = data["balance"]
    assert (alike["one"], alike["other"]) == ("north", "south")
    assert alike["one_depends_more"] == alike["other_depends_more"] == 0.0
    for row in lopsided:
        assert row["other"] == "envoy"
        # what they have over their Shapley shares: 2 - 3.5 against 5 - 2
        assert row["difference"]["value"] == pytest.approx(-4.5)
        assert (row["one_depends_more"], row["other_depends_more"]) == (0.0, 1.0)
    blocks = {"+".join(row["members"]): row["blocks"] for row in data["sets"]}
    assert blocks == dict.fromkeys(blocks, 0.0) | {"north+south": 1.0}
    assert finding.headline.startswith(
        "Southland can threaten to leave most credibly: that would cost its partners 3 times"
    )
    said = " ".join(finding.reasons)
    assert "The envoy depends more on Northland than Northland on it in 100 % of draws" in said


def test_where_leaving_costs_oneself_more_than_the_others_nobody_can_threaten() -> None:
    finding = told(LENS, with_given(*EVEN), 8)
    ratios = [row["propensity"]["value"] for row in finding.data["power"].values()]
    assert ratios == pytest.approx([0.5, 0.5, 0.5])
    assert {row["can_threaten"] for row in finding.data["power"].values()} == {0.0}
    assert finding.headline.startswith("Nobody can credibly threaten to leave: even when ")
    assert "costs its partners no more than 0.5 times" in finding.headline
    sharing = finding.data["sharing"]
    assert sharing["by_transfers"] == 0.0
    assert sharing["possible"] == sharing["as_divided"] == 1.0


EVEN = (
    ("worth: {mode: 1, low: 0, high: 2, because: [e2]}", "worth: 0"),
    ("worth: {mode: 6, low: 3, high: 10, because: [e1]}", "worth: 3"),
    ("worth: {mode: 4, low: 1, high: 8}", "worth: 3"),
    ("worth: {mode: 3, low: 1, high: 7}", "worth: 3"),
    ("worth: {mode: 9, low: 7, high: 12}", "worth: 6"),
    ("{north: {mode: 5, low: 3, high: 7}, south: 3, envoy: 1}", "{north: 1, south: 1, envoy: 1}"),
)
"""Any two have 3 of the 6 that all have and share alike: who leaves loses 2, the others 4 - 3."""


def test_a_set_that_could_object_need_not_gain_as_things_fall_to_its_members() -> None:
    """The first two together have 2.8 instead of 2, but the second less than now."""
    values = np.zeros((1, 8, 3))
    values[0, 7], values[0, 3] = (1.0, 1.0, 1.0), (2.4, 0.4, 0.0)
    arrays = solved(of_values(values, np.zeros((1, 3)), np.ones(1)))
    told_ = Told(("a", "b", "c"), arrays, np.ones(1))
    pair = told_.sets()[2]
    assert pair["members"] == ["a", "b"]
    assert (pair["blocks"], pair["most"], pair["gains"], pair["foremost"]) == (1.0, 1.0, 0.0, 0.0)
    assert told_.stability() == {"individually_stable": 1.0, "core_stable": 1.0}
    assert told_.sharing()["as_divided"] == 0.0
    assert told_.sharing()["transfers"]["c"]["value"] == pytest.approx(-0.8)


def test_without_a_known_division_it_asks_whether_there_is_one_that_keeps_all() -> None:
    case = with_given(NO_PAYOFFS, POOR)
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    finding = LENS.find(case, draws, outcome)
    assert outcome.arrays["share_holding"].tolist() == (1 - outcome.arrays["core_empty"]).tolist()
    assert finding.share_holding is not None
    assert 0.0 < finding.share_holding.value < 0.5
    worth = outcome.arrays["worth"]
    pairs = (worth[:, 3] + worth[:, 5] + worth[:, 6]) / 2.0
    lone = worth[:, [1, 2, 4]]
    crossed = np.stack(
        [worth[:, 3] + lone[:, 2], worth[:, 5] + lone[:, 1], worth[:, 6] + lone[:, 0]]
    )
    needed = np.maximum(np.maximum(pairs, crossed.max(axis=0)), lone.sum(axis=1))
    assert outcome.arrays["core_empty"].tolist() == (needed > worth[:, 7] + 1e-9).tolist()
    assert outcome.arrays["subsidy"] == pytest.approx(np.maximum(needed - worth[:, 7], 0.0))
    assert "the whole can be shared so that nobody" in finding.headline
    assert "no sharing keeps all together" in " ".join(finding.reasons)
    assert finding.warnings[0].startswith("It is not said how the whole is divided today")
    assert "payoffs" not in finding.data["at_modes"]["shares"]
    assert finding.data["divided_today"] is False


def test_members_that_share_by_shapley_depend_alike() -> None:
    data = told(LENS, with_technology()).data
    for row in data["balance"]:
        assert row["difference"]["value"] == pytest.approx(0.0, abs=1e-12)
        assert row["one_depends_more"] == row["other_depends_more"] == 0.0


def test_alike_members_come_first_alike() -> None:
    alike = ("{north: {mode: 1.0, low: 0.6, high: 1.5}, south: 0.7, envoy: 0.1}",
             "{north: 1, south: 1, envoy: 1}")  # fmt: skip
    data = told(LENS, with_technology(alike), 8).data
    for shares in data["orderings"].values():
        assert shares == pytest.approx(dict.fromkeys(("north", "south", "envoy"), 1 / 3))


def test_the_headline_and_reasons_tell_threat_dependence_shares_and_company() -> None:
    finding = told(LENS, with_likings())
    assert "as things are, nobody gains by being without the others in" in finding.headline
    said = " ".join(finding.reasons)
    for words in (
        "By leaving Northland would ",
        " depends more on ",
        "shared by what each adds (Shapley)",
        "Going by whom each would rather stand with",
        "who would rather stand elsewhere most often: ",
    ):
        assert words in said, words


def test_the_most_likely_values_are_told_apart() -> None:
    case = with_likings()
    draws = drawn(case)
    modes = Draws.at_modes(case)
    endurance = LENSES["endurance"].run(case, modes, {})
    start = LENS.run(case, modes, {"endurance": endurance})
    inputs = {"endurance": LENSES["endurance"].run(case, draws, {}, endurance)}
    data = LENS.find(case, draws, LENS.run(case, draws, inputs, start)).data["at_modes"]
    assert data["losses"]["north"]["south"] == start.arrays["loss"][0, 0, 1]
    assert list(data["worth"]) == ["north", "south", "north+south"]
    assert data["shares"]["payoffs"]["south"] == endurance.arrays["values"][0, 3, 1]
    assert data["core"]["empty"] is False
    assert len(data["core"]["corners"]) == 2
    other = with_likings(("rival: -0.5}", "rival: -0.4}"))
    compared = LENS.run(other, draws, inputs, start)
    assert LENS.find(other, draws, compared).data["at_modes"] is None
    given = told(LENS, with_given()).data["at_modes"]
    assert given["shares"]["payoffs"] == {"north": 5.0, "south": 3.0, "envoy": 1.0}
    assert given["worth"]["north+south"] == 6.0


def test_draws_that_endurance_did_not_settle_are_left_out() -> None:
    case = with_likings()
    draws, endurance, found = both(case)
    settled = np.ones(32)
    settled[:8] = 0.0
    arrays = dict(endurance.arrays) | {"settled": settled}
    mended = dataclasses.replace(endurance, arrays=arrays)
    finding = LENS.find(case, draws, LENS.run(case, draws, {"endurance": mended}))
    assert finding.data["left_out"] == 0.25
    assert "In 25 % of draws the endurance lens did not settle" in finding.warnings[0]
    lost = finding.data["losses"]["north"]["south"]["value"]
    assert lost == pytest.approx(found.arrays["loss"][8:, 0, 1].mean())
    mended = dataclasses.replace(endurance, arrays=arrays | {"settled": np.zeros(32)})
    outcome = LENS.run(case, draws, {"endurance": mended})
    with pytest.raises(GameError, match="in no draw"):
        LENS.find(case, draws, outcome)


def test_what_is_not_used_or_left_at_its_default_is_said() -> None:
    said = " ".join(told(LENS, with_likings(("dependence:\n", UNUSED)), 8).warnings)
    assert (
        "Dependence.technology and dependence.payoffs are not used: worth is from endurance" in said
    )
    assert "2 further values of one actor for another are not said and count as 0" not in said
    assert "1 further value of one actor for another is not said and counts as 0" in said
    said = " ".join(told(LENS, with_technology(), 8).warnings)
    assert "Left at their defaults in dependence.technology: substitution." in said
    said = " ".join(
        told(LENS, with_given(("south: 3, envoy: 1}", "south: 3, envoy: 2}")), 8).warnings
    )
    assert "The payoffs sum to 10 and the whole is worth 9: they are scaled to it" in said


UNUSED = """\
dependence:
  technology: {capability: {north: 1, south: 2}}
  payoffs: {north: 1, south: 1}
"""


def test_it_informs_beside_endurance_and_a_scenario_may_change_it() -> None:
    answer = analyze(with_likings(), draws=16, workers=1)
    finding = answer.findings["dependence"]
    assert finding.holds is None
    assert answer.holds == answer.findings["endurance"].holds
    assert finding.data["at_modes"] is not None
    assert answer.to_dict()["lenses"]["dependence"]["share_holding"] is not None
    scenario = next(row for row in answer.scenarios if row.id == "offer")
    assert "dependence" in scenario.shares


ADDITIVE = (
    ("worth: {mode: 1, low: 0, high: 2, because: [e2]}", "worth: 0.2"),
    ("members: [north], worth: 0}", "members: [north], worth: 0.1}"),
    ("members: [envoy], worth: 0}", "members: [envoy], worth: 0.3}"),
    ("worth: {mode: 6, low: 3, high: 10, because: [e1]}", "worth: 0.3"),
    ("worth: {mode: 4, low: 1, high: 8}", "worth: 0.4"),
    ("worth: {mode: 3, low: 1, high: 7}", "worth: 0.5"),
    ("worth: {mode: 9, low: 7, high: 12}", "worth: 0.6"),
)


SHARED = (
    "payoffs: {north: {mode: 5, low: 3, high: 7}, south: 3, envoy: 1}",
    "payoffs: {north: 0.1, south: 0.2, envoy: 0.3}",
)
TURNED = (
    ("worth: {mode: 1, low: 0, high: 2, because: [e2]}", "worth: 0"),
    ("worth: {mode: 6, low: 3, high: 10, because: [e1]}", "worth: {mode: -3, low: -9, high: 3}"),
    ("worth: {mode: 4, low: 1, high: 8}", "worth: 0"),
    ("worth: {mode: 3, low: 1, high: 7}", "worth: 0"),
    ("worth: {mode: 9, low: 7, high: 12}", "worth: 1"),
)
"""What members add sums to 3 more than what north and south are worth: below 0 in half of draws."""


@pytest.mark.parametrize("swap", [SHARED, NO_PAYOFFS])
def test_rounding_makes_nobody_lose_gain_or_threaten(swap: tuple[str, str]) -> None:
    """Nobody adds anything to the others, but for rounding: 0.1 + 0.2 is not quite 0.3."""
    finding = told(LENS, with_given(*ADDITIVE, swap), 8)
    data = finding.data
    for member, row in data["power"].items():
        assert set(row["own_loss"].values()) == set(row["others_loss"].values()) == {0.0}
        assert row["can_threaten"] == 0.0
        assert set(data["losses"][member][member].values()) == {0.0}
    assert data["nobody_loses"] == 1.0
    assert finding.headline.startswith("Nobody would lose anything by anybody's leaving;")
    assert "e−1" not in " ".join((finding.headline, *finding.reasons))
    assert finding.columns["north.own loss"].tolist() == [0.0] * 8


def test_who_costs_the_others_just_what_it_costs_itself_cannot_threaten() -> None:
    """Two who share alike: a propensity of 1, but for rounding."""
    order = np.array([[1.0 + 1e-13, 1.0 - 1e-13]])
    assert not can_threaten(order).any()
    assert can_threaten(np.array([[1.0 + 1e-6, math.inf]])).all()


def test_banzhaf_shares_over_draws_are_medians_of_those_there_are() -> None:
    case = with_given(*TURNED)
    finding = told(LENS, case, 64)
    shares = LENS.run(case, drawn(case, 64), {}).arrays["banzhaf"]
    known = np.isfinite(shares).all(axis=1)
    assert 0 < known.sum() < 64
    said = finding.data["shares"]["banzhaf"]["north"]["value"]
    assert said == pytest.approx(np.median(shares[known, 0]))
    assert "normalised Banzhaf values" in " ".join(finding.warnings)
