"""What is proposed for the case: an evidence item, what it bears on, and what it repeats."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from foedus.reading.text import Span

DRAFT = "[draft] "
"""Opens every drafted `says`: the person has to put it into own words."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """Something of the case that a piece of evidence speaks for or against; never by how much."""

    on: str
    """The path of a quantity, or `assumptions.ID`, `hypotheses.ID`."""
    label: str
    """The same, said as people do."""
    direction: str
    """supports or weakens. Of a quantity: speaks for a higher, or a lower, value."""
    why: str


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that the case does not have yet; its reliability is for the person to judge."""

    id: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None

    def entry(self) -> dict[str, Any]:
        """As the case file has it."""
        return {key: value for key, value in asdict(self).items() if value and key != "id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An evidence item read in a text, for a case once a person has edited and accepted it."""

    id: str
    """Names no evidence of the case and no other proposal."""
    kinds: tuple[str, ...]
    """The kinds of items it rests on: commitment, blame, thesis, challenge, stake, event, claim."""
    start: int
    end: int
    """The words in the text that say it."""
    quoted: str
    """The exact sentence."""
    source: str
    new_source: NewSource | None = None
    where: str
    by: str | None
    """An actor of the case; None if nobody of the case said it."""
    through: tuple[str, ...] = ()
    says: str
    date: str | None = None
    reported: str | None = None
    credibility: int = 6
    rule: str = ""
    """The rule that gave the credibility."""
    bears: tuple[Bearing, ...] = ()
    repeats: str | None = None
    """The evidence already in the case that says this."""
    because: str | None = None
    """What shows that it is repeated."""
    unknown: tuple[str, ...] = ()
    """Those in its chain whom the case does not know; they are left out of by and through."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    def evidence(self) -> dict[str, Any]:
        """The item as the case file has it, without the id."""
        whole = {
            "source": self.source,
            "where": self.where,
            "by": self.by,
            "through": list(self.through),
            "says": self.says,
            "date": self.date,
            "reported": self.reported,
            "credibility": self.credibility,
        }
        return {key: value for key, value in whole.items() if value}

    def to_dict(self) -> dict[str, Any]:
        """As plain data, its kind first."""
        return {"kind": "proposal", **asdict(self)}
