"""Which evidence of the case a stretch of text says again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.reading.proposing.known import Known
from foedus.reading.proposing.meaning import Meaning, alike, overlap, said_again
from foedus.reading.text import Span

NEAR = 0.3
"""Likeness that suffices in the same paragraph of the same source, from a kindred holder."""
SPOKEN = 0.2
"""Likeness of the words alone that is needed as well."""
AGAIN = 0.45
"""Likeness that suffices there for a second stretch that repeats the same evidence."""
ELSEWHERE = 0.7
"""Likeness that suffices anywhere else: the same thing published twice."""
CLOSER = 0.1
"""What it adds, among pairs alike enough, that the longer passage says little else."""
LEAST_WORDS = 4
"""Words with meaning that a passage has to have to be recognised elsewhere."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text to be compared."""

    span: Span
    meaning: Meaning
    source: str
    paragraph: int
    chain: tuple[str, ...]
    """Who said it and who passed it on; empty if nobody the case knows."""


def duplicates(candidates: Sequence[Candidate], known: Known) -> Mapping[int, tuple[str, str]]:
    """The evidence each stretch repeats, by the stretch's number, and what shows it.

    In the same paragraph of the same source the best pairs are taken first; an item of evidence is
    repeated again only by stretches that are much like it, first those inside another that does.
    """
    pairs = sorted(
        (pair for n, one in enumerate(candidates) for pair in _pairs(n, one, known)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[int, tuple[str, str]] = {}
    users: dict[str, list[int]] = {}
    for again in (False, True):
        for score, number, key, why in pairs:
            if number in found:
                continue
            wholes = [candidates[n].span for n in users.get(key, ())]
            inside = any(_inside(candidates[number].span, whole) for whole in wholes)
            if not wholes or (score >= AGAIN and (again or inside)):
                found[number] = (key, why)
                users.setdefault(key, []).append(number)
    return found


def _inside(part: Span, whole: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _pairs(number: int, one: Candidate, known: Known) -> Iterator[tuple[float, int, str, str]]:
    here = known.places.get((one.source, one.paragraph), ())
    for key in here:
        said = known.evidence[key]
        score = alike(one.meaning, said, known.weights)
        spoken = said_again(one.meaning, said, known.weights)
        if score >= NEAR and spoken >= SPOKEN and _kindred(one.chain, key, known):
            score += CLOSER * overlap(one.meaning, said)
            yield score, number, key, "the same paragraph of the same source says as much"
    if len(one.meaning.stems) < LEAST_WORDS:
        return
    for key, said in known.evidence.items():
        if key in here or len(said.stems) < LEAST_WORDS:
            continue
        if not one.chain or not _kindred(one.chain, key, known):
            continue
        if one.meaning.stems.isdisjoint(said.stems):
            continue
        score = alike(one.meaning, said, known.weights)
        if score >= ELSEWHERE:
            other = known.case.evidence[key].source
            yield score - 1.0, number, key, f"published before, in source {other}"


def _kindred(chain: tuple[str, ...], key: str, known: Known) -> bool:
    """Whether it may be the same holder: one of its chain, part of the same whole, or not known."""
    item = known.case.evidence[key]
    if not chain or item.by is None:
        return True
    others = (*item.through, item.by)
    return any(known.folk.kin(one, other) for one in chain for other in others)
