"""The argument section of a case: how well each piece of evidence fits each hypothesis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import Id, Ids, Text
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.part import Part
from foedus.case.scalars import is_number
from foedus.case.tree import Place

SMALLEST, LARGEST = 1e-9, 1e6
"""The least and the largest likelihood ratio."""
FEWEST = 2
"""Hypotheses there are at least."""

Degree = Literal["strongly-inconsistent", "inconsistent", "consistent", "strongly-consistent"]
Ratio = Annotated[Quantity, Range(SMALLEST, LARGEST)]
Share = Annotated[Quantity, Range(0, 1)]

DEGREES: dict[str, int] = {
    "strongly-inconsistent": -2, "inconsistent": -1, "consistent": 1, "strongly-consistent": 2,
}  # fmt: skip
"""Steps of consistency by their names; 0 is neutral, a ratio of 1."""
MEANT = "should be a whole number from -2 to 2, or na"


def _quantity(mode: float, low: float, high: float) -> Quantity:
    return Quantity(mode=mode, low=low, high=high)


SCALE: dict[Degree, Quantity] = {
    "strongly-inconsistent": _quantity(0.3, 0.12, 0.6),
    "inconsistent": _quantity(0.6, 0.4, 0.85),
    "consistent": _quantity(1.6, 1.2, 2.5),
    "strongly-consistent": _quantity(3.0, 1.8, 6.0),
}
"""What a step means unless the case says: likelihood ratios against a neutral item."""
ONCE = _quantity(1.0, 1.0, 1.0)
"""How dependent items of one source are unless the case says: they count once."""


def _step(value: Any) -> Any:
    whole = is_number(value) and value == int(value) and -2 <= value <= 2
    if value != "na" and not whole:
        raise ValueError(MEANT)
    return value if value == "na" else int(value)


Step = Annotated[int | Literal["na"], BeforeValidator(_step, json_schema_input_type=Any)]
STEP_SCHEMA: JsonSchemaValue = {"enum": [-2, -1, 0, 1, 2, "na"]}


class Cell(Part):
    """How well one item fits one hypothesis: -2 to 2, or na; also writable as that alone."""

    consistency: Step
    """Would it be seen if the hypothesis were true? -2 hardly ever ... 0 as ever ... 2 surely."""
    ratio: Ratio | None = None
    """Its likelihood ratio against a neutral item, in place of what the step stands for."""
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _spelled(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and "mode" in value and "consistency" not in value:
            # a path to `ratio` through a cell written as a step alone makes it a mapping
            return {"consistency": value["mode"], **{k: value[k] for k in value if k != "mode"}}
        if isinstance(value, Mapping | cls):
            return value
        return {"consistency": _step(value)}

    @model_validator(mode="after")
    def _no_ratio_of_nothing(self) -> Cell:
        if self.ratio is not None and self.consistency == "na":
            raise ValueError("what does not apply has no ratio; give a step, or leave it out")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(schema))
        whole["properties"]["consistency"] = STEP_SCHEMA
        return {"anyOf": [STEP_SCHEMA, whole]}


class Group(Part):
    """Items that stand or fall together, whatever their sources."""

    items: Ids
    shared: Share | None = None
    """How dependent they are: 1 count once, 0 are independent; `shared_source` if not given."""
    note: Text | None = None


class Argument(Section):
    """What the argument lens needs: a matrix with hypotheses as rows and evidence as columns."""

    prior: Annotated[Quantity, Range(0, 1)] | None = None
    """Chance that the pact holds before this evidence; used when the lens speaks alone."""
    scale: dict[Degree, Ratio] = Field(default_factory=lambda: dict(SCALE))
    """Likelihood ratios of the steps, against a neutral item."""
    shared_source: Share = ONCE
    """How dependent items of one source, or one group, are."""
    groups: dict[Id, Group] = Field(default_factory=dict)
    matrix: dict[Id, dict[Id, Cell]] = Field(default_factory=dict)
    """Hypothesis, item of evidence, how well they fit."""

    @field_validator("scale", mode="after")
    @classmethod
    def _every_degree(cls, given: dict[Degree, Quantity]) -> dict[Degree, Quantity]:
        return {degree: given.get(degree, default) for degree, default in SCALE.items()}

    def problems(self, head: Head) -> Iterator[tuple[Place, str]]:
        """What the matrix and the groups name that is not there, and what they lack."""
        yield from self._rows(head)
        yield from self._groups(head)
        if self.prior is not None and not 0.0 < self.prior.mode < 1.0:
            yield ("prior",), "should be above 0 and below 1: certainty cannot learn from evidence"
        ladder = [(str(degree), quantity.mode) for degree, quantity in self.scale.items()]
        ladder.insert(2, ("neutral", 1.0))
        for (one, low), (other, high) in pairwise(ladder):
            if low > high:
                named = one if other == "neutral" else other
                yield ("scale", named), f"{one} is {low:g} and {other} {high:g}; it should rise"

    def _rows(self, head: Head) -> Iterator[tuple[Place, str]]:
        for hypothesis, row in self.matrix.items():
            if hypothesis not in head.hypotheses:
                yield (
                    ("matrix", hypothesis),
                    f"there is no hypothesis {quoted(hypothesis)}"
                    f"{did_you_mean(hypothesis, head.hypotheses) or ', the case has none'}",
                )
            for item in row:
                if item not in head.evidence:
                    yield ("matrix", hypothesis, item), _no_evidence(item, head)
        if not self.matrix:
            return
        for hypothesis in head.hypotheses:
            if not self.matrix.get(hypothesis):
                place = ("matrix", hypothesis) if hypothesis in self.matrix else ("matrix",)
                yield (
                    place,
                    f"hypothesis {quoted(hypothesis)} has no cells; say how well each item of"
                    " evidence fits it, or take it out of `hypotheses`",
                )

    def _groups(self, head: Head) -> Iterator[tuple[Place, str]]:
        seen: dict[str, str] = {}
        for name, group in self.groups.items():
            for k, item in enumerate(group.items):
                if item not in head.evidence:
                    yield ("groups", name, "items", k), _no_evidence(item, head)
                elif item in seen:
                    yield (
                        ("groups", name, "items", k),
                        f"{quoted(item)} stands in group {quoted(seen[item])} already",
                    )
                seen.setdefault(item, name)


def _no_evidence(item: str, head: Head) -> str:
    hint = did_you_mean(item, head.evidence) or ", the case has none"
    return f"there is no evidence {quoted(item)}{hint}"
