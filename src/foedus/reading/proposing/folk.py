"""The actors of a case as a text's chain names them: who belongs to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.case import Case

NOBODY = ("author", "editor")


@dataclass(frozen=True)
class Folk:
    """The case's actors by any of their names, and the member or opponent each is part of."""

    case: Case
    names: dict[str, str] = field(default_factory=dict)
    tops: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(case: Case) -> Folk:
        """Read them off a case."""
        names: dict[str, str] = {}
        for key, actor in case.actors.items():
            for name in (key, actor.name, *actor.aliases):
                names.setdefault(_plain(name), key)
        return Folk(case, names, {key: _top(case, key) for key in case.actors})

    def id(self, name: str) -> str | None:
        """The case's actor of that id or name."""
        return name if name in self.case.actors else self.names.get(_plain(name))

    def top(self, name: str) -> str:
        """The member, opponent or other whole an actor is part of: itself if it is none's."""
        known = self.id(name)
        return self.tops[known] if known is not None else name

    def member(self, name: str) -> bool:
        """Whether it is, or is part of, a member of the pact."""
        return self.top(name) in self.case.pact.members

    def opponent(self, name: str) -> bool:
        """Whether it is, or is part of, one of the other side."""
        return self.top(name) in self.case.pact.opponents

    def person(self, name: str) -> bool:
        """Whether it is a person of the case."""
        known = self.id(name)
        return known is not None and self.case.actors[known].kind == "person"

    def kin(self, one: str, other: str) -> bool:
        """Whether both are the same or parts of the same."""
        return self.top(one) == self.top(other)


def _top(case: Case, key: str) -> str:
    seen = {key}
    while (above := case.actors[key].part_of) is not None and above not in seen:
        seen.add(above)
        key = above
    return key


def _plain(name: str) -> str:
    words = name.lower().replace("’", "'").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
