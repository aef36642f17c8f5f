"""What of a section rests on evidence besides its quantities."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from foedus.case.quantity import Quantity


def parts(value: object, path: str) -> Iterator[tuple[str, BaseModel]]:
    """Parts of a section, other than quantities, that name the evidence they rest on, by path."""
    if isinstance(value, Quantity):
        return
    if isinstance(value, BaseModel):
        if getattr(value, "because", ()):
            yield path, value
        children = dict(value)
    elif isinstance(value, dict):
        children = value
    else:
        return
    for name, child in children.items():
        yield from parts(child, f"{path}.{name}")
