"""What a reading consists of: typed items, each with its place in the text as read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from foedus.reading.text import Span

CONTEXT = 32
"""Characters before and after a span that an anchor keeps, to find it again."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from, as far as it says so itself."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    """When it was published, as EDTF."""
    url: str | None = None
    sha256: str = ""
    """Of the bytes that were read."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span that can be found again: position and quote selectors of W3C Web Annotation."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @staticmethod
    def of(text: str, start: int, end: int) -> Anchor:
        """The anchor of a span of a text."""
        before = text[max(0, start - CONTEXT) : start]
        return Anchor(start, end, text[start:end], before, text[end : end + CONTEXT])


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of the text that says something: from start up to, not including, end."""

    kind: ClassVar[str]
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """As plain data, its kind first."""
        return {"kind": self.kind, **asdict(self)}

    @property
    def id(self) -> str:
        """A hash of all it says: the same item read again has the same id."""
        told = json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Item):
    """A stretch of text and whose it is."""

    kind = "voice"
    role: str
    """author, editor, excerpt (a long quotation of another's text), headline, byline or caption."""
    speaker: str | None
    """An actor's id, or the name as it stands in the text; None if nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Item):
    """Words that stand for an actor or a place."""

    kind = "mention"
    actor: str | None
    """The case's id; else that of the built-in table; None for a name nobody knows."""
    name: str
    """What it is called."""
    type: str
    """state, person, organisation, movement, nationality or place."""
    code: str | None
    """Three letters for a country, or the actor's code in event data."""
    role: str = "actor"
    """actor or place."""
    by: str = "alias"
    """What linked it: alias (of the case), table, capital, demonym, pronoun or shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Item):
    """Words that say how sure, or on which condition."""

    kind = "cue"
    type: str
    """negation, hedge, booster, conditional, question or doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Item):
    """Another's words, or what another is said to have said."""

    kind = "quote"
    form: str
    """direct, mixed (a few words in marks), indirect, block, scare or title (of a work)."""
    speaker: str | None
    """An actor's id, or the name as it stands in the text."""
    speaker_at: Span | None = None
    verb_at: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Item):
    """A sentence or clause, and who holds it through whom."""

    kind = "claim"
    holders: tuple[str, ...]
    """Outermost first: the text's author, whom he cites, whom those cite."""
    polarity: str = "affirmed"
    """affirmed or denied."""
    cues: tuple[Span, ...] = ()
    condition: Span | None = None
    content: Span | None = None
    """What the last holder holds; the rest of the claim says who he is. None if it is all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Item):
    """A red line, a pledge or a refusal."""

    kind = "commitment"
    type: str
    by: tuple[str, ...]
    about: Span | None = None
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame(Item):
    """Who blames whom, and for what."""

    kind = "blame"
    by: tuple[str, ...]
    at: tuple[str, ...]
    about: Span | None = None
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thesis(Item):
    """A conclusion, what it follows from, the condition it rests on, and what challenges that."""

    kind = "thesis"
    antecedent: Span | None
    consequent: Span
    proviso: Span | None = None
    """The key assumption: `as long as`, `provided that`, `unless`."""
    challenged_by: tuple[Span, ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake(Item):
    """What an actor has at stake, or wants."""

    kind = "stake"
    type: str
    """stake or aim."""
    actor: str
    about: Span | None = None
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Item):
    """A date in words, as EDTF: relative ones counted from the text's own date, or left open."""

    kind = "date"
    edtf: str
    relative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Item):
    """Who did what to whom, in PLOVER's terms."""

    kind = "event"
    type: str
    """One of PLOVER's root types, such as ASSAULT."""
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_codes: tuple[str, ...] = ()
    target_codes: tuple[str, ...] = ()
    mode: str | None = None
    polarity: str = "affirmed"
    modality: str = "actual"
    """actual, ongoing, habitual, future, conditional, desired or denied."""
    date: str | None = None
    place: str | None = None
    magnitude: int | None = None
    holders: tuple[str, ...] = ()
    trigger: Span | None = None


KINDS: tuple[type[Item], ...] = (
    Voice, Mention, Cue, Quote, Claim, Commitment, Blame, Thesis, Stake, Date, Event,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in a text, in the order of the text."""

    source: Source
    text: str
    items: tuple[Item, ...] = field(default=())

    def of(self, kind: type[Item]) -> list[Any]:
        """The items of one kind."""
        return [item for item in self.items if isinstance(item, kind)]
