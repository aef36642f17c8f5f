"""From a case, its draws and another lens's outcome to games: one a draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.lenses.dependence.game import Game, GameError, Hedonic
from foedus.lenses.dependence.hedonic import additively_separable
from foedus.lenses.dependence.kernel.tables import excess, tolerance_at
from foedus.lenses.dependence.model import Dependence, Source
from foedus.lenses.dependence.power import (
    felt,
    gains,
    losses,
    propensity,
    shared_out,
    utilities,
    worths,
)
from foedus.lenses.dependence.technology import ces
from foedus.lenses.lens import Draws, Floats, Outcome


@dataclass(frozen=True, eq=False)
class Ground:
    """Every draw's game.

    `worth` `(P, 2**n)`; `values` `(P, 2**n, n)`, what each member has while a set is in and the
    others are gone; `exit_cost` `(P, n)`; `payoffs` `(P, n)`, how the whole is divided; `gain`
    `(P, 2**n)`, by how much sets gain by being on their own as things are divided: the least gain
    of any of its members where each has what falls to it (`endurance`), else what the set has
    beyond its members' payoffs, to be shared as they like; `settled` `(P,)` 1 where the worths can
    be relied on, else 0.
    """

    worth: Floats
    values: Floats
    exit_cost: Floats
    payoffs: Floats
    gain: Floats
    settled: Floats

    @property
    def rounding(self) -> Floats:
        """What counts as rounding in each game as it is divided, `(P,)`."""
        return tolerance_at(self.worth, self.payoffs)

    @property
    def loss(self) -> Floats:
        """What each member loses by another's leaving, or its own: `(P, n, n)`; see `losses`."""
        return felt(losses(self.values, self.exit_cost), self.rounding)


@dataclass(frozen=True)
class Setting:
    """What the section and the pact fix for all draws."""

    members: tuple[str, ...]
    section: Dependence
    source: Source
    actors: tuple[str, ...]
    """Everybody whose values are known, the members first; nobody without `values`."""
    partition: tuple[tuple[str, ...], ...]
    """Who of them stands with whom today."""

    @staticmethod
    def of(case: Case) -> Setting:
        """Of a case whose section lacks nothing. Raises GameError for one that lacks its worth."""
        section = section_of(case)
        source = section.source("endurance" in case.sections)
        if source is None:
            raise GameError("dependence: it is not said where worth comes from")
        members = tuple(case.pact.members)
        stated = section.stated()
        others = (a for a in case.actors if a in stated and a not in members)
        actors = (*members, *others) if section.values else ()
        return Setting(members, section, source, actors, _partition(section, members, actors))

    @property
    def divided_today(self) -> bool:
        """Whether it is known how the whole is divided today."""
        return self.source == "endurance" or bool(self.section.payoffs)

    @property
    def blocks(self) -> tuple[int, ...]:
        """The partition as bit masks over the actors."""
        return tuple(sum(1 << self.actors.index(a) for a in group) for group in self.partition)

    def ground(self, draws: Draws, inputs: Mapping[str, Outcome]) -> Ground:
        """Every draw's game; `inputs` hold endurance's outcome where worth comes from it."""
        if self.source == "endurance":
            arrays = inputs["endurance"].arrays
            return of_values(arrays["values"], arrays["exit_cost"], arrays["settled"])
        worth = self._given(draws) if self.source == "given" else self._made(draws)
        values = shared_out(worth)
        payoffs = self._payoffs(draws, worth) if self.section.payoffs else values[:, -1].copy()
        values[:, -1] = payoffs
        gain, settled = excess(worth, payoffs), np.ones(draws.size)
        return Ground(worth, values, np.zeros_like(payoffs), payoffs, gain, settled)

    def utility(self, draws: Draws) -> Floats:
        """What standing with each set is to each actor: `(P, m, 2**m)`."""
        m = len(self.actors)
        values = np.zeros((draws.size, m, m))
        for i, actor in enumerate(self.actors):
            for other in self.section.values.get(actor, ()):
                path = f"dependence.values.{actor}.{other}"
                values[:, i, self.actors.index(other)] = draws[path]
        return additively_separable(values)

    def _given(self, draws: Draws) -> Floats:
        worth = np.zeros((draws.size, 1 << len(self.members)))
        assert self.section.given is not None  # `missing` asks for it
        for name, item in self.section.given.sets.items():
            mask = sum(1 << self.members.index(member) for member in item.members)
            worth[:, mask] = draws[f"dependence.given.sets.{name}.worth"]
        return worth

    def _made(self, draws: Draws) -> Floats:
        technology = self.section.technology
        assert technology is not None  # `missing` asks for it
        here = "dependence.technology"
        return ces(
            self._by_member(draws, f"{here}.capability"),
            self._by_member(draws, f"{here}.share") if technology.share else None,
            *(draws[f"{here}.{key}"] for key in ("substitution", "returns", "scale")),
        )

    def _payoffs(self, draws: Draws, worth: Floats) -> Floats:
        """What was judged, scaled to the worth of all; equal where everybody has nothing."""
        judged = self._by_member(draws, "dependence.payoffs")
        total = judged[:, 0].copy()
        for i in range(1, judged.shape[1]):
            total += judged[:, i]
        equal = np.full(judged.shape, 1.0 / judged.shape[1])
        share = np.divide(judged, total[:, None], out=equal, where=total[:, None] > 0.0)
        return np.asarray(share * worth[:, -1:])

    def _by_member(self, draws: Draws, path: str) -> Floats:
        return np.stack([draws[f"{path}.{member}"] for member in self.members], axis=1)


