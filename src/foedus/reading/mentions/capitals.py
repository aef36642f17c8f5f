"""What begins with a capital and is in no list: bodies, people, places, short forms."""

from __future__ import annotations

from foedus.reading.mentions.bodies import body
from foedus.reading.mentions.entry import Entry
from foedus.reading.mentions.found import Found
from foedus.reading.mentions.hits import shortened
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.persons import shaped
from foedus.reading.mentions.shapes import LANDSCAPE, organisation_end, person_end
from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    ACRONYMS_OF_THINGS,
    FACES,
    GROUPS,
    OWN,
    SHIPS,
    TITLE_WORDS,
)

_PLACED = listed("scanning placed")


def capitalised(
    cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int, size: int,
    entry: Entry | None,
) -> int:  # fmt: skip
    """What begins with a capital: an organisation, somebody named before, a person, a place."""
    low, word = cut.lower[at], cut.words[at]
    if (entry is None or entry.form != "person") and low not in SHIPS:
        tied = cut.tied[at] or (at > 0 and cut.tied[at - 1])
        run = None if tied and entry is not None else organisation_end(cut, at)
        if (
            run is not None
            and run[0] > at + size
            and not (run[1] == at and low in OWN and run[0] == at + 1)
        ):
            found = body(cut, names, out, at, *run)
            memory.groups[found.head] = found
            out.append(found)
            return shortened(cut, names, memory, out, run[0])
    if entry is None or entry.by != "alias":
        there = memory.known(word, low)
        if (
            there is not None
            and size <= 1
            and (entry is None or (entry.form in ("person", "place") and not _located(cut, at)))
        ):
            out.append(
                Found(at, at, there.actor, there.name, there.type, there.code, there.form,
                      there.by, plural=there.plural)
            )  # fmt: skip
            return at + 1
    if entry is None or (size == 1 and entry.form in ("name", "capital", "place")):
        end = shaped(cut, names, memory, at, entry)
        if end > at + size:
            found = Found(
                at, end - 1, None, cut.spelled(at, end), "person", None, "person", "shape"
            )
            memory.introduce(found, cut, at, end - 1)
            out.append(found)
            return end
    if entry is None:
        return _acronym(cut, out, at) or _somewhere(cut, out, at)
    return at


def _acronym(cut: Tokens, out: list[Found], at: int) -> int:
    """The word after a short form that nothing explains, taken for a body: 0 if it is none."""
    word = cut.words[at]
    if not (3 <= len(word) <= 6 and word.isalpha() and word.isupper()):
        return 0
    after = cut.words[at + 1] if at + 1 < len(cut) else ""
    before = cut.words[at - 1] if at else ""
    if word in ACRONYMS_OF_THINGS or after == ":" or before[:1].isdigit() or after[:1].isdigit():
        return 0
    shouted = (len(before) > 1 and before.isupper(), len(after) > 1 and after.isupper())
    if any(shouted) and not (cut.tied[at] or (at and cut.tied[at - 1])):
        return 0
    end = at + 1
    while end < len(cut) and cut.tied[end - 1] and cut.words[end].isupper():
        end += 1
    out.append(Found(at, end - 1, None, cut.spelled(at, end), "organisation", None,
                     "organisation", "shape"))  # fmt: skip
    return end


def _located(cut: Tokens, at: int) -> bool:
    return at > 0 and cut.lower[at - 1] in ("in", "at", "near", "from", "to", "of")


def _somewhere(cut: Tokens, out: list[Found], at: int) -> int:
    """A capitalised name that nobody knows, where a place is said: in Jabla, the Orontes River."""
    if cut.lower[at] in GROUPS or cut.lower[at] in TITLE_WORDS or cut.lower[at] in FACES:
        return at
    end = person_end(cut, at)
    if end <= at or (end == at + 1 and len(cut.words[at]) < 3):
        return at
    if end < len(cut) and cut.lower[end] in LANDSCAPE and not cut.owns[end - 1]:
        end += 1
    elif not (at and cut.lower[at - 1] in _PLACED) or cut.words[at].isupper():
        return at
    out.append(Found(at, end - 1, None, cut.spelled(at, end), "place", None, "place", "shape",
                     role="place"))  # fmt: skip
    return end
