"""Crisp stability: published cases, the independent oracle, and what must hold of any model."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
import stability_oracle as oracle
from hypothesis import given, settings
from stability_family import EQUILIBRIA, family
from stability_models import conflicts, option_conflicts, plain, truth

from foedus.lenses.stability import CONCEPTS, Conflict, Moves, Option, graph, option_form, solve
from foedus.lenses.stability.concepts.solving import CRISP
from foedus.lenses.stability.conflict import ConflictError
from foedus.lenses.stability.interchange import published, read

PUBLISHED = Path(__file__).parents[2] / "published" / "stability"
CASES = sorted(PUBLISHED.glob("*.json"))
RANDOM = [json.loads(line) for line in (PUBLISHED / "conformance.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_published_cases(path: Path) -> None:
    """`computed` is an independent solver's; where it differs from print, the file says why."""
    conflict = read(path)
    solution = solve(conflict)
    computed = json.loads(path.read_text())["computed"]
    for concept in solution.stable:
        per_dm = {
            dm: [conflict.ids[s] for s in np.flatnonzero(solution.stable[concept][i])]
            for i, dm in enumerate(conflict.dms)
        }
        expected = computed[concept]
        if "per_dm" in expected:
            assert per_dm == expected["per_dm"]
        found = [conflict.ids[s] for s in np.flatnonzero(solution.equilibria[concept])]
        assert found == expected["equilibria"]


@pytest.mark.parametrize("line", RANDOM, ids=lambda line: str(line["id"]))
def test_conformance(line: dict) -> None:
    solution = solve(published.conflict_of(line))
    found = {c: [np.flatnonzero(row).tolist() for row in t] for c, t in solution.stable.items()}
    assert found == line["stable"]


@settings(max_examples=150, deadline=None)
@given(conflicts())
def test_every_engine_agrees_with_the_oracle(conflict: Conflict) -> None:
    model = plain(conflict)
    solution = solve(conflict)
    for concept in solution.stable:
        rows = [oracle.stable(model, i, concept) for i in range(len(conflict.dms))]
        assert np.array_equal(solution.stable[concept], truth(rows, conflict.states))


@settings(max_examples=60, deadline=None)
@given(option_conflicts())
def test_the_linear_engine_and_the_graph_engine_agree(conflict: Conflict) -> None:
    linear, general = solve(conflict), solve(replace(conflict, moves=conflict.arcs))
    for concept in CONCEPTS:
        assert np.array_equal(linear.stable[concept], general.stable[concept])
    assert np.array_equal(linear.stuck, general.stuck)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(1, 2), st.randoms(use_true_random=False), st.booleans())
