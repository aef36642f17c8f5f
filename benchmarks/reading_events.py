"""Events and signed dyads beside those that people coded.

Matching, PLOVER's gold standard (records with a text): a triple is two codes and a root type.
Codes: the three letters, slips put right (`SLIPS`), and bodies without a country all alike
(`BODIES`). Types: today's names. Of a record: every source with every target; several sources
without a target are all pairs of them, in either order; one source alone is a triple without a
target. Of a reading: the same; an event that denies is left out, and what is only conditional or
wanted; one without a target has the country of its place as target, as the coders do, else none;
an assault, coercion or accusation without a source has that of its place, else of its target, as
source; a mutual event is its pairs in either order. Each triple counts once a record. Precision,
recall and F1 are over all records together.

Matching, re3d: a dyad is a document, two actors in no order, and a sign. Relations AlliesOf, Likes
and CommWith are +, FightingAgainst and Dislikes −. Both ends must be a Person, an Organisation or
a Nationality (relations with vehicles, weapons and places are left out), and no pronoun. An actor
is the id of the mention that overlaps it most, if it has one, else its words in lower case without
determiners; two that are the same actor are no dyad. A predicted dyad is right if a gold dyad of
the document has both actors (the same id, or the one's last word among the other's words) and the
sign; the share of signs that are right is among those whose actors are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, cpu
from foedus.reading.dates import dates
from foedus.reading.events import events
from foedus.reading.events.dyads import dyads
from foedus.reading.events.types import root
from foedus.reading.mentions import Names, mentions
from foedus.reading.model import Event, Mention
from foedus.reading.text import Text

SLIPS = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "ROM": "ROU", "ZAR": "COD"}
"""Codes of the gold standard that are dated or mistyped, and those meant."""
BODIES = {"NGO": "IGO", "IMG": "IGO", "ISM": "IGO", "MNC": "IGO", "INT": "IGO"}
"""Codes for bodies without a country, which the gold standard gives now so, now so."""
POSITIVE, NEGATIVE = {"AlliesOf", "Likes", "CommWith"}, {"FightingAgainst", "Dislikes"}
ACTORS = {"Person", "Organisation", "Nationality"}
PRONOUNS = frozenset(
    [
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "them",
        "us",
        "me",
        "him",
        "her",
        "our",
        "their",
        "his",
        "its",
        "my",
        "who",
        "which",
    ]
)
DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "their",
        "his",
        "its",
        "some",
        "two",
        "all",
        "both",
        "senior",
        "more",
        "than",
        "of",
    ]
)
DEVELOPED_ON = ("us-state-department", "centcom")
KEPT = ("uk-government",)
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Count:
    """What was found of what is there."""

    right: int
    told: int
    there: int
    signs: int = 0
    """Of dyads: predicted ones whose actors are right, whatever their sign."""

    @property
    def f1(self) -> float:
        """Twice what is right, over what was told and what is there."""
        return 2 * self.right / max(self.told + self.there, 1)

    @property
    def precision(self) -> float:
        """Of what was told, the share that is right."""
        return self.right / max(self.told, 1)

    @property
    def recall(self) -> float:
        """Of what is there, the share that was found."""
        return self.right / max(self.there, 1)


def total(counts: Sequence[Count]) -> Count:
    """All of them together."""
    return Count(
        sum(c.right for c in counts), sum(c.told for c in counts), sum(c.there for c in counts),
        sum(c.signs for c in counts),
    )  # fmt: skip


def code(of: str) -> str:
    """A code with slips put right, bodies alike."""
    right = SLIPS.get(of, of)
    return BODIES.get(right, right)


def triples(sources: Sequence[str], targets: Sequence[str], kind: str, mutual: bool) -> set[Triple]:
    """The triples of an event; those of mutual ones in the alphabet's order."""
    a, b = [code(c) for c in sources if c], [code(c) for c in targets if c]
    if mutual or (not b and len(a) > 1):
        return {(*sorted(pair), kind) for pair in combinations(sorted({*a, *b}), 2)}  # type: ignore[misc]
    if not b:
        return {(one, "", kind) for one in a}
    return {(one, two, kind) for one in a for two in b}


