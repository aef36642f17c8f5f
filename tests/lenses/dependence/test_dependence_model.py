"""The dependence section: what it holds, what it refuses and where, and what it asks for."""

from __future__ import annotations

import re

import numpy as np
import pytest
from dependence_toy import GIVEN, with_given, with_likings, with_technology
from lens_contract import drawn

from foedus.case import Case, CaseError
from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.setting import Setting, at_modes
from foedus.lenses.lens import Draws
from foedus.lenses.table import LENSES

LENS = LENSES["dependence"]
TECHNOLOGY = "dependence:\n  technology: {capability: {north: 1, south: 2}}\n"
SOUTH_AND_ENVOY = "      se: {members: [south, envoy], worth: {mode: 3, low: 1, high: 7}}\n"


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("{members: [south, envoy],", "{members: [south, envy],",
         "dependence.given.sets.se.members.1", "no member of the pact, did you mean 'envoy'"),
        ("{members: [south, envoy],", "{members: [south, north],",
         "dependence.given.sets.se.members", "the same set as 'ns'"),
        ("{members: [south, envoy],", "{members: [south, south],",
         "dependence.given.sets.se.members", "stands there twice"),
        ("{members: [south, envoy],", "{members: [],",
         "dependence.given.sets.se.members", "at least one member"),
        ("south: 3, envoy: 1}", "south: 3, rival: 1}",
         "dependence.payoffs.rival", "no member of the pact"),
        ("south: 3, envoy: 1}", "south: -3, envoy: 1}", "dependence.payoffs.south",
         "between 0 and 1e+12"),
        ("{north: {mode: 5, low: 3, high: 7}, south: 3, envoy: 1}",
         "{north: 0, south: 0, envoy: 0}", "dependence.payoffs", "all are 0"),
        ("  payoffs:", "  partition: {pact: [north, south]}\n  payoffs:",
         "dependence.partition", "no `values` to judge it by"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_worths_is_told_with_its_place(
    old: str, new: str, place: str, said: str
) -> None:
    _refused(lambda: with_given((old, new)), place, said)


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("    rival: {south", "    rivl: {south", "dependence.values.rivl", "mean 'rival'"),
        ("rival: -0.5}", "riva: -0.5}", "dependence.values.north.riva", "mean 'rival'"),
        ("rival: -0.5}", "north: -0.5}", "dependence.values.north.north", "always 0"),
        ("{pact: [north, south]}", "{pact: [north, south], old: [rival, south]}",
         "dependence.partition.old.1", "'south' stands in 'pact' already"),
        ("{pact: [north, south]}", "{pact: [north, envoy]}",
         "dependence.partition.pact.1", "there is no actor 'envoy'; `values` speak of: north"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_values_is_told_with_its_place(
    old: str, new: str, place: str, said: str
) -> None:
    _refused(lambda: with_likings((old, new)), place, said)


def _refused(build: object, place: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        build()  # type: ignore[operator]
    problem = next(p for p in caught.value.problems if p.path == place)
    assert said in problem.message
    assert problem.line is not None


def test_a_substitution_above_one_is_refused() -> None:
    with pytest.raises(CaseError, match="between -20 and 1"):
        with_technology(("    returns:", "    substitution: 1.2\n    returns:"))


@pytest.mark.parametrize(
    ("old", "new", "most"),
    [
        ("south: 0.7", "south: 1e200", "1e+12"),
        ("    returns: {mode: 1.5, low: 1.1, high: 2}", "    returns: 11", "10"),
        ("    returns:", "    scale: 1e308\n    returns:", "1e+12"),
        ("    returns:", "    share: {north: 1e13, south: 1, envoy: 1}\n    returns:", "1e+12"),
    ],
)
def test_numbers_of_a_technology_beyond_all_use_are_refused(old: str, new: str, most: str) -> None:
    with pytest.raises(CaseError, match=f"at most {re.escape(most)}|and {re.escape(most)}"):
        with_technology((old, new))


def test_worths_and_payoffs_beyond_all_use_are_refused() -> None:
    with pytest.raises(CaseError, match="between -1e\\+12 and 1e\\+12"):
        with_given(("members: [north], worth: 0", "members: [north], worth: -1e13"))
    with pytest.raises(CaseError, match="between 0 and 1e\\+12"):
        with_given(("south: 3, envoy: 1}", "south: 1e13, envoy: 1}"))
    with pytest.raises(CaseError, match="between -1e\\+12 and 1e\\+12"):
        with_likings(("south: {north: 0.6", "south: {north: 1e13"))


def test_the_values_of_too_many_actors_are_refused() -> None:
    names = [f"tribe-{k}" for k in range(8)]
    known = "".join(f"  {name}: {{name: {name}, kind: movement}}\n" for name in names)
    rows = ", ".join(f"{name}: 0.1" for name in names)
    swaps = (("pact:\n  members", f"{known}pact:\n  members"), ("rival: -0.5}", f"{rows}}}"))
    with pytest.raises(CaseError, match="11 actors, the members among them; at most 10"):
        with_likings(*swaps)


def test_worth_comes_from_endurance_where_there_is_one_unless_it_is_said() -> None:
    both = with_likings(("dependence:\n", TECHNOLOGY))
    said = with_likings(("dependence:\n", f"{TECHNOLOGY}  worth: technology\n"))
    assert LENS.needs(both) == LENS.needs(with_likings()) == ("endurance",)
    assert LENS.needs(said) == LENS.needs(with_given()) == ()
    assert Setting.of(said).source == "technology"
    assert Setting.of(with_given(("  worth: given\n", ""))).source == "given"
    assert Setting.of(with_technology(("  worth: technology\n", ""))).source == "technology"


@pytest.mark.parametrize(
    ("case", "lacks"),
    [
        (with_given(("  worth: given\n", "  worth: endurance\n")), "a section `endurance`"),
        (with_given((SOUTH_AND_ENVOY, "")),
         "dependence.given.sets: the worth of south+envoy"),
        (with_given(("      north: {members: [north], worth: 0}\n", ""),
                    ("south: 3, envoy: 1}", "south: 3}")),
         "dependence.given.sets: the worth of north; dependence.payoffs.envoy"),
        (with_given(("  worth: given\n", "  worth: technology\n")), "dependence.technology"),
        (with_technology((", envoy: 0.1}", "}")), "dependence.technology.capability.envoy"),
        (with_technology(("    returns:", "    share: {north: 1, south: 1}\n    returns:")),
         "dependence.technology.share.envoy"),
        (with_technology(("  worth: technology\n", "  given: {}\n")),
         "dependence.worth: given or technology"),
        (with_technology(("  worth: technology\n", ""), ("  technology:\n    capability: {north:"
          " {mode: 1.0, low: 0.6, high: 1.5}, south: 0.7, envoy: 0.1}\n    returns: {mode: 1.5,"
          " low: 1.1, high: 2}\n", "  values: {north: {south: 1}}\n")),
         "a section `endurance`, or dependence.given or dependence.technology"),
    ],
)  # fmt: skip
def test_it_says_what_is_lacking(case: Case, lacks: str) -> None:
    assert "; ".join(LENS.missing(case)) == lacks


def test_many_missing_worths_are_counted() -> None:
    case = with_given(("  worth: given\n", "  worth: given\n  given: {}\n"), (_given(), ""))
    (lacks,) = LENS.missing(case)
    assert lacks.endswith("the worth of north, south, north+south, 4 more")


def _given() -> str:
    return GIVEN[GIVEN.index("  given:\n    sets") : GIVEN.index("  payoffs")]


def test_a_pact_of_seven_is_too_large() -> None:
    names = [f"tribe-{k}" for k in range(5)]
    known = "".join(f"  {name}: {{name: {name}, kind: movement}}\n" for name in names)
    swaps = (
        ("pact:\n", f"{known}pact:\n"),
        ("[north, south]", f"[north, south, {', '.join(names)}]"),
    )
    assert LENS.missing(with_likings(*swaps)) == ("2 to 6 members (the pact has 7)",)


def test_worths_stand_at_the_bits_of_the_members() -> None:
    case = with_given()
    draws = drawn(case, 8)
    worth = Setting.of(case).ground(draws, {}).worth
    for mask, name in {
        1: "north",
        2: "south",
        3: "ns",
        4: "envoy",
        5: "ne",
        6: "se",
        7: "whole",
    }.items():
        assert worth[:, mask].tolist() == draws[f"dependence.given.sets.{name}.worth"].tolist()
    assert worth[:, 0].tolist() == [0.0] * 8


def test_payoffs_are_scaled_to_the_whole_of_each_draw() -> None:
    case = with_given()
    draws = drawn(case, 16)
    ground = Setting.of(case).ground(draws, {})
    assert ground.payoffs.sum(axis=1) == pytest.approx(ground.worth[:, -1])
    ratio = ground.payoffs[:, 0] / ground.payoffs[:, 1]
    assert ratio == pytest.approx(draws["dependence.payoffs.north"] / 3.0)
    assert ground.values[:, -1].tolist() == ground.payoffs.tolist()


def test_without_payoffs_the_whole_is_shared_by_what_each_adds() -> None:
    case = with_technology()
    ground = Setting.of(case).ground(Draws.at_modes(case), {})
    assert not Setting.of(case).divided_today
    # rho 0.5, returns 1.5: (mean of roots) ** 3
    roots = np.sqrt([1.0, 0.7, 0.1]) / 3.0
    assert ground.worth[0, 1] == pytest.approx(roots[0] ** 3)
    assert ground.worth[0, 7] == pytest.approx(roots.sum() ** 3)
    assert ground.payoffs.sum() == pytest.approx(ground.worth[0, 7])
    assert ground.payoffs[0].tolist() == sorted(ground.payoffs[0].tolist(), reverse=True)


def test_what_is_not_said_of_company_counts_as_nothing() -> None:
    case = with_likings()
    setting = Setting.of(case)
    assert setting.actors == ("north", "south", "rival")
    assert setting.partition == (("north", "south"), ("rival",))
    assert setting.blocks == (3, 4)
    utility = setting.utility(Draws.at_modes(case))[0]
    everybody = [utility[i, 7] for i in range(3)]
    assert everybody == pytest.approx([0.4 - 0.5, 0.6 + 0.3, 0.2])
    assert utility[2, 5] == 0.0


@pytest.mark.parametrize(
    ("partition", "groups"),
    [
        ("", (("north", "south"), ("rival",))),
        ("  partition: {pact: [north, rival]}\n", (("north", "rival"), ("south",))),
        ("  partition: {other: [rival]}\n", (("north", "south"), ("rival",))),
    ],
)
def test_members_of_whom_nothing_is_said_stand_together(
    partition: str, groups: tuple[tuple[str, ...], ...]
) -> None:
    case = with_likings(("  partition: {pact: [north, south]}\n", partition))
    assert Setting.of(case).partition == groups


def test_the_games_at_the_most_likely_values() -> None:
    found = at_modes(with_given(), {})
    assert found.game.members == ("north", "south", "envoy")
    assert found.game.worth.tolist() == [0.0, 0.0, 1.0, 6.0, 0.0, 4.0, 3.0, 9.0]
    assert found.payoffs is not None
    assert found.payoffs.tolist() == [5.0, 3.0, 1.0]
    assert (found.source, found.hedonic, found.partition) == ("given", None, None)
    assert at_modes(with_technology(), {}).payoffs is None
    case = with_likings()
    outcome = LENSES["endurance"].run(case, Draws.at_modes(case), {})
    liked = at_modes(case, {"endurance": outcome})
    assert liked.hedonic is not None
    assert liked.hedonic.members == ("north", "south", "rival")
    assert liked.partition == (("north", "south"), ("rival",))
    assert liked.payoffs is not None
    assert liked.payoffs.tolist() == outcome.arrays["values"][0, 3].tolist()


def test_a_section_that_says_nothing_of_worth_is_no_game() -> None:
    case = with_technology(("  worth: technology\n", "  given: {}\n"))
    with pytest.raises(GameError, match="where worth comes from"):
        at_modes(case, {})