def test_the_cube_and_the_cells_agree(n: int, k: int, lot: object, ties: bool) -> None:
    rng = np.random.default_rng(lot.getrandbits(32))  # type: ignore[attr-defined]
    states = 1 << n * k
    worth = rng.integers(0, 4 if ties else 1000, (n, states))
    cube = option_form([o // k for o in range(n * k)], worth)
    order = rng.permutation(states)  # in another order it is no cube to the solver
    cells = option_form([o // k for o in range(n * k)], worth[:, order], codes=order)
    one, two = solve(cube, CRISP), solve(cells, CRISP)
    for concept in CRISP:
        assert np.array_equal(one.stable[concept][:, order], two.stable[concept])


@settings(max_examples=100, deadline=None)
@given(conflicts())
def test_what_is_stable_under_more_is_stable_under_less(conflict: Conflict) -> None:
    stable = solve(conflict, CRISP).stable
    for inside, outside in (("nash", "seq"), ("seq", "gmr"), ("nash", "smr"), ("smr", "gmr")):
        assert (stable[inside] <= stable[outside]).all()


@settings(max_examples=60, deadline=None)
@given(option_conflicts(), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(conflict: Conflict, lot: object) -> None:
    rng = np.random.default_rng(lot.getrandbits(32))  # type: ignore[attr-defined]
    n, k = len(conflict.dms), len(conflict.options)
    dms, bits, states = rng.permutation(n), rng.permutation(k), rng.permutation(conflict.states)
    assert conflict.codes is not None
    codes = sum((conflict.codes >> int(old) & 1) << new for new, old in enumerate(bits))
    where = np.argsort(dms)
    options = [
        replace(conflict.options[b], owner=int(where[conflict.options[b].owner])) for b in bits
    ]
    other = Conflict(
        tuple(conflict.dms[i] for i in dms), conflict.utility[dms][:, states], tuple(options),
        np.asarray(codes, np.int64)[states],
    )  # fmt: skip
    one, two = solve(conflict), solve(other)
    for concept in CONCEPTS:
        assert np.array_equal(one.stable[concept][dms][:, states], two.stable[concept])


@settings(max_examples=60, deadline=None)
@given(option_conflicts(most=20), st.booleans())
def test_an_option_nobody_cares_about_changes_nothing(conflict: Conflict, watcher: bool) -> None:
    n, k = len(conflict.dms), len(conflict.options)
    assert conflict.codes is not None
    more = Conflict(
        (*conflict.dms, "idle") if watcher else conflict.dms,
        np.tile(np.vstack([conflict.utility, np.zeros((int(watcher), conflict.states))]), 2),
        (*conflict.options, Option("idle", n if watcher else 0)),
        np.concatenate([conflict.codes, conflict.codes | 1 << k]),
    )
    one, two = solve(conflict), solve(more)
    for concept in CONCEPTS:
        assert np.array_equal(np.tile(one.stable[concept], 2), two.stable[concept][:n])


@settings(max_examples=60, deadline=None)
@given(conflicts())
def test_only_the_order_of_preferences_counts(conflict: Conflict) -> None:
    stretched = conflict.with_utility(np.exp(0.1 * conflict.utility.astype(float)) - 7.5)
    one, two = solve(conflict), solve(stretched)
    assert set(one.stable) == set(two.stable)
    for concept in one.stable:
        assert np.array_equal(one.stable[concept], two.stable[concept])


@pytest.mark.parametrize(
    ("n", "k"), [pytest.param(n, k, marks=[pytest.mark.slow] * (n * k > 18)) for n, k in EQUILIBRIA]
)
def test_the_family_has_its_equilibria(n: int, k: int) -> None:
    solution = solve(family(n, k), CRISP)
    assert tuple(int(e.sum()) for e in solution.equilibria.values()) == EQUILIBRIA[n, k]


def test_the_number_of_workers_does_not_matter() -> None:
    model = family(4, 4)
    assert model.states >= 1 << 16
    one, two = solve(model, CRISP, workers=1), solve(model, CRISP, workers=2)
    for concept in CRISP:
        assert np.array_equal(one.stable[concept], two.stable[concept])


@settings(max_examples=40, deadline=None)
@given(option_conflicts())
def test_stuck_is_having_no_move(conflict: Conflict) -> None:
    counts = np.diff(conflict.arcs.first, axis=1)
    stuck = solve(conflict, CRISP)
    assert np.array_equal(stuck.stuck, counts == 0)
    assert (stuck.stuck <= stuck.stable["nash"]).all()


def test_what_cannot_be_said_is_left_out_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    solution = solve(graph([{0: [1]}], [[0, 1]]))
    assert "sim" not in solution.stable
    assert "bare graph" in solution.left_out["sim"]
    monkeypatch.setattr(import_module(solve.__module__), "MOST_JOINT", 1000.0)
    many = solve(family(3, 3), ("sim",))
    assert "joint moves to look at; at most 1e+03" in many.left_out["sim"]
    monkeypatch.setattr(import_module(solve.__module__), "MOST_MOVES", 1000)
    assert "about 10,752 moves" in solve(family(3, 3), ("sim",)).left_out["sim"]


def test_a_concept_there_is_not() -> None:
    with pytest.raises(ConflictError, match="no concept 'nosh' here; there are nash, gmr"):
        solve(graph([{0: [1]}], [[0, 1]]), ("nosh",))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: option_form([0], [[1, 2, 3]], codes=[0, 1]), "3 states, but 2 codes"),
        (lambda: option_form([0], np.zeros((1, 0)), codes=[]), "no state is feasible"),
        (lambda: option_form([0], [[1, float("nan")]]), "not a number"),
        (lambda: graph([{0: [2]}], [[1, 2]]), "cannot move from 0 to 2"),
        (lambda: graph([{0: [0]}], [[1, 2]]), "cannot move from 0 to 0"),
        (lambda: graph([{0: [1]}], [[1, 2]], status_quo=2), "status quo 2"),
        (lambda: Conflict(("a",), np.zeros((1, 2))), "neither options nor moves"),
        (lambda: Conflict(("a", "b"), np.zeros((1, 2))), "2 decision makers"),
        (lambda: graph([{}], [[1, 2]], ids=(1,)), "2 states, but 1 ids"),
        (lambda: option_form([0], [1, 2]), r"of shape \(2,\); they should be \(N, S\)"),
        (
            lambda: option_form([0], [[1, 2]], directions=["both"] * 2),
            "1 options, but 2 directions",
        ),
        (lambda: option_form([1], [[1, 2]]), "option o1 is of decision maker 1; there are 1"),
    ],
)
def test_arrays_that_do_not_fit(build: object, message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        build()  # type: ignore[operator]


def test_moves_without_some_arcs() -> None:
    moves = Moves.of([{0: [1, 2], 1: [2]}], 3)
    fewer = moves.without(np.array([True, False, True]))
    assert [fewer.row(0, s).tolist() for s in range(3)] == [[1], [2], []]


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int64, np.uint8, np.uint64])
def test_small_whole_numbers_keep_their_order(kind: type[np.integer]) -> None:
    """The least and the greatest of a small type are further apart than it can say itself."""
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    worth = [[low, 0, high, low + 1], [high, high - 1, high - 2, high - 100]]
    places = [np.unique(row, return_inverse=True)[1] for row in np.array(worth, object)]
    found = solve(option_form([0, 1], np.array(worth, kind)))
    expected = solve(option_form([0, 1], np.array(places)))
    for concept in CONCEPTS:
        assert np.array_equal(found.stable[concept], expected.stable[concept])
