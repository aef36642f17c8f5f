"""Actor or place: whether a state or a capital acts, or is where something happens."""

from __future__ import annotations

from foedus.reading.mentions.found import Found
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.shapes import LANDSCAPE
from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.tokens import Tokens

_IN = listed("in")
_SIDES = listed("sides")
_SPOTS = listed("spots")
_MOTION = listed("motion")
_TALK = listed("talk")
_OF = listed("of")
_TAKEN = listed("taken")
_SCENE = LANDSCAPE | listed("scene")
_LAND = LANDSCAPE | _SPOTS - listed("land more") | listed("land")
_OF_LAND = listed("of land")
"""What a land has, not a government."""
_KINDS = listed("kinds")
_MATTERS = listed("matters")
"""After a state, such a word tells that a matter is named after it: the Syria crisis."""
_ENTERED = listed("entered")
_TOPICS = listed("topics")
_CLAUSE = listed("clause")
_ACTS = listed("acts")
_AMERICAN = listed("american")
_SEATS = {"brussels": ("European", "Union")}
_LISTS = (",", "and", "or", "to", "&")


def placed(cut: Tokens, names: Names, out: list[Found]) -> None:
    """Say of each state and capital of a sentence whether it is an actor or a place."""
    for number, found in enumerate(out):
        if found.form == "adjective":
            if _of_land(cut, found):
                found.role = "place"
            continue
        if found.by == "pronoun" or found.form not in ("name", "capital"):
            continue
        before = out[number - 1] if number else None
        if found.actor == "georgia" and _american(cut, out[max(0, number - 3) : number + 4], found):
            found.role, found.type, found.actor, found.code = "place", "place", None, "USA"
        elif found.form == "name" and found.code in names.governments:
            _country(cut, names, found)
        elif not _is_place(cut, out, found, before):
            _seat(cut, names, found)
        else:
            found.role = "place"
            if found.form == "capital":
                found.type, found.actor = "place", None
                found.name = cut.spelled(found.first, found.last + 1)


def _american(cut: Tokens, around: list[Found], found: Found) -> bool:
    """Is this Georgia the American one: Atlanta, Georgia; the Georgia senator?"""
    near = (
        cut.lower[max(0, found.first - 2) : found.first]
        + cut.lower[found.last + 1 : found.last + 3]
    )
    if any(word in _AMERICAN for word in near):
        return True
    beside = (f for f in around if f.form == "place" and f.code == "USA")
    return any(min(abs(f.last - found.first), abs(f.first - found.last)) <= 3 for f in beside)


def _seat(cut: Tokens, names: Names, found: Found) -> None:
    """A city that acts stands for the union that sits there rather than for its own state."""
    union = _SEATS.get(cut.lower[found.first])
    if union is None or found.form != "capital" or found.by == "alias":
        return
    hit = names.at([word.lower() for word in union], list(union), 0)
    if hit is not None:
        found.actor, found.name, found.code = hit[1].actor, hit[1].name, hit[1].code
        found.type = hit[1].type


def _of_land(cut: Tokens, found: Found) -> bool:
    """An adjective of land: the Iraqi city, along the Turkish border."""
    after = found.last + 1
    if after >= len(cut) or cut.tied[found.last]:
        return False
    if cut.lower[after] in _SIDES or cut.lower[after].endswith("-held"):
        after += 1
    return after < len(cut) and cut.lower[after] in _LAND


def _country(cut: Tokens, names: Names, found: Found) -> None:
    """A state whose government is another actor of the case: the land, unless it acts itself."""
    at, after = found.first - 1, cut.lower[found.last + 1] if found.last + 1 < len(cut) else ""
    first = at < 0 or cut.lower[at] in _CLAUSE or not cut.words[at][0].isalpha()
    acts = after in _ACTS or (after.endswith("ed") and len(after) > 4)
    if first and acts and not cut.owns[found.last]:
        own = names.governments[found.code or ""]
        found.actor, found.name = own.actor, own.name
    else:
        found.role = "place"


