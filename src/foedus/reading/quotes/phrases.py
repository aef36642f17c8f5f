"""Attributions without a verb of saying: `according to`, `in his view`, `the claim by X that`."""

from __future__ import annotations

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes import subjects
from foedus.reading.quotes.complements import CLAUSE
from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.people import People
from foedus.reading.quotes.verbs import MAKE, NOUNS, REFUSE, VERBS
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import PUNCTUATION
from foedus.reading.text import Span

VIEWS = wordset("view views opinion eyes words estimation judgment judgement assessment telling")
OWN = wordset("his her their its")
Told = tuple[Who, int, int, tuple[int, int] | None, str, int]
"""Holder, first and last word of the attribution, what it covers, the link, place of its verb."""


def phrase_frame(view: View, place: int, people: People) -> Told | None:
    """The attribution that starts or has its noun at a word, if it is one."""
    word = view.low[place]
    if word == "according":
        return _according(view, place, people)
    if word == "in":
        return _in_view(view, place, people)
    if word in NOUNS:
        return _noun(view, place, people)
    if word in {"made", "makes", "make"}:
        return _made_clear(view, place, people)
    return None


def _according(view: View, place: int, people: People) -> Told | None:
    if view.low[place + 1 : place + 2] != ["to"]:
        return None
    last = _phrase_end(view, place + 2)
    who = people.named(view, place + 2, last)
    if who is None:
        return None
    return who, place, last, _around(view, place, last), "view", place


def _in_view(view: View, place: int, people: People) -> Told | None:
    """`in his view`, `in Moscow’s view`, `in the words of X`."""
    low = view.low
    for noun in range(place + 2, min(place + 7, len(low))):
        if low[noun] in PUNCTUATION or low[noun] == ",":
            return None
        if low[noun] not in VIEWS:
            continue
        if low[noun + 1 : noun + 2] == ["of"] and noun == place + 2:
            last = _phrase_end(view, noun + 2)
            who = people.named(view, noun + 2, last)
        elif low[place + 1] in OWN or _possessive(view, noun - 1):
            last, who = noun, possessor(view, place + 1, noun - 1, people)
        else:
            return None
        return (who, place, last, _around(view, place, last), "view", place) if who else None
    return None


def _noun(view: View, place: int, people: People) -> Told | None:
    """`X’s claim that …`, `the claim by X that …`, `X rejected the claim that …`."""
    low = view.low
    that = next((at for at in range(place + 1, min(place + 9, len(low))) if low[at] == "that"), -1)
    if that < 0 or that + 2 >= len(low) or any(w in PUNCTUATION for w in low[place + 1 : that]):
        return None
    content = (that + 1, _clause_end(view, that + 1))
    owner = place - 1
    while owner > 0 and low[owner - 1] not in PUNCTUATION and not _possessive(view, owner):
        if place - owner > 4:
            break
        owner -= 1
    if that > place + 1 and low[place + 1] in {"by", "from", "of"}:
        who = people.named(view, place + 2, that - 1)
        return (who, place, that, content, "noun", place) if who and who.sure else None
    states = that == place + 2 and low[place + 1] in {"is", "was", "remains"}
    if that != place + 1 and not states:
        return None
    if place and (low[place - 1] in OWN or _possessive(view, owner)):
        first = place - 1 if low[place - 1] in OWN else max(0, owner - 3)
        who = possessor(view, first, place - 1 if low[place - 1] in OWN else owner, people)
        return (who, place - 1, that, content, "noun", place) if who else None
    for at in range(place - 1, max(-1, place - 5), -1):
        if low[at] in MAKE or low[at] in REFUSE:
            form = VERBS["said"]
            found = subjects.before(view, at, form, people, None)
            if found is None or found.negated or not found.who.sure:
                return None
            return found.who, found.first, that, content, "noun", at
    return None


def _made_clear(view: View, place: int, people: People) -> Told | None:
    """`X made it clear that`, `X made clear that`."""
    low = view.low
    clear = place + 2 if low[place + 1 : place + 2] == ["it"] else place + 1
    if low[clear : clear + 2] not in (["clear", "that"], ["plain", "that"], ["known", "that"]):
        return None
    found = subjects.before(view, place, VERBS["said"], people, None)
    if found is None or found.negated or not found.who.sure or clear + 3 >= len(low):
        return None
    content = (clear + 2, _clause_end(view, clear + 2))
    return found.who, found.first, clear + 1, content, "that", clear


def _possessive(view: View, place: int) -> bool:
    if place < 0:
        return False
    word = view.low[place]
    return word.endswith(("'s", "’s")) or (word in {"'", "’"} and view.low[place - 1].endswith("s"))


def possessor(view: View, first: int, last: int, people: People) -> Who | None:
    """Whose it is: the actor named there, or whom `his` stands for."""
    found = people.within(view.starts[first], view.ends[last])
    for mention in reversed(found):
        if mention.actor or mention.by != "pronoun":
            return people.of(mention)
    if view.low[last] in OWN:
        return people.memory.last(Span(view.starts[last], view.ends[last]))
    while first < last and view.words[first].islower():
        first += 1
    who = people.named(view, first, last)
    return who if who and who.sure else None


def _phrase_end(view: View, first: int) -> int:
    """The last word of a noun phrase that a comma, a stop or a verb ends."""
    low, last = view.low, first
    while last < len(low) and last - first < 14:
        word = low[last]
        if word in PUNCTUATION or word == "," or word in {"who", "which", "that", "and", "as"}:
            break
        last += 1
    return max(last - 1, first)


def _around(view: View, first: int, last: int) -> tuple[int, int] | None:
    """What an adverbial attribution covers: the rest of its sentence, behind it or before it."""
    low = view.low
    end = min(len(low), last + CLAUSE) - 1
    while end > last and not view.is_blank(end) and not low[end][-1].isalnum():
        end -= 1
    begin = first
    while first - begin < CLAUSE and begin > 0 and low[begin - 1] not in {";", ":"}:
        begin -= 1
    stop = first - 1
    while stop >= begin and not view.is_blank(stop) and not low[stop][-1].isalnum():
        stop -= 1
    ahead = low[last + 1 : last + 2] == [","] and end > last + 2
    if stop - begin < 2:
        return (last + 2 if ahead else last + 1, end) if end > last + 1 else None
    if ahead:
        return begin, end
    return begin, stop


def _clause_end(view: View, first: int) -> int:
    low, last = view.low, first
    while last < min(len(low), first + CLAUSE) and low[last] != ";":
        if low[last] == "," and low[last + 1 : last + 2] in (["while"], ["whereas"], ["though"]):
            break
        last += 1
    last -= 1
    while last > first and not view.is_blank(last) and not low[last][-1].isalnum():
        last -= 1
    return last
