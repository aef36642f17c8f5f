"""The argument lens on pacts."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from argument_oracle import added, bayes, likelihoods, ratio
from argument_toy import alone, argued
from lens_contract import LensContract, drawn, look, told

from foedus.case import Case, loads
from foedus.lenses.argument.matrix import evidence_spent, of_case
from foedus.lenses.argument.rating import trust
from foedus.lenses.lens import Draws, Finding
from foedus.lenses.table import LENSES, SECTIONS
from foedus.verdict.analysis import analyze

LENS = LENSES["argument"]
NO_PRIOR = ("  prior: {mode: 0.8, low: 0.6, high: 0.95}\n", "")
MATRIX = argued().data["argument"]["matrix"]


def parts(finding: Finding) -> dict[str, float]:
    """What the finding says of every hypothesis and item."""
    data = finding.data
    out = {h: row["posterior"]["value"] for h, row in data["hypotheses"].items()}
    out |= {f"{h} leads": row["leads"] for h, row in data["hypotheses"].items()}
    return out | {row["item"]: row["moves"]["value"] for row in data["linchpins"]}


class TestArgumentWithEndurance(LensContract):
    lens = LENS
    case = argued()
    incomplete = argued(
        ("matrix:\n    bound: {e1: 2, e2: -1, e3: -1, e4: 1, e6: 1}\n", "matrix: {}\n#"),
        ("    strained: {e1: 1, e2: 0, e3: {consistency: 1, note: quarrels}, e4: 1, e5: -2, e6: 1}\n", "#"),  # noqa: E501
        ("    north-goes:\n      e1: -1\n", "#"),
        ("      e2: {consistency: 1, ratio: {mode: 2.5, low: 1.4, high: 5}}\n", "#"),
        ("      e3: 2\n      e4: na\n      e6: 1\n", "#"),
        ("    unclear: {e1: 0, e3: 0}\n", "#\n"),
    )  # fmt: skip

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return parts(finding)


class TestArgumentAlone(LensContract):
    lens = LENS
    case = alone(NO_PRIOR)
    incomplete = alone(
        ("  strained: {says: They quarrel and stay., holds: true}\n", ""),
        ("  north-goes: {says: North finds a better deal., holds: false}\n", ""),
        ("  unclear: {says: Something else is going on.}\n", ""),
        ("    strained: {e1: 1, e2: 0, e3: {consistency: 1, note: quarrels}, e4: 1, e5: -2, e6: 1}\n    north-goes:\n      e1: -1\n      e2: {consistency: 1, ratio: {mode: 2.5, low: 1.4, high: 5}}\n      e3: 2\n      e4: na\n      e6: 1\n    unclear: {e1: 0, e3: 0}\n", ""),  # noqa: E501
    )  # fmt: skip

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return parts(finding)


def by_hand(
    values: Mapping[str, float], which: frozenset[int] = frozenset(), how: Any = likelihoods
) -> list[float]:
    """Log likelihoods of the toy's hypotheses, from its text and some numbers."""
    names = {-2: "strongly-inconsistent", -1: "inconsistent", 1: "consistent",
             2: "strongly-consistent"}  # fmt: skip
    items = ["e1", "e2", "e3", "e4", "e6"]
    cells: list[list[float | None]] = []
    for row in MATRIX.values():
        out: list[float | None] = []
        for item in items:
            cell = row.get(item, "na")
            step = cell["consistency"] if isinstance(cell, dict) else cell
            if isinstance(cell, dict) and "ratio" in cell:
                out.append(values["argument.matrix.north-goes.e2.ratio"])
            elif step == "na":
                out.append(None)
            else:
                out.append(values[f"argument.scale.{names[step]}"] if step else 1.0)
        cells.append(out)
    ratings = [("B", 2), ("B", 6), ("C", 3), ("C", 1), ("B", 2)]
    groups = ["paper", "paper", "troops", "troops", "paper"]
    shared = {
        "paper": values["argument.shared_source"],
        "troops": values["argument.groups.troops.shared"],
    }
    return list(how(cells, [trust(*r) for r in ratings], [0.25] * 4, groups, shared, which))


