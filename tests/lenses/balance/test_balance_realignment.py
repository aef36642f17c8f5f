"""Moving, realigning, splitting, strain and history, against trying every division."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.balance.frustration import Frustration, frustrated, frustration
from foedus.lenses.balance.history import history
from foedus.lenses.balance.network import Network, NetworkError
from foedus.lenses.balance.realigning.drift import drifts
from foedus.lenses.balance.realigning.forcing import forced_network
from foedus.lenses.balance.realigning.moving import cost_of_moving, moving
from foedus.lenses.balance.realigning.realignment import realignments
from foedus.lenses.balance.realigning.splitting import split_cost
from foedus.lenses.balance.realigning.strain import strain


def network(size: int, ties: dict[tuple[int, int], float]) -> Network:
    values = np.array(list(ties.values()), np.float64)
    ends = np.array(list(ties), np.int64).reshape(-1, 2)
    names = tuple(f"a{i}" for i in range(size))
    return Network(names, ends, np.sign(values).astype(np.int64), np.abs(values))


@st.composite
def networks(draw: st.DrawFn, most: int = 6) -> Network:
    size = draw(st.integers(2, most))
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    kept = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1))
    weights = st.sampled_from([-3.0, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0])
    return network(size, {pair: draw(weights) for pair in sorted(kept)})


def left(net: Network, camps: tuple[int, ...]) -> float:
    """The weight that a division leaves unexplained."""
    return float(net.weights[frustrated(net, np.array(camps))].sum())


def divisions(net: Network, camps: int) -> dict[tuple[int, ...], float]:
    """Every division into at most so many camps, numbered by first appearance, and its cost."""
    return {
        division: left(net, division)
        for division in product(range(camps), repeat=net.size)
        if all(c <= max(division[:i], default=-1) + 1 for i, c in enumerate(division))
    }


def best_of(net: Network, camps: int) -> Frustration:
    every = divisions(net, camps)
    least = min(every.values())
    found = [division for division, cost in every.items() if cost == least]
    return Frustration(camps, least, least, True, np.array(found[0]), len(found), len(found))


TRIAD = network(3, {(0, 1): 2.0, (0, 2): 1.0, (1, 2): -3.0})
"""Two friends of one who are foes: the weaker friendship is under strain."""


@given(net=networks(), camps=st.integers(2, 4), data=st.data())
@settings(max_examples=60, deadline=None)
def test_moving_alone_costs_what_the_changed_division_leaves(
    net: Network, camps: int, data: st.DataObject
) -> None:
    division = data.draw(st.sampled_from(sorted(divisions(net, camps))))
    costs = cost_of_moving(net, np.array(division), camps)
    for actor in range(net.size):
        changed = [
            left(net, (*division[:actor], camp, *division[actor + 1 :]))
            for camp in range(camps)
            if camp != division[actor]
        ]
        assert left(net, division) + costs[actor] == pytest.approx(min(changed), abs=1e-12)


@given(net=networks(), camps=st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_nobody_gains_by_moving_from_an_optimum(net: Network, camps: int) -> None:
    assert (cost_of_moving(net, best_of(net, camps).assignment, camps) >= 0.0).all()


def test_moving_is_told_row_by_row() -> None:
    rng = np.random.default_rng(3)
    ends = np.array([(i, j) for i in range(7) for j in range(i + 1, 7)])
    together, apart = rng.random((2, 9, len(ends)))
    camps = np.array([[0, *rng.integers(0, 2, 6)] for _ in range(9)])
    camps[4] = [0, 1, 2, 0, 1, 2, 0]  # another row with more camps changes nothing in the others
    whole = moving(ends, together, apart, camps, 3)
    for d in range(9):
        alone = moving(ends, together[d : d + 1], apart[d : d + 1], camps[d : d + 1], 3)
        assert alone.tobytes() == whole[d : d + 1].tobytes()


@given(net=networks(), camps=st.integers(2, 3))
@settings(max_examples=60, deadline=None)
def test_realignments_are_the_cheapest_other_divisions(net: Network, camps: int) -> None:
    best = best_of(net, camps)
    found = realignments(net, best, most=50)
    every = divisions(net, camps)
    here = frustrated(net, best.assignment)
    together = best.assignment[net.ends[:, 0]] == best.assignment[net.ends[:, 1]]
    for e in range(net.ties):  # for every tie the cheapest division with its ends the other way
        i, j = net.ends[e].tolist()
        other = [cost for d, cost in every.items() if (d[i] == d[j]) != together[e]]
        least = min(other) - best.value
        met = [row.cost for row in found if (row.assignment[i] == row.assignment[j]) != together[e]]
        assert min(met) == pytest.approx(least, abs=1e-9)
    assert [row.cost for row in found] == sorted(row.cost for row in found)
    for row in found:
        assert row.proved
        assert best.value + row.cost == pytest.approx(left(net, tuple(row.assignment)))
        assert row.moves == tuple(np.flatnonzero(row.assignment != best.assignment))
        there = frustrated(net, row.assignment)
        assert row.to_change == tuple(np.flatnonzero(there))
        assert row.relieved == tuple(np.flatnonzero(here & ~there))
        assert 2 * len(row.moves) <= net.size or camps > 2


def test_a_realignment_names_who_moves_and_what_has_to_change() -> None:
    best = frustration(TRIAD)
    assert best.value == 1.0
    rows = [row.to_dict(TRIAD) for row in realignments(TRIAD, best)]
    assert rows[0] == {
        "cost": 1.0,
        "moves": ["a0"],
        "joins": [{"moves": ["a0"], "finds": ["a2"]}],
        "to_change": [["a0", "a1"]],
        "relieved": [["a0", "a2"]],
        "proved": True,
    }
    assert rows[1]["cost"] == 2.0
    assert rows[1]["to_change"] == [["a1", "a2"]]


def test_parts_that_no_tie_joins_are_not_said_to_move() -> None:
    net = network(6, {(0, 1): 2.0, (0, 2): 1.0, (1, 2): -3.0, (3, 4): -1.0, (4, 5): -1.0})
    best = frustration(net)
    for row in realignments(net, best, 50):
        moved = set(row.moves)
        assert moved <= {0, 1, 2} or moved <= {3, 4, 5}
        assert len(moved) == 1
        (join,) = row.joins
        assert set(join.finds) <= ({0, 1, 2} if moved <= {0, 1, 2} else {3, 4, 5})


@given(net=networks(), camps=st.integers(2, 3))
@settings(max_examples=40, deadline=None)
def test_drifts_cost_what_they_say(net: Network, camps: int) -> None:
    best = best_of(net, camps)
    for cost, division in drifts(net, best.assignment, camps, 10):
        assert best.value + cost == pytest.approx(left(net, tuple(division)))
        assert (division != best.assignment).any()


def test_without_a_proved_optimum_single_actors_drift() -> None:
    best = frustration(TRIAD)
    guess = Frustration(2, best.value, 0.0, False, best.assignment, None, 1)
    rows = realignments(TRIAD, guess)
    assert not any(row.proved for row in rows)
    assert rows[0].cost == 1.0
    assert [row.release for row in strain(TRIAD, guess)] == [None] * 3


@given(net=networks(), camps=st.integers(2, 3), data=st.data())
@settings(max_examples=60, deadline=None)
def test_splits_are_the_cheapest_there_are(net: Network, camps: int, data: st.DataObject) -> None:
    members = data.draw(st.sets(st.integers(0, net.size - 1), min_size=2))
    every = divisions(net, camps)
    found = split_cost(net, sorted(members, reverse=True), camps)
    one = tuple(sorted(members))
    assert found.members == one
    assert found.proved
    kept = {d: len({d[i] for i in one}) == 1 for d in every}
    together = min(cost for d, cost in every.items() if kept[d])
    apart = min(cost for d, cost in every.items() if not kept[d])
    assert found.together == pytest.approx(together)
    assert found.apart == pytest.approx(apart)
    for member, cost in zip(one, found.leaves, strict=True):
        rest = [i for i in one if i != member]
        alone = min(
            c for d, c in every.items()
            if len({d[i] for i in rest}) == 1 and d[member] != d[rest[0]]
        )  # fmt: skip
        assert cost == pytest.approx(alone - together, abs=1e-9)
    assert sorted(i for group in found.groups for i in group) == list(one)
    shown = [
        cost
        for d, cost in every.items()
        if {tuple(i for i in one if d[i] == c) for c in set(d)} - {()} == set(found.groups)
    ]
    assert min(shown) == pytest.approx(apart)


def test_three_foes_stand_apart_each_in_a_camp_of_its_own() -> None:
    found = split_cost(network(3, {(0, 1): -1.0, (0, 2): -2.0, (1, 2): -3.0}), (0, 1, 2), 3)
    assert (found.together, found.apart) == (6.0, 0.0)
    assert found.leaves == (-3.0, -4.0, -5.0)
    assert found.groups == ((0,), (1,), (2,))


@given(net=networks(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_tie_that_is_forced_costs_no_more_than_it_hides(
    net: Network, data: st.DataObject
) -> None:
    i, j = data.draw(st.sampled_from([(i, j) for j in range(net.size) for i in range(j)]))
    way = data.draw(st.sampled_from([1, -1]))
    other, hidden = forced_network(net, {(i, j): way})
    every = divisions(net, 2)
    least = min(cost for d, cost in every.items() if (d[i] == d[j]) == (way == 1))
    assert best_of(other, 2).value + hidden == pytest.approx(least)


def test_large_networks_are_split_one_question_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import foedus.lenses.balance.realigning.splitting as splitting

    net = network(5, {(0, 1): 1.0, (1, 2): 2.0, (0, 2): -1.5, (2, 3): 1.0, (3, 4): -2.0,
                      (0, 4): 0.5})  # fmt: skip
    tables = [
        split_cost(net, members, camps) for members in ((0, 1), (0, 1, 2)) for camps in (2, 3)
    ]
    monkeypatch.setattr(splitting, "plan", lambda *_, **__: None)
    alone = [split_cost(net, members, camps) for members in ((0, 1), (0, 1, 2)) for camps in (2, 3)]
    for one, two in zip(tables, alone, strict=True):
        assert two.proved
        assert (two.together, two.apart) == pytest.approx((one.together, one.apart))
        assert two.leaves == pytest.approx(one.leaves)


@pytest.mark.parametrize(
    ("members", "camps", "said"),
    [((0,), 2, "at least two"), ((0, 0), 2, "each once"), ((0, 9), 2, "no actor"),
     ((0, 1), 1, "at least two camps")],
)  # fmt: skip
def test_a_split_that_cannot_be_is_refused(members: tuple[int, ...], camps: int, said: str) -> None:
    with pytest.raises(NetworkError, match=said):
        split_cost(TRIAD, members, camps)


@given(net=networks(5), camps=st.integers(2, 3))
@settings(max_examples=40, deadline=None)
def test_strain_is_counted_over_all_optimal_divisions(net: Network, camps: int) -> None:
    best = best_of(net, camps)
    every = [d for d, cost in divisions(net, camps).items() if cost <= best.value + 1e-9]
    triads = [
        (i, j, k)
        for i in range(net.size) for j in range(i + 1, net.size) for k in range(j + 1, net.size)
    ]  # fmt: skip
    sign = {tuple(ends): int(s) for ends, s in zip(net.ends.tolist(), net.signs, strict=True)}
    wrong = [
        {(i, j), (i, k), (j, k)}
        for i, j, k in triads
        if sign.get((i, j), 0) * sign.get((i, k), 0) * sign.get((j, k), 0) < 0
    ]
    for row in strain(net, best):
        ends = tuple(net.ends[row.tie].tolist())
        times = [frustrated(net, np.array(d))[row.tie] for d in every]
        assert row.share == pytest.approx(sum(times) / len(every))
        assert row.strained == (
            net.weights[row.tie] if frustrated(net, best.assignment)[row.tie] else 0.0
        )
        assert row.triangles == sum(ends in triad for triad in wrong)
        assert row.release is not None
        assert (row.release > 0.0) == (row.share in (0.0, 1.0))


def test_history_follows_the_members() -> None:
    apart = network(4, {(0, 1): -1.0, (0, 2): 1.0, (1, 2): -1.0})
    either = network(4, {(0, 2): 1.0, (1, 3): 1.0})
    rows = history([("2014", apart), ("2015", TRIAD), ("2016", either)], 2, ("a0", "a1"))
    told = [(row.date, row.nodes, row.ties, row.negative, row.value, row.together) for row in rows]
    assert told == [
        ("2014", 3, 3, 2, 0.0, False),
        ("2015", 3, 3, 1, 1.0, True),
        ("2016", 4, 2, 0, 0.0, None),
    ]
    assert [row.line_index for row in rows] == [1.0, pytest.approx(1 - 2 / 6), 1.0]
    assert [row.triangle_index for row in rows] == [1.0, 0.0, None]
    assert all(row.proved and row.bound == row.value for row in rows)
    nobody = history([(None, network(2, {}))])[0]
    assert (nobody.nodes, nobody.line_index, nobody.together) == (0, None, None)
