"""A population of drawn pacts beside the record: how often sponsors leave, by age and together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.following import LEFT, YEARS, Floats
from benchmarks.measure import Row, wall
from benchmarks.pacts import WEAKER, Interval, Population, leaving, population

PACTS, RESAMPLES, POINTS = 256, 2000, (0.05, 0.95)
KINDS: dict[str, dict[str, Interval]] = {
    "by the priors": {},
    "fronts and choices less sure": WEAKER,
}
OVERALL = 0.146
"""Sponsors who stop within a year (UCDP External Support 18.1, 1975 to 2017); solved for."""
SETTLED = 4
"""Years after which a pair counts as settled."""
PAIRS, ONE, TWO = 174, 32, 8
"""Pairs' years in the record, and those after which one and both were gone."""
OLD, OLD_LEFT = 50, 5
"""Of these the years after both had stayed four, and those after which someone was gone."""
AGES = {
    "age 0": (slice(0, 1), (0,), 0.255),
    "age 1": (slice(1, 2), (1,), 0.135),
    "age 2": (slice(2, 3), (2,), 0.091),
    "ages 3 and 4": (slice(3, 5), (3,), 0.109),
    "ages 5 to 9": (slice(5, YEARS), (5, 6, 7, 8, 9), 0.063),
}
"""Years of the population, ages of the record that stand beside them, and the record's share.

Of ages 3 and 4 the record tells 3 alone; of ages 5 to 9 it is the plain mean (3.0 to 7.9 %).
"""


@dataclass(frozen=True)
class Fact:
    """A figure of the record, what it was counted in, and its 5 % and 95 % points if known."""

    value: float
    of: str
    span: tuple[float, float] | None


def rows(data: Path | None = None) -> list[Row]:
    """Every row of this file; `data` is a folder with `record/sponsor_exit_1975_1999.parquet`."""
    known = facts(data)
    out = []
    for kind, changed in KINDS.items():
        name, found = f"{PACTS} pacts, {kind}", list[Population]()
        seconds = wall(lambda: found.append(population(PACTS, OVERALL, changed)))  # noqa: B023
        out += beside(name, found[0], known)
        told = f"{seconds:.0f} s, {found[0].unsettled} did not settle"
        out.append(Row(f"{name}: solved and followed", told, "", "", ""))
    return out


def beside(name: str, drawn: Population, known: Mapping[str, Fact]) -> list[Row]:
    """Each figure of a population beside the record's."""
    flat = drawn.went.reshape(drawn.went.shape[0], -1)
    rng = np.random.default_rng(1)
    times = rng.multinomial(PACTS, np.full(PACTS, 1.0 / PACTS), size=RESAMPLES)
    resampled = figures((times @ flat).reshape(-1, *drawn.went.shape[1:]))
    out = []
    for figure, value in figures(drawn.went.sum(axis=0)).items():
        fact, span = known[figure], np.quantile(resampled[figure], POINTS)
        if fact.span is None:
            verdict, limit = "whether it reproduces the record is not known", "not known"
        else:
            inside = fact.span[0] <= value <= fact.span[1]
            verdict = "reproduces the record" if inside else "does NOT reproduce the record"
            limit = _between(figure, *fact.span)
        told = f"{_told(figure, float(value))} ({_between(figure, *span)}): {verdict}"
        peer = f"record: {_told(figure, fact.value)}, {fact.of}"
        out.append(Row(f"{name}: {figure}", told, limit, peer, f"{value / fact.value:.2f}"))
    alike = f"{_within(drawn.went):.1f}"
    out.append(
        Row(f"{name}: times as often as if apart, within pacts and years", alike, "", "", "")
    )
    return out


