"""What a cue governs: the words after `not`, the clause after `if`, the sentence of a question."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from foedus.reading.cues.lexicon import wordset
from foedus.reading.model import Cue
from foedus.reading.text import Sentence, Span, Text

REACH = 60
"""Words that a cue governs at most, so that a sentence without an end stays cheap."""
STOPS = wordset("; : — – ( ) …")
CLAUSE = wordset("but although though while whereas because since unless if yet")
FINITE = wordset(
    "is are was were has have had do does did will would can could may might must should shall "
    "isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't "
    "isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t can’t "
    "cannot fell fall falls left leave leaves went go goes took take takes came come comes hold "
    "held break broke gave give begin began lost lose win won keep kept stand stood become "
    "became continue continues stay stays remain remains agree agrees withdraw withdraws"
)
SUBJECT = wordset("he she it they we you i there this that")


def scope(text: Text, cue: Cue) -> Span:
    """The span a cue governs, itself included.

    Negations, hedges, boosters and doubts reach to the end of their clause, a question back to the
    start of its sentence; a condition to the comma after its verb. Never further than the sentence
    and `REACH` words.
    """
    number = text.sentence_at(cue.start)
    if number is None:
        return Span(cue.start, cue.end)
    sentence = text.sentences[number]
    last = bisect_right(sentence.starts, cue.end - 1) - 1
    if cue.type == "question" and sentence.words[last] == "?":
        return Span(_from(sentence, last), cue.end)
    after = _condition(sentence, last) if cue.type == "conditional" else _clause(sentence, last)
    return Span(cue.start, max(cue.end, after))


def _end(sentence: Sentence, word: int) -> int:
    return sentence.starts[word] + len(sentence.words[word])


def _from(sentence: Sentence, last: int) -> int:
    first = max(0, last - REACH)
    for place in range(last - 1, first - 1, -1):
        if sentence.words[place] in {"“", "”", ":", ";", "«"}:
            return sentence.starts[place + 1]
    return sentence.starts[first]


def _limit(sentence: Sentence, last: int) -> int:
    """The last word a cue may govern: the sentence's own full stop stays outside."""
    top = min(len(sentence.words) - 1, last + REACH)
    while top > last and not sentence.words[top][-1].isalnum():
        top -= 1
    return top


def _clause(sentence: Sentence, last: int) -> int:
    words, top = sentence.words, _limit(sentence, last)
    place = last + 1
    while place <= top:
        word = words[place]
        if word == "," and place > last + 1:
            break
        if word == ",":
            place = _beyond(words, place, top)
        if word in STOPS or word.lower() in CLAUSE:
            break
        if word == "and" and place < top and _starts_clause(words, place + 1):
            break
        place += 1
    return _end(sentence, max(last, min(place - 1, top)))


def _beyond(words: tuple[str, ...], place: int, top: int) -> int:
    """Past a parenthesis such as `, however,` right after the cue."""
    for closing in range(place + 1, min(place + 5, top)):
        if words[closing] == ",":
            return closing
    return place


def _starts_clause(words: tuple[str, ...], place: int) -> bool:
    return words[place].lower() in SUBJECT or words[place].lower() in FINITE


def _condition(sentence: Sentence, last: int) -> int:
    words, top = sentence.words, _limit(sentence, last)
    verb, comma = False, None
    for place in range(last + 1, top + 1):
        word = words[place]
        if word in STOPS and word not in "()":
            return _end(sentence, place - 1)
        if word == ",":
            comma = place if comma is None else comma
            if verb or words[place + 1] == "then":
                return _end(sentence, place - 1)
        verb = verb or _finite(words, place)
    if comma is not None and not verb and comma > last + 1:
        return _end(sentence, comma - 1)
    return _end(sentence, top)


def _finite(words: tuple[str, ...], place: int) -> bool:
    word, before = words[place], words[place - 1]
    if word.lower() in FINITE:
        return True
    if not word.islower() or len(word) < 4:
        return False
    if word.endswith("ed"):
        return True
    return word.endswith("s") and not word.endswith("ss") and (
        before[:1].isupper() or before.lower() in SUBJECT
    )  # fmt: skip


class Scopes:
    """All cues of a text with what they govern, to ask which of them a span stands under."""

    LOOK_BACK = 64

    def __init__(self, text: Text, cues: Iterable[Cue]) -> None:
        pairs = [(scope(text, cue), cue) for cue in cues]
        self._pairs = sorted(pairs, key=lambda pair: pair[0].start)
        self._starts = [span.start for span, _ in self._pairs]

    def over(self, start: int, end: int, *types: str) -> tuple[Cue, ...]:
        """The cues that govern a span without standing in it; of the types named, or of all."""
        last = bisect_right(self._starts, start)
        return tuple(
            cue
            for span, cue in self._pairs[max(0, last - self.LOOK_BACK) : last]
            if span.end >= end
            and (not types or cue.type in types)
            and (cue.end <= start or cue.start >= end)
        )

    def span(self, cue: Cue) -> Span:
        """What a cue of this text governs."""
        place = bisect_right(self._starts, cue.start)
        for span, other in reversed(self._pairs[max(0, place - self.LOOK_BACK) : place]):
            if other == cue:
                return span
        return Span(cue.start, cue.end)
