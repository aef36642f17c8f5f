from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from foedus.ensemble.discovery import contains, tree
from foedus.ensemble.discovery.growing import Node, grow, predict
from foedus.ensemble.discovery.pruning import leaves, sequence
from foedus.ensemble.discovery.sample import sample


def draws(seed: int, count: int = 400, columns: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, columns))
    chance = 0.15 + 0.6 * ((x[:, 0] < 0.2) & (x[:, 1] > -0.5))
    return x, (rng.random(count) < chance).astype(float)


def walk(node: Node) -> list[tuple[int, float, float]]:
    """Columns, thresholds and error in preorder, -2 at a leaf as in scikit-learn."""
    if node.cut is None:
        return [(-2, -2.0, node.error / node.mass)]
    below, above = node.children()
    return [(node.cut.column, node.cut.high, node.error / node.mass), *walk(below), *walk(above)]


@given(st.integers(0, 2**31), st.integers(1, 4), st.booleans())
@settings(max_examples=30, deadline=None)
def test_the_tree_is_scikit_learns(seed: int, depth: int, weighted: bool) -> None:
    rng = np.random.default_rng(seed)
    x, y = draws(seed)
    y = np.clip(y + 0.1 * rng.random(400), 0.0, 1.0)  # so that no two cuts are equal
    w = rng.random(400) + 0.1 if weighted else np.ones(400)
    share = 0.05
    peer = DecisionTreeRegressor(max_depth=depth, min_weight_fraction_leaf=share, random_state=0)
    peer.fit(x, y, w)
    told = walk(grow(sample(x, y, w), depth, share * w.sum()))
    assert [column for column, _, _ in told] == peer.tree_.feature.tolist()
    inner = [(t, u) for (c, t, _), u in zip(told, peer.tree_.threshold, strict=True) if c >= 0]
    # scikit-learn keeps draws in single precision
    assert [a for a, _ in inner] == pytest.approx([b for _, b in inner], abs=1e-6)
    assert [error for _, _, error in told] == pytest.approx(peer.tree_.impurity.tolist(), abs=1e-9)


