from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import beta

from foedus.case import Quantity, Range
from foedus.ensemble.pert import Pert, pert, pert_support

EVEN = np.linspace(0.0, 1.0, 2001)[1:-1]


def judged(mode: float, low: float, high: float, span: Range | None = None) -> Quantity:
    return (span or Range()).on(Quantity(mode=mode, low=low, high=high))


def at(quantity: Quantity, *uniforms: float) -> np.ndarray:
    return pert(quantity, np.array(uniforms))


@st.composite
def spreads(draw: st.DrawFn) -> tuple[float, float, float]:
    """Low, mode and high, mode anywhere between, at scales from 1e-9 to 1e9."""
    scale = 10.0 ** draw(st.integers(-9, 9))
    low = draw(st.floats(-3.0, 3.0))
    width = draw(st.floats(0.01, 5.0))
    where = draw(st.one_of(st.sampled_from([0.0, 1.0, 0.5]), st.floats(0.0, 1.0)))
    low, high = low * scale, (low + width) * scale
    mode = min(max(low + where * (high - low), low), high)
    assume(low < high)
    return low, high if where == 1.0 else mode, high


@given(spreads())
@settings(max_examples=150, deadline=None)
def test_low_and_high_are_the_5_and_95_per_cent_points(spread: tuple[float, float, float]) -> None:
    low, mode, high = spread
    found = at(judged(mode, low, high), 0.05, 0.95)
    np.testing.assert_allclose(found, [low, high], atol=1e-8 * (high - low))


@given(spreads())
@settings(max_examples=150, deadline=None)
def test_the_mode_is_the_densitys_maximum(spread: tuple[float, float, float]) -> None:
    low, mode, high = spread
    start, end = pert_support(mode, low, high)
    assert start <= low <= mode <= high <= end
    s = (mode - start) / (end - start)
    x = np.linspace(0.0, 1.0, 1001)
    density = beta(1.0 + 4.0 * s, 5.0 - 4.0 * s).pdf(x)
    assert abs(x[density.argmax()] - s) <= 1.5e-3


@given(spreads(), st.floats(-0.5, 0.1), st.floats(-0.1, 0.5))
@settings(max_examples=100, deadline=None)
def test_values_rise_with_the_uniform_and_stay_in_the_range(
    spread: tuple[float, float, float], below: float, above: float
) -> None:
    low, mode, high = spread
    width = high - low
    span = Range(low + min(below, 0.0) * width, high + max(above, 0.0) * width)
    values = pert(judged(mode, low, high, span), EVEN)
    assert np.all(np.diff(values) >= 0.0)
    assert np.all(np.isfinite(values))
    assert values[0] >= span.least
    assert values[-1] <= span.most


@pytest.mark.parametrize(
    ("mode", "low", "high"), [(0.2, 0.0, 0.6), (0.0, 0.0, 0.6), (0.5, 0.0, 0.9), (0.9, 0.0, 0.9)]
)
def test_a_low_on_the_range_is_the_end_of_the_support(mode: float, low: float, high: float) -> None:
    quantity = judged(mode, low, high, Range(0, 1))
    values = at(quantity, 1e-12, 0.95)
    assert values[0] == pytest.approx(0.0, abs=1e-2)
    start, end = pert_support(mode, low, high, low_is_end=True)
    assert start == 0.0
    if end <= 1.0:  # otherwise truncation moves the point
        assert values[1] == pytest.approx(high, abs=1e-8)


def test_a_high_on_the_range_is_the_end_of_the_support() -> None:
    quantity = judged(0.8, 0.4, 1.0, Range(0, 1))
    start, end = pert_support(0.8, 0.4, 1.0, high_is_end=True)
    assert end == pytest.approx(1.0)
    assert start >= 0.0
    assert at(quantity, 0.05)[0] == pytest.approx(0.4, abs=1e-8)


def test_both_on_the_range_is_the_classical_pert() -> None:
    quantity = judged(0.25, 0.0, 1.0, Range(0, 1))
    expected = beta(2.0, 4.0).ppf(EVEN)
    np.testing.assert_allclose(pert(quantity, EVEN), expected, rtol=1e-9)


@pytest.mark.parametrize("low_side", [True, False])
def test_the_distribution_is_truncated_to_the_range_not_clipped(low_side: bool) -> None:
    span = Range(0, 1)
    quantity = judged(0.05, 0.02, 0.5, span) if low_side else judged(0.95, 0.5, 0.98, span)
    start, end = pert_support(quantity.mode, quantity.low, quantity.high)
    assert start < 0.0 or end > 1.0
    values = pert(quantity, EVEN)
    assert np.all((values > 0.0) & (values < 1.0))
    assert np.unique(values).size == EVEN.size  # no atom
    s = (quantity.mode - start) / (end - start)
    whole = beta(1.0 + 4.0 * s, 5.0 - 4.0 * s, loc=start, scale=end - start)
    below, above = whole.cdf(0.0), whole.cdf(1.0)
    np.testing.assert_allclose(
        (whole.cdf(values) - below) / (above - below), EVEN, atol=1e-9
    )  # the untruncated distribution, given that it is inside


def test_an_open_end_is_not_reached() -> None:
    span = Range(0, open_least=True)
    values = pert(judged(0.05, 0.01, 0.5, span), EVEN)
    assert np.all(values > 0.0)


@pytest.mark.parametrize("value", [0.0, 0.7, -1e9, 1e-300])
def test_a_fixed_quantity_is_its_mode(value: float) -> None:
    assert np.all(at(Quantity(mode=value), 0.0, 0.5, 1.0) == value)


def test_the_first_and_the_last_uniform_give_the_ends() -> None:
    quantity = judged(0.3, 0.1, 0.8, Range(0, 3))
    start, end = pert_support(0.3, 0.1, 0.8)
    assert at(quantity, 0.0, 1.0) == pytest.approx([max(start, 0.0), end], abs=1e-12)


def test_a_symmetric_judgement_gives_a_symmetric_distribution() -> None:
    values = pert(judged(0.0, -1.0, 1.0), EVEN)
    np.testing.assert_allclose(values, -values[::-1], atol=1e-9)
    assert pert(judged(0.0, -1.0, 1.0), np.array([0.95]))[0] == pytest.approx(1.0)
    width = float(betaincinv(3, 3, 0.95)) - 0.5
    assert pert_support(0.0, -1.0, 1.0) == pytest.approx((-0.5 / width, 0.5 / width))


# The distribution itself


@given(spreads(), st.floats(0.02, 0.98))
@settings(max_examples=80, deadline=None)
def test_the_share_below_a_value_is_the_uniform_it_came_from(
    spread: tuple[float, float, float], share: float
) -> None:
    low, mode, high = spread
    made = Pert.of(judged(mode, low, high, Range(low, high + (high - low))))
    assert made.share_below(made.at(np.array([share]))) == pytest.approx([share], abs=1e-9)


@pytest.mark.parametrize("span", [None, Range(0.0, 1.0), Range(0.2, 0.7), Range(0.0, 0.6)])
def test_the_density_is_the_slope_of_the_share_below(span: Range | None) -> None:
    made = Pert.of(judged(0.4, 0.2, 0.6, span))
    inside = np.linspace(made.least, made.most, 203)[1:-1]
    step = 1e-6
    slope = (made.share_below(inside + step) - made.share_below(inside - step)) / (2 * step)
    np.testing.assert_allclose(np.exp(made.log_density(inside)), slope, rtol=1e-4, atol=1e-6)
    outside = np.array([made.least - 0.01, made.most + 0.01])
    assert (made.log_density(outside) == -np.inf).all()
