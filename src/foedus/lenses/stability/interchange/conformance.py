"""Random models with known answers, one to a line: codes as text, payoffs, moves by index."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.lenses.stability.conflict import MOST_OPTIONS, Conflict, Ints, Moves, Option
from foedus.lenses.stability.interchange.found import Found
from foedus.lenses.stability.interchange.parts import (
    MOST_DMS,
    direction_of,
    owners_of,
    with_moves_only_if_told,
)
from foedus.lenses.stability.interchange.states import targets

EXACT = 2**53
"""Payoffs up to this are told apart as the file tells them apart."""


def conflict_of(data: Any, file: str = "<json>") -> Conflict:
    """The conflict in one parsed line; states are numbered from 0. Raises FileError.

    Decision makers and options are called by their numbers: `0`, `1` and `o1`, `o2`.
    """
    top = Found(file, "", data)
    lists = top["dm_options"].entries()
    if not 1 <= len(lists) <= MOST_DMS:
        said = f"has {len(lists):,} decision makers, not 1 to {MOST_DMS:,}"
        raise top["dm_options"].fault(said)
    ways = [direction_of(entry) for entry in top["direction"].entries()]
    if len(ways) > MOST_OPTIONS:
        raise top["direction"].fault(f"has {len(ways):,} options; at most {MOST_OPTIONS} are read")
    owner = owners_of(lists, len(ways))
    codes = _codes(top["states"], len(ways))
    conflict = Conflict(
        dms=tuple(str(dm) for dm in range(len(lists))),
        utility=_payoffs(top["payoff"], len(lists), codes.size),
        options=tuple(
            Option(f"o{o + 1}", i, way) for o, (i, way) in enumerate(zip(owner, ways, strict=True))
        ),
        codes=codes,
        moves=_moves(top["moves"], len(lists), codes.size) if top.has("moves") else None,
    )
    return with_moves_only_if_told(conflict)


def _codes(states: Found, options: int) -> Ints:
    seen: dict[int, int] = {}
    for s, spot in enumerate(states.entries()):
        word = spot.text()
        if len(word) != options or set(word) - set("01"):
            raise spot.should_be(f"{options} digits, each 0 or 1")
        code = sum(1 << o for o, digit in enumerate(word) if digit == "1")
        if code in seen:
            raise spot.fault(f"is states[{seen[code]}] too")
        seen[code] = s
    if not seen:
        raise states.fault("is empty; a conflict has at least one state")
    return np.array(list(seen), np.int64)


def _rows(spot: Found, count: int, what: str) -> list[Found]:
    rows = spot.entries()
    if len(rows) != count:
        raise spot.fault(f"has {len(rows):,} entries for {count:,} {what}")
    return rows


def _payoffs(payoff: Found, n: int, states: int) -> np.ndarray[Any, Any]:
    out: list[list[int | float]] = []
    for row in _rows(payoff, n, "decision makers"):
        for spot in _rows(row, states, "states"):
            value = spot.value
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise spot.should_be("a number")
            if not -EXACT <= value <= EXACT:
                raise spot.should_be("a number from -2^53 to 2^53")
        out.append(row.value)
    return np.array(out)


def _moves(moves: Found, n: int, states: int) -> Moves:
    table = [
        {
            s: targets(row, s, lambda spot: spot.whole(0, states - 1))
            for s, row in enumerate(_rows(mine, states, "states"))
        }
        for mine in _rows(moves, n, "decision makers")
    ]
    return Moves.of(table, states)
