"""Views of the pact's survival pooled into one figure, with nothing counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Finding, Floats, Interval
from foedus.verdict.views import ARGUMENT, BASE_RATE, INSIDE, View

NEAREST = 1e-6
"""A probability nearer to 0 or 1 than this counts as this near: certainty would be a veto."""
RATIOS = {"unused": "log_ratio_unused", "all": "log_ratio"}
"""The column of the argument that tells the weight of the evidence that is asked for."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """The views put together: a log pool, and the evidence's likelihood ratio on it.

    `before` is the pool before the argument, `ratio` the likelihood ratio that the argument brings
    (its geometric mean over draws; None where it brings none), `weights` how much each part
    counted: the views' shares sum to 1, the argument's is the power of its ratio. `spread` is the
    least and the greatest value of the views.
    """

    holds: Interval
    error: Interval
    column: Floats
    before: Interval
    ratio: Interval | None
    weights: Mapping[str, float]
    extremise: float
    evidence: str
    spread: tuple[float, float]


def log_pool(columns: Sequence[Floats], weights: Sequence[float]) -> Floats:
    """Log odds of the logarithmic opinion pool of some probabilities: `(draws,)` each.

    The weighted mean of the log odds, which is the normalised weighted geometric mean of the
    probabilities (Genest & Zidek 1986, Combining probability distributions, section 3). Raises
    ValueError when the weights sum to zero.
    """
    total = float(sum(weights))
    if total <= 0.0:
        raise ValueError("the weights of the pool sum to zero; give at least one above 0")
    parts = [w / total * log_odds(c) for c, w in zip(columns, weights, strict=True) if w > 0.0]
    return np.asarray(sum(parts))


def log_odds(probabilities: Floats) -> Floats:
    """Log odds, of probabilities kept off 0 and 1."""
    kept = np.clip(probabilities, NEAREST, 1.0 - NEAREST)
    return np.log(kept) - np.log1p(-kept)


def pooled(
    case: Case, findings: Mapping[str, Finding], seen: Sequence[View], weights: Floats
) -> Pooled | None:
    """The pooled figure of a case; None where no view that may enter has a weight.

    Unanchored endurance and the base rate are pooled; the argument multiplies their odds by its
    likelihood ratio, of evidence that no pooled number rests on unless the case asks for all.
    """
    asked = case.pooling
    given = {INSIDE: asked.weights.endurance, BASE_RATE: asked.weights.base_rate}
    entering = [v for v in seen if given.get(v.name, 0.0) > 0.0]
    if not entering:
        return None
    powers = [given[v.name] for v in entering]
    before = log_pool([v.column for v in entering], powers)
    shares = {v.name: p / sum(powers) for v, p in zip(entering, powers, strict=True)}
    after, ratio = before, None
    argument = findings.get(ARGUMENT)
    found = argument.columns.get(RATIOS[asked.evidence]) if argument is not None else None
    if found is not None and asked.weights.argument > 0.0:
        told = Interval.over(found, weights)
        ratio = Interval(*np.exp([told.value, told.low, told.high]).tolist())
        after = before + asked.weights.argument * found
        shares[ARGUMENT] = asked.weights.argument
    column = _chance(asked.extremise * after)
    values = [view.holds.value for view in seen]
    return Pooled(
        Interval.over(column, weights),
        sampling_error(column, weights),
        column,
        Interval.over(_chance(before), weights),
        ratio,
        shares,
        asked.extremise,
        asked.evidence,
        (min(values), max(values)),
    )


def _chance(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))
