"""Which keys are known at a place of a typed model."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from foedus.case.tree import Place


def known_keys(model: type[BaseModel], place: Place) -> tuple[str, ...]:
    """Which keys may stand in the mapping at a place? Empty where any key may, or none."""
    reached: list[Any] = [model]
    for part in place:
        reached = [inner for kind in reached for inner in _inside(kind, part)]
    names: dict[str, None] = {}
    for kind in reached:
        for plain in _plain(kind):
            if isinstance(plain, type) and issubclass(plain, BaseModel):
                fields = plain.model_fields.items()
                names.update(dict.fromkeys(field.alias or name for name, field in fields))
    return tuple(names)


def _plain(kind: Any) -> Iterator[Any]:
    """Yield the alternatives of a type, without markers and unions."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _plain(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for option in get_args(kind):
            yield from _plain(option)
    else:
        yield kind


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    for plain in _plain(kind):
        origin = get_origin(plain)
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            field = plain.model_fields.get(str(part))
            if field is not None:
                yield field.annotation
        elif isinstance(origin, type) and issubclass(origin, Mapping):
            yield get_args(plain)[1]
        elif isinstance(origin, type) and issubclass(origin, Sequence):
            yield get_args(plain)[0]
