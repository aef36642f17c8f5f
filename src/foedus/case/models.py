"""The parts every case is made of, whatever lens looks at it: typed, frozen, strict."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from foedus.case.fields import AsTuple, Day, Id, Ids, PartialDate, Text, Title, Titles
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.part import Part
from foedus.case.quantity import Number

Reliability = Literal["A", "B", "C", "D", "E", "F"]
Kind = Literal["state", "person", "movement", "organisation", "company", "party", "group"]
Motion = Literal["improving", "flat", "falling"]
Chance = Annotated[Number, Field(ge=0.0, le=1.0)]
Weight = Annotated[Number, Field(ge=0.0, le=100.0)]


class Source(Part):
    """Where evidence comes from, and how far it is to be relied on (Admiralty A-F)."""

    title: Title
    author: Title | None = None
    publisher: Title | None = None
    date: PartialDate | None = None
    reliability: Reliability = "F"
    url: Annotated[str, Field(max_length=2000)] | None = None
    note: Text | None = None


class Evidence(Part):
    """One reported fact or claim, in our words, and how credible it is (Admiralty 1-6)."""

    source: Id
    where: Title | None = None
    by: Id | None = None
    """The actor who said it."""
    through: Ids = ()
    """The actors or sources that passed it on, innermost last."""
    says: Text
    date: PartialDate | None = None
    """When it happened."""
    reported: PartialDate | None = None
    """When it was reported; the date of its source if not given."""
    credibility: Annotated[int, Field(ge=1, le=6)] = 6
    retracted: bool = False
    note: Text | None = None


class Actor(Part):
    """A state, leader, movement or company; people are part of what they speak for."""

    name: Title
    kind: Kind
    aliases: Titles = ()
    part_of: Id | None = None
    note: Text | None = None


def _once(ids: tuple[str, ...]) -> tuple[str, ...]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            raise ValueError(f"{quoted(name)} stands twice; once would be right")
    return ids


class Pact(Part):
    """The alliance in question, who has to stay for it to hold, and the other side."""

    members: Annotated[Ids, Field(max_length=64)]
    holds_while: Annotated[Ids, Field(max_length=64)] = ()
    """Whose leaving would answer the question with no; all members if not given."""
    opponents: Annotated[Ids, Field(max_length=256)] = ()
    name: Title | None = None
    note: Text | None = None

    @field_validator("members")
    @classmethod
    def _at_least_two(cls, members: tuple[str, ...]) -> tuple[str, ...]:
        if len(members) < 2:
            raise ValueError(f"a pact has at least 2 members, here {len(members)}")
        return _once(members)

    @field_validator("holds_while", mode="before")
    @classmethod
    def _all_by_default(cls, value: Any, info: ValidationInfo) -> Any:
        return info.data.get("members", value) if value == () else value

    @field_validator("holds_while")
    @classmethod
    def _members_only(cls, ids: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        members = info.data.get("members")
        if members is None:
            return ids
        if not ids:
            raise ValueError("is empty; name at least one member, or leave it out to mean all")
        for name in ids:
            if name not in members:
                hint = did_you_mean(name, members, "members")
                raise ValueError(f"{quoted(name)} is not a member{hint}")
        return _once(ids)

    @field_validator("opponents")
    @classmethod
    def _other_side(cls, ids: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for name in ids:
            if name in info.data.get("members", ()):
                raise ValueError(f"{quoted(name)} is a member and cannot be an opponent as well")
        return _once(ids)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class FrontFails(Part):
    """An assumption fails when the front moves one of these ways."""

    front: Annotated[
        tuple[Motion, ...],
        Field(min_length=1, max_length=3),
        AsTuple,
        BeforeValidator(_several, json_schema_input_type=Motion | tuple[Motion, ...]),
    ]


class QuantityFails(Part):
    """An assumption fails when a quantity is below, or above, a threshold."""

    quantity: Annotated[str, Field(max_length=400)]
    below: Number | None = None
    above: Number | None = None

    @model_validator(mode="after")
    def _one_threshold(self) -> Self:
        if (self.below is None) == (self.above is None):
            raise ValueError("give exactly one of 'below' and 'above'")
        return self


def _which(value: Any) -> str:
    front = isinstance(value, FrontFails) or (isinstance(value, Mapping) and "front" in value)
    return "(front)" if front else "(quantity)"


# The tags show up in the places of errors, so they must not be words a file could hold there.
FailsWhen = Annotated[
    Annotated[FrontFails, Tag("(front)")] | Annotated[QuantityFails, Tag("(quantity)")],
    Discriminator(_which),
]


class Assumption(Part):
    """A statement the judgement rests on, with the condition under which it fails."""

    says: Text
    fails_when: FailsWhen
    because: Ids = ()
    doubted_by: Ids = ()
    note: Text | None = None


class Hypothesis(Part):
    """One of several rival answers; ``holds`` says whether under it the pact holds."""

    says: Text
    holds: bool | None = None
    because: Ids = ()
    note: Text | None = None


class Indicator(Part):
    """What to watch for."""

    says: Text
    assumption: Id | None = None
    if_stands: Chance | None = None
    """How likely it is to be seen while its assumption stands."""
    if_fails: Chance | None = None
    """How likely it is to be seen once its assumption fails."""
    because: Ids = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.if_stands is None) != (self.if_fails is None):
            raise ValueError("give both if_stands and if_fails, or neither")
        if self.if_stands is not None and self.assumption is None:
            raise ValueError("if_stands and if_fails need the assumption they speak of")
        return self


class PoolingWeights(Part):
    """How much each view of the pact's survival counts in the pool."""

    endurance: Weight = 1.0
    base_rate: Weight = 1.0
    argument: Weight = 1.0
    """The power to which the likelihood ratio of the evidence is taken."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.endurance + self.base_rate == 0.0:
            raise ValueError(
                "endurance and base_rate sum to zero; at least one of them should be above 0"
            )
        return self


class Pooling(Part):
    """How the views of the pact's survival are put together.

    The pooled log odds are the weighted mean of those of `endurance` without its anchor and of
    `base_rate`, plus `argument` times the log likelihood ratio of the evidence, times `extremise`.
    """

    weights: PoolingWeights = PoolingWeights()
    extremise: Annotated[Number, Field(ge=1.0, le=5.0)] = 1.0
    """What the pooled log odds are multiplied by; 1 leaves them alone."""
    evidence: Literal["unused", "all"] = "unused"
    """Which evidence the argument may bring: what no pooled number rests on yet, or all of it."""
    note: Text | None = None


class Scenario(Part):
    """A named what-if: every key but says, because and note is a path and its value."""

    model_config = ConfigDict(extra="allow")

    says: Text | None = None
    because: Ids = ()
    note: Text | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        """What the scenario sets: path to value."""
        return MappingProxyType(self.model_extra or {})


class Outcome(Part):
    """What came of it; lenses never see this."""

    held: bool
    on: Day
    says: Text
    source: Annotated[str, Field(max_length=2000)] | None = None
