"""What the balance lens says of its draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.lenses.balance.cautions import warnings
from foedus.lenses.balance.likely import likely
from foedus.lenses.balance.sentences import headline, reasons
from foedus.lenses.balance.setting import Setting
from foedus.lenses.drawing import names
from foedus.lenses.lens import Draws, Finding, Floats, Interval, Outcome

Arrays = Mapping[str, NDArray[Any]]


def find(case: Case, draws: Draws, outcome: Outcome) -> Finding:
    """The balance finding.

    `share_holding` is the share of draws in which it is less strain that the pact's members stand
    in one camp than that they do not; where it is the same, a draw counts half. None where fewer
    than two members have ties.
    """
    setting: Setting = outcome.shared["setting"]
    arrays, weights = outcome.arrays, draws.weights
    share = None
    if setting.pact is not None:
        share = Interval.over(arrays["share_holding"], weights)
    together, apart = setting.costs(draws)
    data: dict[str, Any] = {
        "camps": setting.section.camps,
        "actors": list(setting.actors),
        "members": [setting.actors[i] for i in setting.members],
        **{key: _over(arrays[key], weights) for key in ("frustration", "bound", "line_index")},
        "two_camps": _over(arrays["two_camps"], weights),
        "members_together": share.to_dict() if share else None,
        "equal": _equal(setting, arrays, weights),
        "split": _split(setting, arrays, weights),
        "orderings": _orderings(setting, arrays, weights),
        "strain": _strain(setting, together, apart, arrays, weights),
        "cost_of_moving": {
            actor: _over(arrays["cost_of_moving"][:, i], weights)
            for i, actor in enumerate(setting.actors)
        },
        "with_members": _with_members(setting, arrays, weights),
        **likely(case, setting),
    }
    called = names(case, {*setting.actors, *case.pact.members})
    return Finding(
        "balance",
        "Which ties are under strain, and which realignment would relax them?",
        headline(data, called),
        share_holding=share,
        reasons=reasons(data, called),
        warnings=warnings(data, called, case.pact.members),
        data=data,
        columns=_columns(setting, arrays),
        weights=weights,
    )


def _over(values: Floats, weights: Floats) -> dict[str, float]:
    return Interval.over(values, weights).to_dict()


def _share(found: NDArray[Any], weights: Floats) -> float:
    return float(np.average(found, weights=weights))


def _equal(setting: Setting, arrays: Arrays, weights: Floats) -> float | None:
    """The share of draws in which it is the same strain whether the members are split or not."""
    if setting.pact is None:
        return None
    return _share(arrays["share_holding"] == 0.5, weights)


def _split(setting: Setting, arrays: Arrays, weights: Floats) -> dict[str, Any] | None:
    """What it costs to keep the members together, to split them, and that each alone leaves."""
    if setting.pact is None:
        return None
    together, apart, leaves = (arrays[key] for key in ("together", "apart", "leaves"))
    return {
        "together": _over(together, weights),
        "apart": _over(apart, weights),
        "margin": _over(apart - together, weights),
        "leaves": {
            setting.actors[i]: _over(leaves[:, k] - together, weights)
            for k, i in enumerate(setting.members)
        },
    }


def _orderings(setting: Setting, arrays: Arrays, weights: Floats) -> dict[str, Any]:
    """Which member pays least to leave the others, by share of draws; equal ones count in part."""
    if setting.pact is None:
        return {"leaves_first": None}
    leaves = arrays["leaves"]
    slack = 1e-9 * np.maximum(np.abs(leaves).max(axis=1, keepdims=True), 1.0)
    first = leaves <= leaves.min(axis=1, keepdims=True) + slack
    parts = first / first.sum(axis=1, keepdims=True)
    return {
        "leaves_first": {
            setting.actors[i]: _share(parts[:, k], weights) for k, i in enumerate(setting.members)
        }
    }


def _strain(
    setting: Setting, together: Floats, apart: Floats, arrays: Arrays, weights: Floats
) -> dict[str, dict[str, Any]]:
    """By tie: how often it is under strain, with what weight, and how sure its sign is."""
    cost = np.maximum(together, apart)
    out = {}
    for e, name in enumerate(setting.ties):
        tie = setting.section.ties[name]
        out[name] = {
            "between": list(tie.between),
            "date": tie.date,
            "friends": _share(apart[:, e] > 0.0, weights),
            "foes": _share(together[:, e] > 0.0, weights),
            "strained": _share(arrays["strained"][:, e], weights),
            "weight": _over(cost[:, e], weights),
            "strain": _over(arrays["strained"][:, e] * cost[:, e], weights),
        }
    return out


def _with_members(setting: Setting, arrays: Arrays, weights: Floats) -> dict[str, float] | None:
    """By actor: in what share of draws it stands in the camp with most of the members."""
    if not setting.members:
        return None
    camp = arrays["camp"]
    own = camp[:, list(setting.members)]
    held = np.stack([(own == c).sum(axis=1) for c in range(setting.section.camps)], axis=1)
    home = held.argmax(axis=1)
    return {actor: _share(camp[:, i] == home, weights) for i, actor in enumerate(setting.actors)}


def _columns(setting: Setting, arrays: Arrays) -> dict[str, Floats]:
    """Frustration and line index, and what it costs to keep the members together or split them."""
    kept = ["frustration", "line_index"]
    if setting.two is not None:
        kept.append("two_camps")
    if setting.pact is not None:
        kept += ["together", "apart", "share_holding"]
    return {key: arrays[key] for key in kept}
