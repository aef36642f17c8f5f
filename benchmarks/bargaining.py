"""The bargaining lens: errors on real issues, and speed beside published programs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import Row, cpu
from foedus.lenses.bargaining.baselines import voices, wmean
from foedus.lenses.bargaining.game import Distribution, Floats, Game, Play
from foedus.lenses.bargaining.pce import TOGETHER, pce, pce_many
from foedus.lenses.bargaining.record import ISSUES, RECORD
from foedus.lenses.bargaining.tables import read_table
from foedus.lenses.bargaining.variants import VARIANTS

CASES = Path(__file__).parents[1] / "tests" / "published" / "bargaining" / "cases.csv"
SCALE = 100.0
"""Issues are on scales from 0 to 100."""
NOISE = 0.01
"""By how much positions are varied, in shares of the scale, where they are."""
JMCKIB, KTAB_EMISSION, KTAB_POLICY = 5.83, 0.18, 4.0
"""CPU seconds a game of Scholz's code (jmckib) and of KTAB, as measured elsewhere."""
MINUTE = 60.0


def rows(data: Path | None = None) -> list[Row]:
    """Every row of this file; `data` is a folder with `bargaining/deu3_issues.csv` and actors."""
    return [*errors(data), *speed()]


@dataclass(frozen=True, eq=False)
class Issue:
    """One issue and how it came out, from 0 to 1."""

    game: Game
    outcome: float


