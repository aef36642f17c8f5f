"""The endurance lens: solves, draws, members."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import numpy as np

from benchmarks.measure import Row, cpu, wall
from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import Game, layout, solve
from foedus.lenses.lens import Draws
from foedus.lenses.table import load
from foedus.verdict.analysis import analyze

ORACLE = Path(__file__).parents[1] / "tests" / "lenses" / "endurance"


def rows() -> list[Row]:
    """Every row of this file."""
    return [*solves(), *members(), *draws()]


def solves() -> list[Row]:
    """One game of three members, 11 front and 3 trust levels, beside a plain NumPy version."""
    case = load("syria-2016").without_outcome()
    setting = Setting.of(case)
    game = setting.games(Draws.at_modes(case)).packed()[0]
    base = solve(game, setting.layout)
    rng = np.random.default_rng(1)
    near = [game * (1.0 + 0.1 * rng.uniform(-1, 1, game.size)) for _ in range(20)]
    for row in near:
        row[12] = game[12]  # patience stays within its range
    traced = cpu(lambda: solve(game, setting.layout))
    warm = cpu(lambda: [solve(row, setting.layout, base.play) for row in near]) / len(near)
    plain = plain_numpy()
    return [
        Row(
            "one solve, 3 members, 11 × 3 levels, started from the modes",
            f"{1e3 * warm:.1f} ms CPU", "10 ms", "plain NumPy reference", f"1/{plain / warm:.0f}",
        ),
        Row(
            "the same, traced from precision 0",
            f"{1e3 * traced:.1f} ms CPU", "", "plain NumPy reference", f"1/{plain / traced:.0f}",
        ),
    ]  # fmt: skip


def plain_numpy() -> float:
    """CPU seconds of the tests' plain reference on the published judgements."""
    sys.path.insert(0, str(ORACLE))
    games, oracle = import_module("endurance_games"), import_module("endurance_oracle")
    return cpu(lambda: oracle.solve(games.JUDGED), repeat=1)


def alike(n: int) -> Game:
    """One game of n members, each a little different."""

    def each(low: float, high: float) -> np.ndarray:
        return np.linspace(low, high, n)[None, :]

    def one(value: float) -> np.ndarray:
        return np.array([value])

    gets = np.full((1, n, n), 0.1)
    return Game(
        opponents=one(0.6 * n), determinism=one(2.0), pace=one(0.35), token=one(0.2),
        coordination=one(0.5), divergence=one(0.2), monitoring=one(0.4), repair=one(0.3),
        settle_chance=one(0.01), settle_width=one(0.5), spoils=one(0.0), retribution=one(0.0),
        patience=one(0.97), precision=one(14.0), leave_bonus=one(0.0),
        blame_after=np.array([[0.6, 0.2, 0.05]]), stake=each(0.5, 1.5), capability=each(1.0, 0.6),
        effort_cost=each(0.12, 0.2), presence_cost=each(0.06, 0.02), aim=each(0.5, 1.0),
        exit_cost=each(1.5, 5.0), outside_option=each(0.05, -0.2), stake_outside=each(0.6, 1.0),
        gets_from=gets,
    )  # fmt: skip


def members() -> list[Row]:
    """Larger pacts, traced from precision 0."""
    out = []
    three = cpu(lambda: solve(alike(3).packed()[0], layout(3, 11, 2)), repeat=3)
    for n, trust, limit in ((4, 3, ""), (5, 2, "2 s"), (6, 2, "")):
        row, lay = alike(n).packed()[0], layout(n, 11, trust)
        seconds = cpu(lambda row=row, lay=lay: solve(row, lay), repeat=1)  # type: ignore[misc]
        out.append(
            Row(
                f"one solve, {n} members, 11 × {trust} levels, traced from precision 0",
                f"{seconds:.2f} s CPU", limit, "3 members, 11 × 2 levels", f"{seconds / three:.0f}",
            )
        )  # fmt: skip
    return out


def draws() -> list[Row]:
    """The packaged case with its scenarios, on two workers and on one."""
    case = load("syria-2016")
    analyze(case, draws=8)
    two = wall(lambda: analyze(case, draws=512, workers=2))
    one = wall(lambda: analyze(case, draws=512, workers=1))
    bare = wall(lambda: analyze(case, draws=512, workers=2, compare_scenarios=False))
    return [
        Row("512 draws of syria-2016 with its scenarios, 2 workers", f"{two:.1f} s", "5 s",
            "1 worker", f"{two / one:.2f}"),
        Row("512 draws of syria-2016 without scenarios, 2 workers", f"{bare:.1f} s", "",
            "with scenarios", f"{bare / two:.2f}"),
    ]  # fmt: skip
