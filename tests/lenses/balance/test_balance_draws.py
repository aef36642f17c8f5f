"""Many rows of costs on one network: each is divided best, whatever rows stand beside it."""

import numpy as np
import pytest
from balance_plain import best, networks
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.balance.frustration import Pool, frustration_many, pool_of


def rows_on(case, seed, rows=4):
    """Costs that vary, with some ties gone, some turned, some settled."""
    _, _, signs, weights = case
    lot = np.random.default_rng(seed)
    shape = (rows, len(signs))
    sign = signs * lot.choice([1, 1, 1, -1, 0], shape)
    weight = weights * lot.uniform(0.5, 1.5, shape)
    huge = np.where(lot.random(shape) < 0.1, 1e6, 0.0)
    both = lot.random(shape) * lot.integers(0, 2)
    together = np.where(sign < 0, weight, 0.0) + both
    return together, np.where(sign > 0, weight + huge, 0.0) + both


def pool_for(case):
    nodes, ends, signs, weights = case
    return pool_of(
        nodes, ends, np.where(signs < 0, weights, 0.0), np.where(signs > 0, weights, 0.0)
    )


@settings(max_examples=30, deadline=None)
@given(networks(), st.integers(0, 9))
def test_every_row_is_divided_best(case, seed):
    nodes, ends, _, _ = case
    together, apart = rows_on(case, seed)
    found = frustration_many(nodes, ends, together, apart, pool_for(case))
    assert found.proved.all()
    assert (found.value == found.bound).all()
    for p in range(len(together)):
        least, optimal = best(nodes, ends, together[p], apart[p], 2)
        assert found.value[p] == pytest.approx(least)
        assert tuple(found.assignment[p].tolist()) in optimal


def tangle():
    """A network too entangled for small tables."""
    lot = np.random.default_rng(7)
    pairs = np.array([(a, b) for a in range(40) for b in range(a + 1, 40)])
    ends = pairs[lot.random(len(pairs)) < 0.25]
    camp = lot.integers(0, 2, 40)
    apart = (camp[ends[:, 0]] != camp[ends[:, 1]]) ^ (lot.random(len(ends)) < 0.15)
    return 40, ends, np.where(apart, -1, 1), np.ones(len(ends))


def test_a_row_is_the_same_whatever_stands_beside_it():
    case = tangle()
    nodes, ends, _, _ = case
    pool = pool_for(case)
    together, apart = rows_on(case, 3, rows=5)
    whole = frustration_many(nodes, ends, together, apart, pool)
    for p in reversed(range(5)):
        alone = frustration_many(nodes, ends, together[p : p + 1], apart[p : p + 1], pool)
        assert alone.value.tobytes() == whole.value[p : p + 1].tobytes()
        assert alone.bound.tobytes() == whole.bound[p : p + 1].tobytes()
        assert alone.assignment.tobytes() == whole.assignment[p : p + 1].tobytes()


def test_the_pool_makes_it_faster_not_different():
    case = tangle()
    nodes, ends, _, _ = case
    together, apart = rows_on(case, 5)
    pool = pool_for(case)
    assert len(pool.cycles) > 50
    with_it = frustration_many(nodes, ends, together, apart, pool)
    without = frustration_many(nodes, ends, together, apart, Pool((), (0,) * nodes))
    assert with_it.value == pytest.approx(without.value)
    assert with_it.proved.all()
    assert without.proved.all()


def test_a_pool_learns_from_several_rows():
    case = tangle()
    nodes, ends, _, _ = case
    together, apart = rows_on(case, 1, rows=2)
    assert len(pool_of(nodes, ends, together, apart).cycles) > len(
        pool_of(nodes, ends, together[0], apart[0]).cycles
    )


def test_no_ties_at_all():
    none = np.zeros((3, 0))
    ends = np.zeros((0, 2), int)
    found = frustration_many(4, ends, none, none, pool_of(4, ends, none[0], none[0]))
    assert found.value.tolist() == [0, 0, 0]
    assert found.assignment.shape == (3, 4)