def gold_triples(record: Mapping[str, Any]) -> set[Triple]:
    """Those of a record of the gold standard."""
    sides = [
        [a["code"] for a in record.get(k) or [] if isinstance(a, dict) and "code" in a]
        for k in ("source", "target")
    ]
    return triples(sides[0], sides[1], root(record["event"], record.get("mode")), False)


def told_triples(text: str, names: Names) -> set[Triple]:
    """Those that are read in a text."""
    read = Text.of(text)
    found = mentions(read, names)
    codes = {m.name: m.code or "" for m in found} | {
        text[m.start : m.end]: m.code or "" for m in found
    }
    out: set[Triple] = set()
    for event in events(read, found, dates=dates(read, None)):
        out |= _of_event(event, codes)
    return out


def _of_event(event: Event, codes: Mapping[str, str]) -> set[Triple]:
    if event.polarity == "denied" or event.modality in {"denied", "conditional", "desired"}:
        return set()
    place = codes.get(event.place or "", "")
    sources, targets = event.source_codes, event.target_codes
    if not event.target and place:
        targets = (place,)
    if not event.source and event.type in {"ASSAULT", "COERCE", "ACCUSE"}:
        sources = (place,) if place else targets
    mutual = bool(event.target) and event.source == event.target
    return triples(sources, targets, event.type, mutual)


def alike(gold: Triple, told: set[Triple], paired: bool) -> bool:
    """Whether a gold triple is told; pairs of a record with sources alone in either order."""
    a, b, kind = gold
    return gold in told or (paired and (b, a, kind) in told)


