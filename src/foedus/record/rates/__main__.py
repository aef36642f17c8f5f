"""`python -m foedus.record.rates SPONSORS ALLIANCES OUT`: write the lens's tables anew."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from typing import Any

from foedus.case.atomic import write_atomically
from foedus.record.panels import read
from foedus.record.rates.counting import as_table

SPONSORS = {
    "tie": "sponsor-year: a state supports a side in a civil war",
    "cite": (
        "UCDP External Support Dataset 18.1 (Meier, Karlén, Pettersson & Croicu 2022), counted by"
        " foedus"
    ),
    "note": (
        "An end: the fighting goes on into the next year, the support does not. Age counts from"
        " 1975 where support began earlier."
    ),
}
ALLIANCES = {
    "tie": "alliance-year: a treaty is in force",
    "cite": "ATOP 4.01 (Leeds, Ritter, Mitchell & Long 2002), counted by foedus",
    "note": "An end: the treaty is fulfilled, violated or replaced that year.",
}


def made(sponsors: str, alliances: str) -> dict[str, Any]:
    """Every table: those counted from panels, and those that others published."""
    text = files("foedus.record.rates").joinpath("published.json").read_text("utf-8")
    out = {
        "sponsors": as_table(read(sponsors, "sponsor-exit"), {"any": "exit"}, SPONSORS),
        "alliances": as_table(
            read(alliances, "alliance-end"), {"any": "any", "violation": "viol"}, ALLIANCES
        ),
    }
    for name, table in json.loads(text).items():
        taken = {
            key: out[table[key]][key]
            for key in ("frailty", "design_effect")
            if isinstance(table[key], str)
        }
        out[name] = table | taken
    return out


def main(arguments: list[str]) -> None:
    """Read two panels and write the tables."""
    sponsors, alliances, out = arguments
    told = json.dumps(made(sponsors, alliances), ensure_ascii=False, indent=1)
    write_atomically(out, told + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
