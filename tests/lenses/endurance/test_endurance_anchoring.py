"""The endurance lens, its anchor taking its rate from the base_rate lens."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from lens_contract import LensContract, drawn, look, told, written
from toy_pact import TEXT, changed, toy

from foedus.case import Case, CaseError, loads
from foedus.ensemble.draws import Table
from foedus.ensemble.run import at_modes, in_order, run
from foedus.lenses.endurance.anchoring import Anchor
from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import LEAVE, solve
from foedus.lenses.endurance.lens import INSIDE
from foedus.lenses.lens import Draws, Finding, Floats, Outcome
from foedus.lenses.table import LENSES, SECTIONS
from foedus.verdict.analysis import analyze

LENS = LENSES["endurance"]
GIVEN = ", yearly_exit: 0.2"
ESTABLISHED = "base_rate:\n  reference_class: {kind: established-sponsor}\n"
SPONSORS = "base_rate:\n  reference_class: {kind: government-sponsor, age: 3}\n"
PARTNERS = "base_rate:\n  reference_class: {kind: war-coalition}\n"
CLOSE = 0.04
"""How far from a draw's rate its exit chance may be, as a share of it.

The curve is straight between a few points."""


def text_with(section: str, *swaps: tuple[str, str]) -> str:
    assert "\nassumptions:\n" in TEXT
    text = TEXT.replace("\nassumptions:\n", f"\n{section}assumptions:\n", 1)
    return changed((GIVEN, ""), *swaps, text=text)


def anchored(section: str = ESTABLISHED, *swaps: tuple[str, str]) -> Case:
    return loads(text_with(section, *swaps), SECTIONS, "toy.yaml")


def modes_of(case: Case) -> Outcome:
    return look(LENS, case, Draws.at_modes(case))


def over(case: Case, size: int) -> Outcome:
    """Over draws, begun from the most likely values as the ensemble does."""
    return look(LENS, case, drawn(case, size), modes_of(case))


def exits(case: Case, numbers: Floats) -> Floats:
    """Mean yearly exit chance of north and south at a level front, all trusted, by number.

    At the most likely values; solved from scratch each time.
    """
    setting = Setting.of(case)
    games = setting.games(Draws.at_modes(case))
    out = []
    for number in numbers:
        game = games._replace(leave_bonus=np.array([number])).packed()[0]
        leave = solve(game, setting.layout).policy()[:, LEAVE, -1, 1]  # five levels: the middle
        out.append(np.mean(1.0 - (1.0 - leave) ** 12.0))
    return np.array(out)


class TestEnduranceOnTheBaseRate(LensContract):
    lens = LENS
    case = anchored()
    incomplete = toy(("      capability: 1.0\n", ""))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        data = finding.data
        out = {f"first {m}": share for m, share in data["first_leaver"].items()}
        for member in data["first_leaver"]:
            out[f"leaves {member}"] = data["incidence"][member]["value"]
        return out


# What it needs


def test_without_a_rate_of_its_own_it_needs_the_base_rate() -> None:
    bare = toy(("  anchor: {members: [north, south], yearly_exit: 0.2, because: [e2]}\n", ""))
    assert LENS.needs(anchored()) == ("base_rate",)
    assert LENS.needs(toy()) == ()
    assert LENS.needs(bare) == ()


def test_a_case_without_the_section_is_told_to_write_it() -> None:
    case = anchored("")
    assert LENSES["base_rate"].missing(case) == ("a section `base_rate`",)
    with pytest.raises(Exception, match="base_rate") as caught:
        analyze(case, draws=8, workers=1)
    assert getattr(caught.value, "bad_input", False)


def test_a_section_without_a_class_is_told_too() -> None:
    with pytest.raises(Exception, match=r"base_rate\.reference_class") as caught:
        analyze(anchored("base_rate: {}\n"), draws=8, workers=1)
    assert getattr(caught.value, "bad_input", False)


def test_an_anchor_on_a_member_that_is_not_asked_about_is_refused() -> None:
    swap = ("  members: [north, south]\n", "  members: [north, south]\n  holds_while: [north]\n")
    text = text_with(ESTABLISHED, swap)
    line = 1 + text.splitlines().index("  anchor: {members: [north, south], because: [e2]}")
    with pytest.raises(CaseError) as caught:
        loads(text, SECTIONS, "toy.yaml")
    (said,) = str(caught.value).splitlines()
    assert said.startswith(f"toy.yaml:{line}: endurance.anchor.members: ")
    assert "pact.holds_while (north)" in said
    assert "'south'" in said
    assert "yearly_exit" in said
    given = toy(swap)  # with a rate of its own it stays allowed
    assert LENS.missing(given) == ()


# The rate


@pytest.mark.parametrize("section", [ESTABLISHED, SPONSORS, PARTNERS])
def test_at_the_modes_the_members_leave_at_the_class_rate(section: str) -> None:
    case = anchored(section)
    base = look(LENSES["base_rate"], case, Draws.at_modes(case))
    rate = float(base.arrays["yearly"].mean())
    number = modes_of(case).shared["anchor"].number
    assert exits(case, np.array([number]))[0] == pytest.approx(rate, rel=1e-6)


def test_a_certain_base_rate_is_a_rate_that_is_given() -> None:
    certain = anchored(SPONSORS + "  rate_deviation: 0.4\n")
    base = look(LENSES["base_rate"], certain, Draws.at_modes(certain))
    rate = float(base.arrays["yearly"][0].mean())
    given = certain.with_values({"endurance.anchor.yearly_exit": rate})
    numbers = [modes_of(case).shared["anchor"].number for case in (certain, given)]
    assert numbers[0] == pytest.approx(numbers[1], abs=1e-9)
    arrays = [over(case, 16).arrays for case in (certain, given)]
    np.testing.assert_allclose(arrays[0]["anchor_rate"], rate, rtol=1e-12)
    for key in ("holds", "held", "survival", "next"):
        np.testing.assert_allclose(arrays[0][key], arrays[1][key], atol=1e-7)


def test_only_the_anchors_members_count_for_its_rate() -> None:
    section = SPONSORS + "  ties: {north: {age: 0}}\n"
    both, south = (
        anchored(section, ("anchor: {members: [north, south]", f"anchor: {{members: [{who}]"))
        for who in ("north, south", "south")
    )
    yearly = look(LENSES["base_rate"], both, drawn(both, 8)).arrays["yearly"]
    assert np.all(yearly[:, 0] > yearly[:, 1])
    np.testing.assert_allclose(over(both, 8).arrays["anchor_rate"], yearly.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(over(south, 8).arrays["anchor_rate"], yearly[:, 1], rtol=1e-12)


def test_every_draw_has_the_rate_of_its_own_base_rate() -> None:
    case = anchored()
    outcome = over(case, 32)
    yearly = look(LENSES["base_rate"], case, drawn(case, 32)).arrays["yearly"]
    np.testing.assert_array_equal(outcome.arrays["anchor_rate"], yearly.mean(axis=1))
    data = told_from(case, outcome, 32).data["anchor"]
    assert data["from"] == "base_rate"
    assert data["yearly_exit"] == pytest.approx(float(yearly.mean()))
    told_rate = data["yearly_exit_interval"]
    assert told_rate["low"] < told_rate["value"] < told_rate["high"]
    assert told(LENS, toy(), 8).data["anchor"]["from"] == "given"


def told_from(case: Case, outcome: Outcome, size: int) -> Finding:
    return LENS.find(case, drawn(case, size), outcome)


def test_the_inside_view_does_not_see_the_rate() -> None:
    inside = [
        over(anchored(section), 8).arrays["held"][:, INSIDE] for section in (ESTABLISHED, PARTNERS)
    ]
    np.testing.assert_allclose(inside[0], inside[1], atol=1e-7)


# The curve


@pytest.mark.parametrize("section", [ESTABLISHED, SPONSORS, PARTNERS])
def test_the_more_leave_the_more_leaving_pays(section: str) -> None:
    anchor = modes_of(anchored(section)).shared["anchor"]
    assert anchor.numbers.size > 2
    assert np.all(np.diff(anchor.log_rates) > 0.0)
    assert np.all(np.diff(anchor.numbers) > 0.0)
    rates = np.exp(np.linspace(anchor.log_rates[0] - 1.0, -0.01, 200))
    assert np.all(np.diff(anchor.of(rates)) > 0.0)


@pytest.mark.parametrize("section", [ESTABLISHED, SPONSORS, PARTNERS])
def test_every_draws_number_gives_its_rate(section: str) -> None:
    case = anchored(section)
    outcome = over(case, 128)
    rates = np.quantile(outcome.arrays["anchor_rate"], [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0])
    found = exits(case, outcome.shared["anchor"].of(rates))
    np.testing.assert_allclose(found, rates, rtol=CLOSE)


def test_the_curve_goes_through_exit_chances_that_are_so() -> None:
    case = anchored()
    anchor = modes_of(case).shared["anchor"]
    found = exits(case, anchor.numbers)
    np.testing.assert_allclose(found, np.exp(anchor.log_rates), rtol=1e-5)


@pytest.mark.parametrize("precision", [40, 60])
def test_very_sure_members_leave_at_the_rate_too(precision: int) -> None:
    """Surer members answer the number in jumps, and the curve has to follow them."""
    case = anchored(ESTABLISHED, ("precision: 10", f"precision: {precision}"))
    outcome = over(case, 64)
    rates = np.quantile(outcome.arrays["anchor_rate"], [0.05, 0.25, 0.5, 0.75, 0.95])
    found = exits(case, outcome.shared["anchor"].of(rates))
    np.testing.assert_allclose(found, rates, rtol=0.1)


def test_between_its_points_a_curve_is_straight_and_goes_on() -> None:
    anchor = Anchor(1.0, np.log(np.array([0.1, 0.2, 0.4])), np.array([0.0, 1.0, 3.0]))
    rates = np.array([0.05, 0.1, 0.1 * 2**0.5, 0.2, 0.2 * 2**0.5, 0.4, 0.8])
    np.testing.assert_allclose(anchor.of(rates), [-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 5.0], atol=1e-12)


def test_a_curve_of_one_point_gives_its_number_always() -> None:
    anchor = Anchor(0.3, np.zeros(1), np.array([0.3]))
    assert anchor.of(np.array([0.01, 0.5])).tolist() == [0.3, 0.3]


# Slices and comparisons


def test_slices_begun_from_the_modes_are_the_whole() -> None:
    case, size = anchored(), 32
    start, draws = modes_of(case), drawn(case, size)
    parts = [look(LENS, case, draws.part(a, b), start) for a, b in ((0, 5), (5, 16), (16, size))]
    assert written(Outcome.join(parts)) == written(look(LENS, case, draws, start))


def test_the_ensemble_gives_the_same_bytes_for_any_workers() -> None:
    case, size = anchored(), 16
    lenses = in_order({name: LENSES[name] for name in ("base_rate", "endurance")}, case)
    table = Table.over([case], 1)
    modes = at_modes(case, lenses)
    runs = [
        run({"": case}, lenses, table, table.uniforms(size), modes, size, workers)[""]
        for workers in (1, 2)
    ]
    bytes_of = [written(each.outcomes["endurance"]) for each in runs]
    assert bytes_of[0] == bytes_of[1]
    assert bytes_of[0] == written(over(case, size))


def test_a_comparison_takes_the_anchor_and_its_own_rates() -> None:
    """What another class of pacts does to the answer is seen; what is judged is not calibrated
    anew."""
    case = anchored()
    start = modes_of(case)
    other = case.with_values({"endurance.precision": 6.0})
    outcome = look(LENS, other, drawn(other, 8), start)
    assert outcome.shared["anchor"] is start.shared["anchor"]
    assert modes_of(other).shared["anchor"].number != pytest.approx(start.shared["anchor"].number)
    bolder = case.with_values({"base_rate.rate_deviation": 2.0})
    raised = look(LENS, bolder, drawn(bolder, 8), start)
    assert raised.shared["anchor"] is start.shared["anchor"]
    assert np.all(raised.arrays["anchor_rate"] > 0.1)
    assert np.all(raised.arrays["holds"][:, -1] < 1.0)
    milder = case.with_values({"base_rate.rate_deviation": -2.0})
    lower = look(LENS, milder, drawn(milder, 8), start)
    assert np.all(lower.arrays["holds"][:, -1] > raised.arrays["holds"][:, -1])


def test_an_analysis_with_another_class_moves_the_headline() -> None:
    case = anchored()
    plain = analyze(case, draws=16, workers=1, compare_scenarios=False)
    other = analyze(
        case, draws=16, workers=1, compare_scenarios=False,
        set_values={"base_rate.reference_class.kind": "war-coalition"},
    )  # fmt: skip
    held = [answer.findings["endurance"].data for answer in (plain, other)]
    assert held[0]["anchor"]["a"] == held[1]["anchor"]["a"]
    assert held[0]["anchor"]["yearly_exit"] < held[1]["anchor"]["yearly_exit"]
    assert held[0]["holds"]["value"] > held[1]["holds"]["value"]


def test_a_rate_set_in_place_of_the_base_rate_is_taken() -> None:
    """From the same curve: a rate that is given is one more point on it."""
    case = anchored()
    start = modes_of(case)
    given = case.with_values({"endurance.anchor.yearly_exit": 0.15})
    assert LENS.needs(given) == ()
    outcome = look(LENS, given, drawn(given, 8), start)
    assert outcome.arrays["anchor_rate"].tolist() == [0.15] * 8
    found = exits(case, start.shared["anchor"].of(np.array([0.15])))
    assert found[0] == pytest.approx(0.15, rel=CLOSE)


def test_a_base_rate_set_in_place_of_a_rate_is_taken() -> None:
    """A case with a rate of its own, compared with the same on the base rate, has to differ."""
    given = loads(
        TEXT.replace("\nassumptions:\n", f"\n{ESTABLISHED}assumptions:\n", 1), SECTIONS, "toy.yaml"
    )
    other = anchored()
    start = look(LENS, given, drawn(given, 8), modes_of(given))
    outcome = look(LENS, other, drawn(other, 8), start)
    assert outcome.arrays["anchor_rate"].max() < 0.2
    assert np.all(outcome.arrays["holds"][:, -1] > start.arrays["holds"][:, -1])
