"""The names that are looked for in a text: the case's first, then those everybody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.reading.mentions.casenames import case_names, pact_sides
from foedus.reading.mentions.entry import Entry, written
from foedus.reading.mentions.known import by_code, known

if TYPE_CHECKING:
    from foedus.case import Case

Tree = dict[str, Any]
"""Words to what may follow them; under the empty word the names that end there."""


@dataclass(frozen=True)
class Names:
    """Who may be meant by which words."""

    tree: Tree = field(repr=False)
    sides: dict[str, str] = field(default_factory=dict)
    """Of the case's actors: the state or group each speaks or acts for in the end."""
    members: tuple[str, ...] = ()
    """The members of the case's pact."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Ids of the tables whose bearers are actors of the case."""
    governments: dict[str, Entry] = field(default_factory=dict)
    """Of a state's three letters: who acts for it, if the case has a government of its own."""

    def side(self, actor: str | None, code: str | None) -> str | None:
        """Whom somebody acts for: by the case, else the state of his three letters."""
        if actor in self.sides:
            return self.sides[actor or ""]
        own = self.governments.get(code or "")
        if own is not None:
            return own.actor
        state = by_code().get(code or "")
        return actor if state is None else self.same.get(state, state)

    @staticmethod
    def of(case: Case | None = None) -> Names:
        """The names of a case and the tables; of the tables alone without a case."""
        if case is None:
            return _plain()
        found = case_names(case)
        tree = planted([*found.entries, *(found.renamed(entry) for entry in known())])
        sides, members = pact_sides(case)
        return Names(tree, sides, members, found.same, found.governments)

    def with_dictionary(self, path: str | Path, on: str | None = None) -> Names:
        """With the names of an actor dictionary in the form that PETRARCH reads.

        Names that are known already keep their meaning. `on` is the day (YYYYMMDD) whose offices
        count; without it the last that is told. Raises ``DictionaryError``.
        """
        from foedus.reading.mentions.dictionary import entries

        tree = planted(entries(path, on), _copied(self.tree))
        return replace(self, tree=tree)

    def at(self, lower: list[str], words: list[str], place: int) -> tuple[int, Entry] | None:
        """The longest name that begins at a place: how many words, and whose it is."""
        node, found = self.tree.get(lower[place]), None
        end, last = place, len(lower)
        while node is not None:
            end += 1
            for entry in node.get("", ()):
                if written(entry, words, place):
                    found = (end - place, entry)
                    break
            node = node.get(lower[end]) if end < last else None
        return found


@cache
def _plain() -> Names:
    return Names(planted(known()))


def planted(entries: Iterable[Entry], tree: Tree | None = None) -> Tree:
    """Names as a tree of their words; one written alike goes after those that are there."""
    tree = {} if tree is None else tree
    for entry in entries:
        node = tree
        for word in entry.words:
            node = node.setdefault(word.lower(), {})
        there = node.setdefault("", [])
        if not any(other.words == entry.words for other in there):
            there.append(entry)
    return tree


def _copied(tree: Tree) -> Tree:
    return {word: list(below) if word == "" else _copied(below) for word, below in tree.items()}
