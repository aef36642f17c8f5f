"""What a table says about its items: ratings, groups and sources, sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from foedus.case import Quantity
from foedus.case.nearest import quoted
from foedus.lenses.argument.account.numbers import SHARE, read
from foedus.lenses.argument.matrix import Item
from foedus.lenses.argument.rating import CREDIBILITY, RELIABILITY, TRUST, WEIGHT, level, trust
from foedus.lenses.cells import Cell

ABOUT_ITEMS = ("@source", "@credibility", "@relevance", "@group", "@shared", "@used", "@says")
"""Rows about items."""
LEVELS = {"h": "high", "m": "medium", "l": "low", "high": "high", "medium": "medium", "low": "low"}
YES = {"true": True, "yes": True, "false": False, "no": False}
HIDDEN = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u2060-\u2064]"
    "|(?<![^\\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\\x00-\x7f])"
)
"""What has no width, so that two names look alike; joiners only where they join nothing."""

About = Mapping[str, Sequence[Cell]]


def once(cells: Sequence[Cell], what: str, most: int) -> tuple[str, ...]:
    """The names in some cells, each there once. Raises TableError."""
    names: list[str] = []
    for cell in cells:
        name = cell.name()
        if hidden := HIDDEN.search(name):
            sign = f"U+{ord(hidden.group()):04X}"
            raise cell.fault(f"holds the invisible character {sign}; take it out")
        if name in names:
            raise cell.fault(f"{what} {quoted(name)} stands there twice")
        names.append(name)
        if len(names) > most:
            raise cell.fault(f"is one more than the {most} that are read")
    return tuple(names)


def yes(cell: Cell) -> bool | None:
    """True, false, or None for an empty cell. Raises TableError."""
    if not cell.text:
        return None
    if cell.text.lower() not in YES:
        raise cell.fault(f"should be true, false or empty, not {quoted(cell.text)}")
    return YES[cell.text.lower()]


def read_items(ids: Sequence[str], about: About) -> tuple[Item, ...]:
    """Items by their ids, with what is said about each. Raises TableError."""
    return tuple(_item(about, k, name) for k, name in enumerate(ids))


def read_shared(items: Sequence[Item], about: About) -> dict[str, Quantity]:
    """How dependent the items of each group are, of groups of which it is said.

    Raises TableError where items of a group say different things.
    """
    out: dict[str, Quantity] = {}
    for item, cell in zip(items, about.get("@shared", ()), strict=False):
        if not cell.text:
            continue
        number = read(cell, cell.text, SHARE)
        if out.setdefault(item.group, number) != number:
            raise cell.fault(
                f"is {quoted(cell.text)}, and another item of the group says otherwise"
            )
    return out


def _item(about: About, k: int, name: str) -> Item:
    rating, chance, weight = "", 1.0, 1.0
    if cell := _filled(about, "@credibility", k):
        rating, chance = _trusted(cell)
        weight = WEIGHT[rating if rating in WEIGHT else level(chance)]
    relevance = ""
    if cell := _filled(about, "@relevance", k):
        if cell.text.lower() not in LEVELS:
            raise cell.fault(f"should be H, M or L, not {quoted(cell.text)}")
        relevance = LEVELS[cell.text.lower()]
        weight *= WEIGHT[relevance]
    says, used = _filled(about, "@says", k), _filled(about, "@used", k)
    return Item(
        name, says.text if says else name, rating, chance, weight, _grouped(about, k, name),
        bool(used and yes(used)), relevance,
    )  # fmt: skip


def _filled(about: About, key: str, k: int) -> Cell | None:
    cell = about[key][k] if key in about else None
    return cell if cell and cell.text else None


def _trusted(cell: Cell) -> tuple[str, float]:
    """A rating and the chance to be true that it stands for."""
    text = cell.text
    if text.lower() in LEVELS:
        named = LEVELS[text.lower()]
        return named, TRUST[named]
    letter, digit = text[:1].upper(), text[1:]
    if letter not in RELIABILITY or digit not in map(str, CREDIBILITY):
        raise cell.fault(
            f"should be an Admiralty rating such as B2, or H, M or L, not {quoted(text)}"
        )
    return f"{letter}{digit}", trust(letter, int(digit))


def _grouped(about: About, k: int, name: str) -> str:
    """The group of an item, else its source, else it stands by itself."""
    if cell := _filled(about, "@group", k):
        group = cell.name()
        # a sign of its own where a group's name begins with one of the others
        return f"={group}" if group[0] in "@#=" else group
    if cell := _filled(about, "@source", k):
        return f"@{cell.name()}"
    return f"#{name}"
