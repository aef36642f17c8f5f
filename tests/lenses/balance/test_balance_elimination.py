"""Elimination beside every division in turn, and what must not change its results."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from balance_plain import best, cost, costs_of, networks, published
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.balance.kernel import elimination
from foedus.lenses.balance.kernel.elimination import assign, least, optima, over_kept, plan

QUICK = settings(max_examples=60, deadline=None)


@st.composite
def jobs(draw):
    """A small network, rows of costs of any kind, a number of camps and kept nodes."""
    nodes, ends, _, _ = draw(networks(most=6))
    camps = draw(st.integers(1, 4))
    kept = draw(st.permutations(range(nodes)))[: draw(st.integers(0, min(nodes, 3)))]
    number = st.integers(0, 5)
    m = len(ends)
    rows = draw(st.lists(st.lists(number, min_size=2 * m, max_size=2 * m), min_size=1, max_size=3))
    both = np.array(rows, np.float64).reshape(len(rows), 2, m)
    return nodes, ends, camps, tuple(kept), both[:, 0], both[:, 1]


@QUICK
@given(jobs())
def test_values_divisions_and_optima_are_those_of_trying_everything(job) -> None:
    nodes, ends, camps, kept, together, apart = job
    layout = plan(nodes, ends, camps, kept)
    values, found = assign(layout, together, apart)
    assert np.array_equal(values, least(layout, together, apart))
    for row, value in enumerate(values):
        expected, optimal = best(nodes, ends, together[row], apart[row], camps)
        assert value == expected
        assert tuple(found[row]) in optimal  # so camps are numbered as they first appear
        assert optima(layout, together[row], apart[row]) == len(optimal)


@QUICK
@given(jobs())
def test_every_assignment_of_kept_nodes_has_its_least_cost(job) -> None:
    nodes, ends, camps, kept, together, apart = job
    told = over_kept(plan(nodes, ends, camps, kept), together, apart)
    assert told.shape == (len(together), camps ** len(kept))
    for row in range(len(together)):
        expected = {}
        for at in itertools.product(range(camps), repeat=nodes):
            of_kept = tuple(at[v] for v in kept)
            value = cost(at, ends, together[row], apart[row])
            expected[of_kept] = min(value, expected.get(of_kept, np.inf))
        assert told[row].tolist() == [expected[key] for key in sorted(expected)]


def wide(rows: int, seed: int = 5):
    rng = np.random.default_rng(seed)
    pairs = list(itertools.combinations(range(14), 2))
    ends = np.array(sorted(rng.permutation(pairs)[:32].tolist()))
    return ends, rng.random((rows, 32)), rng.random((rows, 32))


@pytest.mark.parametrize("camps", [2, 3])
def test_a_row_is_the_same_bytes_whatever_stands_beside_it(camps, monkeypatch) -> None:
    ends, together, apart = wide(9)
    layout = plan(14, ends, camps, (0, 5))
    values, found = assign(layout, together, apart)
    told = over_kept(layout, together, apart)
    monkeypatch.setattr(elimination, "ROOM", 1)  # every row by itself
    for rows in (slice(0, 9), slice(3, 4), slice(2, 7)):
        value, at = assign(layout, together[rows], apart[rows])
        assert value.tobytes() == values[rows].tobytes()
        assert at.tobytes() == found[rows].tobytes()
        assert over_kept(layout, together[rows], apart[rows]).tobytes() == told[rows].tobytes()


@pytest.mark.parametrize("camps", [2, 3, 5])
def test_an_assignment_costs_what_is_said_and_no_single_move_helps(camps) -> None:
    ends, together, apart = wide(4)
    values, found = assign(plan(14, ends, camps), together, apart)
    for row, at in enumerate(found):
        assert cost(at, ends, together[row], apart[row]) == pytest.approx(values[row], abs=1e-12)
        for v, camp in itertools.product(range(14), range(camps)):
            other = at.copy()
            other[v] = camp
            assert cost(other, ends, together[row], apart[row]) >= values[row] - 1e-12


@QUICK
@given(networks(most=7), st.data())
def test_switching_a_side_changes_nothing_with_two_camps(network, data) -> None:
    nodes, ends, signs, weights = network
    side = np.array(data.draw(st.lists(st.booleans(), min_size=nodes, max_size=nodes)))
    switched = np.where(side[ends[:, 0]] == side[ends[:, 1]], signs, -signs)
    layout = plan(nodes, ends)
    first, second = (costs_of(each, weights) for each in (signs, switched))
    assert least(layout, *(c[None] for c in first)) == least(layout, *(c[None] for c in second))
    assert optima(layout, *first) == optima(layout, *second)


def test_infinite_costs_are_constraints() -> None:
    ends = np.array([[0, 1], [1, 2], [0, 2]])
    together, apart = costs_of([1, 1, -1], [1.0, 2.0, 4.0])
    layout = plan(3, ends)
    assert least(layout, together[None], apart[None])[0] == 1.0
    bound = np.array([[np.inf, 0.0, 0.0]])
    assert least(layout, together[None], apart[None] + bound)[0] == 2.0
    both = least(layout, together[None] + bound, apart[None] + bound)
    assert both[0] == np.inf


def test_a_pair_may_be_tied_several_times() -> None:
    ends = np.array([[0, 1], [1, 0], [1, 2], [1, 2], [0, 2]])
    rng = np.random.default_rng(1)
    together, apart = rng.random((2, 3, 5))
    for row, value in enumerate(least(plan(3, ends, 2), together, apart)):
        assert value == pytest.approx(best(3, ends, together[row], apart[row], 2)[0])


def test_nodes_without_ties_and_separate_parts_multiply_optima() -> None:
    nothing = np.zeros(0)
    assert optima(plan(1, []), nothing, nothing) == 1
    assert optima(plan(3, []), nothing, nothing) == 4
    assert optima(plan(3, [], 3), nothing, nothing) == 5  # Bell's number
    foes = np.array([[0, 1], [2, 3]])
    assert optima(plan(5, foes), np.ones(2), np.zeros(2)) == 4
    value, at = assign(plan(4, [[1, 2]]), np.ones((1, 1)), np.zeros((1, 1)))
    assert (value[0], at[0].tolist()) == (0.0, [0, 0, 1, 0])


def test_optima_are_counted_exactly_beyond_what_floats_hold() -> None:
    path = np.array([[v, v + 1] for v in range(79)])
    free = np.zeros(79)
    assert optima(plan(80, path), free, free) == 1 << 79
    three = (3**79 + 1) // 2  # Stirling numbers of 80 nodes with one, two and three camps
    assert optima(plan(80, path, 3), free, free) == three
    ring = np.array([[v, (v + 1) % 70] for v in range(70)])
    free = np.zeros(70)
    assert optima(plan(70, ring), free, free) == 1 << 69
    assert optima(plan(70, ring, 3), free, free) == (3**69 + 1) // 2


def test_nearly_equal_costs_count_as_equal_within_a_tolerance() -> None:
    triangle = np.array([[0, 1], [1, 2], [0, 2]])
    together, apart = costs_of([1, 1, -1], [0.3, 0.1 + 0.2, 0.30000001])
    layout = plan(3, triangle)
    assert optima(layout, together, apart, 0.0) == 1
    assert optima(layout, together, apart, 1e-12) == 2
    assert optima(layout, together, apart, 1e-6) == 3


def test_tables_beyond_the_room_there_is_are_refused() -> None:
    ends = np.array(list(itertools.combinations(range(12), 2)))
    layout = plan(12, ends)
    assert layout.width == 11
    assert plan(12, ends, most=layout.cells) is not None
    assert plan(12, ends, most=layout.cells - 1) is None
    assert plan(30, [], kept=range(30)) is None


def test_the_tables_of_a_tree_are_small() -> None:
    rng = np.random.default_rng(2)
    ends = np.array([[rng.integers(0, v), v] for v in range(1, 300)])
    layout = plan(300, rng.permutation(300)[ends], 4)
    assert layout.width == 1
    together, apart = costs_of(rng.choice([-1, 1], 299), np.ones(299))
    assert least(layout, together[None], apart[None])[0] == 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [("tribes", 7), ("wwi_1872", 1), ("wwi_1907", 0), ("cow/01", 17), ("cow/13", 30)],
)
def test_published_frustration(name, value) -> None:
    nodes, ends, signs = published(name)
    together, apart = costs_of(signs, np.ones(signs.size))
    assert least(plan(nodes, ends), together[None], apart[None])[0] == value


@pytest.mark.parametrize(
    ("nodes", "ends", "camps", "kept"),
    [
        (2, [[0, 0]], 2, ()),
        (2, [[0, 2]], 2, ()),
        (2, [[-1, 0]], 2, ()),
        (2, [[0, 1]], 0, ()),
        (2, [[0, 1]], 2, (1, 1)),
        (2, [[0, 1]], 2, (2,)),
    ],
)
def test_what_cannot_be_is_refused(nodes, ends, camps, kept) -> None:
    with pytest.raises(ValueError, match=r"tie|tied|camp|kept"):
        plan(nodes, ends, camps, kept)
