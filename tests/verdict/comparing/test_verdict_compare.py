from __future__ import annotations

import io
import json
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from toy_pact import changed, toy, with_stability

from foedus import __version__
from foedus.case import Case, CaseError, loads
from foedus.cli.screen_compare import show
from foedus.ensemble.draws import Table
from foedus.ensemble.engine import ThreadSession
from foedus.ensemble.run import at_modes, run
from foedus.lenses.table import LENSES, SECTIONS
from foedus.verdict.able import NoLensError
from foedus.verdict.again import again
from foedus.verdict.analysis import Analysis
from foedus.verdict.comparing.changes import other_changes
from foedus.verdict.comparing.compare import Comparison, compare
from foedus.verdict.comparing.decomposition import mixed
from foedus.verdict.explain import explain, find_quantity

NOW = "endurance.position.now"
STAKE = "endurance.members.north.stake"
GETS = "endurance.members.south.gets_from.north"
EXIT = "endurance.members.north.exit_cost"
BOTH: dict[str, Any] = {NOW: 0.4, STAKE: {"mode": 0.9, "low": 0.7, "high": 1.1}}
KEYS = ("presence_cost", "effort_cost", "outside_option", "capability", "exit_cost", "aim")
MANY: dict[str, Any] = {
    **{f"endurance.members.{m}.{key}": 0.07 for m in ("north", "south") for key in KEYS},
    **{f"endurance.{key}": 0.31 for key in ("token_effort", "coordination", "spoils")},
    **{f"endurance.blame.{key}": 0.31 for key in ("monitoring", "repair")},
}
"""More numbers than can be told apart by looking at all sets of them."""


def told(after: Case, before: Case | None = None, **options: Any) -> Comparison:
    return compare(before or toy(), after, **{"draws": 32, "workers": 1, **options})


def test_a_case_beside_itself_does_not_move(pact: Case) -> None:
    same = told(pact)
    assert abs(same.change) < 1e-10
    assert same.change_error < 1e-9
    assert same.before.to_dict() == pytest.approx(same.after.to_dict(), abs=1e-9)
    assert same.moved == ()
    assert same.together is None
    assert same.other == ()


def test_one_changed_quantity_explains_the_move(pact: Case) -> None:
    one = told(pact.with_values({NOW: 0.4}), names=("old", "new"))
    assert one.names == ("old", "new")
    (moved,) = one.moved
    assert moved.path == NOW
    assert moved.label == "position now"
    assert (moved.before, moved.after) == ("-0.1 (-0.4 to 0.2)", "0.4")
    assert moved.alone == moved.last == moved.part == one.change
    assert one.together == 0.0
    assert one.change > 0.05
    assert one.change == pytest.approx(one.after.value - one.before.value, abs=1e-12)


def test_two_parts_make_the_move(pact: Case) -> None:
    two = told(pact.with_values(BOTH))
    assert {m.path for m in two.moved} == {NOW, STAKE}
    parts = [m.part for m in two.moved if m.part is not None]
    assert len(parts) == 2
    assert sum(parts) == pytest.approx(two.change, abs=1e-12)
    assert two.together == pytest.approx(0.0, abs=1e-12)
    assert two.structure == 0.0
    assert two.method == "exact, 4 sets"
    assert abs(parts[0]) >= abs(parts[1])
    by_path = {m.path: m for m in two.moved}
    for one in two.moved:  # with two, the value is the mean of changing it first and last
        assert one.alone is not None
        assert one.last is not None
        assert one.part == pytest.approx((one.alone + one.last) / 2, abs=1e-12)
        assert one.part_error is not None
        assert 0.0 < one.part_error < 0.05
    # with two, changing one last is changing the other first
    assert by_path[NOW].alone + by_path[STAKE].last == pytest.approx(two.change, abs=1e-6)
    alone = told(pact.with_values({NOW: 0.4}))
    assert by_path[NOW].alone == pytest.approx(alone.change, abs=1e-6)


def test_parts_are_the_mean_over_all_orders_of_changing_real_cases(pact: Case) -> None:
    steps = [{NOW: 0.4}, {STAKE: BOTH[STAKE]}, {EXIT: 0.4}]
    found = {m.path: m.part for m in told(pact.with_values(steps[0] | steps[1] | steps[2])).moved}
    held = {}
    for size in range(4):
        for some in combinations(range(3), size):
            values = {path: v for k in some for path, v in steps[k].items()}
            held[some] = told(pact.with_values(values)).change if some else 0.0
    for place, path in enumerate((NOW, STAKE, EXIT)):
        gains = []
        for order in permutations(range(3)):
            before = order[: order.index(place)]
            gains.append(held[tuple(sorted((*before, place)))] - held[tuple(sorted(before))])
        assert found[path] == pytest.approx(np.mean(gains), abs=1e-6)


