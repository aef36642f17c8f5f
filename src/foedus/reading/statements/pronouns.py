"""Whom a pronoun means that no mention resolves: the last subject that fits."""

from __future__ import annotations

from itertools import pairwise

from foedus.reading.statements.scene import REACH, Placed, View
from foedus.reading.statements.words import PLURAL, PREPOSITION, SPEAKER, words

BACK = 2
"""Sentences looked back."""
PERSONAL = frozenset(["person"])
IMPERSONAL = words("state organisation movement nationality place group company")
NOBODY = frozenset(["author", "editor"])


def resolved(view: View, at: int) -> tuple[str, ...]:
    """Whom the pronoun at a word means; nobody if that is open."""
    word = view.low[at]
    known = tuple(p.name for p in view.covering(at) if p.mention.actor)
    if known:
        return known
    if word in SPEAKER:
        span = view.sentence.at(at)
        inner = view.scene.holders(span.start, span.end)[-1:]
        return tuple(name for name in inner if name not in NOBODY)
    lowest = max(view.number - BACK, 0)
    seen: list[tuple[View, int]] = [(view, at)]
    for number in range(view.number - 1, lowest - 1, -1):
        other = view.scene.view(number)
        if other.sentence.paragraph != view.sentence.paragraph:
            break
        seen.append((other, len(other.low)))
    for governed in (False, True):
        for other, before in seen:
            if names := _best(other, before, word, governed):
                return names
    return ()


def _best(view: View, before: int, word: str, governed: bool) -> tuple[str, ...]:
    """Who fits in a sentence: its subjects, or those behind prepositions."""
    actors = [
        one
        for one in view.between(max(before - REACH, 0), before)
        if one.mention.role == "actor" and one.mention.actor
    ]
    if word in PLURAL:
        return _pair(view, actors)
    wanted = PERSONAL if word in ("he", "she") else IMPERSONAL
    fitting = (one for one in actors if one.mention.type in wanted)
    return tuple(one.name for one in fitting if _governed(view, one) == governed)[:1]


def _pair(view: View, actors: list[Placed]) -> tuple[str, ...]:
    """Two or more joined by `and`, or the first people named."""
    for one, other in pairwise(actors):
        between = view.low[one.last + 1 : other.first]
        if "and" in between and len(between) <= 2:
            return (one.name, other.name) if one.name != other.name else (one.name,)
    people = [one for one in actors if one.mention.type in ("nationality", "movement")]
    return tuple(one.name for one in people[:1])


def _governed(view: View, one: Placed) -> bool:
    at = one.first - 1
    while at >= 0 and view.low[at] in ("the", "a", "an"):
        at -= 1
    return at >= 0 and view.low[at] in PREPOSITION
