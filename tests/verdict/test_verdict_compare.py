from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console
from toy_pact import changed, toy, with_stability

from foedus import __version__
from foedus.case import Case, CaseError, loads
from foedus.cli.screen_compare import show
from foedus.lenses.table import SECTIONS
from foedus.verdict.analysis import Analysis, NoLensError
from foedus.verdict.compare import MANY, Comparison, compare, other_changes
from foedus.verdict.explain import explain, find_quantity

NOW = "endurance.position.now"
STAKE = "endurance.members.north.stake"
GETS = "endurance.members.south.gets_from.north"


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


def test_two_parts_and_what_they_do_together_make_the_move(pact: Case) -> None:
    new = pact.with_values({NOW: 0.4, STAKE: {"mode": 0.9, "low": 0.7, "high": 1.1}})
    two = told(new)
    assert {m.path for m in two.moved} == {NOW, STAKE}
    parts = [m.part for m in two.moved if m.part is not None]
    assert len(parts) == 2
    assert two.together is not None
    assert sum(parts) + two.together == pytest.approx(two.change, abs=1e-12)
    assert abs(parts[0]) >= abs(parts[1])
    by_path = {m.path: m for m in two.moved}
    # with two, changing one last is changing the other first
    assert by_path[NOW].alone + by_path[STAKE].last == pytest.approx(two.change, abs=1e-6)
    alone = told(pact.with_values({NOW: 0.4}))
    assert by_path[NOW].alone == pytest.approx(alone.change, abs=1e-6)


def test_the_way_back_is_the_same_but_for_the_calibration(pact: Case) -> None:
    new = pact.with_values({NOW: 0.4})  # the start does not move the anchor's number
    assert told(pact, new).change == pytest.approx(-told(new).change, abs=1e-6)


def test_both_are_anchored_as_the_first_is(pact: Case) -> None:
    new = toy(("yearly_exit: 0.2", "yearly_exit: 0.02"))
    assert abs(told(new).change) < 1e-10
    assert told(new).before != told(pact, new).before


def test_a_quantity_that_only_one_has(pact: Case) -> None:
    fewer = toy(("gets_from: {north: 0.2}", "gets_from: {}"))
    (moved,) = told(fewer).moved
    assert (moved.path, moved.before, moved.after) == (GETS, "0.2", "not there")
    assert moved.part is not None
    (added,) = told(pact, fewer).moved
    assert (added.before, added.after) == ("not there", "0.2")
    several = told(fewer.with_values({NOW: 0.4}))
    assert {m.path: m.part is None for m in several.moved} == {GETS: True, NOW: False}
    assert several.together is None


def test_too_many_changes_are_not_told_apart() -> None:
    stakes = {f"endurance.members.{m}": 0.07 for m in ("north", "south")}
    keys = ("presence_cost", "effort_cost", "outside_option", "capability", "exit_cost", "aim")
    values = {f"{path}.{key}": v for path, v in stakes.items() for key in keys}
    values |= {f"endurance.{k}": 0.31 for k in ("token_effort", "coordination", "spoils")}
    values |= {f"endurance.blame.{k}": 0.31 for k in ("monitoring", "repair.mode")}
    new = toy().with_values(values)
    many = told(new, draws=8)
    assert len(many.moved) > MANY
    assert all(m.part is None for m in many.moved)
    assert many.together is None


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


def test_a_few_quantities_that_were_added_are_not_too_many(pact: Case) -> None:
    fewer = toy(
        ("gets_from: {north: 0.2}", "gets_from: {}"),
        ("gets_from: {south: {mode: 0.1, low: 0.05, high: 0.2, because: [e1]}}", "gets_from: {}"),
    )
    console = Console(width=80, record=True, file=io.StringIO())
    show(told(pact, fewer, draws=8), console)
    text = console.export_text()
    assert "not there" in text
    assert "too many" not in text


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
