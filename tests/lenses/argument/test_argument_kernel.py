"""Properties that weighing has to have, on matrices at random, and the plain reference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from argument_oracle import bayes, likelihoods, ratio, reports
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.argument.changing import changes
from foedus.lenses.argument.kernel import classic
from foedus.lenses.argument.kernel.bayes import effective, further, posterior, weighed
from foedus.lenses.argument.matrix import Item, Matrix
from foedus.lenses.argument.model import ONCE, SCALE
from foedus.lenses.argument.weighing import solved

GROUPS = ("one", "two", "three")
NUMBERS = {f"argument.scale.{degree}": q for degree, q in SCALE.items()}


@st.composite
def matrices(draw: st.DrawFn, most: int = 7) -> Matrix:
    """A matrix with hypotheses on both sides, groups, ratings and gaps."""
    n, m = draw(st.integers(2, 5)), draw(st.integers(1, most))
    cell = st.sampled_from([-2, -1, 0, 1, 2, None])
    said = [[draw(cell) for _ in range(m)] for _ in range(n)]
    applies = np.array([[c is not None for c in row] for row in said])
    steps = np.array([[c or 0 for c in row] for row in said], dtype=np.int64)
    chance = st.sampled_from([0.0, 0.3, 0.55, 0.8, 1.0])
    items = tuple(
        Item(f"e{k}", "", "", draw(chance), 1.0, draw(st.sampled_from(GROUPS))) for k in range(m)
    )
    weights = np.array([draw(st.sampled_from([0.1, 0.5, 1.0])) for _ in range(n)])
    side = [1, 0, *(draw(st.sampled_from([1, 0, -1])) for _ in range(n - 2))]
    rho = draw(st.sampled_from([0.0, 0.4, 1.0]))
    return Matrix(
        title="", hypotheses=tuple(f"h{k}" for k in range(n)), says={}, items=items, steps=steps,
        applies=applies, placed=applies, own={},
        shared=dict.fromkeys(GROUPS, "argument.shared_source"),
        side=np.array(side, dtype=np.int64), weights=weights / weights.sum(), prior=None,
        prior_from="flat",
        quantities=NUMBERS | {"argument.shared_source": ONCE.model_copy(update={"mode": rho})},
    )  # fmt: skip


def at_modes(matrix: Matrix) -> dict[str, np.ndarray]:
    return solved(matrix, matrix.modes())


def cells_of(matrix: Matrix) -> list[list[float | None]]:
    means = {-2: 0.3, -1: 0.6, 0: 1.0, 1: 1.6, 2: 3.0}
    return [
        [means[int(s)] if a else None for s, a in zip(steps, applies, strict=True)]
        for steps, applies in zip(matrix.steps, matrix.applies, strict=True)
    ]


def plainly(matrix: Matrix, leave_out: frozenset[int] = frozenset()) -> list[float]:
    rho = matrix.quantities["argument.shared_source"].mode
    return likelihoods(
        cells_of(matrix), matrix.trust.tolist(), matrix.weights.tolist(),
        [item.group for item in matrix.items], dict.fromkeys(GROUPS, rho), leave_out,
    )  # fmt: skip


def rebuilt(matrix: Matrix, columns: list[int], items: tuple[Item, ...] | None = None) -> Matrix:
    """The matrix with these columns, in this order."""
    found = tuple(matrix.items[k] for k in columns) if items is None else items
    return replace(
        matrix, items=found, steps=matrix.steps[:, columns], applies=matrix.applies[:, columns],
        placed=matrix.applies[:, columns],
    )  # fmt: skip


same = settings(max_examples=60, deadline=None)


@same
@given(matrices())
def test_the_plain_reference_agrees(matrix: Matrix) -> None:
    found = at_modes(matrix)
    mine = plainly(matrix)
    weights = matrix.weights.tolist()
    assert found["posterior"][0] == pytest.approx(bayes(mine, weights), rel=1e-9)
    sides = [None if s < 0 else bool(s) for s in matrix.side]
    assert np.exp(found["log_ratio"][0]) == pytest.approx(ratio(mine, weights, sides), rel=1e-9)
    for k in range(len(matrix.items)):
        less = plainly(matrix, frozenset([k]))
        told = np.exp(found["ratio_without"][0, k])
        assert told == pytest.approx(ratio(less, weights, sides), rel=1e-9)


@same
@given(matrices())
def test_chances_sum_to_one_and_bayes_holds_in_odds(matrix: Matrix) -> None:
    found = at_modes(matrix)
    assert found["posterior"].sum(axis=1) == pytest.approx(1.0)
    prior, after = found["prior"][0], found["posterior"][0]
    holds, parts = matrix.side == 1, matrix.side == 0
    before = prior[holds].sum() / prior[parts].sum()
    odds = after[holds].sum() / after[parts].sum()
    assert odds / before == pytest.approx(np.exp(found["log_ratio"][0]))
    chance = found["holds"][0]
    assert chance / (1.0 - chance) == pytest.approx(odds)


@same
@given(matrices(), st.randoms(use_true_random=False))
def test_order_does_not_matter(matrix: Matrix, random: Any) -> None:
    columns, rows = list(range(len(matrix.items))), list(range(len(matrix.hypotheses)))
    random.shuffle(columns)
    random.shuffle(rows)
    other = rebuilt(matrix, columns)
    other = replace(
        other, hypotheses=tuple(matrix.hypotheses[k] for k in rows), steps=other.steps[rows],
        applies=other.applies[rows], placed=other.applies[rows], side=matrix.side[rows],
        weights=matrix.weights[rows],
    )  # fmt: skip
    one, two = at_modes(matrix), at_modes(other)
    assert two["posterior"][0] == pytest.approx(one["posterior"][0][rows])
    assert two["log_ratio"] == pytest.approx(one["log_ratio"])
    assert two["moves"][0] == pytest.approx(one["moves"][0][columns], abs=1e-12)


@same
@given(
    matrices(), st.sampled_from([-2, -1, 0, 1, 2, None]), st.sampled_from(GROUPS), st.floats(0, 1)
)
def test_what_says_the_same_of_all_changes_nothing(
    matrix: Matrix, step: int | None, group: str, trust: float
) -> None:
    """A column constant over hypotheses, or applying to none, even in a group with others."""
    more = replace(
        matrix,
        items=(*matrix.items, Item("new", "", "", trust, 1.0, group)),
        steps=np.hstack([matrix.steps, np.full((len(matrix.steps), 1), step or 0)]),
        applies=np.hstack([matrix.applies, np.full((len(matrix.steps), 1), step is not None)]),
    )
    assert at_modes(more)["posterior"] == pytest.approx(at_modes(matrix)["posterior"])
    assert at_modes(more)["moves"][0, -1] == pytest.approx(0.0, abs=1e-12)


@same
@given(matrices(), st.integers(0, 6))
def test_a_worthless_report_moves_nothing(matrix: Matrix, k: int) -> None:
    at = k % len(matrix.items)
    items = list(matrix.items)
    items[at] = replace(items[at], trust=0.0)
    worthless = replace(matrix, items=tuple(items))
    without = [e for e in range(len(items)) if e != at]
    if without:
        assert at_modes(worthless)["posterior"] == pytest.approx(
            at_modes(rebuilt(matrix, without))["posterior"]
        )
    assert at_modes(worthless)["moves"][0, at] == pytest.approx(0.0, abs=1e-12)


@same
@given(matrices(most=1), st.integers(2, 6))
def test_repeating_what_counts_once_changes_nothing(matrix: Matrix, times: int) -> None:
    once = matrix.quantities["argument.shared_source"].model_copy(update={"mode": 1.0})
    matrix = replace(matrix, quantities=dict(matrix.quantities) | {"argument.shared_source": once})
    many = rebuilt(matrix, [0] * times, tuple(replace(matrix.items[0], id=f"e{k}") for k in range(times)))  # noqa: E501  # fmt: skip
    assert at_modes(many)["posterior"] == pytest.approx(at_modes(matrix)["posterior"])


@same
@given(matrices())
def test_independent_items_multiply(matrix: Matrix) -> None:
    free = matrix.quantities["argument.shared_source"].model_copy(update={"mode": 0.0})
    matrix = replace(matrix, quantities=dict(matrix.quantities) | {"argument.shared_source": free})
    logs = reports(cells_of(matrix), matrix.trust.tolist(), matrix.weights.tolist())
    expected = [sum(row) for row in logs]
    assert at_modes(matrix)["posterior"][0] == pytest.approx(
        bayes(expected, matrix.weights.tolist())
    )


@same
@given(matrices(most=4))
def test_a_changed_cell_is_what_the_matrix_so_changed_gives(matrix: Matrix) -> None:
    for one in changes(matrix, matrix.modes()):
        steps, applies = matrix.steps.copy(), matrix.applies.copy()
        applies[one.hypothesis, one.item] = one.then != "na"
        steps[one.hypothesis, one.item] = one.then if isinstance(one.then, int) else 0
        other = at_modes(replace(matrix, steps=steps, applies=applies))
        assert list(one.posterior) == pytest.approx(other["posterior"][0].tolist())
        assert one.log_ratio == pytest.approx(float(other["log_ratio"][0]))
        assert one.holds == pytest.approx(float(other["holds"][0]))
    asked = {(c.hypothesis, c.item) for c in changes(matrix, matrix.modes())}
    assert asked == {(h, e) for h, e in np.argwhere(matrix.applies).tolist()}


def test_two_hypotheses_and_one_report_in_closed_form() -> None:
    """Fully credible, odds are multiplied by 3 / 0.3; half credible, both ends come halfway in."""
    logs = np.log(np.array([[[3.0], [0.3]]]))
    applies, flat = np.ones((2, 1), dtype=bool), np.array([0.5, 0.5])
    sure = effective(logs, applies, np.array([1.0]), flat)
    assert np.exp(sure[0, 0, 0] - sure[0, 1, 0]) == pytest.approx(10.0)
    half = effective(logs, applies, np.array([0.5]), flat)
    assert np.exp(half[0, 0, 0] - half[0, 1, 0]) == pytest.approx((3.0 + 1.65) / (0.3 + 1.65))
    assert posterior(sure[:, :, 0], np.array([0.2, 0.8]))[0] == pytest.approx(
        [2.0 / 2.8, 0.8 / 2.8]
    )


def test_what_does_not_apply_leaves_a_hypothesis_where_it_stood() -> None:
    logs = np.log(np.array([[[3.0], [0.5], [1.0]]]))
    applies = np.array([[True], [True], [False]])
    prior = np.array([0.2, 0.3, 0.5])
    columns = effective(logs, applies, np.array([0.7]), prior)
    after = posterior(columns[:, :, 0], prior)[0]
    assert after[2] == pytest.approx(0.5)
    assert after[0] > 0.2


def test_a_weak_item_hardly_thins_out_a_strong_one() -> None:
    """Counting heads would halve the strong item; the effective number is 1.02."""
    columns = np.array([[[1.0, 0.01], [-1.0, -0.01]]])
    both = weighed(columns, np.array([0, 0]), np.array([[1.0]]))
    assert both.counts[0, 0] == pytest.approx((1.0 + 1e-4) / 1.01**2)
    assert both.total[0, 0] > 0.98


def test_draws_do_not_depend_on_those_beside_them() -> None:
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(16, 4, 9))
    group, shared = rng.integers(0, 3, 9), rng.random((16, 3))
    whole = weighed(columns, group, shared).total
    for d in range(16):
        alone = weighed(columns[d : d + 1], group, shared[d : d + 1]).total
        assert alone.tobytes() == whole[d : d + 1].tobytes()


def test_counting_what_speaks_against() -> None:
    steps = np.array([[2, -1, -2], [1, 0, -2], [0, -2, 2]])
    applies = np.array([[True, True, True], [True, True, False], [True, True, True]])
    assert classic.inconsistency(steps, applies).tolist() == [3.0, 0.0, 2.0]
    heavy = classic.inconsistency(steps, applies, np.array([1.0, 2.0, 0.5]))
    assert heavy.tolist() == [3.0, 0.0, 4.0]
    assert classic.ranks(np.array([3.0, 0.0, 3.0])).tolist() == [2, 1, 2]
    assert classic.diagnosticity(steps, applies).tolist() == [2, 2, 4]
    assert classic.diagnosticity(steps, np.zeros_like(applies)).tolist() == [0, 0, 0]
    assert classic.told_apart(steps, applies).tolist() == [[0, 2, 3], [2, 0, 2], [3, 2, 0]]


@pytest.mark.parametrize(("rho", "share"), [(0.0, 1.0), (0.5, (1.5 - 4 / 3) / 1.0), (1.0, 0.0)])
def test_what_a_group_adds_to_what_is_used_of_it(rho: float, share: float) -> None:
    # three items that say the same, two of them used: W(3) - W(2) is left for the third
    columns = np.array([[[0.4, 0.4, 0.4], [-0.2, -0.2, -0.2]]])
    whole = weighed(columns, np.zeros(3, dtype=np.int64), np.array([[rho]]))
    found = further(whole, np.array([True, True, False]))
    assert found == pytest.approx(share * columns[:, :, 2])


@pytest.mark.parametrize("rho", [0.0, 0.3, 1.0])
def test_where_nothing_is_used_everything_is_added(rho: float) -> None:
    columns = np.random.default_rng(4).normal(size=(2, 3, 6))
    group = np.array([0, 0, 1, 1, 1, 2])
    whole = weighed(columns, group, np.full((2, 3), rho))
    assert further(whole, np.zeros(6, dtype=bool)) == pytest.approx(whole.total)
    assert further(whole, np.ones(6, dtype=bool)) == pytest.approx(np.zeros((2, 3)))
