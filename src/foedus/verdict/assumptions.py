"""The key assumptions check: what the judgement becomes if an assumption fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.case.models import FrontFails, QuantityFails
from foedus.ensemble.sampling import error_of_mean
from foedus.lenses.lens import Draws, Finding, Floats, Interval

TRENDS = ("falling", "flat", "improving")


@dataclass(frozen=True)
class AssumptionCheck:
    """One assumption: how likely it is to fail, and the pact's chances if it stands and if not.

    `stands` or `fails` is None when no draw has it so; `stands_error` and `fails_error` are one
    standard error of sampling of their values, not a number where draws are too few to tell.
    `method` says how the two were told apart.
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
    stands_error: float
    fails_error: float

    @property
    def load(self) -> float | None:
        """How much of the probability hangs on it: holds if it stands less holds if it fails."""
        if self.stands is None or self.fails is None:
            return None
        return self.stands.value - self.fails.value


Parts = tuple[Interval | None, Interval | None, Interval, str, float, float]


def unchecked(
    case: Case,
    draws: Draws,
    findings: Mapping[str, Finding],
    bears: Callable[[str], bool],
) -> dict[str, str]:
    """Assumptions that cannot be checked, by id, each with the reason.

    One about the front needs a lens that follows it; one about a quantity needs a number that bears
    on the probability (`bears` says so of a path) and that is on either side of its threshold in
    some draw.
    """
    out = {}
    for name, assumption in case.assumptions.items():
        how = assumption.fails_when
        if isinstance(how, FrontFails):
            if not _followed(findings):
                out[name] = "no lens that can look at the case follows the front"
        elif not bears(how.quantity):
            out[name] = f"{how.quantity} does not bear on the probability"
        elif _failing(how, draws).all():
            out[name] = f"{_said(how)} in every draw: it always fails"
        elif not _failing(how, draws).any():
            out[name] = f"{_said(how)} in no draw: it never fails"
    return out


def _followed(findings: Mapping[str, Finding]) -> bool:
    return any("front.flat.probability" in finding.columns for finding in findings.values())


def check_assumptions(
    case: Case,
    draws: Draws,
    holds: Floats,
    weights: Floats,
    findings: Mapping[str, Finding],
    bears: Callable[[str], bool],
) -> list[AssumptionCheck]:
    """Every assumption of the case that some lens or number carries, in its order.

    Left out are those about a front that no lens follows, and about quantities that do not bear on
    the probability: `unchecked` names them.
    """
    columns = {name: c for f in findings.values() for name, c in f.columns.items()}
    out = []
    for name, assumption in case.assumptions.items():
        how = assumption.fails_when
        if isinstance(how, FrontFails):
            if not _followed(findings):
                continue
            parts = _by_front(how, columns, weights)
        elif not bears(how.quantity):
            continue
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


def _by_front(how: FrontFails, columns: Mapping[str, Floats], weights: Floats) -> Parts:
    """The pact's chances on the front's straight paths, weighted by how likely each trend is."""
    failing = how.front
    chance = {trend: columns[f"front.{trend}.probability"] for trend in TRENDS}

    def holds_if(trends: Sequence[str]) -> tuple[Interval | None, float]:
        if not trends:
            return None, float("nan")
        total = sum(chance[trend] for trend in trends)
        held = sum(chance[trend] * columns[f"front.{trend}.holds_if"] for trend in trends)
        even = np.mean([columns[f"front.{trend}.holds_if"] for trend in trends], axis=0)
        likely = np.asarray(total) > 1e-12
        column = np.where(likely, held / np.where(likely, total, 1.0), even)
        return Interval.over(column, weights), error_of_mean(column, weights)

    failure = np.sum([chance[trend] for trend in failing], axis=0)
    stands, stands_error = holds_if([trend for trend in TRENDS if trend not in failing])
    fails, fails_error = holds_if(failing)
    said = "the front moved by hand along a straight line to the horizon"
    return stands, fails, Interval.over(failure, weights), said, stands_error, fails_error


def _failing(how: QuantityFails, draws: Draws) -> NDArray[np.bool_]:
    """The draws in which the quantity is beyond the threshold."""
    values = draws[how.quantity]
    if how.below is not None:
        return np.asarray(values < how.below)
    assert how.above is not None
    return np.asarray(values > how.above)


def _said(how: QuantityFails) -> str:
    side, bound = ("below", how.below) if how.below is not None else ("above", how.above)
    return f"{how.quantity} {side} {bound:g}"


def _by_quantity(how: QuantityFails, draws: Draws, holds: Floats, weights: Floats) -> Parts:
    """The pact's chances over the draws in which the quantity is on either side."""
    failing = _failing(how, draws)

    def over(which: NDArray[np.bool_]) -> tuple[Interval | None, float]:
        mine = np.where(which, weights, 0.0)
        if not mine.any():
            return None, float("nan")
        return Interval.over(holds, mine), error_of_mean(holds, mine)

    share = float(np.average(failing, weights=weights))
    stands, stands_error = over(np.logical_not(failing))
    fails, fails_error = over(failing)
    # a condition on a draw is met or not: its chance has no spread over the draws
    certain = Interval(share, share, share)
    return stands, fails, certain, _said(how), stands_error, fails_error
