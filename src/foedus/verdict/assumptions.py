"""The key assumptions check: what the judgement becomes if an assumption fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.case.models import FrontFails, QuantityFails
from foedus.lenses.lens import Draws, Finding, Floats, Interval

TRENDS = ("falling", "flat", "improving")


@dataclass(frozen=True)
class AssumptionCheck:
    """One assumption: how likely it is to fail, and the pact's chances if it stands and if not.

    `stands` or `fails` is None when no draw has it so. `method` says how the two were told apart.
    """

    id: str
    says: str
    because: tuple[str, ...]
    doubted_by: tuple[str, ...]
    note: str | None
    stands: Interval | None
    fails: Interval | None
    probability_of_failure: Interval
    method: str

    @property
    def load(self) -> float | None:
        """How much of the probability hangs on it: holds if it stands less holds if it fails."""
        if self.stands is None or self.fails is None:
            return None
        return self.stands.value - self.fails.value


def check_assumptions(
    case: Case, draws: Draws, holds: Floats, weights: Floats, findings: dict[str, Finding]
) -> list[AssumptionCheck]:
    """Every assumption of the case, in its order.

    One about the front needs a lens that follows it; without one it is left out.
    """
    columns = {name: c for f in findings.values() for name, c in f.columns.items()}
    out = []
    for name, assumption in case.assumptions.items():
        how = assumption.fails_when
        if isinstance(how, FrontFails):
            if "front.flat.probability" not in columns:
                continue
            parts = _by_front(how, columns, weights)
        else:
            parts = _by_quantity(how, draws, holds, weights)
        out.append(
            AssumptionCheck(
                name,
                assumption.says,
                assumption.because,
                assumption.doubted_by,
                assumption.note,
                *parts,
            )
        )
    return out


def _by_front(
    how: FrontFails, columns: dict[str, Floats], weights: Floats
) -> tuple[Interval | None, Interval | None, Interval, str]:
    """The pact's chances on the front's straight paths, weighted by how likely each trend is."""
    failing = how.front
    chance = {trend: columns[f"front.{trend}.probability"] for trend in TRENDS}

    def holds_if(trends: Sequence[str]) -> Interval | None:
        if not trends:
            return None
        total = sum(chance[trend] for trend in trends)
        held = sum(chance[trend] * columns[f"front.{trend}.holds_if"] for trend in trends)
        even = np.mean([columns[f"front.{trend}.holds_if"] for trend in trends], axis=0)
        likely = np.asarray(total) > 1e-12
        return Interval.over(np.where(likely, held / np.where(likely, total, 1.0), even), weights)

    failure = np.sum([chance[trend] for trend in failing], axis=0)
    return (
        holds_if([trend for trend in TRENDS if trend not in failing]),
        holds_if(failing),
        Interval.over(failure, weights),
        "the front moved by hand along a straight line to the horizon",
    )


def _by_quantity(
    how: QuantityFails, draws: Draws, holds: Floats, weights: Floats
) -> tuple[Interval | None, Interval | None, Interval, str]:
    """The pact's chances over the draws in which the quantity is on either side."""
    values = draws[how.quantity]
    if how.below is not None:
        failing, said = values < how.below, f"{how.quantity} below {how.below:g}"
    else:
        assert how.above is not None
        failing, said = values > how.above, f"{how.quantity} above {how.above:g}"

    def over(which: NDArray[np.bool_]) -> Interval | None:
        mine = np.where(which, weights, 0.0)
        return Interval.over(holds, mine) if mine.any() else None

    share = float(np.average(failing, weights=weights))
    # a condition on a draw is met or not: its chance has no spread over the draws
    return over(np.logical_not(failing)), over(failing), Interval(share, share, share), said
