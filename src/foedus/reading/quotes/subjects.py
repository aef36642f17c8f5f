"""The subject of a verb of attribution: before it, behind it, or that of the clause before."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.clause import REACH, RELATIVE, clause_first, phrase
from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.people import People
from foedus.reading.quotes.verbs import Verb
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import (
    AUXILIARY,
    BREAK,
    DETERMINER,
    FINITE,
    NEGATIVE,
    PRONOUN,
    PUNCTUATION,
    TIME,
)  # fmt: skip

RAISING = wordset("continued continues seemed seems appeared appears used had has came began on")
REPORTED = wordset("reported said believed understood alleged thought rumoured known supposed")
BE = wordset("is are was were be been being")
CLOSERS = {"—": "—", "–": "–", "--": "--", ")": "("}
JOIN = wordset("and but or then before after while when without")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says."""

    who: Who
    first: int
    """The first word of subject and verb together."""
    negated: bool = False
    relative: bool = False


def before(
    view: View, verb: int, form: Verb, people: People, earlier: Who | None
) -> Subject | None:
    """The subject that stands before a verb.

    `earlier` is the subject of the last verb of saying in the view: `…, adding that` has the same.
    """
    low, place, negated, passive = view.low, verb - 1, False, False
    while place >= 0 and (low[place] in AUXILIARY or low[place].endswith("ly")):
        negated |= low[place] in NEGATIVE
        passive |= form.past and low[place] in BE
        place -= 1
    if place < 0 or passive:
        return None
    if low[place] == "to":
        told = place > 1 and low[place - 1] in REPORTED and low[place - 2] in BE
        if place == 0 or not (told or low[place - 1] in RAISING):
            return None
        place -= 3 if low[place - 1] == "on" else 2
        while place >= 0 and low[place] in AUXILIARY:
            place -= 1
    if place >= 0 and low[place] in CLOSERS:
        place = _opener(view, place) - 1
    if place < 0:
        return None
    who, first, relative = _ending(view, place, form, people, earlier, verb)
    return Subject(who, first, negated, relative) if who else None


def _ending(
    view: View, place: int, form: Verb, people: People, earlier: Who | None, verb: int
) -> tuple[Who | None, int, bool]:
    low = view.low
    if low[place] in RELATIVE or (low[place] == "that" and place and not view.is_blank(place - 1)):
        place -= 2 if low[place - 1] == "," else 1
        return *phrase(view, place, people), True
    if low[place] == "as" and form.participle:
        return *_quoted(view, place, people), False
    if form.participle and (low[place] in {",", "by", "in", "while"} or low[place] in JOIN):
        if earlier:
            return earlier, place + 1, False
        return clause_first(view, place, people)[0], place + 1, False
    if low[place] == ",":
        return *_before_comma(view, place, people), False
    if low[place] in JOIN:
        if earlier:
            return earlier, place + 1, False
        return clause_first(view, place, people)[0], place + 1, False
    if form.participle and "with" in low[max(0, place - 6) : place]:
        first = max(at for at in range(max(0, place - 6), place) if low[at] == "with") + 1
        return people.named(view, first, place), first, False
    who, first = phrase(view, place, people)
    if who and not who.named and first > 1 and low[first - 1] == ",":
        return *_apposed(view, who, first, people), False
    return who, first, False


def _apposed(view: View, who: Who, first: int, people: People) -> tuple[Who, int]:
    """`Sergei Lavrov, head of the delegation said`: the name before the office."""
    if view.low[first] in DETERMINER or view.low[first] in PRONOUN:
        return who, first
    outer, begin = phrase(view, first - 2, people)
    return (outer, begin) if outer and outer.named else (who, first)


def _opener(view: View, place: int) -> int:
    sign = CLOSERS[view.low[place]]
    for at in range(place - 1, max(-1, place - REACH), -1):
        if view.low[at] == sign:
            return at
    return place


def _before_comma(view: View, comma: int, people: People) -> tuple[Who | None, int]:
    """`X, who advises Y, said` and `the minister, X, said`: past what stands between commas."""
    low = view.low
    opener = None
    for place in range(comma - 1, max(-1, comma - REACH), -1):
        if view.is_blank(place) or low[place] in {";", ":"}:
            break
        if low[place] == ",":
            if low[place + 1] in RELATIVE:
                return phrase(view, place - 1, people)
            opener = place if opener is None else opener
    if opener is None or opener == 0:
        return phrase(view, comma - 1, people)
    inner = people.named(view, opener + 1, comma - 1)
    outer, first = phrase(view, opener - 1, people)
    named = inner is not None and inner.named and _capitals(view, opener + 1, comma - 1)
    if inner and named and outer and not outer.named:
        people.titled(view, first, opener - 1, inner)
        return inner, first
    if outer is None or not outer.sure:
        return (inner, opener + 1) if inner and inner.sure else (outer, first)
    return outer, first


def _quoted(view: View, place: int, people: People) -> tuple[Who | None, int]:
    """`X was quoted as saying`, `Interfax quoted X as saying`."""
    low = view.low
    for at in range(place - 1, max(-1, place - 16), -1):
        if low[at] in {"quoted", "cited", "reported"}:
            if at and low[at - 1] in AUXILIARY:
                while at and low[at - 1] in AUXILIARY:
                    at -= 1
                return phrase(view, at - 1, people)
            return people.named(view, at + 1, place - 1), at + 1
    return None, place


def behind(view: View, verb: int, people: People) -> Subject | None:
    """The subject behind its verb: `said Lavrov`, `added the minister, Sergei Lavrov`."""
    low, first = view.low, verb + 1
    last = first
    while last < len(low) and last - first < 16:
        word = low[last]
        if word in PUNCTUATION or word == "," or word in BREAK or word in FINITE:
            break
        if word in {"on", "during", "after", "told"} or (word in TIME and last > first):
            break
        last += 1
    if last == first:
        return None
    who = people.named(view, first, last - 1)
    if who and not who.named and last + 1 < len(low) and low[last] == ",":
        named = people.named(view, last + 1, _run(view, last + 1))
        if named and named.named and view.words[last + 1][0].isupper():
            people.titled(view, first, last - 1, named)
            who = named
    return Subject(who, verb) if who and who.sure else None


def _capitals(view: View, first: int, last: int) -> bool:
    """Whether words are a name and no more."""
    return last - first < 6 and all(word[0].isupper() for word in view.words[first : last + 1])


def _run(view: View, first: int) -> int:
    last = first
    while last + 1 < len(view.words) and view.words[last + 1][:1].isupper():
        last += 1
    return last
