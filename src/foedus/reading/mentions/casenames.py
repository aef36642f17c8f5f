"""The names of a case's actors, and which of the names everybody knows are theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from foedus.reading.mentions.entry import Entry, parts
from foedus.reading.mentions.known import known

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.case.models import Actor

TYPES = {"company": "organisation", "party": "organisation", "group": "movement"}
"""The kinds of actors that are called otherwise among mentions."""
_OWN = ("name", "organisation", "movement", "person")
"""Forms of known names that are the bearer's own; a capital or an adjective is not."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class CaseNames:
    """The entries of a case's actors, and how known names turn into the case's."""

    entries: tuple[Entry, ...]
    same: Mapping[str, str]
    """Ids of the tables that are actors of the case."""
    governments: dict[str, Entry] = field(default_factory=dict)

    def renamed(self, entry: Entry) -> Entry:
        """A known name, under the case's id if the case has its bearer."""
        own = self.same.get(entry.actor or "")
        return entry if own is None else replace(entry, actor=own)


def case_names(case: Case) -> CaseNames:
    """Every name and alias of the actors of a case."""
    table = _table()
    same, codes = _same(case.actors, table), _codes(case.actors, table)
    out, taken = [], set()
    for id_, actor in case.actors.items():
        for text in (actor.name, *actor.aliases):
            entry = _entry(id_, actor, text, codes.get(id_), table)
            out.append(entry)
            taken.add(_key(entry.words))
            if entry.form == "group" and entry.words[-1].islower() and entry.words[-1][-1] != "s":
                out.append(replace(entry, words=(*entry.words[:-1], f"{entry.words[-1]}s")))
    out += _surnames(case.actors, codes, taken | set(table))
    return CaseNames(tuple(out), same, _governments(case.actors, same, codes))


def pact_sides(case: Case) -> tuple[dict[str, str], tuple[str, ...]]:
    """Whom each actor speaks or acts for in the end, and the members of the pact."""
    return {id_: _root(id_, case.actors) for id_ in case.actors}, tuple(case.pact.members)


def _key(words: tuple[str, ...]) -> Key:
    return tuple(word.lower() for word in words)


def _table() -> dict[Key, Entry]:
    out: dict[Key, Entry] = {}
    for entry in known():
        out.setdefault(_key(entry.words), entry)
    return out


def _root(id_: str, actors: Mapping[str, Actor]) -> str:
    seen = {id_}
    while (above := actors[id_].part_of) is not None and above in actors and above not in seen:
        seen.add(above)
        id_ = above
    return id_


def _found(actor: Actor, table: Mapping[Key, Entry]) -> list[Entry]:
    keys = (_key(parts(text)) for text in (actor.name, *actor.aliases))
    return [table[key] for key in keys if key in table]


def _same(actors: Mapping[str, Actor], table: Mapping[Key, Entry]) -> dict[str, str]:
    out: dict[str, str] = {}
    for id_, actor in actors.items():
        for entry in _found(actor, table):
            fits = entry.type == TYPES.get(actor.kind, actor.kind) or (
                "person" not in (actor.kind, entry.type) and entry.form != "name"
            )
            if entry.form in _OWN and fits and entry.actor is not None:
                out.setdefault(entry.actor, id_)
    return out


def _codes(actors: Mapping[str, Actor], table: Mapping[Key, Entry]) -> dict[str, str]:
    """The code of each actor: its own, its state's, or that of a nationality in its name."""
    own: dict[str, str] = {}
    for id_, actor in actors.items():
        found = _found(actor, table)
        found.sort(key=lambda entry: entry.form not in _OWN)
        if found and found[0].code and (actor.part_of is None or found[0].form in _OWN):
            own[id_] = found[0].code
            continue
        for word in parts(actor.name):
            entry = table.get((word.lower(),))
            if entry is not None and entry.code and entry.form in ("name", "adjective", "people"):
                own.setdefault(id_, entry.code)
    out = {}
    for id_ in actors:
        code = own.get(_root(id_, actors)) or own.get(id_)
        if code is not None:
            out[id_] = code
    return out


def _entry(
    id_: str, actor: Actor, text: str, code: str | None, table: Mapping[Key, Entry]
) -> Entry:
    words = parts(text) or (text,)
    there = table.get(_key(words))
    kind = TYPES.get(actor.kind, actor.kind)
    form = {"state": "institution", "person": "person", "movement": "group"}.get(kind, kind)
    if kind == "state" and there is not None and there.type in ("state", "nationality"):
        form, kind = there.form, there.type
    elif kind == "state" and text == actor.name and not _governing(words):
        form = "name"
    elif kind == "movement" and there is not None and there.form == "adjective":
        form = "adjective"
    return Entry(id_, actor.name, kind, code, form, "alias", words)


def _governing(words: tuple[str, ...]) -> bool:
    return any(w.lower() in ("government", "regime", "authorities", "junta") for w in words)


def _surnames(
    actors: Mapping[str, Actor], codes: Mapping[str, str], taken: set[Key]
) -> list[Entry]:
    """Family names alone, where no two bear them and nothing else is called so."""
    out = []
    for id_, actor in actors.items():
        words = parts(actor.name)
        if actor.kind != "person" or len(words) < 2 or words[-2].lower() in ("bin", "ibn", "abu"):
            continue
        if words[-1][0].isupper() and len(words[-1]) > 2 and words[-1].isalpha():
            code = codes.get(id_)
            out.append(Entry(id_, actor.name, "person", code, "person", "alias", words[-1:]))
    borne = Counter(_key(entry.words) for entry in out)
    return [e for e in out if borne[_key(e.words)] == 1 and _key(e.words) not in taken]


def _governments(
    actors: Mapping[str, Actor], same: Mapping[str, str], codes: Mapping[str, str]
) -> dict[str, Entry]:
    """Of a state that is no actor of the case: the one state among its actors that rules it."""
    ruling: dict[str, list[str]] = {}
    for id_, actor in actors.items():
        if actor.kind == "state" and actor.part_of is None and id_ not in same.values():
            ruling.setdefault(codes.get(id_, ""), []).append(id_)
    return {
        code: Entry(ids[0], actors[ids[0]].name, "state", code, "institution", "alias")
        for code, ids in ruling.items()
        if code and len(ids) == 1
    }
