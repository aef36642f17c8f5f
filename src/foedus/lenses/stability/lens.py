"""The stability lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import Case
from foedus.lenses.lens import Draws, Finding, Floats, Outcome, Picture
from foedus.lenses.stability.model import Stability

if TYPE_CHECKING:
    from foedus.lenses.stability.coding.building import Form
    from foedus.lenses.stability.concepts.profiles import Ground
    from foedus.lenses.stability.conflict import Bools

BY_IMPROVEMENTS, BY_MOVES, NOT_AT_ALL = 2, 1, 0
"""How a draw's equilibria are reached from the status quo."""


@dataclass(frozen=True, eq=False)
class Setting:
    """What does not change from draw to draw: who can move where, and where the pact holds."""

    section: Stability
    form: Form
    ground: Ground
    legal: Bools
    """`(S,)`: what any legal sequence of moves leads to from the status quo, itself included."""

    @staticmethod
    def of(case: Case, near: Outcome | None = None) -> Setting:
        """Of a case; taken over from an earlier outcome if only judgements differ."""
        section = section_of(case)
        earlier = near.shared["setting"] if near is not None else None
        if earlier is not None and _same_but_preferences(section, earlier.section):
            return replace(earlier, section=section)
        from foedus.lenses.stability.after.sequences import walk
        from foedus.lenses.stability.after.steps import Steps
        from foedus.lenses.stability.coding.building import conflict, form, utilities
        from foedus.lenses.stability.concepts.profiles import Ground

        built = form(section, {actor: known.name for actor, known in case.actors.items()})
        model = conflict(section, built, utilities(section, built)[0])
        assert built.status_quo is not None
        known = walk(Steps(model), built.status_quo, range(len(built.dms)))
        return Setting(section, built, Ground.of(model), known.distance >= 0)

    def utilities(self, draws: Draws) -> Floats:
        """Every draw's utilities `(P, N, S)`."""
        from foedus.lenses.stability.coding.building import utilities

        worth = utilities(self.section, self.form, {p: draws[p] for p in draws})
        return np.broadcast_to(worth, (draws.size, *worth.shape[1:]))


class StabilityLens:
    """Which outcomes can last?"""

    name = "stability"
    question = "Which outcomes can last?"
    Section = Stability
    needs: tuple[str, ...] = ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        section = case.sections.get("stability")
        if not isinstance(section, Stability):
            return ("a section `stability`",)
        lacks = list(section.lacking())
        lacks += [
            f"stability.{key}" for key in ("status_quo", "holds_when") if not _said(section, key)
        ]
        return tuple(dict.fromkeys(lacks))

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Find every draw's stable states, and what is reached from the status quo."""
        from foedus.lenses.stability.concepts.profiles import BITS, verdicts
        from foedus.lenses.stability.kernel.evolve import evolve

        setting = Setting.of(case, start)
        form, ground = setting.form, setting.ground
        utility = np.ascontiguousarray(setting.utilities(draws))
        found, keys = verdicts(ground, utility, setting.section.concept)
        profiles, n, states = utility.shape
        assert form.status_quo is not None
        assert form.holds is not None
        reached = np.empty((profiles, states), np.bool_)
        breaks = np.empty((profiles, n, 2), np.int32)
        evolve(utility, keys, ground.first, ground.to, form.status_quo, form.holds, reached, breaks)
        equilibria = np.bitwise_and.reduce(found, axis=1)
        lasting = equilibria & BITS[setting.section.concept] != 0
        near, far = lasting & reached, lasting & setting.legal
        way = np.where(near.any(axis=1), BY_IMPROVEMENTS, np.where(far.any(axis=1), BY_MOVES, 0))
        outcome = np.where((way == BY_IMPROVEMENTS)[:, None], near, far)
        count = outcome.sum(axis=1)
        holding = (outcome & form.holds).sum(axis=1)
        share = np.divide(holding, count, out=np.full(profiles, np.nan), where=count > 0)
        arrays = {
            "equilibria": equilibria,
            "outcome": outcome,
            "way": way.astype(np.int8),
            "share_holding": share,
            "stays": found[:, :, form.status_quo],
            "breaks": breaks,
        }
        return Outcome("stability", draws.index, arrays, {"setting": setting})

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.stability.finding import find

        return find(case, draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.stability.pictures.pact import pictures

        return pictures(case, finding)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in."""
        from foedus.lenses.stability.template import template

        return template(members)


def section_of(case: Case) -> Stability:
    """The case's stability section."""
    section = case.sections["stability"]
    assert isinstance(section, Stability)
    return section


def _said(section: Stability, key: str) -> bool:
    return getattr(section, key) not in (None, "")


def _same_but_preferences(one: Stability, two: Stability) -> bool:
    """Whether two sections have the same states, moves and holds_when."""
    return one is two or one.model_copy(update={"preferences": two.preferences}) == two
