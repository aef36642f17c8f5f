"""Three and more camps beside every division in turn, elimination, and what theory says."""

from __future__ import annotations

import itertools
from time import perf_counter

import numpy as np
import pytest
from balance_plain import best, cost, costs_of, networks, published
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.balance.kernel.bad_cycles import hit, relax
from foedus.lenses.balance.kernel.elimination import least, plan
from foedus.lenses.balance.kernel.many_camps import solve_many

QUICK = settings(max_examples=30, deadline=None)


def check(network, camps, found):
    """The division costs what is said, names camps in order, and the bound is one."""
    nodes, ends, signs, weights = network
    value, bound, proved, at = found
    assert cost(at, ends, *costs_of(signs, weights)) == pytest.approx(value, abs=1e-9)
    assert 0 <= bound <= value
    assert proved == (bound == value)
    assert at.shape == (nodes,)
    tied = at[np.unique(ends)].tolist()
    assert list(dict.fromkeys(tied)) == list(range(len(set(tied))))
    assert len(set(tied)) <= camps


@QUICK
@given(networks(most=7), st.integers(2, 7))
def test_it_is_the_best_of_all_divisions(network, camps) -> None:
    nodes, ends, signs, weights = network
    found = solve_many(*network, camps)
    check(network, camps, found)
    assert found[2]
    assert found[0] == best(nodes, ends, *costs_of(signs, weights), camps)[0]


@QUICK
@given(networks(most=6, whole=False), st.integers(2, 4), st.sampled_from([1e-6, 1.0, 1e6]))
def test_weights_of_any_size_are_told_apart(network, camps, scale) -> None:
    nodes, ends, signs, weights = network
    found = solve_many(nodes, ends, signs, weights * scale, camps)
    expected = best(nodes, ends, *costs_of(signs, weights), camps)[0]
    assert found[2]
    assert found[0] == pytest.approx(expected * scale, abs=3e-6 * scale)


def lots(nodes: int, ties: int, seed: int):
    rng = np.random.default_rng(seed)
    pairs = list(itertools.combinations(range(nodes), 2))
    ends = np.array(sorted(rng.permutation(pairs)[:ties].tolist()))
    return nodes, ends, rng.choice([-1, 1], ties), rng.integers(1, 4, ties).astype(float)


