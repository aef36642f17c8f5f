"""Where else a text takes up a condition and doubts it."""

from __future__ import annotations

from bisect import bisect_left

from foedus.reading.model import Thesis
from foedus.reading.statements.content import stem, stems
from foedus.reading.statements.scene import Scene, View
from foedus.reading.statements.thesis_words import DOUBT, NAMED, OPPOSITES, POINTING
from foedus.reading.statements.words import NEGATION, OPENING
from foedus.reading.text import Span

NEAR = 3
"""Sentences after a thesis or a challenge in which `that assumption` means its condition."""
SHARED = 0.6
"""The part of the condition's words that a challenge takes up at least."""
AROUND = 400
"""Sentences before a thesis that are looked at."""
MOST = 100
"""Sentences looked at for each word; those first after the thesis's surroundings begin."""


def challenged(scene: Scene, number: int, thesis: Thesis) -> tuple[Span, ...]:
    """The sentences that challenge a thesis's condition, or what it follows from."""
    condition = thesis.proviso
    if condition is None:
        return ()
    words, actors = _within(scene.view(number), condition)
    found: list[int] = []
    for other in _candidates(scene, number, words):
        if _challenges(scene, other, number, found, words, actors):
            found.append(other)
    sentences = scene.text.sentences
    return tuple(Span(sentences[at].start, sentences[at].end) for at in found)


def _candidates(scene: Scene, number: int, words: frozenset[str]) -> list[int]:
    """The sentences around a thesis that share a word with its condition or name one, in order."""
    near: set[int] = set()
    for word in words | NAMED if words else frozenset[str]():
        places = scene.places.get(word, [])
        first = bisect_left(places, number - AROUND)
        near.update(places[first : first + MOST])
    near.discard(number)
    return sorted(near)[: MOST * 2]


def _challenges(
    scene: Scene,
    other: int,
    number: int,
    found: list[int],
    words: frozenset[str],
    actors: frozenset[str],
) -> bool:
    low, here = scene.text.lowered[other], scene.stems[other]
    shared = len(words & here) / len(words)
    near = 0 < other - number <= NEAR or (bool(found) and 0 < other - found[-1] <= NEAR)
    if not here.isdisjoint(NAMED) and _named(low) and (near or shared >= SHARED):
        return True
    if not shared:
        return False
    opposed = _opposed(here, words)
    whole = opposed or (shared >= SHARED and _doubted(low, here))
    return whole and _about(scene.view(other), actors)


def _within(view: View, span: Span) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of a span, actors' names left out, and the actors in it."""
    starts = view.sentence.starts
    first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
    inside = view.between(first, end)
    names = {word for one in inside for word in range(one.first, one.last + 1)}
    kept = [view.low[word] for word in range(first, end) if word not in names]
    actors = frozenset(one.name for one in inside if one.mention.actor or one.mention.name)
    return stems(kept), actors


def _named(low: tuple[str, ...]) -> bool:
    """Whether a word such as assumption stands there, pointed at: `that assumption`."""
    for at, word in enumerate(low):
        if at and stem(word) in NAMED:
            before = low[max(at - 3, 0) : at]
            if any(one in POINTING for one in before) or (
                low[at + 1 : at + 2] and (low[at + 1] in OPENING)
            ):
                return True
    return False


def _doubted(low: tuple[str, ...], here: frozenset[str]) -> bool:
    return "?" in low or not here.isdisjoint(DOUBT) or any(word in NEGATION for word in low)


def _opposed(here: frozenset[str], words: frozenset[str]) -> bool:
    """Whether the opposite of one of the condition's words stands there."""
    return any(
        not words.isdisjoint(mine) and not here.isdisjoint(theirs)
        for one, other in OPPOSITES
        for mine, theirs in ((one, other), (other, one))
    )


def _about(view: View, actors: frozenset[str]) -> bool:
    """Whether it speaks of one of the condition's actors, if that names any."""
    return not actors or any(one.name in actors for one in view.placed)
