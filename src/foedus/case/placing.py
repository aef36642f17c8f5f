"""Values set at dotted paths of plain data."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

from foedus.case.guard import DEEPEST, unseen
from foedus.case.scalars import is_number


def placed(data: Mapping[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the data with a value set at a path; what is not on the way is shared, not copied.

    A missing mapping on the way is made, and a plain number on the way becomes ``{mode: number}``,
    so that ``…stake.low`` can be set where ``stake`` was written as a number. Raises ``KeyError``
    with the part of the path that leads through something else, and ``TypeError`` for a value a
    case cannot hold.
    """
    parts = path.split(".")
    if len(parts) > DEEPEST:
        raise TypeError(f"a path has at most {DEEPEST} parts")
    return _placed(data, parts, 0, plain(value))


def _placed(here: Mapping[str, Any], parts: list[str], at: int, value: object) -> dict[str, Any]:
    key = parts[at]
    copy = dict(here)
    if at == len(parts) - 1:
        copy[key] = value
        return copy
    inner = copy.get(key)
    if inner is None:
        inner = {}
    elif is_number(inner):
        inner = {"mode": inner}
    if not isinstance(inner, Mapping):
        raise KeyError(".".join(parts[: at + 1]))
    copy[key] = _placed(inner, parts, at + 1, value)
    return copy


def plain(value: object, depth: int = 0) -> Any:
    """Return a value as plain data: dates as text, tuples as lists, numbers of NumPy as numbers.

    Raises ``TypeError`` for what a case cannot hold.
    """
    if depth > DEEPEST:
        raise TypeError(f"a case cannot hold what is nested more than {DEEPEST} levels deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if found := unseen(value):
            raise TypeError(found[1])
        return str(value)
    if isinstance(value, Real):
        return _number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, depth + 1) for inner in value]
    raise TypeError(f"a case cannot hold {type(value).__name__}")


def _number(value: Real) -> int | float:
    # as in a file, a whole number too long to be exact is a float
    if not isinstance(value, Integral):
        return float(value)
    whole = int(value)
    if abs(whole) < 10**18:
        return whole
    try:
        return float(whole)
    except OverflowError:
        return math.inf if whole > 0 else -math.inf
