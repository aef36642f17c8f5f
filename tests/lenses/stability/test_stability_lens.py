"""The stability lens on a pact."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
import stability_oracle as oracle
from lens_contract import LensContract, drawn, look, told
from stability_models import plain
from toy_pact import STABILITY, TEXT, toy, with_stability

from foedus.lenses.lens import Draws, Finding, Floats
from foedus.lenses.stability.coding.building import conflict
from foedus.lenses.stability.lens import BY_IMPROVEMENTS, BY_MOVES, NOT_AT_ALL
from foedus.lenses.table import LENSES
from foedus.verdict.analysis import analyze

LENS = LENSES["stability"]


class TestStabilityLens(LensContract):
    lens = LENS
    case = with_stability()
    incomplete = with_stability(("  holds_when: north-fights and south-fights\n", ""))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        stable = finding.data["status_quo"]["stable_for"]
        out = {f"{m} {c}": share for m in stable for c, share in stable[m].items()}
        return out | {f"breaks {m}": part for m, part in finding.data["breakers"].items()}

    def test_it_names_what_it_lacks(self) -> None:
        assert self.lens.missing(self.incomplete) == ("stability.holds_when",)


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_every_draw_is_what_the_oracle_says(concept: str) -> None:
    case = with_stability(("  holds_when", f"  concept: {concept}\n  holds_when"))
    draws = drawn(case)
    outcome = look(LENS, case, draws)
    setting = outcome.shared["setting"]
    form = setting.form
    for d, worth in enumerate(setting.utilities(draws)):
        model = plain(conflict(setting.section, form, worth))
        lasting = oracle.equilibria(model, concept)
        everybody = range(len(form.dms))

        def improves(j: int, s: int, t: int, worth: Floats = worth) -> bool:
            return bool(worth[j, t] > worth[j, s])

        better = oracle.reach(model, everybody, form.status_quo, improves)
        near = lasting & (set(better) | {form.status_quo})
        ends = near or lasting & (
            set(oracle.reach(model, everybody, form.status_quo)) | {form.status_quo}
        )
        assert set(np.flatnonzero(outcome.arrays["outcome"][d])) == ends
        share = np.mean([form.holds[s] for s in ends]) if ends else np.nan
        assert outcome.arrays["share_holding"][d] == pytest.approx(share, nan_ok=True)
        way = BY_IMPROVEMENTS if near else BY_MOVES if ends else NOT_AT_ALL
        assert outcome.arrays["way"][d] == way


def test_who_breaks_it_first() -> None:
    sure = (
        ("worth: {mode: 1.5, low: 0.5, high: 3.0}", "worth: 0.5"),
        ("south-sells: {mode: 0.2, low: -1.0, high: 1.5}", "south-sells: 1.0"),
        ("worth: {mode: 2.0, low: 0.5, high: 3.5}", "worth: 3.0"),
    )
    finding = told(LENS, with_stability(*sure))
    assert finding.data["breakers"] == {"north": 0.0, "south": 1.0, "rival": 0.0}
    move = finding.data["breaking_moves"][0]
    assert move["by"] == "south"
    assert move["from"]["chosen"] == ["north-fights", "south-fights"]
    assert not move["to"]["holds"]
    assert finding.share_holding is not None
    assert finding.share_holding.value == 0.0
    assert "Southland’s in 100 % of draws" in finding.headline


def test_a_pact_that_everybody_wants_holds() -> None:
    sure = (
        ("worth: {mode: 1.5, low: 0.5, high: 3.0}", "worth: 5.0"),
        ("worth: {mode: 2.0, low: 0.5, high: 3.5}", "worth: 5.0"),
        ("high: 2.0}}\n    rival", "high: 0.1}}\n    rival"),
        ("mode: 0.5, low: 0.0", "mode: 0.05, low: 0.0"),
    )
    finding = told(LENS, with_stability(*sure))
    assert finding.share_holding is not None
    assert finding.share_holding.value == 1.0
    assert "no member has an unsanctioned improvement" in finding.headline
    assert "The status quo itself is an equilibrium in 100 % of draws." in finding.reasons


def test_draws_in_which_nothing_lasts_are_reported() -> None:
    """Matching pennies: one wants the same, the other the opposite, so no state is Nash stable."""
    text = (
        STABILITY.split("  feasible:")[0]
        + """\
  preferences:
    north: {terms: {same: {when: north-fights iff south-fights, worth: 1}}}
    south: {terms: {other: {when: not (north-fights iff south-fights), worth: 1}}}
    rival: {weights: {rival-offers: {mode: 0.5, low: 0.1, high: 1.0}}}
  concept: nash
  status_quo: [north-fights, south-fights]
  holds_when: north-fights and south-fights
"""
    )
    case = toy(text=TEXT.replace("assumptions:\n", f"{text}assumptions:\n"))
    finding = told(LENS, case)
    assert finding.data["reached"] == {"by_improvements": 0.0, "by_any_moves": 0.0, "none": 1.0}
    assert finding.headline == "In no draw can any equilibrium be reached from the status quo."
    assert finding.warnings


def test_it_informs_beside_endurance_and_a_scenario_may_change_it() -> None:
    swaps = ("lost: {says: Ground is lost.", "lost: {stability.preferences.south.terms.together."
             "worth: 0.1, says: Ground is lost.")  # fmt: skip
    answer = analyze(with_stability(swaps), draws=16, workers=1)
    finding = answer.findings["stability"]
    assert finding.holds is None
    assert answer.holds == answer.findings["endurance"].holds
    assert "stability" in answer.to_dict()["lenses"]
    assert answer.to_dict()["stability"]["concept"] == "seq"
    alone = analyze(
        with_stability(swaps), draws=16, workers=1, scenario="lost", compare_scenarios=False
    )
    less = alone.findings["stability"].share_holding
    assert less is not None
    assert finding.share_holding is not None
    assert less.value < finding.share_holding.value


def test_a_variant_that_changes_only_judgements_keeps_the_model() -> None:
    case = with_stability()
    start = LENS.run(case, Draws.at_modes(case), {})
    other = case.with_values({"stability.preferences.south.terms.together.worth": 0.1})
    again = LENS.run(other, Draws.at_modes(other), {}, start)
    assert again.shared["setting"].ground is start.shared["setting"].ground
    moved = case.with_values({"stability.options.rival-offers.direction": "both"})
    fresh = LENS.run(moved, Draws.at_modes(moved), {}, start)
    assert fresh.shared["setting"].ground is not start.shared["setting"].ground


def test_what_is_not_crisp_is_not_passed_over_in_silence() -> None:
    doubt = (
        "    rival:\n      statements:",
        "    rival:\n      unknown: {d: {between: rival-offers, and: not rival-offers}}\n"
        "      statements:",
    )
    (warning,) = told(LENS, with_stability(doubt)).warnings
    assert "speaks of unknown preferences" in warning
    stance = ("  status_quo:", "  attitudes: {north: {south: positive}}\n  status_quo:")
    (warning,) = told(LENS, with_stability(stance)).warnings
    assert "speaks of attitudes" in warning
    assert told(LENS, with_stability()).warnings == ()
