"""The stability lens: large models, many profiles, and published figures of the best known tool."""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, command, cpu
from foedus.lenses.stability.concepts.profiles import solve_many
from foedus.lenses.stability.concepts.solving import CRISP, solve
from foedus.lenses.stability.interchange import read

TESTS = Path(__file__).parents[1] / "tests"
HERE = TESTS / "lenses" / "stability"
ELMIRA = TESTS / "published" / "stability" / "elmira_12.json"
PEER = {(6, 1): 0.20, (8, 1): 17.8, (5, 2): 15.8, (2, 6): 48.0, (3, 4): 86.0, (4, 3): 123.0}
"""CPU seconds of GMCR+ (gmcr-py, 2020) on F(n, k), as measured elsewhere."""
LARGE = {(5, 4): ("3 s, 1 GB", 3.1), (10, 2): ("", 12.7), (6, 4): ("90 s, 3 GB", 134.0)}
"""Limits, and the CPU seconds of an earlier prototype."""
PROFILES = 1_000_000
GMCR_PROFILE = 2.7e-3
"""CPU seconds of GMCR+ for one preference profile of Elmira with 12 states."""


def rows() -> list[Row]:
    """Every row of this file."""
    return [*small(), *large(), *many(), *plain()]


def family(n: int, k: int) -> Any:
    """The model F(n, k) of the tests."""
    sys.path.insert(0, str(HERE))
    return import_module("stability_family").family(n, k)


def small() -> list[Row]:
    """Models that the best known tool can solve too: all decision makers, four concepts."""
    out = []
    for (n, k), peer in PEER.items():
        model = family(n, k)
        solve(model, CRISP)
        seconds = cpu(lambda model=model: solve(model, CRISP))  # type: ignore[misc]
        out.append(
            Row(f"F({n},{k}), {model.states:,} states", f"{1e3 * seconds:.2f} ms CPU", "",
                f"GMCR+, {peer:g} s", f"1/{peer / seconds:,.0f}")
        )  # fmt: skip
    return out


ALONE = """
import sys, time
sys.path.insert(0, {here!r})
from stability_family import family
from foedus.lenses.stability.concepts.solving import CRISP, solve
solve(family(2, 2), CRISP)
model = family({n}, {k})
start, used = time.perf_counter(), time.process_time()
solve(model, CRISP)
print(time.perf_counter() - start, time.process_time() - used, file=open({out!r}, "w"))
"""


def large() -> list[Row]:
    """Models of a million states and more, in a process of their own."""
    out = []
    for (n, k), (limit, prototype) in LARGE.items():
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "seconds"
            _, _, memory = command(["-c", ALONE.format(here=str(HERE), n=n, k=k, out=str(told))])
            seconds, used = (float(word) for word in told.read_text().split())
        out.append(
            Row(f"F({n},{k}), {1 << n * k:,} states, all processors",
                f"{seconds:.1f} s, {used:.1f} s CPU, {memory:.0f} MB", limit,
                f"an earlier prototype, {prototype:g} s CPU", f"{used / prototype:.2f}")
        )  # fmt: skip
    return out


def many() -> list[Row]:
    """A million preference profiles on Elmira with 12 states, one thread."""
    model = read(ELMIRA)
    lot = np.random.default_rng(1)
    ranks = np.tile(np.arange(model.states, dtype=np.int16), (PROFILES, len(model.dms), 1))
    ranks = lot.permuted(ranks, axis=2)
    solve_many(model, ranks[:100])
    seconds = cpu(lambda: solve_many(model, ranks), repeat=2)
    each = seconds / PROFILES
    return [
        Row("a million preference profiles of Elmira (12 states), four concepts",
            f"{seconds:.2f} s CPU, {1 / each:,.0f} a second", "300,000 a second",
            "GMCR+, 2.7 ms each", f"1/{GMCR_PROFILE / each:,.0f}"),
    ]  # fmt: skip


def plain() -> list[Row]:
    """Beside the tests' set-based reference in plain Python."""
    sys.path.insert(0, str(HERE))
    models, oracle = import_module("stability_models"), import_module("stability_oracle")
    model = family(3, 3)
    data = models.plain(model)

    def reference() -> None:
        for concept in CRISP:
            oracle.equilibria(data, concept)

    mine, other = cpu(lambda: solve(model, CRISP)), cpu(reference, repeat=1)
    return [
        Row("F(3,3), 512 states", f"{1e3 * mine:.2f} ms CPU", "", "plain Python sets",
            f"1/{other / mine:,.0f}"),
    ]  # fmt: skip
