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
from foedus.lenses.argument.kernel.bayes import effective, further, leading, posterior, weighed
from foedus.lenses.argument.matrix import Item, Matrix
from foedus.lenses.argument.model import ONCE, SCALE
from foedus.lenses.argument.weighing import another_leads, solved, weigh

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
        applies=applies, placed=applies | (steps == 0), own={},
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
    assert asked == {(h, e) for h, e in np.argwhere(matrix.placed).tolist()}
    for h, e in asked:
        then = [c.then for c in changes(matrix, matrix.modes()) if (c.hypothesis, c.item) == (h, e)]
        step = int(matrix.steps[h, e])
        near = [s for s in (step + 1, step - 1) if -2 <= s <= 2]
        assert then == ([*near, "na"] if matrix.applies[h, e] else [-2, -1, 0, 1, 2])


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
    """Counting heads would halve the strong item; only in the layer of the weak one they share."""
    columns = np.array([[[1.0, 0.01], [-1.0, -0.01]]])
    both = weighed(columns, np.array([0, 0]), np.array([[1.0]]))
    assert both.counts[0] == pytest.approx([0.995, 0.5])
    assert both.total[0] == pytest.approx([1.0, -1.0])


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


strengths = st.lists(st.floats(0.0, 3.0), min_size=1, max_size=6)


@same
@given(strengths, st.floats(0.0, 1.0), st.floats(0.0, 3.0))
def test_what_agrees_never_weakens(said: list[float], rho: float, more: float) -> None:
    """Between two hypotheses, of one group; at rho 1 the strongest alone counts, at 0 all do."""

    def ratio_of(strong: list[float], shared: float) -> float:
        columns = 0.5 * np.array([[strong, [-s for s in strong]]])
        found = weighed(columns, np.zeros(len(strong), dtype=np.int64), np.array([[shared]]))
        return float(found.total[0, 0] - found.total[0, 1])

    assert ratio_of([*said, more], rho) >= ratio_of(said, rho) - 1e-9
    assert ratio_of(said, 1.0) == pytest.approx(max(said))
    assert ratio_of(said, 0.0) == pytest.approx(sum(said))


@pytest.mark.parametrize("rho", [0.0, 0.4, 1.0])
def test_a_claim_and_its_denial_cancel_and_nearly_so_beside_it(rho: float) -> None:
    def total(more: float) -> float:
        columns = np.array([[[0.5 + more, -0.5], [-0.5 - more, 0.5]]])
        return float(weighed(columns, np.array([0, 0]), np.array([[rho]])).total[0, 0])

    assert total(0.0) == pytest.approx(0.0)
    assert abs(total(1e-6)) < 1e-5


@same
@given(matrices(), st.floats(0.0, 1.0))
def test_left_out_is_replaced_by_nothing(matrix: Matrix, rho: float) -> None:
    once = matrix.quantities["argument.shared_source"].model_copy(update={"mode": rho})
    whole = weigh(matrix, (matrix.modes() | {"argument.shared_source": np.array([once.mode])}))
    every = np.arange(len(matrix.items))
    zeros = np.zeros_like(whole.columns)
    assert whole.without() == pytest.approx(whole.replaced(every, zeros), abs=1e-10)
    assert whole.replaced(every, whole.columns) == pytest.approx(
        np.repeat(whole.total[:, :, None], len(every), axis=2), abs=1e-10
    )


def new_of(strong: list[float], used: list[bool], rho: float) -> float:
    """What items of one group, all for the same of two hypotheses, add to those used."""
    columns = np.array([[strong, [0.0] * len(strong)]])
    whole = weighed(columns, np.zeros(len(strong), dtype=np.int64), np.array([[rho]]))
    return float(further(whole, np.array(used))[0, 0])


@pytest.mark.parametrize("used", [1.0, 0.1, 1e-3, 1e-16, 5.0])
def test_independent_items_are_new_however_strong_the_used_ones(used: float) -> None:
    assert new_of([used, 1.0, 0.3], [True, False, False], 0.0) == pytest.approx(1.3)


@pytest.mark.parametrize("rho", [0.2, 1.0])
@pytest.mark.parametrize("used", [1e-3, 1e-10, 1e-16])
def test_a_used_item_that_tells_next_to_nothing_takes_next_to_nothing(
    rho: float, used: float
) -> None:
    assert new_of([used, 1.0], [True, False], rho) == pytest.approx(1.0, abs=1.1 * used)


def test_rounding_is_no_item() -> None:
    columns = np.array([[[0.4, 1e-16], [-0.4, 0.0]]])
    whole = weighed(columns, np.array([0, 0]), np.array([[1.0]]))
    assert whole.strengths[0, 1] == 0.0
    assert whole.counts[0] == pytest.approx([1.0, 1.0])
    assert whole.total[0, 0] == pytest.approx(0.4)


@same
@given(
    st.lists(st.tuples(st.floats(0.0, 2.0), st.booleans()), min_size=1, max_size=6),
    st.floats(0.0, 1.0),
)
def test_what_is_new_and_what_is_used_make_the_whole(
    items: list[tuple[float, bool]], rho: float
) -> None:
    """Where all items speak for the same."""
    strong, used = [d for d, _ in items], [u for _, u in items]
    spent = new_of([d if u else 0.0 for d, u in items], [False] * len(items), rho)
    whole = new_of(strong, [False] * len(items), rho)
    assert new_of(strong, used, rho) == pytest.approx(whole - spent, abs=1e-9)


def test_a_tie_is_no_lead_whatever_the_order() -> None:
    chances = np.array([[0.4, 0.2, 0.4 - 1e-12]])
    assert leading(chances).tolist() == [[True, False, True]]
    now, then = np.array([[True, True, False]]), np.array([[False, True, True]])
    assert another_leads(now, then).tolist() == [0.0]
    assert another_leads(now, ~now).tolist() == [1.0]


def test_what_leaves_both_sides_next_to_nothing_still_tells_them_apart() -> None:
    """A hypothesis on neither side takes all; the odds of the two others are their prior odds."""
    count = 300
    steps = np.repeat(np.array([[-2], [-1], [2]]), count, axis=1)
    every = np.ones_like(steps, dtype=bool)
    matrix = Matrix(
        title="", hypotheses=("a", "b", "c"), says={},
        items=tuple(Item(f"e{k}", "", "", 1.0, 1.0, f"#e{k}") for k in range(count)),
        steps=steps, applies=every, placed=every, own={},
        shared={f"#e{k}": "argument.shared_source" for k in range(count)},
        side=np.array([1, 0, -1]), weights=np.full(3, 1.0 / 3.0), prior=None, prior_from="flat",
        quantities=NUMBERS | {"argument.shared_source": ONCE},
    )  # fmt: skip
    found = at_modes(matrix)
    assert found["log_ratio"][0] == pytest.approx(count * np.log(0.3 / 0.6))
    assert np.log(found["holds"][0]) == pytest.approx(count * np.log(0.5))
    assert np.log(found["holds_without"][0, 0]) == pytest.approx((count - 1) * np.log(0.5))
    assert all(one.holds is not None and one.holds >= 0.0 for one in changes(matrix, matrix.modes())[:6])  # noqa: E501  # fmt: skip
