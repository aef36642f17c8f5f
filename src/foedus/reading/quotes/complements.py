"""What a verb of attribution covers: the clause behind it, or the quotation."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.verbs import Verb
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import (
    BREAK,
    DETERMINER,
    FINITE,
    PREPOSITION,
    PRONOUN,
    ROLES,
    SELF,
    TIME,
)

LOOK = 24
"""Words between a verb and the clause it covers, at most."""
CLAUSE = 200
"""Words of a clause that are covered, at most."""
TOLD = wordset("tell warn remind assure reassure inform notify ask urge advise instruct promise")
ASKING = wordset("whether how why what when where who")
ASIDE = {"—": "—", "–": "–", "--": "--", "(": ")"}
STOPS = wordset("; . ! ? )")
PRESENT = wordset("has have is are continues remains does")


@dataclass(frozen=True, slots=True)
class Complement:
    """How what is told joins the verb, and where it stands."""

    link: str = ""
    first: int | None = None
    last: int = -1


def complement(view: View, verb: int, form: Verb) -> Complement:
    """What stands behind a verb as its object clause or quotation; an empty one if nothing does."""
    low, size = view.low, len(view.low)
    place, limit = verb + 1, min(size, verb + 1 + LOOK)
    while place < limit:
        word = low[place]
        if view.is_blank(place):
            return Complement("quote", None, place)
        if word == "that" and _clause(view, verb, place, form):
            return _with_end(view, "that", place + 1, form)
        if word in {"that", "who", "which", "whose"}:
            break
        if word in ASKING and (form.lemma in TOLD or _adverbs(low[verb + 1 : place])):
            return _with_end(view, "wh", place, form)
        if word in BREAK and word != "as":
            break
        if word == ":" and not form.says:
            break
        if word == ":" and not form.participle:
            quoted = view.is_blank(place + 1)
            return (
                Complement("colon", None, place)
                if quoted
                else _with_end(view, "zero", place + 1, form)
                if place + 2 < size and form.says
                else Complement("colon", None, place)
            )
        if word in ASIDE:
            place = _closing(view, place, limit)
            if place < 0:
                break
        elif word in STOPS:
            break
        elif word == "as" and form.calls and place > verb + 1:
            return _with_end(view, "as", verb + 1, form)
        elif word == "," and not _goes_on(view, place, limit):
            break
        elif word in FINITE and place > verb + 1 and form.free and not form.participle:
            return _zero(view, verb, place, form)
        place += 1
    if low[verb + 1 : verb + 2] == ["to"] and form.lemma == "claim":
        return _with_end(view, "to", verb + 2, form)
    if form.blames and {"of", "for"} & set(low[verb + 1 : limit]):
        return _with_end(view, "as", verb + 1, form)
    if form.free and form.says and verb + 2 < size and _bare_clause(view, verb):
        return _zero(view, verb, verb + 2, form)
    return Complement()


def _clause(view: View, verb: int, that: int, form: Verb) -> bool:
    """Whether `that` opens the object clause: not a relative one behind an object of the verb."""
    low = view.low
    if that + 2 >= len(low) or low[that + 1] in {".", ";"}:
        return False
    if that == verb + 1 or form.lemma in TOLD:
        return True
    first = low[verb + 1]
    if first in {"on", "about", "of", "for", "with", "as", "like"} and not _timed(view, verb + 2):
        return low[that - 1] in {",", "—", "–"}
    adverbial = first in PREPOSITION or first in TIME or first in ASIDE or first == ","
    asided = low[that - 1] in {",", "—", "–", "--", ")"}
    return asided or adverbial or first.endswith("ly") or first in {"again", "today", "only"}


def _timed(view: View, place: int) -> bool:
    words = view.low[place : place + 3]
    return any(word in TIME or word[0].isdigit() or word == "behalf" for word in words)


def _closing(view: View, place: int, limit: int) -> int:
    sign = ASIDE[view.low[place]]
    for at in range(place + 1, min(len(view.low), limit + LOOK)):
        if view.low[at] == sign:
            return at
    return -1


def _goes_on(view: View, comma: int, limit: int) -> bool:
    """Past a comma to `that` or a quotation: `said on Friday, in a speech, that`."""
    finite = False
    for at in range(comma + 1, limit):
        if view.low[at] == "that":
            return view.low[at - 1] in {",", "—", "–", ")"} or at == comma + 1
        if view.is_blank(at):
            return at == comma + 1 or (not finite and view.low[at - 1] in {",", ":", "that"})
        if view.low[at] in STOPS:
            return False
        finite = finite or view.low[at] in FINITE
    return False


def _adverbs(words: list[str]) -> bool:
    return all(word.endswith("ly") or word in {"aloud", "out", "loud", "again"} for word in words)


def _zero(view: View, verb: int, finite: int, form: Verb) -> Complement:
    """A clause without `that`; the one who is told stays outside."""
    first = verb + 1
    if form.lemma in TOLD:
        while first < finite - 1 and not _opens(view, first + 1):
            first += 1
        first += 1
    if view.low[first] in PREPOSITION or first >= finite:
        return Complement()
    return _with_end(view, "zero", first, form)


def _opens(view: View, place: int) -> bool:
    word = view.low[place]
    return word in DETERMINER or word in PRONOUN or word in SELF or view.words[place][0].isupper()


def _bare_clause(view: View, verb: int) -> bool:
    """`says Moscow wants`, `said it left`: a subject, then a verb by its ending."""
    low, words = view.low, view.words
    for place in range(verb + 2, min(verb + 7, len(low))):
        word = low[place]
        if word in PREPOSITION or word in {",", "and", "to"}:
            return False
        ending = word.endswith("ed") or (word.endswith("s") and not word.endswith("ss"))
        subject = low[place - 1] in PRONOUN | SELF or words[place - 1][0].isupper()
        subject |= place > verb + 2 and _noun_phrase(view, verb, place)
        if words[place].islower() and subject and (ending or low[place - 1] in PRONOUN):
            return _opens(view, verb + 1)
    return False


def _noun_phrase(view: View, verb: int, place: int) -> bool:
    """Whether words between a verb and another, `both sides`, are the second one's subject."""
    low = view.low
    if verb == 0 or view.is_blank(verb - 1) or low[verb - 1] == "," or low[place] in ROLES:
        return False
    plural = low[place - 1].endswith("s")
    return low[verb + 1] in DETERMINER and (low[place].endswith("ed") or not plural)


