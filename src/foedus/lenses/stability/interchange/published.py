"""Published cases as JSON: states, moves and rankings, best first."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from foedus.lenses.stability.conflict import MOST_OPTIONS, Bools, Conflict, Ints, Moves, Option
from foedus.lenses.stability.interchange import conformance
from foedus.lenses.stability.interchange.found import Found, bytes_of, json_of, shown
from foedus.lenses.stability.interchange.parts import (
    direction_of,
    dm_names,
    option_ids,
    owners_of,
    with_moves_only_if_told,
)
from foedus.lenses.stability.interchange.publishing import text, write
from foedus.lenses.stability.interchange.states import States, by_dm

__all__ = ["conflict_of", "read", "text", "write"]


def read(path: str | os.PathLike[str]) -> Conflict:
    """The conflict in a file of this form, or in one that holds one line of the random models.

    Raises FileError.
    """
    return conflict_of(json_of(bytes_of(path), str(path)).value, str(path))


def conflict_of(data: Any, file: str = "<json>") -> Conflict:
    """The conflict in parsed JSON; `file` stands for it in errors. Raises FileError."""
    top = Found(file, "", data)
    if isinstance(data, dict) and "dm_options" in data:
        return conformance.conflict_of(data, file)
    names = dm_names(top["dms"])
    states = _states(top["states"])
    options = _options(top)
    conflict = Conflict(
        dms=names,
        utility=np.array(by_dm(top["ranking_best_first"], names, states.ranking), np.int64),
        options=options,
        codes=_codes(top, len(options)) if top.has("options") else None,
        moves=_moves(top, names, states),
        ids=tuple(states.ids),
        status_quo=states.place(top["status_quo"]) if top.has("status_quo") else None,
        unknown=_pairs(top, "unknown", names, states),
        much=_pairs(top, "much_preferred", names, states),
        title=top["title"].text() if top.has("title") else "",
    )
    return with_moves_only_if_told(conflict)


def _states(states: Found) -> States:
    ids: list[int | str] = []
    places: dict[str, int] = {}
    for entry in states.entries():
        spot = entry["id"]
        name = spot.name() if isinstance(spot.value, str) else spot.whole(-(2**62), 2**62)
        if str(name) in places:
            raise spot.fault(f"{shown(name)} is the id of states[{places[str(name)]}] too")
        places[str(name)] = len(ids)
        ids.append(name)
    if not ids:
        raise states.fault("is empty; a conflict has at least one state")
    return States(ids, places)


def _options(top: Found) -> tuple[Option, ...]:
    if not top.has("options"):
        return ()
    entries = top["options"].entries()
    if len(entries) > MOST_OPTIONS:
        raise top["options"].fault(f"has {len(entries):,} options; at most {MOST_OPTIONS} are read")
    owner = owners_of([dm["options"] for dm in top["dms"].entries()], len(entries))
    names = [e["name"].name() if e.has("name") or not e.has("id") else "" for e in entries]
    ids = option_ids(names)
    for o, entry in enumerate(entries):
        if entry.has("id"):
            ids[o] = entry["id"].name()
    for o, entry in enumerate(entries):
        if ids[o] in ids[:o]:
            raise entry.fault(f"its id {shown(ids[o])} is another option's too")
    return tuple(
        Option(ids[o], owner[o], direction_of(entry["direction"]), names[o])
        for o, entry in enumerate(entries)
    )


def _codes(top: Found, options: int) -> Ints:
    ruled_out = _patterns(top, options)
    codes: list[int] = []
    seen: dict[int, int] = {}
    for s, entry in enumerate(top["states"].entries()):
        bits = entry["bits"]
        row = bits.value
        good = isinstance(row, list) and len(row) == options
        if not good or any(type(bit) is not int or bit not in (0, 1) for bit in row):
            raise bits.fault(f"should be {options} numbers, each 0 or 1")
        code = sum(bit << o for o, bit in enumerate(row))
        if code in seen:
            raise bits.fault(f"are the choices of states[{seen[code]}] too")
        for place, pattern, care, taken in ruled_out:
            if code & care == taken:
                raise bits.fault(f"is infeasible: {place} rules out {pattern}")
        seen[code] = s
        codes.append(code)
    return np.array(codes, np.int64)


def _patterns(top: Found, options: int) -> list[tuple[str, str, int, int]]:
    out = []
    for spot in top["infeasible_patterns"].entries() if top.has("infeasible_patterns") else ():
        word = spot.text()
        if len(word) != options or set(word) - set("YN-"):
            raise spot.should_be(f"{options} letters, each Y, N or -")
        care = sum(1 << o for o, letter in enumerate(word) if letter != "-")
        taken = sum(1 << o for o, letter in enumerate(word) if letter == "Y")
        out.append((spot.place, word, care, taken))
    return out


def _moves(top: Found, names: tuple[str, ...], states: States) -> Moves | None:
    if top.has("moves"):
        return Moves.of(by_dm(top["moves"], names, states.moves), len(states.ids))
    if not top.has("options"):
        raise top["moves"].fault("is null, and there are no options either")
    return None


def _pairs(top: Found, key: str, names: tuple[str, ...], states: States) -> Bools | None:
    if not top.has(key):
        return None
    return states.table(top[key], names, both_ways=key == "unknown")
