"""Under which conditions does the pact break: scenario discovery in the case's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.ensemble.discovery import Box, Found, Restriction, Tree, discover, tradeoff, tree
from foedus.lenses.lens import Draws, Floats, Interval, percent
from foedus.lenses.wording import listed

BREAKS_BELOW = 0.5
"""A draw counts as one in which the pact breaks where it is likelier to break than to hold."""
HALVES = 10
"""Half samples that test the limits, as Bryant & Lempert (2010) take."""
LEAST = 64
"""Draws that it takes to say anything."""


@dataclass(frozen=True)
class Condition:
    """One limit on a quantity: at least `low`, at most `high`.

    `recurs` is the share of resampled boxes that limit it on the same side; `because` the evidence
    that the quantity rests on.
    """

    path: str
    label: str
    low: float | None
    high: float | None
    recurs: float | None
    because: tuple[str, ...]

    def __str__(self) -> str:
        if self.low is not None and self.high is not None:
            return f"{self.label} is between {self.low:.2g} and {self.high:.2g}"
        if self.low is not None:
            return f"{self.label} is above {self.low:.2g}"
        return f"{self.label} is below {self.high:.2g}"


@dataclass(frozen=True)
class Circumstance:
    """Conditions that hold together, and how well they tell the breaks from the rest.

    `coverage` is the share of all breaks among them, `density` the share of breaks there, `mass`
    the share of all draws. `coverage_tested` and `density_tested` are of conditions found on one
    half of the draws and counted on the other. `sentence` says it in words.
    """

    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    mass: float
    coverage_tested: Interval | None
    density_tested: Interval | None
    sentence: str


@dataclass(frozen=True)
class Tradeoff:
    """A point of the trade-off: how many of the breaks, how dense, by how many restrictions."""

    coverage: float
    density: float
    mass: float
    restrictions: int


@dataclass(frozen=True)
class Breaking:
    """Under which conditions the pact breaks.

    `base_rate` is the share of draws in which it does (the chance that it holds below one half);
    `boxes` the circumstances found by PRIM, best first, `tradeoff` the front of the first one's
    trajectory, `branches` those that a decision tree parts the draws into, the densest first, and
    `tree_explained` the share of the error on draws left out that the tree saves. `reason` says why
    there is no (further) box.
    """

    base_rate: float
    boxes: tuple[Circumstance, ...]
    tradeoff: tuple[Tradeoff, ...]
    branches: tuple[Circumstance, ...]
    tree_explained: float
    reason: str


def breaking(
    case: Case,
    draws: Draws,
    holds: Floats,
    weights: Floats,
    bears: Callable[[str], bool],
    seed: int,
) -> Breaking:
    """Under which conditions on its uncertain quantities the pact breaks.

    `holds` and `weights` `(draws,)` are the answer by draw; `bears` says of a path whether it bears
    on the answer.
    """
    quantities = case.quantities()
    loose = [path for path, q in quantities.items() if not q.fixed and bears(path)]
    kept = weights > 0.0
    breaks = np.where(kept, holds < BREAKS_BELOW, False).astype(np.float64)
    share = float(np.average(breaks, weights=weights))
    if not loose or int(kept.sum()) < LEAST:
        why = "no quantity that bears on the answer is uncertain" if not loose else "too few draws"
        return Breaking(share, (), (), (), 0.0, why)
    x = np.stack([draws[path] for path in loose], axis=1)
    found = discover(x, breaks, weights, resamples=HALVES, seed=seed)
    grown = tree(x, breaks, weights, seed=seed)
    words = _Words(case, loose)
    boxes = tuple(_of_found(words, one, share) for one in found.boxes)
    front = tradeoff(found.boxes[0].trajectory) if found.boxes else ()
    points = (Tradeoff(b.coverage, b.density, b.mass, len(b.restrictions)) for b in front)
    branches = tuple(_branches(words, grown, share)) if grown.found else ()
    return Breaking(share, boxes, tuple(points), branches, grown.explained, found.reason)


@dataclass(frozen=True)
class _Words:
    """What to call columns."""

    case: Case
    paths: Sequence[str]

    def condition(self, limits: Restriction, recurs: float | None) -> Condition:
        path = self.paths[limits.column]
        because = self.case.quantities()[path].because
        label = self.case.label(path)
        return Condition(path, label, limits.low, limits.high, recurs, because)


def _of_found(words: _Words, found: Found, base_rate: float) -> Circumstance:
    recurs: list[float | None] = []
    for one in found.recurrence:
        sides = [s for s in (one.by_coverage.low, one.by_coverage.high) if s is not None]
        recurs.append(min(sides, default=None))
    shares = recurs or [None] * len(found.box.restrictions)
    tested = [
        Interval(one.value, one.low, one.high) if one is not None else None
        for one in (found.coverage_interval, found.density_interval)
    ]
    return _circumstance(words, found.box, shares, base_rate, tested[0], tested[1])


def _branches(words: _Words, grown: Tree, base_rate: float) -> Iterator[Circumstance]:
    for leaf in sorted(grown.leaves, key=lambda leaf: -leaf.box.density):
        nothing = [None] * len(leaf.box.restrictions)
        yield _circumstance(words, leaf.box, nothing, base_rate, None, None)


def _circumstance(
    words: _Words,
    box: Box,
    recurs: Sequence[float | None],
    base_rate: float,
    coverage: Interval | None,
    density: Interval | None,
) -> Circumstance:
    conditions = tuple(
        words.condition(limits, share)
        for limits, share in zip(box.restrictions, recurs, strict=True)
    )
    said = (
        f"Where {listed([str(one) for one in conditions])}, the pact breaks in"
        f" {percent(box.density)} of draws, against {percent(base_rate)} in all; that is"
        f" {percent(box.coverage)} of the breaks."
    )
    if density is not None:
        said += (
            f" On draws not used to find such limits it is {percent(density.value)}"
            f" ({percent(density.low)} to {percent(density.high)})."
        )
    return Circumstance(conditions, box.coverage, box.density, box.mass, coverage, density, said)
