"""What an item of evidence is about, in the few terms that decide what of a case it bears on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from foedus.reading.model import Blame, Commitment, Event, Item, Stake, Thesis
from foedus.reading.proposing.facet_words import (
    BEATEN,
    BENDING,
    BREAKING,
    FRIENDLY,
    LEAVING,
    LOW,
    STRAIN,
    TALKS,
    UNION,
    WORRY,
)
from foedus.reading.proposing.folk import Folk
from foedus.reading.proposing.units import Unit
from foedus.reading.statements.content import stem, stems
from foedus.reading.statements.words import NEGATION
from foedus.reading.text import WORD

TITLE = re.compile(r"\b(?:President|King|Prince|Premier|Minister|General)\s+(?=[A-Z])")
LEFT_OVER = re.compile(r"\bleft (?:of|over|behind)\b|\bis left\b")


@dataclass(frozen=True, slots=True)
class Facets:
    """Who, towards whom, about what, and whether it holds the pact together or strains it."""

    kind: str
    who: tuple[str, ...]
    """Members and opponents that speak, want or act, outermost wholes."""
    whom: tuple[str, ...]
    """Members and opponents it is said of, wanted from or done to."""
    stems: frozenset[str]
    low: bool
    """What is said is little, or is denied."""
    tone: int
    """1 if it speaks for the pact's holding, -1 against, 0 if it does not say."""
    beaten: tuple[str, ...]
    """The member or opponent named next to a word of loss."""
    persons: tuple[str, ...]
    """People of a member that is not the one who speaks or acts."""


Places = tuple[tuple[int, str], ...]
"""The actors of members and opponents named in a stretch: offset in it, and who."""
GUESSED = ("event", "claim", "challenge", "premise", "proviso", "thesis")
"""Kinds of stretches whose actors are whoever is named in them."""


def facets(unit: Unit, whole: str, core: str, places: Places, folk: Folk) -> Facets:
    """Read them off the items of a stretch, its words, what it is about, and whom it names."""
    who, whom = _sides(unit, folk)
    kind = _kind(unit)
    low = _low(core if kind == "aim" else whole)
    here = _here(core if kind == "aim" else whole)
    places = tuple(p for p in places if _counts(p[1], folk))
    people = [one for _, one in places if folk.person(one)]
    places = tuple((at, folk.top(one)) for at, one in places)
    named = tuple(dict.fromkeys(top for _, top in places))
    whom = whom or tuple(one for one in named if one not in who)
    if not who and kind in GUESSED:
        who = tuple(one for one in named if folk.member(one)) or named
    small = not here.isdisjoint(LOW) or any(w in NEGATION for w in low) or _far_from(low)
    tone = _tone(unit, kind, here, small, who, whom, folk)
    persons = tuple(
        dict.fromkeys(p for p in people if folk.member(p) and folk.top(p) not in who[:1])
    )
    return Facets(kind, who, whom, here, small, tone, _beaten(whole, places), persons)


def _far_from(low: tuple[str, ...]) -> bool:
    return any(pair == ("far", "from") for pair in pairwise(low))


def _low(text: str) -> tuple[str, ...]:
    return tuple(w.lower().replace("’", "'") for w in WORD.findall(text))


def _here(text: str) -> frozenset[str]:
    """The stems of a passage, its denials among them; titles before names say nothing."""
    low = _low(TITLE.sub("", text))
    found = stems(low) | {stem(w) for w in low if w in NEGATION}
    leaving = any(w.startswith("leav") for w in low) or LEFT_OVER.search(text) is None
    return found if leaving else found - {stem("leave")}


def _beaten(text: str, places: Places) -> tuple[str, ...]:
    """Who is named closest behind, else before, the first word of loss."""
    for match in WORD.finditer(text):
        if stem(match.group().lower()) in BEATEN:
            near = [
                (abs(at - match.start()) + (40 if at < match.start() else 0), one)
                for at, one in places
            ]
            return (min(near)[1],) if near else ()
    return ()


def _kind(unit: Unit) -> str:
    item: Item = unit.items[0]
    if isinstance(item, Commitment | Stake):
        return item.type
    if isinstance(item, Event):
        return "event"
    return unit.kind


def _sides(unit: Unit, folk: Folk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    who: list[str] = []
    whom: list[str] = []
    for item in unit.items:
        if isinstance(item, Commitment | Blame):
            who += item.by
        if isinstance(item, Blame):
            whom += item.at
        if isinstance(item, Stake):
            who.append(item.actor)
        if isinstance(item, Event) and item is unit.items[0]:
            who += item.source
            whom += item.target
    return _wholes(who, folk), _wholes(whom, folk)


def _wholes(names: list[str], folk: Folk) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folk.top(name) for name in names if _counts(name, folk)))


def _counts(name: str, folk: Folk) -> bool:
    return folk.member(name) or folk.opponent(name)


def _tone(
    unit: Unit,
    kind: str,
    here: frozenset[str],
    low: bool,
    who: tuple[str, ...],
    whom: tuple[str, ...],
    folk: Folk,
) -> int:
    item = unit.items[0]
    if kind in ("blame", "challenge"):
        return -1
    if kind in ("red line", "pledge"):
        return -1 if not here.isdisjoint(LEAVING) and not low else 1
    if kind == "stake":
        return -1 if low or not here.isdisjoint(WORRY) else 1
    if kind == "aim":
        return -1 if not here.isdisjoint(TALKS | BENDING | LEAVING) else 1
    if isinstance(item, Thesis):
        against = not here.isdisjoint(LEAVING | BREAKING)
        return 1 if against == low else -1
    if isinstance(item, Event):
        return _event_tone(item, who, whom, folk)
    strained, joined = len(here & STRAIN), len(here & UNION)
    if low and joined and not strained:
        return -1
    return (joined > strained) - (joined < strained)


def _event_tone(event: Event, who: tuple[str, ...], whom: tuple[str, ...], folk: Folk) -> int:
    if event.polarity == "denied" or event.modality not in ("actual", "ongoing", "habitual"):
        return 0
    ours = any(folk.member(one) for one in who)
    theirs = any(folk.member(one) for one in whom)
    if ours and theirs:
        return 1 if event.type in FRIENDLY else -1
    if event.type == "ASSAULT":
        return 1 if ours else -1 if theirs else 0
    return 0
