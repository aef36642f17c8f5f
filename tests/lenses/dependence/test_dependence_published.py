"""Games from the literature and from other programs' manuals."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from dependence_certificates import Floats, game

from foedus.lenses.dependence.kernel.nucleolus import nucleolus, prenucleolus
from foedus.lenses.dependence.kernel.values import banzhaf, banzhaf_raw, shapley

FILE = Path(__file__).parents[2] / "published" / "dependence" / "coop_tests.json"
PUBLISHED = {row["test"]: row["published"] for row in json.loads(FILE.read_text("utf-8"))}


def talmud(estate: float) -> Floats:
    """What is left for a set once all others have taken their claims."""
    claims = (100.0, 200.0, 300.0)
    return game(3, lambda s: max(0.0, estate - sum(claims[i] for i in range(3) if i not in s)))


def voting(quota: int, weights: Sequence[int]) -> Floats:
    return game(len(weights), lambda s: float(sum(weights[i] for i in s) >= quota))


def by_size(n: int, worths: Sequence[float]) -> Floats:
    """A game listed as manuals do: singles first, then pairs, and so on."""
    sets = [frozenset(s) for k in range(n) for s in combinations(range(n), k + 1)]
    table = dict(zip(sets, worths, strict=True))
    return game(n, lambda s: table.get(s, 0.0))


def exchange(total: float) -> Floats:
    """Four in a line: neighbours share a total, and each deals with one other at most."""

    def most(s: frozenset[int]) -> float:
        deals = [{0, 1}, {1, 2}, {2, 3}]
        both = {0, 1} <= s and {2, 3} <= s
        return total * (2.0 if both else float(any(deal <= s for deal in deals)))

    return game(4, most)


GLOVES = by_size(3, [0, 0, 0, 1, 1, 0, 1])
SUDHOELTER = by_size(3, [0, 0, 0, 10, 0, 0, 2])
COUNCIL = voting(39, [7] * 5 + [1] * 10)
OLD_COUNCIL = voting(27, [5] * 5 + [1] * 6)
SIX = voting(12, [4, 4, 4, 2, 2, 1])
NASSAU = voting(16, [9, 9, 7, 3, 1, 1])
COOPGAME = by_size(4, [0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21])
PRODUCTION = by_size(3, [68, 102, 0, 170, 710, 762, 992])


def ends(division: Floats) -> Floats:
    """The first and the last member's share."""
    return division[[0, -1]]


OURS: dict[str, Callable[[], Floats]] = {
    "Talmud estate 100 claims 100,200,300 nucleolus": lambda: nucleolus(talmud(100)),
    "Talmud estate 200 claims 100,200,300 nucleolus": lambda: nucleolus(talmud(200)),
    "Talmud estate 300 claims 100,200,300 nucleolus": lambda: nucleolus(talmud(300)),
    "UNSC 1965- Shapley permanent, other": lambda: ends(shapley(COUNCIL)),
    "UNSC Banzhaf normalised": lambda: ends(banzhaf(COUNCIL)),
    "UNSC before 1965 Shapley (7 of 11)": lambda: ends(shapley(OLD_COUNCIL)),
    "EEC 1958 Shapley": lambda: shapley(SIX),
    "EEC 1958 Banzhaf": lambda: banzhaf(SIX),
    "Nassau County 1958 [16;9,9,7,3,1,1] Banzhaf": lambda: banzhaf(NASSAU),
    "CoopGame doc nucleolus": lambda: nucleolus(COOPGAME),
    "coopProductGame doc nucleolus (rounded)": lambda: nucleolus(PRODUCTION),
    "glove game 1 left 2 right nucleolus": lambda: nucleolus(GLOVES),
    "glove game Shapley": lambda: shapley(GLOVES),
    "coopgame doc prenucleolus": lambda: prenucleolus(SUDHOELTER),
    "coopgame doc nucleolus": lambda: nucleolus(SUDHOELTER),
    "4-line exchange nucleolus (balanced outcome 1/3,2/3)": lambda: nucleolus(exchange(24.0)),
}


def test_every_published_game_is_played() -> None:
    assert set(OURS) == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_division_comes_out(name: str) -> None:
    assert OURS[name]() == pytest.approx(PUBLISHED[name], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("worth", "by_member"),
    [(COUNCIL, [848] * 5 + [84] * 10), (SIX, [10, 10, 10, 6, 6, 0]), (NASSAU, [16] * 3 + [0] * 3)],
)
def test_swings_are_counted(worth: Floats, by_member: list[int]) -> None:
    assert banzhaf_raw(worth).tolist() == by_member


def test_the_value_of_the_councils_is_exact() -> None:
    assert shapley(COUNCIL) == pytest.approx([421 / 2145] * 5 + [4 / 2145] * 10, rel=1e-13)
    assert shapley(OLD_COUNCIL) == pytest.approx([76 / 385] * 5 + [1 / 462] * 6, rel=1e-13)
    assert shapley(SIX) == pytest.approx(np.array([14, 14, 14, 9, 9, 0]) / 60, rel=1e-13)
