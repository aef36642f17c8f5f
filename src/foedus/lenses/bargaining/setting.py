"""From a case and its draws to games: one an issue and a draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.case import Case, Quantity
from foedus.lenses.bargaining.game import Game
from foedus.lenses.bargaining.model import Bargaining, Issue, points_of
from foedus.lenses.lens import Draws, Floats


@dataclass(frozen=True, eq=False)
class Games:
    """The games of one issue, one a draw, on a scale from 0 to 1.

    `positions` and `salience` are `(P, n, 1)`, `capability` `(P, n)`, `reference` `(P, 1)` or None.
    """

    actors: tuple[str, ...]
    positions: Floats
    capability: Floats
    salience: Floats
    reference: Floats | None = None

    @property
    def size(self) -> int:
        """How many games there are."""
        return int(self.positions.shape[0])

    def game(self, draw: int) -> Game:
        """One of them. Raises GameError where a number of it is out of range."""
        return Game(
            self.actors,
            self.positions[draw],
            self.capability[draw],
            self.salience[draw],
            reference=None if self.reference is None else self.reference[draw],
        )


@dataclass(frozen=True, eq=False)
class Ground:
    """What does not change from draw to draw in an issue: who takes part, and the scale."""

    id: str
    issue: Issue
    actors: tuple[str, ...]
    members: tuple[int, ...]
    """Places of the pact's members among the actors."""
    capability: tuple[str, ...]
    """Each actor's path of its capability."""

    @property
    def others(self) -> tuple[int, ...]:
        """Places of those who are not in the pact."""
        return tuple(i for i in range(len(self.actors)) if i not in self.members)

    @property
    def low(self) -> float:
        """The lower end of the scale."""
        return self.issue.scale.low

    @property
    def width(self) -> float:
        """How long the scale is."""
        return self.issue.scale.high - self.issue.scale.low

    @property
    def lined(self) -> tuple[int, ...]:
        """Places of the members that have a red line."""
        return tuple(i for i in self.members if self.has_lines(i))

    def has_lines(self, place: int) -> bool:
        """Whether an actor's accepted range is bounded on either side."""
        accepts = self.issue.actors[self.actors[place]].accepts
        return accepts is not None and not (accepts.least is None and accepts.most is None)

    def path(self, actor: str, *keys: str) -> str:
        """The path of something an actor has on this issue."""
        return ".".join(("bargaining.issues", self.id, "actors", actor, *keys))

    def back(self, values: Floats) -> Floats:
        """Places from 0 to 1 as places on the issue's scale."""
        return np.asarray(self.low + self.width * values)

    def games(self, draws: Draws) -> Games:
        """Every draw's game."""
        stands = [self.issue.actors[actor] for actor in self.actors]
        at = [
            _column(draws, self.path(actor, "position"), stand.position)
            for actor, stand in zip(self.actors, stands, strict=True)
        ]
        cares = [
            _column(draws, self.path(actor, "salience"), stand.salience)
            for actor, stand in zip(self.actors, stands, strict=True)
        ]
        can = [np.asarray(draws[path]) for path in self.capability]
        reference = None
        if self.issue.reference_point is not None:
            path = f"bargaining.issues.{self.id}.reference_point"
            reference = self._unit(np.asarray(draws[path]))[:, None]
        return Games(
            self.actors,
            np.ascontiguousarray(self._unit(np.stack(at, axis=1))[:, :, None]),
            np.ascontiguousarray(np.stack(can, axis=1)),
            np.ascontiguousarray(np.stack(cares, axis=1)[:, :, None]),
            reference,
        )

    def accepted(self, draws: Draws) -> Floats:
        """Every draw's accepted ranges on the issue's scale `(P, n, 2)`; NaN where unbounded.

        Where an end is drawn beyond the other, the range is what lies between them.
        """
        out = np.full((draws.size, len(self.actors), 2), np.nan)
        for i, actor in enumerate(self.actors):
            accepts = self.issue.actors[actor].accepts
            for end, key in enumerate(("least", "most")):
                if accepts is not None and getattr(accepts, key) is not None:
                    out[:, i, end] = draws[self.path(actor, "accepts", key)]
        crossed = out[:, :, 0] > out[:, :, 1]
        out[crossed] = out[crossed][:, ::-1]
        return out

    def _unit(self, values: Floats) -> Floats:
        return np.clip((values - self.low) / self.width, 0.0, 1.0)


def _column(draws: Draws, path: str, quantity: Quantity | None) -> Floats:
    assert quantity is not None, path  # `missing` asks for it
    return np.asarray(draws[path])


@dataclass(frozen=True, eq=False)
class Setting:
    """What does not change from draw to draw: the section and its issues."""

    section: Bargaining
    grounds: tuple[Ground, ...]

    @staticmethod
    def of(case: Case) -> Setting:
        """Of a case whose section lacks nothing."""
        section = section_of(case)
        members = frozenset(case.pact.members)
        return Setting(section, tuple(_ground(section, name, members) for name in section.issues))

    @property
    def widest(self) -> int:
        """The most actors on any issue."""
        return max(len(ground.actors) for ground in self.grounds)

    @property
    def by_id(self) -> Mapping[str, Ground]:
        """The issues by id."""
        return {ground.id: ground for ground in self.grounds}


def section_of(case: Case) -> Bargaining:
    """The case's bargaining section."""
    section = case.sections["bargaining"]
    assert isinstance(section, Bargaining)
    return section


def labelled(issue: Issue, place: float) -> str:
    """A place on the scale in words: at, near or between labelled points; the number without any.

    Within a twentieth of the scale of a point counts as near it.
    """
    points = list(points_of(issue.scale).values())
    if not points:
        return f"{place:.3g}"
    close = (issue.scale.high - issue.scale.low) / 20.0
    nearest = min(points, key=lambda point: abs(point.at - place))
    if abs(nearest.at - place) <= close:
        return f"near “{nearest.says}”"
    below = [point for point in points if point.at <= place]
    above = [point for point in points if point.at > place]
    if not below or not above:
        return f"{'below' if not below else 'beyond'} “{nearest.says}”"
    one, two = below[-1], above[0]
    share = (place - one.at) / (two.at - one.at)
    if 0.4 <= share <= 0.6:
        return f"midway between “{one.says}” and “{two.says}”"
    near, far = (one, two) if share < 0.5 else (two, one)
    return f"between “{near.says}” and “{far.says}”, nearer the former"


def _ground(section: Bargaining, name: str, members: frozenset[str]) -> Ground:
    issue = section.issues[name]
    actors = tuple(issue.actors)
    found = [section.capability_of(name, actor) for actor in actors]
    paths = tuple(pair[0] for pair in found if pair is not None)
    inside = tuple(i for i, actor in enumerate(actors) if actor in members)
    return Ground(name, issue, actors, inside, paths)
