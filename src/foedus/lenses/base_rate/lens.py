"""The base_rate lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.case import Case
from foedus.lenses.base_rate.kernel import survive
from foedus.lenses.base_rate.model import BaseRate
from foedus.lenses.base_rate.setting import Setting
from foedus.lenses.lens import Draws, Finding, Floats, Outcome, Picture

POINTS = 13
"""Dates at which the curve of survival is told, the first being the date of the judgement."""


class BaseRateLens:
    """How often do pacts like this hold this long?"""

    name = "base_rate"
    question = "How often do pacts like this hold this long?"
    Section = BaseRate

    def needs(self, case: Case) -> tuple[str, ...]:
        """Names of the lenses whose outcome it wants: none."""
        return ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        section = case.sections.get("base_rate")
        if not isinstance(section, BaseRate):
            return ("a section `base_rate`",)
        return () if section.reference_class is not None else ("base_rate.reference_class",)

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Read every draw's rates off the tables, and follow them to the horizon.

        Arrays, with the m members that are asked about in the order of the case:

        - `holds` `(P,)`, the chance that all stay to the horizon, and `stays` `(P, m)`, each one's;
        - `yearly` `(P, m)`, each one's chance of leaving within a year;
        - `curve` `(P, POINTS)`, the chance that all are in at dates evenly spaced to the horizon.

        Where the table speaks of the pact as a whole the members share its rate alike.
        """
        setting = Setting.of(case)
        central = _alike(setting, setting.hazards(Draws.at_modes(case), 1)[:, :, 0])[0]
        whole = setting.pieces(setting.years)
        hazard = setting.hazards(draws, max(whole.size, 1))
        each, holds = survive(hazard, whole, setting.variance)
        yearly = _alike(setting, hazard[:, :, 0])
        curve = [np.ones(draws.size)]
        for years in np.linspace(0.0, setting.years, POINTS)[1:-1]:
            part = setting.pieces(float(years))
            curve.append(survive(hazard[:, :, : part.size], part, setting.variance)[1])
        curve.append(holds)
        if setting.shared:
            m = len(setting.members)
            each = np.repeat(each ** (1.0 / m), m, axis=1)
        arrays = {"holds": holds, "stays": each, "yearly": yearly, "curve": np.stack(curve, axis=1)}
        shared = {"case": case.hash, "members": setting.members, "yearly_at_modes": central}
        return Outcome("base_rate", draws.index, arrays, shared)

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.base_rate.finding import find

        return find(case, draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.base_rate.pictures import pictures

        return pictures(case, finding)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in."""
        from foedus.lenses.base_rate.template import template

        return template(members)


def _alike(setting: Setting, yearly: Floats) -> Floats:
    """`(P, m)` members' yearly chances: those of ties, or the pact's shared by them alike."""
    if not setting.shared:
        return yearly
    m = len(setting.members)
    return np.repeat(1.0 - (1.0 - yearly) ** (1.0 / m), m, axis=1)
