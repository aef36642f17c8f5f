"""The names of the package's own tables."""

from __future__ import annotations

from functools import cache

from foedus.reading.mentions.entry import Entry, parts
from foedus.reading.mentions.tables import rows, several

_NO_PLURAL = ("sh", "ch", "ese", "ss")
"""Adjectives that are not nouns as well: British, Dutch, Chinese, Swiss."""


@cache
def states() -> dict[str, tuple[str, str]]:
    """Of each state: its name and its three letters."""
    return {row[0]: (several(row[2])[0], row[1]) for row in rows("states")}


@cache
def by_code() -> dict[str, str]:
    """The id of the state with three letters."""
    return {code: id_ for id_, (_, code) in states().items()}


@cache
def known() -> tuple[Entry, ...]:
    """Every name of the tables; an earlier one goes before a later one that is written alike."""
    return (
        *_states(), *_organisations(), *_institutions(), *_leaders(), *_places(),
    )  # fmt: skip


def _states() -> list[Entry]:
    out = []
    for actor, code, names, capitals, adjectives, people in _padded(rows("states"), 6):
        name = several(names)[0]
        out += [_entry(actor, name, "state", code, "name", "table", n) for n in several(names)]
        out += [
            _entry(actor, name, "state", code, "capital", "capital", n) for n in several(capitals)
        ]
        for word in several(adjectives):
            out.append(_entry(actor, name, "nationality", code, "adjective", "demonym", word))
            if not word.endswith(_NO_PLURAL) and word.isascii():
                more = f"{word}s"
                out.append(_entry(actor, name, "nationality", code, "people", "demonym", more))
        for word in several(people):
            out.append(_entry(actor, name, "nationality", code, "people", "demonym", word))
            if word.endswith("s"):
                one = word.removesuffix("s")
                out.append(_entry(actor, name, "nationality", code, "people", "demonym", one))
    return out


def _organisations() -> list[Entry]:
    return [
        _entry(actor, several(names)[0], kind, code or None, kind, "table", name)
        for actor, code, kind, names in _padded(rows("organisations"), 4)
        for name in several(names)
    ]


def _institutions() -> list[Entry]:
    out = []
    for state, names in _padded(rows("institutions"), 2):
        name, code = states()[state]
        out += [
            _entry(state, name, "organisation", code, "institution", "table", word)
            for word in several(names)
        ]
    return out


def _leaders() -> list[Entry]:
    return [
        _entry(actor, several(names)[0], "person", code, "person", "table", name)
        for actor, code, names in _padded(rows("leaders"), 3)
        for name in several(names)
    ]


def _places() -> list[Entry]:
    return [
        _entry(None, name, "place", code or None, "place", "table", name)
        for code, names in _padded(rows("places"), 2)
        for name in several(names)
    ]


def _entry(
    actor: str | None, name: str, kind: str, code: str | None, form: str, by: str, text: str
) -> Entry:
    return Entry(actor, name, kind, code, form, by, parts(text))


def _padded(table: tuple[tuple[str, ...], ...], width: int) -> list[tuple[str, ...]]:
    return [(*row, *("",) * (width - len(row))) for row in table]
