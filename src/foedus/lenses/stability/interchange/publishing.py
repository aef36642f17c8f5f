"""Conflicts written in the form of published cases."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np

from foedus.case import write_atomically
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Option
from foedus.lenses.stability.interchange.parts import DIRECTIONS, MOST_PAIRS, levels

FEW = 4_096
"""Up to this many states a file is written to be read by people too."""


def write(path: str | os.PathLike[str], conflict: Conflict) -> None:
    """Write a conflict so that reading the file gives it back.

    Raises ConflictError if two decision makers have one name, and OSError.
    """
    write_atomically(path, text(conflict))


def text(conflict: Conflict) -> str:
    """A conflict as the text of such a file. Raises ConflictError as `write` does."""
    if len(set(conflict.dms)) < len(conflict.dms):
        raise ConflictError("two decision makers have one name; the file keys moves by name")
    indent = 1 if conflict.states <= FEW else None
    return json.dumps(_data(conflict), ensure_ascii=False, indent=indent) + "\n"


def _data(conflict: Conflict) -> dict[str, Any]:
    ids = [name if isinstance(name, str) else int(name) for name in conflict.ids]
    quo = conflict.status_quo
    out: dict[str, Any] = {
        "title": conflict.title,
        "status_quo": None if quo is None else ids[quo],
        "dms": [
            {"name": dm, "options": [o for o, x in enumerate(conflict.options) if x.owner == i]}
            for i, dm in enumerate(conflict.dms)
        ],
        "options": None if conflict.codes is None else [_option(x) for x in conflict.options],
        "infeasible_patterns": None,
        "states": [_state(conflict, s, name) for s, name in enumerate(ids)],
        "moves": _written(conflict, ids),
        "ranking_best_first": {
            dm: _groups(conflict.utility[i], ids) for i, dm in enumerate(conflict.dms)
        },
    }
    for key, cube in (("unknown", conflict.unknown), ("much_preferred", conflict.much)):
        if cube is not None:
            out[key] = {dm: _two(cube[i], key, ids) for i, dm in enumerate(conflict.dms)}
    return out


def _option(option: Option) -> dict[str, str]:
    short = {direction: word for word, direction in DIRECTIONS.items()}
    named = {"name": option.name} if option.name else {}
    return {"id": option.id} | named | {"direction": short[option.direction]}


def _state(conflict: Conflict, state: int, name: int | str) -> dict[str, Any]:
    if conflict.codes is None:
        return {"id": name}
    code = int(conflict.codes[state])
    return {"id": name, "bits": [code >> o & 1 for o in range(len(conflict.options))]}


def _written(conflict: Conflict, ids: list[int | str]) -> dict[str, Any] | None:
    """The moves; null, which is what the options allow, if writing them out takes too much."""
    if conflict.moves is None and conflict.most_moves > MOST_PAIRS:
        return None
    arcs = conflict.arcs
    rows = {
        dm: {str(ids[s]): [ids[t] for t in arcs.row(i, s)] for s in range(conflict.states)}
        for i, dm in enumerate(conflict.dms)
    }
    return {dm: {s: row for s, row in of.items() if row} for dm, of in rows.items()}


def _groups(row: Any, ids: list[int | str]) -> list[Any]:
    level = levels(row)
    groups: list[list[int | str]] = [[] for _ in range(int(level.max()) + 1)]
    for state, place in enumerate(level):
        groups[-1 - place].append(ids[state])
    return [group if len(group) > 1 else group[0] for group in groups]


def _two(table: Bools, key: str, ids: list[int | str]) -> list[list[int | str]]:
    """Pairs of states, the better first."""
    cells = np.argwhere(np.triu(table) if key == "unknown" else table)
    return [[ids[int(t)], ids[int(s)]] for s, t in cells]
