from __future__ import annotations

import numpy as np
import pytest
from toy_pact import certain, toy

from foedus.ensemble.draws import Floats, Table
from foedus.lenses.lens import Draws
from foedus.verdict.conditions import Breaking, breaking
from foedus.verdict.influence import Influences, influences

STAKE = "endurance.members.north.stake"
OUTSIDE = "endurance.members.north.outside_option"
NOW = "endurance.position.now"
SIZE = 512


def every(path: str) -> bool:
    return True


def drawn(size: int = SIZE) -> tuple[Draws, Floats]:
    case = toy()
    table = Table.over([case], 1)
    draws = table.draws(case, table.uniforms(size))
    return draws, table.of(draws)


def found(holds: Floats, size: int = SIZE) -> Influences:
    draws, uniforms = drawn(size)
    return influences(toy(), draws, uniforms, holds, np.ones(size), every, 1)


def told(holds: Floats, size: int = SIZE) -> Breaking:
    draws, _ = drawn(size)
    return breaking(toy(), draws, holds, np.ones(size), every, 1)


def test_what_moves_the_answer_alone_explains_all_of_it() -> None:
    _, uniforms = drawn()
    draws, _ = drawn()
    column = draws.paths.index(STAKE)
    holds = 0.1 + 0.8 * uniforms[:, column]
    first, *others = found(holds).quantities
    assert first.path == STAKE
    assert first.first.value == pytest.approx(1.0, abs=0.02)
    assert first.swing.at_low == pytest.approx(0.18, abs=0.01)
    assert first.swing.at_high == pytest.approx(0.82, abs=0.01)
    assert first.caption.startswith("Northland: stake: from its lowest fifth to its highest")
    assert all(one.first.value < 0.05 for one in others)


def test_groups_are_by_actor_section_and_source() -> None:
    _, uniforms = drawn()
    rng = np.random.default_rng(2)
    groups = found(uniforms @ rng.uniform(size=uniforms.shape[1])).groups
    loose = [path for path, q in toy().quantities().items() if not q.fixed]
    assert {"Northland", "Southland", "the pact and the contest"} <= set(groups["actor"])
    assert sum(one.size for one in groups["actor"].values()) == len(loose)
    assert set(groups["section"]) == {"endurance"}
    assert set(groups["source"]) == {"paper", "no evidence"}
    resting = [path for path in loose if toy().quantities()[path].because]
    assert groups["source"]["paper"].size == len(resting)


@pytest.mark.parametrize("size", [8, 32])
def test_too_few_draws_tell_nothing(size: int) -> None:
    assert found(np.linspace(0.0, 1.0, size), size).reason == "too few draws: it takes 64"
    assert "too few draws" in told(np.linspace(0.0, 1.0, size), size).reason


def test_without_anything_uncertain_there_is_nothing_to_tell() -> None:
    case = certain()
    draws = Draws.at_modes(case)
    none = influences(case, draws, draws.table, np.array([0.5]), np.ones(1), every, 1)
    assert none.quantities == ()
    assert "uncertain" in none.reason
    assert "uncertain" in breaking(case, draws, np.array([0.5]), np.ones(1), every, 1).reason


def test_the_same_answer_everywhere_has_no_drivers() -> None:
    same = found(np.full(SIZE, 0.7))
    assert same.quantities == ()
    assert "same in every draw" in same.reason


def test_planted_conditions_are_found_and_said_in_words_with_their_evidence() -> None:
    draws, _ = drawn()
    breaks = (draws[STAKE] < 0.6) & (draws[OUTSIDE] > 0.04)
    answer = told(np.where(breaks, 0.2, 0.9))
    assert answer.base_rate == pytest.approx(breaks.mean())
    first = answer.boxes[0]
    assert {one.path for one in first.conditions} == {STAKE, OUTSIDE}
    by_path = {one.path: one for one in first.conditions}
    assert by_path[STAKE].high == pytest.approx(0.6, abs=0.03)
    assert by_path[OUTSIDE].low == pytest.approx(0.04, abs=0.01)
    assert by_path[STAKE].because == ("e1", "e2")
    assert first.density > 0.9
    assert "Northland: stake is below 0.6" in first.sentence
    assert "Northland: outside option is above" in first.sentence
    assert answer.branches
    coverages = [point.coverage for point in answer.tradeoff]
    densities = [point.density for point in answer.tradeoff]
    assert coverages == sorted(coverages, reverse=True)
    assert densities == sorted(densities)


def test_where_chance_finds_as_much_nothing_is_told() -> None:
    rng = np.random.default_rng(4)
    answer = told(rng.uniform(size=SIZE))
    assert answer.boxes == ()
    assert answer.reason
