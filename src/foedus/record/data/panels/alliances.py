"""The panel of alliances' ends, from ATOP and the Correlates of War data.

A row is a year in which an alliance was in force, its last included (Leeds, Ritter, Mitchell &
Long 2002). What changes with the years is that of the year before, so that it was known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log, log1p
from typing import Any

import numpy as np

from foedus.record.data.errors import DataError
from foedus.record.data.panels.columns import table
from foedus.record.data.panels.states import Capabilities, Disputes, Wars, majors
from foedus.record.data.raw import Raw

FIRST = 1816
FULFILLED, VIOLATED, REPLACED = 1, 2, 4
ENDS = range(6)
"""The codes of how an alliance ended; one beyond them means that the column is another."""
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
FLAGS = {
    "asymm_": "asymm", "specthrt_": "specthrt", "termlen": "length", "noothall_": "noothall",
    "org_": "organ1", "base_": "base", "wartime": "wartime", "bilat": "bilat",
    **{name: name for name in OBLIGATIONS},
}  # fmt: skip
"""Columns that say whether the treaty has a thing at all: above 0 in the column of ATOP."""
UNKNOWN = ("dem_min", "dem_rng", "regchg", "thr", "shared_rival", "rivals_inside")
"""Columns that need data of others (UDS, Polity, S-scores, rivalries), left null."""
WHOLE = (
    "atopid", "year", "nmem", "any", "viol", "age", *FLAGS, "mid_in", "war", "shared_rival",
    "rivals_inside",
)  # fmt: skip
ORDER = (
    "atopid", "year", "bilat", "nmem", "any", "viol", "age", "logage", *OBLIGATIONS, "wartime",
    "asymm_", "specthrt_", "termlen", "noothall_", "org_", "base_", "lognmem", "nmajor", "capchg",
    "caplog", "capasym", "dem_min", "dem_rng", "regchg", "mid_in", "mid_out", "war", "thr",
    "shared_rival", "rivals_inside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Alliance:
    """One alliance: its years, how it ended (0: it did not), what stays the same."""

    atopid: int
    begins: int
    ends: int | None
    how: int
    flags: dict[str, int | None]


def alliance_end(alliances: Raw, members: Raw, capabilities: Raw, disputes: Raw, wars: Raw) -> Any:
    """The panel `alliance-end` as a pyarrow table.

    The tables are read as `forms.ALLIANCES`, `MEMBERS`, `CAPABILITIES`, `DISPUTES` and `WARS`.
    Members are all states that ever belonged to the alliance, as in ATOP's own count. Alliances in
    force at the end of the data run to the last year that ATOP names. Raises DataError if ids or
    years are not whole numbers, or an alliance has no members.
    """
    joined = _joined(members)
    power, fights, battles = Capabilities.of(capabilities), Disputes.of(disputes), Wars.of(wars)
    found = list(_read(alliances))
    last = max(max(one.begins, one.ends or 0) for one in found)
    rows = []
    for one in sorted(found, key=lambda one: one.atopid):
        states = joined.get(one.atopid)
        if not states:
            raise DataError(f"{members.where}: has no members of alliance {one.atopid}")
        fixed = {
            "atopid": one.atopid, "nmem": len(states), "lognmem": log(len(states)),
            "nmajor": float(len(states & majors(max(one.begins, FIRST)))), **one.flags,
        }  # fmt: skip
        for year in range(max(one.begins, FIRST), (one.ends or last) + 1):
            ended = one.how if year == one.ends else 0
            rows.append({
                **fixed, "year": year, "age": year - one.begins,
                "logage": log1p(year - one.begins),
                "any": int(ended in (FULFILLED, VIOLATED, REPLACED)),
                "viol": int(ended == VIOLATED),
                **power.of_members(states, year - 1), **fights.of_members(states, year - 1),
                "war": battles.any_fights(states, year - 1),
            })  # fmt: skip
    if not rows:
        raise DataError(f"{alliances.where}: has no alliance in force since {FIRST}")
    known = [name for name in ORDER if name not in UNKNOWN]
    return table({name: [row[name] for row in rows] for name in known}, WHOLE, ORDER)


def _read(alliances: Raw) -> Iterator[_Alliance]:
    ids, begins = alliances.whole("atopid"), alliances.whole("begyr")
    for k in range(alliances.size):
        ends, how = alliances["endyr"][k], alliances["term"][k]
        flags = {name: _flag(alliances[column][k]) for name, column in FLAGS.items()}
        over, coded = bool(np.isfinite(ends) and ends > 0), bool(np.isfinite(how))
        if over and ends < begins[k]:
            raise DataError(
                f"{alliances.where}: alliance {ids[k]} ends in {ends:g}, before it begins"
            )
        if coded and how not in ENDS:
            raise DataError(
                f"{alliances.where}: column term is {how:g} for alliance {ids[k]}; it should be "
                "how the alliance ended, from 0 (it did not) to 5"
            )
        end = int(ends) if over else None
        yield _Alliance(int(ids[k]), int(begins[k]), end, int(how) if coded else 0, flags)


def _flag(value: float) -> int | None:
    return int(value > 0) if np.isfinite(value) else None


def _joined(members: Raw) -> dict[int, frozenset[int]]:
    out: dict[int, set[int]] = defaultdict(set)
    for atopid, state in zip(members.whole("atopid"), members.whole("member"), strict=True):
        out[int(atopid)].add(int(state))
    return {atopid: frozenset(states) for atopid, states in out.items()}
