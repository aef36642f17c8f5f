from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from lens_contract import LensContract, drawn, look, told
from toy_pact import certain, toy

from foedus.case import Case
from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import DEFEAT, LEAVE, solve
from foedus.lenses.endurance.lens import ANCHORED, INSIDE
from foedus.lenses.lens import Draws, Finding, Interval, Outcome
from foedus.lenses.table import LENSES
from foedus.verdict.analysis import Analysis, analyze

LENS = LENSES["endurance"]
UNTIL = ("horizon: 2016-12-31", "horizon: {}")


def ending(day: str, *more: tuple[str, str]) -> Case:
    return toy((UNTIL[0], UNTIL[1].format(day)), *more)


class TestEnduranceLens(LensContract):
    lens = LENS
    case = toy()
    incomplete = toy(
        ("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", ""),
        ("      capability: 1.0\n", ""),
    )

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        data = finding.data
        out = {f"first {m}": share for m, share in data["first_leaver"].items()}
        for member in data["first_leaver"]:
            out[f"leaves {member}"] = data["incidence"][member]["value"]
            out |= {f"{member} {act}": i["value"] for act, i in data["next_step"][member].items()}
            out |= {f"{member} loses {o}": i["value"] for o, i in data["loss"][member].items()}
            out |= {f"{member} for {f}": row[member] for f, row in data["split"].items()}
        return out

    def test_it_names_each_number_it_lacks(self) -> None:
        assert self.lens.missing(self.incomplete) == (
            "endurance.opponents.strength",
            "endurance.members.north.capability",
        )

    def test_it_takes_two_to_six_members(self) -> None:
        ids = [f"m{k}" for k in range(7)]
        many = toy().with_values(
            {f"actors.{i}": {"name": i, "kind": "state"} for i in ids}
            | {"pact.members": ids, "endurance": {}, "assumptions": {}, "scenarios": {}}
        )
        assert any("2 to 6 members" in what for what in self.lens.missing(many))


def modes_of(case: Case) -> Outcome:
    return LENS.run(case, Draws.at_modes(case), {})


# The anchor


@pytest.mark.parametrize("levels", [5, 6])
@pytest.mark.parametrize(
    ("step", "steps"), [("month", 12.0), ("quarter", 4.0), ("week", 365.25 / 7)]
)
@pytest.mark.parametrize("sponsors", [("north", "south"), ("north",)])
def test_at_the_modes_the_sponsors_leave_at_the_anchors_rate(
    levels: int, step: str, steps: float, sponsors: tuple[str, ...]
) -> None:
    case = toy().with_values(
        {
            "endurance.levels.front": levels,
            "endurance.step": step,
            "endurance.anchor.members": list(sponsors),
        }
    )
    number = modes_of(case).shared["anchor"].number
    setting = Setting.of(case)
    game = setting.games(Draws.at_modes(case))._replace(leave_bonus=np.array([number]))
    found = solve(game.packed()[0], setting.layout)
    assert found.settled
    leave = found.policy()[:, LEAVE, -1]  # full trust is the last joint state
    middle = (levels - 1) / 2.0 - 1.0
    at_even = 0.5 * (leave[:, int(np.floor(middle))] + leave[:, int(np.ceil(middle))])
    yearly = [1.0 - (1.0 - at_even[case.pact.members.index(m)]) ** steps for m in sponsors]
    assert np.mean(yearly) == pytest.approx(0.2, abs=1e-8)


def test_one_number_holds_for_draws_scenarios_and_settings(answer: Analysis, pact: Case) -> None:
    number = modes_of(pact).shared["anchor"].number
    assert number != 0.0
    assert answer.findings["endurance"].data["anchor"]["a"] == number
    for start in (None, modes_of(pact)):
        assert look(LENS, pact, drawn(pact, 8), start).shared["anchor"].number == number
    values = {"endurance.precision": 6.0}
    assert modes_of(pact.with_values(values)).shared["anchor"].number != pytest.approx(number)
    for options in ({"set_values": values}, {"scenario": "offer"}):
        other = analyze(pact, draws=8, workers=1, compare_scenarios=False, **options)
        assert other.findings["endurance"].data["anchor"]["a"] == number


