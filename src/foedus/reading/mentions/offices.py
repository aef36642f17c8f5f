"""Titles without a name: the Russian president, the secretary, an analyst."""

from __future__ import annotations

from foedus.reading.mentions.found import NATIONAL, Found
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    NOT_NAMES,
    SPEAKS_FOR_STATE,
)

_BEARERS = NATIONAL | {"organisation", "movement", "group"}
_ONE = listed("one")
_AFTER = listed("after")
_VAGUE = listed("vague")
"""Offices that are other words as well when they stand alone."""
_RARE = listed("rare")
_COMMANDS = frozenset({"commander", "chief", "head", "leader", "director", "chair"})


def bearer_of(cut: Tokens, out: list[Found], at: int) -> Found | None:
    """The state or organisation said right before a title: Russian, the Pentagon's."""
    if cut.words[at][0].isupper() and out and out[-1].last in (at - 2, at - 3, at - 4):
        between = range(out[-1].last + 1, at)
        if all(cut.words[w][0].isupper() and cut.lower[w] not in NOT_NAMES for w in between):
            return out[-1] if out[-1].form in ("organisation", "institution", "name") else None
    if not out or out[-1].last != at - 1 or out[-1].form not in (*_BEARERS, "face"):
        return None
    return out[-1]


def office(
    cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int, end: int, head: str
) -> int:
    """The word after a title without a name; the word it begins with if nobody is meant."""
    bearer = bearer_of(cut, out, at)
    if bearer is not None:
        out[-1] = _borne(cut, names, memory, bearer, end, head)
        return end
    word = cut.lower[at - 1] if at else ""
    person = memory.office(cut.lower[at:end], head)
    if word == "the" and person is not None and not _of_somebody(cut, end):
        found = Found(
            at, end - 1, person.actor, person.name, "person", person.code, "role", "pronoun"
        )
    elif _meant(cut, word, at, end, head):
        name = cut.spelled(at, end)
        found = Found(at, end - 1, None, name, "person", None, "role", "shape")
    else:
        return at
    found.head = head
    out.append(found)
    return end


def _borne(cut: Tokens, names: Names, memory: Memory, bearer: Found, end: int, head: str) -> Found:
    """The Russian president: whoever was called so before, or the state he acts for."""
    actor = None
    before = memory.office(cut.lower[bearer.last + 1 : end], head)
    if before is not None and before.code == bearer.code is not None:
        actor = before.actor
    elif head in SPEAKS_FOR_STATE and bearer.form in NATIONAL and bearer.actor is not None:
        actor = governing(names, bearer)
    elif head in SPEAKS_FOR_STATE and bearer.form in ("organisation", "movement", "group"):
        actor = bearer.actor
    name = cut.spelled(bearer.first, end)
    return Found(
        bearer.first, end - 1, actor, name, "person", bearer.code, "role", bearer.by, head=head
    )


def _meant(cut: Tokens, word: str, at: int, end: int, head: str) -> bool:
    """Does a title alone mean a person: the president, an analyst; not a general view?"""
    after = cut.lower[end] if end < len(cut) else "."
    if cut.owns[end - 1]:
        after = "of"
    vague = head in _VAGUE and end == at + 1
    if word == "the":
        return not vague or _of_somebody(cut, end) or (after in _AFTER and head not in _RARE)
    if word == ",":
        return (not vague and (after == "of" or cut.words[at][0].isupper())) or (
            vague and after == "of" and head in _COMMANDS
        )
    return word in _ONE and (not vague or after in _AFTER)


def _of_somebody(cut: Tokens, end: int) -> bool:
    return end + 1 < len(cut) and cut.lower[end] == "of" and cut.words[end + 1][0].isupper()


def governing(names: Names, found: Found) -> str | None:
    """Who acts for the state that is named: itself, or a government that the case knows."""
    own = names.governments.get(found.code or "")
    return found.actor if own is None else own.actor
