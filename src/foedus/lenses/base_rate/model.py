"""The base_rate section of a case: which class of pacts this one is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import Id, Ids, Text
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.part import Part
from foedus.case.tree import Place

Kind = Literal[
    "treaty-alliance",
    "war-coalition",
    "government-sponsor",
    "rebel-sponsor",
    "established-sponsor",
    "coalition-government",
    "cartel",
]
SPONSORS = ("government-sponsor", "rebel-sponsor", "established-sponsor")
Obligation = Literal["defense", "offense", "neutrality", "nonaggression", "consultation"]

Years = Annotated[Quantity, Range(0, 300)]
Deviation = Annotated[Quantity, Range(-6, 6)]
End = Literal["any", "violation"]


class ReferenceClass(Part):
    """The pacts that this one is counted among: each key makes the class narrower."""

    kind: Kind
    """A treaty, partners in a war, sponsors of a side in a civil war, a cabinet or a cartel."""
    obligations: tuple[Obligation, ...] = ()
    """What the treaty obliges to; treaty alliances only."""
    wartime: bool | None = None
    """Whether the treaty was made in a war or for one; treaty alliances only."""
    troops: bool | None = None
    """Whether some sponsor's troops fight beside the client; sponsors only."""
    age: Years | None = None
    """How many years the tie has lasted at `as_of`."""
    because: Ids = ()
    note: Text | None = None


class Tie(Part):
    """Where one member's tie differs from the class."""

    age: Years | None = None
    because: Ids = ()
    note: Text | None = None


class BaseRate(Section):
    """What the base_rate lens needs: a class, and where members differ from it."""

    reference_class: ReferenceClass | None = None
    ties: dict[Id, Tie] = Field(default_factory=dict)
    """By member of `holds_while`; sponsors only."""
    end: End = "any"
    """What counts as a treaty's end: any, or by violation alone; treaty alliances only."""
    rate_deviation: Deviation = Quantity(mode=0.0, low=-1.645, high=1.645)
    """How far the class's rate is above what is most likely, in standard deviations of the
    uncertainty about it, on the scale of log odds."""

    def problems(self, head: Head) -> Iterator[tuple[Place, str]]:
        """Keys that the kind of pact has no use for, and ties of those who do not count."""
        said = self.reference_class
        if said is not None:
            yield from _class_problems(said, head)
        counted = head.pact.holds_while
        for member in self.ties:
            if member not in counted:
                hint = did_you_mean(member, counted, "those in pact.holds_while")
                yield ("ties", member), f"{quoted(member)} is not asked about{hint}"
        if self.end != "any" and said is not None and said.kind != "treaty-alliance":
            yield ("end",), f"{self.end} is told of treaty-alliance alone, not of {said.kind}"
        if self.ties and said is not None and said.kind not in SPONSORS:
            yield ("ties",), f"the table for {said.kind} tells no ties apart; leave it out"


def _class_problems(said: ReferenceClass, head: Head) -> Iterator[tuple[Place, str]]:
    place: Place = ("reference_class",)
    if said.kind != "treaty-alliance":
        if said.obligations:
            yield (*place, "obligations"), f"are of treaty-alliance, not of {said.kind}"
        if said.wartime is not None:
            yield (*place, "wartime"), f"is of treaty-alliance, not of {said.kind}"
    if said.troops is not None and said.kind not in SPONSORS:
        yield (*place, "troops"), f"is of {' and '.join(SPONSORS)}, not of {said.kind}"
    for index, obligation in enumerate(said.obligations):
        if obligation in said.obligations[:index]:
            yield (*place, "obligations", index), f"{quoted(obligation)} stands twice"