def test_without_an_anchor_both_views_are_one() -> None:
    case = toy(("  anchor: {members: [north, south], yearly_exit: 0.2, because: [e2]}\n", ""))
    finding = told(LENS, case)
    assert finding.data["anchor"]["a"] == 0.0
    assert finding.data["anchor"]["yearly_exit"] is None
    assert finding.columns["holds"].tobytes() == finding.columns["holds_inside"].tobytes()
    assert finding.data["anchor"]["inside"] == finding.data["holds"]
    assert any("anchor" in warning for warning in finding.warnings)


def test_the_inside_view_is_the_case_without_its_anchor(pact: Case) -> None:
    bare = toy(("  anchor: {members: [north, south], yearly_exit: 0.2, because: [e2]}\n", ""))
    inside = told(LENS, pact).columns["holds_inside"]
    assert inside == pytest.approx(told(LENS, bare).columns["holds"], abs=1e-6)


@pytest.mark.parametrize("precision", [0, 1e-6])
def test_a_rate_that_cannot_be_reached_is_refused(precision: float, pact: Case) -> None:
    with pytest.raises(ValueError, match=r"yearly exit chance of 0\.2; give another anchor"):
        modes_of(pact.with_values({"endurance.precision": precision}))


def test_an_anchor_is_found_for_very_sure_members() -> None:
    assert np.isfinite(modes_of(toy(("precision: 10", "precision: 200"))).shared["anchor"].number)


@pytest.mark.parametrize("rate", ["1e-9", "1e-12"])
def test_a_very_small_rate_is_found(rate: str) -> None:
    case = toy(("yearly_exit: 0.2", f"yearly_exit: {rate}"))
    setting = Setting.of(case)
    games = setting.games(Draws.at_modes(case))
    number = modes_of(case).shared["anchor"].number
    found = solve(games._replace(leave_bonus=np.array([number])).packed()[0], setting.layout)
    leave = found.policy()[:, LEAVE, -1, 1]
    yearly = -np.expm1(12.0 * np.log1p(-leave)).mean()
    assert yearly == pytest.approx(float(rate), rel=1e-3)


def test_where_one_starts_does_not_show_in_small_chances(pact: Case) -> None:
    setting = Setting.of(pact)
    games = setting.games(Draws.at_modes(pact))

    def row(number: float) -> np.ndarray:
        return games._replace(leave_bonus=np.array([number])).packed()[0]

    cold = solve(row(-1.55), setting.layout)
    warm = solve(row(-1.55), setting.layout, solve(row(-3.15), setting.layout).play)
    assert warm.settled
    np.testing.assert_allclose(
        np.log(warm.policy()[:, LEAVE]), np.log(cold.policy()[:, LEAVE]), atol=1e-5
    )


def test_what_is_shared_is_frozen_too(pact: Case) -> None:
    outcome = modes_of(pact)
    arrays = [*outcome.carry.values(), outcome.shared["split"]]
    arrays += outcome.shared["strengths"].values()
    assert not any(array.flags.writeable for array in arrays)


# What adds up


@pytest.mark.parametrize("day", ["2016-06-20", "2016-12-31", "2017-06-12", "2018-01-15"])
@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_trends_incidence_and_leavers_add_up(day: str, step: str) -> None:
    case = ending(day).with_values({"endurance.step": step})
    draws = drawn(case, 16)
    outcome = look(LENS, case, draws)
    data = LENS.find(case, draws, outcome).data
    trends = data["trends"].values()
    assert data["convergence"]["not_settled"] == []
    assert sum(t["probability"] for t in trends) == pytest.approx(1.0, abs=1e-9)
    held = sum(t["probability"] * (t["holds_given"] or 0.0) for t in trends)
    assert held == pytest.approx(data["holds"]["value"], abs=1e-9)
    assert sum(data["first_leaver"].values()) == pytest.approx(1.0, abs=1e-12)
    whole = outcome.arrays["causes"].sum(axis=2) + outcome.arrays["survival"]
    np.testing.assert_allclose(whole, 1.0, atol=1e-10)
    assert np.all(outcome.arrays["holds"] >= outcome.arrays["survival"] - 1e-12)
    assert np.all(np.diff(outcome.arrays["survival"]) <= 1e-12)


