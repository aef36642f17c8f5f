from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest
from toy_pact import toy

from foedus.case import Case
from foedus.ensemble.draws import FEWEST, MOST, SCRAMBLINGS, Table

STAKE = "endurance.members.north.stake"


@pytest.mark.parametrize("draws", [8, 16, 64, 1024])
def test_powers_of_two_are_drawn(draws: int, pact: Case) -> None:
    table = Table.over([pact], 1)
    uniforms = table.uniforms(draws)
    assert uniforms.shape == (draws, len(table.paths))
    made = table.draws(pact, uniforms)
    assert made.size == draws
    assert made.index.tolist() == list(range(draws))
    assert made.weights.sum() == pytest.approx(1.0)
    assert np.all((uniforms >= 0.0) & (uniforms < 1.0))


@pytest.mark.parametrize("draws", [-8, 0, 1, 2, 4, 7, 9, 12, 24, 100, 2 * MOST])
def test_other_numbers_are_refused(draws: int, pact: Case) -> None:
    with pytest.raises(ValueError, match=f"power of two from {FEWEST} to {MOST}"):
        Table.over([pact], 1).uniforms(draws)


@pytest.mark.parametrize("draws", [8, 16, 128])
def test_a_larger_number_keeps_the_smallers_draws(draws: int, pact: Case) -> None:
    table = Table.over([pact], 1)
    assert table.uniforms(4 * draws)[:draws].tobytes() == table.uniforms(draws).tobytes()


def test_the_columns_are_the_sorted_union_of_the_paths(pact: Case) -> None:
    other = toy(("gets_from: {north: 0.2}", "gets_from: {}"))
    path = "endurance.members.south.gets_from.north"
    assert path in pact.quantities()
    assert path not in other.quantities()
    table = Table.over([other, pact], 1)
    assert table.paths == tuple(sorted({*pact.quantities(), *other.quantities()}))
    assert table.paths == Table.over([pact, other], 1).paths
    uniforms = table.uniforms(16)
    one, two = table.draws(pact, uniforms), table.draws(other, uniforms)
    assert tuple(one) == tuple(pact.quantities())
    assert tuple(two) == tuple(other.quantities())
    for shared in two:
        assert one[shared].tobytes() == two[shared].tobytes()


def test_the_same_path_has_the_same_uniforms_in_every_case(pact: Case) -> None:
    other = pact.with_values({STAKE: 0.7, "endurance.position.now": {"mode": 0.0}})
    table = Table.over([pact, other], 1)
    uniforms = table.uniforms(32)
    one, two = table.draws(pact, uniforms), table.draws(other, uniforms)
    assert np.all(two[STAKE] == 0.7)
    assert np.all(two["endurance.position.now"] == 0.0)
    for path in one:
        if path not in (STAKE, "endurance.position.now"):
            assert one[path].tobytes() == two[path].tobytes()


def test_a_fixed_value_keeps_its_column(pact: Case) -> None:
    fixed = pact.with_values({STAKE: 0.7})
    loose, tight = Table.over([pact], 1), Table.over([fixed], 1)
    assert STAKE in tight.paths
    assert loose.uniforms(32).tobytes() == tight.uniforms(32).tobytes()


def test_a_shifted_judgement_moves_with_its_uniforms(pact: Case) -> None:
    shifted = pact.with_values({"endurance.position.now": {"mode": 0.0, "low": -0.3, "high": 0.3}})
    table = Table.over([pact, shifted], 1)
    uniforms = table.uniforms(64)
    one, two = (table.draws(case, uniforms)["endurance.position.now"] for case in (pact, shifted))
    np.testing.assert_allclose(two, one + 0.1, atol=1e-9)


def test_seeds_differ_and_are_reproducible(pact: Case) -> None:
    first = Table.over([pact], 1).uniforms(16)
    assert first.tobytes() == Table.over([pact], 1).uniforms(16).tobytes()
    for seed in (0, 2, 2**63 - 1):
        assert first.tobytes() != Table.over([pact], seed).uniforms(16).tobytes()


def test_every_scrambling_is_balanced(pact: Case) -> None:
    points = 64
    uniforms = Table.over([pact], 3).uniforms(points * SCRAMBLINGS)
    seen = set()
    for scrambling in range(SCRAMBLINGS):
        mine = uniforms[scrambling::SCRAMBLINGS]
        assert mine.shape[0] == points
        cells = np.sort(np.floor(mine * points).astype(int), axis=0)
        assert np.all(cells == np.arange(points)[:, None])
        seen.add(mine.tobytes())
    assert len(seen) == SCRAMBLINGS


def test_the_draws_follow_the_judgement(pact: Case) -> None:
    table = Table.over([pact], 1)
    draws = table.draws(pact, table.uniforms(1024))
    quantity = pact.quantities()[STAKE]
    assert np.mean(draws[STAKE] < quantity.low) == pytest.approx(0.05, abs=0.01)
    assert np.mean(draws[STAKE] > quantity.high) == pytest.approx(0.05, abs=0.01)
    uniforms = table.uniforms(1024)
    assert all(kstest(column, "uniform").pvalue > 0.5 for column in uniforms.T[:5])


def test_draws_know_their_paths_and_slices(pact: Case) -> None:
    table = Table.over([pact], 1)
    draws = table.draws(pact, table.uniforms(16))
    part = draws.part(4, 10)
    assert part.size == 6
    assert part.index.tolist() == list(range(4, 10))
    assert part[STAKE].tolist() == draws[STAKE][4:10].tolist()
    assert len(draws) == len(pact.quantities())
    with pytest.raises(KeyError, match="nothing"):
        draws["nothing"]
