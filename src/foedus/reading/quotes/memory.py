"""Who somebody is, and who has spoken so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from foedus.reading.text import Span

LAST = 4
"""Speakers that are remembered in their order."""
HE = {"he": "m", "she": "f"}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who may speak."""

    name: str
    span: Span
    person: bool = False
    sure: bool = True
    """Known by a mention, a name or an office; not merely the subject of the verb."""
    named: bool = False
    """A person by their own name."""


class Memory:
    """The last speakers of a text, their offices, and who is he or she."""

    def __init__(self) -> None:
        self._spoke: list[Who] = []
        self._roles: dict[tuple[str, str | None], Who] = {}
        self._gender: dict[str, str] = {}

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Who speaks in here, inside a quotation, is not who spoke last outside it."""
        spoke = self._spoke
        yield
        self._spoke = spoke

    def spoke(self, who: Who) -> None:
        """Remember that somebody has spoken: the next `he` may be them."""
        self._spoke = [*self._spoke[1 - LAST :], who]

    def forget(self) -> None:
        """Another's text begins: nobody has spoken in it yet."""
        self._spoke = []

    def last(self, span: Span) -> Who | None:
        """Who spoke last, as the one whom the words of a span mean."""
        return Who(self._spoke[-1].name, span) if self._spoke else None

    def recalled(self, pronoun: str, span: Span) -> Who | None:
        """The last person to speak whom `he` or `she` may mean."""
        for who in reversed(self._spoke):
            if who.person and self.may_be(pronoun, who.name):
                return Who(who.name, span, True)
        return None

    def may_be(self, pronoun: str, name: str) -> bool:
        """Whether a person may be meant by `he` or `she`; if so, they are it from now on."""
        gender = HE[pronoun]
        return self._gender.setdefault(name, gender) == gender

    def learn(self, words: list[str], nations: set[str | None], who: Who) -> None:
        """Remember the offices in a person's title, and for which nations they hold them."""
        for word in words:
            for nation in {None, *nations}:
                self._roles[word, nation] = who
            if word.endswith("woman"):
                self._gender[who.name] = "f"

    def holder(self, role: str, nation: str | None) -> Who | None:
        """Who was last said to hold an office, of a nation or any."""
        return self._roles.get((role, nation))
