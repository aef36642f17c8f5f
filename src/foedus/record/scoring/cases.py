"""How the views of cases did whose end is known: illustrations, coded after the fact."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.record.scoring.bootstrap import Clusters, Span
from foedus.record.scoring.proper import log_losses, square_losses

EVEN = 0.5
"""What someone says who knows nothing at all."""
HINDSIGHT = "coded afterwards, hindsight cannot be ruled out"


@dataclass(frozen=True, slots=True)
class Told:
    """What the views said of one case before its end: the chance that the pact holds.

    ``says`` has value, 5 % and 95 % point by view; a view that did not speak is not in it.
    """

    case: str
    title: str
    as_of: str
    horizon: str
    held: bool
    says: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class ViewScore:
    """How one view did on the cases of which it spoke.

    ``even`` is the log score of 0.5, and ``beside`` those of the base rate and of this view on the
    cases of which both spoke; None where there are none.
    """

    n: int
    log_score: float
    brier: float
    interval: Span
    even: float
    beside: tuple[int, float, float] | None

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        beside = None
        if self.beside is not None:
            n, base_rate, own = self.beside
            beside = {"n": n, "base_rate": _finite(base_rate), "log_score": _finite(own)}
        return {
            "n": self.n,
            "log_score": _finite(self.log_score),
            "brier": self.brier,
            "interval": {"low": self.interval.low, "high": self.interval.high},
            "even": self.even,
            "beside_base_rate": beside,
        }


@dataclass(frozen=True, slots=True)
class CasesScore:
    """Every case with what was said and what came, and every view's scores."""

    cases: tuple[Told, ...]
    views: Mapping[str, ViewScore]

    @property
    def held(self) -> int:
        """In how many the pact held."""
        return sum(one.held for one in self.cases)

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus score cases --json`."""
        return {
            "task": "cases",
            "n": len(self.cases),
            "held": self.held,
            "caution": HINDSIGHT,
            "views": {name: view.to_dict() for name, view in self.views.items()},
            "cases": [
                {
                    "id": one.case, "title": one.title, "as_of": one.as_of,
                    "horizon": one.horizon, "held": one.held,
                    "says": {
                        name: {"value": value, "low": low, "high": high}
                        for name, (value, low, high) in one.says.items()
                    },
                }
                for one in self.cases
            ],
        }  # fmt: skip


def score_cases(told: Sequence[Told], base_rate: str = "base_rate", seed: int = 1) -> CasesScore:
    """How each view did, in log score and Brier score, beside 0.5 and the view ``base_rate``.

    Intervals resample cases. With few cases they are wide, and rough.
    """
    fullest = sorted(told, key=lambda one: -len(one.says))
    names = list(dict.fromkeys(name for one in fullest for name in one.says))
    return CasesScore(tuple(told), {name: _score(name, told, base_rate, seed) for name in names})


def _score(view: str, told: Sequence[Told], base_rate: str, seed: int) -> ViewScore:
    spoken = [one for one in told if view in one.says]
    said, held = _pair(view, spoken)
    lost = log_losses(said, held)
    both = [one for one in spoken if base_rate in one.says]
    beside = None
    if both and view != base_rate:
        base, own = (float(log_losses(*_pair(name, both)).mean()) for name in (base_rate, view))
        beside = (len(both), base, own)
    return ViewScore(
        n=len(spoken),
        log_score=float(lost.mean()),
        brier=float(square_losses(said, held).mean()),
        interval=Clusters(np.arange(len(spoken)), seed).mean(lost),
        even=-math.log(EVEN),
        beside=beside,
    )


def _pair(view: str, told: Sequence[Told]) -> tuple[Any, Any]:
    said = np.array([one.says[view][0] for one in told])
    return said, np.array([float(one.held) for one in told])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
