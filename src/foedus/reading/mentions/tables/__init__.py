"""Names that everybody knows: states, organisations, institutions, places, leaders."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, without the lines of explanation at its head."""
    text = (files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    lines = text.splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def several(cell: str) -> list[str]:
    """The names that stand in one cell."""
    return [name for name in cell.split(";") if name]


def listed(name: str) -> frozenset[str]:
    """A list of words by its name."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    name = ""
    words: list[str] = []
    text = (files(__name__) / "words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith((" ", "#")):
            out[name] = frozenset(words)
            name, words = line[:-1], []
        elif not line.startswith("#"):
            words += line.split()
    out[name] = frozenset(words)
    return out
