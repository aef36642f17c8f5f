from __future__ import annotations

import numpy as np
import pytest

from foedus.case import Quantity, Range
from foedus.ensemble.pert import Pert, pert
from foedus.ensemble.reweighting import reweighted
from foedus.lenses.lens import Draws

SIZE = 4096
UNIT = Range(0.0, 1.0)


def judged(mode: float, low: float, high: float) -> Quantity:
    return UNIT.on(Quantity(mode=mode, low=low, high=high))


def drawn(*quantities: Quantity) -> Draws:
    rng = np.random.default_rng(3)
    table = np.stack([pert(q, rng.uniform(size=SIZE)) for q in quantities], axis=1)
    names = tuple(f"q{k}" for k in range(len(quantities)))
    return Draws(names, table, np.arange(SIZE), np.full(SIZE, 1.0 / SIZE))


def test_the_same_judgement_changes_no_weight() -> None:
    first = judged(0.4, 0.2, 0.7)
    draws = drawn(first)
    made = reweighted(draws, draws.weights, {"q0": first}, {"q0": first})
    np.testing.assert_allclose(made.weights, draws.weights)
    assert made.effective == pytest.approx(1.0)
    assert made.outside == pytest.approx(0.0, abs=1e-12)
    assert made.sound


def test_reweighted_means_are_those_of_the_other_judgement() -> None:
    was = {"q0": judged(0.4, 0.0, 1.0), "q1": judged(0.6, 0.0, 1.0)}
    now = {"q0": judged(0.5, 0.0, 1.0), "q1": judged(0.5, 0.0, 1.0)}
    draws = drawn(*was.values())
    made = reweighted(draws, draws.weights, was, now)
    assert made.sound
    even = (np.arange(200_000) + 0.5) / 200_000
    for path in now:
        expected = pert(now[path], even)
        error = 4.0 * expected.std() / np.sqrt(made.effective * SIZE)
        assert made.weights @ draws[path] == pytest.approx(expected.mean(), abs=error)
        assert abs(draws[path].mean() - expected.mean()) > error  # the weights had work to do


def test_what_no_draw_can_reach_is_told() -> None:
    was, now = judged(0.5, 0.45, 0.55), judged(0.5, 0.3, 0.7)
    draws = drawn(was)
    made = reweighted(draws, draws.weights, {"q0": was}, {"q0": now})
    old, even = Pert.of(was), (np.arange(100_000) + 0.5) / 100_000
    values = pert(now, even)
    beyond = np.mean((values < old.least) | (values > old.most))
    assert made.outside == pytest.approx(beyond, abs=1e-4)
    assert made.outside > 0.1
    assert not made.sound


def test_the_effective_share_is_kishs() -> None:
    was, now = judged(0.3, 0.0, 1.0), judged(0.7, 0.0, 1.0)
    draws = drawn(was)
    made = reweighted(draws, draws.weights, {"q0": was}, {"q0": now})
    assert made.effective == pytest.approx(1.0 / np.sum(made.weights**2) / SIZE)
    assert made.effective < 1.0


def test_draws_that_did_not_count_stay_without_weight() -> None:
    was, now = judged(0.4, 0.0, 1.0), judged(0.45, 0.0, 1.0)
    draws = drawn(was)
    own = np.where(np.arange(SIZE) % 5 == 0, 0.0, draws.weights)
    made = reweighted(draws, own, {"q0": was}, {"q0": now})
    assert (made.weights[::5] == 0.0).all()
    assert made.weights.sum() == pytest.approx(1.0)


def test_a_certain_number_cannot_be_reweighted() -> None:
    was, now = UNIT.on(Quantity(mode=0.5, low=0.5, high=0.5)), judged(0.5, 0.3, 0.7)
    draws = drawn(was)
    assert not reweighted(draws, draws.weights, {"q0": was}, {"q0": now}).sound
