"""Variants of a case beside it, on the same draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.ensemble.run import Run
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Finding, Interval, Lens
from foedus.verdict.able import find, speaker


@dataclass(frozen=True)
class Scenario:
    """The answer for a variant of the case, beside the main one on the same draws.

    `shares` are what lenses report that give a share and no probability. `change` is the mean
    difference of the probability, draw by draw, `change_error` its sampling error (one standard
    error).
    """

    id: str
    says: str
    note: str | None
    because: tuple[str, ...]
    values: Mapping[str, Any]
    holds: Interval
    change: float
    change_error: float
    headline: str
    first_leaver: Mapping[str, float]
    shares: Mapping[str, Interval]


def scenario_of(
    name: str, run: Run, main: Finding, lenses: tuple[Lens, ...], given: Case
) -> Scenario:
    """What a variant's run says, beside the main finding on the same draws."""
    findings = find(run, lenses)
    spoken = speaker(findings)
    assert spoken.holds is not None
    size = run.draws.size
    both = np.minimum(spoken.weights, main.weights[:size])
    difference = spoken.columns["holds"] - main.columns["holds"][:size]
    told = given.scenarios.get(name)
    return Scenario(
        name,
        (told.says if told and told.says else None) or name.replace("-", " "),
        told.note if told else None,
        told.because if told else (),
        dict(told.values) if told else {},
        spoken.holds,
        float(np.average(difference, weights=both)) if both.any() else float("nan"),
        sampling_error(difference, both).value,
        spoken.headline,
        spoken.data.get("first_leaver", {}),
        {name: f.share_holding for name, f in findings.items() if f.share_holding is not None},
    )
