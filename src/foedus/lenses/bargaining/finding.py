"""What the bargaining lens says of its draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.case import Case
from foedus.lenses.bargaining.cautions import warnings
from foedus.lenses.bargaining.record import RECORD
from foedus.lenses.bargaining.sentences import headline, reasons
from foedus.lenses.bargaining.setting import Setting
from foedus.lenses.bargaining.telling import Told
from foedus.lenses.bargaining.variants import NAMES
from foedus.lenses.drawing import names
from foedus.lenses.lens import Draws, Finding, Floats, Interval, Outcome


def find(case: Case, draws: Draws, outcome: Outcome) -> Finding:
    """The bargaining finding.

    `share_holding` is the share of draws in which the headline's settlement is inside what every
    member accepts on every issue; None where no member has a red line.
    """
    setting: Setting = outcome.shared["setting"]
    arrays, variant = outcome.arrays, setting.section.variant
    modes = Draws.at_modes(case)
    issues = {
        ground.id: Told(k, ground, draws, modes, arrays, variant).data()
        for k, ground in enumerate(setting.grounds)
    }
    lined = any(ground.lined for ground in setting.grounds)
    share = Interval.over(arrays["share_holding"], draws.weights) if lined else None
    data: dict[str, Any] = {
        "variant": variant,
        "issues": issues,
        "share_holding": share.to_dict() if share else None,
        "record": {row.variant: {"error": row.error, "crps": row.crps} for row in RECORD},
    }
    called = names(case, (*case.pact.members, *_everybody(setting)))
    return Finding(
        "bargaining",
        "Where does the bargaining settle, and who is asked to give what?",
        headline(data, called),
        share_holding=share,
        reasons=reasons(data, called),
        warnings=warnings(data, called, case.pact.members),
        data=data,
        columns=_columns(setting, arrays, lined),
        weights=draws.weights,
    )


def _everybody(setting: Setting) -> tuple[str, ...]:
    return tuple(actor for ground in setting.grounds for actor in ground.actors)


def _columns(setting: Setting, arrays: Mapping[str, Floats], lined: bool) -> dict[str, Floats]:
    """Every issue's settlement and weighted mean, and whether all members can live with all."""
    columns = {"share_holding": arrays["share_holding"]} if lined else {}
    for k, ground in enumerate(setting.grounds):
        for what, name in (("settlement", setting.section.variant), ("weighted mean", "wmean")):
            columns[f"{ground.id}.{what}"] = arrays["forecast"][:, k, NAMES.index(name)]
    return columns
