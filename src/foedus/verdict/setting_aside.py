"""What a number would be judged without one piece of evidence, or with less trust in it.

The rule is that of precisions: a judgement is taken as what its evidence adds to the `prior`, each
piece in proportion to its rating. Taking away a share s of that leaves the mode and the half-widths
of (1 - s) parts of the judgement's precision and s parts of the prior's. Where no prior is given,
the mode stays and the prior is three times as wide as the judgement.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from foedus.case import Case, Quantity
from foedus.case.quantity import Range

RELIABILITY = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.5}
CREDIBILITY = {1: 1.0, 2: 0.8, 3: 0.6, 4: 0.4, 5: 0.2, 6: 0.5}
"""How much a piece counts beside others, by Admiralty rating: a convention, in even steps, with
what cannot be judged in the middle."""
WIDER = 3.0
"""How many times wider than the judgement an unstated prior is."""
CERTAIN = 1e-100
"""Half-widths below this are none."""
NEAR = 0.01
"""How near to an end of the legal range that nobody named a low or high comes, as a share of the
way from the mode."""


def piece_weight(case: Case, item: str) -> float:
    """How much a piece of evidence counts beside others; nothing once it is retracted."""
    piece = case.evidence[item]
    source = case.sources.get(piece.source)
    if piece.retracted:
        return 0.0
    return RELIABILITY[source.reliability if source else "F"] * CREDIBILITY[piece.credibility]


def on_retracted_alone(case: Case) -> tuple[str, ...]:
    """Paths of the uncertain quantities all of whose evidence is retracted."""
    return tuple(
        path
        for path, quantity in case.quantities().items()
        if quantity.because and all(case.evidence[item].retracted for item in quantity.because)
    )


def without(case: Case, items: Iterable[str]) -> dict[str, Quantity]:
    """Every quantity that rests on some evidence, as judged with that evidence set aside, by path.

    Quantities that stay as they are, and certain ones without a prior, are left out.
    """
    return _judged_anew(case, dict.fromkeys(items, 1.0))


def one_step_worse(case: Case, item: str) -> dict[str, Quantity] | None:
    """Every quantity that rests on a piece, as judged were its credibility one step worse, by path.

    What follows 5, improbable, is setting it aside. None where its credibility cannot be judged (6)
    or it is retracted: there is no step.
    """
    piece = case.evidence[item]
    if piece.credibility == 6 or piece.retracted:
        return None
    if piece.credibility == 5:
        return without(case, [item])
    lost = 1.0 - CREDIBILITY[piece.credibility + 1] / CREDIBILITY[piece.credibility]
    return _judged_anew(case, {item: lost})


def _judged_anew(case: Case, lost: Mapping[str, float]) -> dict[str, Quantity]:
    """Quantities by path, when a share of each piece's weight is lost."""
    out = {}
    for path, quantity in case.quantities().items():
        touched = lost.keys() & set(quantity.because)
        if not touched:
            continue
        weights = {item: piece_weight(case, item) for item in dict.fromkeys(quantity.because)}
        total = sum(weights.values())
        if total <= 0.0:
            continue
        share = sum(weights[item] * lost[item] for item in sorted(touched)) / total
        new = fallen_back(quantity, min(share, 1.0))
        if (new.mode, new.low, new.high) != (quantity.mode, quantity.low, quantity.high):
            out[path] = new
    return out


def fallen_back(quantity: Quantity, share: float) -> Quantity:
    """The judgement with a share of its evidence gone, from 0 (as it is) to 1 (its prior).

    The mode is the mean of the judgement's and the prior's, weighted by what is left of each one's
    precision (the inverse square of its mean half-width); each half-width is that of the precision
    left on its side. It keeps within the legal range.
    """
    prior = quantity.prior
    below, above = quantity.mode - quantity.low, quantity.high - quantity.mode
    if prior is None:
        centre, first, second = quantity.mode, WIDER * below, WIDER * above
    else:
        centre = prior.mode
        first, second = prior.mode - prior.low, prior.high - prior.mode
    pull = _pull((below + above) / 2.0, (first + second) / 2.0, share)
    mode = quantity.mode + pull * (centre - quantity.mode)
    low = max(mode - _mixed(below, first, share), _lowest(quantity, mode))
    high = min(mode + _mixed(above, second, share), _highest(quantity, mode))
    if prior is not None and share >= 1.0:
        mode, low, high = prior.mode, prior.low, prior.high
    made = Quantity(mode=mode, low=low, high=high, because=quantity.because, prior=prior)
    return Range(quantity.least, quantity.most, quantity.least_open).on(made)


def _pull(judged: float, prior: float, share: float) -> float:
    """How far the mode goes over to the prior's; plainly the share where one of them is certain."""
    if judged < CERTAIN or prior < CERTAIN:
        return share
    mine, theirs = (1.0 - share) / judged**2, share / prior**2
    return theirs / (mine + theirs)


def _lowest(quantity: Quantity, mode: float) -> float:
    """The lowest that a low may be.

    The legal range's end where the judgement or the prior stands on it; else just inside, for a low
    on the end would be taken for the end of what is possible.
    """
    ends = [quantity.low, *([quantity.prior.low] if quantity.prior else [])]
    named = quantity.least in ends and not quantity.least_open
    if named or math.isinf(quantity.least):
        return quantity.least
    return quantity.least + NEAR * (mode - quantity.least)


def _highest(quantity: Quantity, mode: float) -> float:
    """The highest that a high may be, likewise."""
    ends = [quantity.high, *([quantity.prior.high] if quantity.prior else [])]
    if quantity.most in ends or math.isinf(quantity.most):
        return quantity.most
    return quantity.most - NEAR * (quantity.most - mode)


def _mixed(judged: float, prior: float, share: float) -> float:
    """The half-width whose precision is the mean of two; plainly between where one is zero."""
    if judged < CERTAIN or prior < CERTAIN:
        return (1.0 - share) * judged + share * prior
    return float(((1.0 - share) / judged**2 + share / prior**2) ** -0.5)
