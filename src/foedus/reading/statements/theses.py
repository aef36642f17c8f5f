"""What follows from what, and on which condition: theses with their provisos and challenges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from foedus.reading.model import Claim, Cue, Mention, Thesis
from foedus.reading.statements.challenges import challenged
from foedus.reading.statements.halves import Halves, after_comma, main_clause, quoted_alone
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.scene import REACH, Scene, View, scene
from foedus.reading.statements.spans import rest
from foedus.reading.statements.thesis_words import (
    BARE_IF,
    MEASURES,
    NOT_CONDITIONAL,
    THESES,
)
from foedus.reading.statements.words import words
from foedus.reading.text import Text

LEAST_WORDS = 2
"""Words of a condition: it has at least a subject and a verb."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A condition found in a sentence, and the words it leaves to the conclusion."""

    hit: Hit
    halves: Halves


def theses(
    text: Text, mentions: Sequence[Mention], claims: Sequence[Claim], cues: Sequence[Cue]
) -> tuple[Thesis, ...]:
    """Which conclusions does a text draw, from what, on which condition, and what challenges it?

    `proviso` is the condition without the word that opens it. Challenges are sentences elsewhere
    that take up its words with a question, a denial or a doubt, or call it an assumption.
    """
    seen = scene(text, mentions, claims, cues)
    found: list[tuple[View, Thesis]] = []
    number, hits = -1, list[Hit]()
    for view, hit in seen.hits(THESES):
        if view.number != number:
            found += _flush(seen, number, hits)
            number, hits = view.number, []
        hits.append(hit)
    found += _flush(seen, number, hits)
    return tuple(
        replace(thesis, challenged_by=challenged(seen, view.number, thesis))
        for view, thesis in found
    )


def _flush(seen: Scene, number: int, hits: list[Hit]) -> list[tuple[View, Thesis]]:
    if not hits:
        return []
    view = seen.view(number)
    return [(view, thesis) for thesis in _of_sentence(view, hits)]


def _of_sentence(view: View, hits: list[Hit]) -> Iterator[Thesis]:
    """One thesis of an `if … then … as long as`, one for each condition that stands apart."""
    parts = [p for hit in hits if (p := _part(view, hit)) is not None]
    if len(parts) == 2 and {p.hit.tag for p in parts} == {"condition", "proviso"}:
        condition, proviso = sorted(parts, key=lambda p: p.hit.tag)
        joined = _joined(view, condition, proviso)
        if joined is not None:
            yield joined
            return
    for part in parts:
        thesis = _alone(view, part)
        if thesis is not None:
            yield thesis


def _part(view: View, hit: Hit) -> _Part | None:
    low = view.low
    if hit.tag == "resting":
        return _resting(view, hit)
    if hit.end >= len(low) or quoted_alone(view, hit):
        return None
    before = low[hit.start - 1] if hit.start else ""
    if low[hit.start] == "if" and (before in NOT_CONDITIONAL or low[hit.end] in BARE_IF):
        return None
    durable = low[hit.end - 1] == "as" and (low[hit.end] in MEASURES or low[hit.end].isdigit())
    if durable and low[hit.end] != "the":
        return None
    bare = low[hit.start] in ("provided", "providing", "assuming") and hit.end - hit.start == 1
    if bare and not (before in ("", ",", ";", "—", "–", "but") and _clausal(view, hit.end)):
        return None
    halves = after_comma(view, hit) if _opens(view, hit) else main_clause(view, hit)
    if halves is None or halves.condition[1] - halves.condition[0] < LEAST_WORDS:
        return None
    return _Part(hit, halves)


def _opens(view: View, hit: Hit) -> bool:
    """Whether the condition comes before its conclusion."""
    before = hit.start - 1
    while before >= 0 and view.low[before] in ("and", "but", "so", "yet", "or", "“", '"', "that"):
        before -= 1
    return before < 0 or (view.low[before] in (",", ";", ":", "—", "–") and not _told(view, before))


def _told(view: View, before: int) -> bool:
    """Whether a conclusion stands before a comma: more than an opening phrase."""
    words = view.low[max(before - REACH, 0) : before]
    return any(word in VERBS for word in words)


VERBS = words(
    "is are was were will would can could has have had should may might must won't can't "
    "cannot holds hold keeps stays remains"
)


def _clausal(view: View, at: int) -> bool:
    """Whether a clause follows: a verb before the next comma, not `provided aid`."""
    until = next((w for w in range(at, len(view.low)) if view.low[w] in (",", ".")), len(view.low))
    words = view.low[at:until]
    return any(
        w in VERBS or (w.endswith(("s", "ed")) and at + 1 <= n) for n, w in enumerate(words, at)
    )


def _resting(view: View, hit: Hit) -> _Part | None:
    """`The alliance hinges on whether the front holds`: the subject rests on what follows."""
    first = main_clause(view, hit)
    if first is None or first.conclusion is None:
        return None
    begin = hit.end
    while begin < len(view.low) and view.low[begin] in ("that", "whether", "how"):
        begin += 1
    return _Part(hit, Halves((begin, first.condition[1]), first.conclusion))


def _joined(view: View, condition: _Part, proviso: _Part) -> Thesis | None:
    """If A, then B as long as C."""
    inner = condition.halves.conclusion
    if inner is None:
        return None
    first, end = inner
    if first <= proviso.hit.start < end:
        end = proviso.hit.start
    elif condition.hit.start > proviso.hit.start and proviso.halves.conclusion is not None:
        first, end = proviso.halves.conclusion
        first, end = (
            (first, min(end, condition.hit.start)) if first < condition.hit.start else (0, 0)
        )
    return _thesis(view, (condition, proviso), condition.halves.condition, (first, end), proviso)


def _alone(view: View, part: _Part) -> Thesis | None:
    conclusion = part.halves.conclusion
    if conclusion is None:
        return None
    if part.hit.tag == "condition":
        return _thesis(view, (part,), part.halves.condition, conclusion, None)
    return _thesis(view, (part,), None, conclusion, part)


def _thesis(
    view: View,
    parts: tuple[_Part, ...],
    antecedent: tuple[int, int] | None,
    conclusion: tuple[int, int],
    proviso: _Part | None,
) -> Thesis | None:
    consequent = rest(view, *conclusion)
    if consequent is None:
        return None
    base = rest(view, *antecedent) if antecedent else None
    limit = rest(view, *proviso.halves.condition) if proviso else None
    spans = [s for s in (consequent, base, limit) if s is not None]
    marks = [view.sentence.starts[part.hit.start] for part in parts]
    start, end = min([*marks, *(s.start for s in spans)]), max(s.end for s in spans)
    holders = view.scene.holders(consequent.start, consequent.end)
    return Thesis(
        start=start, end=end, antecedent=base, consequent=consequent, proviso=limit, holders=holders
    )
