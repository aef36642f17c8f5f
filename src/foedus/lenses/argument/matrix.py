"""A matrix of hypotheses and evidence, wherever it comes from, ready to be weighed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.case import Case, Quantity
from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.argument.kernel.bayes import Bools, Floats, Ints
from foedus.lenses.argument.model import DEGREES, FEWEST, Argument
from foedus.lenses.argument.rating import WEIGHT, level, trust

SPENT = ("endurance", "base_rate")
"""Sections whose numbers enter the pooled answer: what they rest on has been counted there."""
HOLDS, PARTS, UNSAID = 1, 0, -1
"""Sides of a hypothesis: under it the pact holds, does not, or nobody says."""


class ArgumentError(ValueError):
    """A question about a matrix that it cannot answer; says what would be right."""

    bad_input = True


@dataclass(frozen=True)
class Item:
    """One piece of evidence: what it says, how it is rated, and with what it stands or falls."""

    id: str
    says: str
    rating: str
    """As in the file: `B2`, or high, medium or low; empty if nobody rates it."""
    trust: float
    """Chance that the report is true."""
    weight: float
    """In the weighted inconsistency score."""
    group: str
    """The group whose items stand or fall together; else `@` and its source, or `#` and its id."""
    used: bool = False
    """Whether a number that enters the pooled answer rests on it already."""
    relevance: str = ""
    """High, medium or low; empty if nobody rates it."""


@dataclass(frozen=True, eq=False)
class Matrix:
    """Hypotheses against items; H, E and G are how many hypotheses, items and groups there are.

    Cells that are not placed do not apply, either: `placed` tells them from those that are said not
    to. Numbers that are uncertain are called by their paths, as in `values` of `weighing`.
    """

    title: str
    hypotheses: tuple[str, ...]
    says: Mapping[str, str]
    """What each hypothesis says."""
    items: tuple[Item, ...]
    steps: Ints
    """`(H, E)`, -2 to 2; 0 where a cell does not apply."""
    applies: Bools
    placed: Bools
    own: Mapping[tuple[int, int], str]
    """Paths of cells' own ratios."""
    shared: Mapping[str, str]
    """Path of each group's dependence."""
    side: Ints
    """`(H,)`: 1 the pact holds under it, 0 it does not, -1 not said."""
    weights: Floats
    """`(H,)`: how likely each is before the evidence, summing to 1; flat unless a table says."""
    prior: str | None
    """Path of the chance that the pact holds, for when nobody else says it."""
    prior_from: str
    """`flat`, `case`, `table` or `asked`."""
    quantities: Mapping[str, Quantity]
    """Every number by path."""
    retracted: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    absent: int = 0
    """Items of evidence that no row mentions."""

    @property
    def sided(self) -> bool:
        """Whether there are hypotheses under which the pact holds, and such under which not."""
        return bool((self.side == HOLDS).any() and (self.side == PARTS).any())

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that items are in, in the order of the items."""
        return tuple(dict.fromkeys(item.group for item in self.items))

    @property
    def group(self) -> Ints:
        """The number of each item's group `(E,)`."""
        place = {name: k for k, name in enumerate(self.groups)}
        return np.array([place[item.group] for item in self.items], dtype=np.int64)

    @property
    def trust(self) -> Floats:
        """Chance that each report is true `(E,)`."""
        return np.array([item.trust for item in self.items], dtype=float)

    @property
    def used(self) -> Bools:
        """Whether each item has been counted elsewhere `(E,)`."""
        return np.array([item.used for item in self.items], dtype=bool)

    def without(self, items: Iterable[str]) -> Matrix:
        """The matrix with items set aside. Raises ArgumentError for one it does not have."""
        gone = tuple(dict.fromkeys(items))
        known = [item.id for item in self.items]
        for name in gone:
            if name not in known:
                hint = did_you_mean(name, known)
                raise ArgumentError(f"there is no item {quoted(name)} to set aside{hint}")
        kept = [k for k, name in enumerate(known) if name not in gone]
        if not kept:
            raise ArgumentError("every item is set aside; keep at least one")
        place = {k: new for new, k in enumerate(kept)}
        return replace(
            self,
            items=tuple(self.items[k] for k in kept),
            steps=self.steps[:, kept],
            applies=self.applies[:, kept],
            placed=self.placed[:, kept],
            own={(h, place[e]): path for (h, e), path in self.own.items() if e in place},
            aside=(*self.aside, *gone),
        )

    def modes(self) -> dict[str, Floats]:
        """Every number at its most likely value `(1,)`."""
        return {path: np.array([q.mode]) for path, q in self.quantities.items()}


