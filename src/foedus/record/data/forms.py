"""The form of each source's files: which member, which columns; and reading them.

Column names are those of the projects' codebooks, in small letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.record.data.archives import MOST_UNPACKED, member
from foedus.record.data.errors import DataError
from foedus.record.data.raw import Kind, Raw, read_csv, read_dta


@dataclass(frozen=True, slots=True)
class Form:
    """One table of a source: the zip's member it is (the first pattern that fits), its columns."""

    source: str
    members: tuple[str, ...]
    columns: Mapping[str, Kind]


def _numbers(names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), "number")


ALLIANCES = Form(
    "atop",
    ("atop[0-9]_*[0-9]a.csv",),
    _numbers(
        "atopid begyr endyr term bilat wartime length defense offense neutral nonagg consul "
        "asymm specthrt noothall organ1 base"
    ),
)
"""ATOP, an alliance a row. ``term``: 1 fulfilled, 2 violated, 3 a member lost its independence, 4
replaced by a new relationship; ``endyr`` 0: in force at the end of the data."""

MEMBERS = Form("atop", ("atop[0-9]_*[0-9]m.csv",), _numbers("atopid member"))
"""ATOP, a member's phase in an alliance a row; ``member`` is a COW country code."""

CAPABILITIES = Form(
    "cow-nmc",
    ("nmc-60-abridged.csv", "nmc-60-abridged.zip!nmc-60-abridged.csv", "nmc-*-abridged.csv"),
    _numbers("ccode year cinc"),
)
"""COW NMC, a state's year a row; ``cinc`` below 0: not known."""

DISPUTES = Form("cow-mid", ("midb 5.0.csv", "midb*.csv"), _numbers("dispnum ccode styear sidea"))
"""COW MID, a participant in a dispute a row; ``sidea`` 1 or 0."""

WARS = Form("cow-wars", (), _numbers("warnum ccode startyear1 endyear1 startyear2 endyear2"))
"""COW inter-state wars, a participant a row; years below 0: no second spell of fighting."""

DEATHS = Form("ucdp-brd", ("battledeaths*.csv", "*.csv"), _numbers("dyad_id year bd_best"))
"""UCDP battle-related deaths, a conflict dyad's year a row."""

SUPPORT = Form(
    "ucdp-esd",
    ("ucdp-esd-ty-181.dta", "ucdp-esd-ty-*.dta", "ucdp-esd-ty-*.csv"),
    {
        **_numbers("year conflict_id dyad_id civil actor_nonstate ext_sup ext_nonstate"),
        **_numbers("ext_bothsides ext_x ext_y ext_w ext_m ext_t ext_f ext_i ext_l"),
        "actor_id": "text", "ext_id": "text", "ext_name": "text",
    },
)  # fmt: skip
"""UCDP ESD, a supporter of a warring party in a dyad a year a row; without support one row."""


def read(form: Form, path: Path) -> Raw:
    """The table of this form in a source's file; DataError says what is not as it should be."""
    if form.members:
        name, raw = member(path, form.members)
        where = f"{path}: {name}"
    else:
        name, where = path.name, str(path)
        if path.stat().st_size > MOST_UNPACKED:
            raise DataError(f"{path}: has more than {MOST_UNPACKED:,} bytes")
        raw = path.read_bytes()
    reader = read_dta if name.lower().endswith(".dta") else read_csv
    return reader(raw, where, form.columns)
