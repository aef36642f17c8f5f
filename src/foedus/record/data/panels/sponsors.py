"""The panel of sponsors' exits, from the UCDP External Support and Battle-Related Deaths data.

A row is a state's support of a party (the client) to a conflict dyad in a year, for every year
after which the dyad is recorded in the next year too, so that it is known whether the state was
still there (Meier, Karlén, Pettersson & Croicu 2022).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite, log, log1p, nan
from typing import Any

from foedus.record.data.errors import DataError
from foedus.record.data.panels.columns import table
from foedus.record.data.raw import Raw

KINDS = {
    "troops": "ext_x", "bases": "ext_l", "weapons": "ext_w", "material": "ext_m",
    "training": "ext_t", "funding": "ext_f", "intel": "ext_i", "access": "ext_y",
}  # fmt: skip
"""Kinds of support: troops that fight, access to territory, weapons, materiel, training, funding,
intelligence, access to military infrastructure."""
WHOLE = (
    "actor", "oppo", "dyad", "year", "start", "leftcens", "age", "exit", "rebel", "nspons",
    "left_last", *KINDS, "opp_nspons", "interstate", "both", "conf",
)  # fmt: skip
ORDER = (
    "actor", "oppo", "dyad", "sid", "sname", "year", "start", "leftcens", "age", "logage", "exit",
    "rebel", "nspons", "lognsp", "left_last", "ncommit", *KINDS, "opp_nspons", "interstate",
    "both", "logbd", "bdtrend", "conf",
)  # fmt: skip

Client = tuple[str, int]
"""A party, and the conflict dyad it is helped in."""


@dataclass(slots=True)
class _Year:
    """What a client has in one year."""

    sponsors: set[str] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    both: int = 0


@dataclass(slots=True)
class _Record:
    """The support data, by client and year."""

    years: dict[tuple[Client, int], _Year] = field(default_factory=lambda: defaultdict(_Year))
    recorded: set[tuple[int, int]] = field(default_factory=set)
    parties: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    commitments: dict[tuple[str, int], set[Client]] = field(
        default_factory=lambda: defaultdict(set)
    )
    states: dict[tuple[str, Client], dict[int, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """A state and its client: the row of the raw table for each year of support."""


def sponsor_exit(support: Raw, deaths: Raw) -> Any:
    """The panel `sponsor-exit` as a pyarrow table.

    ``support`` and ``deaths`` are read as `forms.SUPPORT` and `forms.DEATHS`. A spell of support
    is a run of years without a gap; non-states count among a client's sponsors but have no rows.
    Raises DataError if ids or years are not whole numbers, or no row comes of it.
    """
    years, conflicts = support.whole("year"), support.whole("conflict_id")
    record = _recorded(support)
    first = int(years.min())
    killed = _killed(deaths)
    rows = []
    for (sponsor, client), spell in record.states.items():
        for year, start in _starts(spell):
            if (client[1], year + 1) not in record.recorded:
                continue
            k = spell[year]
            row = _row(record, sponsor, client, year, start, killed)
            row |= {
                "sname": str(support["ext_name"][k]), "conf": int(conflicts[k]),
                "leftcens": int(start == first), "rebel": int(support["actor_nonstate"][k] == 1),
                "interstate": int(support["civil"][k] == 0),
            }  # fmt: skip
            rows.append(row)
    if not rows:
        raise DataError(f"{support.where}: has no state's support with a next year on record")
    rows.sort(key=lambda row: (row["dyad"], row["actor"], row["year"], row["sid"]))
    return table({name: [row[name] for row in rows] for name in ORDER}, WHOLE, ORDER)


def _recorded(support: Raw) -> _Record:
    record = _Record()
    years, dyads = support.whole("year"), support.whole("dyad_id")
    for k in range(support.size):
        year, dyad = int(years[k]), int(dyads[k])
        client = (str(support["actor_id"][k]), dyad)
        record.recorded.add((dyad, year))
        record.parties[dyad].add(client[0])
        sponsor = str(support["ext_id"][k])
        if support["ext_sup"][k] != 1 or not sponsor:
            continue
        found = record.years[client, year]
        found.sponsors.add(sponsor)
        found.both |= int(support["ext_bothsides"][k] == 1)
        for kind, column in KINDS.items():
            found.kinds[kind] |= int(support[column][k] == 1)
        record.commitments[sponsor, year].add(client)
        if support["ext_nonstate"][k] == 0:
            record.states[sponsor, client][year] = k
    return record


def _starts(spell: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Each year of support, with the first of its run."""
    start, last = 0, None
    for year in sorted(spell):
        start = start if last == year - 1 else year
        last = year
        yield year, start


def _row(
    record: _Record,
    sponsor: str,
    client: Client,
    year: int,
    start: int,
    killed: Mapping[tuple[int, int], float],
) -> dict[str, Any]:
    party, dyad = client
    others = sorted(record.parties[dyad] - {party}, key=_number)
    now, last = record.years[client, year], _sponsors(record, client, year - 1)
    dead, before = killed.get((dyad, year), nan), killed.get((dyad, year - 1), nan)
    return {
        "actor": _number(party), "oppo": _number(others[0]) if others else None, "dyad": dyad,
        "sid": sponsor, "year": year, "start": start, "age": year - start,
        "logage": log1p(year - start),
        "exit": int(sponsor not in _sponsors(record, client, year + 1)),
        "nspons": len(now.sponsors), "lognsp": log(len(now.sponsors)),
        "left_last": int(bool(last - now.sponsors)),
        "ncommit": log(len(record.commitments[sponsor, year])), **now.kinds, "both": now.both,
        "opp_nspons": sum(len(_sponsors(record, (other, dyad), year)) for other in others),
        "logbd": dead, "bdtrend": dead - before,
    }  # fmt: skip


def _sponsors(record: _Record, client: Client, year: int) -> set[str]:
    found = record.years.get((client, year))
    return found.sponsors if found is not None else set()


def _killed(deaths: Raw) -> dict[tuple[int, int], float]:
    """Log of 1 + battle deaths, by dyad and year."""
    dyads, years = deaths.whole("dyad_id"), deaths.whole("year")
    return {
        (int(dyad), int(year)): log1p(dead)
        for dyad, year, dead in zip(dyads, years, deaths["bd_best"], strict=True)
        if isfinite(dead) and dead >= 0
    }


def _number(party: str) -> int:
    """The id of a party; of several parties on one side, that of the first."""
    found = re.match(r"\d{1,15}", party)
    if found is None:
        raise DataError(f"actor_id {party!r} should be a UCDP id, a whole number")
    return int(found[0])
