"""How credible an item is on its face (Admiralty 1 to 6), and the rule that says so."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reading.claims import Suggested, suggestions
from foedus.reading.model import Claim, Cue, Mention, Reading, Voice
from foedus.reading.proposing.units import Unit
from foedus.reading.text import Text

JUDGED = ("stake", "thesis", "premise", "proviso", "challenge")
JUDGEMENT = 3


def ratings(reading: Reading, text: Text) -> dict[Claim, Suggested]:
    """The suggested rating of each claim of a reading."""
    claims: Sequence[Claim] = sorted(reading.of(Claim), key=lambda c: (c.start, c.end))
    mentions: Sequence[Mention] = sorted(reading.of(Mention), key=lambda m: (m.start, m.end))
    cues: Sequence[Cue] = sorted(reading.of(Cue), key=lambda c: (c.start, c.end))
    voices: Sequence[Voice] = reading.of(Voice)
    found = suggestions(text, voices, mentions, claims, cues)
    return dict(zip(claims, found, strict=True))


def rated(unit: Unit, claim: Claim | None, table: dict[Claim, Suggested]) -> tuple[int, str]:
    """The credibility of the claim an item stands in, and its rule.

    A judgement is never better than 3: that a voice holds it does not make it so. What stands in no
    claim cannot be judged.
    """
    found = table.get(claim) if claim is not None else None
    if found is None:
        return 6, "it stands in no claim that could be judged"
    if unit.kind == "challenge" and found.credibility > JUDGEMENT:
        return JUDGEMENT, "a doubt of a voice that can be held to account"
    if unit.kind in JUDGED and found.credibility < JUDGEMENT:
        return JUDGEMENT, f"{found.rule}; a judgement, not an event (at best 3)"
    return found.credibility, found.rule
