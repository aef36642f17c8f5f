"""What has to hold whatever the function."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sensitivity_functions import ROWS, linear, of, pact, uniforms

from foedus.ensemble.sensitivity import Sensitivity, sensitivity, swings
from foedus.ensemble.sensitivity.delta import delta
from foedus.ensemble.sensitivity.pawn import pawn

ISHIGAMI = ROWS[0]
U = uniforms(256, 6, 1)
Y = of(ISHIGAMI, U)
P = pact(uniforms(256, 14, 1))


def figures(found: Sensitivity) -> np.ndarray:
    """Value and interval of every index of every column."""
    each = [
        [i for i in (c.first, c.total, c.pawn, c.delta) if i is not None] for c in found.columns
    ]
    return np.array([[(i.value, i.low, i.high, i.above_noise) for i in row] for row in each])


@pytest.fixture(scope="module")
def plain() -> Sensitivity:
    return sensitivity(U, Y)


@given(st.permutations(range(6)))
@settings(max_examples=3, deadline=None)
def test_permuting_the_columns_permutes_the_answer(order: list[int]) -> None:
    mine = figures(sensitivity(U[:, order], Y))
    assert mine == pytest.approx(figures(sensitivity(U, Y))[order], abs=1e-6)


def test_a_line_through_the_outcome_changes_nothing(plain: Sensitivity) -> None:
    found = sensitivity(U, 3.0 * Y - 40.0)
    assert figures(found)[:, :3] == pytest.approx(figures(plain)[:, :3], abs=1e-6)
    assert found.variance == pytest.approx(9.0 * plain.variance)


def test_holding_and_breaking_have_the_same_drivers() -> None:
    u = uniforms(256, 14, 1)
    holds, breaks = sensitivity(u, P, with_delta=False), sensitivity(u, 1.0 - P, with_delta=False)
    assert figures(holds) == pytest.approx(figures(breaks), abs=1e-4)


@given(st.sampled_from([np.exp, np.arctan, np.cbrt, lambda x: -1.0 / (x + 1.0)]))
@settings(max_examples=4, deadline=None)
def test_only_the_order_of_a_column_counts(bend: np.ufunc) -> None:
    assert pawn(bend(U), Y).tobytes() == pawn(U, Y).tobytes()
    assert delta(bend(U), Y).value.tobytes() == delta(U, Y).value.tobytes()


def test_first_order_shares_do_not_sum_over_one() -> None:
    for row in ROWS:
        u = uniforms(256, 9, 3)
        found = sensitivity(u, of(row, u), with_delta=False)
        assert sum(c.first.value for c in found.columns) <= 1.02
        for column in found.columns:
            assert column.total is not None
            assert column.total.value >= column.first.value - 1e-12


def test_draws_of_weight_zero_are_not_there() -> None:
    weights = np.ones(256)
    weights[[3, 77, 130]] = 0.0
    other, beyond = Y.copy(), U.copy()
    other[[3, 77, 130]] = [np.nan, 1e9, -1e9]
    beyond[77] = 0.5
    one = sensitivity(U, Y, weights)
    assert figures(one).tobytes() == figures(sensitivity(beyond, other, weights)).tobytes()
    assert one.draws == 253
    assert figures(sensitivity(U, Y, 7.0 * np.ones(256))) == pytest.approx(
        figures(sensitivity(U, Y)), abs=1e-9
    )


def test_unequal_weights_pull_towards_the_law_they_stand_for() -> None:
    """Weights 2 u of the first column turn it into one of density 2 u."""
    u = uniforms(2048, 3, 5)
    found = sensitivity(u, u[:, 0] + u[:, 1], 2.0 * u[:, 0], with_delta=False)
    assert found.variance == pytest.approx(1 / 18 + 1 / 12, rel=0.02)


def test_the_same_seed_gives_the_same_bytes(plain: Sensitivity) -> None:
    assert sensitivity(U, Y) == plain
    assert figures(sensitivity(U, Y, seed=2)).tobytes() != figures(plain).tobytes()


def test_groups() -> None:
    """Of Ishigami's function: 1 and 3 interact, 2 stands alone."""
    u = uniforms(512, 6, 1)
    groups = {
        "by actor": {"a": [0, 2], "b": [1], "idle": [3, 4, 5], "none": []},
        "by source": {"x": [0, 1, 1], "y": [1, 2], "all": range(6)},
    }
    found = sensitivity(u, of(ISHIGAMI, u), groups=groups, with_delta=False)
    expected = {  # closed forms: V_1 0.3139, V_2 0.4424, V_13 0.2437
        ("by actor", "a"): (0.5576, 0.5576),
        ("by actor", "b"): (0.4424, 0.4424),
        ("by actor", "idle"): (0.0, 0.0),
        ("by actor", "none"): (0.0, 0.0),
        ("by source", "x"): (0.7563, 1.0),
        ("by source", "y"): (0.4424, 0.6861),
        ("by source", "all"): (1.0, 1.0),
    }
    assert [list(g) for g in found.groups.values()] == [list(g) for g in groups.values()]
    for (grouping, name), (first, total) in expected.items():
        one = found.groups[grouping][name]
        assert one.first is not None
        assert one.total is not None
        assert one.first.value == pytest.approx(first, abs=0.02)
        assert one.total.value == pytest.approx(total, abs=0.02)
        assert one.first.above_noise == one.total.above_noise == (total > 0.0)
    assert found.groups["by source"]["x"].size == 2
    single = found.groups["by actor"]["b"].total
    assert single is not None
    assert found.columns[1].total is not None
    assert single.value == pytest.approx(found.columns[1].total.value, abs=1e-9)


