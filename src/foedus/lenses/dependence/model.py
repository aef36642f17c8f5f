"""The dependence section of a case: what sets of members are worth, and who wants whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import Id, Ids, Text
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.part import Part
from foedus.case.tree import Place

FEWEST, MOST = 2, 6
"""Members of a pact whose games are solved in every draw."""
MOST_ACTORS = 10
"""Actors whose values for each other are looked at: all their partitions are gone through."""

Source = Literal["endurance", "given", "technology"]

LARGEST = 1e12
"""The largest amount, either side of 0: beyond it games lose their digits."""

Amount = Annotated[Quantity, Range(-LARGEST, LARGEST)]
NotNegative = Annotated[Quantity, Range(0, LARGEST)]
Positive = Annotated[Quantity, Range(0, LARGEST, open_least=True)]
Returns = Annotated[Quantity, Range(0, 10, open_least=True)]
Substitution = Annotated[Quantity, Range(-20, 1)]


def _at(mode: float) -> Quantity:
    return Quantity(mode=mode, low=mode, high=mode)


class Worth(Part):
    """What one set of members can have by itself."""

    members: Ids
    worth: Amount
    because: Ids = ()
    note: Text | None = None


class Given(Part):
    """The worth of every set of members, in any one unit that they could divide among them."""

    sets: dict[Id, Worth] = Field(default_factory=dict, max_length=2**MOST)


class Technology(Part):
    """What members can do together, from what each brings: constant elasticity of substitution.

    A set is worth `scale (sum of share x capability ** substitution) ** (returns / substitution)`.
    """

    capability: dict[Id, NotNegative] = Field(default_factory=dict)
    share: dict[Id, NotNegative] = Field(default_factory=dict)
    """How much each one's capability matters; all alike unless given."""
    substitution: Substitution = _at(0.5)
    """1: they add up; 0: every one is needed (Cobb-Douglas); below 0: the weakest decides more."""
    returns: Returns = _at(1.0)
    """Above 1 the whole is more than its parts."""
    scale: Positive = _at(1.0)
    """The unit of worth."""


class Dependence(Section):
    """What the dependence lens needs: where worth comes from, and who is worth what to whom."""

    worth: Source | None = None
    """Endurance where the case has that section, else what is given here, unless said."""
    given: Given | None = None
    technology: Technology | None = None
    payoffs: dict[Id, NotNegative] = Field(default_factory=dict)
    """How the whole is divided today, for a worth that is given or from technology.

    In any unit: scaled so that they sum to the worth of all together.
    """
    values: dict[Id, dict[Id, Amount]] = Field(default_factory=dict)
    """What it is to an actor to stand with another, by actor; 0 where nothing is said."""
    partition: dict[Id, Ids] = Field(default_factory=dict)
    """Who stands with whom today; the pact together and every other actor alone unless given."""

    def source(self, endurance: bool) -> Source | None:
        """Where worth comes from, in a case with or without endurance; None: that is not clear."""
        if self.worth is not None:
            return self.worth
        if endurance:
            return "endurance"
        if (self.given is None) == (self.technology is None):
            return None
        return "given" if self.given is not None else "technology"

    def problems(self, head: Head) -> Iterator[tuple[Place, str]]:
        """Who is no member or no actor, what stands there twice, and what is judged by nothing."""
        members = head.pact.members
        if self.given is not None:
            yield from _sets(self.given, members)
        judged: list[tuple[Place, dict[str, Quantity]]] = [(("payoffs",), self.payoffs)]
        if self.technology is not None:
            judged.append((("technology", "capability"), self.technology.capability))
            judged.append((("technology", "share"), self.technology.share))
        for place, by_member in judged:
            for member in by_member:
                if member not in members:
                    yield (*place, member), _stranger(member, members)
            if by_member and all(quantity.high <= 0.0 for quantity in by_member.values()):
                yield place, "all are 0; at least one above 0 would be right"
        yield from self._values(head)
        yield from self._partition(head)

    def stated(self) -> tuple[str, ...]:
        """Every actor of whom it is said what another is worth to it, or it to another."""
        return tuple(
            dict.fromkeys([*self.values, *(to for row in self.values.values() for to in row)])
        )

    def _values(self, head: Head) -> Iterator[tuple[Place, str]]:
        actors = tuple(head.actors)
        for actor, row in self.values.items():
            if actor not in head.actors:
                yield ("values", actor), _nobody(actor, actors)
            for other in row:
                if other == actor:
                    yield ("values", actor, other), "an actor's value of itself is always 0"
                elif other not in head.actors:
                    yield ("values", actor, other), _nobody(other, actors)
        everybody = {*head.pact.members, *self.stated()}
        if self.values and len(everybody) > MOST_ACTORS:
            yield (
                ("values",),
                f"{len(everybody)} actors, the members among them; at most {MOST_ACTORS} are"
                " looked at",
            )

    def _partition(self, head: Head) -> Iterator[tuple[Place, str]]:
        if self.partition and not self.values:
            yield ("partition",), "there are no `values` to judge it by"
            return
        known = tuple(dict.fromkeys([*head.pact.members, *self.stated()]))
        seen: dict[str, str] = {}
        for name, group in self.partition.items():
            for k, actor in enumerate(group):
                if actor not in known:
                    yield ("partition", name, k), _nobody(actor, known, "`values` speak of")
                elif actor in seen:
                    yield ("partition", name, k), f"{actor!r} stands in {seen[actor]!r} already"
                seen.setdefault(actor, name)


def _sets(given: Given, members: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    """Sets with strangers or nobody in them, and those that stand there twice."""
    first: dict[frozenset[str], str] = {}
    for name, item in given.sets.items():
        place: Place = ("given", "sets", name, "members")
        here = frozenset(item.members)
        if not here:
            yield place, "a set has at least one member; nobody's worth is 0"
        elif len(here) < len(item.members):
            yield place, "a member stands there twice"
        elif here in first:
            yield place, f"the same set as {first[here]!r}"
        first.setdefault(here, name)
        for k, member in enumerate(item.members):
            if member not in members:
                yield (*place, k), _stranger(member, members)


def _stranger(member: str, members: tuple[str, ...]) -> str:
    return f"{quoted(member)} is no member of the pact{did_you_mean(member, members)}"


def _nobody(actor: str, known: tuple[str, ...], what: str = "there are") -> str:
    return f"there is no actor {quoted(actor)}{did_you_mean(actor, known, what)}"
