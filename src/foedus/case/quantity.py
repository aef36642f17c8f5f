"""A number that somebody judged: most likely, low and high, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from foedus.case.fields import Ids, Text
from foedus.case.part import Part
from foedus.case.scalars import is_number


def _number(value: Any) -> float:
    if not is_number(value):
        raise ValueError("should be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("should be a finite number")
    return number


Number = Annotated[float, BeforeValidator(_number)]


class _Spread(Part):
    """Mode, low and high, in order; also writable as a plain number."""

    mode: Number
    """The most likely value."""
    low: Number = Field(default=math.nan, validate_default=False)
    """The 5 % point; the mode if neither low nor high is given."""
    high: Number = Field(default=math.nan, validate_default=False)
    """The 95 % point."""
    note: Text | None = None
    """What a person should know about the number."""

    @model_validator(mode="before")
    @classmethod
    def _spelled(cls, value: Any) -> Any:
        if is_number(value):
            return {"mode": value, "low": value, "high": value}
        if not isinstance(value, Mapping):
            if isinstance(value, cls):
                return value
            raise ValueError("should be a number or {mode, low, high}")
        if ("low" in value) != ("high" in value):
            raise ValueError("give both low and high, or neither")
        if "low" not in value and is_number(value.get("mode")):
            return {**value, "low": value["mode"], "high": value["mode"]}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            said = f"low {self.low:g}, mode {self.mode:g}, high {self.high:g}"
            raise ValueError(f"{said} are out of order; low ≤ mode ≤ high would be right")
        return self

    @property
    def fixed(self) -> bool:
        """Whether the number is certain: low and high are equal."""
        return self.low == self.high


class Prior(_Spread):
    """What a quantity falls back to when its evidence is set aside."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return _numeric(handler.resolve_ref_schema(handler(schema)), Range())


class Quantity(_Spread):
    """A number that somebody judged, with the evidence it rests on.

    Raises ``ValidationError`` if a number is not finite, if low ≤ mode ≤ high does not hold, or if
    only one of low and high is given.
    """

    because: Ids = ()
    """The evidence it rests on."""
    prior: Prior | None = None
    """What it falls back to when its evidence is set aside."""

    _range: Range = PrivateAttr(default_factory=lambda: Range())

    @property
    def least(self) -> float:
        """The lower end of the legal range."""
        return self._range.least

    @property
    def most(self) -> float:
        """The upper end of the legal range."""
        return self._range.most

    @property
    def least_open(self) -> bool:
        """Whether the lower end itself is not allowed."""
        return self._range.open_least

    def __eq__(self, other: object) -> bool:
        """Compare what was judged; the range belongs to the field, not to the judgement."""
        return isinstance(other, Quantity) and dict(self) == dict(other)

    def __hash__(self) -> int:
        return hash((self.mode, self.low, self.high, self.because))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return _numeric(handler.resolve_ref_schema(handler(schema)), Range())


@dataclass(frozen=True, slots=True)
class Range:
    """The legal range of a quantity, as a marker: ``Annotated[Quantity, Range(0, 3)]``."""

    least: float = -math.inf
    most: float = math.inf
    open_least: bool = False

    def __str__(self) -> str:
        """Say which numbers are allowed."""
        if self.most == math.inf:
            return f"{'above' if self.open_least else 'at least'} {self.least:g}"
        if self.least == -math.inf:
            return f"at most {self.most:g}"
        if self.open_least:
            return f"above {self.least:g} and at most {self.most:g}"
        return f"between {self.least:g} and {self.most:g}"

    def __contains__(self, number: float) -> bool:
        """Say whether the number is allowed."""
        low_enough = number > self.least if self.open_least else number >= self.least
        return low_enough and number <= self.most

    def on(self, quantity: Quantity) -> Quantity:
        """Return the quantity with this as its range.

        Raises ``ValueError`` that says the range and which number is outside it.
        """
        spreads: list[tuple[str, _Spread]] = [("", quantity)]
        if quantity.prior is not None:
            spreads.append(("prior ", quantity.prior))
        wrong = [
            f"{prefix}{name} is {number:g}"
            for prefix, spread in spreads
            for name in (("mode",) if spread.fixed else ("mode", "low", "high"))
            if (number := getattr(spread, name)) not in self
        ]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}; it should be {self}")
        ranged = quantity.model_copy()
        ranged._range = self
        return ranged

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.on, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return _numeric(handler.resolve_ref_schema(handler(schema)), self)


def _numeric(schema: JsonSchemaValue, span: Range) -> JsonSchemaValue:
    """Write a quantity's JSON Schema: a number in the range, or the object of such numbers."""
    whole = schema["anyOf"][1] if "anyOf" in schema else schema
    number: dict[str, Any] = {"type": "number"}
    if span.least > -math.inf:
        number["exclusiveMinimum" if span.open_least else "minimum"] = span.least
    if span.most < math.inf:
        number["maximum"] = span.most
    properties = dict(whole["properties"])
    for name in ("mode", "low", "high"):
        described = properties[name].get("description")
        properties[name] = {**number, "description": described} if described else number
    both = {"low": ["high"], "high": ["low"]}
    body = {**whole, "properties": properties, "required": ["mode"], "dependentRequired": both}
    described = {k: body.pop(k) for k in ("title", "description") if k in body}
    return {"anyOf": [number, body], **described}


def quantities(model: BaseModel, path: str = "") -> Iterator[tuple[str, Quantity]]:
    """Which quantities does a model hold? Yields dotted path and quantity, sorted by path."""
    yield from sorted(_walk(model, path), key=lambda pair: pair[0])


def _walk(value: object, path: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(value, Quantity):
        yield path, value
        return
    children: Mapping[Any, object] = {}
    if isinstance(value, BaseModel):
        children = dict(value)
    elif isinstance(value, Mapping):
        children = value
    for name, child in children.items():
        yield from _walk(child, f"{path}.{name}" if path else str(name))