def test_incidence_and_survival_make_one_at_whole_steps() -> None:
    case = ending("2016-07-10", ("  precision: 10", "  step: week\n  precision: 10"))
    data = told(LENS, case, 16).data
    assert len(data["survival"]) == 5
    assert [row["t"] for row in data["survival"]] == [0, 1, 2, 3, 4]
    assert data["survival"][0]["value"] == 1.0
    over = sum(cause["value"] for cause in data["incidence"].values())
    assert over + data["survival"][-1]["value"] == pytest.approx(1.0, abs=1e-10)
    assert sum(cause["leads"] for cause in data["incidence"].values()) == pytest.approx(1.0)


def test_the_split_adds_up_to_the_whole(pact: Case) -> None:
    outcome = modes_of(pact)
    finding = LENS.find(pact, Draws.at_modes(pact), outcome)
    split = finding.data["split"]
    assert len(split) == 7
    sums = {who: sum(row[who] for row in split.values()) for who in ("pact", "north", "south")}
    assert sums["pact"] == pytest.approx(1.0 - finding.data["holds"]["value"], abs=1e-7)
    for member in pact.pact.members:
        leaves = finding.data["next_step"][member]["leave"]["value"]
        assert sums[member] == pytest.approx(leaves, abs=1e-7)


def test_the_split_of_the_draws_is_that_of_the_modes(answer: Analysis, pact: Case) -> None:
    outcome = modes_of(pact)
    finding = LENS.find(pact, Draws.at_modes(pact), outcome)
    assert answer.findings["endurance"].data["split"] == finding.data["split"]
    assert answer.findings["endurance"].data["strengths"] == finding.data["strengths"]


def test_the_share_of_blame_that_is_deserved_is_a_share(answer: Analysis) -> None:
    assert 0.0 < answer.findings["endurance"].data["blame_deserved"] < 1.0


# Starts, horizons, ends


def test_a_change_of_the_start_alone_is_the_other_cases_answer(
    answer: Analysis, pact: Case
) -> None:
    apart = analyze(pact.scenario("lost"), draws=64, workers=1, compare_scenarios=False)
    number = answer.findings["endurance"].data["anchor"]["a"]
    assert apart.findings["endurance"].data["anchor"]["a"] == pytest.approx(number, abs=1e-9)
    (lost,) = (s for s in answer.scenarios if s.id == "lost")
    assert lost.holds.to_dict() == pytest.approx(apart.holds.to_dict(), abs=1e-6)
    assert lost.change < -0.02
    assert lost.first_leaver == pytest.approx(
        apart.findings["endurance"].data["first_leaver"], abs=1e-6
    )


def test_between_steps_the_logarithm_is_interpolated() -> None:
    case = ending("2016-12-31", ("  precision: 10", "  step: quarter\n  precision: 10"))
    outcome = look(LENS, case, drawn(case, 16))
    steps = 202 / (365.25 / 4)
    assert outcome.arrays["holds"].shape[1] == 4
    share = steps - 2
    holds = outcome.arrays["holds"]
    between = holds[:, 2] ** (1.0 - share) * holds[:, 3] ** share
    np.testing.assert_allclose(outcome.arrays["held"][:, ANCHORED], between, rtol=1e-10)


def test_a_later_horizon_is_no_better() -> None:
    values = [
        told(LENS, ending(day), 16).columns["holds"]
        for day in ("2016-06-13", "2016-07-12", "2016-07-20", "2017-01-01", "2018-01-01")
    ]
    for sooner, later in pairwise(values):
        assert np.all(later <= sooner + 1e-9)
    assert np.all(values[0] > 0.95)


def test_a_defeat_of_the_whole_pact_counts_as_the_case_says() -> None:
    swap = ("  precision: 10", "  step: week\n  defeat_counts_as: held\n  precision: 10")
    broken = ending("2016-09-04", (swap[0], swap[1].replace("held", "broken")))
    held = ending("2016-09-04", swap)
    outcomes = [look(LENS, case, drawn(case, 16)) for case in (broken, held)]
    apart = outcomes[1].arrays["held"][:, ANCHORED] - outcomes[0].arrays["held"][:, ANCHORED]
    defeats = outcomes[0].arrays["causes"][:, -1, 2 + DEFEAT]
    assert defeats.max() > 1e-3
    np.testing.assert_allclose(apart, defeats, atol=1e-9)
    assert outcomes[0].shared["anchor"].number == outcomes[1].shared["anchor"].number


