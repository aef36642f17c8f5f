"""A table of actors as numbers, on its own scale and as a game."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case.nearest import quoted
from foedus.lenses.bargaining.game import Floats, Game, GameError
from foedus.lenses.cells import Cell, TableError

MOST_ACTORS = 1_000
"""The most actors of a table."""
MOST_DIMENSIONS = 50
"""The most dimensions."""
MOST_CAPABILITY = 1e9
SLACK = 1e-9
"""By how much saliences may sum to more than 1, for rounding."""
UNITS = ("auto", "share", "percent")
"""How salience is given; `auto` takes percent if any exceeds 1."""

Scale = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Table:
    """Who wants what: a table of actors on its own scale.

    `positions` `(n, D)` are on the scale of the file, `capability` `(n,)` in any unit, `salience`
    `(n, D)` as shares of 1 whatever the file has; `accommodation` `(n, n)` if the file has it.
    """

    name: str
    """The case, where the file names one."""
    actors: tuple[str, ...]
    dimensions: tuple[str, ...]
    positions: Floats
    capability: Floats
    salience: Floats
    scale: tuple[Scale, ...]
    """The ends of each dimension's scale, as given or the outermost positions."""
    salience_unit: str
    """What the file was taken to have: `share` or `percent`."""
    accommodation: Floats | None = None

    def normalised(self, values: Floats) -> Floats:
        """Points of the scale `(..., D)` as numbers from 0 to 1."""
        low, high = np.array(self.scale).T
        return np.asarray((values - low) / (high - low))

    def on_scale(self, values: Floats) -> Floats:
        """Numbers from 0 to 1 `(..., D)` as points of the scale."""
        low, high = np.array(self.scale).T
        return np.asarray(low + values * (high - low))

    def game(self, reference: Sequence[float] | None = None) -> Game:
        """The game on [0, 1]; `reference` `(D,)` is on the scale of the file.

        Raises GameError if a reference point is missing or off the scale.
        """
        at = None if reference is None else self._reference(reference)
        places = np.clip(self.normalised(self.positions), 0.0, 1.0)
        return Game(
            self.actors, places, self.capability, self.salience, self.accommodation, at
        )  # fmt: skip

    def _reference(self, reference: Sequence[float]) -> Floats:
        if len(reference) != len(self.dimensions):
            raise GameError(f"there should be {len(self.dimensions)} reference points")
        for value, (low, high) in zip(reference, self.scale, strict=True):
            if not low <= value <= high:
                raise GameError(f"the reference point {value:g} is not from {low:g} to {high:g}")
        return self.normalised(np.array(reference, np.float64))


@dataclass(frozen=True, slots=True)
class Record:
    """One actor as it stands in a file: a position and a salience for each dimension."""

    actor: Cell
    capability: Cell
    positions: tuple[Cell, ...]
    saliences: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How numbers are to be read."""

    salience_unit: str = "auto"
    scale: Scale | None = None
    """The ends of the scale of every dimension; None: the outermost positions."""

    def __post_init__(self) -> None:
        if self.salience_unit not in UNITS:
            raise GameError(f"the unit of salience is one of {', '.join(UNITS)}")
        if self.scale is not None:
            low, high = self.scale
            if not (np.isfinite(self.scale).all() and low < high):
                raise GameError(f"a scale has a lower and a higher end, not {low:g} and {high:g}")


def assembled(
    name: str, dimensions: Sequence[str], records: Sequence[Record], reading: Reading
) -> Table:
    """The table of the records. Raises TableError with the place of what is wrong."""
    actors = _names(records)
    if len(dimensions) > MOST_DIMENSIONS:
        raise TableError(
            records[0].actor.file, "", f"has more than {MOST_DIMENSIONS} dimensions"
        )  # fmt: skip
    capability = np.array([one.capability.number(0.0, MOST_CAPABILITY) for one in records])
    positions = np.array([[_on(reading.scale, at) for at in one.positions] for one in records])
    salience, unit = _shares(records, reading.salience_unit)
    for d, total in enumerate((capability[:, None] * salience).sum(axis=0)):
        if not total > 0.0:
            last = records[-1].saliences[d]
            raise last.fault("nobody has any weight: capability times salience is 0 for all")
    scale = tuple(reading.scale or _hull(column) for column in positions.T)
    return Table(
        name, actors, tuple(dimensions), positions, capability, salience, scale, unit
    )  # fmt: skip


def _names(records: Sequence[Record]) -> tuple[str, ...]:
    if len(records) > MOST_ACTORS:
        raise records[MOST_ACTORS].actor.fault(f"is one more than the {MOST_ACTORS:,} actors read")
    seen: dict[str, str] = {}
    for one in records:
        name = one.actor.name()
        if name in seen:
            raise one.actor.fault(f"{quoted(name)} has a row already: {seen[name]}")
        seen[name] = one.actor.place.partition(",")[0]
    return tuple(seen)


def _on(scale: Scale | None, cell: Cell) -> float:
    if scale is None:
        return cell.number(-1e12, 1e12)
    return cell.number(*scale)


def _shares(records: Sequence[Record], unit: str) -> tuple[Floats, str]:
    values = np.array([[cell.number(0.0) for cell in one.saliences] for one in records])
    if unit == "auto":
        unit = "percent" if (values > 1.0).any() else "share"
    full = 100.0 if unit == "percent" else 1.0
    for one, row in zip(records, values, strict=True):
        for cell, value in zip(one.saliences, row, strict=True):
            if value > full * (1.0 + SLACK):
                raise cell.fault(f"should be from 0 to {full:g} (as a {unit}), not {value:g}")
        if row.sum() > full * (1.0 + SLACK):
            who = quoted(one.actor.text)
            raise one.saliences[-1].fault(
                f"the saliences of {who} sum to {row.sum():g}, which is more than {full:g}"
            )
    return np.minimum(values / full, 1.0), unit


def _hull(column: Floats) -> Scale:
    """The outermost positions; where all are the same, half a unit to either side."""
    low, high = float(column.min()), float(column.max())
    return (low, high) if low < high else (low - 0.5, high + 0.5)
