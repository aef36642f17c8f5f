"""A made text and a reading of it with every kind of item and every kind of field."""

from __future__ import annotations

from foedus.reading.model import (
    Blame,
    Claim,
    Commitment,
    Cue,
    Date,
    Event,
    Mention,
    Quote,
    Reading,
    Source,
    Stake,
    Thesis,
    Voice,
)
from foedus.reading.text import Span

TEXT = (
    "“Aldia’s fleet stays,” the envoy said in May 2024.\n\n"
    "If Corvia shells the strait, 𝔅errin may leave, unless paid <b>well</b>.\n"
)


def at(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def place(words: str) -> dict[str, int]:
    span = at(words)
    return {"start": span.start, "end": span.end}


READING = Reading(
    Source("A title", "A. Writer", "Gazette", "2024-06", "https://example.org/a", "ab" * 32),
    TEXT,
    (
        Voice(start=0, end=len(TEXT), role="author", speaker=None),
        Quote(**place("“Aldia’s fleet stays,”"), form="direct", speaker="envoy",
              speaker_at=at("the envoy"), verb_at=at("said")),
        Mention(**place("Aldia"), actor="aldia", name="Aldia", type="state", code=None),
        Commitment(**place("fleet stays"), type="pledge", by=("aldia",), about=at("stays"),
                   holders=("author", "envoy")),
        Date(**place("May 2024"), edtf="2024-05", relative=False),
        Claim(**place("If Corvia shells the strait, 𝔅errin may leave"), holders=("author",),
              cues=(at("If"), at("may")), condition=at("Corvia shells the strait")),
        Thesis(**place("If Corvia shells the strait, 𝔅errin may leave, unless paid"),
               antecedent=at("Corvia shells the strait"), consequent=at("𝔅errin may leave"),
               proviso=at("unless paid"), challenged_by=(at("stays"),), holders=("author",)),
        Event(**place("Corvia shells the strait"), type="ASSAULT", source=("corvia",),
              target=("aldia", "berrin"), source_codes=("", "COR"), mode="firearms",
              modality="conditional", magnitude=3, holders=("author",), trigger=at("shells")),
        Blame(**place("Corvia shells"), by=(), at=("corvia",), about=None),
        Cue(**place("may"), type="hedge"),
        Stake(**place("paid <b>well</b>"), type="aim", actor="berrin"),
    ),
)  # fmt: skip