def test_a_point_between_is_the_real_case_with_those_numbers(pact: Case) -> None:
    new = pact.with_values({**BOTH, EXIT: 0.4})
    lens = LENSES["endurance"]
    table = Table.over([pact, new], 1)
    uniforms = table.uniforms(16)
    drawn = table.draws(pact, uniforms), table.draws(new, uniforms)
    taken = np.array([[True, False]]).repeat(16, axis=0)
    between = mixed(*drawn, [(NOW, STAKE), (EXIT,)], taken)
    modes = at_modes(pact, [lens])
    real = run({"before": pact, "real": pact.with_values(BOTH)}, [lens], table, uniforms, modes, 16)
    assert np.array_equal(between.table, real["real"].draws.table)
    found = again(
        pact, drawn[0], {"between": between}, "endurance", (lens,), modes, ThreadSession(1)
    )
    held, weights = found["between"]
    expected = real["real"].outcomes["endurance"].arrays["held"][:, 0]
    assert held == pytest.approx(expected, abs=1e-9)
    assert (weights > 0).all()
    assert np.ptp(held) > 0.1


def test_each_draw_takes_its_own_from_either_case(pact: Case) -> None:
    new = pact.with_values(BOTH)
    table = Table.over([pact, new], 1)
    uniforms = table.uniforms(8)
    old, now = table.draws(pact, uniforms), table.draws(new, uniforms)
    taken = np.arange(16).reshape(8, 2) % 3 == 0
    both = mixed(old, now, [(NOW,), (STAKE, EXIT)], taken)
    assert np.array_equal(both[NOW], np.where(taken[:, 0], now[NOW], old[NOW]))
    assert np.array_equal(both[STAKE], np.where(taken[:, 1], now[STAKE], old[STAKE]))
    assert np.array_equal(both[GETS], old[GETS])


def test_the_way_back_is_the_same_but_for_the_calibration(pact: Case) -> None:
    new = pact.with_values({NOW: 0.4})  # the start does not move the anchor's number
    assert told(pact, new).change == pytest.approx(-told(new).change, abs=1e-6)


def test_both_are_anchored_as_the_first_is(pact: Case) -> None:
    new = toy(("yearly_exit: 0.2", "yearly_exit: 0.02"))
    assert abs(told(new).change) < 1e-10
    assert told(new).before != told(pact, new).before


def test_a_quantity_that_only_one_has_counts_as_structure(pact: Case) -> None:
    fewer = toy(("gets_from: {north: 0.2}", "gets_from: {}"))
    gone = told(fewer)
    (moved,) = gone.moved
    assert (moved.path, moved.before, moved.after) == (GETS, "0.2", "not there")
    assert (moved.part, moved.alone, moved.last) == (None, None, None)
    assert gone.structure == pytest.approx(gone.change, abs=1e-12)
    assert gone.structure < 0.0
    assert gone.method is None
    (added,) = told(pact, fewer).moved
    assert (added.before, added.after) == ("not there", "0.2")
    several = told(fewer.with_values({NOW: 0.4}))
    parts = {m.path: m.part for m in several.moved}
    assert parts[GETS] is None
    assert parts[NOW] is not None
    assert parts[NOW] + several.structure == pytest.approx(several.change, abs=1e-12)
    assert several.together == pytest.approx(0.0, abs=1e-12)


def test_structure_is_what_the_settings_do_once_the_numbers_are_new(pact: Case) -> None:
    longer = ("horizon: 2016-12-31", "horizon: 2017-12-31")
    new = toy(longer).with_values(BOTH)
    found = told(new)
    numbers = told(pact.with_values(BOTH))
    # the same numbers with the old settings lie on the way
    assert [m.part for m in found.moved] == pytest.approx([m.part for m in numbers.moved], abs=1e-9)
    assert found.structure == pytest.approx(found.change - numbers.change, abs=1e-9)
    assert found.structure < -0.01
    assert found.structure_error > 0.0
    words = told(toy(("says: It holds.", "says: It may hold.")).with_values(BOTH))
    assert words.structure == pytest.approx(0.0, abs=1e-9)


