"""Status quo analysis against the oracle's legal sequences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import stability_models as models
import stability_oracle as oracle
from hypothesis import given
from hypothesis import strategies as st

from foedus.lenses.stability.after.paths import status_quo, tree
from foedus.lenses.stability.after.sequences import walk
from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.conflict import Conflict, ConflictError, Direction, graph, option_form
from foedus.lenses.stability.interchange import read

PUBLISHED = Path(__file__).parents[2] / "published" / "stability"


def distances(model: oracle.Model, start: int, movers: list[int], improving: bool) -> list[int]:
    """Fewest moves of legal sequences, by going through (state, last mover) a round at a time."""
    out = {start: 0}
    seen, now, steps = {(start, -1)}, {(start, -1)}, 0
    while now:
        steps += 1
        now = {
            (t, j)
            for s, last in now
            for j in movers
            if j != last
            for t in model.moves[j][s]
            if not improving or model.better(j, s, t)
        } - seen
        seen |= now
        for t, _ in now:
            out.setdefault(t, steps)
    return [out.get(s, -1) for s in model.states]


@given(models.conflicts(), st.data())
def test_moves_from_a_state_are_those_of_the_whole_model(conflict: Conflict, data: st.DataObject):
    steps = Steps(conflict)
    i = data.draw(st.integers(0, len(conflict.dms) - 1))
    for s in range(conflict.states):
        assert steps.moves(i, s).tolist() == conflict.arcs.row(i, s).tolist()
        better = [
            t for t in conflict.arcs.row(i, s) if conflict.utility[i, t] > conflict.utility[i, s]
        ]
        assert steps.improvements(i, s).tolist() == better


ONE_WAY = models.option_conflicts(dms=(2, 3), most=20)


@given(st.one_of(models.conflicts(), ONE_WAY), st.data(), st.booleans())
def test_walks_are_shortest_legal_sequences(
    conflict: Conflict, data: st.DataObject, improving: bool
):
    model = models.plain(conflict)
    start = data.draw(st.integers(0, conflict.states - 1))
    movers = data.draw(st.lists(st.sampled_from(range(len(conflict.dms))), unique=True))
    found = walk(Steps(conflict), start, movers, improving=improving)
    assert found.distance.tolist() == distances(model, start, movers, improving)
    reach = oracle.reach(model, movers, start, model.better if improving else oracle.any_move)
    assert set(found.reached.tolist()) == reach - {start}
    for end in found.reached.tolist():
        path = found.path(end)
        assert len(path) == found.distance[end]
        here, last = start, -1
        for mover, there in path:
            assert mover in movers
            assert mover != last
            assert there in model.moves[mover][here]
            assert not improving or model.better(mover, here, there)
            here, last = there, mover
        assert here == end


@pytest.mark.parametrize("seed", range(10))
def test_walks_where_options_are_one_way(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ways: list[Direction] = rng.choice(["both", "forward", "backward"], 5).tolist()
    codes = np.sort(rng.choice(32, 24, replace=False))
    worth = rng.integers(0, 12, (2, 24))
    conflict = option_form([0, 0, 0, 1, 1], worth, codes=codes, directions=ways)
    model = models.plain(conflict)
    steps = Steps(conflict)
    for start in range(24):
        for improving in (False, True):
            found = walk(steps, start, [0, 1], improving=improving).distance.tolist()
            assert found == distances(model, start, [0, 1], improving)
    for i in (0, 1):
        most = [max(worth[i, [s, *model.moves[i][s]]]) for s in range(24)]
        assert steps.best(i, np.arange(24)).tolist() == most


def test_walks_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = option_form(
        [0, 0, 1, 1, 2], np.random.default_rng(1).permuted(np.tile(np.arange(32), (3, 1)), axis=1)
    )
    whole = walk(Steps(conflict), 5, range(3))
    monkeypatch.setattr("foedus.lenses.stability.after.steps.MOST_AT_ONCE", 3)
    assert walk(Steps(conflict), 5, range(3)).distance.tolist() == whole.distance.tolist()


@given(models.conflicts(most=16), st.data())
def test_how_each_equilibrium_is_reached(conflict: Conflict, data: st.DataObject) -> None:
    model = models.plain(conflict)
    start = data.draw(st.integers(0, conflict.states - 1))
    movers = list(range(len(conflict.dms)))
    free = distances(model, start, movers, False)
    better = distances(model, start, movers, True)
    evolution = status_quo(conflict, np.ones(conflict.states, np.bool_), start)
    for reached in evolution.reached:
        s = reached.state
        how = "start" if s == start else "improvements" if better[s] > 0 else "moves"
        assert reached.how == (how if free[s] >= 0 else "not")
        wanted = better[s] if reached.how == "improvements" else free[s]
        assert reached.steps == max(wanted, 0)
        assert len(reached.shortest) == max(free[s], 0)
        assert s in evolution.within(reached.how)


@given(models.conflicts(most=12), st.data(), st.booleans())
def test_a_whole_tree_has_every_legal_arc(
    conflict: Conflict, data: st.DataObject, improving: bool
) -> None:
    model = models.plain(conflict)
    start = data.draw(st.integers(0, conflict.states - 1))
    evolution = status_quo(conflict, np.arange(conflict.states), start)
    drawn = tree(evolution, conflict, improving=improving, most_nodes=100, most_arcs=10_000)
    movers = list(range(len(conflict.dms)))
    far = distances(model, start, movers, improving)
    assert sorted(drawn.nodes) == [(s, d) for s, d in enumerate(far) if d >= 0]
    assert drawn.left_out == ""
    seen, line, arcs = {(start, -1)}, [(start, -1)], set()
    while line:
        s, last = line.pop()
        for j in movers:
            for t in model.moves[j][s] if j != last else ():
                if model.better(j, s, t) or not improving:
                    arcs.add((s, j, t, model.better(j, s, t)))
                    if (t, j) not in seen:
                        seen.add((t, j))
                        line.append((t, j))
    assert set(drawn.arcs) == arcs
    assert len(drawn.arcs) == len(arcs)


def test_a_small_tree_keeps_the_way_to_the_equilibrium_and_says_what_it_left_out() -> None:
    line = {s: [s + 1] for s in range(0, 8, 2)}, {s: [s + 1] for s in range(1, 8, 2)}
    stars = {0: [1, *range(9, 20)], **{s: line[0][s] for s in (2, 4, 6)}}
    conflict = graph([stars, line[1]], np.tile(np.arange(20), (2, 1)), status_quo=0)
    evolution = status_quo(conflict, np.array([8]))
    assert evolution.to(8).path == tuple((s % 2, s + 1) for s in range(8))
    drawn = tree(evolution, conflict, most_nodes=10, most_arcs=6)
    assert {s for s, _ in drawn.nodes} == {*range(9), 9}
    assert drawn.left_out == "left out: 10 states and 3 moves between the states shown"
    assert len(drawn.arcs) == 6
    close = tree(evolution, conflict, most_nodes=5)
    assert len(close.nodes) == 5
    assert close.left_out == "left out: 15 states"


def test_the_status_quo_must_be_known() -> None:
    conflict = option_form([0], [[0, 1]])
    with pytest.raises(ConflictError, match="no status quo is given"):
        status_quo(conflict, np.array([1]))
    with pytest.raises(ConflictError, match="7 is no state"):
        status_quo(conflict, np.array([1]), 7)
    assert status_quo(conflict, np.array([0, 1]), 1).to(0).how == "moves"


def test_elmira_needs_a_step_against_a_preference() -> None:
    """Canonical nine states: improvements end in 5, short of the agreement 8."""
    conflict = read(PUBLISHED / "elmira_9.json")
    ends = [conflict.index(s) for s in (5, 8, 9)]
    five, eight, nine = status_quo(conflict, np.array(ends), conflict.index(1)).reached
    moe, uniroyal, local = range(3)
    assert (five.how, five.path) == ("improvements", ((local, conflict.index(5)),))
    assert (nine.how, nine.path) == ("moves", ((uniroyal, conflict.index(9)),))
    assert (eight.how, eight.steps) == ("moves", 3)
    movers = [mover for mover, _ in eight.path]
    assert sorted(movers) == [moe, uniroyal, local]


def test_a_million_states_take_no_table_of_moves() -> None:
    rng = np.random.default_rng(7)
    conflict = option_form([i for i in range(5) for _ in range(4)], rng.random((5, 1 << 20)))
    found = status_quo(conflict, np.ones(1 << 20, np.bool_), 0)
    assert "arcs" not in vars(conflict)
    assert found.by_moves.distance.max() == 5
    some = int(found.within("improvements")[0])
    assert found.to(some).steps == found.by_improvements.distance[some]
