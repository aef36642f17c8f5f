"""A verb of a clause, as it stands in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.events.group import Group
from foedus.reading.events.lexicon import Frame, Word

FINITE, INFINITIVE, GERUND, PARTICIPLE = "finite", "infinitive", "gerund", "participle"


@dataclass(slots=True, eq=False)
class Verb:
    """A verb at a word, with its auxiliaries from `first` and its phrase to `end`."""

    at: int
    first: int
    end: int
    entry: Word | None
    form: str
    passive: bool = False
    negated: bool = False
    helpers: tuple[str, ...] = ()
    subject: Group | None = None
    frame: Frame | None = None
    operator: str | None = None
    pair_at: int = -1
    """The noun that makes the frame with the verb."""
    relative: bool = False
    shared: bool = False
    """Whether its subject is that of the verb before."""