def test_many_changes_are_told_apart_by_orders(pact: Case) -> None:
    many = told(pact.with_values(MANY), draws=32)
    assert len(many.moved) == 17
    assert many.method == "sampled, 32 orders"
    parts = [m.part for m in many.moved]
    assert None not in parts
    assert sum(part for part in parts if part) == pytest.approx(many.change, abs=1e-12)
    assert many.together == pytest.approx(0.0, abs=1e-12)
    assert all(m.part_error is not None for m in many.moved)
    # 32 draws change each of 17 first in about two of them
    assert any(m.alone is not None for m in many.moved)
    fewer = told(pact.with_values(MANY), draws=8, workers=1)
    assert told(pact.with_values(MANY), draws=8, workers=2).to_dict() == fewer.to_dict()


def test_sampled_parts_agree_with_exact_ones(pact: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    new = pact.with_values({**BOTH, EXIT: 0.4})
    exact = told(new, draws=128)
    monkeypatch.setattr("foedus.verdict.comparing.decomposition.EXACT", 0)
    sampled = told(new, draws=128)
    assert (exact.method, sampled.method) == ("exact, 8 sets", "sampled, 128 orders")
    known = {m.path: m for m in exact.moved}
    for one in sampled.moved:
        sure = known[one.path]
        assert one.part is not None
        assert one.part_error is not None
        assert one.part == pytest.approx(sure.part, abs=4 * one.part_error)
        assert one.alone == pytest.approx(sure.alone, abs=0.1)
        assert one.last == pytest.approx(sure.last, abs=0.1)
    assert sampled.change == exact.change


def test_the_order_in_which_a_file_lists_things_does_not_matter(pact: Case) -> None:
    swap = ("      capability: 1.0\n      effort_cost: 0.12\n",
            "      effort_cost: 0.12\n      capability: 1.0\n")  # fmt: skip
    values = dict(reversed(MANY.items()))
    one = told(pact.with_values(MANY), draws=8)
    other = told(toy(swap).with_values(values), toy(swap), draws=8)
    assert one.to_dict() == other.to_dict()


def test_a_number_that_bears_on_nothing_gets_nothing() -> None:
    # without a chance of settlement its width is idle, and so is trust mended by nobody
    before = toy(("  precision: 10", "  precision: 10\n  settlement: {chance: 0, width: 0.5}"))
    found = told(before.with_values({**BOTH, "endurance.settlement.width": 0.9}), before)
    by_path = {m.path: m.part for m in found.moved}
    assert by_path["endurance.settlement.width"] == pytest.approx(0.0, abs=1e-9)
    assert abs(by_path[NOW] or 0.0) > 0.05


def test_changes_are_credited_together_by_actor_or_section(pact: Case) -> None:
    values = {**BOTH, EXIT: 0.4, "endurance.members.south.exit_cost": 1.0}
    each = told(pact.with_values(values))
    actors = told(pact.with_values(values), by="actor")
    assert {part.label: part.paths for part in actors.parts} == {
        "Northland": (EXIT, STAKE),
        "Southland": ("endurance.members.south.exit_cost",),
        "position now": (NOW,),
    }
    assert sum(part.part for part in actors.parts) == pytest.approx(each.change, abs=1e-12)
    known = {m.path: m.part for m in actors.moved}
    assert known[STAKE] is None
    assert known[NOW] is not None
    (section,) = told(pact.with_values(values), by="section").parts
    assert (section.name, section.label) == ("endurance", "endurance")
    assert section.part == pytest.approx(each.change, abs=1e-12)
    with pytest.raises(ValueError, match="quantity, actor, section"):
        told(pact, by="colour")


# Evidence


def credited(found: Comparison) -> dict[tuple[str | None, str], tuple[str, ...]]:
    assert sum(one.part for one in found.by_evidence) == pytest.approx(
        sum(one.part for one in found.parts), abs=1e-12
    )
    return {(one.evidence, one.how): one.paths for one in found.by_evidence}


def test_new_evidence_is_credited_with_what_rests_on_it() -> None:
    new = toy(
        ("evidence:\n", "evidence:\n  e3: {source: paper, says: A gain.}\n"
                         "  e4: {source: paper, says: Talks.}\n"),
        ("mode: -0.1, low: -0.4, high: 0.2, because: [e1]",
         "mode: 0.3, low: 0.1, high: 0.5, because: [e1, e3, e2]"),
    )  # fmt: skip
    found = told(new)
    assert credited(found) == {("e3", "new"): (NOW,), ("e2", "now cited"): (NOW,)}
    first, second = found.by_evidence
    assert first.part == second.part == pytest.approx(found.change / 2, abs=1e-12)
    assert first.part_error == pytest.approx(found.change_error / 2)
    assert {first.says, second.says} == {"A gain.", "It may not hold."}
    assert found.moves_nothing == ("e4",)


def test_what_became_of_the_evidence_is_told() -> None:
    lower = ("mode: -0.1, low: -0.4, high: 0.2, because: [e1]",
             "mode: -0.3, low: -0.5, high: 0.0, because: [e1]")  # fmt: skip
    assert credited(told(toy(lower))) == {(None, "judged anew on the same evidence"): (NOW,)}
    for swap, how in (
        (("credibility: 2", "credibility: 4"), "rated anew"),
        (("reliability: B", "reliability: D"), "rated anew"),
        (("credibility: 2", "retracted: true, credibility: 2"), "retracted"),
        (("says: It holds.", "says: It held."), "reworded"),
    ):
        assert credited(told(toy(lower, swap), draws=8)) == {("e1", how): (NOW,)}


def test_what_is_dropped_counts_unless_no_evidence_is_named_at_all() -> None:
    dropped = ("mode: 0.6, low: 0.3, high: 0.9, because: [e1, e2]",
               "mode: 0.8, low: 0.5, high: 1.1, because: [e1]")  # fmt: skip
    assert credited(told(toy(dropped), draws=8)) == {("e2", "dropped"): (STAKE,)}
    bare = told(toy().with_values({NOW: 0.4}), draws=8)
    assert credited(bare) == {(None, "no evidence is named"): (NOW,)}


def test_the_evidence_of_a_scenario_is_that_of_its_numbers(pact: Case) -> None:
    found = told(pact.scenario("lost"), because=pact.scenarios["lost"].because, draws=8)
    assert credited(found) == {("e2", "now cited"): (NOW,)}
    assert found.moved[0].because == ("e2",)


def test_what_else_differs_is_told() -> None:
    new = toy(
        ("horizon: 2016-12-31", "horizon: 2017-03-31"),
        ("question: Will", "question: Indeed, will"),
        ("  e2: {source: paper, where: page 3", "  e3: {source: paper, where: page 3"),
        ("because: [e2]}\n  members", "because: [e3]}\n  members"),
        ("doubted_by: [e2]", "doubted_by: [e1]"),
        ("because: [e1, e2]", "because: [e1]"),
        ("says: Ground is lost., because: [e2]", "says: Ground is lost., because: [e1]"),
        ("says: It holds.", "says: It may hold."),
    )
    assert tuple(line for line in other_changes(toy(), new) if "anchor" not in line) == (
        "question: Will north and south stay together?"
        " → Indeed, will north and south stay together?",
        "horizon: 2016-12-31 → 2017-03-31",
        "evidence added: e3",
        "evidence taken away: e2",
        "evidence changed: e1",
        "assumptions changed: keen",
        "scenarios changed: lost",
    )
    lonely = toy(("opponents: [rival]", "holds_while: [north]"))
    assert other_changes(toy(), lonely) == ("the pact: its members, holds_while or opponents",)


@pytest.mark.parametrize(
    "swap",
    [
        ("  precision: 10", "  precision: 10\n  step: quarter"),
        ("  precision: 10", "  precision: 10\n  defeat_counts_as: held"),
        ("yearly_exit: 0.2", "yearly_exit: 0.05"),
        ("levels: {front: 5", "levels: {front: 7"),
    ],
)
def test_a_changed_way_of_looking_is_told(swap: tuple[str, str]) -> None:
    assert other_changes(toy(), toy(swap))


def test_an_incomplete_second_case_says_what_it_misses(pact: Case) -> None:
    swap = ("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", "")
    with pytest.raises(NoLensError, match=r"opponents\.strength"):
        told(toy(swap), draws=8)


def test_an_incomplete_first_case_says_what_it_misses(pact: Case) -> None:
    swap = ("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", "")
    with pytest.raises(NoLensError, match=r"opponents\.strength"):
        told(pact, toy(swap), draws=8)


def test_its_data_is_plain(pact: Case) -> None:
    data = told(pact.with_values({NOW: 0.4}), draws=8).to_dict()
    assert json.loads(json.dumps(data, allow_nan=False))["version"] == __version__
    assert len(data["words"]) == 2
    assert data["moved"][0]["part"] == data["change"]
    assert data["draws"] == 8


def test_workers_do_not_change_a_comparison(pact: Case) -> None:
    new = pact.with_values({NOW: 0.4, STAKE: 0.8})
    assert told(new, workers=1).to_dict() == told(new, workers=2).to_dict()


def test_other_members_are_another_pact(pact: Case) -> None:
    text = changed(("members: [north, south]", "members: [south, north]"))
    apart = told(loads(text, SECTIONS))
    assert apart.change == pytest.approx(0.0, abs=1e-6)
    assert apart.other == ("the pact: its members, holds_while or opponents",)


# On the screen


def shown(found: Comparison) -> str:
    console = Console(width=80, record=True, file=io.StringIO())
    show(found, console)
    return console.export_text()


def test_quantities_that_were_added_stand_beside_the_structure(pact: Case) -> None:
    fewer = toy(
        ("gets_from: {north: 0.2}", "gets_from: {}"),
        ("gets_from: {south: {mode: 0.1, low: 0.05, high: 0.2, because: [e1]}}", "gets_from: {}"),
    )
    text = shown(told(pact, fewer, draws=8))
    assert text.count("not there") == 2
    assert "settings and structure" in text


def test_the_screen_shows_parts_with_two_standard_errors_and_the_evidence(pact: Case) -> None:
    found = told(pact.scenario("lost"), because=("e2",))
    text = shown(found)
    part = found.parts[0]
    assert f"{100 * part.part:+.1f} ± {200 * part.error:.1f}" in text
    assert "e2: It may not hold." in text
    assert "now cited" in text
    assert "parts exact, 2 sets" in text


def test_many_parts_keep_to_one_screen(pact: Case) -> None:
    found = told(pact.with_values(MANY), draws=8)
    text = shown(found)
    assert "6 others" in text
    assert len(text.splitlines()) <= 24
    rest = sum(part.part for part in found.parts[11:])
    assert f"{100 * rest:+.1f}" in text


# One quantity


def test_an_explanation_fixes_the_quantity_at_its_points(answer: Analysis, pact: Case) -> None:
    said = explain(pact, NOW, draws=64, workers=1)
    assert said.label == "position now"
    assert [at for at, _ in said.at] == [-0.4, -0.1, 0.2]
    values = [interval.value for _, interval in said.at]
    assert values == sorted(values)
    assert values[0] < said.as_judged.value < values[-1]
    assert said.as_judged == answer.holds
    (_, middle) = said.at[1]
    assert middle.to_dict() == pytest.approx(
        told(pact.with_values({NOW: -0.1}), draws=64).after.to_dict(), abs=1e-6
    )


def test_a_fixed_quantity_has_one_point(pact: Case) -> None:
    said = explain(pact, "endurance.members.south.exit_cost", draws=8, workers=1)
    ((at, interval),) = said.at
    assert at == 2.0
    assert interval.to_dict() == pytest.approx(said.as_judged.to_dict(), abs=1e-9)


def test_a_quantity_that_does_not_bear_on_the_headline_is_told_by_its_own_lens() -> None:
    said = explain(with_stability(), "stability.preferences.south.terms.together.worth", draws=8)
    assert (said.lens, said.measure) == ("stability", "share_holding")
    assert said.at[0][1].value < said.at[-1][1].value
    headline = explain(with_stability(), NOW, draws=8)
    assert (headline.lens, headline.measure) == ("endurance", "holds")


def test_a_default_can_be_explained_too(pact: Case) -> None:
    said = explain(pact, "endurance.blame.after.gain", draws=8, workers=1)
    assert [at for at, _ in said.at] == [0.05]


def test_an_unknown_quantity_is_refused_with_the_nearest(pact: Case) -> None:
    assert find_quantity(pact, NOW).mode == -0.1
    for call in (find_quantity, explain):
        with pytest.raises(CaseError, match=r"did you mean 'endurance\.position\.now'"):
            call(pact, "endurance.postion.now")


def test_an_error_that_is_not_known_is_said_to_be() -> None:
    console = Console(file=io.StringIO(), width=80)
    show(
        told(toy((f"{STAKE.rpartition('.')[2]}: {{mode: 0.6", "stake: {mode: 0.5")), draws=8),
        console,
    )
    assert isinstance(console.file, io.StringIO)
    assert "(sampling error unknown with so few draws)" in console.file.getvalue()
