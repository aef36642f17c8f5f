"""Lists of words that dates are made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The lines of a table as their fields; those that begin with # say what they are."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words.split()) for name, words in rows("words.tsv")}


def listed(name: str) -> frozenset[str]:
    """A list of words by its name."""
    return frozenset(_lists()[name])


def ordered(name: str) -> tuple[str, ...]:
    """The same in the table's order."""
    return _lists()[name]
