"""How good the forecasts of a log were: what is open, what is resolved, and its scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import Literal

import numpy as np

from foedus.record.log.entry import Forecast, Resolution
from foedus.record.log.reading import Log
from foedus.record.log.tallies import Tally, tally
from foedus.record.scoring.proper import log_losses, square_losses

Group = Literal["forecasts", "hindsight", "late"]
GROUPS: tuple[Group, ...] = ("forecasts", "hindsight", "late")
"""What is scored apart: made in time; of cases that told their end; made after the end."""


@dataclass(frozen=True)
class Score:
    """One probability against what happened; lower is better.

    `log_score` is −ln of the chance given to it, None where that is infinite: it was called
    impossible. `brier` is the squared distance.
    """

    probability: float
    log_score: float | None
    brier: float


@dataclass(frozen=True)
class Open:
    """A forecast that is not resolved; `overdue` once its horizon is over."""

    forecast: Forecast
    overdue: bool


@dataclass(frozen=True)
class Resolved:
    """A forecast with what came of it.

    `resolution` is the one that counts, `corrected` how many it takes the place of. `scores` has
    `headline`, the views and `pooled`, and is empty for what cannot be told (void).
    """

    forecast: Forecast
    resolution: Resolution
    corrected: int
    group: Group
    scores: Mapping[str, Score]

    @property
    def held(self) -> bool:
        """Whether the pact held to the horizon."""
        return self.resolution.result == "held"


@dataclass(frozen=True)
class Report:
    """A log on one day: open forecasts, due first; resolved ones, latest first; scores by group.

    Void ones stand apart. A group without resolved forecasts has no tally.
    """

    log: Log
    today: dt.date
    open: tuple[Open, ...]
    resolved: tuple[Resolved, ...]
    void: tuple[Resolved, ...]
    tallies: Mapping[Group, Tally]


def report(log: Log, today: dt.date) -> Report:
    """What a log says of its forecasts, on a day."""
    ended = log.resolutions
    still = [
        Open(one, one.horizon < today) for name, one in log.forecasts.items() if name not in ended
    ]
    still.sort(key=lambda one: (one.forecast.horizon, one.forecast.made_at))
    done = [_resolved(log.forecasts[name], all_of) for name, all_of in ended.items()]
    done.sort(key=lambda one: (one.resolution.on, one.resolution.made_at), reverse=True)
    scored = tuple(one for one in done if one.scores)
    by_group = {group: [one for one in scored if one.group == group] for group in GROUPS}
    return Report(
        log,
        today,
        tuple(still),
        scored,
        tuple(one for one in done if not one.scores),
        MappingProxyType({group: _tally(ones) for group, ones in by_group.items() if ones}),
    )


def _resolved(forecast: Forecast, resolutions: Sequence[Resolution]) -> Resolved:
    last = resolutions[-1]
    # whoever forecasts what has broken already may know it, whatever the horizon
    after = last.result == "broken" and last.on < forecast.made_on
    group: Group = "hindsight" if forecast.hindsight else "forecasts"
    if group == "forecasts" and (forecast.late or after):
        group = "late"
    scores = {} if last.result == "void" else _scores(forecast, last.result == "held")
    return Resolved(forecast, last, len(resolutions) - 1, group, MappingProxyType(scores))


def _scores(forecast: Forecast, held: bool) -> dict[str, Score]:
    names = list(forecast.chances)
    given = np.array([forecast.chances[name] for name in names])
    came = np.full(given.size, float(held))
    surprise, distance = log_losses(given, came), square_losses(given, came)
    return {
        name: Score(float(p), float(s) if isfinite(s) else None, float(d))
        for name, p, s, d in zip(names, given, surprise, distance, strict=True)
    }


def _tally(resolved: Sequence[Resolved]) -> Tally:
    return tally(
        [one.forecast.case for one in resolved],
        [one.held for one in resolved],
        [one.forecast.chances for one in resolved],
    )
