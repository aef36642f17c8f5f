"""The bargaining lens on a pact."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest
from bargaining_toy import with_bargaining
from lens_contract import LensContract, drawn, look, told

from foedus.lenses.bargaining.game import Offer, Play
from foedus.lenses.bargaining.pulls import pulls, side_of, traffic
from foedus.lenses.bargaining.setting import Setting
from foedus.lenses.bargaining.variants import MOVING, NAMES, VARIANTS
from foedus.lenses.lens import Finding
from foedus.lenses.table import LENSES
from foedus.verdict.analysis import analyze

LENS = LENSES["bargaining"]
NO_LINES = (
    ("          accepts: {least: {mode: 12, low: 4, high: 18}, because: [e1]}\n", ""),
    ("          accepts: {least: 0, most: {mode: 14, low: 8, high: 22}}\n", ""),
    (", accepts: {least: 0.1}}", "}"),
)
"""The toy without any red line."""


class TestBargainingLens(LensContract):
    lens = LENS
    case = with_bargaining()
    incomplete = with_bargaining(("    south: 0.6\n", ""))

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return {
            f"{name} {member} {what}": row[what]["value"]
            for name, issue in finding.data["issues"].items()
            for member, row in issue["members"].items()
            for what in ("asked", "position", "weight")
        }

    def test_it_names_what_it_lacks(self) -> None:
        assert self.lens.missing(self.incomplete) == ("bargaining.capability.south",)


def test_every_draw_is_what_a_single_game_gives() -> None:
    case = with_bargaining()
    draws = drawn(case)
    outcome = look(LENS, case, draws)
    border = Setting.of(case).grounds[0]
    games = border.games(draws)
    for d in range(0, draws.size, 5):
        game = games.game(d)
        for v, name in enumerate(NAMES):
            play = VARIANTS[name].play(game)
            told = outcome.arrays["forecast"][d, 0, v]
            assert told == pytest.approx(border.back(play.forecast)[0], abs=1e-9), name
            if name in MOVING:
                ends = outcome.arrays["final"][d, 0, MOVING.index(name), :3]
                assert ends == pytest.approx(border.back(play.history[-1, :, 0]), abs=1e-9), name


def test_positions_a_little_apart_count_as_one_in_the_election() -> None:
    """Else a draw would make two options of what was judged to be one position."""
    swap = ("position: {mode: 4, low: -4, high: 12}", "position: {mode: 24, low: 23.9, high: 24.1}")
    alike = ("{mode: 24, low: 18, high: 30, because: [e2]}", "24")
    one = told(LENS, with_bargaining(swap, alike)).data["issues"]["border"]["settlement"]
    same = (swap[0], "position: 24")
    two = told(LENS, with_bargaining(same, alike)).data["issues"]["border"]["settlement"]
    assert one["value"] == pytest.approx(two["value"], abs=0.1)


def test_the_pact_holds_where_every_settlement_is_in_every_members_range() -> None:
    case = with_bargaining()
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    settled = outcome.arrays["forecast"][:, :, NAMES.index("pce")]
    for d in range(draws.size):
        border, tribute = settled[d]
        least = draws["bargaining.issues.border.actors.north.accepts.least"][d]
        most = draws["bargaining.issues.border.actors.south.accepts.most"][d]
        north, south = border >= least, 0.0 <= border <= most
        assert outcome.arrays["acceptable"][d, 0, :2].tolist() == [north, south]
        assert np.isnan(outcome.arrays["acceptable"][d, 0, 2])
        assert outcome.arrays["share_holding"][d] == (north and south and tribute >= 0.1)
    finding = LENS.find(case, draws, outcome)
    assert finding.share_holding is not None
    assert finding.share_holding.value == outcome.arrays["share_holding"].mean()
    assert set(np.unique(finding.columns["share_holding"])) <= {0.0, 1.0}
    members = finding.data["issues"]["border"]["members"]
    for member in ("north", "south"):
        crossed = members[member]["crossed"]
        apart = crossed["below"] + crossed["above"]
        assert members[member]["acceptable"] == pytest.approx(1.0 - apart)


def test_a_drawn_settlement_is_acceptable_with_the_probability_of_the_positions_inside() -> None:
    case = with_bargaining()
    draws = drawn(case)
    outcome = look(LENS, case, draws)
    probability = outcome.arrays["probability"][:, 0, :3]
    assert probability.sum(axis=1) == pytest.approx(1.0)
    positions = Setting.of(case).grounds[0].games(draws).positions[:, :, 0] * 40.0 - 10.0
    least = draws["bargaining.issues.border.actors.north.accepts.least"]
    most = draws["bargaining.issues.border.actors.south.accepts.most"]
    floor = np.maximum(least, 0.0)
    inside = (positions >= floor[:, None]) & (positions <= most[:, None])
    expected = (probability * inside).sum(axis=1)
    assert outcome.arrays["chance"][:, 0] == pytest.approx(expected)


def test_without_red_lines_there_is_no_share_and_a_warning() -> None:
    finding = told(LENS, with_bargaining(*NO_LINES))
    assert finding.share_holding is None
    assert finding.data["share_holding"] is None
    assert "share_holding" not in finding.columns
    assert "No member has a red line" in finding.warnings[0]
    assert "red line" not in finding.headline


def test_a_member_without_red_lines_is_named() -> None:
    finding = told(LENS, with_bargaining(NO_LINES[0]))
    assert finding.share_holding is not None
    assert finding.warnings[0].startswith("Northland has no red line on any issue")


def test_the_headline_tells_settlement_mean_and_red_line() -> None:
    finding = told(LENS, with_bargaining())
    assert finding.headline.startswith("“Where the border runs” settles at ")
    assert " on -10 to 30 (" in finding.headline.replace("−", "-")
    assert "Along the river" in finding.headline
    assert "; the weighted mean is " in finding.reasons[0]
    assert "; the red line crossed most often is " in finding.reasons[0]
    assert "on all 2 issues in " in finding.headline


def test_reasons_tell_strain_pulls_levers_spread_and_record() -> None:
    told_ = " ".join(told(LENS, with_bargaining()).reasons)
    for words in (
        "the members stand ",
        "bargains among members",
        "hangs on most",
        "The models’ mean settlements run from ",
        "On 353 real issues of the European Union the mean error",
    ):
        assert words in told_


def test_models_that_cannot_run_say_why_and_the_others_run() -> None:
    envoy = "        envoy: {position: 0.5, salience: 0.2, capability: 0.1}\n"
    start = "        north: {position: 0.9, salience: 0.4,"
    north = f"{start} capability: {{mode: 0.3, low: 0.2, high: 0.5}}}}\n"
    finding = told(LENS, with_bargaining((envoy, ""), (north, "")))
    tribute = finding.data["issues"]["tribute"]["variants"]
    for name in ("smp:ktab", "smp:abstain"):
        assert tribute[name]["failed"] == "needs at least 3 actors, here are 2"
        assert finding.data["issues"]["border"]["variants"][name]["failed"] is None
    assert tribute["nbs"]["failed"] == "needs a reference_point: what holds without agreement"
    for name in ("pce", "wmean", "eum:printed"):
        assert tribute[name]["failed"] is None
        assert np.isfinite(tribute[name]["value"])
    assert finding.data["issues"]["tribute"]["turns"] is None
    said = " ".join(finding.warnings)
    assert "smp:ktab and smp:abstain could not run on tribute: needs at least 3 actors" in said
    assert "nbs could not run on tribute: needs a reference_point" in said


def test_models_that_do_not_come_to_rest_and_agreements_nobody_gains_by_are_told() -> None:
    case = with_bargaining()
    draws = drawn(case)
    outcome = look(LENS, case, draws)
    arrays = {key: array.copy() for key, array in outcome.arrays.items()}
    arrays["settled"][:24, 1, NAMES.index("eum:printed")] = 0.0
    arrays["settled"][24:, 1, NAMES.index("eum:printed")] = 1.0
    arrays["agreed"][:, 0, NAMES.index("nbs")] = 0.0
    arrays["settled"][:, :, NAMES.index("eum:eu-first")] = 1.0
    changed = dataclasses.replace(outcome, arrays=arrays)
    said = " ".join(LENS.find(case, draws, changed).warnings)
    assert "rounds were over, on the issue where it is most: " in said
    assert "eum:printed (75 % of draws)" in said
    assert "eu-first (" not in said
    assert "over the reference point in 100 % of draws on border;" in said


def test_a_headline_model_that_cannot_run_is_missing_something() -> None:
    case = with_bargaining(("  issues:\n    border", "  variant: nbs\n  issues:\n    border"))
    (lacks,) = LENS.missing(case)
    assert lacks.startswith("bargaining.issues.tribute: nbs needs a reference_point")


@pytest.mark.parametrize("variant", ["wmean", "pce:conditional", "smp:abstain", "eum:printed"])
def test_any_model_may_be_the_headlines(variant: str) -> None:
    start = ("  issues:\n    border", f"  variant: {variant}\n  issues:\n    border")
    case = with_bargaining(start)
    draws = drawn(case)
    outcome = look(LENS, case, draws)
    finding = LENS.find(case, draws, outcome)
    column = finding.columns["border.settlement"]
    np.testing.assert_array_equal(column, outcome.arrays["forecast"][:, 0, NAMES.index(variant)])
    assert finding.data["issues"]["border"]["headline"] == variant
    assert finding.data["issues"]["border"]["levers"]


def test_the_distribution_is_one_over_the_scale() -> None:
    issue = told(LENS, with_bargaining(), 64).data["issues"]["border"]
    points = issue["distribution"]["points"]
    assert sum(point["probability"] for point in points) == pytest.approx(1.0)
    mean = sum(point["probability"] * point["at"] for point in points)
    assert mean == pytest.approx(issue["settlement"]["value"], abs=0.5)
    assert points[0]["at"] == pytest.approx(-10 + 0.4)
    assert issue["distribution"]["low"] < issue["settlement"]["value"]
    assert issue["distribution"]["high"] > issue["settlement"]["value"]


@pytest.mark.parametrize("variant", ["wmean", "pce", "smp:ktab"])
def test_levers_are_what_a_tenth_does(variant: str) -> None:
    start = ("  issues:\n    border", f"  variant: {variant}\n  issues:\n    border")
    loose = with_bargaining(start).quantities()
    case = with_bargaining(start).with_values({p: q.mode for p, q in loose.items() if not q.fixed})
    levers = told(LENS, case, 8).data["issues"]["border"]["levers"]
    assert len(levers) == 9
    for lever in levers:
        mode = case.quantities()[lever["path"]].mode
        step = {"position": 4.0, "salience": 0.1, "capability": 0.1 * mode}[lever["kind"]]
        ends = (mode - step, mode + step)
        if lever["kind"] == "position":
            ends = (max(ends[0], -10.0), min(ends[1], 30.0))
        settled = [
            told(LENS, case.with_values({lever["path"]: end}), 8)
            .data["issues"]["border"]["settlement"]["value"]
            for end in ends
        ]  # fmt: skip
        slope = (settled[1] - settled[0]) / (ends[1] - ends[0])
        assert lever["per_unit"] == pytest.approx(slope, abs=1e-9), lever["path"]
        assert lever["a_tenth"] == pytest.approx(slope * step, abs=1e-9)
    biggest = [abs(lever["a_tenth"]) for lever in levers]
    assert biggest == sorted(biggest, reverse=True)


def test_a_member_at_the_settlement_is_asked_for_nothing() -> None:
    """With one voice that counts for all but nothing else, the mean is where it stands."""
    start = ("  issues:\n    border", "  variant: wmean\n  issues:\n    border")
    sure = (("{mode: 1.0, low: 0.8, high: 1.2, because: [e1]}", "1000000"),)
    members = told(LENS, with_bargaining(start, *sure)).data["issues"]["border"]["members"]
    assert members["north"]["asked"]["value"] == pytest.approx(0.0, abs=1e-3)
    assert members["south"]["asked_to_move"]["value"] > 10.0


def test_a_weightless_issue_is_told_and_breaks_nothing() -> None:
    swaps = (
        ("salience: 0.4", "salience: 0"),
        ("salience: 0.6, acc", "salience: 0, acc"),
        ("salience: 0.2", "salience: 0"),
        ("{mode: 0.9, low: 0.7, high: 1.0}", "0"),
    )
    finding = told(LENS, with_bargaining(*swaps))
    tribute = finding.data["issues"]["tribute"]
    assert "nobody has any weight" in tribute["variants"]["pce"]["failed"]
    assert tribute["levers"] == []
    assert any("no settlement in 100 % of draws" in said for said in finding.warnings)


def test_it_informs_beside_endurance_and_a_scenario_may_change_it() -> None:
    path = "bargaining.issues.border.actors.rival.position"
    swaps = ("lost: {says: Ground is lost.", f"lost: {{{path}: 20, says: Ground is lost.")
    answer = analyze(with_bargaining(swaps), draws=16, workers=1)
    finding = answer.findings["bargaining"]
    assert finding.holds is None
    assert answer.holds == answer.findings["endurance"].holds
    data = answer.to_dict()
    assert data["lenses"]["bargaining"]["share_holding"] is not None
    assert data["bargaining"]["variant"] == "pce"
    alone = analyze(
        with_bargaining(swaps), draws=16, workers=1, scenario="lost", compare_scenarios=False
    )
    moved = alone.findings["bargaining"].data["issues"]["border"]["settlement"]["value"]
    assert moved > finding.data["issues"]["border"]["settlement"]["value"]


# Who pulls whom -----------------------------------------------------------------------------------


def offer(turn: int, i: int, j: int, to: tuple[float, float], value: float, chosen: bool) -> Offer:
    return Offer(turn, i, j, (to[0],), (to[1],), value, chosen)


PLAYED = Play(
    "smp:abstain",
    np.array([[0.0, 1.0, 0.4], [0.2, 0.6, 0.4], [0.3, 0.6, 0.4]])[:, :, None],
    np.array([0.5]),
    ledger=(
        offer(1, 0, 1, (0.2, 0.8), 0.3, True),
        offer(1, 2, 1, (0.4, 0.6), 0.1, True),
        offer(1, 1, 2, (0.7, 0.5), 0.2, False),
        offer(2, 2, 0, (0.4, 0.3), 0.1, True),
    ),
)
"""Three actors: 0 goes to meet 1, 1 goes to meet 2 instead, 0 then goes to meet 2."""


def test_who_moved_whom_is_read_from_where_each_ended() -> None:
    found = {(pull.who, pull.by): (pull.moved, pull.way, pull.share) for pull in pulls(PLAYED)}
    assert found == {
        (1, 2): pytest.approx((-0.4, 0.4, 0.4 / 0.7)),
        (0, 1): pytest.approx((0.2, 0.2, 0.2 / 0.7)),
        (0, 2): pytest.approx((0.1, 0.1, 0.1 / 0.7)),
    }
    assert [pull.who for pull in pulls(PLAYED)] == [1, 0, 0]


def test_traffic_is_told_apart_by_sides() -> None:
    assert side_of(0, 1, (0, 1)) == "among members"
    assert side_of(2, 1, (0, 1)) == "between the sides"
    assert side_of(2, 3, (0, 1)) == "among the others"
    counted = traffic(PLAYED, (0, 1))
    inside, across = counted["among members"], counted["between the sides"]
    assert (inside.proposed, inside.chosen, inside.way) == (1, 1, pytest.approx(0.2))
    assert (across.proposed, across.chosen, across.way) == (3, 2, pytest.approx(0.5))
    assert counted["among the others"].proposed == 0
