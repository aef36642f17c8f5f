from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from toy_pact import toy

from foedus.case import Case, Quantity
from foedus.ensemble.draws import Floats, Table
from foedus.ensemble.pert import pert
from foedus.ensemble.reweighting import reweighted
from foedus.lenses.lens import Draws
from foedus.verdict.evidence import Weighed, weigh
from foedus.verdict.setting_aside import one_step_worse, without

STAKE = "endurance.members.north.stake"
NOW = "endurance.position.now"
SIZE = 512


def chance(draws: Draws) -> Floats:
    """A pact that holds by its stake and its front."""
    pull = 5.0 * (draws[STAKE] - 0.6) + 3.0 * draws[NOW]
    return np.asarray(1.0 / (1.0 + np.exp(-pull)))


def evaluate(few: Draws, others: Mapping[str, Draws]) -> dict[str, tuple[Floats, Floats]]:
    return {name: (chance(draws), np.ones(draws.size)) for name, draws in others.items()}


def drawn(case: Case, size: int = SIZE) -> tuple[Draws, Floats]:
    table = Table.over([case], 1)
    draws = table.draws(case, table.uniforms(size))
    return draws, table.of(draws)


def weighed(case: Case, size: int = SIZE, bears: bool = True) -> dict[str, Weighed]:
    draws, uniforms = drawn(case, size)
    weights = np.ones(size)
    found = weigh(case, draws, uniforms, chance(draws), weights, lambda _: bears, evaluate)
    return {one.id: one for one in found}


def true_mean(case: Case, judged: Mapping[str, Quantity]) -> float:
    """The mean chance under other judgements, from many independent draws."""
    rng = np.random.default_rng(8)
    now = {**case.quantities(), **judged}
    paths = (STAKE, NOW)
    table = np.stack([pert(now[path], rng.uniform(size=200_000)) for path in paths], axis=1)
    size = len(table)
    return float(chance(Draws(paths, table, np.arange(size), np.ones(size))).mean())


def test_each_answer_lies_within_its_interval_of_the_truth() -> None:
    case = toy()
    found = weighed(case)
    before = true_mean(case, {})
    for name, one in found.items():
        items = ["e1", "e2"] if one.kind == "source" else [name]
        assert one.aside is not None
        expected = true_mean(case, without(case, items)) - before
        width = one.aside.change.high - one.aside.change.low
        assert abs(one.aside.change.value - expected) <= width + 0.004
    worse = one_step_worse(case, "e1")
    assert worse is not None
    effect = found["e1"].worse
    assert effect is not None
    width = effect.change.high - effect.change.low
    expected = true_mean(case, worse) - before
    assert abs(effect.change.value - expected) <= width + 0.004


def test_what_the_draws_can_tell_is_told_from_them_and_the_rest_is_computed_anew() -> None:
    # one number rests on it, of which a step of credibility takes little
    case = toy().with_values({
        "evidence.e1.credibility": 1, f"{NOW}.because": [], f"{STAKE}.because": ["e1", "e2"],
        "endurance.members.north.gets_from.south.because": [],
    })  # fmt: skip
    found = weighed(case)
    worse = found["e1"].worse
    assert worse is not None
    assert (worse.method, worse.draws) == ("reweighted", SIZE)
    assert 0.5 <= worse.effective < 1.0
    gone = found["paper"].aside
    assert gone is not None
    assert gone.method == "computed anew"
    draws, _ = drawn(case)
    was, now = case.quantities(), without(case, ["e1", "e2"])
    assert not reweighted(draws, np.ones(SIZE), was, now).sound


def test_no_more_is_computed_anew_than_the_budget_and_enough_of_each() -> None:
    asked: list[int] = []

    def counting(few: Draws, others: Mapping[str, Draws]) -> dict[str, tuple[Floats, Floats]]:
        asked.extend(draws.size for draws in others.values())
        assert all(draws.size == few.size for draws in others.values())
        return evaluate(few, others)

    case = toy()
    draws, uniforms = drawn(case)
    weigh(case, draws, uniforms, chance(draws), np.ones(SIZE), lambda _: True, counting)
    assert sum(asked) <= max(2 * SIZE, 64 * len(asked))
    assert all(size % 8 == 0 and size >= 64 for size in asked)


def test_what_does_not_bear_carries_nothing() -> None:
    found = weighed(toy(), bears=False)
    assert set(found) == {"e1", "e2", "paper"}
    assert all(one.aside is None and one.worse is None and not one.paths for one in found.values())


def test_those_on_which_most_hangs_for_sure_come_first() -> None:
    found = list(weighed(toy()).values())
    sizes = [one.surely for one in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0.0


def test_what_is_no_number_and_rests_on_it_is_named() -> None:
    found = weighed(toy())
    assert found["e2"].settings == ("endurance.anchor",)
    assert found["e1"].settings == ()
    assert found["paper"].settings == ("endurance.anchor",)


def test_a_change_that_few_draws_carry_has_no_interval() -> None:
    def step(few: Draws, others: Mapping[str, Draws]) -> dict[str, tuple[Floats, Floats]]:
        return {
            name: (np.where(np.arange(draws.size) < 3, 0.2, 0.9), np.ones(draws.size))
            for name, draws in others.items()
        }

    case = toy()
    draws, uniforms = drawn(case)
    found = weigh(case, draws, uniforms, np.full(SIZE, 0.9), np.ones(SIZE), lambda _: True, step)
    anew = [one.aside for one in found if one.aside and one.aside.method == "computed anew"]
    assert anew
    assert all(np.isnan(effect.change.low) and effect.change.value < 0.0 for effect in anew)


def test_draws_that_did_not_settle_do_not_count() -> None:
    case = toy()
    draws, uniforms = drawn(case)
    gone = np.arange(SIZE) % 16 == 3
    weights = np.where(gone, 0.0, 1.0)
    spoilt = np.where(gone, np.nan, chance(draws))
    found = weigh(case, draws, uniforms, spoilt, weights, lambda _: True, evaluate)
    for one in found:
        for effect in (one.aside, one.worse):
            assert effect is None or np.isfinite([effect.holds, effect.change.value]).all()


@pytest.mark.parametrize("size", [16, 32])
def test_few_draws_are_told_with_wide_intervals_or_none(size: int) -> None:
    found = weighed(toy(), size)
    aside = found["paper"].aside
    assert aside is not None
    assert 16 <= aside.draws <= size
    assert aside.change.high > aside.change.low
