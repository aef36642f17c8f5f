"""Pronouns and pairs: whom `he`, `its` or `both countries` stand for, if that can be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from foedus.reading.mentions.found import Found
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.tables import listed
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import COUNTRIES

_PERSON = listed("person")
_THING = listed("thing")
_MANY = listed("many")
_VERBS = listed("verbs")
_EMPTY = listed("empty")
_GOVERNING = listed("governing")
_PAUSE = listed("pause")
_INSIDE = listed("scanning placed")

FEW = 32
"""Finds of a sentence that are looked through: no sentence of a person has more."""


def referred(cut: Tokens, memory: Memory, out: list[Found], low: str, at: int) -> Found | None:
    """Whom a pronoun at a word stands for: the first that fits, in this sentence or one before."""
    fits = _fit(low)
    if fits is None:
        return None
    here = [f for f in out[:FEW] if not (low in _THING and _governed(cut, f))]
    for said in (here, *(earlier for earlier, _ in reversed(memory.recent))):
        for found in said[:FEW]:
            if fits(found):
                return found
            if found.inner is not None and fits(found.inner):
                return found.inner
    return None


def _governed(cut: Tokens, found: Found) -> bool:
    """Whether a name of this sentence stands in it as a place: `in Russia`."""
    at = found.first - 1
    if at >= 0 and cut.lower[at] == "the":
        at -= 1
    return at >= 0 and cut.lower[at] in _INSIDE and not cut.owns[found.last]


def _fit(low: str) -> Callable[[Found], bool] | None:
    if low in _PERSON:
        return _is_person
    if low in _THING:
        return _is_body
    return _is_many if low in _MANY else None


def _is_person(found: Found) -> bool:
    return found.type == "person" and (found.actor is not None or found.form == "person")


def _is_body(found: Found) -> bool:
    if found.role != "actor" or found.type in ("person", "place") or found.plural:
        return False
    return found.form in ("name", "capital", "institution", "organisation", "movement") or (
        found.form == "group" and not found.plural
    )


def _is_many(found: Found) -> bool:
    return found.plural and found.role == "actor" and found.form != "pronoun"


def pronoun(cut: Tokens, memory: Memory, out: list[Found], at: int) -> int:
    """A pronoun at a word: the word after it, or the same word if it is told of nobody."""
    low = cut.lower[at]
    if low == "us" and cut.words[at] != "us":
        return at
    if low in ("they", "them") and (pair := _recent_pair(memory, out)) is not None:
        for each in pair:
            out.append(replace(each, first=at, last=at, form="pronoun", by="pronoun", plural=False))
        return at + 1
    there = referred(cut, memory, out, low, at)
    if low in _THING:
        after = cut.lower[at + 1] if at + 1 < len(cut) else "."
        governed = at > 0 and cut.lower[at - 1] in _GOVERNING
        told = after in _VERBS or (after.endswith(("s", "ed")) and after not in _EMPTY)
        subject = told and not governed
        if there is None or not subject:
            return at
    name = cut.words[at] if there is None else there.name
    found = Found(at, at, None, name, "person", None, "pronoun", "pronoun")
    if low in ("we", "us", "they", "them"):
        found.type, found.plural = "movement", True
    if there is not None:
        found.actor, found.type, found.code = there.actor, there.type, there.code
    out.append(found)
    return at + 1


def _recent_pair(memory: Memory, out: list[Found]) -> tuple[Found, Found] | None:
    """Two that were joined in the sentence before, with no group named since or beside them."""
    if any(_is_many(found) for found in out[:FEW]) or not memory.recent:
        return None
    if any(_is_many(found) for found in memory.recent[-1][0][:FEW]):
        return None
    there = memory.pairs.get("state")
    if there is None or memory.count - there[0] > 1:
        return None
    return there[1], there[2]


def both(cut: Tokens, memory: Memory, out: list[Found], at: int) -> int:
    """`Both countries`, `the two leaders`, `the two`: the pair named before, a find for each."""
    after = at + 1
    if after >= len(cut):
        return at
    low = cut.lower[after]
    known = low in COUNTRIES
    kind = "person" if low in ("leaders", "presidents", "ministers", "men") else "state"
    if not known and kind == "state":
        article = at > 0 and cut.lower[at - 1] in ("the", "these", "those")
        if low not in _PAUSE or (cut.lower[at] == "two" and not article):
            return at
    pair = memory.pair(kind)
    if pair is None:
        return at
    last = after if known or kind == "person" else at
    for each in pair:
        out.append(replace(each, first=at, last=last, form="pronoun", by="pronoun", plural=False))
    return last + 1
