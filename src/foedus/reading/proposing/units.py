"""Which stretches of a text are worth an evidence item: one for each thing said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from foedus.reading.model import (
    Blame,
    Claim,
    Commitment,
    Event,
    Item,
    Mention,
    Reading,
    Stake,
    Thesis,
    Voice,
)
from foedus.reading.proposing.clausing import clauses, told_in
from foedus.reading.proposing.folk import Folk
from foedus.reading.text import Span, Text

STATEMENTS: tuple[type[Item], ...] = (Commitment, Blame, Thesis, Stake)
SILENT = frozenset(["headline", "byline", "caption"])
"""Voices whose words are no evidence; a caption is one only if something happens in it."""
LEADING = re.compile(r"\b(?:that|whether|if)[\s,:–—-]*\Z", re.I)
"""The end of words that lead up to a claim and are none."""
COVERED = 0.5
"""A clause of which more is in other stretches is none of its own."""
NEAR = 6
OVERLAP = 0.6
"""Two statements are one if so much of the shorter lies in the longer."""
MOST = 2000
"""Proposals from one text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that says one thing, who holds it, and the items that make it up."""

    span: Span
    sentence: int
    holders: tuple[str, ...]
    items: tuple[Item, ...]
    kind: str
    """The kind of its foremost item; challenge for what doubts a thesis's condition."""


def units(reading: Reading, text: Text, folk: Folk) -> tuple[Unit, ...]:
    """The stretches to propose, in the order of the text."""
    found: list[Unit] = []
    for item in reading.items:
        if isinstance(item, STATEMENTS):
            _add(found, _unit(text, item, item.kind))
            if isinstance(item, Thesis):
                found += _conditions(text, item)
    found += _challenges(reading, text)
    _with_events(found, reading, text, folk)
    found += _claims(found, reading, text, folk)
    voiced = [one for one in found if _voiced(reading, one)]
    return tuple(sorted(voiced, key=lambda one: (one.span.start, one.span.end)))[:MOST]


def holders_at(reading: Reading, span: Span) -> tuple[str, ...]:
    """Who holds what stands there, by the closest claim."""
    around = [c for c in reading.of(Claim) if c.start <= span.start < c.end]
    near = min(around, key=lambda c: (c.end - c.start, -len(c.holders)), default=None)
    return near.holders if near is not None else ("author",)


def _unit(text: Text, item: Item, kind: str) -> Unit:
    number = text.sentence_at(item.start) or 0
    holders = tuple(getattr(item, "holders", ()) or ("author",))
    return Unit(Span(item.start, item.end), number, holders, (item,), kind)


def _add(found: list[Unit], unit: Unit) -> None:
    """Join it to one that says the same of another actor, or of the same words."""
    for at in range(len(found) - 1, max(len(found) - 12, -1), -1):
        other = found[at]
        if other.sentence == unit.sentence and _same(other, unit):
            whole = Span(min(other.span.start, unit.span.start), max(other.span.end, unit.span.end))
            found[at] = replace(other, span=whole, items=(*other.items, *unit.items))
            return
    found.append(unit)


def _same(one: Unit, other: Unit) -> bool:
    mine, theirs = one.items[0], other.items[0]
    if type(mine) is type(theirs) and _about(mine) is not None and _about(theirs) is not None:
        return _about(mine) == _about(theirs)
    if "thesis" in (one.kind, other.kind):
        return False
    return _overlap(one.span, other.span) >= OVERLAP


def _about(item: Item) -> Span | None:
    return getattr(item, "about", None)


def _overlap(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / max(min(one.end - one.start, other.end - other.start), 1)


def _conditions(text: Text, thesis: Thesis) -> Iterator[Unit]:
    """The premise and the proviso of a thesis are evidence by themselves."""
    if thesis.proviso is None or thesis.antecedent is None:
        return
    number = text.sentence_at(thesis.start) or 0
    for span in (thesis.antecedent, thesis.proviso):
        kind = "premise" if span == thesis.antecedent else "proviso"
        yield Unit(span, number, thesis.holders, (thesis,), kind)


def _challenges(reading: Reading, text: Text) -> Iterator[Unit]:
    """What doubts a condition: sentences in a row are one challenge."""
    for thesis in reading.of(Thesis):
        rows: list[list[int]] = []
        for span in thesis.challenged_by:
            number = text.sentence_at(span.start) or 0
            if rows and number == rows[-1][-1] + 1:
                rows[-1].append(number)
            else:
                rows.append([number])
        for row in rows:
            first, last = text.sentences[row[0]], text.sentences[row[-1]]
            if first.paragraph != last.paragraph:
                first = last
            span = Span(first.start, last.end)
            holders = holders_at(reading, Span(last.start, last.end))
            yield Unit(span, row[-1], holders, (thesis,), "challenge")


def _with_events(found: list[Unit], reading: Reading, text: Text, folk: Folk) -> None:
    """Events inside a statement belong to it; the others take in the clause that tells them."""
    claims = sorted(reading.of(Claim), key=lambda claim: claim.start)
    by_sentence: dict[int, list[int]] = {}
    for at, unit in enumerate(found):
        by_sentence.setdefault(unit.sentence, []).append(at)
    for event in reading.of(Event):
        if not any(folk.id(name) for name in (*event.source, *event.target)):
            continue
        number = text.sentence_at(event.start) or 0
        place = event.trigger or Span(event.start, event.end)
        inside = [
            at
            for at in by_sentence.get(number, [])
            if found[at].span.start <= place.start < found[at].span.end
            and found[at].kind not in ("challenge",)
        ]
        if inside:
            at = min(inside, key=lambda n: found[n].span.end - found[n].span.start)
            found[at] = replace(found[at], items=(*found[at].items, event))
        else:
            by_sentence.setdefault(number, []).append(len(found))
            whole = told_in(reading.text, claims, event)
            found.append(replace(_unit(text, event, "event"), span=whole))


def _claims(found: Sequence[Unit], reading: Reading, text: Text, folk: Folk) -> Iterator[Unit]:
    """Clauses of claims about the case's actors of which little else was found."""
    taken = sorted((u.span.start, u.span.end) for u in found if u.kind != "challenge")
    starts = [start for start, _ in taken]
    mentions = sorted(m.start for m in reading.of(Mention) if m.actor and folk.id(m.actor))
    for claim in reading.of(Claim):
        for span in clauses(reading.text, Span(claim.start, claim.end)):
            if LEADING.search(reading.text, span.start, span.end):
                continue  # it only says that something is said
            place = bisect_right(starts, span.end - 1)
            near = taken[max(place - NEAR, 0) : place]
            inner = claim.content
            told = inner if inner is not None and inner.end <= span.end else span
            if max(_covered(span, near), _covered(told, near)) > COVERED:
                continue
            last = bisect_right(mentions, span.end)
            if last > 0 and mentions[last - 1] >= span.start:
                yield replace(_unit(text, claim, "claim"), span=span)


def _covered(span: Span, taken: Sequence[tuple[int, int]]) -> float:
    """How much of a span is in others already."""
    at, covered = span.start, 0
    for start, end in taken:
        first, last = max(start, at), min(end, span.end)
        if last > first:
            covered += last - first
            at = last
    return covered / max(span.end - span.start, 1)


def _voiced(reading: Reading, unit: Unit) -> bool:
    voices = [v for v in reading.of(Voice) if v.start <= unit.span.start < v.end]
    inner = min(voices, key=lambda v: v.end - v.start, default=None)
    return inner is None or inner.role not in SILENT
