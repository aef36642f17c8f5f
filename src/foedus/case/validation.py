"""Plain data become typed head and sections, or all that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from foedus.case.checks import circles, hindsight
from foedus.case.models import QuantityFails
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.quantity import quantities
from foedus.case.references import dangling
from foedus.case.section import Head, Section
from foedus.case.translate import found, place_of, said, unknown_key
from foedus.case.tree import Place

Fault = tuple[Place, str]
"""Where something is wrong, and what."""

MOST_FAULTS = 1000
"""Faults are collected up to here: nobody reads more, and a hostile file could hold many."""

_Model = TypeVar("_Model", bound=BaseModel)


class Faults(Exception):  # noqa: N818 (never leaves the package)
    """All that is wrong with the data of a case, by place."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults)


def validated(
    data: object, sections: Mapping[str, type[Section]]
) -> tuple[Head, dict[str, Section]]:
    """Return head and sections of plain data.

    Raises ``Faults`` with everything that is wrong.
    """
    if not isinstance(data, dict):
        empty = data is None
        said = (
            "is empty" if empty else f"should be a mapping (key: value), here it is {found(data)}"
        )
        raise Faults([((), f"{said}; a case begins with 'foedus: 1'")])
    faults = list(islice(_unknown(data, sections), MOST_FAULTS))
    heads = {key: value for key, value in data.items() if key in Head.model_fields}
    head = typed(Head, heads, (), faults)
    parts: dict[str, Section] = {}
    for name, kind in sections.items():
        if data.get(name) is not None:
            part = typed(kind, data[name], (name,), faults)
            if part is not None:
                parts[name] = part
    for check in (dangling, circles, hindsight):
        faults.extend(islice(check(data), MOST_FAULTS))
    if head is not None:
        faults.extend(islice(_across(head, parts, complete=not faults), MOST_FAULTS))
    if faults or head is None:
        raise Faults(faults[:MOST_FAULTS])
    return head, parts


def _unknown(data: dict[str, Any], sections: Mapping[str, type[Section]]) -> Iterator[Fault]:
    known = [*Head.model_fields, *sections]
    for key in data:
        if key not in Head.model_fields and key not in sections:
            yield (key,), unknown_key(key, known)


def typed(kind: type[_Model], data: object, place: Place, faults: list[Fault]) -> _Model | None:
    """Validate strictly, as JSON: a text is never a number, a list may be a tuple.

    What is wrong is added to `faults`, at its place below `place`, and there is no model then.
    """
    try:
        return kind.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        told: set[Place] = set()
        for detail in error.errors(include_url=False)[:MOST_FAULTS]:
            inside, value = place_of(detail, data)
            message = said(detail, kind, inside, value)
            if detail["type"] == "missing" or inside not in told:
                faults.append(((*place, *inside), message))
                told.add(inside)
        return None


def _across(head: Head, parts: Mapping[str, Section], *, complete: bool) -> Iterator[Fault]:
    for name, part in parts.items():
        for place, message in part.problems(head):
            yield (name, *place), message
    # a quantity may be missing only because its section has another fault
    named = {
        name: assumption.fails_when.quantity
        for name, assumption in head.assumptions.items()
        if isinstance(assumption.fails_when, QuantityFails)
    }
    if complete and named:
        paths = [path for name, part in parts.items() for path, _ in quantities(part, name)]
        known = set(paths)
        for name, path in named.items():
            if path not in known:
                message = f"there is no quantity {quoted(path)}{did_you_mean(path, paths)}"
                yield ("assumptions", name, "fails_when", "quantity"), message
