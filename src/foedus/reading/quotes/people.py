"""Who a noun phrase means: an actor's id, a name, or a nameless group in the text's own words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from foedus.reading.model import Mention
from foedus.reading.quotes.memory import HE, Memory, Who
from foedus.reading.quotes.phrase import bare, calling, capital, head_of, proper
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import (
    DETERMINER,
    DOCUMENT,
    OFFICIAL,
    PREPOSITION,
    PRONOUN,
    ROLES,
    SELF,
    TIME,
)  # fmt: skip
from foedus.reading.text import Span

SHORT = 7
"""Words that a nameless source's name has at most."""
BELONGS = frozenset(("of", "for", "from", "in", "at", "by"))
SOME = frozenset(("one", "two", "some", "many", "most", "several", "few"))
LEADING = DETERMINER | {","}


class People:
    """The mentions of a text, by which its noun phrases mean somebody."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = [m for m in mentions if m.name or m.actor]
        self._starts = [mention.start for mention in self.mentions]
        self.memory = Memory()
        self._ids: dict[str, str] | None = None

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two offsets."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

    def named(self, view: View, first: int, last: int) -> Who | None:
        """Who the words from first to last stand for; None if they can stand for nobody."""
        last = min(last, len(view.low) - 1)
        if (
            view.low[first + 1 : first + 2] == ["of"]
            and view.low[first] in SOME
            and first + 1 < last
        ):
            span = Span(view.starts[first], view.ends[min(last, first + 4)])
            return Who(bare(self.text[span.start : span.end]), span, view.low[first] == "one")
        while first <= last and (view.low[first] in LEADING or not view.words[first][0].isalnum()):
            first += 1
        if first > last or view.is_blank(first):
            return None
        if view.low[first] in SELF and view.words[first] != "US":
            return None
        if view.low[first] in PRONOUN:
            return self._pronoun(view, first)
        stop = head_of(view, first, last)
        if view.low[stop] in SELF and view.words[stop] != "US":
            return None
        return (
            self._both(view, first, stop)
            or self._person(view, first, stop)
            or self._actor(view, first, stop, last)
            or self._described(view, first, stop, last)
        )

    def first(self, view: View, first: int, last: int) -> Who | None:
        """The first actor named between two words, if any."""
        for mention in self.within(view.starts[first], view.ends[last]):
            if mention.role == "actor" and not self._owns(mention):
                return self.of(mention)
        return None

    def known(self, name: str | None) -> str | None:
        """The id of an actor by a name under which the text mentions it; else the name."""
        if name is None:
            return None
        if self._ids is None:
            self._ids = {m.name: m.actor for m in self.mentions if m.actor}
        return self._ids.get(name, name)

    def of(self, mention: Mention) -> Who:
        """Whom a mention means."""
        name = mention.actor or mention.name
        person = mention.type == "person"
        last = self.text[mention.start : mention.end].split(" ")[-1]
        named = person and proper(mention) and capital(last) and last.lower() not in ROLES
        return Who(name, Span(mention.start, mention.end), person, named=named)

    def _owns(self, mention: Mention) -> bool:
        """Whether a mention is a possessor: `Putin’s` in `Putin’s spokesman`."""
        after = self.text[mention.end : mention.end + 2]
        exact = self.text[mention.start : mention.end]
        return after in ("'s", "’s") or (
            exact.endswith("s") and after[:1] in ("'", "’") and after[1:] in ("", " ")
        ) or exact.endswith(("'s", "’s"))  # fmt: skip

    def _pronoun(self, view: View, at: int) -> Who | None:
        word, span = view.low[at], Span(view.starts[at], view.ends[at])
        person = word in HE
        told = self.memory.recalled(word, span) if person else None
        if told:
            return told
        for mention in self.within(span.start, span.end):
            if mention.actor or mention.name.lower() != word:
                return Who(mention.actor or mention.name, span, person)
        return self._nearest(word, span) if person else self.memory.last(span)

    def _nearest(self, pronoun: str, span: Span) -> Who | None:
        place = bisect_left(self._starts, span.start)
        for mention in reversed(self.mentions[max(0, place - 20) : place]):
            name = mention.actor or mention.name
            if mention.type == "person" and self.memory.may_be(pronoun, name):
                return Who(name, span, True)
        return None

    def _both(self, view: View, first: int, stop: int) -> Who | None:
        """`Paris and Berlin`: two who speak together keep their words in the text as name."""
        if "and" not in view.low[first : stop + 1]:
            return None
        found = self.within(view.starts[first], view.ends[stop])
        if len(found) < 2 or self._owns(found[0]) or self._owns(found[-1]):
            return None
        gap = self.text[found[-2].end : found[-1].start].strip()
        if gap != "and" or found[-1].end < view.ends[stop]:
            return None
        span = Span(view.starts[first], view.ends[stop])
        return Who(bare(self.text[span.start : span.end]), span)

    def _person(self, view: View, first: int, stop: int) -> Who | None:
        found = [
            mention
            for mention in self.within(view.starts[first], view.ends[stop])
            if mention.type == "person" and not self._owns(mention) and self.of(mention).named
        ]
        who = self._longer(view, found[-1], stop) if found else self._shape(view, first, stop)
        if who:
            self.titled(view, first, stop, who)
        return who

    def _longer(self, view: View, mention: Mention, stop: int) -> Who:
        """A name nobody knows goes on through its capitals: `John “J.D.” Dorrian`."""
        first = bisect_left(view.starts, mention.start)
        rest = view.words[bisect_left(view.starts, mention.end) : stop + 1]
        known = mention.actor or not rest or not all(map(capital, rest))
        if known or rest[-1].lower() in ROLES:
            return self.of(mention)
        name = " ".join([mention.name, *rest])
        return Who(name, Span(view.starts[first], view.ends[stop]), True, named=True)

    def _shape(self, view: View, first: int, stop: int) -> Who | None:
        """A name by its capitals: two words or more, or one behind an office."""
        begin = stop + 1
        while begin > first and capital(view.words[begin - 1]):
            begin -= 1
        while begin <= stop and view.low[begin] in ROLES:
            begin += 1
        run = stop - begin + 1
        office = begin > first and view.low[begin - 1] in ROLES
        if run < 1 or run > 5 or view.low[stop] in ROLES or view.low[stop] in TIME:
            return None
        if self.within(view.starts[begin], view.ends[stop]) or not (run >= 2 or office):
            return None
        start, end = view.starts[begin], view.ends[stop]
        return Who(bare(self.text[start:end]), Span(start, end), True, named=True)

    def titled(self, view: View, first: int, stop: int, who: Who) -> None:
        """Remember the offices among some words as those of a person."""
        found = self.within(view.starts[first], view.ends[stop])
        nations = {mention.actor for mention in found if mention.actor != who.name}
        roles = [word for word in view.low[first : stop + 1] if word in ROLES]
        self.memory.learn(roles, nations, who)

    def _actor(self, view: View, first: int, stop: int, last: int) -> Who | None:
        found = self.within(view.starts[first], view.ends[stop])
        heads = [m for m in found if not self._owns(m)]
        head = bare(view.low[stop])
        if heads and heads[-1].end >= view.ends[stop]:
            who = self.of(heads[-1])
            return Who(who.name, Span(view.starts[first], view.ends[stop]), who.person)
        if head not in OFFICIAL and head not in DOCUMENT:
            return None
        known = [m for m in found if m.actor]
        told = self.memory.holder(head, known[-1].actor if known else None)
        span = Span(view.starts[first], view.ends[stop])
        if told and view.low[first - 1 : first] in (["the"], ["this"]):
            return Who(told.name, span, told.person)
        if not known and stop < last and view.low[stop + 1] in BELONGS:
            known = [m for m in self.within(view.ends[stop], view.ends[last]) if m.actor][:1]
            span = Span(span.start, known[0].end) if known else span
        return Who(known[-1].actor or "", span, head[-3:] == "man") if known else None

    def _described(self, view: View, first: int, stop: int, last: int) -> Who | None:
        head = bare(view.low[stop])
        told = self.memory.holder(head, None)
        span = Span(view.starts[first], view.ends[stop])
        if told and view.low[first - 1 : first] in (["the"], ["this"]):
            return Who(told.name, span, told.person)
        end = stop
        if stop < last and view.low[stop + 1] in BELONGS:
            end = min(last, first + SHORT - 1)
        if view.low[end] in PREPOSITION | DETERMINER:
            end = stop
        if stop - first >= SHORT or view.low[stop] in TIME:
            return None
        name = bare(self.text[view.starts[first] : view.ends[end]])
        sure = head in ROLES or capital(view.words[stop]) or calling(head)
        return Who(name, Span(view.starts[first], view.ends[end]), sure=sure) if name else None
