"""Standing relations told by nouns: `Iran's ally`, `a partner of`, `the enemy of`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.reading.events.tables import listed, ordered
from foedus.reading.events.words import NEGATIONS
from foedus.reading.model import Mention
from foedus.reading.text import Sentence, Text

NOUNS: dict[str, int] = {
    form: sign
    for sign, name in ((1, "allies"), (-1, "enemies"))
    for noun in ordered(name)
    for form in (noun, noun[:-1] + "ies" if noun.endswith("y") else noun + "s")
}
"""What somebody is to another, and the sign of that."""
LINKS = listed("links")
NEAR = 6
"""Words between a name and the noun."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor and another, and whether they stand together."""

    one: str
    two: str
    sign: int
    noun: str
    start: int
    end: int


def standing(text: Text, mentions: Sequence[Mention]) -> tuple[Standing, ...]:
    """The relations that nouns tell, in the text's order; what is denied is left out."""
    out: list[Standing] = []
    ordered = sorted((m for m in mentions if m.role == "actor"), key=lambda m: m.start)
    k = 0
    for sentence in text.sentences:
        while k < len(ordered) and ordered[k].start < sentence.start:
            k += 1
        end = k
        while end < len(ordered) and ordered[end].start < sentence.end:
            end += 1
        if end - k > 1:
            out += _in_sentence(sentence, ordered[k:end])
        k = end
    return tuple(out)


def _in_sentence(sentence: Sentence, found: Sequence[Mention]) -> Iterator[Standing]:
    lower = [word.lower() for word in sentence.words]
    for i, word in enumerate(lower):
        if word in NOUNS:
            spot, after = sentence.starts[i], sentence.starts[i] + len(word)
            left = _left(sentence, lower, i, [m for m in found if m.end <= spot])
            right = _right(sentence, lower, i, [m for m in found if m.start >= after])
            if left and not right:
                right, left = left, _left(sentence, lower, _word_of(sentence, left), found)
            if left and right and _who(left) != _who(right):
                yield Standing(
                    _who(left), _who(right), NOUNS[word], word, left.start, max(right.end, after)
                )


def _word_of(sentence: Sentence, mention: Mention) -> int:
    """The word that a mention begins in."""
    return bisect_right(sentence.starts, mention.start) - 1


def _who(mention: Mention) -> str:
    return mention.actor or mention.name


def _left(
    sentence: Sentence, lower: list[str], i: int, before: Sequence[Mention]
) -> Mention | None:
    """Whose ally, or who is one: right before, with no more than linking words between."""
    before = [mention for mention in before if mention.end <= sentence.starts[i]]
    if not before:
        return None
    last = before[-1]
    between = [
        lower[k] for k in range(max(0, i - NEAR), i) if sentence.starts[k] >= last.end
    ]  # fmt: skip
    if i - NEAR > 0 and sentence.starts[i - NEAR] >= last.end:
        return None
    words = [word for word in between if word not in {"’", "'", "’s", "'s", "s"}]
    if not NEGATIONS.isdisjoint(words):
        return None
    return last if all(word in LINKS or word.endswith("ly") for word in words) else None


def _right(
    sentence: Sentence, lower: list[str], i: int, after: Sequence[Mention]
) -> Mention | None:
    """The other: `of Iran`, or named right after."""
    if not after:
        return None
    first = after[0]
    between = [
        lower[k]
        for k in range(i + 1, min(len(lower), i + NEAR))
        if sentence.starts[k] < first.start
    ]
    if len(between) >= NEAR - 1:
        return None
    allowed = {"of", "to", "for", ",", "the", "in", "like", "such", "as"}
    return first if all(word in allowed for word in between) else None
