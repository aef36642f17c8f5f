from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.technology import ces

ABLE = arrays(np.float64, 4, elements=st.floats(0.01, 100.0))


def by_definition(
    able: np.ndarray, share: np.ndarray, rho: float, returns: float, scale: float
) -> np.ndarray:
    """The worth of every set, one power after the other."""
    n, parts = able.size, share / share.sum()
    out = np.zeros(1 << n)
    for mask in range(1, 1 << n):
        brought = [able[i] if mask >> i & 1 else 0.0 for i in range(n)]
        if rho > 0.0:
            total = sum(p * x**rho for p, x in zip(parts, brought, strict=True))
            out[mask] = scale * total ** (returns / rho)
        elif min(brought) > 0.0:
            if rho == 0.0:
                total = np.prod([x**p for p, x in zip(parts, brought, strict=True)])
                out[mask] = scale * total**returns
            else:
                total = sum(p * x**rho for p, x in zip(parts, brought, strict=True))
                out[mask] = scale * total ** (returns / rho)
    return out


@given(ABLE, ABLE, st.sampled_from([1.0, 0.5, 0.1, 0.0, -0.5, -3.0]), st.floats(0.3, 2.0))
@settings(max_examples=100, deadline=None)
def test_it_is_the_formula(able: np.ndarray, share: np.ndarray, rho: float, returns: float) -> None:
    known = by_definition(able, share, rho, returns, 2.5)
    np.testing.assert_allclose(ces(able, share, rho, returns, 2.5), known, rtol=1e-9, atol=1e-300)


def test_capabilities_add_up_at_one() -> None:
    found = ces([1.0, 2.0, 4.0], None, 1.0, scale=3.0)
    np.testing.assert_allclose(found, [0, 1, 2, 3, 4, 5, 6, 7])


def test_the_limit_at_nought_is_met_from_both_sides() -> None:
    able, share = np.array([0.5, 3.0]), np.array([1.0, 3.0])
    middle = ces(able, share, 0.0)[-1]
    assert middle == pytest.approx(0.5**0.25 * 3.0**0.75, rel=1e-14)
    before = middle
    for rho in (1e-12, 1e-9, 1e-6, 9.99e-4, 1.001e-3, 1e-2):
        above, below = ces(able, share, rho)[-1], ces(able, share, -rho)[-1]
        assert below <= middle * (1 + 1e-15)
        assert above >= before * (1 - 1e-12)
        assert above / middle - 1.0 == pytest.approx(rho * 0.301, rel=0.05, abs=1e-14)
        before = above


@pytest.mark.parametrize("rho", [0.0, -1e-6, -1.0, -20.0])
def test_all_are_needed_where_nothing_replaces_anybody(rho: float) -> None:
    found = ces([1.0, 2.0, 3.0], None, rho)
    assert found[-1] > 0.0
    assert not found[:-1].any()


def test_who_has_no_share_is_not_needed_and_who_has_no_capability_spoils_it() -> None:
    assert ces([1.0, 2.0, 3.0], [1.0, 1.0, 0.0], -1.0)[0b011] == pytest.approx(4.0 / 3.0)
    assert not ces([1.0, 2.0, 0.0], None, -1.0).any()
    np.testing.assert_array_equal(
        ces([1.0, 2.0, 0.0], None, 0.5)[4:], ces([1.0, 2.0, 0.0], None, 0.5)[:4]
    )


def test_the_scarcest_decides_in_the_end_and_nothing_overflows() -> None:
    assert ces([0.01, 5.0, 900.0], None, -400.0)[-1] == pytest.approx(0.01, rel=1e-2)
    huge = ces([1e-200, 1e200], None, 0.9)
    assert np.isfinite(huge).all()


@given(ABLE, st.sampled_from([0.0, 0.3, 1.0, -2.0]), st.floats(1.0, 2.0))
@settings(max_examples=50, deadline=None)
def test_together_is_never_less_than_apart(able: np.ndarray, rho: float, returns: float) -> None:
    """At constant or increasing returns the game is superadditive."""
    worth = ces(able, None, rho, returns)
    for one in range(1, 16):
        for other in range(1, 16):
            if not one & other:
                assert worth[one | other] >= (worth[one] + worth[other]) * (1 - 1e-12)


def test_every_draw_is_as_if_alone() -> None:
    rng = np.random.default_rng(8)
    able, share = rng.uniform(0.0, 2.0, (9, 3)), rng.uniform(0.1, 1.0, (9, 3))
    rho, returns = np.linspace(-2.0, 1.0, 9), rng.uniform(0.5, 1.5, 9)
    rho[4] = 0.0
    whole = ces(able, share, rho, returns, np.full(9, 2.0))
    for k in range(9):
        one = ces(able[k : k + 1], share[k : k + 1], rho[k : k + 1], returns[k : k + 1], [2.0])
        assert one.tobytes() == whole[k].tobytes()


@pytest.mark.parametrize(
    ("given_numbers", "said"),
    [
        (([-1.0, 1.0], None, 0.5), "a capability is not a number of 0 or more"),
        (([np.nan, 1.0], None, 0.5), "a capability is not"),
        (([1.0, 1.0], [1.0, -1.0], 0.5), "a share is not"),
        (([1.0, 1.0], [0.0, 0.0], 0.5), "nobody has a share"),
        (([1.0, 1.0], None, 1.5), "at most 1"),
        (([1.0, 1.0], None, np.nan), "at most 1"),
        (([1.0, 1.0], None, 0.5, 0.0), "returns should be above 0"),
        (([1.0, 1.0], None, 0.5, 1.0, -1.0), "scale should be above 0"),
        ((np.ones(21), None, 0.5), "1 to 20 members, not 21"),
    ],
)
def test_numbers_out_of_range_are_refused(given_numbers: tuple[object, ...], said: str) -> None:
    with pytest.raises(GameError, match=said):
        ces(*given_numbers)  # type: ignore[arg-type]


def test_what_goes_beyond_all_numbers_is_refused_with_its_place() -> None:
    with pytest.raises(GameError, match=r"^dependence\.technology: .* no finite number"):
        ces([1e200, 1.0], None, 0.5, 2.0, 1e308)
