"""Mean scores of many forecasts: by case, beside plain baselines, and their calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from foedus.record.scoring.bootstrap import Clusters, Span
from foedus.record.scoring.calibration import (
    NORMAL,
    Bin,
    bin_of,
    calibration,
    calibration_error,
)
from foedus.record.scoring.proper import log_losses, square_losses

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

HEADLINE = "headline"
SEED = 1
"""Of the bootstrap: the same log gives the same intervals."""
BINS, IN_A_BIN = 10, 5
"""The most bins of a calibration table, and the fewest forecasts for each."""
OFF = 0.2
"""How far off a forecaster should be found out."""
ENOUGH = int(np.ceil(0.25 * (NORMAL / OFF) ** 2))
"""Cases a bin needs for that: half its 90 % interval is then within `OFF` at the worst."""
FEW_CASES = 30
"""With fewer clusters a bootstrap's intervals are too narrow (Cameron, Gelbach & Miller 2008)."""


@dataclass(frozen=True)
class Mean:
    """A mean score, with its 90 % interval from resampled cases.

    None where it is infinite; the interval is None where one case alone cannot tell.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Scores:
    """Mean scores of one kind of probability over `n` forecasts on `cases` cases.

    `impossible` of them called what came impossible: the mean log score is then infinite. `skill`
    is the share of a baseline's loss that was saved on the same forecasts, by baseline and score.
    """

    n: int
    cases: int
    impossible: int
    log_score: Mean
    brier: Mean
    skill: Mapping[str, Mapping[str, Mean]]


@dataclass(frozen=True)
class Calibrated:
    """One bin of the headline's calibration, with the number of its cases.

    `enough` of them would show that the forecaster is 20 points off.
    """

    bin: Bin
    cases: int
    enough: bool


@dataclass(frozen=True)
class Tally:
    """Scores of resolved forecasts by name: the headline, the views, and of the baselines.

    `half` says 0.5 of everything. `climatology` says how often the other cases held (by case, half
    a case of either end added, as Krichevsky & Trofimov 1981 do), which nobody knew beforehand.
    """

    n: int
    cases: int
    held: int
    scores: Mapping[str, Scores]
    baselines: Mapping[str, Scores]
    calibration: tuple[Calibrated, ...]
    calibration_error: float


def tally(
    cases: Sequence[str], held: Sequence[bool], chances: Sequence[Mapping[str, float]]
) -> Tally:
    """Score forecasts, one an entry: its case, whether its pact held, its probabilities by name.

    Several forecasts on one case are one cluster of the bootstrap. Every forecast needs `headline`;
    other names are scored over the forecasts that have them.
    """
    _, where = np.unique(np.array(cases), return_inverse=True)
    cluster: IntArray = where.astype(np.int64)
    event = np.array(held, dtype=np.float64)
    plain = {"half": np.full(event.size, 0.5), "climatology": climatology(event, cluster)}
    names = [HEADLINE, *dict.fromkeys(name for one in chances for name in one if name != HEADLINE)]
    scores = {}
    for name in names:
        there = np.array([name in one for one in chances])
        given = np.array([one[name] for one in chances if name in one])
        beside = {baseline: values[there] for baseline, values in plain.items()}
        scores[name] = _scores(given, event[there], cluster[there], beside)
    headline = np.array([one[HEADLINE] for one in chances])
    bins = max(1, min(BINS, event.size // IN_A_BIN))
    table = calibration(headline, event, cluster, bins)
    return Tally(
        n=event.size,
        cases=np.unique(cluster).size,
        held=int(event.sum()),
        scores=MappingProxyType(scores),
        baselines=MappingProxyType({k: _scores(v, event, cluster, {}) for k, v in plain.items()}),
        calibration=_with_cases(table, bin_of(headline, bins), cluster),
        calibration_error=calibration_error(table),
    )


def climatology(event: FloatArray, cluster: IntArray) -> FloatArray:
    """How often the other cases held, for each forecast: (n,), from `event`, `cluster` (n,) each.

    Every case counts as one, with the mean of what came of its forecasts.
    """
    _, place = np.unique(cluster, return_inverse=True)
    share = np.bincount(place, event) / np.bincount(place)
    others = share.sum() - share
    return np.asarray((others + 0.5) / share.size)[place]


def _scores(
    given: FloatArray, event: FloatArray, cluster: IntArray, beside: Mapping[str, FloatArray]
) -> Scores:
    clusters = Clusters(cluster, SEED)
    losses = {"log_score": log_losses(given, event), "brier": square_losses(given, event)}
    skill = {}
    for name, other in beside.items():
        theirs = {"log_score": log_losses(other, event), "brier": square_losses(other, event)}
        skill[name] = MappingProxyType(
            {score: _skill(clusters, losses[score], theirs[score]) for score in losses}
        )
    return Scores(
        n=given.size,
        cases=clusters.many,
        impossible=int(np.isinf(losses["log_score"]).sum()),
        log_score=_mean(clusters, losses["log_score"]),
        brier=_mean(clusters, losses["brier"]),
        skill=MappingProxyType(skill),
    )


def _mean(clusters: Clusters, losses: FloatArray) -> Mean:
    value = float(losses.mean())
    return _told(value if np.isfinite(value) else None, clusters.mean(losses))


def _skill(clusters: Clusters, losses: FloatArray, theirs: FloatArray) -> Mean:
    known = np.isfinite(losses).all() and theirs.sum() > 0.0
    value = float(1.0 - losses.sum() / theirs.sum()) if known else None
    return _told(value, clusters.skill(losses, theirs))


def _told(value: float | None, span: Span | None) -> Mean:
    return Mean(value, span.low if span else None, span.high if span else None)


def _with_cases(
    table: Sequence[Bin], where: IntArray, cluster: IntArray
) -> tuple[Calibrated, ...]:  # fmt: skip
    many = [int(np.unique(cluster[where == k]).size) for k in np.unique(where)]
    return tuple(Calibrated(b, m, m >= ENOUGH) for b, m in zip(table, many, strict=True))
