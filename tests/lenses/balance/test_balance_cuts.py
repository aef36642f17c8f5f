"""Odd cycles, the bound they make, and the search for good divisions."""

import networkx as nx
import numpy as np
import pytest
from balance_plain import best, cost, divisions, networks
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_balance_reduce import graph_of

from foedus.lenses.balance.kernel.cuts import Grain, grain, tighten
from foedus.lenses.balance.kernel.cycles import VIOLATED, Cover
from foedus.lenses.balance.kernel.reduce import Graph, Ties
from foedus.lenses.balance.kernel.search import Neighbours, along_tree, search, starts


def odd_cycles(graph):
    """Every simple cycle with an odd number of foes, as a set of ties."""
    number = {frozenset(pair): e for e, pair in enumerate(graph.ends.tolist())}
    plain = nx.Graph(graph.ends.tolist())
    for path in nx.simple_cycles(plain):
        ties = [number[frozenset(pair)] for pair in zip(path, path[1:] + path[:1], strict=True)]
        if (graph.pull[ties] < 0).sum() % 2:
            yield tuple(sorted(ties))


@settings(max_examples=60)
@given(networks(most=6), st.data())
def test_short_cycles_are_odd_and_none_is_missed(case, data):
    graph = graph_of(case)
    assume(graph.pull.size)
    camps = np.array(data.draw(st.lists(st.integers(0, 1), min_size=case[0], max_size=case[0])))
    step = st.sampled_from([0.0, 0.2, 1 / 3, 0.5, 0.9, 1.0])
    length = np.array(data.draw(st.lists(step, min_size=len(case[2]), max_size=len(case[2]))))
    found = Cover(graph, Ties(graph)).short(camps, length)
    odd = {c for c in odd_cycles(graph) if length[list(c)].sum() < 1 - VIOLATED}
    assert set(found) <= odd
    assert bool(found) == bool(odd)


@settings(max_examples=60)
@given(networks(), st.booleans())
def test_the_bound_holds_for_every_division_and_every_tie(case, poor):
    graph = graph_of(case)
    assume(graph.pull.size)
    size = grain(np.abs(graph.pull))
    begin = np.zeros(graph.nodes, int) if poor else starts(
        graph, Ties(graph), 1, np.random.default_rng(0)
    )[0]  # fmt: skip
    tight = tighten(graph, begin, (), size, np.inf)
    together, apart = np.maximum(-graph.pull, 0), np.maximum(graph.pull, 0)
    least, _ = best(graph.nodes, graph.ends, together, apart, 2)
    assert tight.bound <= least + 1e-9
    assert tight.value == graph.value(tight.camps) >= least
    assert set(tight.cycles) <= set(odd_cycles(graph))
    for at in divisions(graph.nodes, 2):
        value = cost(at, graph.ends, together, apart)
        for e, (a, b) in enumerate(graph.ends.tolist()):
            if (at[a] != at[b]) != (graph.pull[e] < 0):
                assert value >= tight.bound + tight.spare[e] - 1e-9


def test_on_a_planar_graph_the_bound_is_the_frustration():
    lot = np.random.default_rng(4)
    ends = np.array(sorted(tuple(sorted(e)) for e in nx.grid_2d_graph(7, 7).edges))
    flat = ends[..., 0] * 7 + ends[..., 1]
    graph = Graph(49, flat, lot.choice([-1.0, 1.0], len(flat)))
    tight = tighten(graph, np.zeros(49, int), (), grain(np.abs(graph.pull)), np.inf)
    assert tight.value == pytest.approx(tight.bound)


@settings(max_examples=60)
@given(networks(), st.integers(0, 5))
def test_search_tells_the_values_of_what_it_returns(case, seed):
    graph = graph_of(case)
    lot = np.random.default_rng(seed)
    camps = lot.integers(0, 2, (3, graph.nodes))
    before = [graph.value(row) for row in camps]
    values, found = search(Neighbours(graph), camps, 30, lot)
    assert values == pytest.approx([graph.value(row) for row in found])
    assert (values <= np.array(before) + 1e-9).all()


@given(networks(), st.integers(0, 5))
def test_a_tree_is_explained_whole(case, seed):
    graph = graph_of(case)
    assume(graph.pull.size)
    length = np.random.default_rng(seed).random(graph.pull.size) + 0.1
    camps = along_tree(graph, Ties(graph), length)
    plain = nx.Graph()
    for (a, b), weight, e in zip(graph.ends.tolist(), length, range(length.size), strict=True):
        plain.add_edge(a, b, weight=weight, tie=e)
    for a, b, at in nx.minimum_spanning_edges(plain):
        assert (camps[a] != camps[b]) == (graph.pull[at["tie"]] < 0)


@pytest.mark.parametrize(
    ("weights", "unit"),
    [([1, 1, 1], 1), ([2, 4, 6], 2), ([0.9, 0.6], 0.3), ([0.25, 1], 0.25), ([0.1 + 0.2, 0.6], 0.3),
     ([np.pi, 1], 0), ([1e9, 1], 0)],
)  # fmt: skip
def test_units_are_found(weights, unit):
    assert grain(np.array(weights, float)).unit == pytest.approx(unit)


def test_whole_values_round_bounds_up():
    whole = Grain(1.0, 1e-9)
    assert whole.closed(5, 4.2)
    assert not whole.closed(5, 4.0)
    assert whole.raised(4.2) == 5
    assert whole.raised(4.0000000001) == 4
    real = Grain(0.0, 1e-9)
    assert not real.closed(5, 4.9)
    assert real.closed(5, 5.0)
    assert real.raised(4.2) == 4.2
