"""A few words in quotation marks: whose they are, or nobody's."""

from __future__ import annotations

from bisect import bisect_left

from foedus.reading.quotes.aside import Frame
from foedus.reading.quotes.complements import CLAUSE
from foedus.reading.quotes.marks import Pair
from foedus.reading.quotes.people import People
from foedus.reading.quotes.speakers import Said, Seen
from foedus.reading.quotes.words import PUNCTUATION

NEAR = 25
"""Words between a verb of saying or naming and words that it quotes."""
FEW = 3
"""Up to so many words without an attribution are a term held at arm's length."""


def attributed(seen: Seen, pair: Pair, people: People) -> Said | None:
    """Who says the words of an inline quotation, by the attributions of its sentence.

    The innermost attribution whose clause holds them; else the verb of saying or naming right
    before them; else a verb right behind them.
    """
    place = bisect_left(seen.view.starts, pair.start)
    if place >= len(seen.view.starts):
        return None
    around = seen.near(place - CLAUSE, place + CLAUSE)
    over = [frame for frame in around if _covers(frame, place)]
    ahead = [f for f in seen.near(place - NEAR, place - 1) if _reaches(seen, f, place)]
    best = min(over, key=_width, default=None)
    if ahead and (best is None or _covers(best, ahead[-1].at)):
        best = ahead[-1]
    if best is None:
        best = next((f for f in around if f.first > place and _follows(seen, f)), None)
    return Said(best.who.name, best.who.span, best.verb) if best else None


def _follows(seen: Seen, frame: Frame) -> bool:
    """`“…”, as its leaders call it`, `…, Lavrov said`."""
    named = frame.calls and seen.view.low[frame.first - 1 : frame.first] == ["as"]
    return frame.aside or named


def _width(frame: Frame) -> int:
    first, last = frame.content or (0, 0)
    return last - first


def _covers(frame: Frame, place: int) -> bool:
    return frame.content is not None and frame.content[0] <= place <= frame.content[1]


def _reaches(seen: Seen, frame: Frame, place: int) -> bool:
    """Whether a verb without a clause of its own has the words as its object."""
    if frame.content is not None or place - frame.at > NEAR:
        return False
    between = seen.view.low[frame.at + 1 : place]
    stops = [w for w in between if w in PUNCTUATION and w not in {"(", ")", "—", "–"}]
    return not stops and not {"while", "whereas", "although"} & set(between)


def subject(seen: Seen, pair: Pair, people: People) -> Said | None:
    """Whose sentence the words stand in, where no verb of saying does: its first actor before."""
    place = bisect_left(seen.view.starts, pair.start)
    if place == 0 or place >= len(seen.view.starts):
        return None
    who = people.first(seen.view, max(0, place - 30), place - 1)
    return Said(who.name, who.span) if who and who.person else None
