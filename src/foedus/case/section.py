"""A lens's section of the case, and the head of the case that every lens can see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from foedus.case.fields import Day, Id, Text, Title
from foedus.case.models import (
    Actor,
    Assumption,
    Evidence,
    Hypothesis,
    Indicator,
    Outcome,
    Pact,
    Pooling,
    Scenario,
    Source,
)
from foedus.case.part import Part


class Head(Part):
    """The part of a case that belongs to no lens."""

    foedus: Literal[1]
    """The version of the case format."""
    id: Id
    title: Title
    question: Text
    as_of: Day
    """The date of the judgement: nothing known later may stand in the case."""
    horizon: Day
    """The date the question asks about."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    evidence: dict[Id, Evidence] = Field(default_factory=dict)
    actors: dict[Id, Actor]
    pact: Pact
    assumptions: dict[Id, Assumption] = Field(default_factory=dict)
    hypotheses: dict[Id, Hypothesis] = Field(default_factory=dict)
    indicators: dict[Id, Indicator] = Field(default_factory=dict)
    scenarios: dict[Id, Scenario] = Field(default_factory=dict, max_length=24)
    pooling: Pooling = Field(default_factory=Pooling)
    outcome: Outcome | None = None

    @field_validator("horizon")
    @classmethod
    def _ahead(cls, horizon: dt.date, info: ValidationInfo) -> dt.date:
        as_of = info.data.get("as_of")
        if as_of is not None and horizon <= as_of:
            raise ValueError(f"{horizon} is not after as_of, {as_of}; a later date would be right")
        return horizon


class Section(Part):
    """The base of every lens's section of the case."""

    def problems(self, head: Head) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Which parts of the section do not fit the head? Yields (place in the section, message).

        A lens overrides this to check what needs the actors or the pact.
        """
        yield from ()