def test_gini_parts_as_the_squared_error_does() -> None:
    x, y = draws(3)
    gini = DecisionTreeClassifier(max_depth=2, min_samples_leaf=20, random_state=0).fit(x, y)
    told = walk(grow(sample(x, y), 2, 20.0))
    assert [column for column, _, _ in told] == gini.tree_.feature.tolist()
    assert [2.0 * e for _, _, e in told] == pytest.approx(gini.tree_.impurity.tolist(), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_the_prices_of_pruning_are_scikit_learns(seed: int) -> None:
    x, y = draws(seed)
    y = np.clip(y + 0.1 * np.random.default_rng(seed).random(400), 0.0, 1.0)
    peer = DecisionTreeRegressor(max_depth=4, min_samples_leaf=20, random_state=0)
    path = peer.cost_complexity_pruning_path(x, y)
    trees = sequence(grow(sample(x, y), 4, 20.0))
    assert [price / 400.0 for price, _ in trees] == pytest.approx(path.ccp_alphas.tolist())
    for price, node in trees:
        peer = DecisionTreeRegressor(
            max_depth=4, min_samples_leaf=20, random_state=0, ccp_alpha=price / 400.0 + 1e-12
        )
        assert leaves(node) == peer.fit(x, y).get_n_leaves()


def test_leaves_part_all_draws() -> None:
    rng = np.random.default_rng(4)
    x, y = draws(4)
    x = np.round(x, 1)
    w = rng.random(400)
    told = tree(x, y, w, depth=4)
    inside = np.stack([contains(leaf.box, x) for leaf in told.leaves])
    assert told.found
    assert (inside.sum(axis=0) == 1).all()
    for leaf, rows in zip(told.leaves, inside, strict=True):
        assert leaf.box.mass == pytest.approx(w[rows].sum() / w.sum())
        assert leaf.box.density == pytest.approx((w * y)[rows].sum() / w[rows].sum())
        assert leaf.box.coverage == pytest.approx((w * y)[rows].sum() / (w * y).sum())
        assert leaf.box.mass >= 0.05 - 1e-12
    assert sum(leaf.box.coverage for leaf in told.leaves) == pytest.approx(1.0)


def test_splits_point_to_the_nodes_below_and_above() -> None:
    x, y = draws(5, count=2000)
    told = tree(x, y)
    masses = {s.node: s.mass for s in told.splits} | {f.node: f.box.mass for f in told.leaves}
    assert sorted(masses) == list(range(2 * len(told.leaves) - 1))
    for split in told.splits:
        assert split.mass == pytest.approx(masses[split.below] + masses[split.above])
    root = told.splits[0]
    assert (root.node, root.depth, root.mass, root.density) == (0, 0, 1.0, told.base_rate)
    gain = sum(s.gain for s in told.splits)
    within = sum(f.box.mass * f.box.density * (1.0 - f.box.density) for f in told.leaves)
    assert gain == pytest.approx(y.var() - within)


def test_a_planted_tree_is_found_and_noise_is_not() -> None:
    rng = np.random.default_rng(6)
    x = rng.random((2000, 8))
    box = (x[:, 2] < 0.3) & (x[:, 5] > 0.4)
    told = tree(x, np.where(rng.random(2000) < 0.1, ~box, box))
    assert {s.column for s in told.splits} == {2, 5}
    densest = max(told.leaves, key=lambda leaf: leaf.box.density).box
    limits = {r.column: (r.low, r.high) for r in densest.restrictions}
    assert limits[2][1] == pytest.approx(0.3, abs=0.01)
    assert limits[5][0] == pytest.approx(0.4, abs=0.01)
    assert told.explained > 0.3
    nothing = tree(x, rng.random(2000) < 0.3)
    assert not nothing.found
    assert nothing.explained == 0.0
    assert [leaf.box.restrictions for leaf in nothing.leaves] == [()]


def test_the_error_on_draws_left_out_is_scikit_learns() -> None:
    """Every tree of the sequence, at the price between it and the next, on the same folds."""
    x, y = draws(7)
    y = np.clip(y + 0.1 * np.random.default_rng(7).random(400), 0.0, 1.0)
    told = tree(x, y, depth=4, folds=4, seed=3).pruning
    rows = np.random.default_rng(np.random.SeedSequence(3, spawn_key=(0,))).permutation(400)
    prices = [row.penalty for row in told]
    between = [np.sqrt(a * b) for a, b in pairwise(prices)] + [1e9]
    for row, price in zip(told, between, strict=True):
        loss = np.zeros(400)
        for k in range(4):
            test = np.isin(np.arange(400), rows[k::4])
            peer = DecisionTreeRegressor(
                max_depth=4, min_weight_fraction_leaf=0.05, random_state=0, ccp_alpha=price
            )
            loss[test] = (y[test] - peer.fit(x[~test], y[~test]).predict(x[test])) ** 2
        assert row.error == pytest.approx(loss.mean())
        assert row.standard_error == pytest.approx(loss.std() / 20.0)
    assert len(told) > 4
    assert told[-1].leaves == 1


def test_weights_are_repeated_draws_and_seeds_repeat() -> None:
    x, y = draws(8, count=200)
    times = np.random.default_rng(8).integers(1, 4, size=200)
    once = grow(sample(x, y, times), 3, 20.0)
    often = grow(sample(np.repeat(x, times, axis=0), np.repeat(y, times)), 3, 20.0)
    assert walk(once) == walk(often)
    assert tree(x, y, seed=2) == tree(x, y, seed=2)
    rows = np.arange(200)
    assert predict(once, x.T, rows) == pytest.approx(predict(often, x.T, rows))


def test_outcomes_all_alike_are_not_parted() -> None:
    x = np.random.default_rng(1).random((100, 2))
    told = tree(x, np.zeros(100))
    assert not told.found
    assert told.leaves[0].box.density == 0.0


@pytest.mark.parametrize(
    ("options", "message"),
    [({"depth": 0}, "depth"), ({"leaf": 1.0}, "leaf"), ({"folds": 1}, "folds")],
)
def test_options_of_a_tree_that_do_not_fit_are_said(options: dict[str, int], message: str) -> None:
    x, y = draws(1, count=50)
    with pytest.raises(ValueError, match=message):
        tree(x, y, **options)  # type: ignore[arg-type]
