"""Indices of balance: published values, plain counting, and what they must be."""

from __future__ import annotations

import csv
import itertools
import json
import math

import numpy as np
import pytest
from balance_plain import PUBLISHED, networks, published
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.balance.kernel.indices import least_eigenvalue, triangles, walk_index

QUICK = settings(max_examples=80, deadline=None)
VALUES = json.loads((PUBLISHED / "values.json").read_text("utf-8"))
with (PUBLISHED / "cow_values.csv").open(encoding="utf-8") as file:
    WINDOWS = {f"cow/{row['file'][:2]}": row for row in csv.DictReader(file)}
PUBLISHED_VALUES = {name.removesuffix(".csv"): told for name, told in VALUES.items()} | WINDOWS


@pytest.mark.parametrize("name", PUBLISHED_VALUES)
def test_published_values(name) -> None:
    told = PUBLISHED_VALUES[name]
    nodes, ends, signs = published(name)
    assert (nodes, len(ends), (signs < 0).sum()) == tuple(int(told[k]) for k in ("n", "m", "neg"))
    found = triangles(nodes, ends, signs)
    assert found.census.sum() == int(told["triads"])
    assert found.census[[1, 3]].sum() == int(told["unbalanced"])
    assert found.index == pytest.approx(float(told["T"]), abs=1e-6)
    assert walk_index(nodes, ends, signs) == pytest.approx(float(told["W"]), abs=1e-6)
    least = float(told["signed_laplacian_min"])
    assert least_eigenvalue(nodes, ends, signs) == pytest.approx(least, abs=1e-6)


@QUICK
@given(networks(most=8))
def test_triangles_are_those_of_counting_three_by_three(network) -> None:
    nodes, ends, signs, _ = network
    sign = {(u, v): s for (u, v), s in zip(ends.tolist(), signs, strict=True)}
    number = {pair: e for e, pair in enumerate(sign)}
    census, through, unbalanced = [0] * 4, [0] * len(ends), [0] * len(ends)
    of, right = [0] * nodes, [0] * nodes
    for three in itertools.combinations(range(nodes), 3):
        pairs = list(itertools.combinations(three, 2))
        if not all(pair in sign for pair in pairs):
            continue
        foes = sum(sign[pair] < 0 for pair in pairs)
        census[foes] += 1
        for pair in pairs:
            through[number[pair]] += 1
            unbalanced[number[pair]] += foes % 2
        for v in three:
            of[v] += 1
            right[v] += 1 - foes % 2
    found = triangles(nodes, ends, signs)
    assert found.census.tolist() == census
    assert found.through.tolist() == through
    assert found.unbalanced.tolist() == unbalanced
    assert found.of.tolist() == of
    for v in range(nodes):
        assert math.isnan(found.local[v]) if not of[v] else found.local[v] == right[v] / of[v]
    all_right = census[0] + census[2]
    assert math.isnan(found.index) if not sum(census) else found.index == all_right / sum(census)


def closed_walks(nodes, ends, values) -> float:
    """Closed walks through Taylor's series, each of length k divided by k!."""
    matrix = np.zeros((nodes, nodes))
    for (u, v), value in zip(ends, values, strict=True):
        matrix[u, v] = matrix[v, u] = value
    term, total = np.eye(nodes), 0.0
    for k in range(1, 200):
        total += np.trace(term)
        term = term @ matrix / k
    return total


@QUICK
@given(networks(most=7, whole=False))
def test_the_walk_index_is_that_of_the_series(network) -> None:
    nodes, ends, signs, weights = network
    for values in (signs, signs * weights):
        expected = closed_walks(nodes, ends, values) / closed_walks(nodes, ends, np.abs(values))
        assert walk_index(nodes, ends, values) == pytest.approx(expected, rel=1e-9)


@QUICK
@given(networks(most=8, whole=False), st.data())
def test_switching_a_side_changes_no_index(network, data) -> None:
    nodes, ends, signs, weights = network
    side = np.array(data.draw(st.lists(st.booleans(), min_size=nodes, max_size=nodes)))
    switched = np.where(side[ends[:, 0]] == side[ends[:, 1]], signs, -signs)
    for f in (walk_index, least_eigenvalue):
        one, other = (f(nodes, ends, each * weights) for each in (signs, switched))
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)
    one, other = (triangles(nodes, ends, each) for each in (signs, switched))
    assert one.unbalanced.tolist() == other.unbalanced.tolist()


@QUICK
@given(networks(most=8), st.data())
def test_a_balanced_network_has_the_indices_of_balance(network, data) -> None:
    nodes, ends, _, weights = network
    side = np.array(data.draw(st.lists(st.booleans(), min_size=nodes, max_size=nodes)))
    signs = np.where(side[ends[:, 0]] == side[ends[:, 1]], 1, -1)
    assert walk_index(nodes, ends, signs * weights) == 1.0
    assert least_eigenvalue(nodes, ends, signs * weights) == 0.0
    assert triangles(nodes, ends, signs).unbalanced.sum() == 0


@QUICK
@given(networks(most=7, whole=False))
def test_the_least_eigenvalue_is_the_least_of_the_whole_matrix(network) -> None:
    nodes, ends, signs, weights = network
    matrix = np.zeros((nodes, nodes))
    for (u, v), s, w in zip(ends, signs, weights, strict=True):
        matrix[u, v] = matrix[v, u] = -s * w
        matrix[u, u] += w
        matrix[v, v] += w
    expected = np.linalg.eigvalsh(matrix)[0]
    assert least_eigenvalue(nodes, ends, signs * weights) == pytest.approx(expected, abs=1e-9)


def test_an_unbalanced_triangle_by_hand() -> None:
    ends, signs = np.array([[0, 1], [0, 2], [1, 2]]), np.array([1, 1, -1])
    e = math.e
    expected = (2 * e + e**-2) / (2 / e + e**2)  # roots 1, 1, -2 and -1, -1, 2
    assert walk_index(3, ends, signs) == pytest.approx(expected)
    assert least_eigenvalue(3, ends, signs) == pytest.approx(1.0)
    assert triangles(3, ends, signs).local.tolist() == [0.0] * 3


def test_an_actor_without_ties_is_a_balanced_part() -> None:
    ends, signs = np.array([[0, 1], [0, 2], [1, 2]]), np.array([-1, -1, -1])
    assert least_eigenvalue(4, ends, signs) == 0.0
    assert walk_index(1, np.zeros((0, 2), np.int64), np.zeros(0)) == 1.0
    assert math.isnan(triangles(1, np.zeros((0, 2), np.int64), np.zeros(0, np.int64)).index)


def test_very_strong_ties_overflow_nothing() -> None:
    ends, signs = np.array([[0, 1], [0, 2], [1, 2]]), np.array([1, 1, -1])
    assert walk_index(3, ends, signs * 1e4) == 0.0
    assert walk_index(3, ends, np.abs(signs) * 1e4) == 1.0
