"""What a text has named so far: family names, short forms, offices, pairs, the last sentences."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from foedus.reading.mentions.found import Found
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import SUFFIXES

_SENTENCES = 3
"""Sentences back in which a pronoun may find whom it stands for."""
_PAIR = 10
"""Sentences back in which `both countries` may."""
_STATELY = frozenset({"name", "capital", "institution", "adjective", "people"})


@dataclass(slots=True)
class Memory:
    """Kept while a text is read from its start to its end."""

    people: dict[str, Found] = field(default_factory=dict)
    shorts: dict[str, Found] = field(default_factory=dict)
    offices: dict[str, Found] = field(default_factory=dict)
    groups: dict[str, Found] = field(default_factory=dict)
    recent: list[tuple[list[Found], Tokens]] = field(default_factory=list)
    pairs: dict[str, tuple[int, Found, Found]] = field(default_factory=dict)
    count: int = 0

    def introduce(self, found: Found, cut: Tokens, first: int, last: int) -> None:
        """A person named in full, from the word first up to the word last: keep the family name."""
        while last > first and cut.lower[last] in SUFFIXES:
            last -= 1
        if last >= first and cut.words[last][0].isupper() and len(cut.words[last]) > 1:
            self.people[cut.lower[last]] = found

    def hold(self, title: list[str], head: str, found: Found) -> None:
        """Somebody bears a title."""
        self.offices[head] = self.offices[" ".join(title)] = found

    def office(self, title: list[str], head: str) -> Found | None:
        """Who bore a title last: the foreign minister; of any kind if it is told by its head."""
        return self.offices.get(" ".join(title) if len(title) > 1 else head)

    def shorten(self, short: str, found: Found) -> None:
        """A short form that the text explains."""
        self.shorts[short] = found

    def known(self, word: str, low: str) -> Found | None:
        """Who was named so before: by family name or short form."""
        return self.shorts.get(word) or self.people.get(low)

    def close(self, out: list[Found], cut: Tokens) -> None:
        """A sentence is over."""
        self.recent.append((out, cut))
        if len(self.recent) > _SENTENCES:
            del self.recent[0]
        self.count += 1

    def couple(self, one: Found, other: Found, cut: Tokens) -> None:
        """Keep two that the text joins: Russia and Iran, the Iranian-Russian pact."""
        between = cut.lower[one.last + 1 : other.first]
        tied = one.last + 1 == other.first and cut.tied[one.last]
        if not tied and between not in (["and"], ["and", "the"]):
            return
        kind = "person" if one.type == "person" else "state"
        for each in (one, other):
            if each.role != "actor" or each.actor is None:
                return
            if (each.type == "person") != (kind == "person"):
                return
            if kind == "state" and each.form not in _STATELY:
                return
        if one.actor != other.actor:
            self.pairs[kind] = (self.count, replace(one), replace(other))

    def pair(self, kind: str) -> tuple[Found, Found] | None:
        """The last two that were joined, if not too long ago."""
        there = self.pairs.get(kind)
        if there is None or self.count - there[0] > _PAIR:
            return None
        return there[1], there[2]
