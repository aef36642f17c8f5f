"""The balance lens: frustration of published, planted and random networks, and over draws."""

from __future__ import annotations

import csv
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, cpu
from foedus.lenses.balance.frustration import Frustration, frustration, frustration_many, pool_of

TESTS = Path(__file__).parents[1] / "tests"
COW = TESTS / "published" / "balance"
PEER = {"windows": 4.8, "planted": 10.1}
"""CPU seconds of the best other way, as measured elsewhere: an integer programme with rows for
unbalanced triangles on all 51 windows of the Correlates of War; a MaxSAT solver on planted camps.
"""
WINDOWS = 51
DRAWS = 50
WINDOW = "20.csv"


def rows() -> list[Row]:
    """Every row of this file."""
    return [windows(), plain(), planted(), *scattered(), draws()]


def nets() -> Any:
    """The networks of the tests."""
    sys.path.insert(0, str(TESTS / "lenses" / "balance"))
    return import_module("balance_nets")


def windows() -> Row:
    """All windows of the Correlates of War that are at hand, proved and counted."""
    known = {r["file"]: int(r["L"]) for r in csv.DictReader((COW / "cow_values.csv").open())}
    each = []
    for name, value in known.items():
        net = nets().read(COW / "cow" / name)
        found = frustration(net)
        if not (found.proved and found.value == value):
            raise RuntimeError(f"{name}: {found.value} instead of {value}")
        each.append(cpu(lambda net=net: frustration(net), repeat=2))  # type: ignore[misc]
    peer = PEER["windows"] * len(each) / WINDOWS
    return Row(
        f"frustration of {len(each)} four-year windows, 64 to 155 states, optima counted",
        f"{sum(each):.2f} s CPU, the longest {max(each):.2f} s",
        f"{4 * len(each) / WINDOWS:.1f} s, each 0.3 s",
        "integer programme with triangle rows", f"1/{peer / sum(each):.1f}",
    )  # fmt: skip


def plain() -> Row:
    """One window beside the plain integer programme."""
    net = nets().read(COW / "cow" / WINDOW)
    mine = cpu(lambda: frustration(net, count=False))
    other = cpu(lambda: nets().plain_programme(net), repeat=1)
    return Row(
        f"frustration of one window, {net.size} states, {net.ties} ties",
        f"{1e3 * mine:.0f} ms CPU", "", "plain integer programme (HiGHS)", f"1/{other / mine:,.0f}",
    )  # fmt: skip


def planted() -> Row:
    """Two planted camps, 5 % of the signs wrong."""
    net = nets().random_network(2000, 8000, 1, 0.05)
    found: list[Frustration] = []
    used = cpu(lambda: found.append(frustration(net)), repeat=2)
    return Row(
        f"two planted camps, 2,000 actors, 8,000 ties, 5 % wrong: {told(found[-1])}",
        f"{used:.1f} s CPU", "10 s", "MaxSAT (RC2)", f"1/{PEER['planted'] / used:.0f}",
    )  # fmt: skip


def scattered() -> list[Row]:
    """Signs at random, four ties an actor."""
    out = []
    for actors, limit in ((100, 0.6), (200, None)):
        net = nets().random_network(actors, 2 * actors, 1)
        found: list[Frustration] = []
        used = cpu(
            lambda net=net, found=found: found.append(  # type: ignore[misc]
                frustration(net, seconds=60, count=False)
            ),
            repeat=1,
        )
        out.append(
            Row(f"signs at random, {actors} actors, {net.ties} ties: {told(found[-1])}",
                f"{used:.2f} s CPU", f"{limit:g} s" if limit else "", "", "")
        )  # fmt: skip
    return out


def draws() -> Row:
    """Draws of weights and some signs of a network as large as a case's."""
    net = nets().random_network(60, 360, 5, 0.1)
    lot = np.random.default_rng(2)
    pool = pool_of(net.size, net.ends, *costs(net.signs, net.weights))
    unsure = lot.random(net.ties) < 0.05
    signs = np.where(unsure & (lot.random((DRAWS, net.ties)) < 0.5), -net.signs, net.signs)
    together, apart = costs(signs, lot.uniform(0.7, 1.3, signs.shape))
    used = cpu(
        lambda: frustration_many(net.size, net.ends, together, apart, pool), repeat=2
    )  # fmt: skip
    return Row(
        "a draw of 60 actors, 360 ties, weights uncertain and 5 % of the signs, cuts kept",
        f"{1e3 * used / DRAWS:.1f} ms CPU", "20 ms", "", "",
    )  # fmt: skip


def costs(signs: Any, weights: Any) -> tuple[Any, Any]:
    """What ties cost with their ends together, and apart."""
    return np.where(signs < 0, weights, 0.0), np.where(signs > 0, weights, 0.0)


def told(found: Frustration) -> str:
    """The value, and the bound where they differ."""
    return f"L = {found.value:g}" + ("" if found.proved else f", at least {found.bound:g}")
