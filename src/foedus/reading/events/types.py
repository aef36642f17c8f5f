"""PLOVER's types of event: the sixteen of today, older names for them, classes and signs.

Types and classes: Halterman, Schrodt, Beger, Bagozzi and Scarborough (2023), PLOVER and POLECAT;
the older names are those of the manual's drafts of 2016 to 2021.
"""

from __future__ import annotations

from foedus.reading.events.tables import listed

TYPES: tuple[str, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""Root types, from verbal cooperation to material conflict."""
OLDER: dict[str, str] = {
    "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
    "CRIME": "ASSAULT", "YIELD": "CONCEDE", "ENGAGE": "COOPERATE", "MOBILISE": "MOBILIZE",
}  # fmt: skip
"""Names of the drafts, and today's.

An event of INVESTIGATE keeps the mode `investigate`, one of DISAPPROVE `disapprove`. COERCE's
mode `destroy` is ASSAULT's today. CRIME held killings and abductions without a political end, and
is ASSAULT; YIELD split into CONCEDE (words) and RETREAT (deeds), and is CONCEDE unless its mode is
one of deeds; ENGAGE was material cooperation.
"""
DEEDS = listed("deeds")
"""Modes of RETREAT, which tell it from CONCEDE in records of YIELD."""
CLASSES: dict[str, tuple[str, ...]] = {
    "verbal cooperation": TYPES[:4],
    "material cooperation": TYPES[4:7],
    "verbal conflict": TYPES[7:11],
    "material conflict": TYPES[11:],
}
SIGNS: dict[str, int] = {
    **dict.fromkeys(TYPES[:7], 1), **dict.fromkeys(TYPES[8:], -1), "REQUEST": 0,
}  # fmt: skip
"""+1 for cooperation and -1 for conflict, by PLOVER's classes.

But a request tells neither: allies urge each other too; and who withdraws from a fight has fought,
so RETREAT counts for how two now act, not for what they are to each other.
"""
MODES_OLDER: dict[str, str] = {
    "investigate": "investigate", "confiscate": "seize", "detain": "arrest",
    "assassinate": "targeted", "demo-spon": "demo", "demo-org": "demo", "riot-spon": "riot",
    "riot-org": "riot", "strike-gen": "strike", "strike-sec": "strike", "small-arms": "firearms",
}  # fmt: skip
"""Modes of the drafts, and today's."""


def root(name: str, mode: str | None = None) -> str:
    """Today's root type of a name in PLOVER, of today or of the drafts.

    Raises ``ValueError`` naming the types for anything else.
    """
    upper = name.strip().upper()
    if upper == "COERCE" and (mode or "").strip().lower() == "destroy":
        return "ASSAULT"
    if upper == "YIELD" and (mode or "").strip().lower() in DEEDS:
        return "RETREAT"
    known = OLDER.get(upper, upper)
    if known not in TYPES:
        raise ValueError(f"{name!r} is no PLOVER event type; they are {', '.join(TYPES)}")
    return known


def mode_today(name: str, mode: str | None) -> str | None:
    """Today's mode of an event of a type that may be an older one."""
    found = (mode or "").strip().lower()
    if not found:
        return {"INVESTIGATE": "investigate", "DISAPPROVE": "disapprove"}.get(name.strip().upper())
    return MODES_OLDER.get(found, found)
