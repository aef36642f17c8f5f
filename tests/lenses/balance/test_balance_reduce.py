"""Smaller graphs with the same best divisions, and the blocks that can be divided alone."""

import networkx as nx
import numpy as np
from balance_plain import best, networks
from hypothesis import assume, given
from hypothesis import strategies as st

from foedus.lenses.balance.kernel.reduce import (
    Graph,
    Sides,
    Ties,
    blocks,
    contract,
    heavy,
    part,
)


def graph_of(case):
    nodes, ends, signs, weights = case
    return Graph(nodes, ends, signs * weights)


def solved(graph):
    """The least weight and all optimal divisions, by trying all."""
    return best(graph.nodes, graph.ends, np.maximum(-graph.pull, 0), np.maximum(graph.pull, 0), 2)


def numbered(camps):
    return tuple((camps ^ camps[0]).tolist())


@given(networks())
def test_what_is_best_in_the_smaller_graph_is_best_in_the_larger(case):
    graph = graph_of(case)
    small = contract(graph)
    least, optimal = solved(graph)
    inner, chosen = solved(small.graph)
    assert inner + small.least == least
    for camps in chosen:
        assert numbered(small.lifted(np.array(camps))) in optimal


@given(networks())
def test_with_every_no_optimum_is_lost(case):
    graph = graph_of(case)
    small = contract(graph, every=True)
    least, optimal = solved(graph)
    inner, chosen = solved(small.graph)
    assert inner + small.least == least
    assert {numbered(small.lifted(np.array(camps))) for camps in chosen} == optimal


@given(networks(), st.data())
def test_known_ties_are_kept_or_contradict_each_other(case, data):
    graph = graph_of(case)
    assume(graph.pull.size)
    ties = data.draw(st.sets(st.integers(0, graph.pull.size - 1), min_size=1))
    known = np.array(sorted(ties))
    small = contract(graph, known, every=True)
    foe = graph.pull < 0
    together, apart = np.maximum(-graph.pull, 0), np.maximum(graph.pull, 0)
    together[known] += np.where(foe[known], 1000.0, 0)
    apart[known] += np.where(foe[known], 0, 1000.0)
    least, optimal = best(graph.nodes, graph.ends, together, apart, 2)
    assert (small is None) == (least >= 1000)
    if small is not None:
        inner, chosen = solved(small.graph)
        assert inner + small.least == least
        assert {numbered(small.lifted(np.array(camps))) for camps in chosen} == optimal


def test_a_path_and_a_balanced_ring_vanish_and_an_unbalanced_ring_loses_its_lightest_tie():
    path = Graph(4, np.array([(0, 1), (1, 2), (2, 3)]), np.array([1.0, -1.0, -2.0]))
    small = contract(path)
    assert (small.graph.nodes, small.least) == (1, 0)
    assert numbered(small.lifted(np.zeros(1, int))) == (0, 0, 1, 0)
    ring = np.array([(0, 1), (1, 2), (2, 3), (0, 3)])
    assert contract(Graph(4, ring, np.array([2.0, 3.0, 1.5, 2.0]))).least == 0
    assert contract(Graph(4, ring, np.array([2.0, 3.0, -1.5, 2.0]))).least == 1.5


@given(networks())
def test_heavy_ties_are_explained_by_every_best_division(case):
    graph = graph_of(case)
    _, optimal = solved(graph)
    for camps in optimal:
        at = np.array(camps)
        for e in heavy(graph):
            a, b = graph.ends[e]
            assert (at[a] != at[b]) == (graph.pull[e] < 0)


def test_ties_that_are_huge_are_heavy_unless_they_contradict_each_other():
    ends = np.array([(0, 1), (0, 2), (1, 2), (2, 3)])
    agreed = Graph(4, ends, np.array([1e9, 1e9, 1e9, -1.0]))
    assert set(heavy(agreed).tolist()) == {0, 1, 2, 3}
    torn = Graph(4, ends, np.array([1e9, 1e9, -1e9, -1.0]))
    assert heavy(torn).size == 0


@given(networks(most=12))
def test_blocks_are_those_that_networkx_finds(case):
    graph = graph_of(case)
    plain = nx.Graph(graph.ends.tolist())
    expected = {
        frozenset(tuple(sorted(tie)) for tie in ties)
        for ties in nx.biconnected_component_edges(plain)
    }
    found = [frozenset(map(tuple, graph.ends[ties].tolist())) for ties in blocks(graph)]
    assert set(found) == expected
    assert sum(map(len, found)) == graph.pull.size


@given(networks())
def test_the_least_of_a_graph_is_the_sum_over_its_blocks(case):
    graph = graph_of(case)
    assert solved(graph)[0] == sum(solved(part(graph, ties)[0])[0] for ties in blocks(graph))


def test_sides_remember_who_stands_with_whom():
    sides = Sides(4)
    assert sides.join((0, 1, 1))
    assert sides.join((1, 2, 1))
    assert not sides.join((0, 2, 1))
    assert sides.find(0)[0] == sides.find(2)[0] != sides.find(3)[0]
    assert sides.find(0)[1] == sides.find(2)[1] != sides.find(1)[1]


@given(networks())
def test_a_tie_is_found_from_either_end(case):
    graph = graph_of(case)
    assume(graph.pull.size)
    a, b = graph.ends.T
    each = np.arange(graph.pull.size)
    assert (Ties(graph).between(a, b) == each).all()
    assert (Ties(graph).between(b, a) == each).all()
