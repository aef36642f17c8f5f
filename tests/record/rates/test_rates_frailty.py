"""What sponsors of one client share: recovered where it is known, and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rates_toy import shared

from foedus.record.panels import Panel
from foedus.record.rates.frailty import fit_frailty, joint_exits, together


def fitted(clients: int, each: int, hazard: float, variance: float, seed: int) -> Any:
    frame = shared(clients, each, hazard, variance, seed)
    panel = Panel.of(frame, "sponsor-exit")
    return fit_frailty(panel, np.full(len(panel), hazard))


@pytest.mark.parametrize(("variance", "seed"), [(0.5, 1), (1.5, 2), (3.0, 3)])
def test_a_variance_that_is_known_is_recovered(variance: float, seed: int) -> None:
    found, low, high = fitted(150, 3, 0.3, variance, seed)
    assert low <= variance <= high
    assert low < found < high
    assert high - low < 2.0 * variance + 0.5


def test_exits_on_ones_own_share_nothing() -> None:
    found, low, high = fitted(150, 3, 0.3, 0.0, seed=4)
    assert low == 0.0
    assert found <= 0.1
    assert high < 0.5


def test_sponsors_that_never_leave_together_share_nothing() -> None:
    frame = shared(60, 2, 0.3, 0.0, seed=5)
    frame["exit"] = np.tile([1.0, 0.0], 60)
    assert fit_frailty(Panel.of(frame, "sponsor-exit"), np.full(120, 0.5)) == (0.0, 0.0, 0.0)


def test_the_likelihood_of_pairs_is_highest_where_it_is_by_hand() -> None:
    """Of pairs that each stay with chance s, both stay with (2 / s^v - 1)^(-1/v) (Clayton 1978)."""
    frame = shared(100, 2, 0.4, 0.0, seed=0)
    both, one, none = 25, 30, 45  # 80 of 200 leave
    frame["exit"] = np.array([1.0, 1.0] * both + [1.0, 0.0] * one + [0.0, 0.0] * none)
    stay, grid = 0.6, np.linspace(0.05, 8.0, 160)
    all_stay = (2.0 * stay**-grid - 1.0) ** (-1.0 / grid)
    all_leave = 1.0 - 2.0 * stay + all_stay
    height = none * np.log(all_stay) + one * np.log(stay - all_stay) + both * np.log(all_leave)
    found = fit_frailty(Panel.of(frame, "sponsor-exit"), np.full(200, 0.4))[0]
    best = grid[np.argmax(height)]
    assert 0.5 < best < 7.5
    assert found == pytest.approx(best, abs=0.051)


def test_one_sponsor_alone_tells_nothing() -> None:
    many, alone = shared(60, 2, 0.3, 2.0, seed=6), shared(100, 1, 0.3, 0.0, seed=7)
    alone["actor"] = alone["actor"] + 5000
    joined = {name: np.concatenate([many[name], alone[name]]) for name in many}
    joined["conf"][-100:] = many["conf"][:100]  # no conflict that is not there already
    hazards = np.full(120, 0.3), np.concatenate([np.full(120, 0.3), np.full(100, 0.9)])
    told = [
        fit_frailty(Panel.of(frame, "sponsor-exit"), hazard)
        for frame, hazard in zip((many, joined), hazards, strict=True)
    ]
    assert told[0] == told[1]


def test_the_same_panel_gives_the_same_interval() -> None:
    frame = shared(60, 2, 0.3, 1.0, seed=8)
    order = np.random.default_rng(1).permutation(120)
    mixed = {name: values[order] for name, values in frame.items()}
    told = [fit_frailty(Panel.of(f, "sponsor-exit"), np.full(120, 0.3)) for f in (frame, frame)]
    assert told[0] == told[1]
    again = fit_frailty(Panel.of(mixed, "sponsor-exit"), np.full(120, 0.3))
    assert again == pytest.approx(told[0], abs=0.051)


BY_HAND = {
    # client 1: a pair in 1990 (both leave) and in 1991 (one); client 2: three; client 3: a pair
    # against each of two opponents, of which one sees one leave
    "year": [1990, 1990, 1991, 1991, 1990, 1990, 1990, 1990, 1990, 1990, 1990, 1992],
    "actor": [1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4],
    "dyad": [7, 7, 7, 7, 8, 8, 8, 9, 9, 10, 10, 11],
    "exit": [1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1],
    "sid": list("abababcabcda"),
    "conf": [1] * 12,
    "age": [0] * 12,
}


def test_joint_exits_by_hand() -> None:
    pairs, both, expected = joint_exits(Panel.of(BY_HAND, "sponsor-exit"))
    assert (pairs, both) == (4, 1)
    assert expected == pytest.approx((4 / 8) ** 2)


def test_rows_together_are_those_of_a_client_an_opponent_and_a_year() -> None:
    panel = Panel.of(BY_HAND, "sponsor-exit")
    found = {tuple(sorted(rows.tolist())) for rows in together(panel)}
    assert found == {(0, 1), (2, 3), (4, 5, 6), (7, 8), (9, 10), (11,)}