def issues(folder: Path) -> list[Issue]:
    """The issues of DEU III that are in a folder; capability is that under the treaties."""
    stand: dict[str, list[dict[str, str]]] = {}
    with (folder / "deu3_actors.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            stand.setdefault(row["issue_id"], []).append(row)
    with (folder / "deu3_issues.csv").open(encoding="utf-8", newline="") as stream:
        return [_issue(row, stand[row["issue_id"]]) for row in csv.DictReader(stream)]


def _issue(issue: dict[str, str], stand: list[dict[str, str]]) -> Issue:
    def column(name: str) -> Floats:
        return np.array([float(row[name]) for row in stand])

    held = issue["reference_point"]
    game = Game(
        tuple(row["actor"] for row in stand),
        column("position_0_100")[:, None] / SCALE,
        column("capability_treaty_0_1"),
        column("salience_0_1")[:, None],
        reference=np.array([float(held) / SCALE]) if held else None,
    )
    return Issue(game, float(issue["outcome"]) / SCALE)


def crps(told: Distribution, outcome: float) -> float:
    """Continuous ranked probability score: E|X - y| - E|X - X'| / 2 (Gneiting & Raftery 2007)."""
    p = told.probability
    apart = np.abs(told.points[:, None] - told.points)
    return float(p @ np.abs(told.points - outcome) - 0.5 * p @ apart @ p)


@dataclass(frozen=True)
class Score:
    """Means over the issues that a forecast could be made for, in points of the scale."""

    error: float
    crps: float
    mean: float
    """The error of the weighted mean on the same issues."""
    issues: int


def scored(found: list[Issue], play: Callable[[Game], Play | None]) -> Score:
    """How a model did; None from it passes an issue over."""
    out = []
    for issue in found:
        told = play(issue.game)
        if told is None:
            continue
        error = abs(told.forecast[0] - issue.outcome)
        score = crps(told.distribution[0], issue.outcome) if told.distribution else error
        out.append((error, score, abs(wmean(issue.game).forecast[0] - issue.outcome)))
    means = SCALE * np.mean(out, axis=0)
    return Score(float(means[0]), float(means[1]), float(means[2]), len(out))


def forecasts() -> dict[str, Callable[[Game], Play | None]]:
    """Every model, and a few that are none."""
    from foedus.lenses.bargaining.eum import eum

    out: dict[str, Callable[[Game], Play | None]] = {
        name: lambda game, name=name: _if_possible(name, game)  # type: ignore[misc]
        for name in VARIANTS
    }
    lot = np.random.default_rng(1)

    def varied(game: Game, together: float) -> Play:
        noise = lot.normal(0.0, NOISE, game.positions.shape)
        near = np.clip(game.positions + noise, 0.0, 1.0)
        return pce(Game(game.actors, near, game.capability, game.salience), together=together)

    def by_weight(game: Game) -> Play:
        told = voices(game)
        return Play("voices", game.positions[None], np.array([told[0].mean]), told)

    def first_turn(game: Game) -> Play | None:
        whole = _if_possible("smp:ktab", game)
        if whole is None:
            return None
        turn = whole.history[min(1, len(whole.history) - 1)]
        return wmean(Game(game.actors, turn, game.capability, game.salience))

    out["smp:ktab, one turn"] = first_turn
    out["eum:scholz-code, median"] = lambda game: eum(game, "scholz-code", forecast="median")
    out["pce, positions varied by 0.01"] = lambda game: varied(game, 0.0)
    out["the same, 0.05 together"] = lambda game: varied(game, TOGETHER)
    out["positions by weight"] = by_weight
    out["always 50"] = lambda game: Play("middle", game.positions[None], np.array([0.5]))
    return out


def _if_possible(name: str, game: Game) -> Play | None:
    variant = VARIANTS[name]
    if variant.lacks(len(game.actors), game.reference is not None):
        return None
    return variant.play(game)


def errors(data: Path | None) -> list[Row]:
    """Mean absolute error and score of each variant on the issues of DEU III that are there."""
    folder = None if data is None else data / "bargaining"
    if folder is None or not (folder / "deu3_issues.csv").exists():
        return [Row(f"{name}, issues of DEU III", "not run: no data", "", _elsewhere(name), "")
                for name in forecasts()]  # fmt: skip
    found = issues(folder)
    out = []
    for name, play in forecasts().items():
        told = scored(found, play)
        out.append(
            Row(f"{name}, {told.issues} issues of DEU III",
                f"error {told.error:.2f}, CRPS {told.crps:.2f}", "",
                f"weighted mean there, {told.mean:.2f}{_elsewhere(name, '; ')}",
                f"{told.error / told.mean:.3f}")
        )  # fmt: skip
    return out


def _elsewhere(name: str, before: str = "") -> str:
    """What was measured on all issues."""
    for row in RECORD:
        if row.variant == name:
            error = "" if row.error is None else f"error {row.error:.2f}, "
            return f"{before}all {ISSUES} issues: {error}CRPS {row.crps:.2f}"
    return ""


def speed() -> list[Row]:
    """Batches of random games, and published ones, on one processor."""
    return [*_batches(), *_published()]


def _random(games: int, n: int) -> tuple[Floats, Floats, Floats]:
    lot = np.random.default_rng(1)
    return (
        lot.uniform(size=(games, n, 1)),
        lot.uniform(0.1, 1.0, size=(games, n)),
        lot.uniform(0.1, 1.0, size=(games, n, 1)),
    )


def _batches() -> list[Row]:
    from foedus.lenses.bargaining.eum import eum_many
    from foedus.lenses.bargaining.smp import smp_many

    def together(positions: Floats, capability: Floats, salience: Floats) -> object:
        return pce_many(positions, capability, salience, together=TOGETHER)

    plays: tuple[tuple[str, int, Callable[..., object], str], ...] = (
        ("pce, 20 actors", 20_000, pce_many, ""),
        ("pce, 20 actors, 0.05 together", 20_000, together, ""),
        ("eum:scholz-code, 20 actors, 10 rounds", 2_000, eum_many, "0.50 million"),
        ("smp:ktab, 20 actors, to the end", 300, smp_many, "0.125 million"),
    )
    out = []
    for what, games, play, limit in plays:
        given = _random(games, 20)
        play(*(part[:2] for part in given))
        seconds = cpu(lambda play=play, given=given: play(*given), repeat=2)  # type: ignore[misc]
        million = games / seconds * MINUTE / 1e6
        out.append(
            Row(f"{what}: games a CPU minute", f"{million:.2f} million", limit, "", "")
        )  # fmt: skip
    return out


def _published() -> list[Row]:
    from foedus.lenses.bargaining.eum import eum_many
    from foedus.lenses.bargaining.smp import smp_many

    plays: tuple[tuple[str, str, int, Callable[..., object], str, float], ...] = (
        ("eum:scholz-code, emission1994, 10 rounds", "emission1994", 500, eum_many,
         "Scholz’s code (jmckib)", JMCKIB),
        ("smp:ktab, emission1994", "emission1994", 50, smp_many, "KTAB", KTAB_EMISSION),
        ("smp:ktab, ktab_soe_policy, 26 actors", "ktab_soe_policy", 5, smp_many, "KTAB",
         KTAB_POLICY),
    )  # fmt: skip
    out = []
    for what, case, games, play, peer, seconds in plays:
        scale = (0.0, 100.0) if case.startswith("ktab") else None
        game = read_table(CASES, case=case, scale=scale).game()
        given = tuple(
            np.repeat(part[None], games, axis=0)
            for part in (game.positions, game.capability, game.salience)
        )
        each = cpu(lambda play=play, given=given: play(*given), repeat=2) / games  # type: ignore[misc]
        out.append(
            Row(what, f"{1e3 * each:.3f} ms CPU", "", f"{peer}, {seconds:g} s",
                f"1/{seconds / each:,.0f}")
        )  # fmt: skip
    return out
