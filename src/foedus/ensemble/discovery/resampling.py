"""How far a box is to be trusted: does it come again, does it hold on other draws, is it chance?

Bryant & Lempert 2010 ask how often each restriction comes again in boxes found on half of the
draws. The other half tells how dense and how wide such a box is where it was not looked for: on the
draws it was found on, a box always looks better than it is. Outcomes dealt out anew tell how dense
a box of the same size comes out where nothing explains them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.ensemble.discovery.box import Bools, Box, Floats
from foedus.ensemble.discovery.choosing import nearest
from foedus.ensemble.discovery.sample import Sample, limits
from foedus.ensemble.discovery.search import Search
from foedus.ensemble.discovery.simplifying import Sides

LARGEST = 8192
"""Of more draws than this so many are taken for halves and shuffles, which can only make the
intervals wider and chance stronger."""
COMMON = 0.5
"""Another column than the box's is named if it is restricted in this share of the halves."""

Seeds = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Interval:
    """Median, 5 % and 95 % points over resamples."""

    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Recurrence:
    """Share of half samples whose box restricts the same column on the same side.

    Each half's trajectory is asked for the box nearest in coverage, and for the nearest in density.
    """

    by_coverage: Sides
    by_density: Sides


@dataclass(frozen=True)
class Resampled:
    """What half samples say of a box: recurrence by restriction, and figures on the draws left out.

    `others` are columns not in the box that were restricted in half of the samples or more.
    """

    recurrence: tuple[Recurrence, ...]
    coverage: Interval | None
    density: Interval | None
    others: tuple[tuple[int, float], ...]


def thinned(of: Sample, seeds: Seeds) -> Sample:
    """The sample, or `LARGEST` of its draws if there are more."""
    if len(of.rows) <= LARGEST:
        return of
    return of.restricted(_some(of, LARGEST, _rng(seeds, 0))).compact()


def resample(of: Sample, box: Box, search: Search, count: int, seeds: Seeds) -> Resampled:
    """What `count` random halves of the sample say of a box that the search found on all of it."""
    by_coverage, by_density, held = [], [], []
    for half, rest in _halves(of, count, seeds):
        found = search(half, box.coverage)
        by_coverage.append(found.trajectory[nearest(found.trajectory, "coverage", box.coverage)])
        by_density.append(found.trajectory[nearest(found.trajectory, "density", box.density)])
        held.append(rest.box(*limits(found.box, len(of.columns))))
    wide, dense = _shares(by_coverage, len(of.columns)), _shares(by_density, len(of.columns))
    recurrence = tuple(
        Recurrence(_sides(wide, box, k), _sides(dense, box, k))
        for k in range(len(box.restrictions))
    )
    known = {r.column for r in box.restrictions}
    others = tuple(
        (int(j), float(wide[j].max()))
        for j in np.flatnonzero(wide.max(axis=1) >= COMMON)
        if int(j) not in known and count > 0
    )
    return Resampled(
        recurrence,
        _interval([b.coverage for b in held]),
        _interval([b.density for b in held if b.mass > 0.0]),
        others,
    )


def shuffle(of: Sample, box: Box, search: Search, count: int, seeds: Seeds) -> list[float]:
    """Densities of boxes of a box's mass, found on `count` shuffles of the outcomes.

    It ends with the first that is as dense as the box, which is as much as need be known.
    """
    out: list[float] = []
    while len(out) < count and (not out or out[-1] < box.density):
        boxes = search(of.shuffled(_rng(seeds, 2, len(out))), box.coverage).trajectory
        out.append(boxes[nearest(boxes, "mass", box.mass)].density)
    return out


def interval(values: Sequence[float]) -> Interval:
    """Median, 5 % and 95 % points of some figures, at least one."""
    low, value, high = np.quantile(np.asarray(values), (0.05, 0.5, 0.95))
    return Interval(float(low), float(value), float(high))


def _interval(values: Sequence[float]) -> Interval | None:
    return interval(values) if values else None


def _halves(of: Sample, count: int, seeds: Seeds) -> Iterator[tuple[Sample, Sample]]:
    for k in range(count):
        half = _some(of, len(of.rows) // 2, _rng(seeds, 1, k))
        yield of.restricted(half), of.restricted(~half)


def _some(of: Sample, count: int, rng: np.random.Generator) -> Bools:
    chosen = np.zeros(len(of.weight), dtype=np.bool_)
    chosen[rng.choice(of.rows, size=count, replace=False)] = True
    return chosen


def _rng(seeds: Seeds, *key: int) -> np.random.Generator:
    seed, before = seeds
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(*before, *key)))


def _shares(boxes: list[Box], columns: int) -> Floats:
    """Share of boxes that restrict a column's low and high side: `(columns, 2)`."""
    out = np.zeros((columns, 2))
    for box in boxes:
        for restriction in box.restrictions:
            out[restriction.column, 0] += restriction.low is not None
            out[restriction.column, 1] += restriction.high is not None
    return out / max(len(boxes), 1)


def _sides(shares: Floats, box: Box, k: int) -> Sides:
    r = box.restrictions[k]
    return Sides(
        None if r.low is None else float(shares[r.column, 0]),
        None if r.high is None else float(shares[r.column, 1]),
    )
