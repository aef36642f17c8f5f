"""A compound sentence cut before `and` with a subject of its own, where one half denies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from foedus.reading.claims.polarity import LOOK, negated
from foedus.reading.claims.segments import Segment
from foedus.reading.cues.lexicon import wordset
from foedus.reading.model import Mention
from foedus.reading.quotes.verbs import VERBS
from foedus.reading.quotes.words import FINITE
from foedus.reading.text import Sentence

SUBJECT = wordset("he she it they we i you")
LONGEST = 2 * LOOK
"""Words of a sentence that are looked through."""
LEAST = 3
"""Words of a half that can stand alone."""


def halves(sentence: Sentence, content: Segment, mentions: Sequence[Mention]) -> Iterator[Segment]:
    """The content, or its two halves: `X has conceded nothing and Y goes on` denies only the first.

    The mentions are those of the sentence, in its order.
    """
    first = bisect_left(sentence.starts, content.start)
    last = min(bisect_left(sentence.starts, content.end), first + LONGEST)
    words, starts = sentence.words[first:last], sentence.starts[first:last]
    if "and" not in words:
        yield content
        return
    low = bisect_left(mentions, content.start, key=lambda mention: mention.start)
    here = mentions[low : low + LONGEST]
    named = {mention.start: mention for mention in here}
    joins = {mention.end for mention in here if mention.role != "place"}
    for at in range(LEAST, min(len(words) - LEAST + 1, LOOK)):
        if words[at].lower() != "and" or not _anew(sentence, first + at, named, joins):
            continue
        if not any(map(_verbal, words[1:at])) or negated(words[:at]) == negated(words[at + 1 :]):
            continue
        before = sentence.at(first + at - 1).end
        yield Segment(content.start, before, content.over)
        yield Segment(starts[at + 1], content.end, content.over)
        return
    yield content


def _anew(sentence: Sentence, at: int, named: dict[int, Mention], joins: set[int]) -> bool:
    """Whether a subject with its verb follows `and`, which does not only join it to a name."""
    words = sentence.words
    if words[at + 1].lower() in SUBJECT:
        return at + 2 < len(words) and _verbal(words[at + 2])
    mention = named.get(sentence.starts[at + 1])
    if mention is None or sentence.at(at - 1).end in joins:
        return False
    after = bisect_left(sentence.starts, mention.end)
    return after < len(words) and _verbal(words[after])


def _verbal(word: str) -> bool:
    low = word.lower()
    if low in FINITE or low in VERBS:
        return True
    return word.islower() and len(low) > 3 and low.endswith(("s", "ed")) and low[-2:] != "ss"
