"""The evidence as a register: numbered, rated, and with what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.case import Case, Quantity
from foedus.case.models import Evidence, Source
from foedus.case.resting import parts
from foedus.report.text import number

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Admiralty code, as in NATO AJP-2.1."""


@dataclass(frozen=True)
class Use:
    """Something that rests on a piece of evidence: where it stands in the page, and its name."""

    anchor: str
    name: str


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence as the page shows it."""

    id: str
    number: int
    item: Evidence
    source: Source | None
    rating: str
    rated: str
    speaker: str
    chain: tuple[str, ...]
    used_by: tuple[Use, ...]

    @property
    def tag(self) -> str:
        """What the page calls it: `E12`."""
        return f"E{self.number}"


@dataclass(frozen=True)
class Judged:
    """A number of the case with what it rests on, for the table of numbers."""

    path: str
    anchor: str
    label: str
    mode: str
    low: str
    high: str
    fixed: bool
    because: tuple[str, ...]
    note: str | None
    default: bool


def judged(case: Case) -> list[Judged]:
    """Every number of the case, in the order of the file as far as it goes."""
    out = [_quantity(case, path, q) for path, q in case.quantities().items()]
    for name, section in case.sections.items():
        for path, part in parts(section, name):
            values = {k: v for k, v in part if isinstance(v, float)}
            told = ", ".join(f"{k.replace('_', ' ')} {number(v)}" for k, v in values.items())
            label = path.rpartition(".")[2].replace("_", " ")
            note = getattr(part, "note", None)
            because = part.because  # type: ignore[attr-defined]
            out.append(Judged(path, _anchor(path), label, told, "", "", True, because, note, False))
    return out


def _quantity(case: Case, path: str, q: Quantity) -> Judged:
    here: Any = case.data
    for part in path.split("."):
        here = here.get(part) if hasattr(here, "get") else None
    label, fixed = case.label(path), q.fixed
    return Judged(
        path, _anchor(path), label, number(q.mode), number(q.low), number(q.high), fixed,
        q.because, q.note, here is None,
    )  # fmt: skip


def _anchor(path: str) -> str:
    return f"quantity-{path}"


def register(case: Case, numbers: list[Judged]) -> dict[str, Exhibit]:
    """Every piece of evidence by id, numbered in the order of the file."""
    uses = _uses(case, numbers)
    out = {}
    for k, (name, item) in enumerate(case.evidence.items(), start=1):
        source = case.sources.get(item.source)
        letter = source.reliability if source else "F"
        out[name] = Exhibit(
            name,
            k,
            item,
            source,
            f"{letter}{item.credibility}",
            f"source {RELIABILITY[letter]}; item {CREDIBILITY[item.credibility]}",
            called(case, item.by) if item.by else "",
            tuple(called(case, i) for i in item.through),
            tuple(uses.get(name, ())),
        )
    return out


def called(case: Case, name: str) -> str:
    """The name of an actor or the title of a source."""
    if name in case.actors:
        return case.actors[name].name
    return case.sources[name].title if name in case.sources else name


def _uses(case: Case, numbers: list[Judged]) -> dict[str, list[Use]]:
    uses: dict[str, list[Use]] = {}

    def note(ids: tuple[str, ...], anchor: str, name: str) -> None:
        for i in dict.fromkeys(ids):
            uses.setdefault(i, []).append(Use(anchor, name))

    for row in numbers:
        note(row.because, row.anchor, row.label)
    for i, assumption in case.assumptions.items():
        note(assumption.because, f"assumption-{i}", f"for the assumption {i}")
        note(assumption.doubted_by, f"assumption-{i}", f"against the assumption {i}")
    for i, hypothesis in case.hypotheses.items():
        note(hypothesis.because, f"hypothesis-{i}", f"hypothesis {i}")
    for i, scenario in case.scenarios.items():
        note(scenario.because, f"scenario-{i}", f"scenario {i}")
    for i, indicator in case.indicators.items():
        note(indicator.because, f"indicator-{i}", f"indicator {i}")
    return uses