def test_every_draw_is_what_the_plain_reference_says() -> None:
    case = argued()
    draws = drawn(case, 16)
    arrays = look(LENS, case, draws).arrays
    sides = [True, True, False, None]
    for d in range(16):
        values = {path: float(draws[path][d]) for path in draws}
        found = by_hand(values)
        prior = values["argument.prior"]
        before = [0.375 * prior, 0.375 * prior, 0.75 * (1.0 - prior), 0.25]
        assert arrays["prior"][d] == pytest.approx(before)
        assert arrays["posterior"][d] == pytest.approx(bayes(found, before))
        lr = ratio(found, [0.25] * 4, sides)
        assert math.exp(arrays["log_ratio"][d]) == pytest.approx(lr)
        odds = prior / (1.0 - prior) * lr
        assert arrays["holds"][d] == pytest.approx(odds / (1.0 + odds))
        for k in range(5):
            less = by_hand(values, frozenset([k]))
            assert math.exp(arrays["ratio_without"][d, k]) == pytest.approx(
                ratio(less, [0.25] * 4, sides)
            )
            after = bayes(less, before)
            moved = sum(abs(a - b) for a, b in zip(after, arrays["posterior"][d], strict=True)) / 2
            assert arrays["moves"][d, k] == pytest.approx(moved)
        # e1 and e2 carry numbers of endurance; e3, e4 and e6 are new
        fresh = by_hand(values, frozenset([0, 1]), added)
        assert math.exp(arrays["log_ratio_unused"][d]) == pytest.approx(
            ratio(fresh, [0.25] * 4, sides)
        )


def test_what_other_lenses_rest_on_is_known_and_not_counted_twice() -> None:
    case = argued()
    assert evidence_spent(case) == {"e1", "e2"}
    data = told(LENS, case, 8).data
    assert data["used"] == ["e1", "e2"]
    assert data["unused"] == ["e3", "e4", "e6"]
    lone = told(LENS, alone(), 8)
    assert lone.data["used"] == []
    assert lone.columns["log_ratio"] == pytest.approx(lone.columns["log_ratio_unused"])
    assert "Numbers of other lenses rest on 2 of the items" in " ".join(
        told(LENS, case, 8).warnings
    )


def test_a_number_that_a_scenario_sets_does_not_make_its_evidence_new() -> None:
    case = argued()
    other = case.with_values({
        "endurance.position.now": 0.0, "endurance.members.north.stake": 0.5,
        "endurance.members.north.gets_from.south": 0.1,
    })  # fmt: skip
    assert evidence_spent(other) == {"e2"}
    start = look(LENS, case, Draws.at_modes(case))
    after = LENS.run(other, Draws.at_modes(other), {}, start)
    assert after.arrays["log_ratio_unused"] == pytest.approx(start.arrays["log_ratio_unused"])


def test_without_both_sides_there_is_no_ratio() -> None:
    finding = told(LENS, argued((", holds: false", "")), 8)
    assert finding.holds is None
    assert sorted(finding.columns) == [
        f"hypothesis.{h}" for h in ("bound", "north-goes", "strained", "unclear")
    ]
    assert "There is no hypothesis under which the pact does not hold" in " ".join(finding.warnings)
    assert finding.data["log_ratio"] is finding.data["prior"]["holds"] is None
    posterior = np.stack(list(finding.columns.values()), axis=1)
    assert posterior.sum(axis=1) == pytest.approx(1.0)


def test_what_is_not_placed_retracted_or_on_no_side_is_said() -> None:
    finding = told(LENS, argued(), 8)
    said = " ".join(finding.warnings)
    assert finding.data["not_placed"] == 3
    assert "3 cells are not placed" in said
    assert "Retracted, and left out: e5." in said
    assert "“Something else is going on” it is not said whether the pact holds" in said
    assert "e5" not in finding.data["items"]
    assert finding.data["not_applicable"] == 1
    assert any("fine" in line for line in finding.reasons if line.startswith("No use"))


def test_alone_it_is_the_headline_with_its_own_prior() -> None:
    answer = analyze(alone(), draws=32, workers=1)
    finding = answer.findings["argument"]
    assert finding.holds is not None
    assert answer.holds == finding.holds
    data = json.loads(json.dumps(answer.to_dict()))["argument"]
    assert data["prior"]["from"] == "case"
    assert 0.6 < data["prior"]["holds"]["value"] < 0.9
    flat = told(LENS, alone(NO_PRIOR), 8).data["prior"]
    assert flat["from"] == "flat"
    assert flat["holds"]["value"] == pytest.approx(2.0 / 3.0)


def test_with_endurance_the_headline_stays_there() -> None:
    answer = analyze(argued(), draws=8, workers=1)
    assert answer.holds == answer.findings["endurance"].holds


def test_a_prior_of_its_own_does_not_touch_the_ratio() -> None:
    one, two = (told(LENS, alone(*swap), 16) for swap in ((), (("mode: 0.8, low: 0.6", "mode: 0.3, low: 0.2"),)))  # noqa: E501  # fmt: skip
    assert one.columns["log_ratio"].mean() == pytest.approx(two.columns["log_ratio"].mean())
    assert one.holds is not None
    assert two.holds is not None
    assert one.holds.value > two.holds.value + 0.2


