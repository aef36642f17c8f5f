"""The validator's errors, said in plain language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.case.fields import DAY_MEANT, ID_PATTERN
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.shape import known_keys
from foedus.case.tree import Place

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

ID_MEANT = "an id is small letters, digits and hyphens, begins with a letter, has at most 64"

_SHOULD_BE: dict[str, str] = {
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "int_parsing_size": "is too large a number",
    "finite_number": "should be a finite number",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "string_type": "should be text",
    "none_required": "should be left out",
    "dict_type": "should be a mapping (key: value)",
    "mapping_type": "should be a mapping (key: value)",
    "model_type": "should be a mapping (key: value)",
    "model_attributes_type": "should be a mapping (key: value)",
    "tuple_type": "should be a list [a, b]",
    "list_type": "should be a list [a, b]",
    "set_type": "should be a list [a, b]",
    "frozen_set_type": "should be a list [a, b]",
    "date_type": DAY_MEANT,
    "date_parsing": DAY_MEANT,
    "date_from_datetime_parsing": DAY_MEANT,
    "date_from_datetime_inexact": DAY_MEANT,
}

_LIMITS: dict[str, tuple[str, str]] = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def found(value: object) -> str:
    """Say what was found: the value if it is short, otherwise its kind."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, Sequence) else type(value).__name__


def place_of(error: ErrorDetails, data: object) -> tuple[Place, object]:
    """Return where in the data an error stands, and what stands there.

    The validator's location also names the branches it tried; only what the data has counts.
    """
    place: list[str | int] = []
    here: Any = data
    for part in error["loc"]:
        within = (isinstance(here, Mapping) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        )
        if within:
            here = here[part]
            place.append(part)
    return tuple(place), here


def said(error: ErrorDetails, model: type[BaseModel], place: Place, value: object) -> str:
    """Say one error of the validator so that a person knows what would be right."""
    kind, context = error["type"], error.get("ctx", {})
    if error["loc"] and error["loc"][-1] == "[key]":
        return f"{quoted(str(place[-1]) if place else '')} is not an id; {ID_MEANT}"
    if kind == "extra_forbidden":
        key = str(place[-1]) if place else ""
        return unknown_key(key, known_keys(model, place[:-1]))
    if kind == "missing":
        return f"missing key '{error['loc'][-1]}'"
    if kind in _SHOULD_BE:
        return f"{_SHOULD_BE[kind]}, here it is {found(value)}"
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"should be {words} {context[name]}, here it is {found(value)}"
    if kind in ("value_error", "assertion_error"):
        message = str(context.get("error", error["msg"]))
        if message.startswith("should be "):
            return f"{message}, here it is {found(value)}"
        return message
    return _LAST.get(kind, _otherwise)(error, value)


def unknown_key(key: str, known: Sequence[str]) -> str:
    """Say that a key is unknown, and which was probably meant."""
    return f"unknown key {quoted(key)}{did_you_mean(key, known, 'known keys')}"


def _pattern(error: ErrorDetails, value: object) -> str:
    if error.get("ctx", {}).get("pattern") == ID_PATTERN:
        return f"{quoted(str(value))} is not an id; {ID_MEANT}"
    return f"{quoted(str(value))} is not written as it should be"


def _too_long_text(error: ErrorDetails, value: object) -> str:
    most = error.get("ctx", {}).get("max_length")
    return f"has {len(str(value)):,} characters; at most {most:,} are allowed"


def _too_short_text(error: ErrorDetails, value: object) -> str:
    return "is empty; write something or leave the key out"


def _choice(error: ErrorDetails, value: object) -> str:
    expected = str(error.get("ctx", {}).get("expected", ""))
    choices = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
    if isinstance(value, str):
        return f"{quoted(value)} is not one of {', '.join(choices)}"
    return f"should be {' or '.join(choices)}, here it is {found(value)}"


def _count(error: ErrorDetails, value: object) -> str:
    context = error.get("ctx", {})
    if error["type"] == "too_short":
        return f"has {context.get('actual_length')} entries; it needs {context.get('min_length')}"
    return f"has too many entries; at most {context.get('max_length')} are allowed"


def _otherwise(error: ErrorDetails, value: object) -> str:
    message = error["msg"].removeprefix("Input ").rstrip(".")
    return f"{message[:1].lower()}{message[1:]}, here it is {found(value)}"


_LAST: dict[str, Callable[[ErrorDetails, object], str]] = {
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long_text,
    "string_too_short": _too_short_text,
    "literal_error": _choice,
    "enum": _choice,
    "too_short": _count,
    "too_long": _count,
}
