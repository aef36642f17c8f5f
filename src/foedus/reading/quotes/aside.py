"""Attributions that stand behind or inside what they cover: `…, Lavrov said`, `As he put it, …`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.clause import RELATIVE
from foedus.reading.quotes.complements import CLAUSE
from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.verbs import Verb
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import PREPOSITION, PUNCTUATION, TIME
from foedus.reading.text import Span

NEVER_ASIDE = wordset("""
    continue appeal protest accept agree respond publish request order object verify establish put
    read rule demand plead counter signal
""")


@dataclass(frozen=True, slots=True)
class Frame:
    """An attribution: its holder, its verb, and where what it covers stands in the view."""

    who: Who
    verb: Span
    at: int
    """Place of the verb."""
    first: int
    last: int
    """First and last word of the attribution itself."""
    content: tuple[int, int] | None = None
    """First and last word of what is told; None if it is a quotation, or nothing."""
    link: str = ""
    """What joins them: that, zero, wh, to, as, quote, colon, noun, view; "" for nothing."""
    says: bool = True
    calls: bool = False
    aside: bool = False
    """It stands behind or inside what it covers: `…, Lavrov said`."""
    past: bool = True
    relative: bool = False


def aside(view: View, frame: Frame, form: Verb) -> Frame:
    """`…, Lavrov said.` and `…, said Lavrov, …`: what it covers stands before it."""
    low, comma = view.low, frame.first - 1
    if comma >= 0 and low[comma] == "as":
        comma -= 1
        if comma < 0:
            return _ahead(view, frame)
    if comma < 1 or low[comma] not in {",", "—", "–"} or view.is_blank(comma - 1):
        return frame
    said = (form.free or form.says) and form.lemma not in NEVER_ASIDE
    if not said or form.participle or not _ended(view, frame.last):
        return frame
    first = comma
    while comma - first < CLAUSE and first > 0 and low[first - 1] not in {";", ":"}:
        if view.is_blank(first - 1):
            break
        first -= 1
    after = frame.last + 1
    if low[after : after + 1] == [","] and len(low) - after > 3 and low[after + 1] not in RELATIVE:
        last = min(len(low), after + CLAUSE) - 1
        while last > after and not low[last][-1].isalnum():
            last -= 1
        return replace(frame, content=(first, last), link="zero", aside=True)
    if comma - first < 3:
        return frame
    return replace(frame, content=(first, comma - 1), link="zero", aside=True)


def _ahead(view: View, frame: Frame) -> Frame:
    """`As Kerry put it, …`."""
    for comma in range(frame.at, min(frame.at + 8, len(view.low) - 2)):
        if view.low[comma] == ",":
            last = min(len(view.low), comma + CLAUSE) - 1
            while last > comma and not view.low[last][-1].isalnum():
                last -= 1
            return replace(frame, content=(comma + 1, last), link="zero", last=comma)
    return frame


def _ended(view: View, verb: int) -> bool:
    """Whether a verb has no object: a stop, a comma, or when and where it was said comes next."""
    if verb + 1 >= len(view.low):
        return True
    word = view.low[verb + 1]
    if word in PUNCTUATION or word == ",":
        return True
    return word != "to" and (word in PREPOSITION or word in TIME)