@pytest.mark.parametrize("camps", [3, 4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_what_elimination_finds(camps, seed) -> None:
    network = lots(20, 45, seed)
    nodes, ends, signs, weights = network
    together, apart = costs_of(signs, weights)
    expected = least(plan(nodes, ends, camps), together[None], apart[None])[0]
    found = solve_many(*network, camps)
    check(network, camps, found)
    assert found[2]
    assert found[0] == expected


def test_more_camps_never_cost_more() -> None:
    network = lots(24, 70, 4)
    values = [solve_many(*network, camps)[0] for camps in (2, 3, 4, 24)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[-1]


@pytest.mark.parametrize(
    ("name", "camps", "value"),
    [("cow/01", 3, 13), ("cow/01", 4, 12), ("cow/10", 3, 30), ("cow/10", 81, 29), ("tribes", 2, 7)],
)
def test_networks_of_alliances_and_disputes_are_proved(name, camps, value) -> None:
    nodes, ends, signs = published(name)
    found = solve_many(nodes, ends, signs, np.ones(signs.size), camps)
    check((nodes, ends, signs, np.ones(signs.size)), camps, found)
    assert found[:3] == (value, value, True)


def test_planted_camps_are_found() -> None:
    nodes, ends, _, weights = lots(150, 900, 6)
    camps = np.random.default_rng(7).integers(0, 5, nodes)
    signs = np.where(camps[ends[:, 0]] == camps[ends[:, 1]], 1, -1)
    assert solve_many(nodes, ends, signs, weights, nodes)[:3] == (0.0, 0.0, True)
    assert solve_many(nodes, ends, signs, weights, 5)[:3] == (0.0, 0.0, True)


@pytest.mark.parametrize(("nodes", "camps"), [(5, 3), (7, 3), (6, 5), (12, 12)])
def test_foes_of_each_other_fill_all_camps_alike(nodes, camps) -> None:
    ends = np.array(list(itertools.combinations(range(nodes), 2)))
    m = len(ends)
    low, more = divmod(nodes, camps)
    sizes = [low + 1] * more + [low] * (camps - more)  # Turán
    expected = sum(size * (size - 1) // 2 for size in sizes)
    value, _, proved, _ = solve_many(nodes, ends, np.full(m, -1), np.ones(m), camps)
    assert (value, proved) == (expected, True)


def test_where_bad_cycles_say_nothing_the_bound_is_honest() -> None:
    ends = np.array(list(itertools.combinations(range(12), 2)))
    network = (12, ends, np.full(66, -1), np.ones(66))
    found = solve_many(*network, 9)
    check(network, 9, found)
    assert found[:3] == (3.0, 0.0, False)


@QUICK
@given(networks(most=7))
def test_the_relaxation_is_zero_just_where_some_number_of_camps_explains_all(network) -> None:
    nodes, ends, signs, weights = network
    free = relax(nodes, ends, signs, weights, np.inf)
    expected = best(nodes, ends, *costs_of(signs, weights), nodes)[0]
    assert free.done
    assert free.bound <= expected + 1e-6
    assert (free.bound > 1e-6) == (expected > 0)
    for cycle in free.cycles:
        assert sum(signs[e] < 0 for e in cycle) == 1
        times = np.bincount(ends[list(cycle)].ravel())
        assert set(times[times > 0].tolist()) == {2}  # each node of a cycle has two of its ties


@QUICK
@given(networks(most=7))
def test_hitting_bad_cycles_is_frustration_with_any_number_of_camps(network) -> None:
    nodes, ends, signs, weights = network
    until = perf_counter() + 2.0
    found = hit(nodes, ends, signs, weights, relax(nodes, ends, signs, weights, until), until)
    value, optimal = best(nodes, ends, *costs_of(signs, weights), nodes)
    assert found.done
    assert found.bound == pytest.approx(value, abs=1e-6)
    assert (found.parts * weights).sum() == value
    strained = {
        tuple((at[u] == at[v]) == (s < 0) for (u, v), s in zip(ends, signs, strict=True))
        for at in optimal
    }
    assert tuple(found.parts == 1.0) in strained


def test_without_time_there_is_a_division_and_an_honest_bound() -> None:
    network = lots(60, 300, 8)
    found = solve_many(*network, 3, seconds=0.0)
    check(network, 3, found)
    assert not found[2]


def test_it_is_no_worse_than_where_it_starts_from() -> None:
    nodes, ends, _, weights = lots(80, 400, 9)
    camps = np.random.default_rng(1).integers(0, 2, nodes)
    signs = np.where(camps[ends[:, 0]] == camps[ends[:, 1]], 1, -1)
    signs[::20] *= -1
    planted = cost(camps, ends, *costs_of(signs, weights))
    assert solve_many(nodes, ends, signs, weights, 3, seconds=0.0, start=camps)[0] <= planted


def test_the_same_seed_gives_the_same_division() -> None:
    network = lots(40, 100, 10)
    one, other = (solve_many(*network, 3, seed=3) for _ in range(2))
    assert one[:3] == other[:3]
    assert np.array_equal(one[3], other[3])


def test_nodes_without_ties_stand_in_the_first_camp() -> None:
    ends = np.array([[1, 2], [1, 4], [2, 4]])
    value, _, proved, at = solve_many(6, ends, np.full(3, -1), np.ones(3), 3)
    assert (value, proved, at.tolist()) == (0.0, True, [0, 0, 1, 0, 2, 0])
    assert solve_many(2, np.zeros((0, 2)), np.zeros(0), np.zeros(0), 3)[3].tolist() == [0, 0]


def test_one_camp_is_no_question() -> None:
    with pytest.raises(ValueError, match="two camps"):
        solve_many(2, np.array([[0, 1]]), np.array([1]), np.array([1.0]), 1)
