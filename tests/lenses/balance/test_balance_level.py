"""Ties of very different weight: what is proved and counted beside every division in turn."""

from __future__ import annotations

import numpy as np
import pytest
from balance_nets import consistent, network
from balance_plain import best, costs_of
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.balance import frustration as module
from foedus.lenses.balance.frustration import frustration
from foedus.lenses.balance.kernel.cuts import grain
from foedus.lenses.balance.kernel.level import explained, levelled

QUICK = settings(max_examples=40, deadline=None)


@st.composite
def uneven(draw, most=6, scales=(1.0, 1e3, 1e9)):
    """A network whose ties are of several sizes, some of them in conflict."""
    nodes = draw(st.integers(3, most))
    pairs = [(a, b) for a in range(nodes) for b in range(a + 1, nodes)]
    ends = draw(st.lists(st.sampled_from(pairs), min_size=2, unique=True))
    signs = draw(st.lists(st.sampled_from([-1, 1]), min_size=len(ends), max_size=len(ends)))
    weight = st.builds(lambda w, s: w * s, st.integers(1, 3), st.sampled_from(scales))
    weights = draw(st.lists(weight, min_size=len(ends), max_size=len(ends)))
    return nodes, np.array(ends), np.array(signs), np.array(weights)


@QUICK
@given(uneven(), st.integers(2, 4))
def test_the_same_divisions_are_best_with_less_weight(net, camps) -> None:
    nodes, ends, signs, weights = net
    cut = levelled(nodes, ends, signs, weights, camps)
    assert (cut <= weights).all()
    assert (cut > 0).all()
    before = best(nodes, ends, *costs_of(signs, weights), camps)[1]
    after = best(nodes, ends, *costs_of(signs, cut), camps)[1]
    assert {tuple(at) for at in before} == {tuple(at) for at in after}


def test_what_decides_before_all_others_is_cut_to_size() -> None:
    ends = np.array([[0, 1], [1, 2], [0, 2], [2, 3]])
    signs, weights = np.array([1, -1, 1, 1]), np.array([1e9, 2.0, 3.0, 1e-9])
    assert levelled(4, ends, signs, weights, 3).max() <= 20.0
    # heavy ties that quarrel keep their proportion
    weights = np.array([1e9, 1e9, 2e9, 1.0])
    assert levelled(4, ends, signs, weights, 3).tolist() == [2.0, 2.0, 4.0, 1.0]


def test_what_so_many_camps_explain() -> None:
    triangle = np.array([[0, 1], [1, 2], [0, 2]])
    foes = np.array([True, True, True])
    assert not explained(3, triangle, foes, 2)
    assert explained(3, triangle, foes, 3)
    assert not explained(3, triangle, np.array([True, False, False]), 3)
    assert explained(3, triangle, np.array([True, True, False]), 2)


@QUICK
@given(uneven(most=6, scales=(1.0, 0.37, 1e6)), st.integers(3, 5))
def test_more_camps_are_proved_beside_heavy_ties(net, camps) -> None:
    nodes, ends, signs, weights = net
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CELLS", 0)  # no tables
        found = frustration(network(*net), camps)
    value = best(nodes, ends, *costs_of(signs, weights), camps)[0]
    assert consistent(network(*net), found)
    assert found.bound <= value * (1 + 1e-12)
    if found.proved:
        assert found.value == pytest.approx(value, rel=1e-12)


def test_two_heavy_ties_hide_nothing() -> None:
    lot = np.random.default_rng(4)
    pairs = [(a, b) for a in range(9) for b in range(a + 1, 9)]
    ends, m = np.array(pairs), len(pairs)
    signs = lot.choice([-1, 1], m)
    weights = lot.integers(1, 99, m) / 100
    weights[[7, 20]] = 1e9
    values = []
    for camps in (2, 3, 4, 9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "CELLS", 0)
            found = frustration(network(9, ends, signs, weights), camps)
        exact = frustration(network(9, ends, signs, weights), camps, count=False)
        assert found.proved
        assert found.value == pytest.approx(exact.value, abs=1e-9)
        values.append(found.value)
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("small", [1e-9, 1e-200])
def test_optima_are_told_apart_at_every_scale(small) -> None:
    apart = network(3, [[0, 1], [0, 2]], [1, 1], [small, 1.0])
    assert frustration(apart, 3).optima == 1
    assert frustration(apart, 2).optima == 1


@QUICK
@given(uneven(scales=(1.0, 1e-7, 1e6)), st.integers(2, 3))
def test_optima_are_counted_at_every_scale(net, camps) -> None:
    nodes, ends, signs, weights = net
    found = frustration(network(*net), camps)
    divisions = best(nodes, ends, *costs_of(signs, weights), camps)[1]
    assert found.optima == len({tuple(at) for at in divisions})


def test_a_unit_is_one_of_every_weight() -> None:
    assert grain(np.array([1.0, 1e-10])).unit == 0.0
    assert grain(np.array([0.5, 0.25])).unit == pytest.approx(0.25)


@pytest.mark.parametrize(("nodes", "seed"), [(10, 90), (10, 351), (12, 14), (12, 94)])
def test_no_solver_s_tolerance_proves_what_is_not_best(nodes, seed) -> None:
    lot = np.random.default_rng(seed)
    ends = np.array([(a, b) for a in range(nodes) for b in range(a + 1, nodes)])
    weights = lot.random(len(ends)) + 0.01
    weights[lot.integers(0, len(ends), 2)] = 1e6
    net = network(nodes, ends, lot.choice([-1, 1], len(ends)), weights)
    tables = frustration(net, 3, count=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CELLS", 0)
        found = frustration(net, 3)
    assert found.proved
    assert found.value == pytest.approx(tables.value, rel=1e-12)
