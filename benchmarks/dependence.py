"""The dependence lens: values, nucleoli, transfers and stable partitions."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, cpu
from foedus.lenses.dependence.game import Floats, Game, Hedonic
from foedus.lenses.dependence.hedonic import additively_separable, stable_partitions
from foedus.lenses.dependence.kernel.core import transfers_many
from foedus.lenses.dependence.kernel.nucleolus import nucleolus, nucleolus_many
from foedus.lenses.dependence.kernel.values import shapley
from foedus.lenses.dependence.solutions import solve

HERE = Path(__file__).parents[1] / "tests" / "lenses" / "dependence"
NAMES = tuple("abcdefghijklmnopqrst")


def rows() -> list[Row]:
    """Every row of this file."""
    return [*division(), *draws(), *belonging()]


def judges() -> Any:
    """The tests' plain definitions and linear programs."""
    sys.path.insert(0, str(HERE))
    return import_module("dependence_certificates")


def game(n: int, rows: int = 1) -> Floats:
    """Games at random, in which all together are worth more than their members alone."""
    worth = np.random.default_rng(n).random((rows, 1 << n))
    worth *= np.array([s.bit_count() for s in range(1 << n)]) ** 1.5
    worth[:, -1] = n**1.5
    return worth


def estate(n: int) -> Floats:
    """A bankruptcy game, in which many sets miss equally much: what others leave of the estate."""
    claims = np.random.default_rng(n).integers(1, 100, n)
    table = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1
    left: Floats = 0.4 * claims.sum() - ((1 - table) * claims).sum(axis=1)
    return np.maximum(0.0, left)


def division() -> list[Row]:
    """One game of many members, beside plain Python and HiGHS."""
    plain = judges()
    twenty, ten, eight, six = game(20), estate(10), game(8), estate(6)
    values = cpu(lambda: shapley(twenty), repeat=3)
    values_8 = cpu(lambda: shapley(eight))
    orders = cpu(lambda: plain.shapley_by_orders(eight[0]), repeat=1)
    point, point_6 = cpu(lambda: nucleolus(ten)), cpu(lambda: nucleolus(six))
    first = cpu(lambda: plain.least_core(ten), repeat=3)
    every = cpu(lambda: plain.lexicographic(six, True), repeat=1)
    told = Game(NAMES[:12], game(12)[0])
    return [
        Row("Shapley value, 20 members", f"{values:.2f} s CPU", "1 s", "", ""),
        Row("Shapley value, 8 members", f"{1e3 * values_8:.2f} ms CPU", "",
            "plain Python, all orders", f"1/{orders / values_8:,.0f}"),
        Row("nucleolus of a bankruptcy, 10 members", f"{1e3 * point:.1f} ms CPU", "1 s",
            "its first linear program by HiGHS", f"{point / first:.2f}"),
        Row("the same, 6 members", f"{1e3 * point_6:.2f} ms CPU", "",
            "program by program by HiGHS", f"1/{every / point_6:,.0f}"),
        Row("all solutions of a game of 12 members", f"{cpu(lambda: solve(told), 3):.2f} s CPU",
            "", "", ""),
    ]  # fmt: skip


def draws() -> list[Row]:
    """A batch of small games, as draws come."""
    worth = game(3, 16)
    payoffs = np.repeat(worth[:, -1:] / 3.0, 3, axis=1)
    together = cpu(lambda: (nucleolus_many(worth), transfers_many(worth, payoffs)))
    single = cpu(lambda: [(nucleolus(w), transfers_many(w[None], x[None]))
                          for w, x in zip(worth, payoffs, strict=True)])  # fmt: skip
    return [
        Row("nucleoli and least transfers of 16 games of 3 members", f"{1e3 * together:.1f} ms CPU",
            "10 ms", "one by one", f"1/{single / together:.1f}"),
    ]  # fmt: skip


def belonging() -> list[Row]:
    """Every partition of ten, under every notion of stability."""
    worth = np.random.default_rng(1).normal(size=(10, 10))
    np.fill_diagonal(worth, 0.0)
    hedonic = Hedonic(NAMES[:10], additively_separable(worth))
    seconds = cpu(lambda: stable_partitions(hedonic), repeat=3)
    return [
        Row("all 115,975 partitions of 10 members, six notions of stability",
            f"{seconds:.2f} s CPU", "0.2 s", "", ""),
    ]  # fmt: skip