def test_only_those_in_question_have_to_stay(pact: Case) -> None:
    must = {m: told(LENS, pact.with_values({"pact.holds_while": [m]})) for m in pact.pact.members}
    both = told(LENS, pact).columns["holds"]
    for finding in must.values():
        assert np.all(finding.columns["holds"] >= both - 1e-9)
    assert "Northland stays in" in must["north"].headline
    assert "Northland and Southland stay in" in told(LENS, pact, 8).headline


def test_a_better_front_and_better_trust_keep_it_together(pact: Case) -> None:
    def holds(**values: object) -> float:
        paths = {f"endurance.{k.replace('__', '.')}": v for k, v in values.items()}
        case = certain().with_values(paths)
        return LENS.run(case, Draws.at_modes(case), {}, modes_of(certain())).arrays["held"][
            0, ANCHORED
        ]

    assert holds(position__now=-0.5) < holds(position__now=0.0) < holds(position__now=0.5)
    assert holds(members__north__trust=0.0) < holds(members__north__trust=1.0)
    assert holds(members__north__outside_option=0.2) < holds(members__north__outside_option=0.0)
    assert holds(members__north__exit_cost=0.5) < holds(members__north__exit_cost=2.0)


@pytest.mark.parametrize(("now", "trend"), [(1.0, "improving"), (-1.0, "falling")])
def test_a_contest_that_is_over_is_read_as_over(now: float, trend: str) -> None:
    data = told(LENS, toy().with_values({"endurance.position.now": now}), 8).data
    assert data["trends"][trend]["probability"] == 1.0
    assert data["holds"]["value"] == (1.0 if now > 0 else 0.0)


# Draws that did not settle


def unsettled(outcome: Outcome, which: list[int]) -> Outcome:
    arrays = {key: np.array(array) for key, array in outcome.arrays.items()}
    arrays["settled"][which] = 0.0
    arrays["moved"][which] = 0.25
    arrays["held"][which] = 17.0
    return Outcome(outcome.lens, outcome.index, arrays, outcome.shared)


def test_draws_that_did_not_settle_are_left_out_and_named(pact: Case) -> None:
    draws = drawn(pact, 16)
    outcome = look(LENS, pact, draws)
    finding = LENS.find(pact, draws, unsettled(outcome, [3, 11]))
    kept = [k for k in range(16) if k not in (3, 11)]
    assert np.flatnonzero(finding.weights == 0.0).tolist() == [3, 11]
    holds = outcome.arrays["held"][:, ANCHORED]
    assert finding.holds == Interval.over(holds[kept], draws.weights[kept])
    convergence = finding.data["convergence"]
    assert convergence["not_settled"] == [{"draw": 3, "error": 0.25}, {"draw": 11, "error": 0.25}]
    assert convergence["draws"] == 16
    (warning,) = (w for w in finding.warnings if "did not settle" in w)
    assert "2 of 16 draws" in warning
    assert "3, 11" in warning


def test_when_no_draw_settles_it_says_so(pact: Case) -> None:
    draws = drawn(pact, 8)
    outcome = unsettled(look(LENS, pact, draws), list(range(8)))
    with pytest.raises(ValueError, match="no draw's policies settled") as error:
        LENS.find(pact, draws, outcome)
    assert error.value.bad_input  # type: ignore[attr-defined]


def test_all_draws_of_the_toy_settle(answer: Analysis) -> None:
    convergence = answer.findings["endurance"].data["convergence"]
    assert convergence["draws"] == 64
    assert convergence["not_settled"] == []
    assert convergence["solved_again"] == 1
    assert convergence["several_equilibria"] == []
    assert answer.findings["endurance"].columns["holds_inside"].shape == (64,)
    assert INSIDE != ANCHORED


def test_along_a_line_the_whole_pact_is_no_likelier_than_the_held_one(answer: Analysis) -> None:
    data = answer.findings["endurance"].data
    last = {trend: path[-1]["value"] for trend, path in data["trend_survival"].items()}
    assert all(path[0]["value"] == 1.0 for path in data["trend_survival"].values())
    assert last["falling"] < last["flat"] < last["improving"]
    for trend, value in last.items():
        assert value <= data["trends"][trend]["holds_if"] + 1e-12