def test_the_template_of_a_new_case_says_which_evidence_it_rests_on() -> None:
    text = LENS.template(("north", "south"))
    assert "North and South need each other" in text
    assert text.startswith("# Rival answers")
    three = LENS.template(("north", "far-east", "envoy"))
    assert "North, Far east and Envoy need" in three


@pytest.mark.parametrize(
    ("swap", "place", "said"),
    [
        (
            ("    unclear: {e1: 0, e3: 0}\n", ""),
            "argument.matrix",
            "hypothesis 'unclear' has no cells",
        ),
        (("unclear: {e1: 0, e3: 0}", "unclear: {}"), "argument.matrix.unclear", "has no cells"),
        (
            ("unclear: {e1: 0", "unclaer: {e1: 0"),
            "argument.matrix.unclaer",
            "did you mean 'unclear'?",
        ),
        (
            ("unclear: {e1: 0", "unclear: {e9: 0"),
            "argument.matrix.unclear.e9",
            "there is no evidence 'e9'",
        ),
        (
            ("bound: {e1: 2", "bound: {e1: 3"),
            "argument.matrix.bound.e1",
            "should be a whole number from -2 to 2, or na, here it is 3",
        ),
        (("bound: {e1: 2", "bound: {e1: 0.5"), "argument.matrix.bound.e1", "here it is 0.5"),
        (
            ("bound: {e1: 2", "bound: {e1: CC"),
            "argument.matrix.bound.e1",
            "here it is the text 'CC'",
        ),
        (
            ("consistency: 1, note", "consistency: -3, note"),
            "argument.matrix.strained.e3.consistency",
            "here it is -3",
        ),
        (
            ("e4: na\n", "e4: {consistency: na, ratio: 2}\n"),
            "argument.matrix.north-goes.e4",
            "what does not apply has no ratio",
        ),
        (
            ("ratio: {mode: 2.5, low: 1.4", "ratio: {mode: 2.5, low: -1"),
            "argument.matrix.north-goes.e2.ratio",
            "it should be between 1e-09 and 1e+06",
        ),
        (
            ("items: [e3, e4]", "items: [e3, e3]"),
            "argument.groups.troops.items",
            "stands in group 'troops' already",
        ),
        (
            ("items: [e3, e4]", "items: [e3, e8]"),
            "argument.groups.troops.items",
            "there is no evidence 'e8'",
        ),
        (
            ("  matrix:", "  scale: {consistent: 0.5}\n  matrix:"),
            "argument.scale.consistent",
            "it should rise",
        ),
        (
            ("  matrix:", "  scale: {inconsistent: 0.2}\n  matrix:"),
            "argument.scale.inconsistent",
            "strongly-inconsistent is 0.3 and inconsistent 0.2",
        ),
        (("  matrix:", "  scale: {neutral: 1}\n  matrix:"), "argument.scale.neutral", ""),
        (
            ("  prior: {mode: 0.8, low: 0.6, high: 0.95}", "  prior: 1"),
            "argument.prior",
            "certainty",
        ),
    ],
)
def test_a_faulty_section_is_told_by_line_and_path(
    swap: tuple[str, str], place: str, said: str
) -> None:
    from foedus.case import CaseError

    with pytest.raises(CaseError) as caught:
        argued(swap)
    found = [p for p in caught.value.problems if str(p.path).startswith(place)]
    assert found, caught.value
    assert any(said in p.message for p in found), caught.value
    assert all(p.line and p.file == "argued.yaml" for p in found)


def test_a_cell_can_be_set_by_its_path() -> None:
    """Also to a ratio where there was a step alone."""
    case = argued()
    step = case.with_values({"argument.matrix.bound.e1": -2})
    assert of_case(step).steps[0, 0] == -2
    ratio = case.with_values({"argument.matrix.bound.e1.ratio": 4})
    assert of_case(ratio).steps[0, 0] == 2
    assert ratio.quantities()["argument.matrix.bound.e1.ratio"].mode == 4.0


def test_a_small_section_is_a_valid_one() -> None:
    text = alone().data
    bare = {key: value for key, value in text.items() if key not in ("hypotheses", "argument")}
    case: Case = loads(json.dumps(bare | {"argument": {}}), SECTIONS, "small.yaml")
    assert LENS.missing(case) == ("at least 2 hypotheses (the case has 0)",)


def test_unplaced_evidence_in_a_group_of_one_changes_nothing() -> None:
    matrix = of_case(argued())
    assert [item.id for item in matrix.items] == ["e1", "e2", "e3", "e4", "e6"]
    assert [item.group for item in matrix.items] == [
        "@paper",
        "@paper",
        "troops",
        "troops",
        "@paper",
    ]
    assert [item.rating for item in matrix.items] == ["B2", "B6", "C3", "C1", "B2"]