def plover(path: Path) -> dict[str, Count]:
    """The gold standard: even records, on which this was developed, odd ones, and all."""
    names = Names.of(None)
    counts: dict[str, list[Count]] = {"even": [], "odd": [], "all": []}
    for n, record in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        if "text" not in record:
            continue
        gold, told = gold_triples(record), told_triples(record["text"], names)
        paired = not record.get("target")
        count = Count(sum(alike(one, told, paired) for one in gold), len(told), len(gold))
        counts["odd" if n % 2 else "even"].append(count)
        counts["all"].append(count)
    return {part: total(found) for part, found in counts.items()}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors and a sign."""

    one: str
    two: str
    sign: int


def re3d(folder: Path) -> Count:
    """One source of re3d."""
    lines = {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
        for name in ("documents", "entities", "relations")
    }
    names, counts = Names.of(None), []
    for document in lines["documents"]:
        read = Text.of(document["text"])
        found = mentions(read, names)
        here = document["_id"]
        types = {
            (e["begin"], e["end"]): e["type"] for e in lines["entities"] if e["documentId"] == here
        }
        gold = set(_gold([r for r in lines["relations"] if r["documentId"] == here], types, found))
        told = {
            Pair(_plain(d.source), _plain(d.target), d.sign)
            for d in dyads(read, found, events(read, found)) if d.sign
        }  # fmt: skip
        counts.append(_count(gold, {_ordered(p) for p in told if p.one != p.two}))
    return total(counts)


def _gold(
    relations: Sequence[Mapping[str, Any]], types: Mapping[tuple[int, int], str],
    found: Sequence[Mention],
) -> Iterator[Pair]:  # fmt: skip
    for relation in relations:
        kind = relation["type"]
        sign = 1 if kind in POSITIVE else -1 if kind in NEGATIVE else 0
        ends = [(relation[f"{k}Begin"], relation[f"{k}End"]) for k in ("source", "target")]
        values = [relation["source"], relation["target"]]
        if not sign or any(types.get(end) not in ACTORS for end in ends):
            continue
        if any(value.lower() in PRONOUNS for value in values):
            continue
        one, two = (_key(*end, value, found) for end, value in zip(ends, values, strict=True))
        if one != two:
            yield _ordered(Pair(one, two, sign))


def _key(start: int, end: int, value: str, found: Sequence[Mention]) -> str:
    over = [(min(m.end, end) - max(m.start, start), m) for m in found if m.actor]
    best = max(over, key=lambda item: item[0], default=(0, None))
    return best[1].actor or "" if best[1] is not None and best[0] > 0 else _plain(value)


def _plain(name: str) -> str:
    return " ".join(word for word in name.lower().split() if word not in DETERMINERS)


def _ordered(pair: Pair) -> Pair:
    one, two = sorted((pair.one, pair.two))
    return Pair(one, two, pair.sign)


def _same(a: str, b: str) -> bool:
    return a == b or (
        bool(a) and bool(b) and (a.split()[-1] in b.split() or b.split()[-1] in a.split())
    )


def _count(gold: set[Pair], told: set[Pair]) -> Count:
    right, signs, met = 0, 0, set()
    for pair in told:
        both = [g for g in gold if (_same(g.one, pair.one) and _same(g.two, pair.two))
                or (_same(g.one, pair.two) and _same(g.two, pair.one))]  # fmt: skip
        signs += bool(both)
        agreeing = [g for g in both if g.sign == pair.sign and g not in met]
        if agreeing:
            met.add(agreeing[0])
            right += 1
    known = sum(any(_touch(g, p) and g.sign == p.sign for p in told) for g in gold)
    return Count(min(right, known), len(told), len(gold), signs)


def _touch(a: Pair, b: Pair) -> bool:
    return (_same(a.one, b.one) and _same(a.two, b.two)) or (
        _same(a.one, b.two) and _same(a.two, b.one)
    )


def speed(text: str) -> tuple[int, float]:
    """Words of a text, and milliseconds per thousand of them for dates and events together."""
    read, names = Text.of(text), Names.of(None)
    found = mentions(read, names)
    words = sum(len(s.words) for s in read.sentences)
    used = cpu(lambda: events(read, found, dates=dates(read, "2016-05-09")))
    return words, 1e6 * used / words


def rows(data: Path | None = None) -> list[Row]:
    """Every row of this file; `data` is a folder with PLOVER's records and re3d in `reading/`."""
    if data is None or not (data / "reading" / "plover_gsr.json").exists():
        return [
            Row("PLOVER triples", "not run: no data", "0.50", "", ""),
            Row("re3d signed dyads", "not run: no data", "0.45, 95 %", "", ""),
        ]
    return score(data)


def score(data: Path) -> list[Row]:
    """Every figure; `data` is a folder with `reading/plover_gsr.json` and `reading/re3d/`."""
    folder = data / "reading"
    out = []
    for part, count in plover(folder / "plover_gsr.json").items():
        told = f"F1 {count.f1:.2f} (precision {count.precision:.2f}, recall {count.recall:.2f})"
        kept = {"even": "developed on", "odd": "kept apart", "all": "all"}[part]
        out.append(
            Row(
                f"PLOVER triples, {count.there}, {kept}",
                told,
                "0.50",
                "rule prototype, all: F1 .42",
                "",
            )
        )
    for name in (*DEVELOPED_ON, *KEPT):
        count = re3d(folder / "re3d" / name)
        signs = count.right / max(count.signs, 1)
        told = f"F1 {count.f1:.2f}, signs {100 * signs:.0f} % right"
        kept = "kept apart" if name in KEPT else "developed on"
        out.append(
            Row(f"re3d signed dyads of {name}, {count.there}, {kept}", told, "0.45, 95 %", "", "")
        )
    lines = (folder / "re3d" / "centcom" / "documents.jsonl").read_text(encoding="utf-8")
    words, per = speed("\n\n".join(json.loads(line)["text"] for line in lines.splitlines()))
    out.append(
        Row(
            f"dates and events of {words:,} words",
            f"{per:.1f} ms per 1,000 words CPU",
            "18 ms",
            "",
            "",
        )
    )
    return out
