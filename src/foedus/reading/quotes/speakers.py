"""Whose a quotation in marks is: by the verb beside it, or carried over from the one before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.aside import Frame
from foedus.reading.quotes.clause import clause_first
from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.people import People
from foedus.reading.quotes.phrases import possessor
from foedus.reading.quotes.verbs import VERBS
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import PRONOUN
from foedus.reading.text import Span

REACH = 30
"""Words between a quotation and the verb that tells whose it is, at most."""
ANSWERS = wordset("""
    reply answer response message verdict comment warning assessment words view reaction retort
    refrain slogan conclusion judgement judgment
""")
DASHES = frozenset("—–-―")


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it, and by which verb that is known."""

    name: str
    at: Span | None = None
    verb: Span | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A view with the attributions found in it."""

    view: View
    frames: Sequence[Frame]
    at: Sequence[int]
    """Places of their verbs."""
    places: Mapping[int, int]
    """Quotation → place of its blank."""

    @staticmethod
    def of(view: View, frames: Sequence[Frame]) -> Seen:
        """A view and its attributions, in order."""
        places = {number: place for place, number in view.blanks.items()}
        return Seen(view, frames, [frame.at for frame in frames], places)

    def near(self, first: int, last: int) -> Sequence[Frame]:
        """The attributions whose verb stands between two words, both included."""
        return self.frames[bisect_left(self.at, first) : bisect_right(self.at, last)]


def beside(first: Seen | None, last: Seen | None, quote: int, people: People) -> Said | None:
    """The speaker named in the sentence in which a quotation begins or ends.

    In this order: a verb right before it, a verb right behind it, another verb of the sentence,
    a colon, a name behind a dash, a name whose gesture follows.
    """
    start = _place(first, quote)
    end = _place(last, quote)
    ahead = _before(first, start)
    after = _after(last, end)
    if after and (ahead is None or not _exact(ahead, start) or _used(first, ahead)):
        return _said(after)
    if ahead:
        return _said(ahead)
    return (
        _colon(first, start, people)
        or _dash(last, end, people)
        or _gesture(last, end, people)
        or (answer(last, end + 1, people) if end >= 0 else None)
    )


def _place(seen: Seen | None, quote: int) -> int:
    if seen is None:
        return -1
    return seen.places.get(quote, -1)


def _said(frame: Frame) -> Said:
    return Said(frame.who.name, frame.who.span, frame.verb)


def _exact(frame: Frame, place: int) -> bool:
    return frame.link in ("quote", "colon") and place - frame.last <= 2


def _used(seen: Seen | None, frame: Frame) -> bool:
    """Whether a verb before this quotation stands right behind another: `“A,” X said. “B,” …`."""
    if seen is None:
        return False
    return any(seen.view.is_blank(frame.first - gap) for gap in (1, 2))


def _before(seen: Seen | None, place: int) -> Frame | None:
    if seen is None or place < 0:
        return None
    found = [frame for frame in seen.near(place - REACH, place - 1) if not frame.aside]
    exact = [frame for frame in found if _exact(frame, place)]
    if exact:
        return exact[-1]
    return found[-1] if found else None


def _after(seen: Seen | None, place: int) -> Frame | None:
    if seen is None or place < 0:
        return None
    low = seen.view.low
    for frame in seen.near(place + 1, place + REACH):
        gap = low[place + 1 : frame.first]
        if frame.first > place and len(gap) <= 2 and all(w in DASHES or w in ",—" for w in gap):
            return frame
    return None


def _colon(seen: Seen | None, place: int, people: People) -> Said | None:
    """`Lavrov was blunt: “…”`."""
    if seen is None or place < 2 or seen.view.low[place - 1] not in {":", ","}:
        return None
    view = seen.view
    begin = max(0, place - 40)
    if view.low[place - 1] == ",":
        return None
    who, _ = clause_first(view, place - 1, people)
    who = who or people.first(view, begin, place - 1)
    return Said(who.name, who.span) if who else None


def _dash(seen: Seen | None, place: int, people: People) -> Said | None:
    """`“…” — Sergei Lavrov`."""
    if seen is None or place < 0 or place + 2 > len(seen.view.low) - 1:
        return None
    view = seen.view
    if view.low[place + 1] not in DASHES or len(view.low) - place > 12:
        return None
    who = people.named(view, place + 2, len(view.low) - 1)
    return Said(who.name, who.span) if who and who.sure else None


def _gesture(seen: Seen | None, place: int, people: People) -> Said | None:
    """`“…,” Lavrov shrugged`: somebody named right behind it, then any verb."""
    if seen is None or place < 0:
        return None
    view, first = seen.view, place + 1
    if view.low[first : first + 1] == [","]:
        first += 1
    end = first
    while end < len(view.low) and end - first < 8 and not view.low[end].endswith(("ed", "s")):
        end += 1
    if end == first or end >= len(view.low) or not view.words[end].islower():
        return None
    named = view.words[first][0].isupper() or view.low[first] in PRONOUN
    who: Who | None = people.named(view, first, end - 1) if named else None
    return Said(who.name, who.span) if who and who.person else None


def answer(seen: Seen | None, place: int, people: People) -> Said | None:
    """`“…” was Merkel’s reply`, `is how he described it`, `That was the message from Cairo`."""
    if seen is None:
        return None
    view, low = seen.view, seen.view.low
    near = range(place, min(place + 10, len(low)))
    be = next((at for at in near if low[at] in {"was", "is", "were", "came"}), None)
    noun = next((at for at in near if low[at] in ANSWERS and be is not None and at > be), None)
    if be is not None and low[be + 1 : be + 2] == ["how"]:
        end = next((at for at in range(be + 2, min(be + 9, len(low))) if low[at] in VERBS), -1)
        who = people.named(view, be + 2, end - 1) if end > be + 2 else None
        return Said(who.name, who.span) if who else None
    if be is None or noun is None or be - place > 2:
        return None
    if low[noun + 1 : noun + 2] in (["from"], ["of"], ["by"]):
        who = people.named(view, noun + 2, min(noun + 6, len(low) - 1))
    else:
        who = possessor(view, be + 1, noun - 1, people) if noun > be + 1 else None
    return Said(who.name, who.span) if who and who.sure else None


def next_sentence(seen: Seen | None) -> Said | None:
    """`“Is it over?” Lavrov asked.`: a new sentence by its capital, but only the verb's."""
    if seen is None or not seen.frames:
        return None
    frame = seen.frames[0]
    if frame.first <= 1 and frame.at <= 12 and frame.link in ("", "quote") and frame.says:
        return _said(frame)
    return None
