"""Groups: Iranian forces, Western diplomats, its ally, the regime; and bodies of a state."""

from __future__ import annotations

from dataclasses import replace

from foedus.reading.mentions.found import NATIONAL, Found
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.offices import governing
from foedus.reading.mentions.referring import FEW, referred
from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    ALONE,
    BETWEEN,
    BODIES,
    DEFINITE,
    ORGANISED,
    OTHERS,
    OWN,
    PAIRED,
    POSSESSIVES,
    SINGLE,
)

_REACH = 4
_OF_MOVEMENT = listed("of movement")
"""Groups that act for the organisation before them: ISIL fighters."""
_RULE = listed("rule")
_ALLY = listed("ally")
_NOT_LED = listed("not led")
"""Tied to a name by a hyphen, it says that the group is another's: Western-backed rebels."""
_PREFIXES = listed("prefixes")
_LOCAL = listed("local")
_ONES = listed("ones")
_GO_ON = listed("go on")
_ARTICLES = listed("articles")


def grouped(cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int) -> int:
    """A group whose word stands at a place: the word after it, or the same word if it is none."""
    low = cut.lower[at]
    place = at - 1
    while place >= max(0, at - _REACH) and cut.lower[place] in BETWEEN:
        if out and out[-1].last >= place:
            break
        place -= 1
    bracketed = place == at - 1 and place > 0 and cut.words[place] == ")"
    if bracketed and out and out[-1].last == place - 1 and low in _OF_MOVEMENT | OWN:
        found = _national(cut, names, out[-1], at)
        found.first, found.name = at, cut.spelled(at, at + 1)
        out.append(found)
        return at + 1
    before = out[-1] if out and out[-1].last == place else None
    if before is not None and _prefixed(cut, before):
        out[-1] = _group(cut, before.first - 1, at, low)
        return at + 1
    after = cut.lower[at + 1] if at + 1 < len(cut) else "."
    adjective = after[0].isalpha() and after not in _GO_ON
    if low == "national" and adjective:
        return at
    if before is not None and _binds(cut, before):
        out.pop()
        out.append(_national(cut, names, before, at))
        memory.groups[low] = out[-1]
        return at + 1
    if place >= 0 and (cut.lower[place + 1] in ("and", ",") or cut.tied[place]):
        place = at - 1
    if place >= 0 and cut.lower[place] in POSSESSIVES:
        return _owned(cut, names, memory, out, place, at)
    article = cut.lower[place] if place >= 0 else ""
    there = memory.groups.get(low)
    if article in _ARTICLES and low in BODIES and there is None:
        return at
    if article in _ARTICLES and (low in DEFINITE or low in BODIES):
        if low in ("military", "command", "army") and adjective:
            return at
        found = _group(cut, at, at, low)
        if there is not None:
            found.actor, found.name, found.code = there.actor, there.name, there.code
            found.by = "pronoun"
        out.append(found)
        return at + 1
    if low in SINGLE and article in _ONES:
        found = _group(cut, place + 1, at, low)
        found.type, found.form = "person", "role"
        out.append(found)
        return at + 1
    paired = at > 0 and cut.lower[at - 1] in PAIRED and low in OWN | OTHERS
    if low in ALONE or paired:
        found = _group(cut, place + 1, at, low)
        out.append(found)
        memory.groups.setdefault(low, found)
        return at + 1
    return at


def _prefixed(cut: Tokens, before: Found) -> bool:
    """Is it pro-Iranian or anti-Assad rather than Iranian or Assad's?"""
    at = before.first - 1
    return at >= 0 and cut.tied[at] and cut.lower[at] in _PREFIXES


def _binds(cut: Tokens, before: Found) -> bool:
    """May a group belong to what is said right before it?"""
    if cut.tied[before.last] and cut.lower[before.last + 1] in _NOT_LED:
        return False
    if before.form in ("adjective", "face") or cut.owns[before.last]:
        return True
    if before.form == "capital":
        lead = cut.lower[before.first - 1] if before.first else "the"
        return lead == "the" and cut.lower[before.last + 1] in OWN
    if before.form == "place":
        return cut.lower[before.last + 1] in _LOCAL
    return before.form in (
        "name",
        "institution",
        "organisation",
        "movement",
        "group",
        "person",
    ) and (before.by != "pronoun" and before.role == "actor")


def _national(cut: Tokens, names: Names, before: Found, at: int) -> Found:
    low = cut.lower[at]
    found = _group(cut, before.first, at, low)
    found.code, found.by = before.code, before.by
    if low in SINGLE and low not in OWN:
        found.type, found.form = "person", "role"
    if before.form in NATIONAL:
        if low in OWN and before.actor is not None:
            found.actor = governing(names, before)
    elif before.form == "person":
        if low in OWN or low in _RULE:
            found.actor = names.side(before.actor, before.code)
    elif before.form == "group" and before.head not in _OF_MOVEMENT:
        found.actor = before.actor if low in _OF_MOVEMENT else None
    elif low in _OF_MOVEMENT or low in OWN:
        found.actor = before.actor
    return found


def _group(cut: Tokens, first: int, at: int, low: str) -> Found:
    kind = "organisation" if low in ORGANISED else "movement"
    plural = low.endswith("s") or low in ("people", "police", "personnel", "men", "women", "troops")
    return Found(
        first, at, None, cut.spelled(first, at + 1), kind, None, "group", "shape", head=low,
        plural=plural,
    )  # fmt: skip


def _owned(cut: Tokens, names: Names, memory: Memory, out: list[Found], place: int, at: int) -> int:
    """Its ally, his regime, their forces: of whom the pronoun stands for."""
    low = cut.lower[at]
    if low not in ALONE and low not in OWN and low not in DEFINITE and low not in _ALLY:
        return at
    owner = referred(cut, memory, out, cut.lower[place], place)
    found = _group(cut, place, at, low)
    found.by = "pronoun"
    if owner is not None and low in _ALLY:
        allies = _allies(names, memory, out, owner)[: None if found.plural else 1]
        for ally in allies:
            found.actor, found.name, found.code = ally.actor, ally.name, ally.code
            found.type = ally.type
            if ally is not allies[-1]:
                out.append(replace(found))
    elif owner is not None and (low in OWN or low in _RULE):
        found.actor = owner.actor
        if owner.type == "person":
            found.actor = names.side(owner.actor, owner.code)
        elif owner.form in NATIONAL:
            found.actor = governing(names, owner)
        found.code = owner.code
    out.append(found)
    return at + 1


def _allies(names: Names, memory: Memory, out: list[Found], owner: Found) -> list[Found]:
    """The other members of the case's pact, or those who act for them, named last first."""
    own = names.sides.get(owner.actor or "", owner.actor)
    found: dict[str, Found] = {}
    if own in names.members:
        for said in (out, *(earlier for earlier, _ in reversed(memory.recent))):
            for each in reversed(said[-FEW:]):
                side = names.sides.get(each.actor or "")
                if side in names.members and side != own and side is not None:
                    found.setdefault(side, each)
    return list(found.values())
