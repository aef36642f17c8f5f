"""A suggested Admiralty rating of each claim, and the rule that gave it. A person decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.reading.claims.agreeing import Agreement, agreements
from foedus.reading.claims.chains import AUTHOR, UNNAMED, Chains
from foedus.reading.cues.lexicon import wordset
from foedus.reading.model import Claim, Cue, Mention, Voice
from foedus.reading.quotes.words import ROLES
from foedus.reading.text import Text

NAMELESS = wordset(
    "officials sources source diplomats insiders anonymity unnamed aides observers analysts "
    "activists residents witnesses critics some many others reportedly rumours rumors unidentified "
    "experts"
)
OTHERS = wordset(
    "misleading misleadingly false falsely wrongly casts cast throws in doubt doubts doubted "
    "casting sceptical skeptical scepticism skepticism disputed doubtful questionable dubious "
    "bogus sham fictitious spurious disinformation implausible unfounded baseless groundless "
    "no little"
)
"""First words of doubts that are themselves what is claimed, not the text's distance from it."""
OWN = wordset("i we us our my")
WORST = 5


@dataclass(frozen=True, slots=True)
class Suggested:
    """A rating of a claim as the text alone gives grounds for."""

    credibility: int
    """Of the information: 1 confirmed, 2 probably, 3 possibly true, 4 doubtful, 5 improbable, 6 not
    to be judged."""
    rule: str
    reliability: str
    """Of the source: A to E from completely reliable to unreliable, F not to be judged."""
    reliability_rule: str


@dataclass(frozen=True, slots=True)
class _Signs:
    question: bool
    doubt: str
    hedge: str
    condition: bool
    nameless: bool
    own_cause: bool
    told_by: int
    """Attributions: those who tell, the text's own author and excerpted author apart."""


def suggestions(
    text: Text,
    voices: Sequence[Voice],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    cues: Sequence[Cue],
) -> tuple[Suggested, ...]:
    """A suggested rating for each claim, in the same order.

    Credibility: a question is 6. What another holder in the text denies is 4, or 5 if nobody is
    named or the text doubts it too. What the text doubts is 4. What the author says himself starts
    at 2, what he attributes at 3; a hedge or a condition, a nameless source and every further link
    of the chain add 1, to 5 at most; one independent holder who says the same takes it to 2, two to
    1, or one worse each if hedged.

    Reliability: nobody named is F, a source the text doubts D, one who speaks in their own cause C,
    another named one B; the author himself, whom the text cannot judge, F.
    """
    types = {cue.start: cue for cue in cues}
    chains = Chains(voices, mentions, ())
    starts = [mention.start for mention in mentions]
    agreed = agreements(text, claims, mentions)
    return tuple(
        _suggest(_signs(text, claim, chains, mentions, starts, types), agreement, claim)
        for claim, agreement in zip(claims, agreed, strict=True)
    )


def _signs(
    text: Text,
    claim: Claim,
    chains: Chains,
    mentions: Sequence[Mention],
    starts: Sequence[int],
    types: dict[int, Cue],
) -> _Signs:
    found = [types[span.start] for span in claim.cues if span.start in types]
    content = claim.content
    span = content or claim
    first = {
        cue.type: text.text[cue.start : cue.end]
        for cue in reversed(found)
        if cue.type == "doubt" or span.start <= cue.start < span.end
    }
    doubt = first.get("doubt", "")
    attributed = ""
    inside = text.text[claim.start : claim.end]
    if content is not None:
        attributed = (
            text.text[claim.start : content.start] + " " + text.text[content.end : claim.end]
        )
        inside = text.text[content.start : content.end]
    here = mentions[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)]
    named_in = {m.actor for m in here if m.actor and span.start <= m.start < span.end}
    holder = claim.holders[-1]
    told_by = max(0, len(claim.holders) - len(chains.at(claim.start) or ()))
    words = set(attributed.lower().replace(",", " ").split())
    ids: set[str | None] = {m.actor for m in here}
    nameless = holder == UNNAMED or bool(words & NAMELESS) or _role(holder, ids)
    return _Signs(
        question=any(c.type == "question" and text.text[c.start] == "?" for c in found),
        doubt="" if doubt.split(" ")[0].lower() in OTHERS else doubt,
        hedge=first.get("hedge", ""),
        condition=claim.condition is not None,
        nameless=told_by > 0 and nameless,
        own_cause=holder in named_in or bool(OWN & set(inside.lower().split())),
        told_by=told_by,
    )


def _role(holder: str, ids: set[str | None]) -> bool:
    """Whether a holder is a nameless group: by an office or a calling, not by a name."""
    return holder not in ids and holder.split()[-1].lower() in ROLES


def _suggest(signs: _Signs, agreement: Agreement, claim: Claim) -> Suggested:
    credibility, rule = _credibility(signs, agreement)
    letter, why = _reliability(signs, claim)
    return Suggested(credibility, rule, letter, why)


def _credibility(signs: _Signs, agreement: Agreement) -> tuple[int, str]:
    if signs.question:
        return 6, "a question asserts nothing that could be judged"
    if agreement.against:
        worse = signs.nameless or bool(signs.doubt)
        who = ", ".join(agreement.against)
        return 4 + worse, f"{who} says the contrary in this text"
    if signs.doubt:
        return 4, f"the text doubts it: “{signs.doubt}”"
    unsure = bool(signs.hedge) or signs.condition
    why = f"hedged: “{signs.hedge}”" if signs.hedge else "on a condition"
    if agreement.by:
        best = 2 if len(agreement.by) == 1 else 1
        told = "also said by " + ", ".join(agreement.by)
        return best + unsure, f"{told}; {why}" if unsure else told
    steps = ["the author’s own words (2)" if not signs.told_by else "attributed (3)"]
    credibility = 3 if signs.told_by else 2
    if unsure:
        steps.append(f"{why} (+1)")
    if signs.nameless:
        steps.append("nobody is named (+1)")
    if signs.told_by > 1:
        steps.append(f"through {signs.told_by} links (+{signs.told_by - 1})")
    credibility += unsure + signs.nameless + max(0, signs.told_by - 1)
    return min(WORST, credibility), "; ".join(steps)


def _reliability(signs: _Signs, claim: Claim) -> tuple[str, str]:
    holder = claim.holders[-1]
    if signs.nameless:
        return "F", "nobody is named who could be judged"
    if signs.doubt:
        return "D", f"the text doubts it: “{signs.doubt}”"
    if not signs.told_by:
        own = "the author" if holder == AUTHOR else holder
        return "F", f"{own} speaks; only the publication can tell how reliable"
    if signs.own_cause:
        return "C", f"{holder} speaks in their own cause"
    return "B", f"{holder} is named and speaks of others"
