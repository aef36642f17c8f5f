"""Two-camp frustration beside a plain integer programme, and by branching alone."""

import numpy as np
import pytest
from balance_nets import consistent, plain_programme, random_network

from foedus.lenses.balance.frustration import frustration
from foedus.lenses.balance.kernel import exact


@pytest.mark.parametrize("batch", range(10))
def test_two_hundred_random_networks_are_as_a_plain_integer_programme_has_them(monkeypatch, batch):
    monkeypatch.setattr(exact, "CHEAP", 0)
    for seed in range(20 * batch, 20 * batch + 20):
        nodes = 7 + seed % 4
        net = random_network(nodes, 2 * nodes, seed, 0.5, weighted=seed % 3 == 0)
        found = frustration(net)
        assert consistent(net, found)
        assert found.proved
        assert found.value == pytest.approx(plain_programme(net), abs=1e-6)


@pytest.mark.parametrize("weighted", [False, True])
def test_branching_alone_finds_the_same(monkeypatch, weighted):
    nets = [random_network(30, 66, seed, weighted=weighted) for seed in range(3)]
    known = [frustration(net, count=False).value for net in nets]
    for name in ("CHEAP", "WIDE", "SMALLER"):
        monkeypatch.setattr(exact, name, 0)
    monkeypatch.setattr(exact, "tighten", loose)
    asked = []
    branch = exact.branch
    monkeypatch.setattr(exact, "branch", lambda *given: asked.append(1) or branch(*given))
    found = [frustration(net, count=False) for net in nets]
    assert asked
    assert [one.value for one in found] == pytest.approx(known)
    assert all(one.proved for one in found)


def loose(graph, camps, cycles, size, deadline):
    """No bound at all, and a poor division."""
    camps = np.zeros_like(camps)
    nothing = np.zeros(graph.pull.size)
    return exact.Tight(graph.value(camps), 0.0, camps, nothing, tuple(cycles))