@dataclass(frozen=True, eq=False)
class AtModes:
    """A case's games with every quantity at its most likely value.

    `propensity` `(n,)` is NaN where a member loses nothing by leaving. `payoffs` are None where it
    is not known how the whole is divided today, `hedonic` and `partition` where nobody's values are
    known.
    """

    game: Game
    source: Source
    propensity: Floats
    payoffs: Floats | None
    hedonic: Hedonic | None
    partition: tuple[tuple[str, ...], ...] | None


def at_modes(case: Case, inputs: Mapping[str, Outcome]) -> AtModes:
    """A case's games at the most likely values.

    `inputs` are the outcomes there of the lenses it needs. Raises GameError where it is not said
    where worth comes from.
    """
    setting = Setting.of(case)
    draws = Draws.at_modes(case)
    ground = setting.ground(draws, inputs)
    return AtModes(
        Game(setting.members, ground.worth[0]),
        setting.source,
        propensity(ground.loss)[0],
        ground.payoffs[0] if setting.divided_today else None,
        hedonic_of(setting, draws),
        setting.partition or None,
    )


def hedonic_of(setting: Setting, draws: Draws) -> Hedonic | None:
    """The first draw's hedonic game; None where nobody's values are known."""
    if not setting.actors:
        return None
    return Hedonic(setting.actors, setting.utility(draws)[0])


def of_values(values: Floats, exit_cost: Floats, settled: Floats) -> Ground:
    """Games in which each member has what falls to it, whoever is in."""
    utility = utilities(values, exit_cost)
    payoffs = values[:, -1].copy()
    gain = gains(utility, payoffs)
    return Ground(worths(utility), values, exit_cost, payoffs, gain, settled)


def section_of(case: Case) -> Dependence:
    """The case's dependence section. Raises GameError without one."""
    section = case.sections.get("dependence")
    if not isinstance(section, Dependence):
        raise GameError("the case has no section `dependence`")
    return section


def _partition(
    section: Dependence, members: tuple[str, ...], actors: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """Who stands with whom: as said; members of whom nothing is said together, others alone."""
    if not actors:
        return ()
    groups = [tuple(group) for group in section.partition.values() if group]
    placed = {actor for group in groups for actor in group}
    if placed.isdisjoint(members):
        groups.insert(0, members)
        placed.update(members)
    return (*groups, *((actor,) for actor in actors if actor not in placed))