def figures(went: Floats) -> dict[str, Floats]:
    """What is compared, from `(..., YEARS, 3, 4)` summed over pacts: hazards by age, and pairs'."""
    out = {f"sponsors leaving, {age}": leaving(went, years) for age, (years, _, _) in AGES.items()}
    pairs = went[..., 0, :]
    young, old = pairs[..., :SETTLED, :].sum(axis=-2), pairs[..., SETTLED:, :].sum(axis=-2)
    every = young + old
    both, left = every[..., 3] / every.sum(-1), every @ LEFT / every.sum(-1) / 2.0
    return out | {
        "pairs of which someone leaves": 1.0 - every[..., 0] / every.sum(-1),
        "the same, under four years": 1.0 - young[..., 0] / young.sum(-1),
        "the same, after four years": 1.0 - old[..., 0] / old.sum(-1),
        "pairs of which both leave": both,
        "times as often as if apart": both / left**2,
        "share of pairs’ years after four": old.sum(-1) / every.sum(-1),
    }


def _within(went: Floats) -> float:
    """Joint exits over those expected were exits independent in each pact and year."""
    pairs = went[:, :, 0]
    whole = np.maximum(pairs.sum(axis=-1), np.finfo(float).tiny)
    apart = (pairs[..., 1] + pairs[..., 3]) * (pairs[..., 2] + pairs[..., 3]) / whole
    return float(pairs[..., 3].sum() / apart.sum())


def facts(data: Path | None) -> dict[str, Fact]:
    """The record's figures, with exact binomial intervals where it is known of how many.

    The panel to 1999 is a part of what hazards by age were counted in: there were at least as many.
    """
    ages = _ages(data)
    out = {}
    for name, (_, told, value) in AGES.items():
        n = int(np.isin(ages, told).sum())
        of, span = (
            (f"of {n} or more", _binomial(value, n)) if n else ("of how many is not told", None)
        )
        out[f"sponsors leaving, {name}"] = Fact(value, of, span)
    ratio, span = _ratio()
    return out | {
        "pairs of which someone leaves": _share(ONE + TWO, PAIRS),
        "the same, under four years": _share(ONE + TWO - OLD_LEFT, PAIRS - OLD),
        "the same, after four years": _share(OLD_LEFT, OLD),
        "pairs of which both leave": _share(TWO, PAIRS),
        "times as often as if apart": Fact(ratio, f"{TWO} of {PAIRS}", span),
        "share of pairs’ years after four": _share(OLD, PAIRS),
    }


def _ages(data: Path | None) -> Floats:
    path = None if data is None else data / "record" / "sponsor_exit_1975_1999.parquet"
    if path is None or not path.exists():
        return np.empty(0)
    from foedus.record.panels import read

    return read(str(path), "sponsor-exit").age.astype(np.float64)


def _share(k: int, n: int) -> Fact:
    return Fact(k / n, f"{k} of {n}", _binomial(k / n, n))


def _binomial(share: float, n: int) -> tuple[float, float]:
    """Exact 5 % and 95 % points (Clopper & Pearson 1934), as if rows were independent."""
    from scipy.stats import binomtest

    span = binomtest(round(share * n), n).proportion_ci(POINTS[1] - POINTS[0], method="exact")
    return float(span.low), float(span.high)


def _ratio() -> tuple[float, tuple[float, float]]:
    """The record's joint exits over those expected, and its points over redrawn pairs' years."""
    counts = np.array([PAIRS - ONE - TWO, ONE, TWO])
    drawn = np.random.default_rng(1).multinomial(PAIRS, counts / PAIRS, size=RESAMPLES)
    both, left = (np.vstack([counts, drawn]) @ w / PAIRS for w in ([0, 0, 1.0], [0, 0.5, 1.0]))
    value, *redrawn = both / left**2
    low, high = np.quantile(redrawn, POINTS)
    return float(value), (float(low), float(high))


def _told(figure: str, value: float) -> str:
    return f"{value:.1f}" if figure.startswith("times") else f"{100.0 * value:.1f} %"


def _between(figure: str, low: float, high: float) -> str:
    if figure.startswith("times"):
        return f"{low:.1f} to {high:.1f}"
    return f"{100.0 * low:.1f} to {100.0 * high:.1f} %"
