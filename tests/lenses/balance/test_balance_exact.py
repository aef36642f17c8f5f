"""Two-camp frustration: published values, other solvers, and what theory says of any network."""

import csv

import networkx as nx
import numpy as np
import pytest
from balance_nets import consistent, network, random_network, read
from balance_plain import PUBLISHED, best, costs_of, networks
from hypothesis import HealthCheck, given, settings

from foedus.lenses.balance.frustration import frustration
from foedus.lenses.balance.kernel import exact
from foedus.lenses.balance.network import NetworkError

COW = {
    row["file"]: int(row["L"])
    for row in csv.DictReader((PUBLISHED / "cow_values.csv").read_text().splitlines())
}


@pytest.fixture
def without_small_tables(monkeypatch):
    """Small networks too go the way of large ones."""
    monkeypatch.setattr(exact, "CHEAP", 0)


@pytest.mark.parametrize("name", COW)
def test_windows_of_the_correlates_of_war_are_proved_as_published(name):
    net = read(PUBLISHED / "cow" / name)
    found = frustration(net)
    assert consistent(net, found)
    assert (found.value, found.proved) == (COW[name], True)


def test_highland_tribes_and_the_road_to_war_are_as_published():
    assert frustration(read(PUBLISHED / "tribes.csv")).value == 7
    years = (1872, 1882, 1890, 1891, 1904, 1907)
    nets = [read(PUBLISHED / f"wwi_{year}.csv") for year in years]
    assert [frustration(net).value for net in nets] == [1, 1, 1, 1, 1, 0]
    camps = dict(zip(nets[-1].actors, frustration(nets[-1]).assignment.tolist(), strict=True))
    assert {a for a, camp in camps.items() if camp == camps["GBR"]} == {"GBR", "FRA", "RUS"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=networks())
def test_value_and_number_of_optima_are_those_of_trying_all(without_small_tables, case):
    nodes, ends, signs, weights = case
    least, optimal = best(nodes, ends, *costs_of(signs, weights), 2)
    found = frustration(network(nodes, ends, signs, weights))
    assert found.proved
    assert found.value == least
    assert found.optima == found.optima_least == len(optimal)
    assert tuple(found.assignment.tolist()) in optimal
    assert frustration(network(nodes, ends, signs, weights), count=False).value == least


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=networks(whole=False))
def test_any_weights_will_do(without_small_tables, case):
    nodes, ends, signs, weights = case
    least, optimal = best(nodes, ends, *costs_of(signs, weights), 2)
    found = frustration(network(nodes, ends, signs, weights))
    assert found.proved
    assert found.value == pytest.approx(least, rel=1e-9, abs=1e-12)
    assert found.optima == len(optimal)


def test_switching_any_camp_changes_nothing():
    net = random_network(60, 240, 5, 0.2)
    value = frustration(net)
    lot = np.random.default_rng(1)
    for _ in range(3):
        turned = lot.random(net.size) < 0.5
        across = turned[net.ends[:, 0]] != turned[net.ends[:, 1]]
        signs = np.where(across, -net.signs, net.signs)
        other = frustration(network(net.size, net.ends, signs))
        assert (other.value, other.optima) == (value.value, value.optima)


def test_a_balanced_network_has_none_and_one_division_for_each_way_its_parts_may_stand():
    net = random_network(400, 1600, 3, wrong=0.0)
    found = frustration(net)
    parts = nx.Graph()
    parts.add_nodes_from(range(net.size))
    parts.add_edges_from(net.ends.tolist())
    count = 2 ** (nx.number_connected_components(parts) - 1)
    assert (found.value, found.bound, found.optima) == (0, 0, count)
    apart = network(7, [(0, 1), (2, 3), (3, 4)], [-1, 1, -1])
    found = frustration(apart)
    assert (found.value, found.optima) == (0, 2**3)


def test_a_planted_division_of_many_is_proved():
    net = random_network(400, 1600, 11, wrong=0.05)
    found = frustration(net)
    assert consistent(net, found)
    assert found.proved
    assert found.value <= 0.08 * 1600


def test_a_negative_clique_splits_into_halves():
    pairs = [(a, b) for a in range(16) for b in range(a + 1, 16)]
    found = frustration(network(16, pairs, [-1] * len(pairs)))
    assert (found.value, found.proved, found.optima) == (2 * 28, True, 6435)


@pytest.mark.parametrize("scale", [0.1, 0.25, 7.0, 1e-5, 1e7])
def test_units_of_weight_do_not_matter(without_small_tables, scale):
    plain = random_network(30, 90, 2, 0.3)
    scaled = network(30, plain.ends, plain.signs, plain.weights * scale)
    one, other = frustration(plain), frustration(scaled)
    assert other.proved
    assert other.value == pytest.approx(scale * one.value, rel=1e-9)
    assert other.optima == one.optima


def test_without_time_a_bound_is_told_that_holds():
    net = random_network(150, 330, 1)
    hurried = frustration(net, seconds=0.0)
    assert consistent(net, hurried)
    assert hurried.bound <= frustration(net, count=False).value <= hurried.value


def test_the_same_seed_finds_the_same():
    net = random_network(120, 300, 4, 0.2)
    one, other = frustration(net, seed=9), frustration(net, seed=9)
    assert one.assignment.tobytes() == other.assignment.tobytes()
    assert (one.value, one.optima) == (other.value, other.optima)


def test_one_camp_leaves_all_foes_and_more_camps_leave_less():
    net = random_network(8, 20, 8)
    values = [frustration(net, camps).value for camps in (1, 2, 3, 4, 8, 50)]
    assert values[0] == (net.signs < 0).sum()
    assert values == sorted(values, reverse=True)
    assert values[4] == values[5]
    for camps in (2, 3, 4):
        least, optimal = best(8, net.ends, *costs_of(net.signs, net.weights), camps)
        found = frustration(net, camps)
        assert (found.value, found.optima) == (least, len(optimal))


def test_nobody_tied_and_too_few_camps():
    alone = network(3, np.zeros((0, 2), int), [])
    found = frustration(alone)
    assert (found.value, found.proved, found.optima) == (0, True, 4)
    with pytest.raises(NetworkError, match="0 camps"):
        frustration(alone, 0)
