"""Scenario discovery by PRIM: under which conditions does it break?

The patient rule induction method (Friedman & Fisher 1999) as scenario discovery uses it (Bryant &
Lempert 2010; Kwakkel & Jaxa-Rozen 2016), with a guard: what chance finds as well is not told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.ensemble.discovery.box import Box, Floats
from foedus.ensemble.discovery.choosing import Wanted
from foedus.ensemble.discovery.peeling import Objective
from foedus.ensemble.discovery.resampling import (
    Interval,
    Recurrence,
    interval,
    resample,
    shuffle,
    thinned,
)
from foedus.ensemble.discovery.sample import Sample, limits, sample
from foedus.ensemble.discovery.search import Search
from foedus.ensemble.discovery.simplifying import Sides, quasi_p

RARE = 0.01
"""Base rates below this, or above 1 minus this, are not explained."""
FEW = 10.0
"""Nor are fewer breaks, or fewer that hold, than this (effective draws)."""
SHUFFLES = 19
"""Shuffles of the outcomes. Chance beats them all in 1 of 20 cases where there is nothing."""


@dataclass(frozen=True)
class Found:
    """A box, how it came about, and how far it is to be trusted.

    Coverage, density and mass count the draws that lie in no box told before; coverage is of all
    breaks and mass of all draws.

    `trajectory` holds the boxes of the peeling and `chosen` the place of the one that became `box`.
    `quasi_p` and `recurrence` stand beside the box's restrictions. `coverage_interval` and
    `density_interval` are of boxes found on one half of the draws, counted on the other; `None`
    without resamples. `null_density` is that of boxes of the same mass where outcomes were dealt
    out anew, none of which is as dense as `box`. `others` are columns that are not in the
    box but were in half of the resampled ones or more, with the share.
    """

    box: Box
    trajectory: tuple[Box, ...]
    chosen: int
    quasi_p: tuple[Sides, ...]
    recurrence: tuple[Recurrence, ...]
    coverage_interval: Interval | None
    density_interval: Interval | None
    null_density: Interval
    others: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Discovery:
    """The boxes found, best first, and why there are no more of them.

    `reason` is a sentence, and empty if all boxes asked for were found. `coverage`, `density` and
    `mass` are of all boxes together.
    """

    found: bool
    reason: str
    base_rate: float
    coverage: float
    density: float
    mass: float
    boxes: tuple[Found, ...]
    alpha: float
    mass_min: float
    objective: Objective
    resamples: int
    seed: int


def discover(
    x: Floats,
    y: Floats,
    weights: Floats | None = None,
    *,
    alpha: float = 0.05,
    mass_min: float = 0.05,
    boxes: int = 2,
    resamples: int = 20,
    seed: int = 1,
    objective: Objective = "lenient",
    wanted: Wanted | None = None,
) -> Discovery:
    """Under which conditions on the columns of `x` is `y` high?

    `x` is `(draws, columns)`; `y` is `(draws,)` from 0 to 1, 1 where the pact breaks; `weights` are
    `(draws,)`, not below 0. `alpha` is the share peeled off in a step, `mass_min` the least share
    of all draws in a box, `boxes` how many are looked for, `resamples` how many halves test each.
    `wanted` asks for another box of the trajectory than that of the best score; its index is of the
    first box's. The same input and seed give the same answer. Raises ValueError for what does not
    fit.
    """
    _check(alpha, mass_min, boxes, resamples, objective)
    whole = sample(x, y, weights)
    search = Search(alpha, mass_min, objective, wanted)
    found: list[Found] = []
    left, reason = whole, ""
    while len(found) < boxes:
        reason = _hopeless(left, mass_min * whole.mass)
        if reason:
            break
        seeds = (seed, (len(found),))
        step = _find(left, search.on_share(left.mass / whole.mass), resamples, seeds)
        if isinstance(step, str):
            reason = step
            break
        found.append(_of_whole(step, left, whole))
        left = left.restricted(~left.inside(*limits(step.box, len(left.columns))))
        if wanted is not None and wanted.index is not None:
            search = replace(search, wanted=None)
    told_mass = sum(f.box.mass for f in found)
    coverage = sum(f.box.coverage for f in found)
    density = coverage * whole.base_rate / told_mass if found else 0.0
    return Discovery(
        bool(found), reason, whole.base_rate, coverage, density, told_mass, tuple(found),
        alpha, mass_min, objective, resamples, seed,
    )  # fmt: skip


def _check(alpha: float, mass_min: float, boxes: int, resamples: int, objective: str) -> None:
    if not 0.0 < alpha < 1.0:
        raise ValueError(f"alpha must be above 0 and below 1; it is {alpha}")
    if not 0.0 < mass_min < 1.0:
        raise ValueError(f"mass_min must be above 0 and below 1; it is {mass_min}")
    if boxes < 1 or resamples < 0:
        raise ValueError("boxes must be 1 or more, and resamples 0 or more")
    if objective not in ("lenient", "original"):
        raise ValueError(f"objective must be 'lenient' or 'original'; it is {objective!r}")


def _hopeless(of: Sample, least: float) -> str:
    """Why there is no use in looking, or an empty text."""
    if len(of.rows) == 0 or of.mass <= least:
        return "Too few draws are left for another box."
    breaks = of.effective * of.base_rate
    if breaks < FEW:
        return f"Too few draws break: {breaks:.3g} of {of.effective:.5g}."
    if of.effective - breaks < FEW:
        return f"Too few draws hold: {of.effective - breaks:.3g} of {of.effective:.5g}."
    if not RARE <= of.base_rate <= 1.0 - RARE:
        return f"{of.base_rate:.1%} of the draws break, which leaves too little to tell apart."
    first, last = of.order[:, 0], of.order[:, -1]
    columns = np.arange(len(of.columns))
    if (of.columns[columns, first] == of.columns[columns, last]).all():
        return "No column varies."
    return ""


def _find(
    of: Sample, search: Search, resamples: int, seeds: tuple[int, tuple[int, ...]]
) -> Found | str:
    """The next box, as counted on the sample, or why it is not worth telling."""
    peeled = search(of)
    box, base_rate = peeled.box, of.base_rate
    if not box.restrictions or box.density <= base_rate:
        return "No box is denser than all draws together."
    fewer = thinned(of, seeds)
    null = shuffle(fewer, box, search, SHUFFLES, seeds)
    if null[-1] >= box.density:
        return (
            f"Chance alone finds as much: the best box has density {box.density:.2f}, and one of "
            f"its size {null[-1]:.2f} where outcomes are dealt out anew."
        )
    tests = resample(fewer, box, search, resamples, seeds)
    if tests.density is not None and tests.density.value <= base_rate:
        return (
            "It does not hold on other draws: boxes found on one half have density "
            f"{tests.density.value:.2f} on the other, and all draws together {base_rate:.2f}."
        )
    return Found(
        box, peeled.trajectory, peeled.chosen, quasi_p(of, box), tests.recurrence,
        tests.coverage, tests.density, interval(null), tests.others,
    )  # fmt: skip


def _of_whole(found: Found, of: Sample, whole: Sample) -> Found:
    """The same with coverage and mass as shares of all draws instead of those left."""
    hits, mass = of.hit_mass / whole.hit_mass, of.mass / whole.mass

    def share(box: Box) -> Box:
        return replace(box, coverage=box.coverage * hits, mass=box.mass * mass)

    held = found.coverage_interval
    return replace(
        found,
        box=share(found.box),
        trajectory=tuple(share(box) for box in found.trajectory),
        coverage_interval=held and Interval(held.low * hits, held.value * hits, held.high * hits),
    )