def _is_place(cut: Tokens, out: list[Found], found: Found, before: Found | None) -> bool:
    lower, at = cut.lower, found.first - 1
    if at >= 0 and lower[at] in ("the", "both"):
        at -= 1
    after = lower[found.last + 1] if found.last + 1 < len(cut) else ""
    if cut.tied[found.last]:
        beyond = lower[found.last + 2] if found.last + 2 < len(cut) else ""
        return after in ("based", "born", "area", "wide", "border") or beyond in (
            "border",
            "borders",
        )
    if at >= 0 and lower[at] in _SIDES:
        return True
    if not cut.owns[found.last] and after in (_SCENE if found.form == "capital" else _MATTERS):
        return True
    if found.form == "name" and cut.owns[found.last] and after in _OF_LAND:
        return True
    if at >= 0 and found.form == "name" and lower[at] in _KINDS:
        return True
    if after in LANDSCAPE and cut.words[found.last + 1][0].isupper() and not cut.owns[found.last]:
        return True
    if _dateline(cut, out, found, after) or _chained(cut, found, before, after):
        return True
    if at < 0:
        return False
    return _after_preposition(cut, found, at)


def _chained(cut: Tokens, found: Found, before: Found | None, after: str) -> bool:
    """Is it one more place of a list: in Iraq and Syria; from Homs to Damascus; Jabla, Syria?"""
    if before is None or before.role != "place" or before.last >= found.first:
        return False
    between = [w for w in cut.lower[before.last + 1 : found.first] if w not in ("the", "both")]
    if between == [","]:
        fronted = before.first <= 2 and cut.lower[0] in _IN
        if before.code is not None and before.code == found.code and not fronted:
            return True
        if _verbal(cut, found, after):
            return False
        if before.code in (None, found.code):
            return True
        return not fronted and after in (",", "and", "or")
    return 0 < len(between) <= 2 and after not in _ACTS and all(w in _LISTS for w in between)


def _verbal(cut: Tokens, found: Found, after: str) -> bool:
    """Whether the word after a name looks like the verb whose subject it is."""
    if cut.owns[found.last] or not after.isalpha() or not cut.words[found.last + 1].islower():
        return False
    inflected = after.endswith(("s", "ed")) and not after.endswith(("ss", "us"))
    return after in _ACTS or after in _ENTERED or (inflected and len(after) > 3)


def _dateline(cut: Tokens, out: list[Found], found: Found, after: str) -> bool:
    """MOSCOW (Reuters); Damascus, Syria: at the head of a report."""
    if found.first > 0 or found.form != "capital":
        return False
    if after == ",":
        return any(e.first == found.last + 2 and e.code == found.code for e in out[1:2])
    return cut.words[0].isupper() and after in ("(", "—", "-", "–")


def _after_preposition(cut: Tokens, found: Found, at: int) -> bool:
    lower, word = cut.lower, cut.lower[at]
    earlier = lower[max(0, at - 4) : at]
    city = found.form == "capital"
    if word in _IN:
        after = lower[found.last + 1] if found.last + 1 < len(cut) else ""
        return not cut.owns[found.last] or after in _LAND | _OF_LAND | _SCENE
    if word == "of":
        noun = lower[at - 1] if at else ""
        if noun in _SPOTS or (not city and noun in _OF_LAND):
            return True
        return city and noun not in _OF
    if word in ("to", "from", "toward", "towards"):
        if any(w in _TALK for w in earlier):
            return False
        return city or any(w in _MOTION for w in earlier)
    if word in ("on", "about", "regarding", "for") and any(w in _TOPICS for w in earlier):
        return True
    if word == "for":
        return city and any(w in _MOTION for w in earlier)
    if word in _ENTERED and not cut.owns[found.last]:
        return True
    return city and word in _TAKEN and not cut.owns[found.last]
