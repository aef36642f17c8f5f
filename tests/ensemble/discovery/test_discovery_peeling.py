from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from discovery_oracle import binomial_tail, share, trajectory
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.ensemble.discovery.box import Box, Restriction, between, contains, tradeoff
from foedus.ensemble.discovery.pasting import paste
from foedus.ensemble.discovery.peeling import Objective, peel
from foedus.ensemble.discovery.sample import sample
from foedus.ensemble.discovery.simplifying import quasi_p, simplify


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Heaped and plain columns, some constant, outcomes of 0 and 1, small integer weights."""
    draws, columns = draw(st.integers(4, 40)), draw(st.integers(1, 4))
    levels = draw(st.lists(st.sampled_from([1, 2, 5, 1000]), min_size=columns, max_size=columns))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = np.stack([rng.integers(level, size=draws) / 8.0 for level in levels], axis=1)
    y = (rng.random(draws) < draw(st.sampled_from([0.2, 0.5, 0.9]))).astype(float)
    weights = rng.integers(1, draw(st.sampled_from([2, 4])), size=draws).astype(float)
    return x, y, weights


@given(tables(), st.sampled_from(["lenient", "original"]), st.sampled_from([0.25, 0.125]))
@settings(max_examples=150, deadline=None)
def test_every_step_is_that_of_the_oracle(
    table: tuple[np.ndarray, np.ndarray, np.ndarray], objective: Objective, alpha: float
) -> None:
    x, y, weights = table
    boxes = peel(sample(x, y, weights), alpha, 0.125, objective)
    whole = [int(w) for w in weights]
    steps = trajectory(
        [tuple(row) for row in x.tolist()], [int(v) for v in y], whole,
        Fraction(alpha), Fraction(1, 8), objective,
    )  # fmt: skip
    assert len(boxes) == len(steps)
    for box, step in zip(boxes, steps, strict=True):
        assert set(np.flatnonzero(contains(box, x))) == step.inside
        told = {(r.column, False): r.low for r in box.restrictions if r.low is not None}
        told |= {(r.column, True): r.high for r in box.restrictions if r.high is not None}
        assert told == pytest.approx(step.limits)
        assert box.density == pytest.approx(float(share(step.inside, whole, list(y.astype(int)))))


@given(tables(), st.sampled_from(["lenient", "original"]))
@settings(max_examples=80, deadline=None)
def test_figures_are_what_counting_gives(
    table: tuple[np.ndarray, np.ndarray, np.ndarray], objective: Objective
) -> None:
    x, y, weights = table
    of = sample(x, y, weights)
    boxes = peel(of, 0.1, 0.1, objective)
    more = [paste(of, box) for box in boxes] + [simplify(of, box) for box in boxes]
    for box in (*boxes, *more):
        inside = contains(box, x)
        hits = (weights * y)[inside].sum()
        assert box.mass == pytest.approx(weights[inside].sum() / weights.sum())
        assert box.density == pytest.approx(hits / weights[inside].sum())
        assert box.coverage == pytest.approx(hits / (weights * y).sum() if y.any() else 0.0)
    for before, after in zip(boxes, more, strict=False):
        assert after.density >= before.density - 1e-12
        assert after.mass >= before.mass - 1e-12


@given(tables())
@settings(max_examples=60, deadline=None)
def test_weights_are_repeated_draws(table: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    x, y, weights = table
    times = weights.astype(int)
    often = sample(np.repeat(x, times, axis=0), np.repeat(y, times))
    once = sample(x, y, weights)
    boxes = peel(once, 0.1, 0.1, "lenient")
    assert boxes == peel(often, 0.1, 0.1, "lenient")
    assert [paste(once, b) for b in boxes] == [paste(often, b) for b in boxes]


def test_draws_without_weight_are_not_there() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.random((200, 3)), rng.random(200)
    weights = (rng.random(200) < 0.6) * rng.random(200)
    kept = weights > 0.0
    told = peel(sample(x, y, weights), 0.1, 0.1, "lenient")
    alone = peel(sample(x[kept], y[kept], weights[kept]), 0.1, 0.1, "lenient")
    assert [b.restrictions for b in told] == [b.restrictions for b in alone]


@given(st.integers(0, 2**32), st.sampled_from(["lenient", "original"]))
@settings(max_examples=40, deadline=None)
def test_rising_changes_of_columns_and_their_order_change_nothing(
    seed: int, objective: Objective
) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.random((120, 4)), rng.random(120)
    order = rng.permutation(4)
    bent = np.stack([np.exp(3.0 * x[:, j]) - 40.0 for j in order], axis=1)
    straight, other = peel(sample(x, y), 0.1, 0.1, objective), peel(
        sample(bent, y), 0.1, 0.1, objective
    )  # fmt: skip
    assert len(straight) == len(other)
    for a, b in zip(straight, other, strict=True):
        assert (contains(a, x) == contains(b, bent)).all()
        assert {r.column for r in a.restrictions} == {int(order[r.column]) for r in b.restrictions}


def test_weights_of_any_unit_tell_the_same() -> None:
    rng = np.random.default_rng(4)
    x, y, weights = rng.random((300, 5)), rng.random(300) < 0.3, rng.random(300)
    one = peel(sample(x, y, weights), 0.05, 0.1, "lenient")
    other = peel(sample(x, y, weights * 1e-6), 0.05, 0.1, "lenient")
    assert [b.restrictions for b in one] == [b.restrictions for b in other]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=20))
def test_the_tradeoff_keeps_what_no_box_beats(pairs: list[tuple[int, int]]) -> None:
    boxes = tuple(Box((), c / 6.0, d / 6.0, 0.1) for c, d in pairs)
    front = tradeoff(boxes)
    best = {
        (a.coverage, a.density)
        for a in boxes
        if not any(
            b.coverage >= a.coverage
            and b.density >= a.density
            and (b.coverage, b.density) != (a.coverage, a.density)
            for b in boxes
        )
    }
    assert {(b.coverage, b.density) for b in front} == best
    assert all(a.coverage > b.coverage and a.density < b.density for a, b in pairwise(front))


@given(tables())
@settings(max_examples=60, deadline=None)
def test_quasi_p_is_the_binomial_tail(table: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    x, y, _ = table
    of = sample(x, y)
    box = peel(of, 0.2, 0.1, "lenient")[-1]
    inside = contains(box, x)
    for r, told in zip(box.restrictions, quasi_p(of, box), strict=True):
        for side in ("low", "high"):
            if getattr(r, side) is None:
                assert getattr(told, side) is None
                continue
            ends = {"low": r.low, "high": r.high} | {side: None}
            rest = tuple(q for q in box.restrictions if q is not r)
            wider = contains(Box((*rest, Restriction(r.column, **ends)), 0.0, 0.0, 0.0), x)
            rate = Fraction(int(y[wider].sum()), int(wider.sum()))
            expected = binomial_tail(int(inside.sum()), int(y[inside].sum()), rate)
            assert getattr(told, side) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_limits_part_neighbouring_floats() -> None:
    lower = 1.0
    upper = float(np.nextafter(1.0, 2.0))
    high, low = between(lower, upper)
    assert lower <= high < upper
    assert lower < low <= upper
    assert between(-1.7e308, 1.7e308) == (0.0, 0.0)
    x = np.array([[lower], [upper]] * 8)
    of = sample(x, np.array([0.0, 1.0] * 8))
    assert peel(of, 0.5, 0.1, "lenient")[-1].density == 1.0


def test_pasting_goes_back_to_where_the_breaks_end() -> None:
    x = np.linspace(0.0, 1.0, 1001)[:, None]
    y = (x[:, 0] <= 0.5).astype(float)
    of = sample(x, y)
    tight = of.box(np.array([0.1]), np.array([0.3]))
    wide = paste(of, tight)
    assert wide.density == 1.0
    # the last slice is no more than a hundredth of the box, and the free side is dropped
    assert wide.restrictions[0].low is None
    assert wide.restrictions[0].high == pytest.approx(0.5, abs=0.01 * 0.5)


def test_simplifying_drops_what_chance_restricts() -> None:
    rng = np.random.default_rng(5)
    x = rng.random((2000, 4))
    y = (x[:, 0] < 0.3).astype(float)
    of = sample(x, y)
    lows, highs = np.full(4, -np.inf), np.array([0.3, np.inf, 0.97, np.inf])
    lows[3] = 0.04
    simple = simplify(of, of.box(lows, highs))
    assert simple.restrictions == (Restriction(0, None, 0.3),)
    assert (simple.coverage, simple.density) == (1.0, 1.0)
