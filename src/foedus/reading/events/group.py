"""A noun group, and a sentence's words with its groups."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.tables import listed
from foedus.reading.text import Sentence

OWN = listed("own")
STATE_LIKE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "ARM"})
"""Sectors whose acts are the state's."""


@dataclass(slots=True, eq=False)
class Group:
    """Words for someone: from start up to, not including, end, in the sentence's words."""

    start: int
    end: int
    name: str = ""
    actor: str | None = None
    code: str | None = None
    sector: str | None = None
    prep: str | None = None
    prep_at: int = -1
    possessive: bool = False
    adjective: bool = False
    """A name that only qualifies a noun that is nobody: `Iranian *proposal*`."""
    place: bool = False
    named: bool = False
    """Whether a mention is in it."""
    own: bool = False
    """`their forces`: whose is told before."""
    pronoun: bool = False
    against: bool = False
    """Written with anti- or counter-."""
    person: bool = False
    nation: bool = False
    """People by their nationality: `Albanians`."""
    joined: list[Group] = field(default_factory=list)
    """Those coordinated with it, itself included, in their order; empty if there are none."""

    @property
    def all(self) -> list[Group]:
        """It and those coordinated with it."""
        return self.joined or [self]

    @property
    def who(self) -> str:
        """The actor's id, or the name as it stands."""
        return self.actor or self.name


@dataclass(slots=True)
class Words:
    """A sentence's words in lower case, its groups, and the group that each word is in."""

    sentence: Sentence
    text: str
    w: list[str]
    groups: list[Group]
    at: list[int]
    """The number of the group a word is in; -1 for none."""
    lexicon: Lexicon
