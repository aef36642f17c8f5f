"""Whose name stands before a verb: over adverbs, asides and offices."""

from __future__ import annotations

from foedus.reading.voices.names import PARTICLES, is_name
from foedus.reading.voices.verbs import (
    BEFORE_NAMES,
    BESIDE,
    HONORIFICS,
    OF,
    OFFICES,
    PRONOUNS,
    TITLES,
)

BACK = 40
"""Words that are looked back over."""


def subject(words: tuple[str, ...], at: int) -> str | None:
    """The name before a verb, over adverbs and what stands between commas."""
    i = at - 1
    while i >= 0 and words[i].lower() in BESIDE:
        i -= 1
    if i >= 0 and words[i] in (",", ")", "—", "–"):
        inner = named_at(words, i - 1) if words[i] == "," else None
        i = _before_aside(words, i)
        office = i >= 0 and words[i].lower() in TITLES
        if i < 0 or (inner is not None and is_name(inner) and (office or _has_of(words, i))):
            return inner
    if i < 0:
        return None
    if words[i].lower() in PRONOUNS:
        return words[i]
    name = named_at(words, i)
    before = _bearer(words, i, name) if name is not None else None
    return before or name


def _bearer(words: tuple[str, ...], last: int, name: str) -> str | None:
    """Who bears an office that a comma divides from his name: "Ann Other, the envoy to X"."""
    first = last - len(name.split()) + 1
    while first > 0 and words[first - 1].lower() in BEFORE_NAMES:
        first -= 1
    if first < 2 or words[first - 1] != "," or not _is_office(words[first : last + 1]):
        return None
    bearer = named_at(words, first - 2)
    return bearer if bearer is not None and is_name(bearer) else None


def _has_of(words: tuple[str, ...], last: int) -> bool:
    """Whether what ends here is an office with what it is for: "envoy for the north"."""
    near = words[max(last - 4, 0) : last]
    return any(w in OF[:2] for w in near) and _is_office(near)


def _is_office(words: tuple[str, ...]) -> bool:
    return any(word.lower() in TITLES or word.lower() in OFFICES for word in words)


def _before_aside(words: tuple[str, ...], close: int) -> int:
    """The word before an aside that ends here, -1 if none begins before."""
    opening = {")": "("}.get(words[close], words[close])
    for i in range(close - 1, max(close - BACK, -1), -1):
        if words[i] == opening:
            return i - 1
    return -1


def named_at(words: tuple[str, ...], last: int) -> str | None:
    """The name, or the words for an office, that ends at a word."""
    if last < 0:
        return None
    first = last
    while first >= 0 and last - first < 8 and in_name(words, first, last):
        first -= 1
    first += 1
    while first <= last and words[first].lower() in BEFORE_NAMES:
        first += 1
    if first <= last and any(w[0].isupper() for w in words[first : last + 1]):
        return " ".join(_untitled(words[first : last + 1]))
    if words[last].lower() in TITLES:
        return _office(words, last)
    return None


def _untitled(name: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without the office before it; an office alone stays."""
    for at in range(len(name) - 1, 0, -1):
        titled = (
            name[at - 1].lower().rstrip(".") in TITLES or name[at - 1].rstrip(".") in HONORIFICS
        )
        if titled and name[at][0].isupper() and not any(w in OF for w in name[at:]):
            return name[at:]
    return name


def in_name(words: tuple[str, ...], i: int, last: int) -> bool:
    """Whether a word may belong to a name that ends at another."""
    word = words[i]
    if word[0].isupper() or (word[0].isdigit() and i < last):
        return True
    if i >= last or i == 0:
        return False
    before = words[i - 1]
    if word in OF:
        return before[0].isupper() or (word == "the" and before in ("of", "for"))
    return word.lower() in PARTICLES and (before[0].isupper() or before.lower() in PARTICLES)


def _office(words: tuple[str, ...], last: int) -> str:
    first = last
    while first > 0 and last - first < 4 and words[first - 1].isalpha():
        if words[first - 1].lower() in ("the", "a", "an", "one", "but", "and", "as", "when", "of"):
            break
        first -= 1
    return " ".join(words[first : last + 1])
