"""What a lens is: draws in, outcome over draws, finding out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case, Section

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Draws(Mapping[str, Floats]):
    """Joint samples of a case's quantities: a mapping from path to an array over draws.

    `table` is `(draws, paths)`, `index` `(draws,)` the number of each draw in the whole ensemble
    (-1: not a draw but the most likely values), `weights` `(draws,)` how much each counts.
    """

    paths: tuple[str, ...]
    table: Floats
    index: Ints
    weights: Floats

    def __getitem__(self, path: str) -> Floats:
        """Every draw of one quantity. Raises KeyError for an unknown path."""
        try:
            return self.table[:, self._places[path]]
        except KeyError:
            raise KeyError(path) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def size(self) -> int:
        """How many draws there are."""
        return int(self.table.shape[0])

    @staticmethod
    def at_modes(case: Case) -> Draws:
        """One row: every quantity of the case at its most likely value."""
        modes = {path: quantity.mode for path, quantity in case.quantities().items()}
        return Draws(
            tuple(modes), np.array([list(modes.values())]), np.array([-1]), np.array([1.0])
        )

    def part(self, first: int, last: int) -> Draws:
        """The draws from the first up to, not including, the last."""
        here = slice(first, last)
        return Draws(self.paths, self.table[here], self.index[here], self.weights[here])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self.paths)}


def _freeze(parts: Mapping[str, Any]) -> None:
    for part in parts.values():
        if isinstance(part, np.ndarray):
            part.flags.writeable = False
        elif isinstance(part, Mapping):
            _freeze(part)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a lens computed for each draw.

    `arrays` have the draws as their leading axis and are not to be written to; `shared` is what
    holds for all draws alike (the same in every slice of an ensemble). `carry` is only for a next
    run on the same draws to start from, and is dropped when outcomes are joined.
    """

    lens: str
    index: Ints
    arrays: Mapping[str, NDArray[Any]]
    shared: Mapping[str, Any] = field(default_factory=dict)
    carry: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _freeze(self.arrays)
        _freeze(self.shared)
        _freeze(self.carry)

    @staticmethod
    def join(parts: Sequence[Outcome]) -> Outcome:
        """One outcome from those of consecutive slices of the draws."""
        first = parts[0]
        arrays = {k: np.concatenate([p.arrays[k] for p in parts]) for k in first.arrays}
        index = np.concatenate([p.index for p in parts])
        return Outcome(first.lens, index, arrays, first.shared)


@dataclass(frozen=True)
class Interval:
    """A probability or another number over draws: its mean and its 5 % and 95 % points."""

    value: float
    low: float
    high: float

    @staticmethod
    def over(values: Floats, weights: Floats) -> Interval:
        """Mean and 5 % and 95 % points of values over weighted draws."""
        kept = np.isfinite(values) & (weights > 0)
        if not kept.any():
            return Interval(float("nan"), float("nan"), float("nan"))
        low, high = weighted_quantile(values[kept], weights[kept], (0.05, 0.95))
        return Interval(float(np.average(values[kept], weights=weights[kept])), low, high)

    def to_dict(self) -> dict[str, float]:
        """As plain data."""
        return {"value": self.value, "low": self.low, "high": self.high}


def weighted_quantile(values: Floats, weights: Floats, points: Sequence[float]) -> list[float]:
    """Quantiles of weighted values: linear between the middles of the weights (Hazen 1914)."""
    order = np.argsort(values, kind="stable")
    held = np.cumsum(weights[order])
    middles = (held - 0.5 * weights[order]) / held[-1]
    return [float(np.interp(point, middles, values[order])) for point in points]


def percent(share: float) -> str:
    """A probability for people: whole per cent, but never a rounded 0 or 100."""
    if 0.0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1.0:
        return "over 99 %"
    return f"{100 * share:.0f} %"


@dataclass(frozen=True)
class Picture:
    """A picture of a finding: a Vega-Lite specification with its title and a sentence about it."""

    name: str
    title: str
    caption: str
    spec: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Finding:
    """What a lens says.

    `holds` is the probability that the pact holds to the horizon, for lenses that speak of it, and
    `share_holding` the share of draws for those that inform. `reasons` are sentences for people,
    `warnings` what they should not overlook. `data` is plain data in the lens's documented shape.
    `columns` are arrays over draws, joined with other lenses' by the verdict; a column named
    `holds` is the draw's probability, and those named `front.TREND.probability`, `.holds_given` and
    `.holds_if` speak of the front for assumptions about it.
    """

    lens: str
    question: str
    headline: str
    holds: Interval | None = None
    share_holding: Interval | None = None
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Floats] = field(default_factory=lambda: MappingProxyType({}))
    weights: Floats = field(default_factory=lambda: np.zeros(0))


class Lens(Protocol):
    """One method, looking at a case with one question.

    Lenses are given the case without its outcome. They are plain objects without state: everything
    that `run` needs comes in, everything it knows goes out.
    """

    name: str
    question: str

    @property
    def Section(self) -> type[Section]:
        """The model of its section of the case."""

    def needs(self, case: Case) -> tuple[str, ...]:
        """Names of the lenses whose outcome it wants for this case."""

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look: one sentence each.

        What the lenses it needs still lack is not its to say.
        """

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Compute every draw.

        `inputs` are the outcomes of the lenses that it needs, on the same draws. `start` is an
        earlier outcome of this lens to begin from: of the most likely values, or of another case
        on the same draws. What is shared (an anchor) is taken from it, so that comparisons compare
        judgements and not calibrations. Running slices of the draws and joining them gives what
        running the whole gives.
        """

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in, as text of a case file, for these members."""
