"""The dependence lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.lenses.dependence.lacking import unsaid
from foedus.lenses.dependence.model import FEWEST, MOST, Dependence
from foedus.lenses.dependence.setting import Setting
from foedus.lenses.dependence.solving import liked, solved
from foedus.lenses.lens import Draws, Finding, Outcome, Picture


class DependenceLens:
    """Who needs whom, and can the pact's gains be shared so that nobody leaves?"""

    name = "dependence"
    question = "Who needs whom, and can the pact's gains be shared so that nobody leaves?"
    Section = Dependence

    def needs(self, case: Case) -> tuple[str, ...]:
        """Endurance where worth is taken from there."""
        section = case.sections.get("dependence")
        if not isinstance(section, Dependence):
            return ()
        taken = section.source("endurance" in case.sections) == "endurance"
        return ("endurance",) if taken else ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        if not isinstance(case.sections.get("dependence"), Dependence):
            return ("a section `dependence`",)
        members = len(case.pact.members)
        if not FEWEST <= members <= MOST:
            return (f"{FEWEST} to {MOST} members (the pact has {members})",)
        return unsaid(case)

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Solve every draw's game.

        Arrays, with sets as bit masks in the order of the pact's members; what is yes or no is 1
        or 0, and a set that is not there is 0:

        - `worth` `(P, 2**n)`; `payoffs`, `shapley`, `banzhaf` and `nucleolus` `(P, n)`, ways to
          share the whole; `least_core` and `core_empty` `(P,)`.
        - `transfers` `(P, n)`, the least that leave nobody better off without the others, NaN where
          nothing can; `moved` `(P,)`, their total; `subsidy` `(P,)`, what it takes from outside.
        - `loss` `(P, n, n)` and `propensity` `(P, n)` (see `power`); `alone` and `outside`
          `(P, n)`, what a member has that goes on without the others, or leaves them to go on.
        - `gain` `(P, 2**n)`, what a set gains by being on its own as things are divided (see
          `Ground`); `blocking` `(P,)`, the set that could share out the most beyond what it has;
          `leaving` `(P,)`, the one that gains most as things fall to its members;
          `individually_stable`, `core_stable` and `share_holding` `(P,)`.
        - `settled` `(P,)`, whether the worths can be relied on.
        - With values of actors, `hedonic` `(P, notions)`; `mover` and `welcome` `(P, m)`, who would
          rather stand elsewhere, and is welcome there; `objecting` `(P,)`, the set of actors that
          gains most by being by itself.
        """
        setting = Setting.of(case)
        ground = setting.ground(draws, inputs)
        arrays = solved(ground)
        shareable = 1.0 - arrays["core_empty"]
        arrays["share_holding"] = arrays["core_stable"] if setting.divided_today else shareable
        if setting.actors:
            arrays |= liked(setting.utility(draws), setting.blocks)
        shared: dict[str, Any] = {"case": case.hash, "setting": setting}
        if setting.source == "endurance":
            if bool(np.all(draws.index < 0)):
                shared["at_modes"] = {
                    "values": ground.values,
                    "exit_cost": ground.exit_cost,
                    "settled": ground.settled,
                }
            elif start is not None and start.shared["case"] == case.hash:
                shared["at_modes"] = start.shared.get("at_modes")
        return Outcome("dependence", draws.index, arrays, shared)

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.dependence.finding import find

        return find(case, draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.dependence.pictures.lens import pictures

        return pictures(case, finding)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in."""
        from foedus.lenses.dependence.template import template

        return template(members)
