"""Who a sentence names: the only ones a model may say anything about there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.claims.chains import Chains
from foedus.reading.model import Item, Mention, Quote

if TYPE_CHECKING:
    from foedus.case import Case


OURS = re.compile(r"\b(?:[Ww]e|us|[Oo]urs?|I|me|[Mm]y)\b")
"""Words by which whoever speaks is named."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, and where he stands."""

    start: int
    end: int
    who: str
    """An actor's id, or the name as it stands in the text."""
    name: str
    code: str | None = None
    speaks: bool = False
    """Only as the speaker of what stands there: he holds it, he does not act in it."""


class People:
    """Everybody a text names, with the places; whom the case knows besides."""

    def __init__(
        self, items: Iterable[Item], case: Case | None, ours: Iterable[Named] = ()
    ) -> None:
        """`ours` are those who say `we` and `I`: see `speaking`."""
        found = [named for item in items for named in _named(item)]
        self._found = sorted((*found, *ours), key=lambda named: (named.start, named.end))
        self._starts = [named.start for named in self._found]
        self._longest = max((named.end - named.start for named in self._found), default=0)
        self._case = {id_: actor.name for id_, actor in case.actors.items()} if case else {}
        self._known = {named.who for named in self._found} | set(self._case)
        self._codes = {named.who: named.code for named in self._found if named.code}

    def within(self, start: int, end: int) -> Iterator[Named]:
        """Whoever is named, or speaks, in a span."""
        first = bisect_left(self._starts, start - self._longest)
        for named in self._found[first : bisect_right(self._starts, end - 1)]:
            if named.end > start:
                yield named

    def vocabulary(self, start: int, end: int) -> dict[str, str]:
        """The ids that may be used of a span, with names, in the order of the text."""
        out: dict[str, str] = {}
        for named in self.within(start, end):
            out.setdefault(named.who, self._case.get(named.who, named.name))
        return out

    def known(self, who: str) -> bool:
        """Whether the case or any part of the text knows somebody."""
        return who in self._known

    def code(self, who: str) -> str:
        """Three letters, or nothing."""
        return self._codes.get(who) or ""


def speaking(text: str, items: Iterable[Item], chains: Chains) -> Iterator[Named]:
    """Who stands behind each `we` and `I`: who is quoted there, else whose text it is."""
    said = [
        i for i in items if isinstance(i, Quote) and i.speaker and i.form in ("direct", "mixed")
    ]
    said.sort(key=lambda quote: quote.start)
    starts, longest = [q.start for q in said], max((q.end - q.start for q in said), default=0)
    for found in OURS.finditer(text):
        at = found.start()
        around = said[bisect_left(starts, at - longest) : bisect_right(starts, at)]
        inner = [quote.speaker for quote in around if quote.end > at]
        holders = chains.at(at) or ()
        who = inner[-1] if inner else (holders[-1] if holders else None)
        if who:
            yield Named(at, found.end(), who, who)


def _named(item: Item) -> Iterator[Named]:
    if isinstance(item, Mention):
        told = item.name if item.role == "actor" and item.by != "pronoun" else None
        who = item.actor or told
        if who:
            yield Named(item.start, item.end, who, item.name, item.code)
    elif isinstance(item, Quote) and item.speaker and item.form not in ("scare", "title"):
        yield Named(item.start, item.end, item.speaker, item.speaker, speaks=True)
        if item.speaker_at is not None:
            at = item.speaker_at
            yield Named(at.start, at.end, item.speaker, item.speaker, speaks=True)