def _with_end(view: View, link: str, first: int, form: Verb) -> Complement:
    if first < len(view.low) and view.low[first] == ",":
        first += 1
    last = _last(view, first, form, link)
    return Complement(link, first, last) if last >= first else Complement()


def _last(view: View, first: int, form: Verb, link: str) -> int:
    """The last word of a clause: where the sentence, or the narrator's own clause, goes on."""
    low, size = view.low, min(len(view.low), first + CLAUSE)
    place, dash = first, False
    while place < size:
        word = low[place]
        if word == ";" or (word == ")" and "(" not in low[first:place][-LOOK:]):
            break
        if word in {"—", "–"}:
            dash = not dash
        if word == "," and _turns(view, place, form, link):
            break
        if link == "as" and word in {"and", "but"} and _own_verb(view, place + 1):
            break
        place += 1
    last = place - 1
    while last >= first and not view.is_blank(last) and not low[last][-1].isalnum():
        last -= 1
    return last


def _turns(view: View, comma: int, form: Verb, link: str) -> bool:
    following = view.low[comma + 1 : comma + 6]
    if link == "as":
        return True
    if len(following) < 3 or view.low[comma - 1] == "that":
        return False
    if following[0] in {"while", "whereas", "although", "though"}:
        return True
    if following[0] not in {"and", "but", "yet"} or "that" in following:
        return False
    return form.past and bool(PRESENT & set(following[1:]))


def _own_verb(view: View, place: int) -> bool:
    words = view.low[place : place + 2]
    return any(
        word in FINITE or (word.endswith(("s", "ed")) and not word.endswith("ss")) for word in words
    )
