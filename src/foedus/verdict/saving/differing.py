"""Two runs of one case beside each other: which numbers and texts are not the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.verdict.saving.tidy import DRAW, WEIGHT, Columns

TOLERANCE = 1e-9
"""How far numbers of other processors may lie apart, times the larger if that is above 1."""


@dataclass(frozen=True)
class Difference:
    """One column, or one entry of the findings, that is not the same to the byte.

    `how` is `changed`, `gone` or `new`. Of a column, `draw`, `saved` and `now` tell of the first
    draw beyond the tolerance, or else of the first at all, and `by` is the largest difference of
    any draw. `by` is None where there are not two numbers to compare.
    """

    where: str
    name: str
    how: str
    draw: int | None = None
    saved: Any = None
    now: Any = None
    by: float | None = None
    near: bool = False


def of_tables(saved: Columns, now: Columns) -> Iterator[Difference]:
    """Columns that differ. If the draws do, those that both have are compared, weights apart."""
    draws, mine, others = np.intersect1d(saved[DRAW], now[DRAW], return_indices=True)
    whole = saved[DRAW].tobytes() == now[DRAW].tobytes()
    if not whole:
        yield Difference("table", DRAW, "changed", None, saved[DRAW].size, now[DRAW].size)
    for name, was in saved.items():
        if name not in now:
            yield Difference("table", name, "gone")
        elif name != DRAW and (whole or name.rpartition(".")[2] != WEIGHT):
            before, after = was[mine], now[name][others]
            if before.tobytes() != after.tobytes():
                yield _of_column(name, before, after, draws)
    yield from (Difference("table", name, "new") for name in now if name not in saved)


def _of_column(name: str, was: Any, now: Any, draws: Any) -> Difference:
    bits = was.view(np.int64) != now.view(np.int64)
    apart = np.zeros(was.shape)
    known = np.isfinite(was) & np.isfinite(now)
    with np.errstate(over="ignore"):
        np.subtract(was, now, out=apart, where=bits & known)
    apart = np.abs(apart)
    near = np.where(known, apart <= TOLERANCE * _size(was, now), ~bits)
    place = int(np.argmax(~near if not near.all() else bits))
    return Difference(
        "table", name, "changed", int(draws[place]), float(was[place]), float(now[place]),
        float(apart.max()) if (bits & known).any() else None, bool(near.all()),
    )  # fmt: skip


def _size(was: Any, now: Any) -> Any:
    return np.maximum(1.0, np.fmax(np.abs(was), np.abs(now)))


def of_findings(saved: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Entries that differ, at any depth, in the order of the saved ones; the version apart."""
    for name in {**saved, **now}:
        if name != "version":
            yield from _of_entry(name, name in saved, saved.get(name), name in now, now.get(name))


def _of_entry(path: str, had: bool, was: Any, has: bool, now: Any) -> Iterator[Difference]:
    """Every entry below a path of which one side has what the other has not."""
    if not (had and has):
        yield Difference("findings", path, "gone" if had else "new")
    elif isinstance(was, dict) and isinstance(now, dict):
        for key in {**was, **now}:
            yield from _of_entry(
                f"{path}.{key}", key in was, was.get(key), key in now, now.get(key)
            )
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, pair in enumerate(zip(was, now, strict=True)):
            yield from _of_entry(f"{path}[{place}]", True, pair[0], True, pair[1])
    elif json.dumps(was) != json.dumps(now):
        both = _is_number(was) and _is_number(now)
        by = abs(float(was) - float(now)) if both else None
        near = by is not None and by <= TOLERANCE * float(_size(was, now))
        yield Difference("findings", path, "changed", None, _short(was), _short(now), by, near)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: Any) -> Any:
    """A number or text as it is; of anything larger only what it is."""
    if isinstance(value, dict):
        return f"{len(value)} entries by name"
    return f"{len(value)} entries" if isinstance(value, list) else value
