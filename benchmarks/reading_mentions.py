"""Mentions against re3d's entities: how many are found, how many of those told are right.

The matching rule, end to end (no span is given to the reader, and no case: the tables alone):

- Sought are the entities of type Person, Organisation and Nationality that the annotators agreed on
  (confidence of 0.5 and more), the outermost of those that lie in one another.
- Told are the mentions in the role of an actor, pronouns among them; two at the same place count
  once. A mention's class is person or, for all other types, body; Organisation and Nationality are
  bodies.
- A mention matches an entity of its class if they overlap; each mention matches one entity and
  each entity one mention, longest overlap first.
- A mention without a match is wrong, unless it overlaps an entity of its class that lies within
  another or that the annotators did not agree on: it then counts neither way.
- A place is taken for an actor if a mention in that role overlaps an agreed Location and no entity
  of the three types, agreed or not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row, cpu
from foedus.reading.mentions import Names, mentions
from foedus.reading.text import Text

DEVELOPED, KEPT = ("us-state-department", "centcom"), ("uk-government",)
CLASSES = {"Person": "person", "Organisation": "body", "Nationality": "body"}
AGREED = 0.5

Place = tuple[int, int, str]
"""Start, end and class."""


@dataclass(frozen=True)
class Marks:
    """Counts over some documents."""

    sought: int = 0
    told: int = 0
    found: int = 0
    places: int = 0
    mistaken: int = 0

    def __add__(self, other: Marks) -> Marks:
        return Marks(
            self.sought + other.sought, self.told + other.told, self.found + other.found,
            self.places + other.places, self.mistaken + other.mistaken,
        )  # fmt: skip

    def line(self) -> str:
        """F1, with precision and recall."""
        precision, recall = self.found / max(self.told, 1), self.found / max(self.sought, 1)
        f1 = 2.0 * self.found / max(self.told + self.sought, 1)
        return (
            f"F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f}, {self.sought} sought); "
            f"{self.mistaken} of {self.places} places taken for actors"
        )


def rows(data: Path | None = None) -> list[Row]:
    """Every row of this file; `data` is a folder with re3d in `reading/`."""
    folder = None if data is None else data / "reading" / "re3d"
    if folder is None or not folder.is_dir():
        return [Row("mentions of re3d", "not run: no data", "F1 .85, 5 % of places", "", "")]
    return score(folder)


def score(folder: Path) -> list[Row]:
    """The folders that the rules were made on, those kept apart, and the time it takes."""
    out = []
    for what, parts in (("rules made on", DEVELOPED), ("kept apart", KEPT)):
        marks = sum((marked(*doc) for part in parts for doc in documents(folder / part)), Marks())
        name = f"mentions of re3d, {what} ({', '.join(parts)})"
        out.append(Row(name, marks.line(), "F1 .85, 5 % of places", "", ""))
    texts = [Text.of(text) for part in DEVELOPED + KEPT for text, _ in documents(folder / part)]
    words = sum(len(sentence.words) for text in texts for sentence in text.sentences)
    names = Names.of(None)
    seconds = cpu(lambda: [mentions(text, names) for text in texts])
    told = f"{seconds / words * 1e6:.1f} ms"
    return [*out, Row("mentions, per 1,000 words of re3d", told, "8 ms", "", "")]


def documents(folder: Path) -> list[tuple[str, list[dict[str, object]]]]:
    """Each document of a part of re3d: its text and its entities."""
    entities: dict[object, list[dict[str, object]]] = {}
    for entity in _lines(folder / "entities.jsonl"):
        entities.setdefault(entity["documentId"], []).append(entity)
    docs = _lines(folder / "documents.jsonl")
    return [(str(doc["text"]), entities.get(doc["_id"], [])) for doc in docs]


def marked(text: str, entities: list[dict[str, object]], names: Names | None = None) -> Marks:
    """One document by the rule above."""
    every = [_place(entity) for entity in entities if entity["type"] in CLASSES]
    sought = outermost(_place(e) for e in entities if e["type"] in CLASSES and _sure(e) >= AGREED)
    found = mentions(Text.of(text), names or Names.of(None))
    told = sorted(
        {(m.start, m.end, "person" if m.type == "person" else "body")
         for m in found if m.role == "actor"}
    )  # fmt: skip
    pairs = matched(told, sought)
    free = [mention for mention in told if mention not in pairs]
    wrong = [m for m in free if not any(m[2] == e[2] and overlap(m, e) for e in every)]
    located = [
        (int(str(e["begin"])), int(str(e["end"])), "")
        for e in entities if e["type"] == "Location" and _sure(e) >= AGREED
    ]  # fmt: skip
    located = [spot for spot in located if not any(overlap(spot, e) for e in every)]
    mistaken = sum(any(overlap(spot, mention) for mention in told) for spot in located)
    return Marks(len(sought), len(pairs) + len(wrong), len(pairs), len(located), mistaken)


def matched(told: list[Place], sought: list[Place]) -> dict[Place, Place]:
    """Mentions and the entities they match, one to one, longest overlap first."""
    near = [(-overlap(m, e), m, e) for m in told for e in sought if m[2] == e[2] and overlap(m, e)]
    out: dict[Place, Place] = {}
    taken: set[Place] = set()
    for _, mention, entity in sorted(near):
        if mention not in out and entity not in taken:
            out[mention] = entity
            taken.add(entity)
    return out


def outermost(places: Iterable[Place]) -> list[Place]:
    """Those that lie in no other."""
    out: list[Place] = []
    for place in sorted(set(places), key=lambda p: (p[0], -p[1])):
        if not out or place[1] > out[-1][1]:
            out.append(place)
    return out


def overlap(one: Place, other: Place) -> int:
    """Characters that both have."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _sure(entity: dict[str, object]) -> float:
    return float(str(entity.get("confidence", 1.0)))


def _place(entity: dict[str, object]) -> Place:
    return int(str(entity["begin"])), int(str(entity["end"])), CLASSES[str(entity["type"])]


def _lines(path: Path) -> list[dict[str, object]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
