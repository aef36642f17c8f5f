"""What the base_rate lens says of its draws."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import beta

from foedus.case import Case
from foedus.lenses.base_rate.classes import place_of
from foedus.lenses.base_rate.distance import distance
from foedus.lenses.base_rate.lens import BaseRateLens
from foedus.lenses.base_rate.model import BaseRate
from foedus.lenses.base_rate.sentences import headline, reasons, warnings
from foedus.lenses.base_rate.setting import Setting, Tie
from foedus.lenses.base_rate.tables import Step
from foedus.lenses.drawing import names
from foedus.lenses.lens import Draws, Finding, Interval, Outcome


def find(case: Case, draws: Draws, outcome: Outcome) -> Finding:
    """The base_rate finding."""
    setting = Setting.of(case)
    holds = Interval.over(outcome.arrays["holds"], draws.weights)
    data = _data(case, setting, draws, outcome)
    called = names(case, setting.members)
    columns = {"holds": outcome.arrays["holds"]}
    for i, member in enumerate(setting.members):
        columns[f"{member}.stays"] = outcome.arrays["stays"][:, i]
        columns[f"{member}.yearly"] = outcome.arrays["yearly"][:, i]
    return Finding(
        "base_rate",
        BaseRateLens.question,
        headline(data),
        holds=holds,
        reasons=reasons(data, called),
        warnings=warnings(data, called),
        data=data,
        columns=columns,
        weights=draws.weights,
    )


def _data(case: Case, setting: Setting, draws: Draws, outcome: Outcome) -> dict[str, Any]:
    section = case.sections["base_rate"]
    assert isinstance(section, BaseRate)
    assert section.reference_class is not None
    table, arrays = setting.table, outcome.arrays
    level, spread = table.era.at(setting.year)
    value, low, high = table.frailty
    dates = np.linspace(0.0, setting.years, arrays["curve"].shape[1])
    at_modes = Draws.at_modes(case)
    return {
        "kind": section.reference_class.kind,
        "counts": setting.end,
        "table": {
            "name": table.name, "row": table.tie, "cite": table.cite,
            "years": list(table.years), "note": table.note,
        },
        "years": setting.years,
        "holds": _over(arrays["holds"], draws),
        "members": {
            member: {
                "stays": _over(arrays["stays"][:, i], draws),
                "yearly": _over(arrays["yearly"][:, i], draws),
            }
            for i, member in enumerate(setting.members)
        },
        "shared_alike": setting.shared,
        "classes": {tie.name: _chain(table.name, tie, at_modes) for tie in setting.ties},
        "together": {"value": value, "low": low, "high": high} if table.members else None,
        "era": {"level": level, "sd": spread},
        "distance": distance(setting, draws),
        "curve": [
            {"years": float(years)} | _over(arrays["curve"][:, k], draws)
            for k, years in enumerate(dates)
        ],
    }  # fmt: skip


def _over(values: Any, draws: Draws) -> dict[str, float]:
    return Interval.over(values, draws.weights).to_dict()


def _chain(table: str, tie: Tie, modes: Draws) -> list[dict[str, Any]]:
    """The classes of a tie at its most likely age, from wide to narrow."""
    chain = tie.chains[0]
    if tie.age is not None:
        chain = tie.chains[place_of(table, modes[tie.age][0])]
    return [_step(step) for step in chain]


def _step(step: Step) -> dict[str, Any]:
    low, high = np.asarray(beta.ppf((0.05, 0.95), step.rate.a, step.rate.b)).tolist()
    return {
        "class": dict(step.key),
        "n": step.count.rows,
        "ends": step.count.events,
        "rate": {"value": step.rate.mean, "low": low, "high": high},
    }