def test_groups_on_the_scale_of_log_odds() -> None:
    """What a group leaves open and what the others settle together are all there is."""
    u = uniforms(512, 14, 2)
    halves = {"one": range(3), "two": range(3, 14)}
    found = sensitivity(u, pact(u), groups={"halves": halves}, with_delta=False)
    one, two = found.groups["halves"]["one"], found.groups["halves"]["two"]
    assert "log odds" in found.surrogate
    assert one.first is not None
    assert two.total is not None
    assert one.first.value + two.total.value == pytest.approx(1.0, abs=0.04)


def test_too_little_explained_withholds_totals() -> None:
    u = uniforms(256, 5, 1)
    noise = np.random.default_rng(3).normal(size=256)
    found = sensitivity(u, u[:, 0] + noise, groups={"g": {"a": [0, 1], "all": range(5)}})
    assert found.explained < 0.5
    assert found.noise.total is None
    assert all(c.total is None for c in found.columns)
    assert found.groups["g"]["a"].total is None
    assert found.groups["g"]["a"].first is None
    assert found.groups["g"]["all"].total is not None


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0, -1e6])
def test_a_constant_outcome_has_no_drivers(value: float) -> None:
    found = sensitivity(U, np.full(256, value), groups={"g": {"a": [0]}})
    assert found.columns == ()
    assert found.groups == {}
    assert found.variance == 0.0
    assert found.surrogate == "the outcome is the same in every draw"


def test_figures_are_plain(plain: Sensitivity) -> None:
    """Numbers and truth values of Python's own, ready for JSON; intervals hold their value."""
    for column in plain.columns:
        for one in (column.first, column.total, column.pawn, column.delta):
            assert one is not None
            kinds = [type(v) for v in (one.value, one.low, one.high, one.above_noise)]
            assert kinds == [float, float, float, bool]
            assert 0.0 <= one.low <= one.value <= one.high <= 1.0


@pytest.mark.parametrize("replicates", [3, 5, 8])
def test_few_draws_and_many_columns(replicates: int) -> None:
    u = np.random.default_rng(replicates).random((64, 70))
    found = sensitivity(u, (u[:, 0] > 0.4) * 0.9, replicates=replicates)
    assert np.all(np.isfinite(figures(found)[:, 0]))
    assert max(range(70), key=lambda c: found.columns[c].first.value) == 0


def test_no_columns() -> None:
    found = sensitivity(np.empty((64, 0)), np.linspace(0.0, 1.0, 64))
    assert found.columns == ()
    assert found.surrogate == "no quantity is uncertain"


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_outcomes_of_zero_and_one_alone(share: float) -> None:
    u = uniforms(256, 4, 1)
    found = sensitivity(u, (u[:, 0] < share).astype(float))
    assert np.all(np.isfinite(figures(found)[:, :2]))
    best = max(range(4), key=lambda c: found.columns[c].first.value)
    assert best == 0


@pytest.mark.parametrize(
    ("u", "y", "weights", "replicates", "message"),
    [
        (U[:63], Y[:63], None, 8, "63 draws count: sensitivity needs at least 64"),
        (U, Y, np.r_[np.ones(60), np.zeros(196)], 8, "60 draws count"),
        (U, Y, -np.ones(256), 8, "zero or more"),
        (U, Y[:-1], None, 8, r"give \(n, d\) and \(n,\)"),
        (U[:, 0], Y, None, 8, r"give \(n, d\) and \(n,\)"),
        (U + 1.0, Y, None, 8, r"have to lie in \[0, 1\]"),
        (U, np.full(256, np.inf), None, 8, "to be finite"),
        (U, Y, None, 2, "intervals need at least 3"),
        (U, Y, np.tile([1.0, 0.0], 128), 4, "a replicate has no draw that counts"),
    ],
)
def test_bad_input(
    u: np.ndarray, y: np.ndarray, weights: np.ndarray | None, replicates: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sensitivity(u, y, weights, replicates=replicates)


def test_a_group_of_columns_that_are_not_there() -> None:
    with pytest.raises(ValueError, match="group by actor/iran: columns go from 0 to 5"):
        sensitivity(U, Y, groups={"by actor": {"iran": [2, 6]}})


def test_swings() -> None:
    """Means over fifths of y = 3 u1 + u2: 0.8 times the slope, its sign kept."""
    u = uniforms(512, 2, 4)
    up, side = swings(u, linear(u, [3.0, 1.0]))
    assert (up.at_low, up.at_high) == pytest.approx((0.3 + 0.5, 2.7 + 0.5), abs=0.02)
    assert up.low <= up.value <= up.high
    assert side.value == pytest.approx(0.8, abs=0.12)
    down = swings(u, -linear(u, [3.0, 1.0]))[0]
    assert (down.low, down.high) == pytest.approx((-up.high, -up.low))
