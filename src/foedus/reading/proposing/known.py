"""What the case already has, ready to be compared with: its evidence by source and paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from foedus.case import Case
from foedus.reading.proposing.folk import Folk
from foedus.reading.proposing.meaning import Meaning, meaning, rarity
from foedus.reading.text import WORD

PARAGRAPH = re.compile(r"\bparagraphs?\s+(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", re.IGNORECASE)
LONGEST_NAME = 6
"""Words of an actor's name."""


@dataclass(frozen=True)
class Known:
    """A case's evidence by what it says."""

    case: Case
    folk: Folk

    @cached_property
    def evidence(self) -> Mapping[str, Meaning]:
        """What each item says."""
        return {key: self.meaning(item.says) for key, item in self.case.evidence.items()}

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What each word weighs."""
        return rarity(self.evidence.values())

    @cached_property
    def places(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The evidence of each source and paragraph."""
        table: dict[tuple[str, int], list[str]] = {}
        for key, item in self.case.evidence.items():
            for number in paragraphs(item.where):
                table.setdefault((item.source, number), []).append(key)
        return {place: tuple(keys) for place, keys in table.items()}

    def meaning(self, words: str, actors: Iterable[str] = ()) -> Meaning:
        """What a passage says, and of which actors: those it names and those given.

        The words of the names say who and not what, so they are left out.
        """
        low = [w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(words)]
        named, kept, at = {self.folk.top(name) for name in actors}, list[str](), 0
        while at < len(low):
            end = self._name_end(low, at)
            if end > at:
                named.add(self.folk.top(self.folk.names[" ".join(low[at:end])]))
            else:
                kept.append(low[at])
            at = max(end, at + 1)
        return meaning(" ".join(kept), named)

    def _name_end(self, low: list[str], at: int) -> int:
        for end in range(min(at + LONGEST_NAME, len(low)), at, -1):
            if " ".join(low[at:end]) in self.folk.names:
                return end
        return at


def paragraphs(where: str | None) -> tuple[int, ...]:
    """The numbers of the paragraphs that `where` names: `paragraph 3`, `paragraphs 3-5`."""
    match = PARAGRAPH.search(where or "")
    if match is None:
        return ()
    first = int(match.group(1))
    last = int(match.group(2) or first)
    return tuple(range(first, min(last, first + 50) + 1))