def evidence_spent(case: Case) -> frozenset[str]:
    """Ids of evidence on which a number that enters the pooled answer rests already."""
    return frozenset(name for section in SPENT for name in _because(case.data.get(section)))


def _because(value: object) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "because" and isinstance(inner, list | tuple):
                yield from inner
            else:
                yield from _because(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _because(inner)


def of_case(case: Case, spent: Collection[str] = ()) -> Matrix:
    """The matrix of a case that has the section; `spent` is evidence counted elsewhere besides."""
    section = case.sections["argument"]
    assert isinstance(section, Argument)
    hypotheses = tuple(case.hypotheses)
    named = {item for row in section.matrix.values() for item in row}
    live = [i for i, piece in case.evidence.items() if not piece.retracted]
    kept = [i for i in live if i in named]
    cells = [[section.matrix.get(h, {}).get(i) for i in kept] for h in hypotheses]
    said = [[None if cell is None else cell.consistency for cell in row] for row in cells]
    shape = (len(hypotheses), len(kept))
    steps, applies, placed = arrays_of(said, shape)
    grouped = {i: name for name, group in section.groups.items() for i in group.items}
    already = evidence_spent(case) | set(spent)
    items = tuple(_item(case, i, grouped, i in already) for i in kept)
    shared = {
        name: f"argument.groups.{name}.shared"
        for name, group in section.groups.items()
        if group.shared is not None
    }
    return Matrix(
        title=case.title,
        hypotheses=hypotheses,
        says={h: case.hypotheses[h].says for h in hypotheses},
        items=items,
        steps=steps,
        applies=applies,
        placed=placed,
        own={
            (h, e): f"argument.matrix.{hypotheses[h]}.{kept[e]}.ratio"
            for h, row in enumerate(cells)
            for e, cell in enumerate(row)
            if cell is not None and cell.ratio is not None
        },
        shared={
            item.group: shared.get(item.group, "argument.shared_source") for item in items
        },
        side=np.array([sided(case.hypotheses[h].holds) for h in hypotheses], dtype=np.int64),
        weights=np.full(len(hypotheses), 1.0 / max(len(hypotheses), 1)),
        prior="argument.prior" if section.prior is not None else None,
        prior_from="case" if section.prior is not None else "flat",
        quantities={p: q for p, q in case.quantities().items() if p.startswith("argument.")},
        retracted=tuple(i for i, piece in case.evidence.items() if piece.retracted and i in named),
        absent=len(live) - len(kept),
    )  # fmt: skip


def _item(case: Case, name: str, grouped: Mapping[str, str], used: bool) -> Item:
    piece = case.evidence[name]
    source = case.sources[piece.source]
    chance = trust(source.reliability, piece.credibility)
    # a source may be called as a group is; a sign that no id holds keeps them apart
    group = grouped.get(name, f"@{piece.source}")
    return Item(
        name, piece.says, f"{source.reliability}{piece.credibility}", chance,
        WEIGHT[level(chance)], group, used=used,
    )  # fmt: skip


def sided(holds: bool | None) -> int:
    """The side of a hypothesis."""
    return UNSAID if holds is None else HOLDS if holds else PARTS


def arrays_of(
    said: Sequence[Sequence[int | str | None]], shape: tuple[int, int]
) -> tuple[Ints, Bools, Bools]:
    """Steps, what applies and what is placed, of cells that are a step, `na` or None."""
    steps, applies = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
    placed = np.zeros(shape, dtype=bool)
    for h, row in enumerate(said):
        for e, cell in enumerate(row):
            placed[h, e] = cell is not None
            if isinstance(cell, int):
                steps[h, e], applies[h, e] = cell, True
    return steps, applies, placed


def lacking(case: Case) -> tuple[str, ...]:
    """What a case must still say before its hypotheses can be held against its evidence."""
    section = case.sections.get("argument")
    if not isinstance(section, Argument):
        return ("a section `argument`",)
    if len(case.hypotheses) < FEWEST:
        return (f"at least {FEWEST} hypotheses (the case has {len(case.hypotheses)})",)
    live = {i for i, piece in case.evidence.items() if not piece.retracted}
    applying = {
        item
        for row in section.matrix.values()
        for item, cell in row.items()
        if cell.consistency != "na" and item in live
    }
    if not applying:
        return ("cells of `argument.matrix`: how well each item of evidence fits each hypothesis",)
    return ()


SCALE_PATHS = {step: f"argument.scale.{degree}" for degree, step in DEGREES.items()}
"""Where the ratio of each step stands; neutral has none, it is 1."""
