"""The small types the fields of a case are made of: ids, texts, dates, tuples."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

ID_PATTERN = r"^[a-z][a-z0-9-]*$"
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
DAY_MEANT = "should be a date, YYYY-MM-DD"
PARTIAL_MEANT = "should be a date, YYYY, YYYY-MM or YYYY-MM-DD"


def partial_date(text: str) -> dt.date | None:
    """Return the first day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean, if any."""
    match = PARTIAL_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        return dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None


def whole_date(value: object) -> dt.date | None:
    """Return the day a value means: a date, or a text ``YYYY-MM-DD``; otherwise ``None``."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and len(value) == len("YYYY-MM-DD"):
        return partial_date(value)
    return None


def _day(value: Any) -> dt.date:
    found = whole_date(value)
    if found is None:
        raise ValueError(DAY_MEANT)
    return found


def _partial(value: Any) -> Any:
    # a bare year is a number in YAML; people write `date: 2016`
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _real(value: str) -> str:
    if partial_date(value) is None:
        raise ValueError(PARTIAL_MEANT)
    return value


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


AsTuple = BeforeValidator(_tuple)
"""Lets a list be read into a tuple also where a validator stood before it."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=64)]
Ids = Annotated[tuple[Id, ...], AsTuple]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Titles = Annotated[tuple[Title, ...], AsTuple]
Day = Annotated[
    dt.date,
    BeforeValidator(_day, json_schema_input_type=str),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial),
    AfterValidator(_real),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }
    ),
]
