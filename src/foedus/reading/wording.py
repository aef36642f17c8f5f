"""How actors and chains of holders are said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.reading.model import Mention, Reading

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.reading.proposing import Proposal

VOICES = {"author": "the author", "editor": "the editor"}


@dataclass(frozen=True)
class Called:
    """What actors and sources are called: by the case, else by the text."""

    names: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(reading: Reading | None = None, case: Case | None = None) -> Called:
        """Gather the names of a case and of what a text mentions."""
        names = dict(VOICES)
        if reading is not None:
            for mention in reading.of(Mention):
                if mention.actor is not None:
                    names.setdefault(mention.actor, mention.name)
        if case is not None:
            names |= {key: source.author or source.title for key, source in case.sources.items()}
            names |= {key: actor.name for key, actor in case.actors.items()}
        return Called(names)

    def name(self, id_: str) -> str:
        """What somebody is called; the id, or the name as it stands in the text, if unknown."""
        return self.names.get(id_, id_)

    def names_of(self, ids: Iterable[str]) -> str:
        """Several, as a list in words."""
        told = [self.name(one) for one in ids]
        return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)

    def holders(self, holders: Iterable[str]) -> str:
        """Who holds something and through whom: `Russia, as told by the author`."""
        chain = list(dict.fromkeys(holders))
        if len(chain) > 1 and chain[0] in VOICES and chain[1] not in VOICES:
            chain = chain[1:]
        return ", as told by ".join(self.name(one) for one in reversed(chain))

    def chain(self, proposal: Proposal) -> str:
        """Who said what is proposed, and who passed it on."""
        new = proposal.new_source
        own = (new.author or new.title) if new else self.names.get(proposal.source)
        guesses = [*proposal.unknown[-1:], *([own] if own else []), "somebody"]
        by = [proposal.by] if proposal.by else guesses[:1]
        told = dict.fromkeys(self.name(one) for one in (*proposal.through, *by))
        return ", as told by ".join(reversed(told))
