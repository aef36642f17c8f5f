"""A text with its mentions and claims, looked at sentence by sentence and word by word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from foedus.reading.model import Claim, Cue, Mention
from foedus.reading.statements.content import stem, telling
from foedus.reading.statements.lexicon import Hit, Lexicon
from foedus.reading.text import Sentence, Span, Text

REACH = 80
"""Words looked back and ahead from a phrase; sentences are hardly ever longer."""
LONGEST_MENTION = 12
MOST_CLAIMS = 32
"""Claims looked at in one sentence; there are never so many in prose."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention by the numbers of its first and last word in its sentence."""

    first: int
    last: int
    mention: Mention

    @property
    def name(self) -> str:
        """The actor's id, or the name as it stands in the text."""
        return self.mention.actor or self.mention.name


@dataclass(slots=True)
class View:
    """One sentence: its words in small letters and its mentions, pronouns among them."""

    number: int
    sentence: Sentence
    low: tuple[str, ...]
    placed: list[Placed]
    scene: Scene
    ending: dict[int, list[Placed]] = field(default_factory=dict)
    starting: dict[int, list[Placed]] = field(default_factory=dict)
    _on: dict[int, list[Placed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.placed:
            self.ending.setdefault(one.last, []).append(one)
            self.starting.setdefault(one.first, []).append(one)
            for word in range(one.first, min(one.last, one.first + LONGEST_MENTION) + 1):
                self._on.setdefault(word, []).append(one)

    def span(self, first: int, end: int) -> Span | None:
        """Where the words from first up to, not including, end stand in the text."""
        if first >= end:
            return None
        sentence = self.sentence
        return Span(sentence.starts[first], sentence.at(end - 1).end)

    def covering(self, word: int) -> list[Placed]:
        """The mentions a word belongs to."""
        return self._on.get(word, [])

    def between(self, first: int, end: int) -> list[Placed]:
        """The mentions that start from a word up to, not including, another."""
        low = bisect_left(self.placed, first, key=lambda one: one.first)
        high = bisect_left(self.placed, end, key=lambda one: one.first)
        return self.placed[low:high]


@dataclass
class Scene:
    """What the finders of statements look at."""

    text: Text
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    cues: Sequence[Cue]
    _views: dict[int, View] = field(default_factory=dict)

    def hits(self, lexicon: Lexicon) -> Iterator[tuple[View, Hit]]:
        """Every phrase of a lexicon in the text, with its sentence."""
        for number, low in enumerate(self.text.lowered):
            if not lexicon.first.keys().isdisjoint(low):
                for hit in lexicon.hits(low):
                    yield self.view(number), hit

    def view(self, number: int) -> View:
        """One sentence."""
        if number not in self._views:
            sentence = self.text.sentences[number]
            low = self.text.lowered[number]
            self._views[number] = View(number, sentence, low, self._placed(sentence), self)
        return self._views[number]

    def holders(self, start: int, end: int) -> tuple[str, ...]:
        """Who holds what stands there: the holders of the closest claim around it."""
        number = self.text.sentence_at(start)
        here = self._claims_of.get(number if number is not None else 0, ())
        around = [c for c in here if c.start <= start and end <= c.end]
        near = around or [c for c in here if c.start <= start < c.end]
        if not near:
            return ("author",)
        return min(near, key=lambda c: (c.end - c.start, -len(c.holders))).holders

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """The stems of the words that carry meaning, sentence by sentence."""
        vocabulary: set[str] = set().union(*self.text.lowered)
        table = {word: stem(word) for word in vocabulary if telling(word)}
        return tuple(
            frozenset([table[word] for word in low if word in table]) for low in self.text.lowered
        )

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the sentences that each stem stands in."""
        table: dict[str, list[int]] = {}
        for number, here in enumerate(self.stems):
            for word in here:
                table.setdefault(word, []).append(number)
        return table

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self._sorted]

    @cached_property
    def _sorted(self) -> list[Mention]:
        return sorted(self.mentions, key=lambda one: (one.start, -one.end))

    def _placed(self, sentence: Sentence) -> list[Placed]:
        low, high = (
            bisect_left(self._starts, sentence.start),
            bisect_left(self._starts, sentence.end),
        )
        return [
            Placed(
                max(bisect_right(sentence.starts, one.start) - 1, 0),
                max(bisect_left(sentence.starts, one.end) - 1, 0),
                one,
            )
            for one in self._sorted[low:high]
        ]

    @cached_property
    def _claims_of(self) -> dict[int, list[Claim]]:
        """The claims that reach into each sentence, the shortest kept if there are very many."""
        table: dict[int, list[Claim]] = {}
        for claim in sorted(self.claims, key=lambda c: c.end - c.start):
            first = self.text.sentence_at(claim.start) or 0
            last = self.text.sentence_at(max(claim.end - 1, claim.start)) or 0
            for number in range(first, min(last, first + 200) + 1):
                here = table.setdefault(number, [])
                if len(here) < MOST_CLAIMS:
                    here.append(claim)
        return table


_LAST: list[Scene] = []
"""The scene looked at last: the finders are called one after the other on the same text."""


def scene(
    text: Text, mentions: Sequence[Mention], claims: Sequence[Claim], cues: Sequence[Cue]
) -> Scene:
    """What the finders look at; the one of before if it is of the very same objects."""
    given = (text, mentions, claims, cues)
    for last in _LAST[:1]:
        old = (last.text, last.mentions, last.claims, last.cues)
        if all(one is other for one, other in zip(given, old, strict=True)):
            return last
    _LAST[:] = [Scene(*given)]
    return _LAST[0]
