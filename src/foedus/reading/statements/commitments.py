"""Who binds himself: red lines, pledges and refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.reading.model import Claim, Commitment, Cue, Mention
from foedus.reading.statements.builds import Found, owner, settled, skipped
from foedus.reading.statements.clauses import subject, verb_start
from foedus.reading.statements.commitment_words import COMMITMENTS, LIGHT
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.red_lines import red_noun, red_predicate
from foedus.reading.statements.scene import View, scene
from foedus.reading.statements.spans import agent, rest
from foedus.reading.statements.subjects import subject_words
from foedus.reading.statements.verbs import adjectival, leaning, negated, nominal, passive
from foedus.reading.text import Text

TYPES = {"red": "red line", "pledge": "pledge", "refusal": "refusal"}


def commitments(
    text: Text, mentions: Sequence[Mention], claims: Sequence[Claim], cues: Sequence[Cue]
) -> tuple[Commitment, ...]:
    """Which red lines, pledges and refusals does a text report, whose, and about what?

    A commitment that is denied, only possible or asked for is none. Types: `red line`, `pledge`,
    `refusal`.
    """
    seen = scene(text, mentions, claims, cues)
    return tuple(found for view, hit in seen.hits(COMMITMENTS) for found in _read(view, hit))


def _read(view: View, hit: Hit) -> Iterator[Commitment]:
    found = READERS[hit.tag](view, hit)
    if found is None or not found.by:
        return
    start, end, holders = settled(view, hit, found)
    yield Commitment(
        start=start,
        end=end,
        type=TYPES[hit.tag.split("-")[0]],
        by=found.by,
        about=found.about,
        holders=holders,
    )


def _verb(view: View, hit: Hit) -> Found | None:
    begin = verb_start(view, hit.start)
    if nominal(view, hit, begin):
        return _noun(view, hit)
    if adjectival(view, hit) or negated(view, begin, hit) or leaning(view, begin, hit):
        return None
    if passive(view, begin, hit):
        who, at = agent(view, hit.end)
        about = (rest(view, hit.end, at) if who else None) or subject_words(view, begin)
        return Found(who.names if who else (), about, begin)
    who = subject(view, hit.start)
    if who is None:
        return None
    return Found(who.names, rest(view, skipped(view, hit.end)), min(who.first, begin))


def _noun(view: View, hit: Hit) -> Found | None:
    who = owner(view, hit.start)
    after = view.low[hit.end] if hit.end < len(view.low) else ""
    if who is None and any(word in LIGHT for word in view.low[max(hit.start - 4, 0) : hit.start]):
        light = next(at for at in range(hit.start - 1, -1, -1) if view.low[at] in LIGHT)
        begin = verb_start(view, light)
        if any(word in ("not", "never", "no") for word in view.low[begin : hit.start]):
            return None
        who = subject(view, light)
    if who is None:
        who, _ = agent(view, hit.end)
    if who is None or after not in ("to", "that", "of", "by", "on", "not", "never", "from"):
        return None
    return Found(who.names, rest(view, skipped(view, hit.end)), min(who.first, hit.start))


def _never(view: View, hit: Hit) -> Found | None:
    """`will never leave X`: about `leave X`, since the verb says what is not to be."""
    who = subject(view, hit.start)
    if who is None:
        return None
    return Found(who.names, rest(view, hit.end - 1), min(who.first, hit.start))


def _closed(view: View, hit: Hit) -> Found | None:
    return red_predicate(view, hit)


def _red_verb(view: View, hit: Hit) -> Found | None:
    if "be" in view.low[hit.start : hit.end]:
        return red_predicate(view, hit)
    who = subject(view, hit.start)
    if who is None:
        return None
    return Found(who.names, rest(view, hit.end), who.first)


READERS = {
    "red-noun": red_noun,
    "red-predicate": red_predicate,
    "red-verb": _red_verb,
    "pledge": _verb,
    "pledge-never": _never,
    "pledge-noun": _noun,
    "refusal": _verb,
    "refusal-never": _never,
    "refusal-noun": _noun,
    "refusal-predicate": _closed,
}
