"""Which box of a trajectory to tell, by a stated rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.ensemble.discovery.box import Box

TOLERANCE = 0.02
"""Boxes whose score is less than this below the best are as good, and the simplest is told."""


@dataclass(frozen=True)
class Wanted:
    """What the caller asks of a box instead of the best score; the first that is set counts.

    `index`: that box of the trajectory. `density`: of the boxes that dense or denser, the one of
    the greatest coverage; if there is none, the densest. `coverage`: of the boxes that cover as
    much or more, the densest.
    """

    index: int | None = None
    density: float | None = None
    coverage: float | None = None


def score(box: Box, base_rate: float) -> float:
    """How well a box does both: the harmonic mean of coverage and of gain in density, 0 to 1.

    The gain is (density − base rate) / (1 − base rate), so that all draws together score 0. Where
    breaks are rare it is F1, the harmonic mean of coverage and density.
    """
    gain = (box.density - base_rate) / (1.0 - base_rate) if base_rate < 1.0 else 0.0
    return 2.0 * box.coverage * gain / (box.coverage + gain) if box.coverage * gain > 0.0 else 0.0


def choose(boxes: Sequence[Box], base_rate: float, wanted: Wanted | None = None) -> int:
    """The place of the box to tell.

    Of the boxes whose score is within `TOLERANCE` of the best, those that restrict the fewest
    columns, and of these the one of the best score. Raises ValueError for an index outside.
    """
    if wanted is not None and wanted.index is not None:
        if not 0 <= wanted.index < len(boxes):
            raise ValueError(f"the trajectory has {len(boxes)} boxes; there is no {wanted.index}")
        return wanted.index
    places = range(len(boxes))
    if wanted is not None and wanted.density is not None:
        dense = [k for k in places if boxes[k].density >= wanted.density]
        if dense:
            return max(dense, key=lambda k: (boxes[k].coverage, boxes[k].density))
        return max(places, key=lambda k: (boxes[k].density, boxes[k].coverage))
    if wanted is not None and wanted.coverage is not None:
        wide = [k for k in places if boxes[k].coverage >= wanted.coverage]
        return max(wide or [0], key=lambda k: (boxes[k].density, boxes[k].coverage))
    scores = [score(box, base_rate) for box in boxes]
    good = [k for k in places if scores[k] >= max(scores) - TOLERANCE]
    return min(good, key=lambda k: (len(boxes[k].restrictions), -scores[k]))


def nearest(boxes: Sequence[Box], measure: str, value: float) -> int:
    """The place of the box whose `coverage`, `density` or `mass` is nearest to a value."""
    return min(range(len(boxes)), key=lambda k: abs(getattr(boxes[k], measure) - value))
