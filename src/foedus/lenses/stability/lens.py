"""The stability lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.lenses.lens import Draws, Finding, Floats, Outcome, Picture
from foedus.lenses.stability.model import Stability

if TYPE_CHECKING:
    from foedus.lenses.stability.coding.form import Form
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

    def evolution(self, utility: Floats, keys: Floats) -> tuple[Bools, NDArray[np.int32]]:
        """What improvements reach `(P, S)`, and who first breaks the pact `(P, N, 2)`.

        `utility` and `keys` `(P, N, S)` are as `verdicts` takes and gives them; the second array is
        as `kernel.evolve` describes it.
        """
        from foedus.lenses.stability.kernel.evolve import evolve

        profiles, n, states = utility.shape
        reached = np.empty((profiles, states), np.bool_)
        breaks = np.empty((profiles, n, 2), np.int32)
        start, holds = self.form.status_quo, self.form.holds
        assert start is not None
        assert holds is not None
        evolve(utility, keys, self.ground.first, self.ground.to, start, holds, reached, breaks)
        return reached, breaks


class StabilityLens:
    """Which outcomes can last?"""

    name = "stability"
    question = "Which outcomes can last?"
    Section = Stability

    def needs(self, case: Case) -> tuple[str, ...]:
        """Names of the lenses whose outcome it wants: none."""
        return ()

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

        setting = Setting.of(case, start)
        form, concept = setting.form, setting.section.concept
        assert form.holds is not None
        utility = np.ascontiguousarray(setting.utilities(draws))
        found, keys = verdicts(setting.ground, utility, concept)
        reached, breaks = setting.evolution(utility, keys)
        equilibria = np.bitwise_and.reduce(found, axis=1)
        lasting = equilibria & BITS[concept] != 0
        outcome, way = _outcome(lasting & reached, lasting & setting.legal)
        arrays = {
            "equilibria": equilibria,
            "outcome": outcome,
            "way": way,
            "share_holding": _share(outcome, form.holds),
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


def _outcome(near: Bools, far: Bools) -> tuple[Bools, NDArray[np.int8]]:
    """Where each draw ends `(P, S)`, and how it gets there `(P,)`.

    `near` are the equilibria that improvements reach, `far` those that any legal moves do; the
    latter count only in draws without any of the former.
    """
    way = np.full(near.shape[0], NOT_AT_ALL, np.int8)
    way[far.any(axis=1)] = BY_MOVES
    way[near.any(axis=1)] = BY_IMPROVEMENTS
    return np.where((way == BY_IMPROVEMENTS)[:, None], near, far), way


def _share(outcome: Bools, holds: Bools) -> Floats:
    """In what share of its outcomes the pact holds, by draw; not a number where there are none."""
    count = outcome.sum(axis=1)
    holding = (outcome & holds).sum(axis=1)
    return np.divide(holding, count, out=np.full(count.size, np.nan), where=count > 0)


def _said(section: Stability, key: str) -> bool:
    return getattr(section, key) not in (None, "")


def _same_but_preferences(one: Stability, two: Stability) -> bool:
    """Whether two sections have the same states, moves and holds_when."""
    return one is two or one.model_copy(update={"preferences": two.preferences}) == two
