"""A made case, and readings of made texts by hand-made items."""

from __future__ import annotations

import re

from foedus.case import Case
from foedus.lenses.table import load
from foedus.reading.model import Claim, Item, Mention, Reading, Source, Voice
from foedus.reading.statements import blame, commitments, stakes, theses
from foedus.reading.text import Text

LUND = Source(
    title="Stand Together or Fall Apart: The Russian-Iranian Alliance in Syria",
    author="Aron Lund",
    date="2016-05-31",
)
NAMES = {
    "Iran": ("iran", "state"),
    "Tehran": ("iran", "state"),
    "Russia": ("russia", "state"),
    "Moscow": ("russia", "state"),
    "Assad": ("assad", "person"),
    "Velayati": ("velayati", "person"),
    "Washington": ("united-states", "state"),
    "Ruritania": ("ruritania", "state"),
}
PATTERN = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")


def syria() -> Case:
    """The packaged case that the texts are read for."""
    return load("syria-2016")


def mentions(text: str) -> list[Mention]:
    """The names in a text."""
    return [
        Mention(start=m.start(), end=m.end(), actor=NAMES[m[0]][0], name=m[0],
                type=NAMES[m[0]][1], code=None)
        for m in PATTERN.finditer(text)
    ]  # fmt: skip


def reading(
    text: str,
    source: Source = LUND,
    voices: tuple[Voice, ...] = (),
    holders: tuple[str, ...] = ("author",),
) -> Reading:
    """A reading: each sentence is a claim of the holders; statements are found in it."""
    cut, named = Text.of(text), mentions(text)
    claims = [Claim(start=s.start, end=s.end, holders=holders) for s in cut.sentences]
    items: list[Item] = [*voices, *named, *claims]
    for finder in (commitments, blame, theses, stakes):
        items += finder(cut, named, claims, ())
    return Reading(source, text, tuple(sorted(items, key=lambda one: (one.start, one.end))))


def at_paragraph(number: int, text: str) -> str:
    """A text whose sentence stands in a certain paragraph, after lines that say nothing."""
    return "\n".join(["…"] * (number - 1) + [text])
