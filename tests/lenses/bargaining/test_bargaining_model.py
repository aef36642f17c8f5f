"""The bargaining section: what it holds, what it refuses and where, and what it asks for."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from bargaining_toy import with_bargaining
from lens_contract import drawn

from foedus.case import CaseError
from foedus.lenses.bargaining.model import Bargaining, VariantName
from foedus.lenses.bargaining.setting import Setting, labelled, section_of
from foedus.lenses.bargaining.variants import VARIANTS

BORDER = "bargaining.issues.border"


def section(*swaps: tuple[str, str]) -> Bargaining:
    return section_of(with_bargaining(*swaps))


def test_a_case_may_name_every_model_there_is() -> None:
    assert get_args(VariantName) == tuple(VARIANTS)


def test_places_on_a_scale_keep_to_it() -> None:
    quantities = with_bargaining().quantities()
    for path, ends in {
        f"{BORDER}.actors.north.position": (-10.0, 30.0),
        f"{BORDER}.actors.south.accepts.least": (-10.0, 30.0),
        f"{BORDER}.actors.south.accepts.most": (-10.0, 30.0),
        f"{BORDER}.reference_point": (-10.0, 30.0),
        f"{BORDER}.actors.north.salience": (0.0, 1.0),
        "bargaining.issues.tribute.actors.south.position": (0.0, 1.0),
    }.items():
        assert (quantities[path].least, quantities[path].most) == ends, path
    assert quantities["bargaining.capability.north"].least_open


def test_draws_are_on_the_scale() -> None:
    case = with_bargaining(("{mode: 24, low: 18, high: 30, because: [e2]}",
                            "{mode: 28, low: 4, high: 29.9}"))  # fmt: skip
    values = drawn(case, 256)[f"{BORDER}.actors.north.position"]
    assert values.max() <= 30.0
    assert values.min() >= -10.0
    assert (values == 30.0).sum() == 0  # truncated, not clipped


def test_a_changed_place_is_on_the_scale_too() -> None:
    case = with_bargaining().with_values({f"{BORDER}.actors.north.position": 30})
    assert case.quantities()[f"{BORDER}.actors.north.position"].most == 30.0
    with pytest.raises(CaseError, match="between -10 and 30"):
        case.with_values({f"{BORDER}.actors.north.position": 31})


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("at: 10,", "at: 31,", f"{BORDER}.scale.points.river.at", "31 should be between -10 and"),
        ("{mode: 24, low: 18, high: 30,", "{mode: 24, low: 18, high: 32,",
         f"{BORDER}.actors.north.position", "high is 32"),
        ("{mode: 20, low: 10, high: 28}", "{mode: -20, low: -20, high: 28}",
         f"{BORDER}.reference_point", "mode is -20"),
        ("{least: 0, most", "{least: -11, most", f"{BORDER}.actors.south.accepts.least",
         "mode is -11"),
        ("{least: 0, most", "{least: 15, most", f"{BORDER}.actors.south.accepts",
         "least 15 is above most 14"),
        ("salience: {mode: 0.8, low: 0.6, high: 1.0}", "salience: 1.2",
         f"{BORDER}.actors.north.salience", "between 0 and 1"),
        ("south: 0.6", "south: 0", "bargaining.capability.south", "above 0"),
        ("    south: 0.6", "    soth: 0.6", "bargaining.capability.soth", "did you mean 'south'"),
        ("        envoy: {position", "        envy: {position",
         "bargaining.issues.tribute.actors.envy", "did you mean 'envoy'"),
        ("scale: {low: 0, high: 1}", "scale: {low: 1, high: 1}",
         "bargaining.issues.tribute.scale", "low 1 is not below high 1"),
        ("  issues:\n", "  variant: eum\n  issues:\n", "bargaining.variant", "eum:printed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, place: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        with_bargaining((old, new))
    (problem,) = caught.value.problems
    assert problem.path == place
    assert said in problem.message
    assert problem.line is not None


def test_saliences_over_issues_may_sum_to_more_than_one() -> None:
    issues = section().issues
    assert sum(issue.actors["rival"].salience.mode for issue in issues.values()) > 1.0  # type: ignore[union-attr]


def test_a_capability_of_its_own_overrules_the_one_at_large() -> None:
    case = with_bargaining()
    setting = Setting.of(case)
    tribute = setting.by_id["tribute"]
    assert dict(zip(tribute.actors, tribute.capability, strict=True)) == {
        "north": "bargaining.issues.tribute.actors.north.capability",
        "south": "bargaining.capability.south",
        "envoy": "bargaining.issues.tribute.actors.envoy.capability",
        "rival": "bargaining.capability.rival",
    }
    draws = drawn(case)
    games = tribute.games(draws)
    np.testing.assert_array_equal(games.capability[:, 0], draws[tribute.capability[0]])


@pytest.mark.parametrize(
    ("old", "new", "lacks"),
    [
        ("    south: 0.6\n", "", "bargaining.capability.south"),
        ("position: 0.5, ", "", "bargaining.issues.tribute.actors.envoy.position"),
        ("salience: 0.2, ", "", "bargaining.issues.tribute.actors.envoy.salience"),
    ],
)
def test_it_says_what_it_lacks(old: str, new: str, lacks: str) -> None:
    assert section((old, new)).lacking() == (lacks,)


def test_games_are_on_a_scale_from_0_to_1_and_back() -> None:
    case = with_bargaining()
    draws = drawn(case)
    border = Setting.of(case).by_id["border"]
    games = border.games(draws)
    assert games.positions.shape == (draws.size, 3, 1)
    assert games.reference is not None
    np.testing.assert_allclose(
        border.back(games.positions[:, 0, 0]), draws[f"{BORDER}.actors.north.position"]
    )
    game = games.game(3)
    assert game.actors == ("north", "south", "rival")
    assert border.members == (0, 1)
    assert border.others == (2,)
    assert border.lined == (0, 1)


def test_accepted_ranges_are_open_where_nothing_is_judged_and_never_crossed() -> None:
    case = with_bargaining(("{least: 0, most: {mode: 14, low: 8, high: 22}}",
                            "{least: {mode: 10, low: -5, high: 25}, "
                            "most: {mode: 12, low: 0, high: 25}}"))  # fmt: skip
    ranges = Setting.of(case).by_id["border"].accepted(drawn(case, 128))
    assert np.isnan(ranges[:, 0, 1]).all()
    assert np.isnan(ranges[:, 2]).all()
    assert (ranges[:, 1, 0] <= ranges[:, 1, 1]).all()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (10.0, "near “Along the river”"),
        (8.5, "near “Along the river”"),
        (-0.5, "midway between “Along the ridge” and “Along the river”"),
        (15.0, "between “Along the river” and “Along the coast”, nearer the former"),
        (25.0, "between “Along the coast” and “Along the river”, nearer the former"),
    ],
)
def test_places_are_told_by_the_labels_near_them(place: float, said: str) -> None:
    assert labelled(section().issues["border"], place) == said


def test_places_beyond_all_labels_and_without_any() -> None:
    issue = section(("          ridge: {at: -10, says: Along the ridge}\n", "")).issues["border"]
    assert labelled(issue, -5.0) == "below “Along the river”"
    assert labelled(section().issues["tribute"], 0.25) == "0.25"
