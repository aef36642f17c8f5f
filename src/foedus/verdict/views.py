"""Every view of the pact's survival side by side: none is averaged away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from foedus.case import Case
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Finding, Floats, Interval
from foedus.lenses.wording import listed

HEADLINE = "endurance"
"""The lens whose probability is the headline, if it can look at the case."""
INSIDE, BASE_RATE, ARGUMENT = "endurance", "base_rate", "argument"


APART = 0.01
"""How far outside both views the anchored answer has to lie to be told."""


@dataclass(frozen=True, eq=False)
class View:
    """What one way of looking says of the chance that the pact holds to the horizon.

    `column` is its probability by draw; `error` one standard error of value, low and high.
    `certain` is said of a single number that no draw changes. `because` is evidence it rests on
    directly.
    """

    name: str
    says: str
    holds: Interval
    error: Interval
    column: Floats
    certain: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """How far two views differ.

    `difference` is the first less the second, over draws; `higher` the share of draws in which the
    first is higher, ties counting half.
    """

    one: str
    other: str
    difference: Interval
    higher: float


def views(case: Case, findings: Mapping[str, Finding], weights: Floats) -> tuple[View, ...]:
    """The views of which none is made of another.

    Endurance without its anchor, the base rate, and the argument with a prior of its own.
    """
    out = []
    endurance = findings.get(INSIDE)
    if endurance is not None and endurance.holds is not None:
        anchored = (endurance.data.get("anchor") or {}).get("yearly_exit") is not None
        column = endurance.columns["holds_inside" if anchored else "holds"]
        if np.isfinite(column).any():
            says = "The members' own reckoning, no base rate setting its level."
            out.append(_view(INSIDE, says, column, weights))
    base = _base_rate(case, findings, weights)
    if base is not None:
        out.append(base)
    argument = findings.get(ARGUMENT)
    if argument is not None and argument.holds is not None:
        says = "All evidence weighed against rival hypotheses, from a prior of the lens's own."
        out.append(_view(ARGUMENT, says, argument.columns["holds"], weights))
    return tuple(out)


def pairs(seen: Sequence[View], weights: Floats) -> tuple[Pair, ...]:
    """How far every two views differ, draw by draw."""
    out = []
    for one, other in combinations(seen, 2):
        gap = one.column - other.column
        higher = np.where(gap > 0.0, 1.0, np.where(gap == 0.0, 0.5, 0.0))
        share = float(np.average(higher, weights=weights))
        out.append(Pair(one.name, other.name, Interval.over(gap, weights), share))
    return tuple(out)


def beyond(seen: Sequence[View], holds: Interval) -> str | None:
    """What to say where the anchored answer lies outside the two views it was made of."""
    between = [view.holds.value for view in seen if view.name in (INSIDE, BASE_RATE)]
    if len(between) < 2 or min(between) - APART <= holds.value <= max(between) + APART:
        return None
    side = "below" if holds.value < min(between) else "above"
    return (
        f"The anchored answer lies {side} both views it is made of: the rate is met at the most"
        " likely values, and away from them exits are seldom as rare. Look at all three."
    )


def _view(
    name: str, says: str, column: Floats, weights: Floats, because: tuple[str, ...] = ()
) -> View:  # fmt: skip
    holds, error = Interval.over(column, weights), sampling_error(column, weights)
    return View(name, says, holds, error, column, because=because)


def _base_rate(case: Case, findings: Mapping[str, Finding], weights: Floats) -> View | None:
    """What such pacts do: the lens's word, else the anchor's yearly rate held to the horizon."""
    lens = findings.get(BASE_RATE)
    if lens is not None and lens.holds is not None:
        return _view(BASE_RATE, "How often such pacts last.", lens.columns["holds"], weights)
    anchor = next((f.data["anchor"] for f in findings.values() if f.data.get("anchor")), None)
    if anchor is None or anchor.get("yearly_exit") is None:
        return None
    members, rate = anchor["members"], anchor["yearly_exit"]
    years = (case.horizon - case.as_of).days / 365.25
    share = (1.0 - rate) ** (years * len(members))
    says = (
        f"{100 * rate:.2g} % a year leave: what that alone would give for"
        f" {listed([case.actors[m].name for m in members])}, each by itself. It knows nothing of"
        " this pact."
    )
    nothing = Interval(0.0, 0.0, 0.0)
    column = np.full(weights.shape, share)
    interval = Interval(share, share, share)
    return View(BASE_RATE, says, interval, nothing, column, True, tuple(anchor["because"]))
