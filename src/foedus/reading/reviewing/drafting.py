"""What would be written into the case: an entry of evidence, and the sources it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from foedus.case import Case
from foedus.reading.proposing import DRAFT, NewSource
from foedus.reading.reviewing.offered import Offered

FIELDS = ("id", "says", "by", "through", "credibility", "date", "where", "source", "note")
"""What a person may change of an item; `reliability` is of its source, if that is new."""
ORDER = ("source", "where", "by", "through", "says", "date", "reported", "credibility", "note")
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry of evidence that may be written."""

    id: str
    entry: Mapping[str, Any]
    sources: tuple[NewSource, ...] = ()
    """The sources that the case does not have yet."""
    reliability: Mapping[str, str] = field(default_factory=dict)
    """Of new sources, by their id, as a person judged them."""

    def entries(self) -> list[tuple[str, dict[str, Any]]]:
        """What goes into the case file, by path, in the order it has to go in."""
        made: list[tuple[str, dict[str, Any]]] = []
        for source in self.sources:
            judged = self.reliability.get(source.id)
            own = source.entry() | ({"reliability": judged} if judged else {})
            made.append((f"sources.{source.id}", own))
        ordered = {key: self.entry[key] for key in ORDER if self.entry.get(key)}
        return [*made, (f"evidence.{self.id}", ordered)]

    def changed(self, values: Mapping[str, Any]) -> Draft:
        """The draft with fields changed; None or an empty value takes a field out."""
        entry = dict(self.entry)
        for name in FIELDS[1:]:
            if name in values:
                entry[name] = values[name]
        judged = dict(self.reliability)
        if values.get("reliability"):
            judged |= {one.id: values["reliability"] for one in self.sources}
        new = replace(self, id=values.get("id") or self.id, entry=entry, reliability=judged)
        named = {entry.get("source"), *(entry.get("through") or ())}
        return replace(new, sources=tuple(one for one in self.sources if one.id in named))


def draft(offered: Offered, case: Case, news: Mapping[str, NewSource]) -> Draft:
    """The entry that a proposal makes, with what it bears on as a note.

    `news` are the sources that texts read bring with them, by id.
    """
    proposal = offered.proposal
    entry = proposal.evidence()
    entry["says"] = proposal.says.removeprefix(DRAFT)
    if proposal.bears:
        told = "; ".join(f"{one.direction} {one.on}" for one in proposal.bears)
        entry["note"] = f"Bears on, as read: {told}."[:LONGEST_NOTE]
    known = {*case.sources, *case.actors}
    needed = dict.fromkeys((proposal.source, *proposal.through))
    sources = tuple(news[id_] for id_ in needed if id_ not in known and id_ in news)
    return Draft(free(proposal.id, case.evidence), entry, sources)


def free(id_: str, used: Collection[str]) -> str:
    """The id, or the id with a number, that is not used yet."""
    number, name = 2, id_
    while name in used:
        name = f"{id_}-{number}"
        number += 1
    return name


def there(offered: Offered, case: Case) -> str | None:
    """The evidence by which the case has a proposal already.

    So it is if writing it was the last thing that was done before a review was cut short.
    """
    proposal = offered.proposal
    says = proposal.says.removeprefix(DRAFT)
    for key, item in case.evidence.items():
        same = item.source == proposal.source and item.where == proposal.where
        if same and (key == proposal.id or item.says == says):
            return key
    return None
