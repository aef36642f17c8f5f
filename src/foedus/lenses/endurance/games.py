"""From a case and its draws to games and starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.lenses.endurance.kernel import Game, Layout, Start, layout
from foedus.lenses.endurance.model import DAYS, Endurance
from foedus.lenses.lens import Draws, Floats

#: Field of `Game` -> path within the section, for the game's own numbers.
NUMBERS = {
    "opponents": "opponents.strength",
    "determinism": "front.determinism",
    "pace": "front.pace",
    "token": "token_effort",
    "coordination": "coordination",
    "divergence": "divergence_cost",
    "monitoring": "blame.monitoring",
    "repair": "blame.repair",
    "settle_chance": "settlement.chance",
    "settle_width": "settlement.width",
    "spoils": "spoils",
    "retribution": "retribution",
    "patience": "patience",
    "precision": "precision",
}
#: Field of `Game` and key of a member alike.
OF_MEMBERS = (
    "stake", "capability", "effort_cost", "presence_cost", "aim", "exit_cost", "outside_option",
    "stake_outside",
)  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """What the section and the pact fix for all draws."""

    members: tuple[str, ...]
    section: Endurance
    layout: Layout
    horizon: float
    """In steps."""
    must: int
    """Bit mask of the members whose leaving breaks the pact."""

    @staticmethod
    def of(case: Case) -> Setting:
        """The setting of a case with an endurance section."""
        section = case.sections["endurance"]
        assert isinstance(section, Endurance)
        members = tuple(case.pact.members)
        days = (case.horizon - case.as_of).days
        return Setting(
            members,
            section,
            layout(len(members), section.levels.front, section.trust_levels(len(members))),
            days / DAYS[section.step],
            sum(1 << members.index(m) for m in case.pact.holds_while),
        )

    @property
    def steps_a_year(self) -> float:
        """How many steps make a year."""
        return DAYS["year"] / DAYS[self.section.step]

    def games(self, draws: Draws) -> Game:
        """The games of all draws, without an anchor's number."""
        size, n = draws.size, len(self.members)

        def of_game(path: str) -> Floats:
            return draws[f"endurance.{path}"]

        def of_members(key: str) -> Floats:
            columns = [draws[f"endurance.members.{m}.{key}"] for m in self.members]
            return np.stack(columns, axis=1)

        gets = np.zeros((size, n, n))
        for i, member in enumerate(self.members):
            for j, partner in enumerate(self.members):
                path = f"endurance.members.{member}.gets_from.{partner}"
                if path in draws.paths:
                    gets[:, i, j] = draws[path]
        after = [of_game(f"blame.after.{move}") for move in ("setback", "flat", "gain")]
        return Game(
            **{name: of_game(path) for name, path in NUMBERS.items()},
            **{name: of_members(name) for name in OF_MEMBERS},
            blame_after=np.stack(after, axis=1),
            gets_from=gets,
            leave_bonus=np.zeros(size),
        )

    def starts(self, draws: Draws) -> list[Start]:
        """Where each draw's game starts."""
        trust = np.stack([draws[f"endurance.members.{m}.trust"] for m in self.members], axis=1)
        held = self.section.defeat_counts_as == "held"
        position = draws["endurance.position.now"]
        return [
            Start(float(position[d]), trust[d], self.horizon, self.must, held)
            for d in range(draws.size)
        ]
