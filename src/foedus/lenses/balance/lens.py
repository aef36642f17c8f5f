"""The balance lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.lenses.balance.dividing import Divided, TooEntangledError
from foedus.lenses.balance.model import Balance
from foedus.lenses.balance.realigning.moving import moving
from foedus.lenses.balance.setting import Setting
from foedus.lenses.lens import Draws, Finding, Floats, Outcome, Picture

EQUAL = 1e-9
"""Costs nearer to each other than this share of all weights are equal."""


class BalanceLens:
    """Which ties are under strain, and which realignment would relax them?"""

    name = "balance"
    question = "Which ties are under strain, and which realignment would relax them?"
    Section = Balance

    def needs(self, case: Case) -> tuple[str, ...]:
        """No other lens."""
        return ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        section = case.sections.get("balance")
        if not isinstance(section, Balance):
            return ("a section `balance`",)
        lacks = section.lacking()
        if not lacks and section.camps > 2:
            try:
                Setting.of(case)
            except TooEntangledError as error:
                return (f"balance.camps: 2 (the ties are {error})",)
        return lacks

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Divide every draw's network into camps.

        Arrays, with n actors, m ties and c of the pact's members that have ties, in the setting's
        order: `frustration`, `bound` and `line_index` `(P,)`; `camp` `(P, n)` in a division that
        reaches it (of several the first by a fixed rule); `strained` `(P, m)` 1 where that leaves a
        tie unexplained; `cost_of_moving` `(P, n)` for one actor alone, the others staying;
        `together` and `apart` `(P,)` the least frustration with all members in one camp, and with
        not all in one; `leaves` `(P, c)` the same with one member apart from all others, who stay
        together; `two_camps` `(P,)` the least frustration in two camps; `share_holding` `(P,)` 1
        where it is less strain that the members stand together, 0 where it is more, 0.5 where it
        is the same. What concerns members is not a number where fewer than two have ties.
        """
        setting = Setting.of(case, start)
        together, apart = setting.costs(draws)
        best = setting.whole.divide(together, apart)
        weight = np.maximum(together, apart).sum(axis=1)
        arrays: dict[str, NDArray[np.generic]] = {
            "frustration": best.value,
            "bound": best.bound,
            "line_index": _line_index(best.value, weight),
            "camp": best.camps,
            "strained": _strained(setting, best, together, apart),
            "cost_of_moving": moving(
                setting.ends, together, apart, best.camps, setting.section.camps
            ),
            "two_camps": best.value if setting.two is None else setting.two.least(together, apart),
        }
        arrays |= _members(setting, together, apart, weight)
        return Outcome("balance", draws.index, arrays, {"setting": setting})

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.balance.finding import find

        return find(case, draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.balance.pictures.lens import pictures

        return pictures(case, finding)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in."""
        from foedus.lenses.balance.template import template

        return template(members)


def _line_index(value: Floats, weight: Floats) -> Floats:
    """1 - 2 value / weight, not a number where there are no ties."""
    share = np.divide(value, weight, out=np.full(value.shape, np.nan), where=weight > 0.0)
    return 1.0 - 2.0 * share


def _strained(setting: Setting, best: Divided, together: Floats, apart: Floats) -> Floats:
    first, second = setting.ends.T
    joined = best.camps[:, first] == best.camps[:, second]
    return (np.where(joined, together, apart) > 0.0).astype(np.float64)


def _members(
    setting: Setting, together: Floats, apart: Floats, weight: Floats
) -> dict[str, Floats]:
    """What it costs to keep the members together, and to split them."""
    rows = len(together)
    if setting.pact is None:
        nothing = {name: np.full(rows, np.nan) for name in ("together", "apart", "share_holding")}
        return nothing | {"leaves": np.full((rows, len(setting.members)), np.nan)}
    both, split, leaves = setting.pact.price(together, apart)
    gap = split - both
    holding = np.where(gap > 0.0, 1.0, 0.0)
    holding[np.abs(gap) <= EQUAL * weight] = 0.5
    return {"together": both, "apart": split, "leaves": leaves, "share_holding": holding}
