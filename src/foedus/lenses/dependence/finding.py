"""What the dependence lens says of its draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.lenses.dependence.cautions import warnings
from foedus.lenses.dependence.central import central
from foedus.lenses.dependence.company import company
from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.power import others_loss, own_loss
from foedus.lenses.dependence.sentences import headline, reasons
from foedus.lenses.dependence.setting import Setting, of_values
from foedus.lenses.dependence.telling import Told
from foedus.lenses.drawing import names
from foedus.lenses.lens import Draws, Finding, Floats, Interval, Outcome


def find(case: Case, draws: Draws, outcome: Outcome) -> Finding:
    """The dependence finding. Draws whose worths cannot be relied on are left out.

    `share_holding` is the share of draws in which nobody, alone or in any set, gains by being
    without the others as things are divided today; where that division is not known, in which the
    whole can be shared so. Raises GameError where all draws have to be left out.
    """
    setting: Setting = outcome.shared["setting"]
    arrays = outcome.arrays
    weights = np.where(arrays["settled"] > 0.0, draws.weights, 0.0)
    if not weights.any():
        raise GameError("dependence: in no draw is it known what sets of members are worth")
    share = Interval.over(arrays["share_holding"], weights)
    data = _data(case, setting, outcome, weights) | {"share_holding": share.to_dict()}
    called = names(case, dict.fromkeys((*setting.members, *setting.actors)))
    return Finding(
        "dependence",
        "Who needs whom, and can the pact's gains be shared so that nobody leaves?",
        headline(data, called),
        share_holding=share,
        reasons=reasons(data, called),
        warnings=warnings(setting, data, called),
        data=data,
        columns=_columns(setting, arrays),
        weights=weights,
    )


def _data(case: Case, setting: Setting, outcome: Outcome, weights: Floats) -> dict[str, Any]:
    told = Told(setting.members, outcome.arrays, weights)
    modes = Draws.at_modes(case)
    ground = None
    if setting.source != "endurance":
        ground = setting.ground(modes, {})
    elif outcome.shared.get("at_modes") is not None:
        ground = of_values(**outcome.shared["at_modes"])
    return {
        "worth_from": setting.source,
        "members": list(setting.members),
        "divided_today": setting.divided_today,
        "left_out": told.left_out(),
        "sets": told.sets(),
        "shares": told.shares(),
        "losses": told.losses(),
        "power": told.power(),
        "nobody_loses": told.nobody_loses(),
        "without_banzhaf": told.unsaid("banzhaf"),
        "balance": told.balance(),
        "orderings": told.orderings(),
        "sharing": told.sharing(),
        "stability": told.stability(),
        "company": company(setting, outcome.arrays, weights, modes) if setting.actors else None,
        "at_modes": central(setting, ground) if ground is not None else None,
    }


def _columns(setting: Setting, arrays: Mapping[str, Floats]) -> dict[str, Floats]:
    """What is a number in every draw, to be joined with other lenses' columns."""
    columns = {key: arrays[key] for key in ("share_holding", "core_empty", "least_core", "subsidy")}
    own, others = own_loss(arrays["loss"]), others_loss(arrays["loss"])
    for i, member in enumerate(setting.members):
        columns[f"{member}.own loss"] = own[:, i]
        columns[f"{member}.others' loss"] = others[:, i]
        columns[f"{member}.shapley"] = arrays["shapley"][:, i]
    return columns
