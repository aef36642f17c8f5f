"""Small made files of the same form as the public ones, and what is true of them.

The support data: a government (1) fights rebels (2) in dyad 10 in 1975-1980, and others (6) in
dyad 11 in 1976. The alliances: 100 (states 2 and 20) is violated in 1904, 200 (240, 255, 300) ends
in 1817 when a member is no more, 300 (200 and 220) is in force at the end.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

SUPPORT_COLUMNS = (
    "year", "conflict_id", "dyad_id", "civil", "actor_id", "actor_nonstate", "ext_id", "ext_name",
    "ext_nonstate", "ext_bothsides", "ext_sup", "ext_x", "ext_p", "ext_y", "ext_w", "ext_m",
    "ext_t", "ext_f", "ext_i", "ext_l",
)  # fmt: skip

Triad = tuple[int, int, int, int, str, bool, str, int]
"""Year, dyad, client, whether it is a rebel, supporter (or nobody), state, kinds, both sides."""

TRIADS: tuple[Triad, ...] = (
    (1975, 10, 1, 0, "3", True, "w", 0),
    (1975, 10, 2, 1, "", True, "", 0),
    (1976, 10, 1, 0, "3", True, "w", 0),
    (1976, 10, 1, 0, "4", True, "f", 1),
    (1976, 10, 1, 0, "900", False, "i", 0),
    (1976, 10, 2, 1, "4", True, "xl", 1),
    (1976, 11, 1, 0, "3", True, "t", 0),
    (1976, 11, 6, 1, "", True, "", 0),
    (1977, 10, 1, 0, "3", True, "m", 0),
    (1977, 10, 2, 1, "4", True, "y", 0),
    (1978, 10, 1, 0, "", True, "", 0),
    (1978, 10, 2, 1, "4", True, "w", 0),
    (1979, 10, 1, 0, "3", True, "w", 0),
    (1979, 10, 2, 1, "4", True, "w", 0),
    (1980, 10, 1, 0, "", True, "", 0),
    (1980, 10, 2, 1, "", True, "", 0),
)
NAMES = {"3": "Government of Elsewhere", "4": "Government of Côte", "900": "Free Fighters", "": ""}

DEATHS = "conflict_id,dyad_id,year,bd_best,bd_low\n5,10,1976,99,50\n5,10,1977,199,60\n"
ALLIANCES = (
    "atopid,cowid,begyr,begmo,endyr,term,bilat,wartime,length,defense,offense,neutral,nonagg,"
    "consul,asymm,specthrt,noothall,organ1,base\n"
    "100,,1900,1,1904,2,1,0,10,1,0,0,1,0,0,2,0,1,0\n"
    "200,7,1815,6,1817,3,0,1,0,0,1,0,0,0,1,0,1,0,3\n"
    "300,.,1903,2,0,0,1,0,0,0,0,1,0,1,0,0,0,0,0\n"
)
MEMBERS = (
    "atopid,member,yrent,yrexit,phase\n100,2,1900,1904,1\n100,20,1900,1904,1\n100,20,1902,1904,2\n"
    "200,240,1815,1817,1\n200,255,1815,1817,1\n200,300,1815,1817,1\n"
    "300,200,1903,0,1\n300,220,1903,0,1\n"
)
CAPABILITIES = (
    "stateabb,ccode,year,milex,cinc,version\n"
    "USA,2,1900,1,.2,2021\nCAN,20,1900,1,.1,2021\nUSA,2,1903,1,.3,2021\nCAN,20,1903,1,.1,2021\n"
    "UKG,200,1903,1,-9,2021\nFRN,220,1903,1,.05,2021\n"
)
DISPUTES = (
    "dispnum,stabb,ccode,stday,stmon,styear,sidea\r\n"
    "1,USA,2,-9,1,1901,1\r\n1,CAN,20,-9,1,1901,0\r\n"
    "2,USA,2,-9,1,1903,1\r\n2,CAN,20,-9,1,1903,1\r\n2,UKG,200,-9,1,1903,0\r\n"
)
WARS = (
    "WarNum,WarName,ccode,StateName,StartYear1,EndYear1,StartYear2,EndYear2\r"
    "1,First,220,France,1902,1903,-8,-8\r1,First,900,Australia,1902,1902,1903,1903\r"
)


def support_csv(triads: tuple[Triad, ...] = TRIADS) -> str:
    """The support data as a csv file would hold them."""
    lines = [",".join(SUPPORT_COLUMNS)]
    for triad in triads:
        cells = support_row(triad)
        lines.append(",".join(str(cells[name]) for name in SUPPORT_COLUMNS))
    return "\n".join(lines) + "\n"


def support_row(triad: Triad) -> dict[str, Any]:
    """A triad as a row; what there is not without support stays blank."""
    year, dyad, client, rebel, sponsor, state, kinds, both = triad
    helped = bool(sponsor)
    return {
        "year": year, "conflict_id": 5, "dyad_id": dyad, "civil": 1, "actor_id": client,
        "actor_nonstate": rebel, "ext_id": sponsor, "ext_name": NAMES[sponsor],
        "ext_nonstate": int(not state) if helped else "",
        "ext_bothsides": both if helped else "", "ext_sup": int(helped),
        **{f"ext_{letter}": int(letter in kinds) for letter in "xpywmtfil"},
    }  # fmt: skip


def support_dta() -> bytes:
    """The support data as the Stata file that is published."""
    import pandas as pd

    frame = pd.DataFrame([support_row(triad) for triad in TRIADS])
    for name in ("ext_nonstate", "ext_bothsides"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    out = BytesIO()
    frame.to_stata(out, write_index=False, version=118)
    return out.getvalue()


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def raw_files() -> dict[str, bytes]:
    """Every raw file that the panels need, under the name of its own address."""
    return {
        "atop_5.1__.csv_.zip": zipped({
            "ATOP 5.1 (.csv)/atop5_1a.csv": ALLIANCES, "ATOP 5.1 (.csv)/atop5_1m.csv": MEMBERS,
            "ATOP 5.1 (.csv)/atop5_1dy.csv": "dyad,year\n", "__MACOSX/._atop5_1a.csv": b"\0\0",
        }),
        "NMC_Documentation-6.0.zip": zipped({
            "NMC-60-abridged.zip": zipped({"NMC-60-abridged.csv": CAPABILITIES}),
            "NMC_Codebook.pdf": b"%PDF",
        }),
        "MID-5-Data-and-Supporting-Materials.zip": zipped({
            "MIDA 5.0.csv": "dispnum\n1\n", "MIDB 5.0.csv": DISPUTES,
        }),
        "Inter-StateWarData_v4.0.csv": WARS.encode("cp1252"),
        "ucdp-brd-dyadic-261-csv.zip": zipped({"BattleDeaths_v26_1.csv": "\ufeff" + DEATHS}),
        "ucdp-esd-ty-181.zip": zipped({
            "ucdp-esd-ty-181.dta": support_dta(), "ucdp-esd-ay-181.dta": b"other",
        }),
    }  # fmt: skip


def written(folder: Path) -> Path:
    """All raw files in a folder, which is returned."""
    for name, content in raw_files().items():
        (folder / name).write_bytes(content)
    return folder
