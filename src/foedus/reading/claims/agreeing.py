"""Claims of one text that say the same or the contrary, by independent holders."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from foedus.reading.cues.lexicon import wordset
from foedus.reading.model import Claim, Mention
from foedus.reading.text import Span, Text

ALIKE = 0.4
"""Share of content words that two claims on the same actors have in common to say the same."""
CROWD = 24
"""Claims on one pair of actors that are compared."""
ACTORS = 6
"""Actors of a claim by which it is looked up."""
WORD = re.compile(r"[^\W\d_]{4,}")
STOP = wordset(
    "that this with from have been will would could their they them there which about into than "
    "were also more most some what when where while said says does being over after before"
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Other holders in the text who say the same as a claim, and who say the contrary."""

    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def agreements(text: Text, claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Agreement]:
    """For each claim, who else in the text affirms or denies it.

    Two claims say the same if they name two actors in common and share at least `ALIKE` of their
    content words; their holders are independent if neither stands in the other's chain.
    """
    starts = [mention.start for mention in mentions]
    spans: list[Claim | Span] = []
    stems: dict[int, frozenset[str]] = {}
    crowds: dict[tuple[str, str], list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for number, claim in enumerate(claims):
        span = claim.content or claim
        here = mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        actors = sorted({m.actor for m in here if m.actor})[:ACTORS]
        spans.append(span)
        for pair in combinations(actors, 2):
            crowd = crowds.setdefault(pair, [])
            if len(crowd) < CROWD:
                pairs.update((other, number) for other in crowd)
                crowd.append(number)
    by: dict[int, list[str]] = {}
    against: dict[int, list[str]] = {}
    for one, other in sorted(pairs):
        if not _independent(claims[one], claims[other]):
            continue
        for number in (one, other):
            if number not in stems:
                stems[number] = _stems(text.text[spans[number].start : spans[number].end])
        if not _alike(stems[one], stems[other]):
            continue
        table = by if claims[one].polarity == claims[other].polarity else against
        _note(table, one, claims[other].holders[-1])
        _note(table, other, claims[one].holders[-1])
    return [Agreement(tuple(by.get(n, ())), tuple(against.get(n, ()))) for n in range(len(claims))]


def _note(table: dict[int, list[str]], number: int, holder: str) -> None:
    names = table.setdefault(number, [])
    if holder not in names:
        names.append(holder)


def _independent(one: Claim, other: Claim) -> bool:
    return one.holders[-1] not in other.holders and other.holders[-1] not in one.holders


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= ALIKE * len(one | other)


def _stems(words: str) -> frozenset[str]:
    """Words without their most common endings, so that `attacked` is like `attacks`."""
    out = set()
    for word in WORD.findall(words.lower()):
        if word in STOP:
            continue
        for ending in ("ing", "ed", "es", "s"):
            if word.endswith(ending) and len(word) - len(ending) > 3:
                word = word[: -len(ending)]
                break
        out.add(word)
    return frozenset(out)
