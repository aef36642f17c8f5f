"""Large networks heed a limit of time, and what they tell then is honest."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest
from balance_nets import consistent, network

from foedus.lenses.balance.frustration import frustrated, frustration
from foedus.lenses.balance.kernel.elimination import plan
from foedus.lenses.balance.realigning import drift
from foedus.lenses.balance.realigning.splitting import split_cost

SLOW = 20.0
"""Seconds of work that nothing here comes near, with a limit of a tenth of a second."""


def random(nodes, ties):
    lot = np.random.default_rng(5)
    codes = np.unique(lot.integers(0, nodes**2, 3 * ties))
    first, second = np.divmod(codes, nodes)
    ends = np.stack([first, second], axis=1)[first < second]
    ends = ends[lot.permutation(len(ends))[:ties]]
    return network(nodes, ends, lot.choice([-1, 1], len(ends)))


LARGE = random(2000, 30_000)


def left(net, camps):
    return float(net.weights[frustrated(net, camps)].sum())


@pytest.mark.parametrize("camps", [2, 3])
def test_the_search_for_camps(camps) -> None:
    begin = process_time()
    found = frustration(LARGE, camps, seconds=0.1)
    assert process_time() - begin < SLOW
    assert consistent(LARGE, found)
    assert not found.proved


@pytest.mark.parametrize("camps", [2, 3])
def test_what_it_costs_to_split(camps) -> None:
    begin = process_time()
    split = split_cost(LARGE, [3, 70, 500], camps, seconds=0.1)
    assert process_time() - begin < SLOW
    assert not split.proved
    for cost in split.leaves:
        assert split.together + cost >= split.apart
    assert len(split.groups) > 1


def test_tables_that_cannot_be_are_given_up_at_once() -> None:
    begin = process_time()
    assert plan(LARGE.size, LARGE.ends, 2) is None
    assert process_time() - begin < SLOW


def test_drifts_move_so_often_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    start = np.random.default_rng(1).integers(0, 2, LARGE.size)  # where nearly everybody gains
    begin = process_time()
    found = drift.drifts(LARGE, start, 2, 8)
    assert process_time() - begin < SLOW
    for cost, camps in found:
        assert left(LARGE, camps) - left(LARGE, start) == pytest.approx(cost)
    assert min(cost for cost, _ in found) < -1000
    monkeypatch.setattr(drift, "MOVES", 5)
    moved = [int((camps != start).sum()) for _, camps in drift.drifts(LARGE, start, 2, 8)]
    assert sum(moved) == 8 + 5
