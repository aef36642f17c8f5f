"""What each actor has at stake, and what it is after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from foedus.reading.model import Claim, Cue, Mention, Stake
from foedus.reading.statements.aims import Held, aim, goal, purpose
from foedus.reading.statements.builds import Found, owner, settled, skipped, whose
from foedus.reading.statements.clauses import clause_start, clause_subject, subject, verb_start
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.phrases import Group, mentions_from
from foedus.reading.statements.scene import View, scene
from foedus.reading.statements.spans import clause_end, rest
from foedus.reading.statements.stake_words import STAKES, WEIGHTS
from foedus.reading.statements.subjects import matter
from foedus.reading.statements.verbs import nominal, passive
from foedus.reading.statements.words import DETERMINER, NEGATION, PRONOUN
from foedus.reading.text import Span, Text

AS_REACH = 12
OWNER_REACH = 6


def stakes(
    text: Text, mentions: Sequence[Mention], claims: Sequence[Claim], cues: Sequence[Cue]
) -> tuple[Stake, ...]:
    """What, according to a text, does each actor have at stake (`stake`), or want (`aim`)?

    One item for each actor and each thing; where it is denied, `about` begins with the denial.
    """
    seen = scene(text, mentions, claims, cues)
    return tuple(found for view, hit in seen.hits(STAKES) for found in _read(view, hit))


def _read(view: View, hit: Hit) -> Iterator[Stake]:
    held = READERS[hit.tag](view, hit)
    if held is None or not held.who.names:
        return
    kind = "aim" if hit.tag in ("aim", "purpose", "goal") else "stake"
    for about in held.abouts:
        found = Found(held.who.names, about, held.first)
        start, end, holders = settled(view, hit, found)
        for name in held.who.names:
            yield Stake(start=start, end=end, type=kind, actor=name, about=about, holders=holders)


def _weighty(view: View, hit: Hit) -> Held | None:
    """Y is vital to X('s security): the actor behind it, or whose thing that is."""
    who = _beneficiary(view, hit.end)
    if who is None:
        return None
    for at in range(hit.start - 1, max(hit.start - 4, -1), -1):
        if view.low[at] == "as":
            return None
    begin = verb_start(view, hit.start)
    about = matter(view, begin, hit)
    first = begin - 1 if begin and view.low[begin - 1] in PRONOUN else begin
    return Held(who, (about,), first)


def _beneficiary(view: View, at: int) -> Group | None:
    low = view.low
    for word in range(at, min(at + OWNER_REACH, len(low))):
        if word in view.starting:
            whole = view.starting[word][0].mention.start == view.sentence.starts[word]
            return mentions_from(view, word) if whole else None
        if low[word] in ("its", "his", "her", "their", "it", "them", "both", "him"):
            return whose(view, word)
        if low[word] not in DETERMINER:
            return None
    return None


def _seen(view: View, hit: Hit) -> Held | None:
    """X regards Y as vital (to its security)."""
    low = view.low
    stop = min(hit.end + AS_REACH, clause_end(view, hit.end))
    at = next((w for w in range(hit.end, stop) if low[w] == "as"), None)
    who = subject(view, hit.start)
    if at is None or who is None or passive(view, verb_start(view, hit.start), hit):
        return None
    if WEIGHTS.isdisjoint(low[at + 1 : at + 7]):
        return None
    about = rest(view, hit.end, at)
    return Held(who, (about,), min(who.first, hit.start)) if about else None


def _choice(view: View, hit: Hit) -> Held | None:
    """A war of choice: for the one named, else for whom the clause before speaks of."""
    low = view.low
    named = None
    if hit.end < len(low) and low[hit.end] in ("for", "of"):
        named = mentions_from(view, hit.end + 1)
    who = named or owner(view, hit.start) or clause_subject(view, hit.start)
    if who is None:
        who = _spoken_of(view)
    return Held(who, (view.span(hit.start, hit.end),), hit.start) if who else None


def _spoken_of(view: View) -> Group | None:
    """Whom the sentences before in the paragraph are about."""
    for number in range(view.number - 1, max(view.number - 4, -1), -1):
        other = view.scene.view(number)
        if other.sentence.paragraph != view.sentence.paragraph:
            break
        first = next((p for p in other.placed if p.first <= 2 and p.mention.role == "actor"), None)
        if first is not None and (first.mention.actor or first.mention.by != "pronoun"):
            return Group((first.name,), 0, 0)
    return None


def _having(view: View, hit: Hit) -> Held | None:
    begin = verb_start(view, hit.start)
    if nominal(view, hit, begin):
        return None
    low = view.low
    if low[hit.end - 1] == "stake" and low[hit.end - 2 : hit.end - 1] == ("at",):
        return None
    who = subject(view, hit.start)
    if who is None:
        return None
    span = _weighed(view, begin, hit)
    return Held(who, (span,), min(who.first, begin))


def _weighed(view: View, begin: int, hit: Hit) -> Span | None:
    """What is at stake; where it is denied or played down, from the word that does so."""
    lesser = NEGATION | {"mildly", "little", "no", "less", "only"}
    for word in range(begin, hit.end):
        if view.low[word] in lesser:
            return rest(view, word, clause_end(view, hit.end))
    end = hit.end + 1 if view.low[hit.end : hit.end + 1] in (("about",), ("if",)) else hit.end
    return rest(view, skipped(view, end), clause_end(view, end))


def _matters(view: View, hit: Hit) -> Held | None:
    who = _beneficiary(view, hit.end)
    if who is None:
        return None
    begin = verb_start(view, hit.start)
    return Held(who, (rest(view, clause_start(view, begin), begin),), hit.start)


def _owned(view: View, hit: Hit) -> Held | None:
    who = owner(view, hit.start)
    if who is None:
        return None
    return Held(
        who, (rest(view, skipped(view, hit.end)) or view.span(hit.start, hit.end),), who.first
    )


READERS: Mapping[str, Callable[[View, Hit], Held | None]] = {
    "weighty": _weighty,
    "seen": _seen,
    "choice": _choice,
    "having": _having,
    "matters": _matters,
    "owned": _owned,
    "aim": aim,
    "purpose": purpose,
    "goal": goal,
}
